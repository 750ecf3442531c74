"""Needs that begin as copies of an earlier round's, and drafts that say what another one says already."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, history
from domain.needs.errors import UnknownReport
from domain.needs.form import Answers, FieldKind, Form, FormField, needs_form
from domain.needs.heads import head
from domain.needs.models import NeedsReport, Source, Status
from domain.norwegian.semesters import Semester
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork


def earlier_needs(
    uow: UnitOfWork, person_id: int, kindergarten_id: int, now: datetime
) -> tuple[NeedsReport, ...]:
    """What a head may copy: the kindergarten's needs in earlier rounds, those that were put on hold first."""
    kindergarten = access.own_kindergarten(uow, person_id, kindergarten_id)
    current = uow.rounds.current(access.network_of(uow, kindergarten.id).id, local_day(now))
    if current is None:
        return ()
    found = [r for r in uow.needs.earlier(kindergarten_id, current.id) if _has_content(r)]
    return tuple(sorted(found, key=lambda r: r.status is not Status.ON_HOLD))


def _has_content(report: NeedsReport) -> bool:
    return report.status is not Status.NO_NEED and bool(set(report.answers) - {"need"})


def copy(uow: UnitOfWork, person_id: int, kindergarten_id: int, source_id: int, now: datetime) -> NeedsReport:
    """A new draft in this round with an earlier need's answers: those that this version of the form knows.

    A start that is past by now is left out, so that it is asked again. Copied twice it is the same draft, until
    something has been changed in it. Raises UnknownReport for anything but a need of the same kindergarten in an
    earlier round.
    """
    offered = earlier_needs(uow, person_id, kindergarten_id, now)
    source = next((r for r in offered if r.id == source_id), None)
    if source is None:
        raise UnknownReport
    for begun in head.open_drafts(uow, person_id, kindergarten_id, now):
        if begun.copied_from == source_id and begun.answers == _answers_for(begun, source, now):
            return begun
    draft = head.start_another(uow, person_id, kindergarten_id, now)
    made = draft.model_copy(
        update={
            "answers": _answers_for(draft, source, now),
            "copied_from": source.id,
            "version": draft.version + 1,
            "updated_at": now,
        }
    )
    uow.needs.save(made)
    note = f"kopi av {source.number or source.id}"
    history.write(uow, person_id, Role.HEAD, made.id, None, Status.DRAFT, now, note)
    return made


def _answers_for(draft: NeedsReport, source: NeedsReport, now: datetime) -> Answers:
    return carried_over(source.answers, needs_form(draft.form_version), local_day(now))


def carried_over(answers: Answers, form: Form, today: date) -> Answers:
    """The answers that still make sense in a form and on a day."""
    kept = {
        field.id: answers[field.id]
        for field in form.fields
        if field.id in answers and _still_holds(field, answers[field.id], today)
    }
    if kept.get("need") not in ("new", "continued"):
        kept.pop("need", None)
    return {field.id: kept[field.id] for field in form.fields if field.id in kept and field.shown(kept)}


def _still_holds(field: FormField, value: object, today: date) -> bool:
    known = {o.value for o in field.options}
    match field.kind:
        case FieldKind.SEMESTER:
            return not is_past(str(value), today)
        case FieldKind.CHOICE:
            return value in known
        case FieldKind.CHOICES:
            return isinstance(value, list) and set(value) <= known
        case _:
            return True


def is_past(code: str, today: date) -> bool:
    """Whether a semester («H26») is the present one or an earlier one; anything else counts as past."""
    if len(code) != 3 or code[0] not in "HV" or not code[1:].isdigit():
        return True
    return Semester(2000 + int(code[1:]), code[0] == "H") <= Semester.of(today)


def similar(uow: UnitOfWork, report: NeedsReport) -> NeedsReport | None:
    """Another need of the same kindergarten and round with the same name and themes (K7); None when none is."""
    if report.title is None or report.source is Source.OWNER:
        return None
    mine = _gist(report)
    for other in uow.needs.of_kindergarten(report.kindergarten_id, report.round_id):
        if other.id != report.id and other.status is not Status.EXPIRED and _gist(other) == mine:
            return other
    return None


def _gist(report: NeedsReport) -> tuple[str, frozenset[str]]:
    title = " ".join((report.title or "").lower().split())
    return title, frozenset(report.answers.get("themes", []))
