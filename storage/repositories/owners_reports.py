"""The owners' consolidated reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from domain.needs.errors import Stale
from domain.needs.models import OwnersReport
from storage.session import Session
from storage.tables import owners_report

_of_round = owners_report.c.round_id == bindparam("round_id")
_VERSION = select(func.count(), func.coalesce(func.sum(owners_report.c.version), 0)).where(_of_round)
"""As for needs."""


class SqlOwnersReports:
    """An OwnersReportRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed = False

    def get(self, report_id: int) -> OwnersReport | None:
        row = self._session.find(owners_report, id=report_id)
        return _report(row) if row else None

    def add(self, report: OwnersReport) -> OwnersReport:
        """Raises Stale when somebody else has added one with the same sequence."""
        self._changed = True
        row = self._session.insert_new(owners_report, _values(report))
        if row is None:
            raise Stale
        return report.model_copy(update={"id": row.id})

    def save(self, report: OwnersReport) -> None:
        self._changed = True
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

    def version(self, round_id: int) -> tuple[int, ...] | None:
        if self._changed:
            return None
        return tuple(int(n) for n in self._session.rows(_VERSION, {"round_id": round_id})[0])


def _report(row: Row[Any]) -> OwnersReport:
    return OwnersReport.model_validate(row._mapping)


def _values(report: OwnersReport) -> Mapping[str, Any]:
    joint = [other.model_dump(mode="json") for other in report.joint]
    return {**report.model_dump(exclude={"id"}), "status": report.status.value, "joint": joint}
