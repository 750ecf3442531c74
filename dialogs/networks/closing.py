"""What the leader decides of a whole round: that what is left open expires, and whether the form is used."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs.payloads import EndRoundYes, SwitchForm
from dialogs.replies import (
    CardSettled,
    EndRoundConfirm,
    FormIsOff,
    FormSwitched,
    Reply,
    RoundEnded,
    Say,
    SwitchFormConfirm,
    What,
)
from dialogs.turn import Turn, leader_of
from domain.needs.errors import NoOpenRound
from domain.needs.networks import closing
from domain.register import rights
from domain.register.models import Network


def end_round(turn: Turn) -> list[Reply]:
    """`avslutt runden`: how many needs are still open, and whether they are to expire."""
    network_id = _led(turn, None)
    if network_id is None:
        return [Say(What.NOT_A_LEADER)]
    found = closing.ending(turn.uow, turn.me.id, network_id, turn.now)
    if not found.open:
        return [Say(What.NOTHING_OPEN_IN_ROUND, {"label": found.round.label})]
    return [
        EndRoundConfirm(
            network=found.network.name,
            network_id=found.network.id,
            round_id=found.round.id,
            label=found.round.label,
            ends=found.round.ends,
            open=found.open,
            over=found.over,
        )
    ]


def end_round_yes(turn: Turn, payload: EndRoundYes) -> list[Reply]:
    """«La utløpe»: everything that was counted, at once."""
    uow, count = turn.uow, payload.count
    expired = closing.expire(uow, turn.me.id, payload.network, payload.round, count, turn.now)
    label = uow.rounds.get(payload.round).label
    return [
        CardSettled("expired"),
        RoundEnded(uow.register.network(payload.network).name, label, expired),
    ]


def switch_form(turn: Turn, payload: SwitchForm) -> list[Reply]:
    """`slå av skjemaet`, `slå på skjemaet`: asked once, then done."""
    network_id = _led(turn, payload.network)
    if network_id is None:
        return [Say(What.NOT_A_LEADER)]
    network = turn.uow.register.network(network_id)
    current = turn.round(network)
    if current is None:
        raise NoOpenRound
    if current.form_on is payload.on:
        return [FormSwitched(network.name, payload.on, already=True)]
    if not payload.sure:
        return [SwitchFormConfirm(network.name, network.id, payload.on)]
    closing.switch_form(turn.uow, turn.me.id, network.id, payload.on, turn.now)
    return [CardSettled("switched"), FormSwitched(network.name, payload.on)]


def form_is_off(turn: Turn, network_id: int) -> FormIsOff:
    """The other way that a network takes needs in this round."""
    return FormIsOff(
        network=turn.uow.register.network(network_id).name,
        leader=leader_of(turn.uow, network_id),
        own=network_id in rights.led_networks(turn.roles),
    )


def all_off(turn: Turn, networks: Iterable[Network]) -> FormIsOff | None:
    """The other way, when every one of the networks that is in a round takes needs so."""
    rounds = [current for n in networks if (current := turn.round(n)) is not None]
    if not rounds or any(current.form_on for current in rounds):
        return None
    return form_is_off(turn, rounds[0].network_id)


def _led(turn: Turn, network_id: int | None) -> int | None:
    led = rights.led_networks(turn.roles)
    if not turn.event.personal or not led:
        return None
    return network_id if network_id in led else led[0]
