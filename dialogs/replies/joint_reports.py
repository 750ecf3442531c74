"""What owners are shown of a joint report: who is asked, who has answered, what one's own answer means."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.replies.base import Reply
from domain.needs.models import JointState, OwnersReport
from domain.register.models import Network, Owner


@dataclass(frozen=True)
class JointOverview(Reply):
    """To the sender: the others and their answers, and whom one may ask. `waits_for` stopped a sending."""

    report: OwnersReport
    network: Network
    asked: tuple[tuple[Owner, JointState, int], ...]
    free: tuple[Owner, ...]
    waits_for: tuple[str, ...] = ()
    just_asked: int = 0


@dataclass(frozen=True)
class JointAsked(Reply):
    """To an owner that has been asked, or has confirmed: what it means, with yes and no.

    `state` is its answer by now, `confirmed` how many of its needs are in, `approved` how many could be.
    """

    report: OwnersReport
    sender: str
    owner: Owner
    network: str
    state: JointState
    confirmed: int
    approved: int


@dataclass(frozen=True)
class JointAnswered(Reply):
    """The owner's answer is stored."""

    report: OwnersReport
    sender: str
    owner: Owner
    joins: bool
    needs: int


@dataclass(frozen=True)
class JointRefused(Reply):
    """The owner is in another joint report, or has started one itself (`own`)."""

    sender: str
    own: bool


@dataclass(frozen=True)
class NoOthers(Reply):
    """There is no joint report to be in, and none to start now."""

    owner: Owner
