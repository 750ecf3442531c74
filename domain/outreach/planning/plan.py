"""What is to be said to whom and when in a round: pure planning (C6).

A step of the schedule gives occasions: days on which something is to be said. An occasion and the people that the
facts hold give messages. The same facts always give the same keys, so planning again adds nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from domain.clock import local_day
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.planning.hours import expires_at, next_reminder_day, opens_at, reminder_day
from domain.outreach.planning.steps import AUDIENCES, STEPS, Anchor, Group, Step
from domain.rounds.models import Certainty, Deadline, DeadlineKind, Round

_UPDATED: Final = timedelta(days=60)
_WEEK: Final = timedelta(days=7)
_NEAR: Final = 4


_Occasions = Callable[..., Iterator["Occasion"]]


@dataclass(frozen=True)
class Recipient:
    """A person or a bound channel, with what the message is to be about.

    `reply_by` is the date that an owner has chosen for its heads; None where it is the usual one.
    """

    person_id: int | None = None
    binding_id: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    reply_by: date | None = None


@dataclass(frozen=True)
class NetworkFacts:
    """What the planner must know about one network: its round, and who is in each group now."""

    round: Round
    groups: Mapping[Group, tuple[Recipient, ...]] = field(default_factory=dict)
    replies_by: frozenset[date] = frozenset()

    def of(self, group: Group) -> tuple[Recipient, ...]:
        """Those who are in a group."""
        return self.groups.get(group, ())


@dataclass(frozen=True)
class Occasion:
    """A step on its day. `label` is the date's name in keys, `day` the date itself, `goes` the day of the message."""

    step: Step
    round: Round
    label: str
    day: date
    goes: date
    to: Group
    params: Mapping[str, Any] = field(default_factory=dict)
    reply_by: date | None = None

    @property
    def name(self) -> str:
        """The step's name among those that the leader has stopped: `{kind}:{label}:{step}`."""
        return f"{self.step.kind.value}:{self.label}:{self.step.name}"

    @property
    def about(self) -> date:
        """The date that it is about: for heads, and for what becomes of it, the svarfrist."""
        by_reply = self.step.anchor is Anchor.REPLY_BY
        return self.round.reply_by(self.reply_by) if by_reply else self.day

    @property
    def stopped(self) -> bool:
        """Whether the leader has stopped it."""
        return can_be_stopped(self.step.kind) and self.name in self.round.stopped

    @property
    def key(self) -> str:
        """What makes it this occasion and no other: a changed date makes another."""
        own = f":{self.reply_by:%Y%m%d}" if self.reply_by else ""
        return f"{self._stem}{own}"

    @property
    def _stem(self) -> str:
        whose = self.round.label if self.step.kind is MessageKind.COUNTY_DIGEST else self.round.id
        return f"{self.step.kind.value}:{whose}:{self.label}:{self.day:%Y%m%d}:{self.step.name}"

    def key_for(self, recipient: Recipient) -> str:
        """The key of its message to somebody."""
        who = f"b{recipient.binding_id}" if recipient.person_id is None else f"p{recipient.person_id}"
        own = f":{self.reply_by:%Y%m%d}" if self.reply_by else ""
        return f"{self._stem}:{who}{own}"

    def due(self, now: datetime) -> bool:
        """Whether its time has come and not passed."""
        return opens_at(self.goes) <= now < expires_at(self.goes)


def plan(facts: NetworkFacts, today: date | None = None) -> list[OutboxMessage]:
    """Everything that the round gives cause to say, in order of time; what its leader has stopped is left out.

    `today` is the day on which what channels show is looked at.
    """
    going = (o for o in occasions(facts.round, facts.replies_by, today) if not o.stopped)
    found = [message for occasion in going for message in messages(occasion, facts)]
    return sorted(found, key=lambda m: (m.due_at, m.key))


def occasions(
    current: Round, replies_by: Iterable[date] = (), today: date | None = None
) -> Iterator[Occasion]:
    """Every step of the round on its day, whether there is anybody to tell or not; also those that are stopped."""
    for step in STEPS:
        yield from _OCCASIONS.get(step.anchor, _at_deadline)(step, current, frozenset(replies_by), today)


def messages(occasion: Occasion, facts: NetworkFacts) -> list[OutboxMessage]:
    """What the occasion gives cause to say: one message a person, about all that it concerns them with."""
    found: dict[str, OutboxMessage] = {}
    for recipient in facts.of(occasion.to):
        if not _concerned(occasion, recipient):
            continue
        made = _message(occasion, recipient)
        before = found.get(made.key)
        found[made.key] = _both(before, made) if before else made
    return list(found.values())


def reminds(deadline: Deadline) -> bool:
    """Whether a date is sure enough to remind by: confirmed, or agreed between two sources («trolig»)."""
    return deadline.confirmed or deadline.certainty is Certainty.AGREED


def can_be_stopped(kind: MessageKind) -> bool:
    """Whether a network's leader can stop it: what the county gets is about all networks in one."""
    return kind is not MessageKind.COUNTY_DIGEST


def awaits_others(occasion: Occasion, rounds: Iterable[Round]) -> bool:
    """Whether what the county gets is left to another network, whose date for needs is soon after this one's."""
    if occasion.step.kind is not MessageKind.COUNTY_DIGEST:
        return False
    others = (_needs(r) for r in rounds if r.label == occasion.round.label)
    return any(d is not None and occasion.day < d.day <= occasion.day + 2 * _WEEK for d in others)


def _concerned(occasion: Occasion, recipient: Recipient) -> bool:
    match occasion.step.anchor:
        case Anchor.REPLY_BY:
            return recipient.reply_by == occasion.reply_by
        case Anchor.SEASON:
            # Who is asked to begin soon after anyway is not asked twice.
            begins = reminder_day(occasion.round.reply_by(recipient.reply_by), -14)
            return begins >= occasion.goes + _WEEK
        case _:
            return True


def _both(message: OutboxMessage, other: OutboxMessage) -> OutboxMessage:
    if other.params in (params for _, params in message.parts):
        return message
    return message.with_also([(other.kind, other.params)])


def _message(occasion: Occasion, recipient: Recipient) -> OutboxMessage:
    step, current = occasion.step, occasion.round
    whose: dict[str, Any] = {"round": current.id}
    if step.kind is MessageKind.COUNTY_DIGEST:
        whose = {"round": current.id, "label": current.label}
    return OutboxMessage.model_construct(
        key=occasion.key_for(recipient),
        kind=step.kind,
        person_id=recipient.person_id,
        binding_id=recipient.binding_id,
        params={**whose, "step": step.name, **occasion.params, **recipient.params},
        due_at=opens_at(occasion.goes),
        expires_at=expires_at(occasion.goes),
    )


def _at_deadline(
    step: Step, current: Round, _own: frozenset[date], _today: date | None
) -> Iterator[Occasion]:
    deadline = current.deadline(DeadlineKind(step.anchor))
    if deadline is None or not (deadline.confirmed or (reminds(deadline) and not step.confirmed_only)):
        return
    named = step.kind in (MessageKind.BASIS_REMINDER, MessageKind.REPORTING_REMINDER)
    params = {"deadline": deadline.kind.value} if named else {}
    goes = reminder_day(deadline.day, step.days)
    yield Occasion(step, current, deadline.kind.value, deadline.day, goes, step.to, params)


def _at_reply_by(step: Step, current: Round, own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    needs = _needs(current)
    if needs is None or (step.kind is MessageKind.OWNER_DIGEST and not current.form_on):
        # With the form off nobody has been asked for an answer by the svarfrist.
        return
    for chosen in (None, *sorted(own)):
        goes = reminder_day(current.reply_by(chosen), step.days)
        # After the network's own date nobody is asked for an answer to the owner.
        if goes <= needs.day:
            yield Occasion(step, current, needs.kind.value, needs.day, goes, step.to, {}, chosen)


def _at_season(step: Step, current: Round, _own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    needs = _needs(current)
    day = date(current.starts.year, 10, 1)
    if needs is not None and day < needs.day:
        yield Occasion(step, current, Anchor.SEASON.value, day, next_reminder_day(day), step.to)


def _in_autumn(step: Step, current: Round, _own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    day = date(current.starts.year, 8, 15)
    yield Occasion(step, current, Anchor.AUTUMN.value, day, next_reminder_day(day), step.to)


def _unconfirmed(
    step: Step, current: Round, _own: frozenset[date], _today: date | None
) -> Iterator[Occasion]:
    for deadline in current.deadlines:
        if not deadline.confirmed:
            goes = reminder_day(deadline.day, step.days)
            yield Occasion(step, current, deadline.kind.value, deadline.day, goes, step.to)


def _weekly(step: Step, current: Round, _own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    needs = _needs(current)
    if needs is None or not current.weekly:
        return
    others = [
        reminder_day(needs.day, s.days)
        for s in STEPS
        if s.kind is step.kind and s.anchor is DeadlineKind.NEEDS
    ]
    first = date(current.starts.year, 10, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    while monday < needs.day:
        # Another one within a few days says the same.
        if all(abs((monday - other).days) > _NEAR for other in others):
            yield Occasion(step, current, Anchor.WEEKLY.value, monday, next_reminder_day(monday), step.to)
        monday += _WEEK


def _today(step: Step, current: Round, _own: frozenset[date], today: date | None) -> Iterator[Occasion]:
    needs = current.deadline(DeadlineKind.NEEDS)
    if today is None or needs is None or today > needs.day + _UPDATED:
        return
    yield Occasion(step, current, Anchor.TODAY.value, today, next_reminder_day(today), step.to)


def _own_dates(step: Step, current: Round, _own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    for own in current.own_dates:
        goes = reminder_day(own.day, step.days)
        yield Occasion(
            step, current, f"date{own.id}", own.day, goes, AUDIENCES[own.audience], {"date": own.id}
        )


def _meetings(step: Step, current: Round, _own: frozenset[date], _today: date | None) -> Iterator[Occasion]:
    for meeting in current.meetings:
        if not meeting.cancelled:
            day = local_day(meeting.starts)
            goes = reminder_day(day, step.days)
            yield Occasion(step, current, f"meeting{meeting.id}", day, goes, step.to, {"meeting": meeting.id})


def _needs(current: Round) -> Deadline | None:
    deadline = current.deadline(DeadlineKind.NEEDS)
    return deadline if deadline is not None and reminds(deadline) else None


_OCCASIONS: Final[Mapping[Anchor | DeadlineKind, _Occasions]] = {
    Anchor.REPLY_BY: _at_reply_by,
    Anchor.SEASON: _at_season,
    Anchor.AUTUMN: _in_autumn,
    Anchor.UNCONFIRMED: _unconfirmed,
    Anchor.WEEKLY: _weekly,
    Anchor.TODAY: _today,
    Anchor.OWN_DATE: _own_dates,
    Anchor.MEETING: _meetings,
}
