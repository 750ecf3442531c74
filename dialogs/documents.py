"""Files in the personal chat: the sheet for the staff meeting out, attachments and sheets of needs in."""

from __future__ import annotations

from dialogs import importing
from dialogs.attached import listed
from dialogs.chosen import id_in
from dialogs.events import FileFault as NotHere
from dialogs.events import IncomingFile
from dialogs.payloads.documents import RemoveAttachment, StaffSheet
from dialogs.replies import (
    AttachmentRemoved,
    CardSettled,
    FileNotTaken,
    FileRefusal,
    Reply,
    Say,
    StaffSheetLink,
    What,
)
from dialogs.report.asking import current, which_kindergarten
from dialogs.turn import Turn
from domain.needs.heads import attachments, head, staff_sheet
from domain.needs.heads.attachments import (
    AttachmentError,
    EmptyFile,
    TooLarge,
    TooMany,
    WrongKind,
    media_type,
)
from domain.needs.models import NeedsReport
from domain.needs.sheets.import_file import UnreadableFile
from domain.needs.sheets.importing import read
from domain.register import rights
from domain.register.models import Kindergarten

_REFUSALS: dict[type[AttachmentError], FileRefusal] = {
    TooMany: FileRefusal.TOO_MANY,
    TooLarge: FileRefusal.TOO_LARGE,
    EmptyFile: FileRefusal.EMPTY_FILE,
    WrongKind: FileRefusal.WRONG_KIND,
}
_NOT_HERE = {
    NotHere.TOO_LARGE: FileRefusal.TOO_LARGE,
    NotHere.UNREACHABLE: FileRefusal.UNREACHABLE,
    NotHere.NOT_ALLOWED: FileRefusal.NOT_ALLOWED,
    NotHere.TOO_MANY: FileRefusal.TOO_MANY,
}


# --- the sheet for the staff meeting --------------------------------------------------------------------------


def sheet(turn: Turn, payload: StaffSheet) -> list[Reply]:
    """`ark til personalmøtet`: a short-lived link to one page for one's own kindergarten."""
    chosen = which_kindergarten(turn, payload.kindergarten, payload.inputs.get("kindergarten"), "staff_sheet")
    if not isinstance(chosen, Kindergarten):
        return chosen
    found = staff_sheet.staff_sheet(turn.uow, turn.me.id, chosen.id, turn.now)
    token = turn.world.sign({"kind": "staff_sheet", "id": chosen.id, "person": turn.me.id})
    return [StaffSheetLink(chosen.name, found.reply_by, found.filled, token, found.draft)]


# --- files that came ------------------------------------------------------------------------------------------


def receive(turn: Turn) -> list[Reply]:
    """The files of a message: attachments of the draft that is open, or a sheet of needs to register."""
    taken: list[Reply] = []
    added: list[str] = []
    report = _draft(turn)
    for file in turn.event.files:
        if file.fault is not None:
            taken.append(FileNotTaken(file.name, _NOT_HERE[file.fault]))
        elif (imported := _as_import(turn, file, report)) is not None:
            taken += imported
        elif not isinstance(report, NeedsReport):
            taken.append(FileNotTaken(file.name, report))
        else:
            try:
                added.append(
                    attachments.attach(
                        turn.uow, turn.me.id, report.id, file.name, file.content, turn.now
                    ).name
                )
            except AttachmentError as refused:
                taken.append(FileNotTaken(file.name, _REFUSALS[type(refused)]))
    if added and isinstance(report, NeedsReport):
        taken.insert(0, listed(turn, report, added=tuple(dict.fromkeys(added)), go_on=current(turn) is None))
    return taken


def _draft(turn: Turn) -> NeedsReport | FileRefusal:
    """The need that a file is for: the one that is open, or the only one there is to write in."""
    if (report := current(turn)) is not None:
        return report
    heads = rights.heads(turn.roles)
    if not heads:
        return FileRefusal.NOT_A_REPORTER
    drafts = [d for i in heads if (d := head.open_draft(turn.uow, turn.me.id, i, turn.now))]
    if not drafts:
        return FileRefusal.NO_DRAFT
    return drafts[0] if len(drafts) == 1 else FileRefusal.SEVERAL_DRAFTS


def _as_import(turn: Turn, file: IncomingFile, report: NeedsReport | FileRefusal) -> list[Reply] | None:
    """The sheet of needs that a leader or an owner sends; None when the file is something else."""
    if not importing.may_import(turn) or current(turn) is not None:
        return None
    if not _looks_like_a_sheet(file):
        return None
    try:
        found = read(file.content)
    except UnreadableFile as refused:
        # Somebody who is a head as well may attach a sheet that is about something else.
        attachable = isinstance(report, NeedsReport) and media_type(file.content) is not None
        return None if attachable else [FileNotTaken(file.name, FileRefusal(refused.fault.value))]
    return importing.receive(turn, file, found)


def _looks_like_a_sheet(file: IncomingFile) -> bool:
    return file.name.casefold().endswith((".xlsx", ".xlsm", ".xls")) or (
        media_type(file.content) is attachments.MediaType.XLSX
    )


# --- attachments ----------------------------------------------------------------------------------------------


def shown(turn: Turn) -> list[Reply]:
    """`vedlegg`: the files of the draft that is open, with links."""
    report = _draft(turn)
    if report is FileRefusal.NOT_A_REPORTER:
        return [Say(What.NOT_A_HEAD)]
    if not isinstance(report, NeedsReport):
        return [FileNotTaken("", report)]
    return [listed(turn, report, go_on=True)]


def remove(turn: Turn, payload: RemoveAttachment) -> list[Reply]:
    """«Ta bort»: the file that was chosen."""
    chosen = id_in(payload.inputs.get("attachment", ""))
    if chosen is None:
        return [Say(What.CHOOSE_SOMETHING)]
    gone = attachments.remove(turn.uow, turn.me.id, chosen, turn.now)
    left = len(turn.uow.attachments.of(gone.report_id))
    return [CardSettled("removed", gone.name), AttachmentRemoved(gone.name, left)]
