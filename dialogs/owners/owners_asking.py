"""Which question of the consolidated report comes now, and the summary: the owner's counterpart of report.asking."""

from __future__ import annotations

from dataclasses import replace

from dialogs import answers_in
from dialogs.greet import networks_of
from dialogs.replies import AskStep, ListedNeed, RankNeeds, Reply, ReviewOwners
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs.flow import Circumstances, Place, groups, more_steps, next_place, place_of
from domain.needs.form import FieldKind, Form, Step
from domain.needs.models import NeedsReport, OwnersReport
from domain.needs.owners import joint, merging, owner, sending
from domain.needs.reading import Hint, Problem

MOST_ALIKE = 4
CALLED_FOR = "called_for"
"""What stands as asked while a further question is asked by itself, because of what the needs are about."""


def place_in(turn: Turn, report: OwnersReport, step_id: str) -> Place | None:
    """Where a step stands in the report's form; None when it has no such step, or not now."""
    form, circumstances = _form(turn, report)
    place = place_of(form, step_id, circumstances, report.answers)
    alone = turn.state.asked == CALLED_FOR and turn.state.step == step_id
    return replace(place, number=1, total=1) if place is not None and alone else place


def ask(
    turn: Turn,
    report: OwnersReport,
    *,
    saved: bool = False,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
    wanted: bool = False,
) -> list[Reply]:
    """The next obligatory question, or the summary. `wanted`: a question that these needs call for comes before it."""
    form, circumstances = _form(turn, report)
    place = next_place(form, report.answers, circumstances)
    if place.step.closes and wanted:
        place = _called_for(form, report, circumstances) or place
    return ask_at(turn, report, place, saved=saved, hints=hints, stored=stored)


def _called_for(form: Form, report: OwnersReport, circumstances: Circumstances) -> Place | None:
    """An unanswered further question that applies only because of what the needs are about (E16)."""
    for step in more_steps(form, report.answers, circumstances):
        if step.only_when and not any(f.id in report.answers for f in step.fields):
            place = place_of(form, step.id, circumstances, report.answers)
            return replace(place, number=1, total=1) if place else None
    return None


def ask_at(
    turn: Turn,
    report: OwnersReport,
    place: Place,
    *,
    saved: bool = False,
    refill: bool = False,
    hints: tuple[Hint, ...] = (),
    problems: tuple[Problem, ...] = (),
    stored: tuple[str, ...] = (),
    given: dict[str, str] | None = None,
    wrong: bool = False,
) -> list[Reply]:
    """One question of the owner's form; `given` is what was written and not taken, shown again."""
    step = place.step
    turn.state = turn.state.model_copy(
        update={
            "flow": Flow.OWNERS_REPORT,
            "subject": report.id,
            "step": step.id,
            "refill": refill,
            "pending": None,
            "held": None,
            "asked": CALLED_FOR if step.more and step.only_when and place.total == 1 else None,
        }
    )
    mine = turn.uow.register.owner(report.owner_id)
    if step.closes:
        return [_review(turn, report, place, saved)]
    if ranks(step):
        needs = listed(turn, report)
        return [RankNeeds(report, mine.name, place, needs, saved=saved, changing=refill, wrong=wrong)]
    return [
        AskStep(
            verb="answer_owners",
            subject=report.id,
            version=report.version,
            place=place,
            fields=tuple(answers_in.shown_fields(step, report.answers)),
            answers={**report.answers, **(given or {})},
            about=mine.name,
            saved=saved,
            changing=refill,
            hints=hints,
            problems=problems,
            stored=stored,
            form_version=_form(turn, report)[0].version,
            skips=step.more,
            suggestion=_said_elsewhere(turn, report, step),
        )
    ]


def _said_elsewhere(turn: Turn, report: OwnersReport, step: Step) -> str | None:
    """What the owner has written to another network this year, as a start for the same text here."""
    if len(step.fields) != 1 or not step.fields[0].multiline:
        return None
    current = turn.uow.rounds.get(report.round_id)
    for network in networks_of(turn, turn.uow.register.owner(report.owner_id)):
        other = turn.round(network)
        if other is None or current is None or other.id == report.round_id or other.label != current.label:
            continue
        for sent in turn.uow.owners_reports.of_owner(report.owner_id, network.id, other.id):
            if text := sent.answers.get(step.fields[0].id):
                return str(text)
    return None


def ranks(step: Step) -> bool:
    """Whether it asks for the order of the needs."""
    return any(f.kind is FieldKind.RANKING for f in step.fields)


def _review(turn: Turn, report: OwnersReport, place: Place, saved: bool) -> ReviewOwners:
    form, circumstances = _form(turn, report)
    register = turn.uow.register
    own = owner.needs_of(turn.uow, report.owner_id, report.network_id, turn.now)
    mergeable = merging.mergeable([n for _, n in own])
    groups_alike = merging.similar([n for n in mergeable if n.id in report.report_ids])
    return ReviewOwners(
        report=report,
        owner=register.owner(report.owner_id),
        network=register.network(report.network_id),
        place=place,
        form=form,
        needs=listed(turn, report),
        saved=saved,
        groups=tuple(groups(form, report.answers, circumstances)),
        may_merge=len(mergeable) > 1,
        alike=tuple(n.title or "" for n in groups_alike[0][:MOST_ALIKE]) if groups_alike else (),
        may_join=bool(joint.others(turn.uow, report)),
        joint=tuple((register.owner(j.owner_id).name, j.state) for j in report.joint),
    )


def listed(turn: Turn, report: OwnersReport) -> tuple[ListedNeed, ...]:
    """The needs of a consolidated report, in their order."""
    return tuple(listed_need(turn, n, report.owner_id) for n in _needs(turn, report))


def listed_need(turn: Turn, need: NeedsReport, reader: int) -> ListedNeed:
    """A need as it stands in a list that this owner reads."""
    kindergarten = turn.uow.register.kindergarten(need.kindergarten_id)
    theirs = kindergarten.owner_id != reader
    return ListedNeed(
        title=need.title or "",
        kindergarten=kindergarten.name,
        more=len(need.covers),
        owner=turn.uow.register.owner(kindergarten.owner_id).name if theirs else None,
    )


def _needs(turn: Turn, report: OwnersReport) -> list[NeedsReport]:
    return [n for i in report.report_ids if (n := turn.uow.needs.get(i)) is not None]


def _form(turn: Turn, report: OwnersReport) -> tuple[Form, Circumstances]:
    return sending.form_of(turn.uow, report), sending.circumstances(turn.uow, report)
