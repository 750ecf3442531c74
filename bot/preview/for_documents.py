"""Examples of what is said about files: the sheet for the staff meeting, attachments, needs from an Excel sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.form import needs_form
from domain.needs.heads.attachments import MOST, Attachment, MediaType
from domain.needs.reading import Problem, ProblemKind
from domain.needs.sheets.importing import Fault, RowFault

Variants = Iterator[tuple[str, r.Reply]]

NAMES = ("Referat fra personalmøtet.pdf", "Plan.docx", "Oversikt.xlsx", "Uterommet.jpg", "Skisse.png")


def sheets(s: Scene) -> Variants:
    """The sheet for the staff meeting."""
    bare = r.StaffSheetLink(s.kindergarten().name, s.today + timedelta(days=5), False, "token")
    yield "bare", bare
    yield "which", r.ChooseKindergarten("staff_sheet", tuple(s.kindergarten(n) for n in range(3)))
    yield "filled", replace(bare, filled=True, draft=True)


def attachments(s: Scene) -> Variants:
    """What lies with a need, and what was not taken."""
    one = _list(s, 1)
    yield "added", replace(one, added=(one.items[0][0].name,), may_change=True)
    yield "added-aside", replace(one, added=(one.items[0][0].name,), may_change=True, go_on=True)
    yield "five", replace(_list(s, MOST), added=("a", "b"), may_change=True, go_on=True)
    yield "none", replace(_list(s, 0), may_change=True, go_on=True)
    yield "for-the-owner", _list(s, 2)
    yield "no-title", replace(_list(s, 1), title=None)
    yield "removed", r.AttachmentRemoved(_name(s, 0), 2)
    yield "removed-last", r.AttachmentRemoved(_name(s, 1), 0)
    for why in r.FileRefusal:
        yield why.value, r.FileNotTaken(_name(s, 0), why)
    yield "nameless", r.FileNotTaken("", r.FileRefusal.NO_DRAFT)
    yield "empty-sheet", r.EmptySheetLink("token")


def importing(s: Scene) -> Variants:
    """A sheet that was read, and what was registered."""
    faults = _faults(s)
    read = r.ImportRead(
        name=_name(s, 2),
        rows=18,
        ready=15,
        already=0,
        faulty=3,
        faults=faults[:3],
        missing=(),
        unknown=(),
        personal=(),
        version=3,
        token="token",  # noqa: S106 - an example
    )
    yield "some-faulty", read
    yield "all-ready", replace(read, faulty=0, faults=(), token=None, ready=18)
    yield "one", replace(read, rows=1, ready=1, faulty=0, faults=(), token=None)
    for start in range(0, len(faults), 10):
        yield f"faults-{start}", replace(read, faults=faults[start : start + 10], faulty=40)
    noted = replace(read, already=4, missing=("how", "children"), unknown=("Merknad", s.kindergarten().name))
    yield "with-remarks", replace(noted, personal=(4, 9, 12))
    yield "nothing-ready", replace(noted, ready=0, missing=("how",))
    done = r.ImportDone(15, 4, 0)
    yield "done", done
    yield "done-one", replace(done, registered=1, owners=1)
    yield "done-some-left", replace(done, faulty=3, token="token")  # noqa: S106 - an example
    yield "done-before", replace(done, again=True)


def _list(s: Scene, number: int) -> r.AttachmentList:
    items = tuple((_attachment(s, n), "token") for n in range(number))
    return r.AttachmentList(101, s.title(), s.kindergarten().name, items)


def _attachment(s: Scene, number: int) -> Attachment:
    kinds = (MediaType.PDF, MediaType.DOCX, MediaType.XLSX, MediaType.JPEG, MediaType.PNG)
    return Attachment(
        id=number + 1,
        report_id=101,
        name=_name(s, number),
        media_type=kinds[number],
        size=60_000 * (number + 1) ** 3,
        added_by=s.kari.id,
        added_at=s.now,
    )


def _name(s: Scene, number: int) -> str:
    return NAMES[number] if s.words.text is None else f"{s.words.text[:100]}.pdf"


def _faults(s: Scene) -> tuple[Fault, ...]:
    """One of each kind."""
    near = {RowFault.UNKNOWN_PLACE, RowFault.TWO_NAMES, RowFault.SEVERAL_PLACES}
    rows = [
        Fault(
            n, None if n % 5 == 0 else "Barnehage", reason, (s.kindergarten().name,) if reason in near else ()
        )
        for n, reason in enumerate(RowFault, 4)
    ]
    choice, start = needs_form().field("participants"), needs_form().field("start")
    assert choice is not None
    assert start is not None
    rows += [
        Fault(
            n,
            s.kindergarten().name,
            Problem(choice if kind is ProblemKind.UNKNOWN_CHOICE else start, kind, 9, 3),
        )
        for n, kind in enumerate(ProblemKind, 30)
    ]
    return tuple(rows)
