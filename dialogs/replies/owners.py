"""What an owner is shown of the needs to handle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport
from domain.needs.overview import Counts
from domain.needs.owners.changes import Change
from domain.needs.owners.desk import View
from domain.needs.owners.reply_by import ReplyBy
from domain.register.models import Kindergarten, Municipality, Owner


@dataclass(frozen=True)
class Listed:
    """A need in a list; `number_of_needs` is how many its kindergarten has."""

    kindergarten: Kindergarten
    report: NeedsReport
    number_of_needs: int = 1


@dataclass(frozen=True)
class Waiting(Reply):
    """One page of what an owner has before it: needs (`items`), or kindergartens without an answer (`missing`).

    `sizes` says how much there is in each view, `places` how much of this one in each municipality (empty when
    there is only one), `place` which of them is shown. `ticked` are the needs ticked so far, on any page.
    """

    owner: Owner
    view: View
    items: tuple[Listed, ...]
    page: int
    pages: int
    total: int
    sizes: Mapping[View, int]
    counts: Counts
    today: date
    missing: tuple[Kindergarten, ...] = ()
    places: tuple[tuple[Municipality, int], ...] = ()
    place: int | None = None
    all_ids: tuple[int, ...] = ()
    ticked: tuple[int, ...] = ()
    reply_by: ReplyBy | None = None
    as_owner: bool = False


@dataclass(frozen=True)
class ReadReport(Reply):
    """A whole need, as the owner reads it.

    `changes` is what differs from the sending before, None when this is the first; `asked_for` what the owner
    then asked for; `acts` what it may do now; `written` an assessment that was not taken, and `remark` why.
    """

    report: NeedsReport
    kindergarten: str
    head: str
    owner: str = ""
    covers: tuple[str, ...] = ()
    changes: tuple[Change, ...] | None = None
    asked_for: str | None = None
    number_of_needs: int = 1
    around_the_child: bool = False
    acts: tuple[Act, ...] = ()
    as_owner: bool = False
    place: int | None = None
    written: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Approved(Reply):
    """`already` had been handled before, by `others` where it was somebody else; `alone`: nobody else is told."""

    titles: tuple[str, ...]
    already: int
    waiting: int
    approved: int
    owner_id: int
    others: tuple[str, ...] = ()
    place: int | None = None
    alone: bool = False


@dataclass(frozen=True)
class ReportedAgain(Reply):
    """What the network sent back is with it again; `left` are the others that came back."""

    report: NeedsReport
    network: str
    owner_id: int
    left: int


@dataclass(frozen=True)
class Returned(Reply):
    """Sent back, ended or taken back, as `act` says; `steps` are the questions that were pointed at."""

    title: str
    kindergarten: str
    act: Act = Act.RETURN
    steps: tuple[str, ...] = ()
    owner_id: int = 0
    waiting: int = 0
    place: int | None = None


@dataclass(frozen=True)
class AskComment(Reply):
    """The comment that an act asks for, with what is written and pointed at so far, and why it is not taken yet."""

    report: NeedsReport
    kindergarten: str
    act: Act
    limit: int
    written: str = ""
    steps: tuple[str, ...] = ()
    remark: str | None = None
    place: int | None = None
    tracks = True


@dataclass(frozen=True)
class Nudged(Reply):
    told: int
    missing: int
