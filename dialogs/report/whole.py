"""«Hele skjemaet»: the same questions on one card, to be filled in in any order."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs import answers_in
from dialogs.payloads import AnswerWhole, Part, StartReport, Submit, Then
from dialogs.replies import CardSettled, DraftKept, Reply, WholeCard
from dialogs.report import beginning
from dialogs.report.asking import (
    NOTHING_SPECIAL,
    ask,
    current,
    findings,
    form_of,
    newest_draft,
    owner_of,
    stale,
    stand,
)
from dialogs.report.finishing import no_need_after_all, similar_need, submit
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.acting import not_ready
from domain.needs.crosschecks import FindingKind
from domain.needs.errors import WrongState
from domain.needs.flow import more_steps, steps_that_apply
from domain.needs.form import Answers, Step
from domain.needs.heads import head
from domain.needs.models import EDITABLE, NeedsReport
from domain.needs.reading import Hint, HintKind, Problem, ProblemKind, Reading, read_card
from domain.needs.titles import suggested_title

CORE, MORE = "whole", "whole_more"
STANDS = (CORE, MORE)
"""Where the conversation stands while such a card is open."""


def words(turn: Turn) -> list[Reply]:
    """`hele skjemaet`: of the open draft, or of a new one."""
    report = current(turn) or newest_draft(turn)
    if report is None:
        return beginning.start(turn, StartReport(whole=True))
    return [CardSettled("moved"), *show(turn, report)]


def one_by_one(turn: Turn) -> list[Reply]:
    """`ett spørsmål om gangen`"""
    report = current(turn) or newest_draft(turn)
    if report is None:
        return beginning.start(turn, StartReport())
    return [CardSettled("moved"), *ask(turn, report)]


def open_card(turn: Turn, report_id: int, part: Part) -> list[Reply]:
    """[Hele skjemaet]"""
    report = access.own_report(turn.uow, turn.me.id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    return [CardSettled("moved"), *show(turn, report, part)]


def show(
    turn: Turn,
    report: NeedsReport,
    part: Part = Part.CORE,
    *,
    saved: bool = False,
    unsaved: bool = False,
    problems: tuple[Problem, ...] = (),
    hints: tuple[Hint, ...] = (),
    given: Mapping[str, str] | None = None,
    stored: tuple[str, ...] = (),
) -> list[Reply]:
    """The card as it stands; `given` is what was written and not taken, shown again at its field."""
    stand(turn, report, CORE if part is Part.CORE else MORE)
    steps = tuple((step, step.fields) for step in steps_on(report, part))
    shown = {field.id for _, fields in steps for field in fields}
    return [
        WholeCard(
            report=report,
            part=part,
            steps=steps,
            answers={**report.answers, **(given or {})},
            about=turn.uow.register.kindergarten(report.kindergarten_id).name,
            owner=owner_of(turn, report),
            saved=saved,
            unsaved=unsaved,
            problems=tuple(p for p in problems if p.field.id in shown),
            hints=hints,
            stored=stored,
            suggestion=suggested_title(form_of(report), report.answers),
            asked_for=report.comment,
        )
    ]


def steps_on(report: NeedsReport, part: Part) -> list[Step]:
    """The steps of a card: the core or the further ones; of a need that was sent back what may change."""
    form = form_of(report)
    if report.reopened:
        return [s for s in form.steps if s.id in report.reopened and not s.closes]
    if part is Part.MORE:
        return more_steps(form, report.answers, NOTHING_SPECIAL)
    return [s for s in steps_that_apply(form, NOTHING_SPECIAL) if not s.closes]


def answer(turn: Turn, payload: AnswerWhole) -> list[Reply]:
    """What was filled in: what is good is stored, the rest is said at its field and stays in the card."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    reading = read(turn, report, payload)
    if report.version != payload.v:
        return _outdated(turn, report, payload, reading)
    need = reading.values.pop("need") if reading.values.get("need") in ("no", "undecided") else None
    changed = answers_in.changes(reading, report.answers)
    changed |= _emptied(report, payload)
    if changed:
        report = head.answer(turn.uow, turn.me.id, report.id, report.version, changed, turn.now)
    if need == "no":
        return no_need_after_all(turn, report)
    if need == "undecided":
        turn.state = turn.state.closed()
        return [CardSettled("undecided"), DraftKept(report.title, len(report.answers), undecided=True)]
    replies = _then(turn, report, payload, reading, changed)
    return replies if isinstance(replies[0], CardSettled) else [CardSettled("saved"), *replies]


def read(turn: Turn, report: NeedsReport, payload: AnswerWhole) -> Reading:
    """The card's inputs; one left empty is nothing to remark on here."""
    filled = {k for k, v in payload.inputs.items() if v.strip()}
    fields = [f for s in steps_on(report, payload.part) for f in s.fields if f.id in filled]
    base = {k: v for k, v in report.answers.items() if k not in filled}
    return read_card(fields, payload.inputs, base, turn.today)


def _emptied(report: NeedsReport, payload: AnswerWhole) -> dict[str, None]:
    """The answers that were taken away: the card sent their inputs back with nothing in them."""
    fields = [f.id for s in steps_on(report, payload.part) for f in s.fields]
    return {i: None for i in fields if i in report.answers and payload.inputs.get(i, "x").strip() == ""}


def _outdated(turn: Turn, report: NeedsReport, payload: AnswerWhole, reading: Reading) -> list[Reply]:
    """The card is old: nothing is stored, and what differs is shown on a new one."""
    if not reading.problems and not answers_in.changes(reading, report.answers):
        return stale(turn, report)
    given = {k: v for k, v in payload.inputs.items() if v.strip()}
    return [CardSettled("stale"), *show(turn, report, payload.part, unsaved=True, given=given)]


def _then(
    turn: Turn, report: NeedsReport, payload: AnswerWhole, reading: Reading, changed: Answers
) -> list[Reply]:
    """Where one goes once it is stored."""
    stored = tuple(k for k in changed if k in report.answers)
    given = {p.field.id: payload.inputs.get(p.field.id, "") for p in reading.problems}
    if payload.then is Then.LATER and not reading.problems:
        return beginning.later(turn, settled=False)
    if payload.then in (Then.REVIEW, Then.SEND):
        report, named = _named(turn, report)
        problems = (*reading.problems, *_missing(report, {p.field.id for p in reading.problems}))
        if payload.part is Part.CORE and (problems or _only_head(report)):
            hints = (*reading.hints, *_only_head(report))
            return show(
                turn, report, saved=bool(changed), problems=problems, hints=hints, given=given, stored=stored
            )
        if not reading.problems:
            return _onward(turn, report, payload.then, reading, changed, named=named, stored=stored)
    if payload.then is Then.ONE and not reading.problems:
        return ask(turn, report, saved=bool(changed), hints=reading.hints, stored=stored)
    return show(
        turn,
        report,
        payload.part,
        saved=bool(changed),
        problems=reading.problems,
        hints=reading.hints,
        given=given,
        stored=stored,
    )


def _onward(
    turn: Turn,
    report: NeedsReport,
    then: Then,
    reading: Reading,
    changed: Answers,
    *,
    named: bool,
    stored: tuple[str, ...],
) -> list[Reply]:
    """To the summary, or straight to the owner when nothing has to be looked at first."""
    if (alike := similar_need(turn, report, changed)) is not None:
        return [alike]
    to_see = [f for f in findings(turn, report) if f.kind is not FindingKind.LATE]
    if then is Then.SEND and not named and not to_see:
        return submit(turn, Submit(report=report.id, v=report.version), stored=stored)
    return ask(turn, report, saved=bool(changed), hints=reading.hints, stored=stored)


def _named(turn: Turn, report: NeedsReport) -> tuple[NeedsReport, bool]:
    """A need that only lacks its name gets the one that is suggested; it is seen in the summary first."""
    title = suggested_title(form_of(report), report.answers)
    if report.title or not title or not head.may_change(report, "title"):
        return report, False
    values = {"title": title}
    return head.answer(turn.uow, turn.me.id, report.id, report.version, values, turn.now), True


def _missing(report: NeedsReport, said: set[str]) -> tuple[Problem, ...]:
    """The fields that must be answered before it can be sent, apart from those already remarked on."""
    obstacle = not_ready(report)
    steps = [s for s in form_of(report).steps if obstacle and s.id in obstacle.steps]
    fields = [f for s in steps for f in s.missing(report.answers) if f.id not in said]
    return tuple(Problem(field, ProblemKind.EMPTY) for field in fields)


def _only_head(report: NeedsReport) -> tuple[Hint, ...]:
    field = form_of(report).field("involved")
    alone = report.answers.get("involved") == ["head"]
    return (Hint(field, HintKind.ONLY_HEAD),) if alone and field is not None else ()
