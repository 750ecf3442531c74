"""What is turned away is a line at first, and then a number once a minute."""

from __future__ import annotations

from bot.turns.turned_away import TOLD_EVERY, TurnedAway
from tests.bot.turns.test_limits import Clock


def test_the_first_is_told_and_the_others_are_counted_until_a_minute_has_passed() -> None:
    clock = Clock()
    turned_away = TurnedAway(clock)
    assert [turned_away.one_more("flood", "t1") for _ in range(500)] == [1] + [0] * 499
    clock.now += TOLD_EVERY
    assert turned_away.one_more("flood", "t1") == 500
    assert turned_away.one_more("flood", "t1") == 0
    clock.now += TOLD_EVERY
    assert turned_away.one_more("flood", "t1") == 2
    clock.now += 10 * TOLD_EVERY
    assert turned_away.one_more("flood", "t1") == 1


def test_one_tenant_or_outcome_is_no_other() -> None:
    turned_away = TurnedAway(Clock())
    assert [turned_away.one_more(*of) for of in (("flood", "t1"), ("flood", "t2"), ("foreign", "t1"))] == [
        1,
        1,
        1,
    ]
