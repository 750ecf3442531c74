"""Needs that somebody else writes down for a kindergarten: what came by telephone or e-mail, or holds for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access
from domain.needs.errors import UnknownReport
from domain.needs.models import AuditRow, NeedsReport, Source, Status
from domain.register import rights
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten


def begin(
    uow: UnitOfWork, person_id: int, kindergarten_ids: Sequence[int], source: Source, now: datetime
) -> NeedsReport:
    """A new draft on behalf of one kindergarten, or of several with the same owner in the same network.

    For the one who acts for the owner, and for the network's leader. Raises UnknownReport for anybody else and for
    kindergartens that do not belong together, NoOpenRound and FormOff.
    """
    kindergartens = [uow.register.kindergarten(i) for i in dict.fromkeys(kindergarten_ids)]
    if not kindergartens or source is Source.BOT or not all(k.active for k in kindergartens):
        raise UnknownReport
    role = _role(uow, person_id, kindergartens)
    network = access.network_of(uow, kindergartens[0].id)
    current = access.open_round(uow, network.id, local_day(now))
    report = uow.needs.add(
        NeedsReport(
            id=0,
            round_id=current.id,
            kindergarten_id=kindergartens[0].id,
            covers=tuple(k.id for k in kindergartens[1:]),
            form_version=current.form_version,
            source=source,
            created_by=person_id,
            created_at=now,
            updated_at=now,
        )
    )
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=role.value,
            subject="needs_report",
            subject_id=report.id,
            before=None,
            after=Status.DRAFT.value,
            note=source.value,
        )
    )
    return report


def _role(uow: UnitOfWork, person_id: int, kindergartens: Sequence[Kindergarten]) -> Role:
    """The role that lets this person register for all of these; UnknownReport when none does."""
    held = uow.register.roles_of(person_id)
    owners = {k.owner_id for k in kindergartens}
    networks = {access.network_of(uow, k.id).id for k in kindergartens}
    if len(owners) == 1 and len(networks) == 1:
        if owners <= set(rights.owners(held)):
            return Role.OWNER
        if networks <= set(rights.led_networks(held)):
            return Role.LEADER
    raise UnknownReport
