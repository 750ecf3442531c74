"""What can stand in the way of a change to a need. Errors carry data, never text.

DomainError
├── Stale                 somebody else was first, or an old card was used
├── NoOpenRound           the network has no round now
├── UnknownReport         no such need, or not one that this person may see
├── WrongState            the transition does not exist from this state
├── NotReady              something obligatory is missing
├── NoteMissing           the act asks for a reason
├── DayMissing            the act asks for the day of the meeting or letter
├── NotAlone              a need goes to the network with the owner's consolidated report
├── Merged                the need is part of a common one, or has others merged into it
├── Locked                an answer that the owner did not ask about was changed
└── FormOff               the network takes needs in another way this round
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
    """The transition is not allowed from the state the need is in; `report_id` where it is known whose."""

    def __init__(self, status: Status, report_id: int | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.report_id = report_id


class NotReady(DomainError):
    """Something obligatory is missing: the ids of the steps that need an answer."""

    def __init__(self, steps: tuple[str, ...], only_head: bool = False) -> None:
        super().__init__(steps)
        self.steps = steps
        self.only_head = only_head


class NoteMissing(DomainError):
    """The act asks for a reason, and none was given."""


class DayMissing(DomainError):
    """The act asks for a day that has been; `in_future` when the one given has not."""

    def __init__(self, in_future: bool = False) -> None:
        super().__init__(in_future)
        self.in_future = in_future


class NotAlone(DomainError):
    """A need goes to the network with the owner's consolidated report, never by itself."""


class Merged(DomainError):
    """The need follows the common one with this id, or is that one."""

    def __init__(self, common_id: int) -> None:
        super().__init__(common_id)
        self.common_id = common_id


class Locked(DomainError):
    """These steps are not among those that the owner sent back."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(steps)
        self.steps = steps


class FormOff(DomainError):
    """The network does not use the form in this round."""

    def __init__(self, network_id: int) -> None:
        super().__init__(network_id)
        self.network_id = network_id
