"""The heads' own date: who sets it, to what, and who follows it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from domain.needs.errors import UnknownReport
from domain.needs.models import Status
from domain.needs.owners import reply_by
from domain.needs.owners.reply_by import DayProblem, DayRefused
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.content import content_of
from domain.outreach.planning.facts import facts_of
from domain.outreach.planning.plan import Recipient
from domain.outreach.planning.steps import Group
from domain.outreach.reminding.reminders import HeadReminder
from domain.ports import UnitOfWork
from domain.rounds.models import Round
from tests.needs.town import Town

EARLY = datetime(2026, 11, 10, 9, tzinfo=UTC)
USUAL, CHOSEN, LATEST = date(2026, 11, 17), date(2026, 11, 20), date(2026, 12, 1)


def heads_of(uow: UnitOfWork, current: Round) -> tuple[Recipient, ...]:
    """The heads who have not answered, with the date that each is asked to answer by."""
    heads = Group.UNANSWERED_HEADS
    return facts_of(uow, current, EARLY, {heads}).of(heads)


def owner_of(uow: UnitOfWork, town: Town, place: str = "Solbakken") -> int:
    return town.places[place].owner_id


def test_the_usual_date_is_two_weeks_before_the_networks(town: Town) -> None:
    with town.tried() as uow:
        now = reply_by.of_owner(uow, uow.register.owner(owner_of(uow, town)), EARLY)
    assert (now.day, now.usual, now.latest, now.chosen) == (USUAL, USUAL, LATEST, False)


def test_a_chosen_date_holds_and_is_noted(town: Town) -> None:
    """One audit row for each change, none for the same date again."""
    with town.tried() as uow:
        mine, per = owner_of(uow, town), town.people["Per Aune"]
        for day in (CHOSEN, CHOSEN, None):
            now = reply_by.choose(uow, per, mine, day, EARLY)
            assert now.day == (day or USUAL)
        rows = uow.audit.of("reply_by", mine)
    assert [(r.before, r.after, r.role) for r in rows] == [
        ("2026-11-17", "2026-11-20", "eier"),
        ("2026-11-20", "2026-11-17", "eier"),
    ]


def test_a_chain_has_one_date_in_all_its_networks(town: Town) -> None:
    """Trollgnisten has kindergartens in two."""
    with town.tried() as uow:
        mine = town.places["Trollgnisten Eplehagen"].owner_id
        reply_by.choose(uow, town.people["Camilla Rød"], mine, CHOSEN, EARLY)
        rounds = [uow.rounds.current(n.id, EARLY.date()) for n in town.networks.values()]
        assert [uow.rounds.replies_by(r.id) for r in rounds if r] == [{mine: CHOSEN}, {mine: CHOSEN}]


@pytest.mark.parametrize(
    ("day", "now", "problem"),
    [
        (date(2026, 11, 9), EARLY, DayProblem.PAST),
        (date(2026, 12, 2), EARLY, DayProblem.TOO_LATE),
        (date(2026, 12, 3), datetime(2026, 12, 2, 9, tzinfo=UTC), DayProblem.CLOSED),
    ],
)
def test_a_date_that_cannot_be(town: Town, day: date, now: datetime, problem: DayProblem) -> None:
    """Not before today, not after the network's own, and not when that has passed."""
    with town.tried() as uow:
        with pytest.raises(DayRefused) as refused:
            reply_by.choose(uow, town.people["Per Aune"], owner_of(uow, town), day, now)
        assert refused.value.problem is problem
        assert uow.rounds.replies_by(1) == {}


@pytest.mark.parametrize("day", [EARLY.date(), LATEST])
def test_today_and_the_networks_own_day_may_be(town: Town, day: date) -> None:
    with town.tried() as uow:
        now = reply_by.choose(uow, town.people["Per Aune"], owner_of(uow, town), day, EARLY)
        assert now.day == day


@pytest.mark.parametrize("who", ["Kari Nordli", "Camilla Rød", "Ingrid Moen"])
def test_only_the_owner_sets_it(town: Town, who: str) -> None:
    with town.tried() as uow, pytest.raises(UnknownReport):
        reply_by.choose(uow, town.people[who], owner_of(uow, town), CHOSEN, EARLY)


def test_a_networks_date_that_moves_ahead_goes_first(town: Town) -> None:
    with town.tried() as uow:
        mine = owner_of(uow, town)
        reply_by.choose(uow, town.people["Per Aune"], mine, LATEST, EARLY)
        current = uow.rounds.current(town.networks["Gauldal"].id, EARLY.date())
        assert current is not None
        earlier = [d.model_copy(update={"day": min(d.day, CHOSEN)}) for d in current.deadlines]
        uow.rounds.save(current.model_copy(update={"deadlines": tuple(earlier)}))
        assert reply_by.of_round(uow, mine, uow.rounds.get(current.id)) == CHOSEN


def test_heads_are_reminded_of_it(town: Town) -> None:
    """In the plan and in the words; the heads of other owners keep the usual date."""
    with town.tried() as uow:
        reply_by.choose(uow, town.people["Per Aune"], owner_of(uow, town), CHOSEN, EARLY)
        current = uow.rounds.current(town.networks["Gauldal"].id, EARLY.date())
        assert current is not None
        tasks = {t.params["kindergarten"]: t.reply_by for t in heads_of(uow, current)}
        mine, other = town.places["Solbakken"], town.places["Soltun"]
        assert (tasks[mine.id], tasks[other.id]) == (CHOSEN, None)
        nudge = OutboxMessage(
            key="k",
            kind=MessageKind.NUDGED_BY_OWNER,
            person_id=town.people["Kari Nordli"],
            params={"kindergarten": mine.id, "by": town.people["Per Aune"]},
            due_at=EARLY,
        )
        said = content_of(uow, nudge, EARLY)
    assert isinstance(said, HeadReminder)
    assert said.reply_by == CHOSEN


def test_choosing_the_usual_date_is_no_date_of_its_own(town: Town) -> None:
    """Nobody is reminded twice because of it."""
    with town.tried() as uow:
        town.need(uow, Status.DRAFT)
        reply_by.choose(uow, town.people["Per Aune"], owner_of(uow, town), USUAL, EARLY)
        current = uow.rounds.current(town.networks["Gauldal"].id, EARLY.date())
        assert current is not None
        assert {t.reply_by for t in heads_of(uow, current)} == {None}
