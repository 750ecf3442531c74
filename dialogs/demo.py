"""Local mode's persona switch: act as any person of the sample register. Never available with an app id."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from dialogs.chosen import id_in
from dialogs.greet import greet
from dialogs.payloads import DemoAs
from dialogs.replies import DemoPeople, Reply, Say, What
from dialogs.state import ConversationState
from dialogs.turn import Turn
from domain.norwegian.commands import Command, understand_command
from domain.register.models import Person, Role, Scope, ScopeKind

OFF = ("av", "slutt", "meg selv", "off", "tilbake")


def demo_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`demo`, `demo Kari Nordli`, `demo av`."""
    if not turn.world.local:
        return [Say(What.DEMO_UNAVAILABLE)]
    if not argument:
        return [people(turn)]
    if argument.strip().lower() in OFF:
        return demo_off(turn)
    everybody = turn.uow.register.all_people()
    names = {p.id: p.name for p in everybody}
    exact = [p for p in everybody if argument.lower() in (p.email, p.name.lower(), p.first_name.lower())]
    if len(exact) == 1:
        return become(turn, exact[0])
    found = process.extractOne(argument, names, scorer=fuzz.WRatio, score_cutoff=80)
    if found is None:
        return [people(turn, unknown=argument[:40])]
    return become(turn, turn.uow.register.person(found[2]))


def demo_card(turn: Turn, payload: DemoAs) -> list[Reply]:
    """Somebody chosen in the list or by a button."""
    if not turn.world.local:
        return [Say(What.DEMO_UNAVAILABLE)]
    person_id = payload.person or id_in(payload.inputs.get("person", ""))
    if person_id is None:
        return [people(turn)]
    return become(turn, turn.uow.register.person(person_id))


def become(turn: Turn, person: Person) -> list[Reply]:
    """Acts as a person from now on; each has a conversation of their own."""
    turn.uow.identity.save_account(turn.account.model_copy(update={"acting_as": person.id}))
    return [
        Say(What.DEMO_ON, {"name": person.name, "role": describe(turn, person)}),
        *_greeting(turn, person),
    ]


def demo_off(turn: Turn) -> list[Reply]:
    """Back to oneself."""
    if not turn.world.local:
        return [Say(What.DEMO_UNAVAILABLE)]
    turn.uow.identity.save_account(turn.account.model_copy(update={"acting_as": None}))
    return [Say(What.DEMO_OFF)]


def _greeting(turn: Turn, person: Person) -> list[Reply]:
    as_them = Turn(
        event=turn.event,
        uow=turn.uow,
        now=turn.now,
        world=turn.world,
        account=turn.account,
        state=ConversationState(),
        person=person,
        roles=turn.uow.register.roles_of(person.id),
    )
    return greet(as_them)


def people(turn: Turn, unknown: str | None = None) -> DemoPeople:
    """Everybody of the register with what they are, and four to begin with."""
    everybody = sorted(turn.uow.register.all_people(), key=lambda p: p.name)
    listed = tuple((p.id, p.name, describe(turn, p)) for p in everybody)
    examples: list[tuple[int, str]] = []
    for role in (Role.HEAD, Role.OWNER, Role.LEADER, Role.AUTHORITY):
        found = next((p for p in everybody if _plainly(turn, p, role)), None)
        if found:
            examples.append((found.id, f"{found.name} ({role.value})"))
    acting = turn.account.acting_as
    name = turn.uow.register.person(acting).name if acting else None
    return DemoPeople(listed, name, unknown, tuple(examples))


def _plainly(turn: Turn, person: Person, role: Role) -> bool:
    roles = turn.uow.register.roles_of(person.id)
    return [r.role for r in roles] == [role] or (role is Role.AUTHORITY and roles[-1].role is role)


def describe(turn: Turn, person: Person) -> str:
    """«styrer i Solbakken barnehage»: the first two roles of a person, with what they are for."""
    parts = []
    for assignment in turn.uow.register.roles_of(person.id)[:2]:
        place = _place(turn, assignment.scope)
        parts.append(f"{assignment.role.value}, {place}" if place else assignment.role.value)
    return " · ".join(parts)


def _place(turn: Turn, scope: Scope) -> str:
    match scope.kind:
        case ScopeKind.KINDERGARTEN:
            return turn.uow.register.kindergarten(scope.id).name
        case ScopeKind.OWNER:
            return turn.uow.register.owner(scope.id).name
        case ScopeKind.MUNICIPALITY:
            return turn.uow.register.municipality(scope.id).name
        case ScopeKind.NETWORK:
            return turn.uow.register.network(scope.id).name
        case ScopeKind.ALL:
            return ""


def is_demo_command(text: str) -> bool:
    """Whether a text switches persona: also strangers may, in local mode."""
    reading = understand_command(text)
    return reading is not None and reading.command is Command.DEMO
