"""What the owner's cards about common needs and the consolidated report may send back."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from dialogs.payloads.base import Id, Payload
from domain.needs.versions import input_ids

MOST_MERGED = 100
PLACES = ("place_1", "place_2", "place_3")
"""The inputs of the card that sets the order: which need comes first, second and third."""
GROUP = "group:"
"""Before the id of a group of further questions, where a step's id could stand."""
EVERY = "all"
OF_MUNICIPALITY = "m"
"""In a choice of kindergartens: «all», «m12» for those of a municipality, else the id of one."""


class SendIn(Payload):
    verb: Literal["send_in"] = "send_in"
    owner: Id | None = None
    network: Id | None = None


class AnswerOwners(Payload):
    verb: Literal["answer_owners"] = "answer_owners"
    report: Id
    step: str
    v: int
    choice: str | None = None
    accepts: ClassVar[frozenset[str]] = input_ids("owners") | frozenset(PLACES)


class ChangeOwners(Payload):
    """One answer again, or a group of further questions."""

    verb: Literal["change_owners"] = "change_owners"
    report: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"change"})


class SkipOwners(Payload):
    """Past a further question without answering it, or past all of them (`leave`); what is filled in is kept."""

    verb: Literal["skip_owners"] = "skip_owners"
    report: Id
    step: str
    v: int
    leave: bool = False
    accepts: ClassVar[frozenset[str]] = input_ids("owners")


class SubmitOwners(Payload):
    verb: Literal["submit_owners"] = "submit_owners"
    report: Id
    v: int


class CommonNeed(Payload):
    """Begins a need for several kindergartens: asks for which, of one municipality where that is chosen."""

    verb: Literal["common_need"] = "common_need"
    owner: Id | None = None
    network: Id | None = None
    new: bool = False
    accepts: ClassVar[frozenset[str]] = frozenset({"municipality"})


class BeginCommon(Payload):
    verb: Literal["begin_common"] = "begin_common"
    owner: Id
    network: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"covered"})


class MergeNeeds(Payload):
    """Asks which needs are to become one."""

    verb: Literal["merge_needs"] = "merge_needs"
    owner: Id | None = None
    network: Id | None = None


class MergeChosen(Payload):
    """Asks what the chosen ones are to be called as one."""

    verb: Literal["merge_chosen"] = "merge_chosen"
    owner: Id
    network: Id
    accepts: ClassVar[frozenset[str]] = frozenset({"to_merge"})


class MergeNamed(Payload):
    verb: Literal["merge_named"] = "merge_named"
    reports: Annotated[list[Id], Field(max_length=MOST_MERGED)]
    accepts: ClassVar[frozenset[str]] = frozenset({"common_title"})


class SplitNeed(Payload):
    """Takes a common need apart: the one named, or the one that was chosen («id:version»)."""

    verb: Literal["split_need"] = "split_need"
    report: Id | None = None
    v: int | None = None
    accepts: ClassVar[frozenset[str]] = frozenset({"to_split"})


class JointReport(Payload):
    """Shows who is asked to come along in a joint report, and whom one may ask."""

    verb: Literal["joint_report"] = "joint_report"
    report: Id | None = None


class InviteOwners(Payload):
    verb: Literal["invite_owners"] = "invite_owners"
    report: Id
    v: int
    accepts: ClassVar[frozenset[str]] = frozenset({"invited"})


class TakeOutOwners(Payload):
    verb: Literal["take_out_owners"] = "take_out_owners"
    report: Id
    v: int
    accepts: ClassVar[frozenset[str]] = frozenset({"taken_out"})


class AnswerJoint(Payload):
    """An owner's yes or no to coming along."""

    verb: Literal["answer_joint"] = "answer_joint"
    report: Id
    owner: Id
    joins: bool
