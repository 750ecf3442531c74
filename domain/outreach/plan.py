"""What is to be said to whom and when, before and after the date for needs: pure planning (C6).

The planner is given facts about a network's round and returns messages with their times; the same facts
always give the same keys, so planning again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from domain.clock import OSLO
from domain.outbox import MessageKind, OutboxMessage
from domain.rounds.calendar import next_working_day, previous_working_day
from domain.rounds.models import Certainty, Deadline, DeadlineKind, Round

OPENS = time(8)
CLOSES = time(16)


@dataclass(frozen=True)
class Step:
    """A step of the schedule: days relative to a date, negative before it."""

    name: str
    kind: MessageKind
    days: int


HEAD_STEPS = (
    Step("start", MessageKind.HEAD_REMINDER, -14),
    Step("eve", MessageKind.HEAD_REMINDER, -1),
    Step("late", MessageKind.HEAD_REMINDER, 7),
)
OWNER_STEPS = (
    Step("fortnight", MessageKind.OWNER_REMINDER, -14),
    Step("week", MessageKind.OWNER_REMINDER, -7),
    Step("eve", MessageKind.OWNER_REMINDER, -2),
)
CHANNEL_STEPS = (
    Step("week", MessageKind.CHANNEL_SUMMARY, -7),
    Step("after", MessageKind.CHANNEL_SUMMARY, 1),
)
LEADER_STEPS = (Step("after", MessageKind.LEADER_DIGEST, 1),)


@dataclass(frozen=True)
class HeadTask:
    """A head whose kindergarten has not answered; `reply_by` is the date that its owner has chosen, if any."""

    person_id: int
    kindergarten_id: int
    reply_by: date | None = None


@dataclass(frozen=True)
class OwnerTask:
    """Somebody who acts for an owner that has something left: needs that wait, or nothing sent yet."""

    person_id: int
    owner_id: int


@dataclass(frozen=True)
class NetworkFacts:
    """What the planner must know about one network."""

    round: Round
    heads: tuple[HeadTask, ...] = ()
    owners: tuple[OwnerTask, ...] = ()
    leaders: tuple[int, ...] = ()
    bindings: tuple[int, ...] = ()


def plan(facts: NetworkFacts) -> list[OutboxMessage]:
    """Everything that the round's date for needs gives cause to say, in order of time."""
    deadline = facts.round.deadline(DeadlineKind.NEEDS)
    if deadline is None or not reminds(deadline):
        return []
    found: list[OutboxMessage] = []
    for step in HEAD_STEPS:
        for t in _first_per_person(facts.heads):
            day = working_day(facts.round.reply_by(t.reply_by), step.days)
            if day <= deadline.day:
                asked = _message(
                    facts.round, deadline, step, day, t.person_id, kindergarten=t.kindergarten_id
                )
                found.append(asked if t.reply_by is None else _by_own_date(asked, t.reply_by))
    for step in OWNER_STEPS:
        day = working_day(deadline.day, step.days)
        people: dict[int, OwnerTask] = {}
        for owner_task in facts.owners:
            people.setdefault(owner_task.person_id, owner_task)
        found += [
            _message(facts.round, deadline, step, day, t.person_id, owner=t.owner_id) for t in people.values()
        ]
    for step in LEADER_STEPS:
        day = working_day(deadline.day, step.days)
        found += [_message(facts.round, deadline, step, day, person) for person in facts.leaders]
    for step in CHANNEL_STEPS:
        day = working_day(deadline.day, step.days)
        found += [_message(facts.round, deadline, step, day, binding=b) for b in facts.bindings]
    return sorted(found, key=lambda m: (m.due_at, m.key))


def reminds(deadline: Deadline) -> bool:
    """Whether a date is sure enough to remind by: confirmed, or agreed between two sources («trolig»)."""
    return deadline.confirmed or deadline.certainty is Certainty.AGREED


def working_day(day: date, days: int) -> date:
    """A day so many days from a date, moved to a working day: back when before it, forward when after."""
    moved = day + timedelta(days=days)
    return previous_working_day(moved) if days <= 0 else next_working_day(moved)


def opens_at(day: date) -> datetime:
    """Eight o'clock of a day in Oslo, as an aware moment."""
    return datetime.combine(day, OPENS, tzinfo=OSLO)


def expires_at(day: date) -> datetime:
    """When a reminder of a day is no longer worth sending: four o'clock on the next working day."""
    return datetime.combine(next_working_day(day + timedelta(days=1)), CLOSES, tzinfo=OSLO)


def may_go_out(now: datetime) -> bool:
    """Whether reminders may be sent now: a working day outside July, between 08 and 16 in Oslo."""
    local = now.astimezone(OSLO)
    if local.month == 7 or next_working_day(local.date()) != local.date():
        return False
    return OPENS <= local.time() < CLOSES


def due(messages: Iterable[OutboxMessage], now: datetime) -> list[OutboxMessage]:
    """Those of a plan whose time has come and not passed."""
    return [m for m in messages if m.due_at <= now and (m.expires_at is None or now < m.expires_at)]


def _first_per_person(tasks: Iterable[HeadTask]) -> list[HeadTask]:
    """One for each person, and for each date where a head's owners have chosen different ones."""
    people: dict[tuple[int, date | None], HeadTask] = {}
    for task in tasks:
        people.setdefault((task.person_id, task.reply_by), task)
    return list(people.values())


def _by_own_date(message: OutboxMessage, reply_by: date) -> OutboxMessage:
    """The message under a key of its own: a date that is moved after a reminder gives new ones."""
    return message.model_copy(update={"key": f"{message.key}:{reply_by:%Y%m%d}"})


def _message(
    round_: Round,
    deadline: Deadline,
    step: Step,
    day: date,
    person: int | None = None,
    *,
    binding: int | None = None,
    **params: int,
) -> OutboxMessage:
    recipient = f"p{person}" if person is not None else f"b{binding}"
    return OutboxMessage(
        key=f"{step.kind.value}:{round_.id}:{deadline.kind.value}:{deadline.day:%Y%m%d}:{step.name}:{recipient}",
        kind=step.kind,
        person_id=person,
        binding_id=binding,
        params={"round": round_.id, "step": step.name, **params},
        due_at=opens_at(day),
        expires_at=expires_at(day),
    )
