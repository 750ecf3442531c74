"""The leader's care of the register: a sentence or a card, what was understood, and then the change."""

from __future__ import annotations

from dataclasses import replace

from dialogs.payloads import CancelCare, DoCare, OpenCareForm, ReadCare
from dialogs.register import deputies
from dialogs.register.register_facts import facts_of
from dialogs.register.register_reading import read_change
from dialogs.replies import (
    CardSettled,
    CareCancelled,
    CareDone,
    CareForm,
    CareMenu,
    CareProblem,
    Reply,
    Say,
    What,
)
from dialogs.turn import Turn
from domain.register import care, rights
from domain.register.errors import (
    AlreadyChanged,
    InvalidKindergarten,
    InvalidPerson,
    NotInRegister,
    OrgnrTaken,
)
from domain.register.orders import Beyond, Care, Part, read_beyond, read_order
from domain.register.rights import NotAllowed

_HOW = {Beyond.NEW_OWNER: What.NEW_OWNER_HOW, Beyond.NEW_LEADER: What.NEW_LEADER_HOW}
_OWNER_FOR_A_PLACE = (Care.MOVED, CareProblem.UNKNOWN, Part.PLACE)
"""«Ny eier i Melhus kommune: …» reads as another owner for a kindergarten of that name."""


def ordered(turn: Turn, text: str) -> list[Reply] | None:
    """The answer to a sentence that asks for a change; None when it asks for none that can be meant."""
    order = read_order(text)
    if order is None:
        return _told_how(turn, text)
    if order.kind is Care.DEPUTY:
        return deputies.ordered(turn, order)
    if not rights.led_networks(turn.roles):
        return [Say(What.NOT_A_LEADER)] if order.sure else None
    reply = read_change(turn, order.kind, order.said)
    if isinstance(reply, CareForm):
        if (order.kind, reply.problem, reply.part) == _OWNER_FOR_A_PLACE:
            return _told_how(turn, text) or [reply]
        if reply.problem is CareProblem.UNKNOWN and not order.sure:
            return None
        if reply.problem is CareProblem.MISSING:
            reply = replace(reply, problem=None, part=None)
    return [reply]


def _told_how(turn: Turn, text: str) -> list[Reply] | None:
    beyond = read_beyond(text)
    if beyond is None:
        return None
    return [Say(_HOW[beyond] if rights.led_networks(turn.roles) else What.NOT_A_LEADER)]


def menu(turn: Turn) -> list[Reply]:
    """What can be changed."""
    return [CareMenu()] if rights.led_networks(turn.roles) else [Say(What.NOT_A_LEADER)]


def open_form(turn: Turn, payload: OpenCareForm) -> list[Reply]:
    """An empty form."""
    chosen = payload.inputs.get("care_kind")
    kind = payload.kind or next((kind for kind in Care if kind.value == chosen), None)
    if kind is Care.DEPUTY:
        return deputies.open_form(turn)
    if not rights.led_networks(turn.roles):
        return [Say(What.NOT_A_LEADER)]
    return [CareForm(kind)] if kind is not None else [Say(What.CHOOSE_SOMETHING), CareMenu()]


def read_form(turn: Turn, payload: ReadCare) -> list[Reply]:
    """Shows what was understood of a filled-in form."""
    said = {part: payload.inputs[part.value] for part in Part if payload.inputs.get(part.value, "").strip()}
    if payload.kind is Care.DEPUTY:
        return [CardSettled("moved"), *deputies.read_form(turn, said)]
    if not rights.led_networks(turn.roles):
        return [Say(What.NOT_A_LEADER)]
    return [CardSettled("moved"), read_change(turn, payload.kind, said)]


def do(turn: Turn, payload: DoCare) -> list[Reply]:
    """Makes the change that was shown, once."""
    try:
        facts = facts_of(turn, payload.change)
        care.perform(turn.uow, turn.me.id, payload.change, turn.now)
    except NotAllowed:
        return [Say(What.NOT_A_LEADER)]
    except (AlreadyChanged, NotInRegister, OrgnrTaken, InvalidPerson, InvalidKindergarten):
        return [CareCancelled(changed=True)]
    return [CardSettled("moved"), CareDone(facts, _undoing(turn, payload.change))]


def _undoing(turn: Turn, change: care.Change) -> care.Change | None:
    """A closed kindergarten can be taken in again, as it was."""
    if not isinstance(change, care.Closed):
        return None
    k = turn.uow.register.kindergarten(change.kindergarten)
    return care.Added(orgnr=k.orgnr, name=k.name, municipality=k.municipality_id, owner=k.owner_id)


def cancel(_turn: Turn, _payload: CancelCare) -> list[Reply]:
    """Nothing is done."""
    return [CareCancelled()]
