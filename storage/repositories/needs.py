"""The needs of all kindergartens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, bindparam, func, or_, select

from domain.needs.errors import Stale
from domain.needs.models import NeedsReport, Status
from storage.session import Session
from storage.tables import needs_report, needs_revision, receipt_counter, round_

# From here on, one question for the whole round is quicker than one that lists the kindergartens.
_MANY: Final = 200

_of_round = needs_report.c.round_id == bindparam("round_id")
_VERSION = select(func.count(), func.coalesce(func.sum(needs_report.c.version), 0)).where(_of_round)
"""Needs are never deleted, and every change adds one to a version: so no two states have the same."""


class SqlNeeds:
    """A NeedsRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed = False

    def get(self, report_id: int) -> NeedsReport | None:
        row = self._session.find(needs_report, id=report_id)
        return _report(row) if row else None

    def add(self, report: NeedsReport) -> NeedsReport:
        self._changed = True
        id = self._session.insert(needs_report, _values(report))
        return report.model_copy(update={"id": id})

    def save(self, report: NeedsReport) -> None:
        self._changed = True
        stored = {"id": report.id, "version": report.version - 1}
        if not self._session.replace(needs_report, _values(report), **stored):
            raise Stale

    def of_kindergarten(self, kindergarten_id: int, round_id: int) -> list[NeedsReport]:
        return self.of_kindergartens([kindergarten_id], round_id)

    def of_kindergartens(self, kindergarten_ids: Sequence[int], round_id: int) -> list[NeedsReport]:
        wanted = set(kindergarten_ids)
        if len(wanted) <= _MANY:
            # Which others a common need holds for is looked at below: there are few of them.
            own = needs_report.c.kindergarten_id.in_(wanted)
            found = self._in_force(round_id, or_(own, needs_report.c.common))
        else:
            found = self._in_force(round_id)
        return [r for r in found if not wanted.isdisjoint(r.kindergartens)]

    def in_round(self, round_id: int, statuses: Sequence[Status]) -> list[NeedsReport]:
        values = [status.value for status in statuses]
        return self._where(needs_report.c.round_id == round_id, needs_report.c.status.in_(values))

    def version(self, round_id: int) -> tuple[int, ...] | None:
        if self._changed:
            # What is rolled back would leave its version to another change.
            return None
        return tuple(int(n) for n in self._session.rows(_VERSION, {"round_id": round_id})[0])

    def earlier(self, kindergarten_id: int, round_id: int) -> list[NeedsReport]:
        began = select(round_.c.starts).where(round_.c.id == round_id).scalar_subquery()
        found = (
            select(needs_report)
            .join(round_, round_.c.id == needs_report.c.round_id)
            .where(
                needs_report.c.kindergarten_id == kindergarten_id,
                needs_report.c.status != Status.WITHDRAWN.value,
                round_.c.starts < began,
            )
            .order_by(round_.c.starts.desc(), needs_report.c.created_at, needs_report.c.id)
        )
        return [_report(row) for row in self._session.rows(found)]

    def changed_with(self, report: NeedsReport) -> list[tuple[int, int]]:
        found = (
            select(needs_report.c.id, needs_report.c.kindergarten_id)
            .where(
                needs_report.c.round_id == report.round_id,
                needs_report.c.status == report.status.value,
                needs_report.c.updated_at == report.updated_at,
            )
            .order_by(needs_report.c.id)
        )
        return [(row.id, row.kindergarten_id) for row in self._session.rows(found)]

    def merged_into(self, report_id: int) -> list[NeedsReport]:
        return self._where(needs_report.c.merged_into == report_id)

    def next_number(self, round_id: int) -> int:
        # The row stays locked until the transaction ends: a number that is rolled back is given again.
        counter = self._session.insert_new(receipt_counter, {"round_id": round_id, "last": 1})
        if counter is not None:
            return 1
        last = receipt_counter.c.last
        counted = receipt_counter.update().where(receipt_counter.c.round_id == round_id).values(last=last + 1)
        return int(self._session.returning(counted.returning(last))[0].last)

    def freeze(self, report: NeedsReport) -> None:
        content = report.model_dump(mode="json")
        key = {"report_id": report.id, "revision": report.revision}
        self._session.insert_new(needs_revision, {**key, "content": content})

    def revision(self, report_id: int, number: int) -> NeedsReport | None:
        row = self._session.find(needs_revision, report_id=report_id, revision=number)
        return NeedsReport.model_validate(row.content) if row else None

    def _in_force(self, round_id: int, *conditions: ColumnElement[bool]) -> list[NeedsReport]:
        in_force = needs_report.c.status != Status.WITHDRAWN.value
        return self._where(needs_report.c.round_id == round_id, in_force, *conditions)

    def _where(self, *conditions: ColumnElement[bool]) -> list[NeedsReport]:
        order = needs_report.c.kindergarten_id, needs_report.c.created_at, needs_report.c.id
        rows = self._session.rows(select(needs_report).where(*conditions).order_by(*order))
        return [_report(row) for row in rows]


def _report(row: Row[Any]) -> NeedsReport:
    # A dict is read twice as fast as the row's own mapping, and an owner's turn may read a thousand of them.
    return NeedsReport.model_validate(dict(zip(row._fields, row, strict=True)))


def _values(report: NeedsReport) -> Mapping[str, Any]:
    values = report.model_dump(exclude={"id"})
    words = {"status": report.status.value, "source": report.source.value}
    return {**values, **words, "common": bool(report.covers)}
