"""Deputies: appointing one with a sentence or a card, the list of them, and ending one's time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dialogs.payloads import AppointDeputy, EndDeputy, ShowDeputy
from dialogs.register.register_facts import place_name
from dialogs.register.register_reading import Said, Unclear, asked_again, needed, one_of, read_who
from dialogs.replies import (
    CardSettled,
    CareCancelled,
    CareForm,
    CareProblem,
    ConfirmDeputy,
    ConfirmEnd,
    DeputyAppointed,
    DeputyEnded,
    DeputyItem,
    DeputyList,
    Reply,
    Say,
    StandingIn,
    What,
)
from dialogs.turn import Turn
from domain.register import deputies, rights
from domain.register.errors import AlreadyChanged, HeldAnyway, InvalidPeriod, InvalidPerson, NotInRegister
from domain.register.leading import led_kindergartens, led_owners
from domain.register.models import Kindergarten, Owner, Role, RoleAssignment, Scope, ScopeKind
from domain.register.orders import Care, Order, Part, read_period
from domain.register.rights import NotAllowed


def ordered(turn: Turn, order: Order) -> list[Reply] | None:
    """`stedfortreder Anne Berg, anne@… fra 1. desember til 15. januar`"""
    if not _may_appoint(turn):
        return [Say(What.NOT_YOURS)] if Part.EMAIL in order.said else None
    reply = _read(turn, order.said)
    if isinstance(reply, CareForm) and reply.problem is CareProblem.MISSING:
        reply = replace(reply, problem=None, part=None)
    return [reply]


def open_form(turn: Turn) -> list[Reply]:
    """`stedfortreder`: an empty form."""
    return [_form(turn, {})] if _may_appoint(turn) else [Say(What.NOT_YOURS)]


def read_form(turn: Turn, said: Said) -> list[Reply]:
    """Shows what was understood of a filled-in form."""
    return [_read(turn, said)] if _may_appoint(turn) else [Say(What.NOT_YOURS)]


def appoint(turn: Turn, payload: AppointDeputy) -> list[Reply]:
    """Makes somebody deputy for the days that were shown."""
    p = payload
    try:
        person = deputies.appoint(
            turn.uow, turn.me.id, p.role, p.scope, p.name, p.email, p.starts, p.ends, turn.now
        )
    except NotAllowed:
        return [Say(What.NOT_YOURS)]
    except (InvalidPeriod, HeldAnyway, InvalidPerson, NotInRegister):
        return [CareCancelled(changed=True)]
    made = RoleAssignment(person_id=person.id, role=p.role, scope=p.scope, starts=p.starts, ends=p.ends)
    return [CardSettled("moved"), DeputyAppointed(_item(turn, made), turn.today)]


def listed(turn: Turn) -> list[Reply]:
    """`stedfortredere`"""
    found = deputies.managed(turn.uow, turn.me.id)
    return [DeputyList(tuple(_item(turn, d) for d in found), turn.today, _may_appoint(turn))]


def show(turn: Turn, payload: ShowDeputy) -> list[Reply]:
    """One of the list, before the time is ended."""
    chosen = payload.inputs.get("chosen_deputy", "")
    found = (d for d in deputies.managed(turn.uow, turn.me.id) if key(_item(turn, d)) == chosen)
    held = next(found, None)
    if held is None:
        return [Say(What.CHOOSE_SOMETHING), *listed(turn)] if not chosen else listed(turn)
    return [CardSettled("moved"), ConfirmEnd(_item(turn, held), turn.today)]


def end(turn: Turn, payload: EndDeputy) -> list[Reply]:
    """Ends a deputy's time at once."""
    try:
        held = deputies.end(turn.uow, turn.me.id, payload.person, payload.role, payload.scope, turn.now)
    except NotAllowed:
        return [Say(What.NOT_YOURS)]
    except (AlreadyChanged, NotInRegister):
        return [CareCancelled(changed=True)]
    return [CardSettled("moved"), DeputyEnded(_item(turn, held), turn.today)]


def standing_in(turn: Turn) -> list[Reply]:
    """For whom one acts as a deputy, in the role that one is met in; nothing for everybody else."""
    held = [r for r in turn.roles if r.role is turn.role and r.for_a_time]
    return [StandingIn(tuple((place_name(turn, r.scope), r.ends) for r in held))] if held else []


def key(item: DeputyItem) -> str:
    """A deputy as the value of a choice."""
    return f"{item.person_id}.{item.role.value}.{item.scope.kind.value}.{item.scope.id}"


def _may_appoint(turn: Turn) -> bool:
    return bool(deputies.own(turn.uow, turn.me.id))


def _read(turn: Turn, said: Said) -> Reply:
    form = _form(turn, said)
    try:
        role, scope = _target(turn, said)
        return _confirm(turn, said, role, scope)
    except Unclear as unclear:
        if unclear.part is Part.PLACE and not (form.asks_place or unclear.options):
            return Say(What.NOT_YOURS)
        again = asked_again(form, unclear)
        return replace(again, options={**form.options, **again.options})


def _confirm(turn: Turn, said: Said, role: Role, scope: Scope) -> Reply:
    name, email = read_who(turn, said)
    starts, ends = read_period(needed(said, Part.STARTS), needed(said, Part.ENDS), turn.today)
    if starts is None:
        raise Unclear(CareProblem.DAY, Part.STARTS, detail=said[Part.STARTS])
    if ends is None:
        raise Unclear(CareProblem.DAY, Part.ENDS, detail=said[Part.ENDS])
    if ends < max(starts, turn.today) or (ends - starts).days >= deputies.LONGEST:
        raise Unclear(CareProblem.PERIOD, Part.ENDS)
    known = turn.uow.register.person_by_email(email)
    held = turn.uow.register.roles_of(known.id) if known else []
    if any((r.role, r.scope) == (role, scope) and not r.for_a_time for r in held):
        raise Unclear(CareProblem.HELD_ANYWAY, Part.EMAIL, detail=name)
    before = [_item(turn, d) for d in turn.uow.register.deputies() if (d.role, d.scope) == (role, scope)]
    earlier = next((d for d in before if turn.uow.register.person(d.person_id).email == email), None)
    return ConfirmDeputy(name, email, role, scope, place_name(turn, scope), starts, ends, earlier)


def _target(turn: Turn, said: Said) -> tuple[Role, Scope]:
    """The role that the deputy acts with: one's own, or in a network that one leads."""
    mine = deputies.own(turn.uow, turn.me.id)
    text = said.get(Part.PLACE, "").strip()
    if not text and len(mine) == 1:
        return mine[0].role, mine[0].scope
    named = [
        r
        for r in mine
        if text.casefold() in (_value(turn, r).casefold(), place_name(turn, r.scope).casefold())
    ]
    if len(named) == 1:
        return named[0].role, named[0].scope
    led = rights.led_networks(mine)
    places: Sequence[Kindergarten | Owner] = [
        *(led_kindergartens(turn.uow, turn.me.id) if led else ()),
        *(led_owners(turn.uow, turn.me.id) if led else ()),
        *(turn.uow.register.kindergarten(i) for i in rights.heads(mine)),
        *(turn.uow.register.owner(i) for i in rights.owners(mine)),
    ]
    place = one_of(said, Part.PLACE, list({(type(p), p.id): p for p in places}.values()))
    if isinstance(place, Kindergarten):
        return Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=place.id)
    return Role.OWNER, Scope(kind=ScopeKind.OWNER, id=place.id)


def _form(turn: Turn, said: Said) -> CareForm:
    """A form that asks for whom only where there is a choice; a leader writes it."""
    mine = deputies.own(turn.uow, turn.me.id)
    if rights.led_networks(mine) or len(mine) < 2:
        return CareForm(Care.DEPUTY, said, asks_place=bool(rights.led_networks(mine)))
    options = tuple((_value(turn, r), place_name(turn, r.scope)) for r in mine)
    return CareForm(Care.DEPUTY, said, {Part.PLACE: options})


def _value(turn: Turn, held: RoleAssignment) -> str:
    register = turn.uow.register
    match held.scope.kind:
        case ScopeKind.KINDERGARTEN:
            return register.kindergarten(held.scope.id).orgnr
        case ScopeKind.OWNER:
            return register.owner(held.scope.id).orgnr
        case _:
            return place_name(turn, held.scope)


def _item(turn: Turn, held: RoleAssignment) -> DeputyItem:
    person = turn.uow.register.person(held.person_id)
    place = place_name(turn, held.scope)
    return DeputyItem(person.id, person.name, held.role, held.scope, place, held.starts, held.ends)
