"""One transaction with all repositories in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.readings import Readings
from storage.kept import Kept, View
from storage.register_snapshot import RegisterCache
from storage.repositories.attachments import SqlAttachments
from storage.repositories.audit import SqlAuditLog
from storage.repositories.conversations import SqlConversations
from storage.repositories.identity import SqlIdentity
from storage.repositories.inbox import SqlInbox
from storage.repositories.inquiries import SqlInquiries
from storage.repositories.meta import SqlMeta
from storage.repositories.needs import SqlNeeds
from storage.repositories.outbox import SqlOutbox
from storage.repositories.outreach import SqlOutreach
from storage.repositories.owners_reports import SqlOwnersReports
from storage.repositories.register import SqlRegister
from storage.repositories.rounds import SqlRounds
from storage.repositories.staff import SqlStaff
from storage.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sqlalchemy import Engine

    from domain.inquiries.repository import InquiryRepository
    from domain.needs.heads.staff import StaffRepository
    from domain.outreach.repository import OutreachRepository
    from domain.ports import (
        AttachmentRepository,
        AuditLog,
        ConversationRepository,
        IdentityRepository,
        Inbox,
        Meta,
        NeedsRepository,
        Outbox,
        OwnersReportRepository,
        UnitOfWork,
    )
    from domain.register.repository import RegisterRepository
    from domain.rounds.repository import RoundRepository


class Memory:
    """What a process keeps of its database."""

    def __init__(self) -> None:
        self.register = RegisterCache()
        self.kept = Kept()
        self.readings = Readings()


class SqlUnitOfWork:
    """A UnitOfWork; after a commit, what follows is a transaction of its own."""

    def __init__(
        self, engine: Engine, memory: Memory, today: Callable[[], date], quick: float | None = None
    ) -> None:
        self._session = Session(engine, quick)
        self._sql_register = SqlRegister(self._session, memory.register, today)
        self._view = view = View(memory.kept, self._session)
        self.register: RegisterRepository = self._sql_register
        self.rounds: RoundRepository = SqlRounds(self._session, view)
        self.needs: NeedsRepository = SqlNeeds(self._session)
        self.owners_reports: OwnersReportRepository = SqlOwnersReports(self._session)
        self.attachments: AttachmentRepository = SqlAttachments(self._session)
        self.staff: StaffRepository = SqlStaff(self._session)
        self.inquiries: InquiryRepository = SqlInquiries(self._session, view)
        self.audit: AuditLog = SqlAuditLog(self._session)
        self.outbox: Outbox = SqlOutbox(self._session)
        self.outreach: OutreachRepository = SqlOutreach(self._session)
        self.identity: IdentityRepository = SqlIdentity(self._session)
        self.conversations: ConversationRepository = SqlConversations(self._session)
        self.inbox: Inbox = SqlInbox(self._session)
        self.meta: Meta = SqlMeta(self._session)
        self.readings = memory.readings

    @property
    def dirty(self) -> bool:
        return self._session.dirty

    def commit(self) -> None:
        self._session.commit()
        self._sql_register.committed()
        self._view.committed()

    def close(self) -> None:
        """Ends the unit of work; what has not been committed is rolled back."""
        self._session.close()


if TYPE_CHECKING:

    def _is_a_unit_of_work(uow: SqlUnitOfWork) -> UnitOfWork:
        return uow
