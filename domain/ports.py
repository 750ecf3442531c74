"""What the domain asks of the world: a unit of work with repositories, a sender, a clock.

Implementations: storage/ (SQLite and PostgreSQL), bot/ (sender, clock). Repositories return frozen models;
what is changed is saved explicitly. Everything saved in one unit of work is committed together or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from domain.address import Address
from domain.audit import AuditRow
from domain.clock import Clock
from domain.identity import AccessRequest, Account, Binding
from domain.inquiries.repository import InquiryRepository
from domain.needs.heads.attachments import Attachment
from domain.needs.heads.staff import StaffRepository
from domain.needs.models import NeedsReport, OwnersReport, Status
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.repository import OutreachRepository
from domain.readings import Readings
from domain.register.repository import RegisterRepository
from domain.rounds.repository import RoundRepository

__all__ = ["Clock", "Sender", "UnitOfWork", "UnitOfWorkFactory"]


class NeedsRepository(Protocol):
    """All needs. A round's `version` is another after every change; None once this unit of work has made one."""

    def get(self, report_id: int) -> NeedsReport | None: ...

    def add(self, report: NeedsReport) -> NeedsReport:
        """Stores a new need (its id is ignored) and returns it with its id."""
        ...

    def save(self, report: NeedsReport) -> None:
        """Stores a need whose version is one above the stored one; raises Stale otherwise."""
        ...

    def of_kindergarten(self, kindergarten_id: int, round_id: int) -> list[NeedsReport]:
        """Oldest first, withdrawn ones left out; common needs that hold for the kindergarten too."""
        ...

    def of_kindergartens(self, kindergarten_ids: Sequence[int], round_id: int) -> list[NeedsReport]:
        """By kindergarten and age, withdrawn ones left out; each common need that holds for any of them once."""
        ...

    def in_round(self, round_id: int, statuses: Sequence[Status]) -> list[NeedsReport]: ...

    def version(self, round_id: int) -> tuple[int, ...] | None: ...

    def earlier(self, kindergarten_id: int, round_id: int) -> list[NeedsReport]:
        """The kindergarten's own needs in rounds that began before this one, newest round first, withdrawn ones
        left out."""
        ...

    def changed_with(self, report: NeedsReport) -> list[tuple[int, int]]:
        """Id and kindergarten of the round's needs that came into the same state at the same moment, by id."""
        ...

    def merged_into(self, report_id: int) -> list[NeedsReport]:
        """The needs that a common need was made from, oldest first; empty for any other need."""
        ...

    def next_number(self, round_id: int) -> int:
        """The next running number of a receipt in a round, from 1."""
        ...

    def freeze(self, report: NeedsReport) -> None:
        """Keeps the content of a revision for ever."""
        ...

    def revision(self, report_id: int, number: int) -> NeedsReport | None:
        """The need as it was sent that time; None when there is no such revision."""
        ...


class OwnersReportRepository(Protocol):
    """The owners' consolidated reports; `version` is as for needs."""

    def get(self, report_id: int) -> OwnersReport | None: ...

    def add(self, report: OwnersReport) -> OwnersReport: ...

    def save(self, report: OwnersReport) -> None:
        """Compare and set on the version, as for needs; raises Stale."""
        ...

    def of_owner(self, owner_id: int, network_id: int, round_id: int) -> list[OwnersReport]:
        """In their sequence, the draft included."""
        ...

    def in_round(self, round_id: int) -> list[OwnersReport]: ...

    def version(self, round_id: int) -> tuple[int, ...] | None: ...


class AttachmentRepository(Protocol):
    """Files that lie with needs; their content is only read when it is asked for."""

    def add(self, added: Attachment, content: bytes) -> Attachment:
        """Stores a file (its id is ignored) and returns it with its id."""
        ...

    def get(self, attachment_id: int) -> Attachment | None: ...

    def content(self, attachment_id: int) -> bytes | None: ...

    def of(self, report_id: int) -> list[Attachment]:
        """A need's files, oldest first."""
        ...

    def remove(self, attachment_id: int) -> bool: ...


class AuditLog(Protocol):
    def add(self, row: AuditRow) -> None: ...

    def of(self, subject: str, subject_id: int) -> list[AuditRow]: ...


class Outbox(Protocol):
    """Messages on their way out."""

    def add(self, message: OutboxMessage) -> bool:
        """Stores a message; False (and nothing stored) when its key is known already."""
        ...

    def add_all(self, messages: Sequence[OutboxMessage]) -> set[str]:
        """Stores messages and returns the keys of those that were not known already."""
        ...

    def get(self, key: str) -> OutboxMessage | None: ...

    def known(self, keys: Sequence[str]) -> set[str]: ...

    def due(self, now: datetime, limit: int) -> list[OutboxMessage]:
        """Waiting messages whose time has come, oldest first."""
        ...

    def in_state(self, state: OutboxState, after: str, limit: int) -> list[OutboxMessage]:
        """The messages in a state whose keys come after `after`, by key."""
        ...

    def handed(self, keys: Sequence[str]) -> None: ...

    def finish(self, key: str, state: OutboxState, now: datetime, activity_id: str | None = None) -> None: ...

    def claim_attempt(self, key: str, number: int, now: datetime) -> bool:
        """Writes the intent to send before the request; False when this attempt was begun before a crash."""
        ...

    def told(self, kinds: Collection[MessageKind], since: datetime, before: datetime) -> set[int]:
        """The people to whom messages of these kinds have gone from one moment on, or go out before the other."""
        ...

    def begins_with(self, prefix: str, state: OutboxState) -> list[OutboxMessage]:
        """The messages in a state whose keys begin so, oldest first."""
        ...

    def to_person(self, person_id: int, state: OutboxState, since: datetime) -> list[OutboxMessage]:
        """The messages to a person in a state that were due from that moment on, oldest first."""
        ...

    def ended(self, states: Sequence[OutboxState], since: datetime, limit: int) -> list[OutboxMessage]:
        """Messages that came to one of these ends from that moment on, latest first."""
        ...

    def counts(self) -> dict[str, int]: ...

    def counts_by_kind(self) -> dict[tuple[MessageKind, OutboxState], int]:
        """How many messages of each kind are in each state, those without any left out."""
        ...

    def purge(self, before: datetime) -> int:
        """Forgets the parameters of finished messages (the key stays); returns how many."""
        ...


class IdentityRepository(Protocol):
    """Accounts, conversation addresses, bindings of channels and requests to come in."""

    def account(self, tenant_id: str, aad_object_id: str) -> Account | None: ...

    def save_account(self, account: Account) -> None: ...

    def account_of_person(self, person_id: int) -> list[Account]: ...

    def accounts_of(self, person_ids: Sequence[int]) -> list[Account]:
        """The accounts that are bound to any of these people."""
        ...

    def with_chat(self, person_ids: Sequence[int]) -> set[int]:
        """Those of these people who have a personal chat with the bot."""
        ...

    def address(self, conversation_id: str) -> Address | None:
        """A conversation as it was last seen; None when it is not known, or was forgotten."""
        ...

    def save_address(self, address: Address, now: datetime) -> None:
        """Keeps one address per account and kind of conversation up to date."""
        ...

    def forget_address(self, conversation_id: str) -> None: ...

    def personal_address(self, person_id: int) -> Address | None:
        """Where a person's own account can be written to: at home before as a guest, then the latest."""
        ...

    def demo_addresses(self) -> list[tuple[Address, Account]]:
        """Chats in which local mode's persona switch has been used, latest first."""
        ...

    def bind(self, network_id: int, address: Address, person_id: int, now: datetime) -> Binding:
        """Binds a conversation to a network; an earlier binding of the same conversation is replaced."""
        ...

    def unbind(self, conversation_id: str) -> bool: ...

    def binding(self, binding_id: int) -> Binding | None: ...

    def binding_of(self, conversation_id: str) -> Binding | None: ...

    def bindings(self, network_id: int) -> list[Binding]: ...

    def add_request(self, request: AccessRequest) -> AccessRequest: ...

    def request(self, request_id: int) -> AccessRequest | None: ...

    def open_request(self, tenant_id: str, aad_object_id: str) -> AccessRequest | None: ...

    def open_requests(self, network_id: int) -> list[AccessRequest]:
        """Those of a network that wait for an answer, oldest first."""
        ...

    def save_request(self, request: AccessRequest) -> None: ...


@dataclass(frozen=True)
class StoredConversation:
    """The state of one conversation for one person; `version` 0 means that nothing is stored."""

    key: str
    state: dict[str, Any] = field(default_factory=dict)
    version: int = 0


class ConversationRepository(Protocol):
    def get(self, key: str) -> StoredConversation: ...

    def save(self, conversation: StoredConversation) -> None:
        """Compare and set: `version` is that of the state that was read; raises Stale."""
        ...


@dataclass(frozen=True)
class StoredTurn:
    """What an event led to: kept so that the same event acts once and an unsent answer can be sent again."""

    key: str
    answered: bool
    outgoing: list[dict[str, Any]]
    effect: dict[str, Any] | None = None


class Inbox(Protocol):
    """Events that have been acted on."""

    def get(self, key: str) -> StoredTurn | None: ...

    def add(self, turn: StoredTurn, now: datetime) -> None:
        """Raises Stale when the key is there already (another process was first)."""
        ...

    def answered(self, key: str) -> None: ...

    def effect_of(self, conversation_id: str, activity_id: str) -> dict[str, Any] | None:
        """What the first event with this activity id changed, for corrections by editing."""
        ...

    def purge(self, before: datetime) -> int: ...


class Meta(Protocol):
    """Small facts about this installation: name → text."""

    def get(self, name: str) -> str | None: ...

    def set(self, name: str, value: str) -> None: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving it without `commit` rolls everything back."""

    register: RegisterRepository
    rounds: RoundRepository
    needs: NeedsRepository
    owners_reports: OwnersReportRepository
    attachments: AttachmentRepository
    staff: StaffRepository
    inquiries: InquiryRepository
    audit: AuditLog
    outbox: Outbox
    outreach: OutreachRepository
    identity: IdentityRepository
    conversations: ConversationRepository
    inbox: Inbox
    meta: Meta
    readings: Readings

    @property
    def dirty(self) -> bool:
        """Whether anything has been written in this unit of work."""
        ...

    def commit(self) -> None: ...


class UnitOfWorkFactory(Protocol):
    """Opens a unit of work: `with factory() as uow: …; uow.commit()`."""

    def __call__(self) -> AbstractContextManager[UnitOfWork]: ...


class Sender(Protocol):
    """The way out to Teams."""

    async def send(self, address: Address, outgoing: Any) -> str | None:
        """Sends a rendered message into a conversation and returns the activity's id.

        Raises SendFailed (see delivery.errors) when it could not be sent.
        """
        ...

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        """Puts a rendered message in the place of one that was sent; raises SendFailed."""
        ...

    async def open(self, person: Address) -> str:
        """The id of the personal chat with the person of the address, which is made if there is none.

        Raises SendFailed.
        """
        ...
