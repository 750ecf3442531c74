"""Rows added in lanes find the highest sums that exact addition finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.scheme.lanes import Lanes

LANES = 40
HIGHEST = 6.0
ROWS = st.lists(
    st.tuples(
        st.floats(0.1, 30),
        st.dictionaries(st.integers(0, LANES - 1), st.floats(0, HIGHEST), max_size=LANES),
    ),
    max_size=30,
)


def exact(weighed: list[tuple[float, dict[int, float]]]) -> list[float]:
    return [sum(weight * row.get(at, 0.0) for weight, row in weighed) for at in range(LANES)]


@settings(deadline=None, max_examples=30)
@given(ROWS.filter(bool), ROWS, st.floats(0, 100), st.integers(1, 6))
def test_none_of_the_highest_is_missed(
    first: list[tuple[float, dict[int, float]]],
    more: list[tuple[float, dict[int, float]]],
    within: float,
    most: int,
) -> None:
    lanes = Lanes(LANES, HIGHEST)
    found = lanes.highest(
        [(weight, lanes.row(row)) for weight, row in first],
        [(weight, lanes.row(row)) for weight, row in more],
        within,
        most,
    )
    sums, all_sums = exact(first), exact([*first, *more])
    near = [at for at, height in enumerate(sums) if height >= max(sums) - within]
    wanted = sorted(near, key=all_sums.__getitem__, reverse=True)[:most]
    lowest = all_sums[wanted[-1]]

    assert found == sorted(found)
    assert {at for at in near if all_sums[at] >= lowest} <= set(found)
    assert sums.index(max(sums)) in found


def test_few_are_far_above_the_others() -> None:
    lanes = Lanes(LANES, HIGHEST)
    rows = [(10.0, lanes.row({3: 5.0, 7: 6.0, 9: 1.0})), (20.0, lanes.row({7: 0.5, 3: 1.0}))]

    assert lanes.highest(rows, [], 15.0, 12) == [3, 7]
