"""Needs at the network: the list, one whole need, an act on it; the end of a round; registering for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dialogs.replies.base import Reply
from domain.needs.history import LastAct
from domain.needs.lifecycle import Act, Party
from domain.needs.models import Status
from domain.needs.networks.network import Reported
from domain.needs.overview import Answer
from domain.register.models import Role


@dataclass(frozen=True)
class NetworkNeedsList(Reply):
    """One page of what somebody may read of a network's needs. `among_roles`: the reader has other roles too.

    `states` and `owners` are what one can choose among, with how many of each.
    """

    network: str
    network_id: int
    role: Role
    among_roles: bool
    items: tuple[Reported, ...]
    page: int
    pages: int
    total: int
    only_counted: int
    themes: Mapping[str, int]
    states: tuple[tuple[Status, int], ...] = ()
    owners: tuple[tuple[int, str, int], ...] = ()
    state: Status | None = None
    owner: int | None = None
    elsewhere: tuple[tuple[int, str], ...] = ()
    tracks = True


@dataclass(frozen=True)
class NetworkNeedCard(Reply):
    """A whole need as its reader may see it, with what was done last and what may be done next."""

    need: Reported
    network: str
    network_id: int
    role: Role
    among_roles: bool
    act: LastAct | None = None
    tracks = True


class ActProblem(StrEnum):
    """What keeps an act from being registered."""

    NO_ACT = "no_act"
    NOTE_MISSING = "note_missing"
    NOTE_TOO_LONG = "note_too_long"
    DAY_MISSING = "day_missing"
    DAY_NOT_UNDERSTOOD = "day_not_understood"
    DAY_IN_FUTURE = "day_in_future"


@dataclass(frozen=True)
class ActForm(Reply):
    """What is to happen with one need or several, with what was filled in before."""

    needs: tuple[Reported, ...]
    acts: tuple[Act, ...]
    network_id: int
    act: Act | None = None
    note: str = ""
    day: str = ""
    problem: ActProblem | None = None
    tracks = True


@dataclass(frozen=True)
class ActConfirm(Reply):
    """The act as it was understood; `personal` when the reason may hold personal data."""

    needs: tuple[Reported, ...]
    act: Act
    note: str | None
    day: date | None
    told: tuple[Party, ...]
    personal: bool = False
    tracks = True


@dataclass(frozen=True)
class ActDone(Reply):
    titles: tuple[str, ...]
    act: Act
    day: date | None
    told: tuple[Party, ...]
    network_id: int
    left: int


@dataclass(frozen=True)
class EndRoundConfirm(Reply):
    """How many needs would expire, before anything happens."""

    network: str
    network_id: int
    round_id: int
    label: str
    ends: date
    open: int
    over: bool
    tracks = True


@dataclass(frozen=True)
class RoundEnded(Reply):
    network: str
    label: str
    expired: int


@dataclass(frozen=True)
class SwitchFormConfirm(Reply):
    network: str
    network_id: int
    on: bool
    tracks = True


@dataclass(frozen=True)
class FormSwitched(Reply):
    network: str
    on: bool
    already: bool = False


@dataclass(frozen=True)
class FormIsOff(Reply):
    """The network takes needs in another way: whom to ask."""

    network: str
    leader: str | None
    own: bool = False


@dataclass(frozen=True)
class RegisterWhere(Reply):
    """For which kindergarten: names to choose among, and what one has begun and not sent."""

    places: tuple[tuple[int, str], ...]
    unknown: str | None = None
    begun: tuple[tuple[int, str], ...] = field(default=())


@dataclass(frozen=True)
class RegisterHow(Reply):
    """How the need came, before the questions begin; `role` is the one in which one registers."""

    kindergarten_id: int
    kindergarten: str
    owner: str
    role: Role
    answer: Answer
    no_source: bool = False
    tracks = True


@dataclass(frozen=True)
class NoNeedRegistered(Reply):
    """«Ingen behov» on the kindergarten's behalf; `role` is the one in which it was registered."""

    kindergarten: str
    owner: str
    late: bool
    role: Role
