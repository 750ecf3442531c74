"""What can stand in the way of a change to a need. Errors carry data, never text.

DomainError
├── Stale                 somebody else was first, or an old card was used
├── NoOpenRound           the network has no round now
├── UnknownReport         no such need, or not one that this person may see
├── WrongState            the transition does not exist from this state
└── NotReady              something obligatory is missing
"""

from __future__ import annotations

from domain.errors import DomainError
from domain.needs.models import Status


class Stale(DomainError):
    """The version that was acted on is no longer the current one."""


class NoOpenRound(DomainError):
    """There is no round to report in."""


class UnknownReport(DomainError):
    """No such need, or one that this person may not touch; deliberately the same error."""


class WrongState(DomainError):
    """The transition is not allowed from the state the need is in."""

    def __init__(self, status: Status) -> None:
        super().__init__(status)
        self.status = status


class NotReady(DomainError):
    """Something obligatory is missing: the ids of the steps that need an answer."""

    def __init__(self, steps: tuple[str, ...], only_head: bool = False) -> None:
        super().__init__(steps)
        self.steps = steps
        self.only_head = only_head
