"""The files that lie with a need, as they are shown beside it."""

from __future__ import annotations

from dialogs.replies import AttachmentList, Reply
from dialogs.turn import Turn
from domain.needs.heads import attachments
from domain.needs.models import EDITABLE, NeedsReport
from domain.register import rights


def files_of(turn: Turn, report: NeedsReport) -> list[Reply]:
    """One more message with the files of a need that one reads; nothing when there are none or they are not ours."""
    if not turn.uow.attachments.of(report.id) or not attachments.may_read(turn.uow, turn.me.id, report):
        return []
    return [listed(turn, report)]


def listed(
    turn: Turn, report: NeedsReport, *, added: tuple[str, ...] = (), go_on: bool = False
) -> AttachmentList:
    """A need's files, each with a token that opens it for this person. `go_on`: with the way back to the draft."""
    me = turn.me.id
    writes = report.kindergarten_id in rights.heads(turn.roles) or report.created_by == me
    return AttachmentList(
        report=report.id,
        title=report.title,
        kindergarten=turn.uow.register.kindergarten(report.kindergarten_id).name,
        items=tuple(
            (one, turn.world.sign({"kind": "attachment", "id": one.id, "person": me}))
            for one in turn.uow.attachments.of(report.id)
        ),
        added=added,
        may_change=writes and report.status in EDITABLE,
        go_on=go_on,
    )
