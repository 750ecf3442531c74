"""A change of the register in names: what it is about, and whom it touches."""

from __future__ import annotations

from dialogs.replies import CareFacts
from dialogs.turn import Turn
from domain.needs.models import Status
from domain.register.care import Added, Change, Closed, Left, Moved, NewPerson, Renamed
from domain.register.models import Kindergarten, Role, Scope, ScopeKind
from domain.register.orders import Care

_DRAFTS = (Status.DRAFT, Status.RETURNED)
_MUST_BE_HELD = (Role.OWNER, Role.HEAD)
_WITH_OWNER = (Status.SENT_TO_OWNER, Status.APPROVED)


def facts_of(turn: Turn, change: Change) -> CareFacts:
    """The names behind the ids, as they are before the change is made."""
    register = turn.uow.register
    match change:
        case NewPerson():
            return _new_person(turn, change)
        case Left():
            return _left(turn, change)
        case Closed():
            return _kindergarten(turn, Care.CLOSED, register.kindergarten(change.kindergarten))
        case Moved():
            place = register.kindergarten(change.kindergarten)
            owner, before = register.owner(change.owner).name, register.owner(change.before).name
            return _kindergarten(turn, Care.MOVED, place, other=owner, before=before)
        case Renamed():
            return CareFacts(Care.RENAMED, place=change.before, other=change.name)
        case Added():
            return CareFacts(
                Care.ADDED,
                place=change.name,
                other=register.owner(change.owner).name,
                municipality=register.municipality(change.municipality).name,
                orgnr=change.orgnr,
            )


def place_name(turn: Turn, scope: Scope) -> str:
    """What a role is held for, by name."""
    register = turn.uow.register
    match scope.kind:
        case ScopeKind.KINDERGARTEN:
            return register.kindergarten(scope.id).name
        case ScopeKind.OWNER:
            return register.owner(scope.id).name
        case ScopeKind.MUNICIPALITY:
            return register.municipality(scope.id).name
        case ScopeKind.NETWORK:
            return register.network(scope.id).name
        case ScopeKind.ALL:
            return ""


def _left(turn: Turn, change: Left) -> CareFacts:
    person = turn.uow.register.person(change.person)
    ends = [(held.role, held.scope, place_name(turn, held.scope)) for held in change.roles]
    return CareFacts(
        Care.LEFT,
        person=person.name,
        email=person.email,
        roles=tuple((role, place) for role, _, place in ends),
        deserted=tuple(
            (role, place)
            for role, scope, place in ends
            if role in _MUST_BE_HELD and not {i for i, _ in _lasting(turn, role, scope)} - {person.id}
        ),
    )


def _new_person(turn: Turn, change: NewPerson) -> CareFacts:
    head = change.role is Role.HEAD
    heads = _lasting(turn, change.role, change.scope) if head else ()
    names = dict(heads)
    return CareFacts(
        Care.NEW_HEAD if head else Care.NEW_OWNER,
        place=place_name(turn, change.scope),
        person=change.name,
        email=change.email,
        heads=heads,
        left=tuple(names[i] for i in change.instead_of if i in names),
    )


def _kindergarten(
    turn: Turn, kind: Care, place: Kindergarten, *, other: str = "", before: str = ""
) -> CareFacts:
    register = turn.uow.register
    current = turn.round(register.network_of_kindergarten(place.id))
    needs = turn.uow.needs.of_kindergarten(place.id, current.id) if current else []
    return CareFacts(
        kind,
        place=place.name,
        other=other,
        before=before,
        heads=_lasting(turn, Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=place.id)),
        drafts=sum(n.status in _DRAFTS and bool(n.answers) for n in needs),
        with_owner=sum(n.status in _WITH_OWNER for n in needs),
    )


def _lasting(turn: Turn, role: Role, scope: Scope) -> tuple[tuple[int, str], ...]:
    """Those who have the role there, deputies left out."""
    register = turn.uow.register
    return tuple(
        (p.id, p.name)
        for p in register.people_with(role, scope)
        if any((r.role, r.scope) == (role, scope) and not r.for_a_time for r in register.roles_of(p.id))
    )
