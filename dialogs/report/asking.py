"""Which question of a need comes now, and the summary when all are answered."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.attached import files_of
from dialogs.replies import AskStep, CardSettled, Reply, ReviewReport, Say, What
from dialogs.report.finding import current as current
from dialogs.report.finding import newest_draft as newest_draft
from dialogs.report.finding import open_drafts as open_drafts
from dialogs.report.finding import own_kindergartens as own_kindergartens
from dialogs.report.finding import owner_of as owner_of
from dialogs.report.finding import registered_drafts as registered_drafts
from dialogs.report.finding import which_kindergarten as which_kindergarten
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs.acting import is_late
from domain.needs.crosschecks import Finding, Surroundings, check
from domain.needs.errors import WrongState
from domain.needs.flow import Circumstances, Place, more_steps, next_place, place_of
from domain.needs.form import Form, Step, needs_form
from domain.needs.heads import copying, head
from domain.needs.models import EDITABLE, NeedsReport, Source
from domain.needs.reading import Hint, Problem
from domain.needs.titles import suggested_title
from domain.register import rights
from domain.rounds.models import DeadlineKind

NOTHING_SPECIAL = Circumstances()


def form_of(report: NeedsReport) -> Form:
    """The form in the version that the need was begun in."""
    return needs_form(report.form_version)


def place_in(report: NeedsReport, step_id: str) -> Place | None:
    """Where a step stands in the need's form; None when it has no such step, or not with these answers."""
    return place_of(form_of(report), step_id, NOTHING_SPECIAL, report.answers)


def ask(
    turn: Turn,
    report: NeedsReport,
    *,
    saved: bool = False,
    first: bool = False,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
    after: str | None = None,
    copied: str | None = None,
) -> list[Reply]:
    """The next open question of a need, or the summary when all are answered.

    Of a need that was sent back it is the next of the questions that the owner points at, after the one named.
    """
    pointed = _next_pointed_at(turn, report, after)
    place = pointed or next_place(form_of(report), report.answers, NOTHING_SPECIAL)
    partly = pointed is None and answers_in.half_answered(place.step, report.answers)
    return ask_at(
        turn,
        report,
        place,
        saved=saved,
        first=first,
        refill=pointed is not None,
        hints=hints,
        partly=partly,
        stored=stored,
        copied=copied,
    )


def _next_pointed_at(turn: Turn, report: NeedsReport, after: str | None) -> Place | None:
    """The next question that the owner wants answered anew and that reads as it did when it was sent."""
    if not report.reopened:
        return None
    steps = [s for s in form_of(report).steps if s.id in report.reopened and not s.closes]
    ids = [s.id for s in steps]
    if after is not None and after not in ids:
        return None
    sent = turn.uow.needs.revision(report.id, report.revision)
    before = sent.answers if sent else {}
    for step in steps[ids.index(after) + 1 if after else 0 :]:
        if all(report.answers.get(f.id) == before.get(f.id) for f in step.fields):
            place = place_in(report, step.id)
            if place is not None:
                return place
    return None


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
    copied: str | None = None,
) -> list[Reply]:
    """One question of a need; `given` is what was written and not taken, shown again so that it is not lost."""
    step = place.step
    stand(turn, report, step.id, refill=refill)
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    if step.closes:
        shown = review(turn, report, place, saved=saved, hints=hints, stored=stored, copied=copied)
        return [*files_of(turn, report), shown]
    fields = answers_in.shown_fields(step, report.answers)
    if partly:
        fields = [f for f in fields if f.id not in report.answers]
    form = form_of(report)
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
            suggestion=suggested_title(form, report.answers) if step.id == "title" else None,
            form_version=report.form_version,
            asked_for=_asked_for(turn, report, step),
            skips=step.more and not refill and not report.reopened,
            can_copy=_can_copy(turn, report, place),
            kindergarten=kindergarten.id,
            copied=copied,
            covers=len(report.covers),
            by_head=report.source is Source.BOT,
        )
    ]


def stand(turn: Turn, report: NeedsReport, step_id: str, *, refill: bool = False) -> None:
    """Notes where the conversation stands; nothing that was waiting for an answer waits any longer."""
    turn.state = turn.state.model_copy(
        update={
            "flow": Flow.REPORT,
            "subject": report.id,
            "step": step_id,
            "refill": refill,
            "pending": None,
            "held": None,
            "asked": None,
        }
    )


def _asked_for(turn: Turn, report: NeedsReport, step: Step) -> tuple[str, str] | None:
    if not report.comment or step.id not in report.reopened:
        return None
    return owner_of(turn, report), report.comment


def _can_copy(turn: Turn, report: NeedsReport, place: Place) -> bool:
    """Whether the first question offers a copy: an empty draft of one's own, and something to copy."""
    if place.number != 1 or place.group or report.answers or report.source is not Source.BOT:
        return False
    if report.kindergarten_id not in rights.heads(turn.roles):
        return False
    return bool(copying.earlier_needs(turn.uow, turn.me.id, report.kindergarten_id, turn.now))


def review(
    turn: Turn,
    report: NeedsReport,
    place: Place,
    *,
    saved: bool,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
    copied: str | None = None,
) -> Reply:
    """«Stemmer alt?»"""
    form = form_of(report)
    return ReviewReport(
        report=report,
        kindergarten=turn.uow.register.kindergarten(report.kindergarten_id).name,
        owner=owner_of(turn, report),
        place=place,
        saved=saved,
        findings=findings(turn, report),
        hints=hints,
        stored=stored,
        may_change=changeable_steps(report),
        can_elaborate=not report.reopened and bool(more_steps(form, report.answers)),
        copied=copied,
    )


def changeable_steps(report: NeedsReport) -> tuple[Step, ...]:
    """The steps that «Hva vil du endre?» offers: the core, further ones with an answer, what was pointed at."""
    form = form_of(report)
    return tuple(
        step
        for step in form.steps
        if not step.closes
        and head.may_change(report, step.id)
        and (not step.more or report.reopened or any(f.id in report.answers for f in step.fields))
    )


def findings(turn: Turn, report: NeedsReport) -> tuple[Finding, ...]:
    """What there is to say of a need as a whole before it is sent."""
    round_ = turn.uow.rounds.get(report.round_id)
    grant = round_.deadline(DeadlineKind.GRANT_LETTER)
    around = Surroundings(grant=grant.day if grant else None, late=is_late(round_, turn.now))
    return check(form_of(report), report.answers, around)


def stale(turn: Turn, report: NeedsReport) -> list[Reply]:
    """An old card: nothing is changed, and the place where one really is comes again."""
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    return [CardSettled("stale"), Say(What.STALE), *ask(turn, report)]
