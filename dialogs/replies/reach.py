"""People who cannot be written to: who they are, and what to send them instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.outreach.reaching.reach import Group, NotReached, Unreached
from domain.register.models import Network


@dataclass(frozen=True)
class NotReachedList(Reply):
    """`others` are the leader's other networks."""

    found: NotReached
    others: tuple[Network, ...] = ()


@dataclass(frozen=True)
class AllReached(Reply):
    """Everybody with something left can be written to; `total` is how many they are."""

    network: str
    total: int


@dataclass(frozen=True)
class ReadyEmail(Reply):
    """An e-mail to copy. `people` are those it goes to, one page of them."""

    found: NotReached
    group: Group
    people: tuple[Unreached, ...]
    sender: str
    today: date
    page: int = 0
    pages: int = 1
