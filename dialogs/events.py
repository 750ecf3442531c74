"""What happened in Teams, as the conversation sees it: no SDK types, only plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from domain.address import Address


class EventKind(StrEnum):
    """Kinds of events."""

    SAID = "said"
    PRESSED = "pressed"
    EDITED = "edited"
    INSTALLED = "installed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Who:
    """The account that acts, as the Teams roster describes it. Never what somebody typed.

    `guest`: of the tenant, or from one that is not let in.
    """

    tenant_id: str
    aad_object_id: str
    name: str | None = None
    emails: tuple[str, ...] = ()
    guest: bool = False

    @property
    def account(self) -> tuple[str, str]:
        """What an account is known by: its tenant, and its id there."""
        return self.tenant_id, self.aad_object_id


class FileFault(StrEnum):
    """Why the content of a file is not here."""

    TOO_LARGE = "too_large"
    UNREACHABLE = "unreachable"
    NOT_ALLOWED = "not_allowed"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class IncomingFile:
    """A file that came with a message: its content, or why that is not here. The name is what somebody typed."""

    name: str
    content: bytes = field(default=b"", repr=False)
    fault: FileFault | None = None


@dataclass(frozen=True)
class Event:
    """One thing that somebody did. `key` is the same when Teams sends it again.

    `reply_to` is the activity id of the card that was pressed; `text` is without mentions of the bot;
    `address_changed` is False when this process knows that the address is stored already; `files` came with
    the message, in their order.
    """

    key: str
    kind: EventKind
    activity_id: str
    address: Address
    who: Who
    text: str = ""
    payload: dict[str, Any] = field(default_factory=dict)
    reply_to: str | None = None
    address_changed: bool = True
    files: tuple[IncomingFile, ...] = ()

    @property
    def personal(self) -> bool:
        """Whether it happened in a personal chat."""
        return self.address.kind == "personal"
