"""Somebody whom the register does not know: the way in, and nothing else."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from dialogs.payloads import RequestAccess, WayIn
from dialogs.replies import AccessAsked, AccessForm, CardSettled, Reply, Stranger
from dialogs.turn import Turn, leader_of
from domain.identity import AccessRequest
from domain.outbox import MessageKind, OutboxMessage
from domain.register.models import Kindergarten, Owner, Role, Scope, ScopeKind


def meet(turn: Turn) -> list[Reply]:
    """The one kind sentence."""
    return [Stranger(turn.world.local)]


def way_in(turn: Turn, _payload: WayIn) -> list[Reply]:
    """Asks who one is and where, unless the leader has been asked already."""
    waiting = turn.uow.identity.open_request(turn.account.tenant_id, turn.account.aad_object_id)
    if waiting is not None:
        return [AccessAsked(leader_of(turn.uow, waiting.network_id))]
    return [AccessForm()]


def request(turn: Turn, payload: RequestAccess) -> list[Reply]:
    """Passes the question on to the network's leader, with the name and address of the Teams account."""
    waiting = turn.uow.identity.open_request(turn.account.tenant_id, turn.account.aad_object_id)
    if waiting is not None:
        return [CardSettled("moved"), AccessAsked(leader_of(turn.uow, waiting.network_id))]
    role = Role.OWNER if payload.inputs.get("role") == Role.OWNER.value else Role.HEAD
    wanted = payload.inputs.get("place", "").strip()[:120]
    place, near = _find(turn, wanted, role)
    if place is None or not turn.account.email:
        return [CardSettled("moved"), AccessForm(wanted or "–", near)]
    kindergartens = (
        [place] if isinstance(place, Kindergarten) else turn.uow.register.kindergartens_of_owner(place.id)
    )
    network = turn.uow.register.network_of_kindergarten(kindergartens[0].id)
    asked = turn.uow.identity.add_request(
        AccessRequest(
            id=0,
            tenant_id=turn.account.tenant_id,
            aad_object_id=turn.account.aad_object_id,
            name=turn.account.name or turn.account.email,
            email=turn.account.email,
            role=role.value,
            scope_kind=(ScopeKind.KINDERGARTEN if role is Role.HEAD else ScopeKind.OWNER).value,
            scope_id=place.id,
            network_id=network.id,
            created_at=turn.now,
        )
    )
    scope = Scope(kind=ScopeKind.NETWORK, id=network.id)
    for leader in turn.uow.register.people_with(Role.LEADER, scope):
        turn.uow.outbox.add(
            OutboxMessage(
                key=f"access_requested:{asked.id}:{leader.id}",
                kind=MessageKind.ACCESS_REQUESTED,
                person_id=leader.id,
                params={"request": asked.id},
                due_at=turn.now,
            )
        )
    return [CardSettled("moved"), AccessAsked(leader_of(turn.uow, network.id))]


def _find(turn: Turn, wanted: str, role: Role) -> tuple[Kindergarten | Owner | None, tuple[str, ...]]:
    """The place that is meant by name or organisation number, or names that are near."""
    places: dict[str, Kindergarten | Owner] = {}
    for network in turn.uow.register.networks():
        found: list[Kindergarten] | list[Owner] = (
            turn.uow.register.kindergartens_in_network(network.id)
            if role is Role.HEAD
            else turn.uow.register.owners(network.id)
        )
        for place in found:
            places[place.name] = place
    digits = "".join(wanted.split())
    for place in places.values():
        if place.orgnr == digits or place.name.lower() == wanted.lower():
            return place, ()
    names = list(places)
    hits = process.extract(wanted, names, scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    sure = [h for h in hits if h[1] >= 90]
    if len(sure) == 1:
        return places[sure[0][0]], ()
    return None, tuple(h[0] for h in hits)
