"""Who may do what to a need: checked here, whatever a card or a sentence claims (specification C5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs.errors import FormOff, NoOpenRound, UnknownReport
from domain.needs.models import NeedsReport, OwnersReport, Source
from domain.register import rights
from domain.register.models import Kindergarten, Network, Owner, Role

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round


def own_kindergarten(uow: UnitOfWork, person_id: int, kindergarten_id: int) -> Kindergarten:
    """The kindergarten, when this person is its head and it is active; UnknownReport otherwise."""
    if kindergarten_id not in rights.heads(uow.register.roles_of(person_id)):
        raise UnknownReport
    kindergarten = uow.register.kindergarten(kindergarten_id)
    if not kindergarten.active:
        raise UnknownReport
    return kindergarten


def roles_for(uow: UnitOfWork, person_id: int, report: NeedsReport) -> tuple[Role, ...]:
    """The roles that this person holds towards a need, each once: head, owner, leader (coordinators count).

    A need that has never been sent is its head's alone, unless it was registered on the kindergarten's behalf;
    one that the owner wrote for several kindergartens has no head who may change it. A leader may end whatever
    is left open when the round closes, so leading counts from the beginning.
    """
    held = uow.register.roles_of(person_id)
    kindergarten = uow.register.kindergarten(report.kindergarten_id)
    on_behalf = report.source is not Source.BOT
    known = report.submitted_at is not None or on_behalf
    found = []
    if report.kindergarten_id in rights.heads(held) and report.source is not Source.OWNER:
        found.append(Role.HEAD)
    if known and kindergarten.owner_id in rights.owners(held):
        found.append(Role.OWNER)
    if network_of(uow, kindergarten.id).id in rights.led_networks(held):
        found.append(Role.LEADER)
    return tuple(found)


def own_report(uow: UnitOfWork, person_id: int, report_id: int) -> NeedsReport:
    """The need, when this person may write in it: its head, or who registers it on the kindergarten's behalf."""
    report = uow.needs.get(report_id)
    if report is None:
        raise UnknownReport
    held = roles_for(uow, person_id, report)
    if Role.HEAD in held and uow.register.kindergarten(report.kindergarten_id).active:
        return report
    if report.source is not Source.BOT and (Role.OWNER in held or Role.LEADER in held):
        return report
    raise UnknownReport


def owned(uow: UnitOfWork, person_id: int, owner_id: int) -> Owner:
    """The owner, when this person acts for it; UnknownReport otherwise."""
    if owner_id not in rights.owners(uow.register.roles_of(person_id)):
        raise UnknownReport
    return uow.register.owner(owner_id)


def owned_report(uow: UnitOfWork, person_id: int, report_id: int) -> NeedsReport:
    """The need, when this person acts for the kindergarten's owner and it has been sent at least once."""
    report = uow.needs.get(report_id)
    if report is None or report.submitted_at is None:
        raise UnknownReport
    owned(uow, person_id, uow.register.kindergarten(report.kindergarten_id).owner_id)
    return report


def own_owners_report(uow: UnitOfWork, person_id: int, report_id: int) -> OwnersReport:
    """The consolidated report, when this person acts for its owner."""
    report = uow.owners_reports.get(report_id)
    if report is None:
        raise UnknownReport
    owned(uow, person_id, report.owner_id)
    return report


def led_network(uow: UnitOfWork, person_id: int, network_id: int) -> Network:
    """The network, when this person leads or coordinates it; UnknownReport otherwise."""
    if network_id not in rights.led_networks(uow.register.roles_of(person_id)):
        raise UnknownReport
    return uow.register.network(network_id)


def round_to_change(uow: UnitOfWork, person_id: int, network_id: int, now: datetime) -> Round:
    """The round that a network is in, for who leads it to change; UnknownReport for others, or NoOpenRound."""
    network = led_network(uow, person_id, network_id)
    current = uow.rounds.current(network.id, local_day(now))
    if current is None:
        raise NoOpenRound
    return uow.rounds.for_change(current.id)


def open_round(uow: UnitOfWork, network_id: int, today: date) -> Round:
    """The round that the network is in; NoOpenRound when there is none, FormOff when it takes needs elsewhere."""
    current = uow.rounds.current(network_id, today)
    if current is None:
        raise NoOpenRound
    if not current.form_on:
        raise FormOff(network_id)
    return current


def network_of(uow: UnitOfWork, kindergarten_id: int) -> Network:
    """The network a kindergarten belongs to through its municipality."""
    return uow.register.network_of_kindergarten(kindergarten_id)
