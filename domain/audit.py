"""The trace of every change of state."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class AuditRow(BaseModel):
    """One change of state: who did what to which thing, in which role, when."""

    model_config = ConfigDict(frozen=True)

    at: datetime
    person_id: int | None
    role: str
    subject: str
    subject_id: int
    before: str | None
    after: str
    note: str | None = None
