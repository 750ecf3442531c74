"""What an owner is shown of needs that hold for several kindergartens: written once, merged, taken apart."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from dialogs.replies.sending import ListedNeed
from domain.needs.models import NeedsReport
from domain.needs.owners.merging import WhyNot
from domain.register.models import Kindergarten, Municipality, Network, Owner


@dataclass(frozen=True)
class ChooseCovered(Reply):
    """Which kindergartens a common need is for; `within` when only one municipality's are listed."""

    owner: Owner
    network: Network
    kindergartens: tuple[Kindergarten, ...]
    municipalities: tuple[tuple[Municipality, int], ...]
    total: int
    within: Municipality | None = None
    nothing_chosen: bool = False


@dataclass(frozen=True)
class CommonBegun(Reply):
    """A common need that was begun before: go on with it, or write another."""

    owner: Owner
    network: Network
    draft: NeedsReport
    kindergartens: int


@dataclass(frozen=True)
class OnlyOne(Reply):
    """The owner has one kindergarten here: there is nothing to write for several."""

    owner: Owner


@dataclass(frozen=True)
class CommonReceipt(Reply):
    """The common need is written and approved by its owner."""

    report: NeedsReport
    owner: Owner
    network: Network
    kindergartens: int


@dataclass(frozen=True)
class ChooseToMerge(Reply):
    """Which needs are to become one; those in `alike` are on the same themes and ticked beforehand."""

    owner: Owner
    network: Network
    needs: tuple[tuple[int, ListedNeed], ...]
    alike: frozenset[int] = frozenset()
    refused: WhyNot | None = None


@dataclass(frozen=True)
class NameCommon(Reply):
    """What the needs are to be called as one."""

    needs: tuple[tuple[int, ListedNeed], ...]
    title: str | None
    refused: WhyNot | None = None
    tracks = True


@dataclass(frozen=True)
class Merged(Reply):
    """They are one need now."""

    report: NeedsReport
    needs: tuple[ListedNeed, ...]
    owner_id: int
    network_id: int


@dataclass(frozen=True)
class NothingToMerge(Reply):
    owner: Owner


@dataclass(frozen=True)
class ChooseToSplit(Reply):
    """Which common need is to be taken apart; none when there is none."""

    needs: tuple[tuple[NeedsReport, ListedNeed], ...]


@dataclass(frozen=True)
class Split(Reply):
    """The needs stand for themselves again."""

    title: str
    needs: tuple[ListedNeed, ...]
    owner_id: int
    network_id: int
