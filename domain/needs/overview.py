"""Who has answered and who has not: pure counting over kindergartens, needs and consolidated reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs.models import (
    ANSWERED,
    EDITABLE,
    WITH_NETWORK,
    NeedsReport,
    OwnersReport,
    OwnersStatus,
    Status,
)
from domain.needs.whole_round import sent

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, Network, Owner
    from domain.rounds.models import Round


class Answer(StrEnum):
    """How a kindergarten stands in a round."""

    NEED = "need"
    NO_NEED = "no_need"
    BEGUN = "begun"
    NONE = "none"


@dataclass(frozen=True)
class KindergartenStanding:
    """One kindergarten's answer with the needs behind it."""

    kindergarten: Kindergarten
    answer: Answer
    reports: tuple[NeedsReport, ...] = ()


def standing(kindergarten: Kindergarten, reports: Iterable[NeedsReport]) -> KindergartenStanding:
    """How a kindergarten stands, from its needs in the round."""
    mine = tuple(reports)
    statuses = {r.status for r in mine}
    if statuses & (ANSWERED - {Status.NO_NEED}):
        answer = Answer.NEED
    elif Status.NO_NEED in statuses:
        answer = Answer.NO_NEED
    elif any(r.status in EDITABLE and (r.answers or r.revision) for r in mine):
        answer = Answer.BEGUN
    else:
        answer = Answer.NONE
    return KindergartenStanding(kindergarten, answer, mine)


@dataclass(frozen=True)
class Counts:
    """How many kindergartens stand where."""

    total: int
    need: int
    no_need: int
    unanswered: int


def counts(standings: Sequence[KindergartenStanding]) -> Counts:
    """Kindergartens with a need, without, and those that have not answered (drafts are no answer)."""
    by = Counter(s.answer for s in standings)
    return Counts(
        total=len(standings),
        need=by[Answer.NEED],
        no_need=by[Answer.NO_NEED],
        unanswered=by[Answer.BEGUN] + by[Answer.NONE],
    )


def standings(
    uow: UnitOfWork, kindergartens: Sequence[Kindergarten], now: datetime
) -> list[KindergartenStanding]:
    """How each of these kindergartens stands in its network's round."""
    found: dict[int, list[NeedsReport]] = {}
    for current, group in grouped_by_round(uow, kindergartens, local_day(now))[0]:
        for report in uow.needs.of_kindergartens([k.id for k in group], current.id):
            for covered in report.kindergartens:
                found.setdefault(covered, []).append(report)
    return [standing(k, found.get(k.id, [])) for k in kindergartens]


def grouped_by_round(
    uow: UnitOfWork, kindergartens: Iterable[Kindergarten], today: date
) -> tuple[list[tuple[Round, list[Kindergarten]]], dict[int, int]]:
    """The kindergartens by the round that their network is in, and municipality → network for all of them.

    Those whose network is in no round are left out of the first. Each municipality is looked up once.
    """
    networks: dict[int, int] = {}
    rounds: dict[int, Round | None] = {}
    groups: dict[int, list[Kindergarten]] = {}
    for kindergarten in kindergartens:
        place = kindergarten.municipality_id
        if place not in networks:
            networks[place] = uow.register.municipality(place).network_id
        network_id = networks[place]
        if network_id not in rounds:
            rounds[network_id] = uow.rounds.current(network_id, today)
        if rounds[network_id] is not None:
            groups.setdefault(network_id, []).append(kindergarten)
    return [(current, groups[i]) for i, current in rounds.items() if current is not None], networks


@dataclass(frozen=True)
class OwnerStanding:
    """An owner in a network: how its kindergartens stand and whether it has sent."""

    owner: Owner
    kindergartens: tuple[KindergartenStanding, ...]
    sent: bool


@dataclass(frozen=True)
class NetworkStanding:
    """A whole network in its round."""

    network: Network
    round: Round
    owners: tuple[OwnerStanding, ...]
    reported: int = 0
    no_need: int = 0

    @property
    def owners_sent(self) -> int:
        return sum(1 for o in self.owners if o.sent)


def network_standing(uow: UnitOfWork, network: Network, current: Round, now: datetime) -> NetworkStanding:
    """How a network stands. The counts of kindergartens hold only what owners have sent.

    Many are told of one network at the same time, so it is read once for what is stored (docs/decisions/0017).
    """
    places = uow.register.kindergartens_in_network(network.id)
    owners = uow.register.owners(network.id)
    today = uow.rounds.current(network.id, local_day(now))
    needs = uow.needs.version(today.id) if today is not None else ()
    reports = uow.owners_reports.version(current.id)
    version = (network, current, today, places, owners, needs, reports)
    return uow.readings.get(
        ("standing", current.id),
        None if needs is None or reports is None else version,
        lambda: _standing_of(network, current, owners, standings(uow, places, now), sent(uow, current.id)),
    )


def _standing_of(
    network: Network,
    current: Round,
    owners: Iterable[Owner],
    kindergartens: Sequence[KindergartenStanding],
    reports: Iterable[OwnersReport],
) -> NetworkStanding:
    senders = {owner_id for r in reports if r.network_id == network.id for owner_id in r.senders}
    by_owner: dict[int, list[KindergartenStanding]] = {}
    for one in kindergartens:
        by_owner.setdefault(one.kindergarten.owner_id, []).append(one)
    theirs = tuple(
        OwnerStanding(owner, tuple(by_owner[owner.id]), owner.id in senders)
        for owner in owners
        if owner.id in by_owner
    )
    return NetworkStanding(
        network=network,
        round=current,
        owners=theirs,
        reported=sum(1 for s in kindergartens if any(r.status in WITH_NETWORK for r in s.reports)),
        no_need=sum(1 for o in theirs if o.sent for s in o.kindergartens if s.answer is Answer.NO_NEED),
    )


def latest_sent(reports: Sequence[OwnersReport]) -> OwnersReport | None:
    """The last consolidated report that was sent."""
    sent = [r for r in reports if r.status is OwnersStatus.SENT]
    return sent[-1] if sent else None
