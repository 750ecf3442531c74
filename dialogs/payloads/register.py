"""What the cards for the care of the register, and for deputies, may send back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.register.care import Change
from domain.register.models import Role, Scope
from domain.register.orders import Care, Part
from domain.register.rows import MAX_LENGTH

_PARTS = frozenset(part.value for part in Part)


class RegisterCare(Payload):
    """What a leader can change in the register."""

    verb: Literal["register_care"] = "register_care"


class OpenCareForm(Payload):
    """The form for the kind that the button or the choice says."""

    verb: Literal["care_form"] = "care_form"
    kind: Care | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"care_kind"})


class ReadCare(Payload):
    """The filled-in form, to be read and shown before anything is done."""

    verb: Literal["care_read"] = "care_read"
    kind: Care
    accepts: ClassVar[frozenset[str]] = _PARTS


class DoCare(Payload):
    """The change that was shown."""

    verb: Literal["care_do"] = "care_do"
    change: Change


class CancelCare(Payload):
    verb: Literal["care_cancel"] = "care_cancel"


class Deputies(Payload):
    """The deputies that one may end."""

    verb: Literal["deputies"] = "deputies"


class AppointDeputy(Payload):
    """The deputy that was shown."""

    verb: Literal["deputy_do"] = "deputy_do"
    role: Role
    scope: Scope
    name: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
    email: Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]
    starts: date
    ends: date


class ShowDeputy(Payload):
    """One deputy of the list, to be ended."""

    verb: Literal["deputy_show"] = "deputy_show"
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_deputy"})


class EndDeputy(Payload):
    verb: Literal["deputy_end"] = "deputy_end"
    person: Id
    role: Role
    scope: Scope
