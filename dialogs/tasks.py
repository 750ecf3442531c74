"""What a reminder leads to: the need or «ingen behov» for a head, «Ferdig» for the basis and the reporting."""

from __future__ import annotations

from dialogs import in_words
from dialogs.payloads import Reminded, StartReport, TaskIsDone
from dialogs.replies import (
    CardSettled,
    ChooseKindergarten,
    HasAnswered,
    NoTask,
    Reply,
    Say,
    TaskMarked,
    TaskReopened,
    TaskWhere,
    What,
)
from dialogs.report import beginning, finishing
from dialogs.report.asking import own_kindergartens
from dialogs.turn import Turn
from domain.needs import access, overview
from domain.needs.errors import NoOpenRound
from domain.needs.owners.desk import UNANSWERED
from domain.norwegian.hygiene import bare
from domain.outbox import MessageKind
from domain.outreach.reminding import snoozing, tasks
from domain.outreach.reminding.tasks import Task
from domain.rounds.models import DeadlineKind

MOST_PLACES = 6
_DONE = frozenset({"ferdig", "det er ferdig", "det er gjort", "gjort", "er sendt", "det er sendt", "sendt"})


def reminded(turn: Turn, payload: Reminded) -> list[Reply]:
    """The need that is begun, or a new one, or «ingen behov»; where the head has answered, how that stands."""
    if payload.kindergarten is not None:
        own = [access.own_kindergarten(turn.uow, turn.me.id, payload.kindergarten)]
    else:
        own = own_kindergartens(turn)
    if not own:
        return [Say(What.NOT_A_HEAD)]
    if all(turn.round(turn.uow.register.network_of_kindergarten(k.id)) is None for k in own):
        raise NoOpenRound
    standings = overview.standings(turn.uow, own, turn.now)
    left = [s.kindergarten for s in standings if s.answer in UNANSWERED]
    if not left:
        return [HasAnswered(tuple(standings))]
    if len(left) > 1:
        return [ChooseKindergarten("no_need" if payload.no_need else "start_report", tuple(left))]
    if payload.no_need:
        return finishing.no_need(turn, left[0].id)
    return beginning.start(turn, StartReport(kindergarten=left[0].id))


def is_done(turn: Turn, payload: TaskIsDone) -> list[Reply]:
    """[Ferdig], and [Angre]."""
    if payload.undo:
        task = tasks.undo(turn.uow, turn.me.id, payload.round, payload.kind, turn.now, payload.owner)
        return [CardSettled("undone"), TaskReopened(task)]
    return [_marked(turn, payload.round, payload.kind, payload.owner)]


def basis_words(turn: Turn) -> list[Reply]:
    """«Beslutningsgrunnlaget er sendt»."""
    return _words(turn, (DeadlineKind.DECISION_BASIS,))


def reporting_words(turn: Turn) -> list[Reply]:
    """«Rapporteringen er sendt»: the network's for whoever makes it, else the owner's."""
    return _words(turn, (DeadlineKind.REPORTING_NETWORK, DeadlineKind.REPORTING_UNITS))


def done_in_short(turn: Turn, text: str) -> list[Reply] | None:
    """«Ferdig» to a reminder of a task that has just come; None for other texts."""
    if bare(text) not in _DONE:
        return None
    kinds = snoozing.just_reminded(turn.uow, turn.me.id, turn.now)
    if MessageKind.BASIS_REMINDER in kinds:
        return basis_words(turn)
    return reporting_words(turn) if MessageKind.REPORTING_REMINDER in kinds else None


def _words(turn: Turn, kinds: tuple[DeadlineKind, ...]) -> list[Reply]:
    found = tasks.mine(turn.uow, turn.me.id, kinds, turn.now)
    if not found:
        return [NoTask()]
    open_ = [task for task in found if task.done is None]
    if len(open_) > 1:
        return [TaskWhere(tuple(open_[:MOST_PLACES]))]
    task = (open_ or found)[0]
    return [_marked(turn, task.round.id, task.deadline.kind, _owner(task))]


def _owner(task: Task) -> int | None:
    return task.scope.id if task.deadline.kind is DeadlineKind.REPORTING_UNITS else None


def _marked(turn: Turn, round_id: int, kind: DeadlineKind, owner_id: int | None) -> TaskMarked:
    task, new = tasks.mark_done(turn.uow, turn.me.id, round_id, kind, turn.now, owner_id)
    if task.done is None:
        raise LookupError(task.scope)
    own = task.done.done_by == turn.me.id
    if new:
        in_words.wait(turn, TaskIsDone(round=round_id, kind=kind, owner=owner_id, undo=True))
    by = None if own else turn.uow.register.person(task.done.done_by).name
    return TaskMarked(task, by, task.done.done_at, already=not new)
