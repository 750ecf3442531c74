"""What the domain asks of the stored rounds; `storage` and `memory` answer."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from domain.errors import DomainError
from domain.rounds.models import Round


class NoSuchRound(DomainError):
    """No round with this id."""

    def __init__(self, id: int) -> None:
        super().__init__(id)
        self.id = id


class RoundRepository(Protocol):
    """The rounds of all networks; a network has at most one round with a label."""

    def current(self, network_id: int, today: date) -> Round | None:
        """The network's round that `today` falls in, its first and last day included."""
        ...

    def get(self, round_id: int) -> Round:
        """Raises NoSuchRound."""
        ...

    def for_change(self, round_id: int) -> Round:
        """The round, kept from others who would change it until this unit of work ends; raises NoSuchRound."""
        ...

    def save(self, round: Round) -> Round:
        """Store the round under its network and label and return it with its id.

        A round that is there already under the same network and label is replaced and keeps its id.
        """
        ...

    def reply_by(self, owner_id: int, round_id: int) -> date | None:
        """The heads' own date (svarfrist) that an owner has set in a round; None when it has set none."""
        ...

    def set_reply_by(self, owner_id: int, round_id: int, day: date | None) -> None:
        """Keeps the owner's svarfrist; None goes back to the usual one."""
        ...

    def replies_by(self, round_id: int) -> dict[int, date]:
        """Owner → the svarfrist it has set in a round; those that have set none are left out."""
        ...

    def all_current(self, today: date) -> list[Round]:
        """Every network's round that `today` falls in, by network id."""
        ...
