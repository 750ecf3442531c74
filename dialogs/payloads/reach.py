"""What the cards about people who cannot be written to may send back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.outreach.reaching.reach import Group


class WhoIsNotReached(Payload):
    """Those in a network who have something left and get no messages."""

    verb: Literal["not_reached"] = "not_reached"
    network: Id | None = None


class EmailToCopy(Payload):
    """A ready e-mail to one group of them; without a group, to the first that there is.

    The inputs are there to be copied: what stands in them is never read.
    """

    verb: Literal["reach_email"] = "reach_email"
    network: Id | None = None
    group: Group | None = None
    page: Annotated[int, Field(ge=0, le=1000)] = 0
    accepts: ClassVar[frozenset[str]] = frozenset({"mail_to", "mail_subject", "mail_text"})
