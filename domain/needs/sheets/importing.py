"""Needs from a sheet with one need in each row: read and judged first, registered only when somebody says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from domain.clock import local_day
from domain.needs import access, registering
from domain.needs.errors import FormOff, NoOpenRound
from domain.needs.form import Answers, Form, FormField, needs_form
from domain.needs.heads import head
from domain.needs.models import NeedsReport, Source
from domain.needs.reading import HintKind, Problem, Reading, read_field
from domain.needs.sheets.import_file import LooseRow, LooseSheet, read_sheet
from domain.needs.sheets.import_headings import bare, columns, is_heading, unread
from domain.needs.sheets.import_places import Places
from domain.needs.titles import suggested_title
from domain.register import rights

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, RoleAssignment
    from domain.rounds.models import Round


class RowFault(StrEnum):
    """What is wrong with a row, apart from answers that cannot be read (those are Problems of the form)."""

    NO_PLACE = "no_place"
    MERGED = "merged"
    UNKNOWN_PLACE = "unknown_place"
    SEVERAL_PLACES = "several_places"
    NOT_ALLOWED = "not_allowed"
    OWNER_NOT_PLACE = "owner_not_place"
    BAD_ORGNR = "bad_orgnr"
    TWO_NAMES = "two_names"
    DIFFERENT_OWNERS = "different_owners"
    MISSING = "missing"
    ONLY_HEAD = "only_head"
    NO_NEED = "no_need"
    TWICE = "twice"
    NO_ROUND = "no_round"


@dataclass(frozen=True)
class Fault:
    """One fault: its row in the file, the column as it is called there, and why."""

    row: int
    column: str | None
    reason: RowFault | Problem
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadyRow:
    """A row that can be registered as it stands; `personal` when a text may point to a single person."""

    row: int
    kindergartens: tuple[int, ...]
    place: str
    answers: Answers
    personal: bool = False


@dataclass(frozen=True)
class ImportReading:
    """What a sheet holds, judged row by row. `already` are rows whose need is in the round before.

    `missing` are fields of the form that the sheet has no column for, `unknown` headings that nothing is read from.
    """

    rows: int
    ready: tuple[ReadyRow, ...] = ()
    already: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def faulty(self) -> tuple[int, ...]:
        """The numbers of the rows with at least one fault."""
        return tuple(dict.fromkeys(f.row for f in self.faults))


def may_import(roles: Iterable[RoleAssignment]) -> bool:
    """Whether these roles register needs on behalf of others: a network's leadership, or acting for an owner."""
    held = list(roles)
    return bool(rights.led_networks(held) or rights.owners(held))


def read(content: bytes) -> LooseSheet:
    """The sheet of a file, its headings found. Raises UnreadableFile."""
    return read_sheet(content, is_heading)


def judge(
    uow: UnitOfWork, person_id: int, sheet: LooseSheet, now: datetime, network_id: int | None = None
) -> ImportReading:
    """Every row of a sheet judged for this person: what can be registered, what is there, what is wrong."""
    judging = _Judging(uow, person_id, sheet, now, network_id)
    for row in sheet.rows:
        judging.look_at(row)
    return judging.reading()


def register(uow: UnitOfWork, person_id: int, reading: ImportReading, now: datetime) -> list[NeedsReport]:
    """Registers the rows that are ready, each sent to its owner; all of them or, if one is refused, none."""
    done = []
    for row in reading.ready:
        report = registering.begin(uow, person_id, row.kindergartens, Source.EXCEL, now)
        report = head.answer(uow, person_id, report.id, report.version, row.answers, now)
        done.append(head.submit(uow, person_id, report.id, report.version, now))
    return done


# --- rows -----------------------------------------------------------------------------------------------------


@dataclass
class _Judging:
    """The work of one sheet."""

    uow: UnitOfWork
    person_id: int
    sheet: LooseSheet
    now: datetime
    network_id: int | None
    ready: list[ReadyRow] = field(default_factory=list)
    already: list[int] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    seen: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.places = Places(self.uow, self.person_id, self.network_id)
        self.columns = columns(self.sheet.headings)
        self._read_before: dict[tuple[str, str], Reading] = {}
        self._there: dict[int, set[tuple[int, str]]] = {}

    def look_at(self, row: LooseRow) -> None:
        cells = {name: row.cells[place] for name, place in self.columns.items()}
        if not any(cells.values()):
            return
        found = self._kindergartens(row, cells)
        if found is None:
            return
        current = self._round(found[0])
        if current is None:
            self._fault(row, None, RowFault.NO_ROUND)
            return
        answers, personal = self._answers(row, cells, needs_form(current.form_version))
        if answers is None:
            return
        key = (found[0].id, bare(str(answers["title"])))
        if key in self._reported(current, found[0]):
            self.already.append(row.number)
        elif key in self.seen:
            self._fault(row, "title", RowFault.TWICE)
        else:
            place = ", ".join(k.name for k in found)
            self.ready.append(ReadyRow(row.number, tuple(k.id for k in found), place, answers, personal))
        self.seen.add(key)

    def reading(self) -> ImportReading:
        form = needs_form()
        core = [f for s in form.core for f in s.fields if not f.show_if and not f.optional]
        missing = [f.id for f in core if f.id not in self.columns and f.id not in _SUPPLIED]
        return ImportReading(
            rows=len(self.ready) + len(self.already) + len({f.row for f in self.faults}),
            ready=tuple(self.ready),
            already=tuple(self.already),
            faults=tuple(self.faults),
            missing=tuple(missing),
            unknown=unread(self.sheet.headings, self.columns),
        )

    def _kindergartens(self, row: LooseRow, cells: dict[str, str]) -> list[Kindergarten] | None:
        found = self.places.find(
            cells.get("kindergarten", ""), cells.get("orgnr", ""), cells.get("municipality", "")
        )
        if found.fault is None:
            return list(found.kindergartens)
        reason = RowFault(found.fault)
        if reason is RowFault.NO_PLACE and self.sheet.merged:
            reason = RowFault.MERGED
        column = "orgnr" if found.by_orgnr else "kindergarten"
        self._fault(row, column if column in self.columns else "orgnr", reason, found.near)
        return None

    def _round(self, kindergarten: Kindergarten) -> Round | None:
        network = access.network_of(self.uow, kindergarten.id)
        try:
            return access.open_round(self.uow, network.id, local_day(self.now))
        except (NoOpenRound, FormOff):
            return None

    def _answers(self, row: LooseRow, cells: dict[str, str], form: Form) -> tuple[Answers | None, bool]:
        """The row's answers, complete; None when something of it cannot be taken."""
        answers, personal, unread = dict[str, Any](), False, set[str]()
        for one in form.fields:
            text = cells.get(one.id, "")
            if not text or not one.shown(answers):
                continue
            reading = self._read(one, text)
            answers |= reading.values
            personal = personal or any(h.kind is HintKind.PERSONAL for h in reading.hints)
            unread |= {one.id} if reading.problems else set()
            self.faults += [Fault(row.number, self._heading(one.id), p) for p in reading.problems]
        _supply(form, answers)
        missing = [one for one in _unanswered(form, answers) if one.id not in unread]
        for one in missing:
            self.faults.append(Fault(row.number, self._heading(one.id) or one.label, RowFault.MISSING))
        if answers.get("need") in ("no", "undecided"):
            self._fault(row, "need", RowFault.NO_NEED)
        elif answers.get("involved") == ["head"]:
            self._fault(row, "involved", RowFault.ONLY_HEAD)
        elif not missing and not unread:
            return answers, personal
        return None, personal

    def _read(self, one: FormField, text: str) -> Reading:
        """A cell as the form reads it. What is chosen stands in many rows alike, and is worked out once."""
        key = (one.id, text)
        if key not in self._read_before:
            self._read_before[key] = read_field(one, text, local_day(self.now))
        return self._read_before[key]

    def _heading(self, name: str) -> str | None:
        return self.sheet.headings[self.columns[name]] if name in self.columns else None

    def _fault(
        self, row: LooseRow, name: str | None, reason: RowFault | Problem, near: tuple[str, ...] = ()
    ) -> None:
        self.faults.append(Fault(row.number, self._heading(name) if name else None, reason, near))

    def _reported(self, current: Round, kindergarten: Kindergarten) -> set[tuple[int, str]]:
        """The needs that a kindergarten has in the round already, by name."""
        if kindergarten.id not in self._there:
            reports = self.uow.needs.of_kindergarten(kindergarten.id, current.id)
            self._there[kindergarten.id] = {(kindergarten.id, bare(r.title)) for r in reports if r.title}
        return self._there[kindergarten.id]


_SUPPLIED = ("need", "special", "title")
"""Fields that a sheet need not have: what they mean when it is silent is plain."""


def _supply(form: Form, answers: Answers) -> None:
    """What a sheet does not say and need not: a new need, nothing special known, a name from its themes."""
    if "need" not in answers:
        continued = form.field("continues")
        answers["need"] = "continued" if continued is not None and answers.get("continues") else "new"
    if "special" not in answers and form.field("special") is not None:
        answers["special"] = ["unknown"]
    if "title" not in answers and (title := suggested_title(form, answers)):
        answers["title"] = title
    for one in form.fields:
        if one.id in answers and not one.shown(answers):
            del answers[one.id]


def _unanswered(form: Form, answers: Answers) -> list[FormField]:
    return [f for s in form.core if not s.closes for f in s.missing(answers)]
