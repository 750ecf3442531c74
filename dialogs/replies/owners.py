"""What an owner is shown: needs to handle, the consolidated report, receipts."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from domain.needs.flow import Place
from domain.needs.models import NeedsReport, OwnersReport
from domain.needs.overview import Counts
from domain.register.models import Kindergarten, Network, Owner
from domain.rounds.models import Deadline


@dataclass(frozen=True)
class Waiting(Reply):
    """The needs that wait for the owner's decision, one page of them."""

    owner: Owner
    items: tuple[tuple[Kindergarten, NeedsReport], ...]
    page: int
    pages: int
    total: int
    counts: Counts
    approved: int
    networks: tuple[Network, ...] = ()
    all_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadReport(Reply):
    """A whole need, as the owner reads it."""

    report: NeedsReport
    kindergarten: str
    head: str


@dataclass(frozen=True)
class Approved(Reply):
    titles: tuple[str, ...]
    already: int
    waiting: int
    approved: int
    owner_id: int


@dataclass(frozen=True)
class Returned(Reply):
    title: str
    kindergarten: str
    forwarded: bool = True
    owner_id: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class AskComment(Reply):
    report: NeedsReport
    kindergarten: str
    forward: bool
    given: int
    limit: int
    tracks = True


@dataclass(frozen=True)
class ReviewOwners(Reply):
    """The consolidated report before it is sent."""

    report: OwnersReport
    owner: Owner
    network: Network
    place: Place
    titles: tuple[tuple[str, str], ...]
    saved: bool
    tracks = True


@dataclass(frozen=True)
class OwnersReceipt(Reply):
    report: OwnersReport
    owner: Owner
    network: str
    leader: str | None
    deadline: Deadline | None
    unanswered: int


@dataclass(frozen=True)
class ChooseNetwork(Reply):
    verb: str
    owner_id: int | None
    networks: tuple[Network, ...]


@dataclass(frozen=True)
class NothingToSend(Reply):
    owner: Owner
    waiting: int
    sent: bool
    unanswered: int


@dataclass(frozen=True)
class Nudged(Reply):
    told: int
    missing: int
