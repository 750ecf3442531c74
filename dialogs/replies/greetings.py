"""How somebody is met, and the way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from dialogs.replies.network_needs import FormIsOff
from domain.needs.models import NeedsReport, OwnersReport
from domain.needs.overview import Counts, KindergartenStanding
from domain.register.models import Network, Owner, Person, Role
from domain.rounds.models import Deadline


@dataclass(frozen=True)
class WhatNow:
    """How `hva nå` opens: the day, and what the role does with the source of that."""

    today: date
    role: Role
    task: str | None
    source: str | None


@dataclass(frozen=True)
class HeadGreeting(Reply):
    person: Person
    owner: str
    kindergartens: tuple[KindergartenStanding, ...]
    reply_by: date | None
    confirmed: bool
    today: date
    draft: NeedsReport | None
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None
    also_owner: bool = False
    form_off: FormIsOff | None = None


@dataclass(frozen=True)
class OwnerGreeting(Reply):
    person: Person
    owner: Owner
    counts: Counts
    waiting: int
    approved: int
    sendable: bool
    deadline: Deadline | None
    today: date
    sent: OwnersReport | None
    also_head: bool
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None
    sent_back: int = 0
    form_off: FormIsOff | None = None


@dataclass(frozen=True)
class LeaderGreeting(Reply):
    person: Person
    network: Network
    deadline: Deadline | None
    today: date
    owners_sent: int
    owners_total: int
    bound: bool
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None
    coordinates: bool = False
    unconfirmed: int = 0
    questions: int = 0
    requests: int = 0


@dataclass(frozen=True)
class AuthorityGreeting(Reply):
    person: Person
    municipality: str
    counts: Counts
    standings: tuple[KindergartenStanding, ...]
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None


@dataclass(frozen=True)
class PlainGreeting(Reply):
    """For those who only ask and read: UH, PPT, members, the county."""

    person: Person
    role: Role | None
    other_roles: tuple[Role, ...] = ()
    what_now: WhatNow | None = None


@dataclass(frozen=True)
class Stranger(Reply):
    """Somebody the register does not know: the way in, and nothing else."""

    local: bool


@dataclass(frozen=True)
class AccessForm(Reply):
    unknown_place: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccessAsked(Reply):
    leader: str | None


@dataclass(frozen=True)
class AccessAnswered(Reply):
    name: str
    granted: bool
    already: bool = False
    settles = True
