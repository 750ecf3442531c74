"""The nouns of reporting: a kindergarten's need and the owner's consolidated report."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from domain.audit import AuditRow as AuditRow


class Status(StrEnum):
    """Where a need stands; values are the scheme's own words."""

    DRAFT = "utkast"
    NO_NEED = "ingen_behov"
    SENT_TO_OWNER = "sendt_til_eier"
    RETURNED = "returnert_til_styrer"
    APPROVED = "godkjent_av_eier"
    NOT_FORWARDED = "ikke_meldt_videre"
    REPORTED = "meldt_til_nettverket"
    WITHDRAWN = "trukket"


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
"""The states in which the head may change answers."""

ANSWERED = frozenset(
    {Status.NO_NEED, Status.SENT_TO_OWNER, Status.APPROVED, Status.NOT_FORWARDED, Status.REPORTED}
)
"""The states in which the kindergarten has answered the round."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class NeedsReport(_Frozen):
    """A kindergarten's need in a round (behovsmelding fra barnehagen).

    `version` counts every stored change (compare and set); `revision` counts the times it was sent;
    `answers` maps field ids to plain values; `number` is the receipt's number, given at the first sending.
    """

    id: int
    round_id: int
    kindergarten_id: int
    status: Status = Status.DRAFT
    version: int = 1
    revision: int = 0
    answers: dict[str, Any] = Field(default_factory=dict)
    form_version: str
    number: str | None = None
    late: bool = False
    comment: str | None = None
    created_by: int
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None

    @property
    def title(self) -> str | None:
        """The need's name, when given."""
        value = self.answers.get("title")
        return str(value) if value else None


class OwnersStatus(StrEnum):
    DRAFT = "utkast"
    SENT = "sendt"


class OwnersReport(_Frozen):
    """An owner's consolidated report to one network in one round (eiers samlede melding).

    `sequence` is 0 for the first and counts up for supplements (tillegg); `report_ids` stand in the owner's
    order of priority.
    """

    id: int
    round_id: int
    network_id: int
    owner_id: int
    sequence: int = 0
    status: OwnersStatus = OwnersStatus.DRAFT
    version: int = 1
    answers: dict[str, Any] = Field(default_factory=dict)
    report_ids: tuple[int, ...] = ()
    number: str | None = None
    late: bool = False
    created_by: int
    updated_at: datetime
    sent_at: datetime | None = None

    @property
    def is_supplement(self) -> bool:
        """Whether something was sent before this in the round."""
        return self.sequence > 0
