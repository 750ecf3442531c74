"""How each role is met: where things stand and what one can do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dialogs.networks import closing, summaries
from dialogs.register import deputies
from dialogs.replies import (
    AuthorityGreeting,
    CountyGreeting,
    HeadGreeting,
    LeaderGreeting,
    OwnerGreeting,
    PlainGreeting,
    Reply,
)
from dialogs.report.asking import newest_draft, own_kindergartens
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import overview
from domain.needs.errors import NoOpenRound
from domain.needs.models import OwnersReport
from domain.needs.overview import latest_sent
from domain.needs.owners import joint, owner, reply_by
from domain.needs.owners.desk import UNANSWERED, Desk, View, desk
from domain.outreach.digests.leader import waiting_questions
from domain.register import rights
from domain.register.models import Kindergarten, Network, Owner, Role
from domain.rounds.confirming import unconfirmed

GREETINGS = (HeadGreeting, OwnerGreeting, LeaderGreeting, AuthorityGreeting, CountyGreeting, PlainGreeting)


def greet(turn: Turn) -> list[Reply]:
    """The greeting of the role one is met in, which is also `status`."""
    turn.state = turn.state.model_copy(update={"welcomed": True})
    if turn.state.flow is not Flow.NONE:
        turn.state = turn.state.closed()
    return [*deputies.standing_in(turn), *_met(turn)]


def _met(turn: Turn) -> list[Reply]:
    match turn.role:
        case Role.HEAD if own_kindergartens(turn):
            return [_head(turn)]
        case Role.OWNER if (mine := main_owner(turn)) is not None:
            return [_owner(turn, mine)]
        case Role.LEADER | Role.COORDINATOR:
            return [_leader(turn)]
        case Role.AUTHORITY:
            return [_authority(turn)]
        case Role.COUNTY if (county := summaries.county_greeting(turn)) is not None:
            return [county]
        case other:
            return [PlainGreeting(turn.me, other, turn.other_roles())]


def _head(turn: Turn) -> Reply:
    kindergartens = own_kindergartens(turn)
    network = turn.uow.register.network_of_kindergarten(kindergartens[0].id)
    current = turn.round(network)
    deadline = turn.needs_deadline(network)
    standings = overview.standings(turn.uow, kindergartens, turn.now)
    return HeadGreeting(
        person=turn.me,
        owner=turn.uow.register.owner(kindergartens[0].owner_id).name,
        kindergartens=tuple(standings),
        reply_by=_first_reply_by(turn, standings),
        confirmed=bool(deadline and deadline.confirmed),
        today=turn.today,
        draft=newest_draft(turn) if current else None,
        other_roles=turn.other_roles(),
        also_owner=any(k.owner_id in rights.owners(turn.roles) for k in kindergartens),
        form_off=closing.all_off(turn, _networks(turn, kindergartens)),
    )


def heads_reply_by(turn: Turn, *, left_only: bool = False) -> date | None:
    """The day by which a head is asked to answer, the first of those that are left; None without a round.

    `left_only`: None too when all have answered.
    """
    own = own_kindergartens(turn)
    standings = overview.standings(turn.uow, own, turn.now) if own else []
    if left_only:
        standings = [s for s in standings if s.answer in UNANSWERED]
    return _first_reply_by(turn, standings)


def _first_reply_by(turn: Turn, standings: Sequence[overview.KindergartenStanding]) -> date | None:
    left = [s.kindergarten for s in standings if s.answer in UNANSWERED]
    found = [
        reply_by.of_round(turn.uow, k.owner_id, current)
        for k in left or [s.kindergarten for s in standings]
        if (current := turn.round(turn.uow.register.network_of_kindergarten(k.id))) is not None
    ]
    return min(found, default=None)


def main_owner(turn: Turn, owner_id: int | None = None) -> Owner | None:
    """The owner that somebody acts for: the one named, else the first with something waiting, else the first."""
    held = rights.owners(turn.roles)
    if owner_id is None and len(held) == 1:
        return turn.uow.register.owner(held[0])
    if owner_id is not None:
        return turn.uow.register.owner(owner_id) if owner_id in held else None
    busy = next((i for i in held if owner.waiting(turn.uow, i, turn.now)), None)
    chosen = busy if busy is not None else (held[0] if held else None)
    return turn.uow.register.owner(chosen) if chosen is not None else None


def _owner(turn: Turn, mine: Owner) -> Reply:
    found = desk(turn.uow, mine, turn.now)
    sizes = found.sizes()
    last = last_sent(turn, mine, found)
    nothing_to_report = last is None and any(found.without_need(n.id) for n in found.networks)
    heads = rights.heads(turn.roles)
    return OwnerGreeting(
        person=turn.me,
        owner=mine,
        counts=found.counts,
        waiting=sizes[View.WAITING],
        sent_back=sizes[View.SENT_BACK],
        approved=sizes[View.APPROVED],
        sendable=sizes[View.APPROVED] > 0 or nothing_to_report,
        deadline=turn.needs_deadline(found.networks[0]) if found.networks else None,
        today=turn.today,
        sent=last,
        also_head=any(s.kindergarten.id in heads for s in found.standings),
        other_roles=turn.other_roles(),
        form_off=closing.all_off(turn, found.networks),
    )


def last_sent(turn: Turn, mine: Owner, found: Desk | None = None) -> OwnersReport | None:
    """The last consolidated report that the owner has sent to any of its networks in the round."""
    return latest_sent(
        [
            report
            for n in (found.networks if found else networks_of(turn, mine))
            if (current := turn.round(n))
            for report in joint.spoken_for(turn.uow, mine.id, current.id)
        ]
    )


def networks_of(turn: Turn, mine: Owner) -> list[Network]:
    """The networks that an owner has kindergartens in, in a fixed order."""
    return _networks(turn, turn.uow.register.kindergartens_of_owner(mine.id))


def _networks(turn: Turn, kindergartens: Sequence[Kindergarten]) -> list[Network]:
    register = turn.uow.register
    towns = {k.municipality_id for k in kindergartens}
    return [register.network(i) for i in sorted({register.municipality(t).network_id for t in towns})]


def _leader(turn: Turn) -> Reply:
    network = turn.uow.register.network(rights.led_networks(turn.roles)[0])
    current = turn.round(network)
    if current is None:
        raise NoOpenRound
    standing = overview.network_standing(turn.uow, network, current, turn.now)
    return LeaderGreeting(
        person=turn.me,
        network=network,
        deadline=turn.needs_deadline(network),
        today=turn.today,
        owners_sent=standing.owners_sent,
        owners_total=len(standing.owners),
        bound=bool(turn.uow.identity.bindings(network.id)),
        other_roles=turn.other_roles(),
        coordinates=turn.role is Role.COORDINATOR,
        unconfirmed=len(unconfirmed(current)),
        questions=waiting_questions(turn.uow, turn.me.id, network.id),
        requests=len(turn.uow.identity.open_requests(network.id)),
    )


def _authority(turn: Turn) -> Reply:
    municipality = turn.uow.register.municipality(rights.authority_for(turn.roles)[0])
    kindergartens = turn.uow.register.kindergartens_in_municipality(municipality.id)
    standings = overview.standings(turn.uow, kindergartens, turn.now)
    return AuthorityGreeting(
        person=turn.me,
        municipality=municipality.name,
        counts=overview.counts(standings),
        standings=tuple(standings),
        other_roles=turn.other_roles(),
    )
