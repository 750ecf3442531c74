"""Which question of a need comes now, and whose need it is."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.replies import (
    AskStep,
    CardSettled,
    ChooseKindergarten,
    Reply,
    ReviewReport,
    Say,
    What,
)
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access, head
from domain.needs.errors import WrongState
from domain.needs.flow import Circumstances, Place, next_place
from domain.needs.form import FieldKind, needs_form
from domain.needs.models import EDITABLE, NeedsReport
from domain.needs.reading import Hint, Problem
from domain.needs.titles import suggested_title
from domain.norwegian.hygiene import likely_personal
from domain.register import rights
from domain.register.models import Kindergarten

NOTHING_SPECIAL = Circumstances()


def resume(turn: Turn, report: NeedsReport) -> list[Reply]:
    """Goes on with a draft where it stands."""
    return ask(turn, report)


def ask(
    turn: Turn,
    report: NeedsReport,
    *,
    saved: bool = False,
    first: bool = False,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
) -> list[Reply]:
    """The next open question of a need, or the summary when all are answered."""
    form = needs_form()
    place = next_place(form, report.answers, NOTHING_SPECIAL)
    partly = bool(place.step.fields) and len(place.step.missing(report.answers)) < len(
        answers_in.shown_fields(place.step, report.answers)
    )
    return ask_at(turn, report, place, saved=saved, first=first, hints=hints, partly=partly, stored=stored)


def ask_at(
    turn: Turn,
    report: NeedsReport,
    place: Place,
    *,
    saved: bool = False,
    first: bool = False,
    refill: bool = False,
    partly: bool = False,
    hints: tuple[Hint, ...] = (),
    problems: tuple[Problem, ...] = (),
    stored: tuple[str, ...] = (),
    given: dict[str, str] | None = None,
) -> list[Reply]:
    """One question of a need; `given` is what was written and not taken, shown again so that it is not lost."""
    step = place.step
    turn.state = turn.state.model_copy(
        update={
            "flow": Flow.REPORT,
            "subject": report.id,
            "step": step.id,
            "refill": refill,
            "pending": None,
            "held": None,
        }
    )
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    if step.closes:
        return [review(turn, report, place, saved=saved, hints=hints, stored=stored)]
    fields = answers_in.shown_fields(step, report.answers)
    if partly:
        fields = [f for f in fields if f.id not in report.answers]
    return [
        AskStep(
            verb="answer",
            subject=report.id,
            version=report.version,
            place=place,
            fields=tuple(fields),
            answers={**report.answers, **(given or {})},
            about=kindergarten.name,
            saved=saved,
            first=first,
            changing=refill,
            partly=partly,
            hints=hints,
            problems=problems,
            stored=stored,
            suggestion=suggested_title(needs_form(), report.answers) if step.id == "title" else None,
        )
    ]


def review(
    turn: Turn,
    report: NeedsReport,
    place: Place,
    *,
    saved: bool,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
) -> Reply:
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    personal = tuple(
        field
        for step in needs_form().steps
        for field in step.fields
        if field.kind is FieldKind.TEXT and likely_personal(str(report.answers.get(field.id, "")))
    )
    return ReviewReport(
        report=report,
        kindergarten=kindergarten.name,
        owner=turn.uow.register.owner(kindergarten.owner_id).name,
        place=place,
        saved=saved,
        personal=personal,
        only_head=report.answers.get("involved") == ["head"],
        hints=hints,
        stored=stored,
    )


def stale(turn: Turn, report: NeedsReport) -> list[Reply]:
    """An old card: nothing is changed, and the place where one really is comes again."""
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    return [CardSettled("stale"), Say(What.STALE), *ask(turn, report)]


def current(turn: Turn) -> NeedsReport | None:
    if turn.state.flow is not Flow.REPORT or turn.state.subject is None:
        return None
    report = turn.uow.needs.get(turn.state.subject)
    if report is None or report.status not in EDITABLE:
        return None
    return access.own_report(turn.uow, turn.me.id, report.id)


def newest_draft(turn: Turn) -> NeedsReport | None:
    found = [head.open_draft(turn.uow, turn.me.id, i, turn.now) for i in rights.heads(turn.roles)]
    return max((d for d in found if d), key=lambda d: d.updated_at, default=None)


def own_kindergartens(turn: Turn) -> list[Kindergarten]:
    found = [turn.uow.register.kindergarten(i) for i in rights.heads(turn.roles)]
    return sorted((k for k in found if k.active), key=lambda k: k.name)


def which_kindergarten(
    turn: Turn, kindergarten_id: int | None, chosen: str | None, verb: str
) -> Kindergarten | list[Reply]:
    """The kindergarten that is meant, or what to say when it is not clear."""
    if chosen and chosen.isdigit():
        kindergarten_id = int(chosen)
    if kindergarten_id is not None:
        return access.own_kindergarten(turn.uow, turn.me.id, kindergarten_id)
    own = own_kindergartens(turn)
    if not own:
        return [Say(What.NOT_A_HEAD)]
    if len(own) > 1:
        return [ChooseKindergarten(verb, tuple(own))]
    return own[0]
