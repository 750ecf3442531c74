"""What is coming: what will go to whom and when if nobody does anything, why, and what is held back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.clock import local_day
from domain.outbox import REMINDERS, MessageKind, OutboxMessage
from domain.outreach.planning.facts import facts_of
from domain.outreach.planning.held import Held, held_by_choice
from domain.outreach.planning.hours import first_opening, opens_at
from domain.outreach.planning.plan import Occasion, awaits_others, messages, occasions
from domain.outreach.planning.planner import reminded_today, superseded
from domain.outreach.planning.steps import urgency
from domain.outreach.reaching.reach import why_not
from domain.ports import UnitOfWork
from domain.rounds.models import Round

_K: Final = MessageKind
_DAY: Final = timedelta(days=1)


class Reason(StrEnum):
    """Why a planned message goes out."""

    UNANSWERED = "unanswered"
    SOMETHING_LEFT = "something_left"
    TO_CONFIRM = "to_confirm"
    NOT_REACHED = "not_reached"
    TO_BE_DONE = "to_be_done"
    NO_OUTCOME = "no_outcome"
    OUTCOME = "outcome"
    DIGEST = "digest"
    SUMMARY = "summary"
    CHANGED = "changed"
    OWN_DATE = "own_date"
    MEETING = "meeting"


REASONS: Final = {
    _K.HEAD_REMINDER: Reason.UNANSWERED,
    _K.OWNER_REMINDER: Reason.SOMETHING_LEFT,
    _K.OWNER_DIGEST: Reason.SOMETHING_LEFT,
    _K.DATES_TO_CONFIRM: Reason.TO_CONFIRM,
    _K.PEOPLE_NOT_REACHED: Reason.NOT_REACHED,
    _K.BASIS_REMINDER: Reason.TO_BE_DONE,
    _K.REPORTING_REMINDER: Reason.TO_BE_DONE,
    _K.OUTCOMES_MISSING: Reason.NO_OUTCOME,
    _K.OUTCOME_DIGEST: Reason.OUTCOME,
    _K.LEADER_DIGEST: Reason.DIGEST,
    _K.AUTHORITY_DIGEST: Reason.DIGEST,
    _K.UH_DIGEST: Reason.DIGEST,
    _K.COUNTY_DIGEST: Reason.DIGEST,
    _K.CHANNEL_SUMMARY: Reason.SUMMARY,
    _K.SUMMARY_UPDATE: Reason.CHANGED,
    _K.DATE_REMINDER: Reason.OWN_DATE,
    _K.MEETING_REMINDER: Reason.MEETING,
    _K.CHANNEL_MEETING: Reason.MEETING,
}


@dataclass(frozen=True)
class Planned:
    """A message to come. `recipient` is the person's name, None when it goes to a bound channel.

    `name` is that of its step, `day` the date it is about. `held` says why it does not go after all, `said_in` is the
    key of the message that says it too.
    """

    key: str
    kind: MessageKind
    reason: Reason
    step: str
    name: str
    day: date
    network_id: int
    network: str
    goes_at: datetime
    expires_at: datetime | None
    person_id: int | None
    binding_id: int | None
    recipient: str | None
    held: Held | None = None
    said_in: str | None = None


def planned(
    uow: UnitOfWork, now: datetime, days: int, networks: Collection[int] | None = None
) -> list[Planned]:
    """What the schedule gives cause to say within so many days, in all networks or in these, in order of time."""
    everywhere = uow.rounds.all_current(local_day(now))
    rounds = [r for r in everywhere if networks is None or r.network_id in networks]
    found = {
        m.key: (o, m, at)
        for r in rounds
        for o, m, at in _of_round(uow, r, now, days)
        if not awaits_others(o, everywhere)
    }
    known = uow.outbox.known(list(found))
    new = {key: each for key, each in found.items() if key not in known}
    today = superseded(m for _, m, at in new.values() if local_day(at) == local_day(now))
    left = [each for key, each in new.items() if key not in today]
    choices = uow.outreach.choices()
    silent = why_not(uow, sorted({m.person_id for _, m, _ in left if m.person_id is not None}))
    reminded = reminded_today(uow, now)
    result = []
    for occasion, message, at in left:
        if message.kind in REMINDERS and message.person_id in reminded and local_day(at) == local_day(now):
            at = first_opening(opens_at(local_day(now) + _DAY))
            if message.expires_at is not None and at >= message.expires_at:
                continue
        held = held_by_choice(message, choices.get(message.person_id or 0), local_day(at))
        if occasion.stopped:
            held = Held.STOPPED
        elif held is None and message.person_id in silent:
            held = Held.UNREACHABLE
        result.append(_planned(uow, occasion, message, at, held))
    return _bundled(sorted(result, key=lambda p: (p.goes_at, p.key)))


def _of_round(
    uow: UnitOfWork, current: Round, now: datetime, days: int
) -> Iterator[tuple[Occasion, OutboxMessage, datetime]]:
    until = now + timedelta(days=days)
    facts = facts_of(uow, current, now)
    for occasion in occasions(current, facts.replies_by, local_day(now)):
        at = first_opening(max(now, opens_at(occasion.goes)))
        if at < until:
            for message in messages(occasion, facts):
                if message.expires_at is None or at < message.expires_at:
                    yield occasion, message, at


def _planned(
    uow: UnitOfWork, occasion: Occasion, message: OutboxMessage, at: datetime, held: Held | None
) -> Planned:
    person = uow.register.person(message.person_id) if message.person_id is not None else None
    return Planned(
        key=message.key,
        kind=message.kind,
        reason=REASONS[message.kind],
        step=occasion.step.name,
        name=occasion.name,
        day=occasion.about,
        network_id=occasion.round.network_id,
        network=uow.register.network(occasion.round.network_id).name,
        goes_at=at,
        expires_at=message.expires_at,
        person_id=message.person_id,
        binding_id=message.binding_id,
        recipient=person.name if person else None,
        held=held,
    )


def _bundled(found: list[Planned]) -> list[Planned]:
    """Several reminders to a person on one day are one message."""
    first: dict[tuple[int, date], Planned] = {}
    for p in sorted(found, key=lambda p: urgency(p.kind, p.step)):
        if p.kind in REMINDERS and p.person_id is not None and p.held is None:
            first.setdefault((p.person_id, local_day(p.goes_at)), p)
    result = []
    for p in found:
        said_in = first.get((p.person_id or 0, local_day(p.goes_at))) if p.kind in REMINDERS else None
        other = said_in is not None and said_in.key != p.key and p.held is None
        result.append(replace(p, said_in=said_in.key) if other and said_in else p)
    return result
