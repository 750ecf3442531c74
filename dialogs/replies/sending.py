"""What an owner is shown of the consolidated report: the order, the summary, the receipt, what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.replies.base import Reply
from domain.needs.flow import GroupStanding, Place
from domain.needs.form import Form
from domain.needs.models import JointState, OwnersReport
from domain.register.models import Network, Owner
from domain.rounds.models import Deadline


@dataclass(frozen=True)
class ListedNeed:
    """A need in a list: its name, where it stands, how many kindergartens more it holds for.

    `owner` is set where it is another owner's than the one who reads.
    """

    title: str
    kindergarten: str
    more: int = 0
    owner: str | None = None


@dataclass(frozen=True)
class RankNeeds(Reply):
    """Which needs come first; `wrong` when what was given could not be an order."""

    report: OwnersReport
    owner: str
    place: Place
    needs: tuple[ListedNeed, ...]
    saved: bool = False
    changing: bool = False
    wrong: bool = False
    tracks = True


@dataclass(frozen=True)
class OrderSettled(Reply):
    """What the question about the order becomes."""

    needs: tuple[ListedNeed, ...]
    settles = True


@dataclass(frozen=True)
class ReviewOwners(Reply):
    """The consolidated report before it is sent.

    `groups` are the further questions; `alike` the names of needs that could be merged; `joint` the other owners.
    """

    report: OwnersReport
    owner: Owner
    network: Network
    place: Place
    form: Form
    needs: tuple[ListedNeed, ...]
    saved: bool
    groups: tuple[GroupStanding, ...] = ()
    may_merge: bool = False
    alike: tuple[str, ...] = ()
    may_join: bool = False
    joint: tuple[tuple[str, JointState], ...] = ()
    tracks = True


@dataclass(frozen=True)
class OwnersReceipt(Reply):
    """It is sent; `others` are the owners that were in it, `next_network` one that still has something coming."""

    report: OwnersReport
    owner: Owner
    network: str
    leader: str | None
    deadline: Deadline | None
    unanswered: int
    sent_at: datetime
    others: tuple[str, ...] = ()
    next_network: Network | None = None


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
