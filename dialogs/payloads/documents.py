"""What the cards about files may send back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload


class StaffSheet(Payload):
    """The sheet for the staff meeting; with several kindergartens the card asks for which."""

    verb: Literal["staff_sheet"] = "staff_sheet"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"kindergarten"})


class RemoveAttachment(Payload):
    verb: Literal["remove_attachment"] = "remove_attachment"
    report: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"attachment"})


class EmptySheet(Payload):
    """The empty sheet for needs, to be filled in and sent back."""

    verb: Literal["empty_sheet"] = "empty_sheet"


class RegisterImport(Payload):
    """Registers the rows of a sheet that are ready; `v` is the version of what was read."""

    verb: Literal["register_import"] = "register_import"
    v: Annotated[int, Field(ge=1, le=2**53)]


class DropImport(Payload):
    """Puts the sheet away without registering anything."""

    verb: Literal["drop_import"] = "drop_import"
    v: Annotated[int, Field(ge=1, le=2**53)]
