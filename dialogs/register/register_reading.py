"""From what a leader wrote to the change that is meant, or to a form that asks for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from dialogs.register.register_facts import facts_of
from dialogs.replies import CareForm, CareProblem, ConfirmCare, Reply
from dialogs.turn import Turn
from domain.norwegian.hygiene import has_words
from domain.register.care import (
    Added,
    Change,
    Closed,
    Held,
    Left,
    Moved,
    NewPerson,
    Renamed,
    ending_roles,
)
from domain.register.errors import InvalidPerson
from domain.register.leading import closed_kindergartens, led_kindergartens, led_municipalities, led_owners
from domain.register.looking import look
from domain.register.models import Kindergarten, Municipality, Owner, Person, Role, Scope, ScopeKind
from domain.register.names import clean, compact_orgnr, is_orgnr
from domain.register.orders import Care, Part
from domain.register.people import checked_person
from domain.register.rows import MAX_LENGTH

Said = Mapping[Part, str]
_T = TypeVar("_T", bound=Kindergarten | Owner | Person | Municipality)


class Unclear(Exception):
    """Something has to be asked for; leads to the form."""

    def __init__(
        self,
        problem: CareProblem,
        part: Part,
        options: Sequence[tuple[str, str]] = (),
        detail: str = "",
    ) -> None:
        super().__init__(problem, part)
        self.problem, self.part = problem, part
        self.options, self.detail = tuple(options), detail


def read_change(turn: Turn, kind: Care, said: Said) -> Reply:
    """The change, to be confirmed; or the form, with what was said and what is wrong or missing."""
    try:
        change = _READERS[kind](turn, said)
    except Unclear as unclear:
        return asked_again(CareForm(kind, said), unclear)
    return ConfirmCare(facts_of(turn, change), change)


def asked_again(form: CareForm, unclear: Unclear) -> CareForm:
    """The form with what stands in the way."""
    options = {unclear.part: unclear.options} if unclear.options else {}
    return replace(
        form, options=options, problem=unclear.problem, part=unclear.part, detail=unclear.detail[:MAX_LENGTH]
    )


def needed(said: Said, part: Part) -> str:
    """What was said; raises Unclear for nothing, and for more than any name has."""
    text = clean(said.get(part, ""))
    if not text:
        raise Unclear(CareProblem.MISSING, part)
    if len(text) > MAX_LENGTH:
        raise Unclear(CareProblem.UNKNOWN, part, detail=text[:60] + "…")
    return text


def one_of(said: Said, part: Part, things: Sequence[_T]) -> _T:
    """The thing that is meant; raises Unclear with those that may have been."""
    text = needed(said, part)
    looked = look(text, things)
    if looked.found is not None:
        return looked.found
    problem = CareProblem.UNCLEAR if looked.near else CareProblem.UNKNOWN
    raise Unclear(problem, part, [(_key(t), _title(t)) for t in looked.near], text)


def read_who(turn: Turn, said: Said) -> tuple[str, str]:
    """Name and address; a known address has its registered name."""
    needed(said, Part.NAME)
    needed(said, Part.EMAIL)
    try:
        name, email = checked_person(said[Part.NAME], said[Part.EMAIL])
    except InvalidPerson as invalid:
        field = invalid.field
        part, problem = (Part.NAME, CareProblem.NAME) if field == "name" else (Part.EMAIL, CareProblem.EMAIL)
        raise Unclear(problem, part, detail=said[part]) from invalid
    if not has_words(name) or "@" in name:
        raise Unclear(CareProblem.NAME, Part.NAME, detail=name)
    known = turn.uow.register.person_by_email(email)
    return (known.name if known else name), email


def kindergarten_of(turn: Turn, said: Said) -> Kindergarten:
    """The kindergarten in a network that one leads."""
    number = compact_orgnr(said.get(Part.PLACE, ""))
    if owner := next((o for o in turn.uow.register.all_owners() if o.orgnr == number), None):
        raise Unclear(CareProblem.ORGNR_OF_OWNER, Part.PLACE, detail=owner.name)
    closed = look(said.get(Part.PLACE, "")[:MAX_LENGTH], closed_kindergartens(turn.uow, turn.me.id)).found
    try:
        return one_of(said, Part.PLACE, led_kindergartens(turn.uow, turn.me.id))
    except Unclear:
        if closed is None:
            raise
        raise Unclear(CareProblem.CLOSED, Part.PLACE, detail=closed.name) from None


def _new_head(turn: Turn, said: Said) -> Change:
    place = kindergarten_of(turn, said)
    return _new_person(turn, said, Role.HEAD, Scope(kind=ScopeKind.KINDERGARTEN, id=place.id), place.name)


def _new_owner(turn: Turn, said: Said) -> Change:
    mine = one_of(said, Part.OWNER, led_owners(turn.uow, turn.me.id))
    return _new_person(turn, said, Role.OWNER, Scope(kind=ScopeKind.OWNER, id=mine.id), mine.name)


def _new_person(turn: Turn, said: Said, role: Role, scope: Scope, place: str) -> Change:
    name, email = read_who(turn, said)
    known = turn.uow.register.person_by_email(email)
    held = turn.uow.register.roles_of(known.id) if known else []
    if any((r.role, r.scope) == (role, scope) and not r.for_a_time for r in held):
        raise Unclear(CareProblem.ALREADY_SO, Part.EMAIL, detail=f"{name} – {place}")
    return NewPerson.model_validate({"role": role, "scope_id": scope.id, "name": name, "email": email})


def _left(turn: Turn, said: Said) -> Change:
    leaving = one_of(said, Part.PERSON, _people(turn))
    roles = ending_roles(turn.uow, turn.me.id, leaving.id)
    if not roles:
        raise Unclear(CareProblem.LEADERS_ROLE, Part.PERSON, detail=leaving.name)
    return Left(person=leaving.id, roles=tuple(Held(role=r.role, scope=r.scope) for r in roles))


def _closed(turn: Turn, said: Said) -> Change:
    return Closed(kindergarten=kindergarten_of(turn, said).id)


def _moved(turn: Turn, said: Said) -> Change:
    place = kindergarten_of(turn, said)
    owner = _any_owner(turn, said)
    if owner.id == place.owner_id:
        raise Unclear(CareProblem.ALREADY_SO, Part.OWNER, detail=f"{place.name} – {owner.name}")
    return Moved(kindergarten=place.id, owner=owner.id, before=place.owner_id)


def _renamed(turn: Turn, said: Said) -> Change:
    place = kindergarten_of(turn, said)
    name = _named(said, Part.NEW_NAME)
    if name == place.name:
        raise Unclear(CareProblem.ALREADY_SO, Part.NEW_NAME, detail=name)
    return Renamed(kindergarten=place.id, name=name, before=place.name)


def _added(turn: Turn, said: Said) -> Change:
    name, number = _named(said, Part.NAME), compact_orgnr(needed(said, Part.ORGNR))
    if not is_orgnr(number):
        raise Unclear(CareProblem.ORGNR, Part.ORGNR, detail=said[Part.ORGNR])
    register = turn.uow.register
    if owner := next((o for o in register.all_owners() if o.orgnr == number), None):
        raise Unclear(CareProblem.ORGNR_OF_OWNER, Part.ORGNR, detail=owner.name)
    everywhere = (k for n in register.networks() for k in register.kindergartens_in_network(n.id))
    if taken := next((k for k in everywhere if k.orgnr == number), None):
        raise Unclear(CareProblem.ORGNR_TAKEN, Part.ORGNR, detail=taken.name)
    municipality = one_of(said, Part.MUNICIPALITY, led_municipalities(turn.uow, turn.me.id))
    owned_by = _any_owner(turn, said)
    return Added(orgnr=number, name=name, municipality=municipality.id, owner=owned_by.id)


def _any_owner(turn: Turn, said: Said) -> Owner:
    number = compact_orgnr(said.get(Part.OWNER, ""))
    register = turn.uow.register
    mine = led_kindergartens(turn.uow, turn.me.id)
    if place := next((k for k in mine if k.orgnr == number), None):
        raise Unclear(CareProblem.ORGNR_OF_KINDERGARTEN, Part.OWNER, detail=place.name)
    return one_of(said, Part.OWNER, register.all_owners())


def _named(said: Said, part: Part) -> str:
    name = clean(said.get(part, ""))
    if name and (len(name) > MAX_LENGTH or not has_words(name)):
        raise Unclear(CareProblem.NAME, part, detail=name[:60])
    return needed(said, part)


def _people(turn: Turn) -> list[Person]:
    """Everybody with a role in the networks that one leads."""
    register, uow, me = turn.uow.register, turn.uow, turn.me.id
    held = [(Role.HEAD, ScopeKind.KINDERGARTEN, k.id) for k in led_kindergartens(uow, me)]
    held += [(Role.OWNER, ScopeKind.OWNER, o.id) for o in led_owners(uow, me)]
    towns = led_municipalities(uow, me)
    held += [(r, ScopeKind.MUNICIPALITY, m.id) for m in towns for r in (Role.AUTHORITY, Role.PPT)]
    held += [(r, ScopeKind.NETWORK, n) for n in {m.network_id for m in towns} for r in Role]
    people = (p for role, kind, id_ in held for p in register.people_with(role, Scope(kind=kind, id=id_)))
    return list({p.id: p for p in people}.values())


def _key(thing: Kindergarten | Owner | Person | Municipality) -> str:
    if isinstance(thing, Person):
        return thing.email
    return thing.name if isinstance(thing, Municipality) else thing.orgnr


def _title(thing: Kindergarten | Owner | Person | Municipality) -> str:
    if isinstance(thing, Municipality):
        return thing.name
    return f"{thing.name} ({_key(thing)})"


_READERS: Mapping[Care, Callable[[Turn, Said], Change]] = {
    Care.NEW_HEAD: _new_head,
    Care.NEW_OWNER: _new_owner,
    Care.LEFT: _left,
    Care.CLOSED: _closed,
    Care.MOVED: _moved,
    Care.RENAMED: _renamed,
    Care.ADDED: _added,
}
