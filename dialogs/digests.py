"""What `sammendrag` answers in somebody's own chat: the digest of the role they are met in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dialogs.payloads import OpenRequests
from dialogs.replies import ContentReply, Reply, Say, What
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import NoOpenRound
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.digests.authority import for_authority
from domain.outreach.digests.leader import for_leader
from domain.outreach.digests.outcomes import outcomes_for
from domain.outreach.digests.owner import for_owner
from domain.outreach.digests.uh import for_partner
from domain.outreach.notices.coming_in import access_notice
from domain.register import rights
from domain.register.models import Role, ScopeKind
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from domain.outreach.content import Content
    from domain.rounds.models import Round

MOST_REQUESTS = 5


def digest_for(turn: Turn, network_id: int | None = None) -> list[Reply] | None:
    """A digest for each network (or the one asked for) and each thing that the role is held for.

    None for a role without a digest, and for a head before anything can have become of the needs. Raises
    NoOpenRound where there would be one in a round.
    """
    match turn.role:
        case Role.LEADER | Role.COORDINATOR:
            return _leader(turn, network_id)
        case Role.OWNER:
            return _owner(turn, network_id)
        case Role.AUTHORITY:
            return _authority(turn, network_id)
        case Role.UH:
            return _partner(turn, network_id)
        case Role.HEAD:
            return _head(turn, network_id)
        case _:
            return None


def open_requests(turn: Turn, payload: OpenRequests) -> list[Reply]:
    """Those who ask to be let in, each with the buttons to answer, the ones who have waited longest first."""
    network = access.led_network(turn.uow, turn.me.id, payload.network)
    waiting = turn.uow.identity.open_requests(network.id)[:MOST_REQUESTS]
    found = [access_notice(turn.uow, _asked(turn, r.id), turn.now) for r in waiting]
    return [ContentReply(f) for f in found if f is not None] or [Say(What.NO_REQUESTS)]


def _asked(turn: Turn, request_id: int) -> OutboxMessage:
    kind = MessageKind.ACCESS_REQUESTED
    return OutboxMessage(key="", kind=kind, params={"request": request_id}, due_at=turn.now)


def _leader(turn: Turn, network_id: int | None) -> list[Reply] | None:
    led = rights.led_networks(turn.roles)
    if network_id is not None and network_id not in led:
        return None
    current = _rounds(turn, {network_id or led[0]}, None)[0]
    return _said([for_leader(turn.uow, turn.me.id, current, turn.now)])


def _owner(turn: Turn, network_id: int | None) -> list[Reply] | None:
    """How the kindergartens stand; once the letter of grant is due, what became of the needs at the network."""
    register, owned = turn.uow.register, rights.owners(turn.roles)
    towns = {k.municipality_id for i in owned for k in register.kindergartens_of_owner(i)}
    rounds = _rounds(turn, {register.municipality(t).network_id for t in towns}, network_id)
    told = {r.id: outcomes_for(turn.uow, turn.me.id, r) for r in rounds if _letter_is_due(turn, r)}
    ahead = [r for r in rounds if told.get(r.id) is None]
    standing = [for_owner(turn.uow, turn.me.id, i, r, turn.now) for i in owned for r in ahead]
    return _said([*told.values(), *standing])


def _authority(turn: Turn, network_id: int | None) -> list[Reply] | None:
    towns = [turn.uow.register.municipality(i) for i in rights.authority_for(turn.roles)]
    rounds = {r.network_id: r for r in _rounds(turn, {t.network_id for t in towns}, network_id)}
    return _said(
        for_authority(turn.uow, turn.me.id, t.id, rounds[t.network_id], turn.now)
        for t in towns
        if t.network_id in rounds
    )


def _partner(turn: Turn, network_id: int | None) -> list[Reply] | None:
    mine = (r.scope for r in turn.roles if r.role is Role.UH)
    rounds = _rounds(turn, {s.id for s in mine if s.kind is ScopeKind.NETWORK}, network_id)
    return _said(for_partner(turn.uow, turn.me.id, r, turn.now) for r in rounds)


def _head(turn: Turn, network_id: int | None) -> list[Reply] | None:
    """What became of the needs, once the letter of grant is due; before that there is nothing to tell."""
    places = rights.heads(turn.roles)
    networks = {turn.uow.register.network_of_kindergarten(i).id for i in places}
    rounds = [r for i in sorted(networks) if (r := turn.uow.rounds.current(i, turn.today)) is not None]
    told = [r for r in rounds if _letter_is_due(turn, r) and network_id in (None, r.network_id)]
    return _said(outcomes_for(turn.uow, turn.me.id, r) for r in told)


def _letter_is_due(turn: Turn, current: Round) -> bool:
    letter = current.deadline(DeadlineKind.GRANT_LETTER)
    return letter is not None and letter.day <= turn.today


def _rounds(turn: Turn, networks: set[int], wanted: int | None) -> list[Round]:
    """The rounds of these networks, or of the wanted one if it is among them; those that are in none are left out.

    Raises NoOpenRound when all are.
    """
    chosen = [i for i in sorted(networks) if wanted in (None, i)]
    found = [r for i in chosen if (r := turn.uow.rounds.current(i, turn.today)) is not None]
    if chosen and not found:
        raise NoOpenRound
    return found


def _said(contents: Iterable[Content | None]) -> list[Reply] | None:
    replies: list[Reply] = [ContentReply(c) for c in contents if c is not None]
    return replies or None
