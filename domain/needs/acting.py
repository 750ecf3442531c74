"""The one function that moves a need along its life cycle: rights, conditions, version, audit and notices at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from domain.clock import local_day
from domain.needs import access, history, notices
from domain.needs.errors import (
    DayMissing,
    Merged,
    NotAlone,
    NoteMissing,
    NotReady,
    Stale,
    UnknownReport,
    WrongState,
)
from domain.needs.flow import Circumstances, steps_that_apply
from domain.needs.form import needs_form
from domain.needs.lifecycle import ARROWS, Act, Arrow, Condition, arrow
from domain.needs.models import NeedsReport, Source
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

HANDED_OVER = (Act.SUBMIT, Act.NO_NEED)
"""The acts that hand a need over to the owner: they number it, count the revision and freeze its content."""


def perform(
    uow: UnitOfWork,
    person_id: int,
    report_id: int,
    act: Act,
    now: datetime,
    *,
    version: int | None = None,
    note: str | None = None,
    day: date | None = None,
    consolidated: bool = False,
    **changes: Any,
) -> NeedsReport:
    """Does one act to a need and returns it as it then is.

    `version` is the one that the person saw (None: whatever it is now); `note` and `day` are the reason and the
    day that some acts ask for; `changes` are further values of the need that change with the act. What was
    merged into the need follows it. Nothing is stored when it raises: UnknownReport for a need or an act that
    this person has nothing to do with, WrongState, Stale, NotReady, NoteMissing, DayMissing, NotAlone, Merged.
    """
    report = uow.needs.get(report_id)
    if report is None:
        raise UnknownReport
    taken = _arrow_for(uow, person_id, report, act)
    if version is not None and version != report.version:
        raise Stale
    if report.merged_into is not None:
        raise Merged(report.merged_into)
    _check(uow, taken, report, note, day, consolidated, now)
    if day is not None:
        changes["decided_on"] = day
    if note is not None:
        changes.setdefault("comment", note)
    after = _take(uow, person_id, report, taken, now, note, changes)
    for part in uow.needs.merged_into(report.id):
        if part.status is report.status:
            follow = {k: v for k, v in changes.items() if k in ("comment", "decided_on")}
            _take(uow, person_id, part, taken, now, note, follow)
    return after


def _arrow_for(uow: UnitOfWork, person_id: int, report: NeedsReport, act: Act) -> Arrow:
    """The arrow this person may take. An act that none of the person's roles ever does is not theirs at all."""
    roles = access.roles_for(uow, person_id, report)
    for role in roles:
        found = arrow(act, report.status, role)
        if found is not None and not (
            Condition.ON_BEHALF in found.conditions and report.source is Source.BOT
        ):
            return found
    if any(a.act is act and a.role in roles for a in ARROWS):
        raise WrongState(report.status, report.id)
    raise UnknownReport


def _check(
    uow: UnitOfWork,
    taken: Arrow,
    report: NeedsReport,
    note: str | None,
    day: date | None,
    consolidated: bool,
    now: datetime,
) -> None:
    wanted = taken.conditions
    if Condition.COMPLETE in wanted and (obstacle := not_ready(report)) is not None:
        raise obstacle
    if Condition.NOTE in wanted and not (note and note.strip()):
        raise NoteMissing
    if Condition.DAY in wanted and (day is None or day > local_day(now)):
        raise DayMissing(in_future=day is not None)
    if Condition.CONSOLIDATED in wanted and not consolidated:
        raise NotAlone
    if Condition.NOT_MERGED in wanted and uow.needs.merged_into(report.id):
        raise Merged(report.id)


def _take(
    uow: UnitOfWork,
    person_id: int,
    report: NeedsReport,
    taken: Arrow,
    now: datetime,
    note: str | None,
    changes: dict[str, Any],
) -> NeedsReport:
    update: dict[str, Any] = {"status": taken.after, "version": report.version + 1, "updated_at": now}
    if taken.act in HANDED_OVER:
        update |= _handed_over(uow, report, now)
    after = report.model_copy(update=update | changes)
    uow.needs.save(after)
    if taken.act in HANDED_OVER:
        uow.needs.freeze(after)
    history.write(uow, person_id, taken.role, report.id, report.status, taken.after, now, note)
    for party, kind in taken.tells:
        notices.tell(uow, party, kind, after, person_id, now)
    return after


def _handed_over(uow: UnitOfWork, report: NeedsReport, now: datetime) -> dict[str, Any]:
    current = uow.rounds.get(report.round_id)
    return {
        "number": report.number or _number(uow, report.round_id, current),
        "revision": report.revision + 1,
        "submitted_at": now,
        "comment": None,
        "reopened": (),
        "late": is_late(current, now),
    }


def _number(uow: UnitOfWork, round_id: int, current: Round | None) -> str:
    year = current.starts.year if current else 0
    mark = uow.register.network(current.network_id).name[:1].upper() if current else ""
    return f"{year}-{mark}{uow.needs.next_number(round_id):03d}"


def is_late(current: Round | None, now: datetime) -> bool:
    """Whether the network's date for needs has passed; it is the end of its day in Europe/Oslo."""
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    return deadline is not None and local_day(now) > deadline.day


def not_ready(report: NeedsReport) -> NotReady | None:
    """What keeps a need from being sent; None when it may go (hard stops: K1, K3 and empty core questions)."""
    answers, form = report.answers, needs_form(report.form_version)
    steps = tuple(
        s.id for s in steps_that_apply(form, Circumstances()) if not s.closes and s.missing(answers)
    )
    if answers.get("need") not in ("new", "continued"):
        return NotReady(("need", *(s for s in steps if s != "need")))
    if steps:
        return NotReady(steps)
    if answers.get("involved") == ["head"]:
        return NotReady(("involved",), only_head=True)
    return None
