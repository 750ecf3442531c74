from __future__ import annotations

from datetime import timedelta

from domain.needs.models import AuditRow
from domain.ports import UnitOfWork
from tests.storage.seeds import NOW, Seeds


def row(subject_id: int, **changes: object) -> AuditRow:
    values = {
        "at": NOW,
        "person_id": None,
        "role": "eier",
        "subject": "needs_report",
        "subject_id": subject_id,
        "before": None,
        "after": "utkast",
    }
    return AuditRow.model_validate(values | changes)


def test_audit_rows_come_as_they_were_written(uow: UnitOfWork, seeds: Seeds) -> None:
    rows = [
        row(1, at=NOW + timedelta(hours=1)),
        row(1, person_id=seeds.people[0].id, before="utkast", after="sendt_til_eier", note="«Tillegg»"),
    ]
    for written in (*rows, row(2), row(1, subject="owners_report")):
        uow.audit.add(written)
    assert uow.audit.of("needs_report", 1) == rows
    assert uow.audit.of("needs_report", 3) == []


def test_a_small_fact_is_kept_and_replaced(uow: UnitOfWork) -> None:
    assert uow.meta.get("clock_offset") is None
    uow.meta.set("clock_offset", "17")
    uow.meta.set("other", "")
    uow.meta.set("clock_offset", "18")
    assert uow.meta.get("clock_offset") == "18"
    assert uow.meta.get("other") == ""
