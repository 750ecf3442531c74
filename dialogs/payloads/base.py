"""What every payload of a card has in common."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import DomainError

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""Of a row: no database has, or takes, a larger one."""
LONGEST_INPUT = 25_000


class BadPayload(DomainError):
    """A card sent something that no card of ours holds."""


class Payload(BaseModel):
    """The base of all: `inputs` are what the person filled in, by input id."""

    # Each is made ready by the first card that sends it: all of them at every start take a tenth of a second.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    accepts: ClassVar[frozenset[str]] = frozenset()

    inputs: dict[str, Annotated[str, Field(max_length=LONGEST_INPUT)]] = Field(default_factory=dict)
