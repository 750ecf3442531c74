"""What a channel may see, and what nobody can work out from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.needs.channel_counts import ChannelCounts, Rough, channel_counts, rough, since
from domain.needs.models import Status
from domain.needs.overview import NetworkStanding, network_standing
from domain.ports import UnitOfWork
from domain.register.models import Ownership
from tests.needs.town import COMPLETE, NOW, Town

NOBODY: Any = None


@dataclass(frozen=True)
class World:
    """A network: kindergartens in all, with a need, without, and with each of two themes."""

    everybody: int
    need: int
    none: int
    play: int = 0
    sami: int = 0

    def secrets(self) -> dict[str, int]:
        """Every group, and what is left of the whole when it is taken out."""
        return {
            "with a need": self.need,
            "without": self.none,
            "not with a need": self.everybody - self.need,
            "not without": self.everybody - self.none,
            "play": self.play,
            "sami": self.sami,
            "a need, not play": self.need - self.play,
            "a need, not sami": self.need - self.sami,
        }

    def shown(self) -> ChannelCounts:
        """What the channel sees of it."""
        kindergartens: Any = tuple(
            SimpleNamespace(reports=self._needs(n) if n < self.need else ()) for n in range(self.everybody)
        )
        owner = SimpleNamespace(ownership=Ownership.MUNICIPAL)
        owners: Any = (SimpleNamespace(owner=owner, sent=True, kindergartens=kindergartens),)
        return channel_counts(NetworkStanding(NOBODY, NOBODY, owners, self.need, self.none))

    def _needs(self, n: int) -> Any:
        chosen = [name for name, number in (("play", self.play), ("sami", self.sami)) if n < number]
        need = {"status": Status.REPORTED, "merged_into": None, "answers": {"themes": chosen}}
        return (SimpleNamespace(**need),)


def worlds(everybody: int) -> Iterator[World]:
    """Every network of this size."""
    for need in range(everybody + 1):
        for none in range(everybody - need + 1):
            for play in range(need + 1):
                for sami in range(need + 1):
                    yield World(everybody, need, none, play, sami)


@pytest.mark.parametrize("everybody", range(3, 9))
def test_no_small_group_can_be_worked_out(everybody: int) -> None:
    """Whoever knows the number of kindergartens, the rule and the summary cannot tell a one from a two, or nought.

    Every network that would show the same is looked at: a group, or a remainder, of one or two must differ among
    them.
    """
    alike: dict[object, list[World]] = defaultdict(list)
    for world in worlds(everybody):
        alike[replace(world.shown(), counted=0)].append(world)
    for same in alike.values():
        for name in same[0].secrets():
            possible = {world.secrets()[name] for world in same}
            assert len(possible) > 1 or not possible & {1, 2}, (name, possible, same[0])


@given(st.integers(3, 60), st.data())
def test_what_is_said_instead_always_has_two_meanings(of: int, data: st.DataObject) -> None:
    """Also in large networks."""
    number = data.draw(st.integers(0, of))
    said = rough(number, of)
    meant = [n for n in range(of + 1) if rough(n, of) == said]
    assert number in meant
    assert (len(meant) > 1) == isinstance(said, Rough)
    assert isinstance(said, Rough) or not {number, of - number} & {1, 2}


def test_numbers_are_shown_where_they_point_at_nobody() -> None:
    """Twenty of thirty with a need, seven without; the themes by how many have them."""
    shown = World(30, 20, 7, 9, 6).shown()
    assert (shown.with_need, shown.without_need) == (20, 7)
    assert shown.themes == (("play", 9), ("sami", 6))
    assert not shown.later


@pytest.mark.parametrize(
    ("world", "said"),
    [
        (World(30, 2, 5), (Rough.FEW, 5)),
        (World(30, 28, 1), (Rough.MOST, Rough.FEW)),
        (World(30, 0, 0), (0, 0)),
        (World(30, 30, 0), (30, 0)),
        (World(4, 3, 0), (Rough.SOME, 0)),
        (World(2, 2, 0), (Rough.SOME, Rough.SOME)),
    ],
)
def test_small_groups_and_remainders_are_said_in_words(world: World, said: tuple[object, object]) -> None:
    """Few, nearly all, or nothing at all where both would give it away."""
    shown = world.shown()
    assert (shown.with_need, shown.without_need) == said


@pytest.mark.parametrize(
    ("world", "themes"),
    [
        (World(30, 9, 0, 2, 9), (("sami", 9),)),
        (World(30, 9, 0, 8, 3), (("play", Rough.MOST), ("sami", 3))),
        (World(30, 4, 0, 3, 4), (("sami", 4),)),
        (World(9, 8, 0, 8, 8), (("play", Rough.MOST), ("sami", Rough.MOST))),
        (World(9, 8, 0, 7, 8), (("play", Rough.MOST), ("sami", Rough.MOST))),
        (World(30, 2, 0, 2, 2), ()),
    ],
)
def test_a_theme_of_few_is_not_named(world: World, themes: object) -> None:
    """Nor does a number beside it, or the order of those that nearly all have, tell how many they are."""
    assert world.shown().themes == themes


def counts(counted: int, owners: int = 5, need: int | None = None) -> ChannelCounts:
    """Figures that stand for so many kindergartens."""
    return ChannelCounts(owners, 9, counted if need is None else need, 0, (), counted=counted)


def test_one_more_kindergarten_is_counted_with_the_next_ones() -> None:
    """The owner is counted at once; what it sent would be the difference between two summaries."""
    before = counts(10)
    later = since(counts(12, owners=6), before)
    assert (later.owners_sent, later.with_need, later.counted, later.later) == (6, 10, 10, True)
    assert since(counts(13, owners=7), later) == counts(13, owners=7)


def test_a_changed_need_is_held_back_too() -> None:
    """As many as before, but not the same: the difference would be the one that was changed."""
    assert since(counts(10, need=9), counts(10)) == replace(counts(10), later=True)
    assert since(counts(10), counts(10)) == counts(10)
    assert since(counts(10), replace(counts(10), later=True)) == counts(10)


def test_nothing_is_held_back_for_figures_that_showed_nothing() -> None:
    """The first that come are few; that is all that was said of them."""
    assert since(counts(3), counts(2)) == counts(3)
    assert since(counts(1), counts(0)) == counts(1)
    assert since(counts(4), None) == counts(4)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=8))
def test_what_changes_from_one_summary_to_the_next_stands_for_three_or_more(
    days: list[tuple[int, int]],
) -> None:
    """However the days go: withdrawn, sent back, changed, added."""
    shown: list[ChannelCounts] = []
    for need, none in days:
        now = World(24, need, none, need // 2).shown()
        shown.append(since(now, shown[-1] if shown else None))
        assert shown[-1].later or shown[-1] == now
    for one, other in pairwise(shown):
        figures = [(c.with_need, c.without_need, c.themes) for c in (one, other)]
        if figures[0] != figures[1] and one.counted >= 3:
            assert abs(one.counted - other.counted) >= 3


def test_a_common_need_is_that_of_every_kindergarten_it_holds_for(town: Town, work: UnitOfWork) -> None:
    """Written once by the owner for four; what was merged into another is not counted beside it."""
    places = ("Solbakken", "Bekkefaret", "Tirilstien", "Nøtteliten")
    ids = tuple(town.places[p].id for p in places[1:])
    common = town.need(work, Status.REPORTED, covers=ids)
    town.need(work, Status.REPORTED, merged_into=common.id, answers={**COMPLETE, "themes": ["sami"]})
    town.sent(work, common)
    shown = channel_counts(standing(town, work))
    assert (shown.with_need, shown.counted) == (4, 4)
    assert dict(shown.themes).keys() == set(COMPLETE["themes"])
    assert set(dict(shown.themes).values()) == {4}


MUNICIPAL = ("Solbakken", "Bjørkelunden", "Lyngheia", "Blåklokka")
PRIVATE = ("Tyttebærtua", "Fjellsnerpa", "Kvernhuset")


@pytest.mark.parametrize(("private", "split"), [(2, False), (3, True)])
def test_the_kinds_of_owners_are_told_apart_only_when_three_of_each_have_sent(
    town: Town, work: UnitOfWork, private: int, split: bool
) -> None:
    """Both or neither: one of them and the sum would give the other."""
    for place in MUNICIPAL + PRIVATE[:private]:
        town.sent(work, town.need(work, Status.REPORTED, place))
    shown = channel_counts(standing(town, work))
    assert (shown.owners_sent, shown.owners_total) == (4 + private, 11)
    assert (shown.municipal, shown.private) == (((4, 6), (3, 5)) if split else (None, None))


def standing(town: Town, work: UnitOfWork) -> NetworkStanding:
    """How Gauldal stands."""
    network = town.networks["Gauldal"]
    current = work.rounds.current(network.id, NOW.date())
    assert current is not None
    return network_standing(work, network, current, NOW)
