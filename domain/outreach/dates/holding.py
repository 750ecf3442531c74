"""Whether a message about a date still has that date: what was planned for another one is never sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from domain.clock import local_day
from domain.needs.owners import reply_by
from domain.outbox import SCHEDULED, MessageKind
from domain.outreach.reminding.putting_off import PREFIX
from domain.rounds.confirming import own_date
from domain.rounds.models import DeadlineKind
from domain.rounds.repository import NoSuchRound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

AGAIN: Final = "again:"
"""Before the key of a message that is sent once more, because it could not be delivered the first time."""

_DATED: Final = SCHEDULED | {MessageKind.DATE_CHANGED}
_KEY: Final = re.compile(
    rf"(?:{AGAIN}|{PREFIX}\d{{8}}:)*(?P<kind>[a-z_]+):(?P<round>[^:]+):(?P<what>[a-z_]+)(?P<id>\d*)"
    r":(?P<day>\d{8}):(?P<step>[^:]+):[pb]\d+(?::(?P<reply_by>\d{8}))?"
)
_DEADLINES: Final = frozenset(kind.value for kind in DeadlineKind)
_NO_DATE: Final = "no date"


def still_holds(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> bool:
    """Whether the date in the message's key is the round's date; True for messages that are about no date.

    What is said together with something else has no key of its own, and is about what the round says now. What
    its recipient has put off was promised for a day, and goes out with whatever date there is then.
    """
    found = _KEY.fullmatch(message.key)
    if message.kind not in _DATED or found is None or found["kind"] != message.kind.value:
        return True
    rounds = _rounds(uow, found["round"], now)
    days = [_day(current, found["what"], found["id"]) for current in rounds]
    if message.key.startswith(PREFIX):
        return any(days)
    if found["reply_by"] is not None and not _is_reply_by(uow, message, rounds, found["reply_by"]):
        return False
    return found["day"] in days or _NO_DATE in days


def key_prefix(kind: MessageKind, current: Round, deadline: DeadlineKind, day: date) -> str:
    """How the keys of the messages of a kind begin that carry a date of a round."""
    whose = current.label if kind is MessageKind.COUNTY_DIGEST else current.id
    return f"{kind.value}:{whose}:{deadline.value}:{day:%Y%m%d}:"


def _day(current: Round, what: str, id_: str) -> str | None:
    """The day as keys write it; None for a date that is gone."""
    if what == "date" and id_:
        own = own_date(current, int(id_))
        return f"{own.day:%Y%m%d}" if own is not None else None
    if what == "meeting" and id_:
        held = next((m for m in current.meetings if m.id == int(id_) and not m.cancelled), None)
        return f"{local_day(held.starts):%Y%m%d}" if held is not None else None
    if what not in _DEADLINES:
        return _NO_DATE
    deadline = current.deadline(DeadlineKind(what))
    return f"{deadline.day:%Y%m%d}" if deadline is not None else None


def _rounds(uow: UnitOfWork, written: str, now: datetime) -> Sequence[Round]:
    """The round with this id; for what is said of all networks in one, those with this label."""
    if not written.isdigit():
        return [r for r in uow.rounds.all_current(local_day(now)) if r.label == written]
    try:
        return [uow.rounds.get(int(written))]
    except NoSuchRound:
        return []


def _is_reply_by(uow: UnitOfWork, message: OutboxMessage, rounds: Sequence[Round], day: str) -> bool:
    """Whether the date of the head's owner is still the one that the key bears."""
    kindergarten = message.params.get("kindergarten")
    if kindergarten is None:
        return True
    owner = uow.register.kindergarten(kindergarten).owner_id
    return any(f"{reply_by.of_round(uow, owner, current):%Y%m%d}" == day for current in rounds)
