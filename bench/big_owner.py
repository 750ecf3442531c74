"""A held register: one owner with a thousand kindergartens in five municipalities, and needs in every state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs.beginning import ensure_rounds
from domain.needs.form import needs_form
from domain.needs.models import NeedsReport, Status
from domain.register.models import Owner, Ownership, Role, ScopeKind
from domain.register.names import is_orgnr
from domain.register.rows import (
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.ports import UnitOfWork

TOWNS = ("Storvik", "Lillevik", "Fjellbygd", "Elvedal", "Skogland")
OWNER = ("Olga Stor", "olga.stor@stor.example")
HEAD = ("Hanne Styrer", "hanne.styrer@stor.example")
STATES = (
    *(Status.SENT_TO_OWNER,) * 14,
    Status.APPROVED,
    Status.RETURNED,
    Status.DRAFT,
    Status.NO_NEED,
    Status.RETURNED_TO_OWNER,
    None,
)
"""What every twenty kindergartens have, one after the other; None: nothing at all."""

ANSWERS = {
    "need": "new",
    "themes": ["play", "language"],
    "today": "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn. " * 4,
    "better": "Vi vil bli bedre til å se leken tidlig og støtte den uten å ta den over. " * 4,
    "children": "Alle barn har noen å leke med hver dag.",
    "involved": ["head", "everyone"],
    "how": "Tema på to personalmøter, gruppearbeid og avstemning.",
    "participants": "everyone",
    "headcount": 14,
    "start": "H27",
    "duration": 4,
    "special": ["support"],
}


@dataclass(frozen=True)
class Built:
    """What was built: the owner, and the ids of the needs that wait."""

    owner: Owner
    waiting: tuple[int, ...]


def build(uow: UnitOfWork, kindergartens: int, now: datetime) -> Built:
    """Fills an empty database; the kindergartens are spread over the municipalities."""
    numbers = _numbers()
    own = next(numbers)
    rows = tuple(
        KindergartenRow(
            orgnr=number, name=f"Barnehage {n:04d}", municipality=TOWNS[n % len(TOWNS)], owner_orgnr=own
        )
        for n, number in enumerate(islice(numbers, kindergartens))
    )
    people = [(*OWNER, Role.OWNER, ScopeKind.OWNER, own)]
    people += [(*HEAD, Role.HEAD, ScopeKind.KINDERGARTEN, row.orgnr) for row in rows]
    uow.register.replace_all(
        RegisterFile(
            networks=(NetworkRow(name="Storregionen", county="Trøndelag"),),
            municipalities=tuple(MunicipalityRow(name=t, network="Storregionen") for t in TOWNS),
            owners=(
                OwnerRow(
                    orgnr=own, name="Stor kommune", ownership=Ownership.MUNICIPAL, municipality=TOWNS[0]
                ),
            ),
            kindergartens=rows,
            people=tuple(
                PersonRow(name=n, email=e, role=r, scope_kind=k, scope=s) for n, e, r, k, s in people
            ),
        )
    )
    ensure_rounds(uow, local_day(now))
    network = uow.register.networks()[0]
    owner = uow.register.owners(network.id)[0]
    return Built(owner, tuple(_needs(uow, owner, network.id, now)))


def _needs(uow: UnitOfWork, owner: Owner, network_id: int, now: datetime) -> Iterator[int]:
    current = uow.rounds.current(network_id, local_day(now))
    head = uow.register.person_by_email(HEAD[1])
    if current is None or head is None:
        raise LookupError("no round or no head")
    sent = now - timedelta(days=3)
    for n, kindergarten in enumerate(uow.register.kindergartens_of_owner(owner.id)):
        status = STATES[n % len(STATES)]
        if status is None:
            continue
        handed_over = status is not Status.DRAFT
        report = NeedsReport(
            id=0,
            round_id=current.id,
            kindergarten_id=kindergarten.id,
            status=status,
            version=3,
            revision=1 if handed_over else 0,
            answers={"need": "no"} if status is Status.NO_NEED else {**ANSWERS, "title": f"Behov {n:04d}"},
            form_version=needs_form().version,
            number=f"{current.starts.year}-S{n:04d}" if handed_over else None,
            comment="Skriv mer om målet." if status is Status.RETURNED_TO_OWNER else None,
            created_by=head.id,
            created_at=sent,
            updated_at=sent,
            submitted_at=sent if handed_over else None,
        )
        stored = uow.needs.add(report)
        if handed_over:
            uow.needs.freeze(stored)
        if status is Status.SENT_TO_OWNER:
            yield stored.id


def _numbers() -> Iterator[str]:
    """Organisation numbers that are right, from 910000000."""
    return (f"{n}" for n in count(910000000) if is_orgnr(f"{n}"))
