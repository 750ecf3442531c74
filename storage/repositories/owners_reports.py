"""The owners' consolidated reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from domain.needs.errors import Stale
from domain.needs.models import OwnersReport
from storage.session import Session
from storage.tables import owners_report


class SqlOwnersReports:
    """An OwnersReportRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, report_id: int) -> OwnersReport | None:
        row = self._session.find(owners_report, id=report_id)
        return _report(row) if row else None

    def add(self, report: OwnersReport) -> OwnersReport:
        """Raises Stale when somebody else has added one with the same sequence."""
        row = self._session.insert_new(owners_report, _values(report))
        if row is None:
            raise Stale
        return report.model_copy(update={"id": row.id})

    def save(self, report: OwnersReport) -> None:
        stored = {"id": report.id, "version": report.version - 1}
        if not self._session.replace(owners_report, _values(report), **stored):
            raise Stale

    def of_owner(self, owner_id: int, network_id: int, round_id: int) -> list[OwnersReport]:
        mine = (
            owners_report.c.owner_id == owner_id,
            owners_report.c.network_id == network_id,
            owners_report.c.round_id == round_id,
        )
        rows = self._session.rows(select(owners_report).where(*mine).order_by(owners_report.c.sequence))
        return [_report(row) for row in rows]

    def in_round(self, round_id: int) -> list[OwnersReport]:
        found = select(owners_report).where(owners_report.c.round_id == round_id)
        order = owners_report.c.owner_id, owners_report.c.network_id, owners_report.c.sequence
        return [_report(row) for row in self._session.rows(found.order_by(*order))]


def _report(row: Row[Any]) -> OwnersReport:
    return OwnersReport.model_validate(row._mapping)


def _values(report: OwnersReport) -> Mapping[str, Any]:
    joint = [other.model_dump(mode="json") for other in report.joint]
    return {**report.model_dump(exclude={"id"}), "status": report.status.value, "joint": joint}
