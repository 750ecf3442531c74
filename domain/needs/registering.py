"""Needs that somebody else writes down for a kindergarten: what came by telephone or e-mail, or holds for several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, history
from domain.needs.acting import perform
from domain.needs.errors import UnknownReport
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, Source, Status
from domain.register import rights
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten
    from domain.rounds.models import Round


def begin(
    uow: UnitOfWork, person_id: int, kindergarten_ids: Sequence[int], source: Source, now: datetime
) -> NeedsReport:
    """A new draft on behalf of one kindergarten, or of several with the same owner in the same network.

    For the one who acts for the owner, and for the network's leader. Raises UnknownReport for anybody else and for
    kindergartens that do not belong together, NoOpenRound, and FormOff (for an owner).
    """
    kindergartens = [uow.register.kindergarten(i) for i in dict.fromkeys(kindergarten_ids)]
    if not kindergartens or source is Source.BOT or not all(k.active for k in kindergartens):
        raise UnknownReport
    role = _role(uow, person_id, kindergartens)
    network = access.network_of(uow, kindergartens[0].id)
    current = _round(uow, role, network.id, local_day(now))
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
    history.write(uow, person_id, role, report.id, None, Status.DRAFT, now, source.value)
    return report


def declare_no_need(
    uow: UnitOfWork, person_id: int, kindergarten_id: int, source: Source, now: datetime
) -> NeedsReport:
    """Answers for a kindergarten that it has no need this year; the same answer again changes nothing."""
    kindergarten = uow.register.kindergarten(kindergarten_id)
    role = _role(uow, person_id, [kindergarten])
    current = _round(uow, role, access.network_of(uow, kindergarten.id).id, local_day(now))
    answered = uow.needs.of_kindergarten(kindergarten.id, current.id)
    if already := next((r for r in answered if r.status is Status.NO_NEED), None):
        return already
    draft = begin(uow, person_id, [kindergarten.id], source, now)
    return perform(uow, person_id, draft.id, Act.NO_NEED, now, answers={"need": "no"})


def places(uow: UnitOfWork, person_id: int) -> list[Kindergarten]:
    """The kindergartens that somebody may register for: the owner's, and those of the networks one leads."""
    held = uow.register.roles_of(person_id)
    owned = [k for i in rights.owners(held) for k in uow.register.kindergartens_of_owner(i)]
    led = [k for i in rights.led_networks(held) for k in uow.register.kindergartens_in_network(i)]
    return list({k.id: k for k in (*owned, *led)}.values())


def begun(uow: UnitOfWork, person_id: int, now: datetime) -> list[NeedsReport]:
    """What somebody has begun to register on behalf of single kindergartens and not sent, oldest first."""
    networks = {access.network_of(uow, k.id).id for k in places(uow, person_id)}
    rounds = [r for i in sorted(networks) if (r := uow.rounds.current(i, local_day(now)))]
    return [
        report
        for current in rounds
        for report in uow.needs.in_round(current.id, [Status.DRAFT])
        if report.created_by == person_id and report.source not in (Source.BOT, Source.OWNER)
    ]


def _round(uow: UnitOfWork, role: Role, network_id: int, today: date) -> Round:
    """The round to register in: while the form is off, what came in another way is the leader's to write down."""
    current = uow.rounds.current(network_id, today)
    if role is Role.LEADER and current is not None:
        return current
    return access.open_round(uow, network_id, today)


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
