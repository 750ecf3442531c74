"""Which network a turn is about, and its round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from dialogs.replies import Reply, Say, What, WhichNetwork
from dialogs.turn import Turn
from domain.register import rights
from domain.register.models import Network
from domain.rounds.models import Round
from domain.rounds.seeing import networks_seen


class NamesNetwork(Protocol):
    """A payload that may say which network is meant."""

    @property
    def verb(self) -> str: ...

    @property
    def network(self) -> int | None: ...


@dataclass(frozen=True)
class Here:
    """A network with the round that it is in."""

    network: Network
    round: Round


def round_here(turn: Turn, payload: NamesNetwork) -> Here | list[Reply]:
    """The network that is meant with its round; else what is said instead, such as which network it is."""
    found = networks_here(turn, payload.network)
    if len(found) > 1:
        return [WhichNetwork(payload.verb, tuple((n.id, n.name) for n in found))]
    if not found and not turn.event.personal:
        return [Say(What.NOT_BOUND)]
    current = turn.round(found[0]) if found else None
    return Here(found[0], current) if current is not None else [no_round(turn)]


def no_round(turn: Turn) -> Reply:
    """That no round is on; who leads a network is not told to ask its leader."""
    leads = bool(turn.person and rights.led_networks(turn.roles))
    return Say(What.NO_ROUND_OF_YOURS if leads else What.NO_ROUND)


def networks_here(turn: Turn, wanted: int | None = None) -> list[Network]:
    """The channel's network; in a personal chat the one that is asked for, else all that concern the person."""
    if not turn.event.personal:
        binding = turn.uow.identity.binding_of(turn.event.address.conversation_id)
        return [turn.uow.register.network(binding.network_id)] if binding else []
    seen = networks_seen(turn.uow, turn.roles)
    chosen = [n for n in seen if n.id == wanted]
    return chosen or seen
