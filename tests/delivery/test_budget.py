"""The arithmetic of the limits with a clock of the test's own, and who goes before whom."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from delivery.book import OwnBook
from delivery.budget import Budget, conversation_of
from delivery.errors import NoRoom
from delivery.ledger import FORGOTTEN_AFTER, MARGIN, Limits, Page, Wait, Why
from domain.address import Address
from tests.delivery.connector import CONVERSATION_LIMITS, most_in
from tests.delivery.own_time import run_in_own_time, seconds
from tests.delivery.world import TENANT, address

LIMITS = Limits.of(25)


def about(seconds: float) -> Any:
    """Equal to a wait of so long for room in the tenant."""
    expected: Any = pytest.approx(seconds)
    return Wait(expected, Why.TENANT)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 0.3), st.sampled_from("abcdefgh"), st.booleans()), min_size=20, max_size=200
    )
)
def test_no_window_is_ever_exceeded(arrivals: list[tuple[float, str, bool]]) -> None:
    page = Page(LIMITS, 0.0)
    conversations: dict[str, list[float]] = {}
    sent: list[tuple[float, str]] = []
    for pause, conversation, scheduled in arrivals:
        page.now += pause
        page.conversation = conversations.get(conversation, [])
        if page.take(scheduled=scheduled) is None:
            sent.append((page.now, conversation))
            conversations[conversation] = page.conversation
    assert most_in([at for at, _ in sent], 1.0 + MARGIN) <= 29
    for conversation in conversations:
        own = [at for at, c in sent if c == conversation]
        assert all(most_in(own, seconds) < number for number, seconds in CONVERSATION_LIMITS)


def test_as_soon_as_there_is_room_one_more_goes() -> None:
    page = Page(LIMITS, 100.0)
    for _ in range(29):
        assert page.take(scheduled=False) is None
        page.conversation = []
    full = page.take(scheduled=False)
    assert full == about(1.0 + MARGIN)
    page.now += 1.0 + MARGIN
    assert page.take(scheduled=False) is None


def test_the_longer_windows_of_a_conversation() -> None:
    page = Page(LIMITS, 0.0)
    moments = []
    while page.now < 3700:
        if (wait := page.take(scheduled=False)) is None:
            moments.append(page.now)
        page.now += wait.seconds if wait else 0.001
    assert most_in(moments, 30.0) == 59
    assert most_in(moments, 3600.0) == 1799
    assert len(page.conversation) <= 1800


def test_a_scheduled_send_keeps_a_second_to_the_last_one_in_the_conversation() -> None:
    page = Page(LIMITS, 0.0)
    assert page.take(scheduled=False) is None
    again = page.take(scheduled=True)
    assert again is not None
    assert again.why is Why.CONVERSATION
    assert page.take(scheduled=False) is None
    page.now += again.seconds
    assert page.take(scheduled=True) is None


def test_the_rhythm_is_kept_by_who_is_late_and_begins_anew_after_a_rest() -> None:
    page = Page(LIMITS, 10.0)
    assert page.reserve() is None
    assert page.reserve() == about(0.04)
    page.now += 0.1
    assert page.reserve() is None, "late, but within the rhythm"
    page.now += 60
    assert page.reserve() is None
    assert page.reserve() == about(0.04), "no crowd after a rest"


def test_replies_push_scheduled_sends_back() -> None:
    page = Page(LIMITS, 10.0)
    for _ in range(5):
        page.conversation = []
        assert page.take(scheduled=False) is None
    assert page.reserve() == about(0.2)


def run(
    scenario: Callable[[Budget, OwnBook], Awaitable[None]], per_second: float = 25, **options: Any
) -> None:
    async def all_of_it() -> None:
        book = OwnBook(Limits.of(per_second))
        await scenario(Budget(book, **options), book)

    run_in_own_time(all_of_it(), "delivery.budget", "delivery.book")


async def fill(budget: Budget, number: int) -> None:
    for each in range(number):
        await budget.take(TENANT, f"other-{each}", scheduled=False)


def test_replies_go_before_scheduled_sends() -> None:
    order: list[str] = []

    async def scenario(budget: Budget, _: OwnBook) -> None:
        async def send(name: str, scheduled: bool) -> None:
            await budget.take(TENANT, name, scheduled=scheduled)
            order.append(name)

        await fill(budget, 26)
        await asyncio.sleep(0.3)
        await fill(budget, 3)
        scheduled = [asyncio.create_task(send(f"scheduled-{n}", True)) for n in range(3)]
        await asyncio.sleep(0.05)
        replies = [asyncio.create_task(send(f"reply-{n}", False)) for n in range(3)]
        await asyncio.gather(*scheduled, *replies)

    run(scenario)
    assert [name.split("-")[0] for name in order] == ["reply"] * 3 + ["scheduled"] * 3


def test_a_conversation_that_is_full_holds_up_nobody_else() -> None:
    async def scenario(budget: Budget, _: OwnBook) -> None:
        for _times in range(6):
            await budget.take(TENANT, "hurried", scheduled=False)
        waiting = asyncio.create_task(budget.take(TENANT, "hurried", scheduled=False))
        await asyncio.sleep(0)
        begun = seconds()
        await budget.take(TENANT, "calm", scheduled=False)
        assert seconds() == begun
        await waiting
        assert seconds() - begun == pytest.approx(1.0 + MARGIN, abs=0.001)

    run(scenario)


def test_a_reply_waits_for_room_no_longer_than_somebody_has_patience() -> None:
    async def scenario(budget: Budget, _: OwnBook) -> None:
        await fill(budget, 29)
        begun = seconds()
        with pytest.raises(NoRoom) as full:
            await budget.take(TENANT, "person", scheduled=False)
        assert seconds() - begun == pytest.approx(0.1, abs=0.001)
        assert 0.0 < full.value.seconds <= 1.0 + MARGIN

    run(scenario, patience=0.1)


def test_a_cool_off_holds_scheduled_sends_and_is_waited_for_by_replies_for_a_while() -> None:
    async def scenario(budget: Budget, _: OwnBook) -> None:
        await budget.refused(TENANT, 500, 9.0)
        await budget.refused(TENANT, 503, None)
        await budget.take(TENANT, "before", scheduled=True)
        await budget.refused(TENANT, 429, 1.0)
        begun = seconds()
        await budget.take(TENANT, "person", scheduled=False)
        assert seconds() - begun == pytest.approx(0.2, abs=0.001), "it goes in spite of the cool-off"
        await budget.take(TENANT, "under way", scheduled=True)
        assert seconds() - begun == pytest.approx(1.0, abs=0.001)
        await budget.refused(TENANT, 503, 60.0)
        with pytest.raises(NoRoom) as held:
            await budget.take(TENANT, "under way", scheduled=True)
        assert 59 < held.value.seconds <= 60
        begins = asyncio.create_task(budget.turn(address("later")))
        await asyncio.sleep(59)
        assert not begins.done()
        begins.cancel()
        await budget.take("another tenant", "scheduled", scheduled=True)

    run(scenario, patience=0.2)


def test_refusals_without_a_time_close_longer_each_time_and_never_for_ever() -> None:
    async def scenario(budget: Budget, book: OwnBook) -> None:
        async def closed() -> float:
            return await book.change(TENANT, None, lambda page: page.closed_until - page.now)

        async def refuse(after: float | None = None) -> float:
            await book.change(TENANT, None, _reopen)
            await budget.refused(TENANT, 429, after)
            return await closed()

        assert 0.4 < await refuse() < 1.6
        assert 0.9 < await refuse() < 3.1
        for _ in range(8):
            await refuse()
        assert 100 < await refuse() <= 300
        assert await refuse(86400.0) <= 300
        budget.accepted(TENANT)
        assert await refuse() < 1.6

    run(scenario)


def _reopen(page: Page) -> None:
    page.closed_until = 0.0


def test_without_limits_nothing_waits() -> None:
    async def scenario(budget: Budget, book: OwnBook) -> None:
        begun = seconds()
        for _ in range(300):
            await budget.turn(address("one"))
            await budget.take(TENANT, "chat-one", scheduled=True)
        assert seconds() == begun
        assert not book._conversations

    run(scenario, per_second=0)


def test_conversations_are_forgotten_when_nothing_can_come_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("delivery.book.time.monotonic", lambda: now)
    book = OwnBook(LIMITS)

    async def scenario() -> None:
        nonlocal now
        for number in range(5000):
            now += 1.0
            await book.change(TENANT, f"chat-{number}", lambda page: page.take(scheduled=False))
        assert len(book._conversations) <= FORGOTTEN_AFTER + 1000

    asyncio.run(scenario())


def test_tenants_are_forgotten_too_but_not_while_somebody_stands_in_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1000.0
    monkeypatch.setattr("delivery.book.time.monotonic", lambda: now)
    monkeypatch.setattr("delivery.budget.time.monotonic", lambda: now)

    async def scenario() -> None:
        nonlocal now
        book = OwnBook(LIMITS)
        budget = Budget(book)
        async with budget._of(TENANT).scheduled:
            for number in range(10_000):
                now += 10.0
                await budget.take(f"tenant-{number}", "chat", scheduled=False)
            assert TENANT in budget._tenants
        assert len(budget._tenants) <= 2000
        assert len(book._tenants) <= FORGOTTEN_AFTER / 10 + 1000

    asyncio.run(scenario())


def test_a_channel_is_one_conversation_with_all_its_threads() -> None:
    thread = Address(TENANT, "https://x", "19:abc@thread.tacv2;messageid=1", "channel", "28:bot", None, None)
    assert conversation_of(thread) == "19:abc@thread.tacv2"
