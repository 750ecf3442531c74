"""A bucket for each account: a burst is taken, then so many a second, and a refused account hears it now and then."""

from __future__ import annotations

from bot.turns.limits import BURST, PER_SECOND, TOLD_EVERY, PersonLimit

KARI, PER = ("tenant", "kari"), ("tenant", "per")


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def taken(limit: PersonLimit, account: tuple[str, str], tries: int) -> int:
    return sum(limit.allows(account) for _ in range(tries))


def test_a_burst_is_taken_and_no_more() -> None:
    limit = PersonLimit(Clock())
    assert taken(limit, KARI, 5 * BURST) == BURST


def test_a_flood_is_taken_at_the_pace_of_the_long_run() -> None:
    clock = Clock()
    limit = PersonLimit(clock)
    taken(limit, KARI, BURST)
    took = 0
    for _ in range(600):
        clock.now += 0.1
        took += taken(limit, KARI, 5)
    assert took in (int(60 * PER_SECOND) - 1, int(60 * PER_SECOND))


def test_the_bucket_is_full_again_after_a_while_and_holds_no_more() -> None:
    clock = Clock()
    limit = PersonLimit(clock)
    taken(limit, KARI, 2 * BURST)
    clock.now += BURST / PER_SECOND
    assert taken(limit, KARI, 2 * BURST) == BURST
    clock.now += 24 * 3600
    assert taken(limit, KARI, 2 * BURST) == BURST


def test_one_account_is_no_other() -> None:
    limit = PersonLimit(Clock())
    taken(limit, KARI, 5 * BURST)
    assert taken(limit, PER, BURST) == BURST
    assert taken(limit, ("other tenant", "kari"), BURST) == BURST


def test_who_is_refused_hears_it_now_and_then() -> None:
    clock = Clock()
    limit = PersonLimit(clock)
    assert not limit.is_to_be_told(KARI)
    taken(limit, KARI, BURST + 1)
    assert limit.is_to_be_told(KARI)
    assert not limit.is_to_be_told(KARI)
    clock.now += TOLD_EVERY - 1
    assert not limit.is_to_be_told(KARI)
    clock.now += 1
    assert limit.is_to_be_told(KARI)
