"""What the cards about needs at the network, and about registering for others, may send back."""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.needs.lifecycle import Act
from domain.needs.models import Status

LONGEST_NOTE = 600
MOST_AT_ONCE = 100

Page = Annotated[int, Field(ge=0, le=1000)]
Seen = Annotated[list[tuple[Id, int]], Field(min_length=1, max_length=MOST_AT_ONCE)]
"""Needs with the versions that the card showed."""


class NetworkNeeds(Payload):
    """The needs that owners have sent, one page; by state and owner when asked for."""

    verb: Literal["network_needs"] = "network_needs"
    network: Id | None = None
    page: Page = 0
    state: Status | None = None
    owner: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"need_filter"})


class NetworkNeed(Payload):
    """One whole need: the button's own, or the first that was ticked."""

    verb: Literal["network_need"] = "network_need"
    need: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_needs"})


class ChooseAct(Payload):
    """What is to happen with those that were ticked, or with the only one in the list (`only`)."""

    verb: Literal["choose_act"] = "choose_act"
    only: tuple[Id, int] | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"chosen_needs"})


class PrepareAct(Payload):
    """The act with its reason and day as they were written, to be looked over."""

    verb: Literal["prepare_act"] = "prepare_act"
    needs: Seen
    accepts: ClassVar[frozenset[str]] = frozenset({"act", "act_note", "act_day"})


class DoAct(Payload):
    """«Registrer»: exactly what the card showed."""

    verb: Literal["do_act"] = "do_act"
    needs: Seen
    act: Act
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] | None = None
    day: date | None = None


class ChangeAct(Payload):
    """Back from the confirmation, with everything filled in."""

    verb: Literal["change_act"] = "change_act"
    needs: Seen
    act: Act
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] | None = None
    day: date | None = None


class EndRoundYes(Payload):
    verb: Literal["end_round_yes"] = "end_round_yes"
    network: Id
    round: Id
    count: Annotated[int, Field(ge=1)]


class SwitchForm(Payload):
    """Asks whether the form is to be used or not; done when `sure`."""

    verb: Literal["switch_form"] = "switch_form"
    on: bool
    network: Id | None = None
    sure: bool = False


class RegisterFor(Payload):
    """Somebody else's need: for the kindergarten of the button, or the one that was chosen or written."""

    verb: Literal["register_for"] = "register_for"
    kindergarten: Id | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"register_place"})


class BeginRegistering(Payload):
    """Begins the form on behalf of the kindergarten, or answers «ingen behov» for it."""

    verb: Literal["begin_registering"] = "begin_registering"
    kindergarten: Id
    no_need: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"register_source"})
