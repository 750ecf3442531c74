from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.scheme.features import DIGITS, Feature, pack, unpack

numbers = st.floats(0, 20).map(lambda number: round(number, DIGITS))
rows = st.dictionaries(st.integers(0, 65_535), st.tuples(numbers, st.floats(0, 1)), max_size=40)


@given(rarity=numbers, row=rows)
def test_a_feature_comes_back_with_the_very_same_numbers(
    rarity: float, row: dict[int, tuple[float, float]]
) -> None:
    feature = Feature(
        rarity,
        {at: likelihood for at, (likelihood, _) in row.items()},
        {at: round(closeness, DIGITS) for at, (_, closeness) in row.items()},
    )
    packed = pack(feature)
    assert unpack(packed) == feature
    assert len(packed) == 4 + 8 * len(row)
