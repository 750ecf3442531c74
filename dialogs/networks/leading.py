"""The round of a network that the person of a turn leads."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.events import EventKind
from dialogs.payloads import OwnDates, Payload, RoundDates
from dialogs.replies import CardSettled, Reply, Say, What, WhichNetwork
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import UnknownReport
from domain.register import rights
from domain.register.models import Network
from domain.rounds.models import Round
from domain.rounds.repository import NoSuchRound


@dataclass(frozen=True)
class Led:
    """A network that the person leads, and its round."""

    network: Network
    round: Round


def led_round(
    turn: Turn, network_id: int | None, asks: type[RoundDates] | type[OwnDates]
) -> Led | list[Reply]:
    """The round that is on in the network that is meant; else what is said instead, such as which one it is."""
    led = [turn.uow.register.network(i) for i in rights.led_networks(turn.roles)]
    if not led:
        return [Say(What.NOT_A_LEADER)]
    chosen = [n for n in led if n.id == network_id] or led
    if len(chosen) > 1:
        verb = str(asks.model_fields["verb"].default)
        return [WhichNetwork(verb, tuple((n.id, n.name) for n in chosen))]
    current = turn.round(chosen[0])
    return Led(chosen[0], current) if current is not None else [Say(What.NO_ROUND_OF_YOURS)]


def round_named(turn: Turn, round_id: int) -> Led:
    """The round that a card names; raises UnknownReport for somebody who does not lead its network."""
    try:
        named = turn.uow.rounds.get(round_id)
    except NoSuchRound as gone:
        raise UnknownReport from gone
    return Led(access.led_network(turn.uow, turn.me.id, named.network_id), named)


def settled(turn: Turn, what: str = "moved") -> list[Reply]:
    """Settles the card that was pressed, or the one that waits for a yes; nothing when there is neither."""
    pressed = turn.event.kind is EventKind.PRESSED
    return [CardSettled(what)] if pressed or turn.state.flow is Flow.DATES else []


def wait_for_yes(turn: Turn, led: Led, payload: Payload) -> None:
    """What was shown is done when the person writes yes."""
    pending = payload.model_dump_json(exclude={"inputs"})
    turn.state = turn.state.closed().model_copy(
        update={"flow": Flow.DATES, "subject": led.round.id, "pending": pending}
    )


def close(turn: Turn) -> None:
    """Nothing waits for a yes any more."""
    if turn.state.flow is Flow.DATES:
        turn.state = turn.state.closed()
