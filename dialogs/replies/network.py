"""Leader, channel, questions about the scheme, help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.replies.base import Reply
from domain.inquiries.models import PublishedAnswer
from domain.needs.overview import Counts
from domain.needs.sheets.excel_scopes import ScopeOfRows
from domain.outreach.content import Content
from domain.register.models import Network, Role
from domain.scheme.answers import Answer


@dataclass(frozen=True)
class ContentReply(Reply):
    """Something that the bot also says by itself, here because somebody asked."""

    content: Content


@dataclass(frozen=True)
class Bound(Reply):
    network: str
    already: bool = False


@dataclass(frozen=True)
class Missing(Reply):
    """Who has not sent (for a leader) or answered (for an owner)."""

    network: str
    sent: int
    total: int
    owners: tuple[tuple[str, Counts], ...] = ()
    kindergartens: tuple[tuple[str, str], ...] = ()
    owner_id: int | None = None
    network_id: int | None = None


@dataclass(frozen=True)
class ExcelLink(Reply):
    """A sheet to fetch; with `kindergartens` its rows are those, with no needs in it. `several`: of so many
    kindergartens or owners, and then `what` is empty."""

    rows: int
    token: str
    what: str
    kindergartens: bool = False
    several: tuple[ScopeOfRows, int] | None = None


@dataclass(frozen=True)
class Said(Reply):
    """An answer to `question`, from the scheme's description or `shared` by the network's leader."""

    question: str
    answer: Answer
    network_leader: str | None
    in_channel: bool
    today: date
    keep: tuple[int, str] | None = None
    shared: PublishedAnswer | None = None


@dataclass(frozen=True)
class HelpText(Reply):
    role: Role | None
    in_channel: bool = False
    network: str | None = None
    can_bind: tuple[Network, ...] = ()
    local: bool = False


@dataclass(frozen=True)
class DemoPeople(Reply):
    people: tuple[tuple[int, str, str], ...]
    acting_as: str | None
    unknown: str | None = None
    examples: tuple[tuple[int, str], ...] = ()
