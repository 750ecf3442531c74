"""What the leader's cards about coming messages may send back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload

TWO_WEEKS: Final = 14
LONGEST_AHEAD: Final = 366
CHOSEN: Final = "coming_step"

Name = Annotated[str, Field(max_length=80)]
Days = Annotated[int, Field(ge=1, le=LONGEST_AHEAD)]


class Coming(Payload):
    """What will be sent in a network so many days ahead."""

    verb: Literal["coming"] = "coming"
    network: Id | None = None
    days: Days = TWO_WEEKS


class ComingNames(Payload):
    """Who gets it: the step that was chosen."""

    verb: Literal["coming_names"] = "coming_names"
    network: Id
    days: Days = TWO_WEEKS
    accepts: ClassVar[frozenset[str]] = frozenset({CHOSEN})


class StopStep(Payload):
    """Stops the step that was chosen, or lets it go when it is stopped; done when `sure`."""

    verb: Literal["stop_step"] = "stop_step"
    network: Id
    days: Days = TWO_WEEKS
    step: Name | None = None
    stop: bool | None = None
    sure: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({CHOSEN})
