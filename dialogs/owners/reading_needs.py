"""The owner reads one need, or several after each other: what has changed first, then the whole."""

from __future__ import annotations

from dialogs.attached import files_of
from dialogs.chosen import ids_in
from dialogs.payloads import ReadChosen
from dialogs.replies import CardSettled, ReadReport, Reply, Say, What
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.crosschecks import around_the_child
from domain.needs.errors import Stale, WrongState
from domain.needs.form import needs_form
from domain.needs.history import trace
from domain.needs.lifecycle import acts_from
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners.changes import Change, changes
from domain.needs.owners.desk import View, desk
from domain.register.models import Role

MOST_AT_ONCE = 4


def read_chosen(turn: Turn, payload: ReadChosen) -> list[Reply]:
    """Shows those that were ticked, at most four at a time; the first of the view when none is."""
    wanted = ids_in(payload.inputs.get("chosen", "")) or payload.ticked
    if not wanted:
        mine = access.owned(turn.uow, turn.me.id, payload.owner)
        view = View.WAITING if payload.view is View.UNANSWERED else payload.view
        wanted = [r.id for _, r in desk(turn.uow, mine, turn.now).needs(view, payload.place)[:1]]
    if not wanted:
        return [Say(What.NOTHING_WAITING)]
    reports = [access.owned_report(turn.uow, turn.me.id, i) for i in wanted[:MOST_AT_ONCE]]
    shown = ((files_of(turn, report), reading(turn, report, place=payload.place)) for report in reports)
    return [reply for files, read_one in shown for reply in (*files, read_one)]


def read(turn: Turn, report_id: int) -> list[Reply]:
    """One whole need."""
    report = access.owned_report(turn.uow, turn.me.id, report_id)
    return [*files_of(turn, report), reading(turn, report)]


def reading(
    turn: Turn,
    report: NeedsReport,
    *,
    place: int | None = None,
    written: str | None = None,
    remark: str | None = None,
) -> ReadReport:
    """A need as it is read; `written` is an assessment that was not taken, shown again so that it is not lost."""
    register = turn.uow.register
    kindergarten = register.kindergarten(report.kindergarten_id)
    others = turn.uow.needs.of_kindergarten(report.kindergarten_id, report.round_id)
    asked = _asked_for(turn, report)
    return ReadReport(
        report=report,
        kindergarten=kindergarten.name,
        head=register.person(report.created_by).name,
        owner=register.owner(kindergarten.owner_id).name,
        covers=tuple(register.kindergarten(i).name for i in report.covers),
        changes=_changes(turn, report),
        asked_for=asked,
        number_of_needs=sum(1 for r in others if r.status is not Status.NO_NEED and r.merged_into is None),
        around_the_child=around_the_child(report.answers),
        acts=acts_from(report.status, (Role.OWNER,)) if report.merged_into is None else (),
        as_owner=bool(turn.other_roles()),
        place=place,
        written=written,
        remark=remark,
    )


def _changes(turn: Turn, report: NeedsReport) -> tuple[Change, ...] | None:
    """What differs from the sending before, while the need waits; None when there is none before."""
    if report.revision < 2 or report.status is not Status.SENT_TO_OWNER:
        return None
    earlier = turn.uow.needs.revision(report.id, report.revision - 1)
    if earlier is None:
        return None
    return changes(needs_form(report.form_version), earlier.answers, report.answers)


def _asked_for(turn: Turn, report: NeedsReport) -> str | None:
    """What the last return asked for, while its answer is new."""
    if report.revision < 2 or report.status is not Status.SENT_TO_OWNER or report.source is Source.OWNER:
        return None
    rows = trace(turn.uow, report.id)
    return next((r.note for r in reversed(rows) if r.after == Status.RETURNED.value), None)


def changed_meanwhile(turn: Turn, report_id: int, version: int, expected: tuple[Status, ...]) -> list[Reply]:
    """What to say when a need is not as the card showed it; nothing when it is.

    Raises WrongState when somebody has handled it: the answer to that names who and when.
    """
    report = access.owned_report(turn.uow, turn.me.id, report_id)
    if report.status not in expected:
        raise WrongState(report.status, report.id)
    if report.version == version:
        return []
    return [CardSettled("stale"), Say(What.STALE), reading(turn, report)]


def handled_by_another(turn: Turn, report_id: int, before: Status) -> WrongState | Stale:
    """The error that tells what happened when somebody else was first in the same moment."""
    now = turn.uow.needs.get(report_id)
    return WrongState(now.status, now.id) if now is not None and now.status is not before else Stale()
