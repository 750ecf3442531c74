"""«Utdyp»: the further questions, group by group, never in the way of sending."""

from __future__ import annotations

from dialogs.payloads import More, Skip
from dialogs.replies import CardSettled, MoreGroups, Reply, Say, What
from dialogs.report.asking import (
    NOTHING_SPECIAL,
    ask,
    ask_at,
    current,
    form_of,
    newest_draft,
    place_in,
    stand,
)
from dialogs.turn import Turn
from domain.needs import access, flow
from domain.needs.errors import WrongState
from domain.needs.flow import Place
from domain.needs.models import EDITABLE, NeedsReport
from domain.needs.reading import Hint
from domain.norwegian.choices import match_choices

STANDS = "more"
"""Where the conversation stands while a group is to be chosen."""


def open_groups(turn: Turn, payload: More) -> list[Reply]:
    """[Utdyp]: the groups, or the first question of the one that was chosen."""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    group = payload.inputs.get("group")
    if group and not report.reopened:
        return [CardSettled("moved"), *into(turn, report, group)]
    return [CardSettled("moved"), *groups(turn, report)]


def words(turn: Turn) -> list[Reply]:
    """`utdyp`"""
    report = current(turn) or newest_draft(turn)
    if report is None:
        return [Say(What.NOTHING_OPEN)]
    return [CardSettled("moved"), *groups(turn, report)]


def groups(
    turn: Turn,
    report: NeedsReport,
    *,
    saved: bool = False,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
) -> list[Reply]:
    """The groups that apply; the questions themselves where there is none, or where only some may change."""
    form = form_of(report)
    found = flow.groups(form, report.answers)
    if not found or report.reopened:
        return [Say(What.NO_MORE), *ask(turn, report)]
    stand(turn, report, STANDS)
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    values = tuple(
        (field, report.answers[i]) for i in stored if i in report.answers and (field := form.field(i))
    )
    return [MoreGroups(report.id, kindergarten.name, tuple(found), saved, values, hints)]


def into(turn: Turn, report: NeedsReport, group: str) -> list[Reply]:
    """The first question of a group that has no answer yet."""
    place = flow.next_more(form_of(report), report.answers, group, NOTHING_SPECIAL)
    return ask_at(turn, report, place) if place is not None else groups(turn, report)


def choose_words(turn: Turn, report: NeedsReport, text: str) -> list[Reply]:
    """The name of a group, typed."""
    options = [
        (g.group.id, (g.group.label, g.group.id)) for g in flow.groups(form_of(report), report.answers)
    ]
    found = match_choices(text, options, 1)
    if not found.values:
        return [Say(What.NOT_UNDERSTOOD), *groups(turn, report)]
    return [CardSettled("moved"), *into(turn, report, found.values[0])]


def onward(
    turn: Turn,
    report: NeedsReport,
    place: Place,
    *,
    saved: bool,
    hints: tuple[Hint, ...] = (),
    stored: tuple[str, ...] = (),
) -> list[Reply]:
    """The group's next question, or the groups again."""
    group = place.group.id if place.group else ""
    after = flow.next_more(form_of(report), report.answers, group, NOTHING_SPECIAL, after=place.step.id)
    if after is None:
        return groups(turn, report, saved=saved, hints=hints, stored=stored)
    return ask_at(turn, report, after, saved=saved, hints=hints, stored=stored)


def skip(turn: Turn, payload: Skip) -> list[Reply]:
    """[Hopp over], and [Til oppsummeringen]"""
    report = access.own_report(turn.uow, turn.me.id, payload.report)
    if report.status not in EDITABLE:
        raise WrongState(report.status, report.id)
    place = place_in(report, payload.step)
    if payload.leave or place is None or place.group is None:
        return [CardSettled("moved"), *ask(turn, report)]
    return [CardSettled("moved"), *onward(turn, report, place, saved=False)]


def leave_words(turn: Turn) -> list[Reply] | None:
    """`til oppsummeringen`, where a further question or the choice of a group is open; None elsewhere."""
    report = current(turn)
    place = place_in(report, turn.state.step or "") if report else None
    if report is None or (turn.state.step != STANDS and (place is None or place.group is None)):
        return None
    return [CardSettled("moved"), *ask(turn, report)]


def skip_words(turn: Turn) -> list[Reply] | None:
    """`hopp over`, where a further question is open; None elsewhere."""
    report = current(turn)
    place = place_in(report, turn.state.step or "") if report else None
    if report is None or place is None or place.group is None:
        return None
    return [CardSettled("moved"), *onward(turn, report, place, saved=False)]
