"""Every change of state, for good."""

from __future__ import annotations

from sqlalchemy import select

from domain.needs.models import AuditRow
from storage.session import Session
from storage.tables import audit


class SqlAuditLog:
    """An AuditLog."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, row: AuditRow) -> None:
        self._session.insert(audit, row.model_dump())

    def of(self, subject: str, subject_id: int) -> list[AuditRow]:
        found = select(audit).where(audit.c.subject == subject, audit.c.subject_id == subject_id)
        rows = self._session.rows(found.order_by(audit.c.id))
        return [AuditRow.model_validate(row._mapping) for row in rows]
