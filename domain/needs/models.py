"""The nouns of reporting: a kindergarten's need and the owner's consolidated report."""

from __future__ import annotations

from datetime import date, datetime
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
    RETURNED_TO_OWNER = "returnert_til_eier"
    UNDER_CONSIDERATION = "under_vurdering"
    PRIORITISED = "prioritert"
    ON_HOLD = "på_vent"
    NOT_PRIORITISED = "ikke_prioritert"
    IN_BASIS = "i_beslutningsgrunnlag"
    SENT_TO_FORUM = "sendt_samarbeidsforum"
    RECOMMENDED = "innstilt"
    GRANTED = "tilsagn"
    REFUSED = "avslag"
    ONGOING = "pågår"
    REPORTED_BACK = "rapportert"
    CLOSED = "avsluttet"
    WITHDRAWN = "trukket"
    EXPIRED = "utløpt"


EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
"""The states in which the head may change answers."""

WITH_NETWORK = frozenset(
    {
        Status.REPORTED,
        Status.RETURNED_TO_OWNER,
        Status.UNDER_CONSIDERATION,
        Status.PRIORITISED,
        Status.ON_HOLD,
        Status.NOT_PRIORITISED,
        Status.IN_BASIS,
        Status.SENT_TO_FORUM,
        Status.RECOMMENDED,
        Status.GRANTED,
        Status.REFUSED,
        Status.ONGOING,
        Status.REPORTED_BACK,
        Status.CLOSED,
    }
)
"""The states of a need that its owner has sent to the network, whatever became of it there."""

ANSWERED = WITH_NETWORK | {Status.NO_NEED, Status.SENT_TO_OWNER, Status.APPROVED, Status.NOT_FORWARDED}
"""The states in which the kindergarten has answered the round."""


class Source(StrEnum):
    """How a need came in: written by the head, or registered on the kindergarten's behalf.

    OWNER is one that the owner wrote once for several of its kindergartens.
    """

    BOT = "bot"
    ORAL = "muntlig"
    EMAIL = "e-post"
    EXCEL = "excel"
    OWNER = "eier"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class NeedsReport(_Frozen):
    """A kindergarten's need in a round (behovsmelding fra barnehagen).

    `version` counts every stored change (compare and set); `revision` counts the times it was sent;
    `answers` maps field ids to plain values; `number` is the receipt's number, given at the first sending.
    `covers` are the owner's other kindergartens that the same need holds for; `merged_into` is the common need
    that this one follows since the owner merged them; `copied_from` the need it began as a copy of; `rank` the
    kindergarten's own order among its needs (1 is the most important). `reopened` are the ids of the steps that
    a return points at (empty: all of them), `comment` the last reason given to the one below, `assessment` the
    owner's view that goes along to the network, `decided_on` the day of the meeting or letter behind the state.
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
    reopened: tuple[str, ...] = ()
    assessment: str | None = None
    rank: int | None = None
    source: Source = Source.BOT
    covers: tuple[int, ...] = ()
    merged_into: int | None = None
    copied_from: int | None = None
    decided_on: date | None = None
    created_by: int
    created_at: datetime
    updated_at: datetime
    submitted_at: datetime | None = None

    @property
    def kindergartens(self) -> tuple[int, ...]:
        """Every kindergarten that the need holds for."""
        return (self.kindergarten_id, *self.covers)

    @property
    def title(self) -> str | None:
        """The need's name, when given."""
        value = self.answers.get("title")
        return str(value) if value else None


class OwnersStatus(StrEnum):
    DRAFT = "utkast"
    SENT = "sendt"


class JointState(StrEnum):
    """What another owner has answered to sending together."""

    ASKED = "spurt"
    CONFIRMED = "bekreftet"
    DECLINED = "avslått"


class JointOwner(_Frozen):
    """Another owner in a joint report (felles melding), with its approved needs at the moment it confirmed."""

    owner_id: int
    state: JointState = JointState.ASKED
    answered_by: int | None = None
    answered_at: datetime | None = None
    report_ids: tuple[int, ...] = ()


class OwnersReport(_Frozen):
    """An owner's consolidated report to one network in one round (eiers samlede melding).

    `sequence` is 0 for the first and counts up for supplements (tillegg); `report_ids` stand in the owner's
    order of priority, and hold those of other owners who have confirmed a joint report (`joint`).
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
    joint: tuple[JointOwner, ...] = ()
    number: str | None = None
    late: bool = False
    created_by: int
    updated_at: datetime
    sent_at: datetime | None = None

    @property
    def senders(self) -> tuple[int, ...]:
        """Ids of the owners that it speaks for: the one who sends, and those who have confirmed."""
        confirmed = (j.owner_id for j in self.joint if j.state is JointState.CONFIRMED)
        return (self.owner_id, *confirmed)

    @property
    def is_supplement(self) -> bool:
        """Whether something was sent before this in the round."""
        return self.sequence > 0
