"""Examples of reminders, of what one wants of them, and of tasks that are done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview import for_dates, for_meetings
from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.models import Status
from domain.needs.overview import Answer
from domain.norwegian.misdated import Misdated
from domain.outreach.content import Content
from domain.outreach.dates.meetings import MeetingReminder
from domain.outreach.dates.notices import DateReminder
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.reminding.choosing import Another, DayProblem
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from domain.outreach.reminding.tasks import Task, TaskReminder
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.models import DeadlineKind, Round, round_label, round_period, round_start_year

Variants = Iterator[tuple[str, r.Reply]]


def contents(s: Scene) -> Iterator[tuple[str, Content]]:
    """The reminders themselves."""
    first = head(s)
    yield "not-begun", first
    yield "begun", replace(first, begun=True, left=3)
    yield "ready", replace(first, begun=True)
    yield "season", replace(first, season=True, reply_by=s.today + timedelta(days=47), confirmed=False)
    yield "eve", replace(first, reply_by=s.today + timedelta(days=1), chosen=True)
    yield "passed", replace(first, passed=True, reply_by=s.today - timedelta(days=2))
    gone = s.today - timedelta(days=1)
    yield "network-passed", replace(first, passed=True, reply_by=gone - timedelta(days=14), deadline=gone)
    yield "nudged", replace(first, nudged_by=s.per.name, begun=True, left=1)
    yield "two-of-three", replace(first, own=3, unanswered=2)
    yield "all-of-three", replace(first, own=3, unanswered=3, season=True)
    yield "last-of-three", replace(first, own=3, begun=True, left=2)
    everything = owner(s)
    yield "everything-left", everything
    yield "unconfirmed-one", replace(everything, confirmed=False, waiting=1, approved=0, unanswered=0)
    only = replace(everything, waiting=0, approved=0, network=s.network.name)
    yield "only-unanswered", only
    yield "own-left", replace(only, unanswered=1, own=s.kindergarten())
    yield "no-need", replace(only, unanswered=0, all_without_need=True)
    yield "nothing-sent", replace(only, unanswered=0, deadline=s.today - timedelta(days=1))
    for kind in (DeadlineKind.DECISION_BASIS, DeadlineKind.REPORTING_NETWORK):
        yield f"{kind.value}-leader", task_reminder(s, kind)
        yield f"{kind.value}-uh", replace(task_reminder(s, kind), needs=None, undecided=None)
    passed = replace(task_reminder(s, DeadlineKind.DECISION_BASIS), day=s.today - timedelta(days=1))
    yield "basis-passed-decided", replace(passed, undecided=0, needs=1, confirmed=False)
    units = task_reminder(s, DeadlineKind.REPORTING_UNITS)
    yield "units", replace(units, place=s.owner.name, needs=2, undecided=None, owner_id=1)


def head(s: Scene) -> HeadReminder:
    """To a head of one kindergarten, who has not begun."""
    return HeadReminder(
        recipient=s.kari,
        kindergarten=s.kindergarten().name,
        kindergarten_id=1,
        round_id=1,
        owner=s.owner.name,
        reply_by=s.today + timedelta(days=3),
        passed=False,
        begun=False,
        left=0,
        deadline=s.today + timedelta(days=17),
        confirmed=True,
        source=s.deadline().source,
    )


def owner(s: Scene) -> OwnerReminder:
    """To an owner with something of everything left."""
    return OwnerReminder(
        recipient=s.per,
        owner=s.owner.name,
        owner_id=1,
        network_id=1,
        round_id=1,
        deadline=s.today + timedelta(days=2),
        confirmed=True,
        source=s.deadline().source,
        waiting=14,
        approved=2,
        unanswered=4,
    )


def task_reminder(s: Scene, kind: DeadlineKind) -> TaskReminder:
    """To the leader, with a few needs that nobody has decided on."""
    return TaskReminder(
        recipient=s.kari,
        kind=kind,
        round_id=1,
        network_id=1,
        place=s.network.name,
        day=s.today + timedelta(days=28),
        confirmed=True,
        source=s.deadline().source,
        needs=27,
        undecided=4,
    )


def settings(s: Scene) -> Variants:
    """`påminnelser` and `stopp`."""
    all_ = ReminderChoice(person_id=1)
    usual = r.ReminderSettings(all_, Role.HEAD, s.today)
    until = s.today + timedelta(days=30)
    yield "all-head", usual
    for role in Role:
        yield f"all-{role.value}-ahead", replace(usual, role=role, ahead=(s.today + timedelta(days=3),))
    either = Misdated(s.today + timedelta(days=8), s.today + timedelta(days=7))
    misread = replace(usual, problem=DayProblem.NOT_UNDERSTOOD, given="en gang")
    yield "all-misdated", replace(misread, misdated=either)
    for level in Level:
        chosen = all_.model_copy(update={"level": level})
        yield f"{level.value}-changed", replace(usual, choice=chosen, changed=True)
        yield f"{level.value}-stale", replace(usual, choice=chosen, stale=True)
    yield "paused", replace(usual, choice=all_.model_copy(update={"paused_until": until}), changed=True)
    few = all_.model_copy(update={"paused_until": until, "level": Level.FEWER})
    yield "paused-fewer", replace(usual, choice=few)
    for problem in DayProblem:
        yield f"pause-{problem.value}", replace(usual, problem=problem, given="den trettiende i neste")
    yield "stop", r.StopWhat()
    yield "stop-draft", r.StopWhat("")
    yield "stop-open-draft", r.StopWhat(s.title(), open=True)
    yield "stopped", r.Stopped(None)
    yield "stopped-draft", r.Stopped(s.title())


def snoozing(s: Scene) -> Variants:
    """Another day for one of them."""
    days = tuple(s.today + timedelta(days=n) for n in (1, 4, 7))
    form = r.SnoozeForm(head(s), days, s.today)
    yield "when-head", form
    yield "when-owner", replace(form, reminds=owner(s))
    yield "when-basis", replace(form, reminds=task_reminder(s, DeadlineKind.DECISION_BASIS))
    for problem in DayProblem:
        yield f"when-{problem.value}", replace(form, problem=problem, given="en gang")
    either = Misdated(s.today + timedelta(days=8), s.today + timedelta(days=7))
    days = (either.day, either.weekdays)
    misread = replace(form, problem=DayProblem.NOT_UNDERSTOOD, given="en gang")
    yield "when-misdated", replace(misread, misdated=either, days=days)
    asked, day = s.today + timedelta(days=6), s.today + timedelta(days=8)
    yield "on-the-day", r.Snoozed(head(s), Another(asked, asked), s.today)
    yield "moved", r.Snoozed(owner(s), Another(asked, day), s.today)
    late = Another(asked, day, passes=s.today + timedelta(days=5), suggested=s.today + timedelta(days=4))
    yield "too-late", r.Snoozed(task_reminder(s, DeadlineKind.REPORTING_NETWORK), late, s.today)
    units = replace(task_reminder(s, DeadlineKind.REPORTING_UNITS), owner_id=1)
    yield "too-late-without-a-day", r.Snoozed(units, replace(late, suggested=None), s.today)
    for name, content in (*for_meetings.contents(s), *for_dates.notices(s)):
        if isinstance(content, MeetingReminder | DateReminder):
            yield f"too-late-{name}", r.Snoozed(content, late, s.today)
    yield "nothing", r.NothingToRemind()


def tasks(s: Scene) -> Variants:
    """What a reminder leads to."""
    yield "no-need", r.HasAnswered((s.standing(Answer.NO_NEED),))
    yield "need", r.HasAnswered((s.standing(Answer.NEED),))
    yield "all", r.HasAnswered(s.standings([Answer.NEED, Answer.NO_NEED, Answer.NEED]))
    network = Scope(kind=ScopeKind.NETWORK, id=1)
    both = (
        _task(s, DeadlineKind.DECISION_BASIS, network, s.network.name),
        _task(s, DeadlineKind.REPORTING_NETWORK, network, s.network.name),
        _task(s, DeadlineKind.REPORTING_UNITS, Scope(kind=ScopeKind.OWNER, id=1), s.owner.name),
    )
    for task in both:
        yield f"marked-{task.deadline.kind.value}", r.TaskMarked(task, None, s.now, already=False)
    yield "marked-before", r.TaskMarked(both[0], None, s.now, already=True)
    yield "marked-by-another", r.TaskMarked(both[0], s.per.name, s.now, already=True)
    yield "reopened", r.TaskReopened(both[0])
    yield "where", r.TaskWhere(both)
    yield "none", r.NoTask()


def _task(s: Scene, kind: DeadlineKind, scope: Scope, place: str) -> Task:
    starts, ends = round_period(round_start_year(s.today))
    current = Round(
        id=1,
        network_id=1,
        label=round_label(starts.year),
        starts=starts,
        ends=ends,
        deadlines=s.deadlines,
        form_version=s.need(Status.DRAFT).form_version,
    )
    deadline = current.deadline(kind) or s.deadlines[0].model_copy(update={"kind": kind})
    return Task(current, deadline, scope, 1, place)
