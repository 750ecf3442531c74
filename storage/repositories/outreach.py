"""What people have chosen and done, what channels show, and who is out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from domain.outreach.models import PostedSummary, ReminderChoice, TaskDone, Unreachable
from domain.register.models import Scope
from storage.session import Session
from storage.statements import batches
from storage.tables import posted_summary, reminder_choice, task_done
from storage.tables import unreachable as out_of_reach


class SqlOutreach:
    """An OutreachRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def choice(self, person_id: int) -> ReminderChoice:
        row = self._session.find(reminder_choice, person_id=person_id)
        return ReminderChoice.model_validate(row._mapping) if row else ReminderChoice(person_id=person_id)

    def choices(self) -> dict[int, ReminderChoice]:
        rows = self._session.rows(select(reminder_choice))
        return {row.person_id: ReminderChoice.model_validate(row._mapping) for row in rows}

    def save_choice(self, choice: ReminderChoice) -> None:
        self._session.upsert(
            reminder_choice, ("person_id",), {**choice.model_dump(), "level": choice.level.value}
        )

    def done(self, round_id: int) -> list[TaskDone]:
        found = select(task_done).where(task_done.c.round_id == round_id)
        return [_task(row) for row in self._session.rows(found)]

    def save_done(self, task: TaskDone) -> bool:
        values = {**_key(task), "done_by": task.done_by, "done_at": task.done_at}
        return self._session.insert_new(task_done, values) is not None

    def undo_done(self, task: TaskDone) -> None:
        mine = [task_done.c[name] == value for name, value in _key(task).items()]
        self._session.write(task_done.delete().where(*mine))

    def posted(self, binding_id: int) -> PostedSummary | None:
        row = self._session.find(posted_summary, binding_id=binding_id)
        return PostedSummary.model_validate(row._mapping) if row else None

    def save_posted(self, posted: PostedSummary) -> None:
        shown = posted.model_dump(mode="json", include={"shown"})
        self._session.upsert(posted_summary, ("binding_id",), {**posted.model_dump(), **shown})

    def forget_posted(self, binding_id: int) -> None:
        self._session.write(posted_summary.delete().where(posted_summary.c.binding_id == binding_id))

    def unreachable(self, person_ids: Sequence[int]) -> dict[int, Unreachable]:
        return {
            row.person_id: Unreachable.model_validate(row._mapping)
            for batch in batches(person_ids)
            for row in self._session.rows(select(out_of_reach).where(out_of_reach.c.person_id.in_(batch)))
        }

    def save_unreachable(self, unreachable: Unreachable) -> None:
        values = {**unreachable.model_dump(), "reason": unreachable.reason.value}
        self._session.upsert(out_of_reach, ("person_id",), values)

    def reached(self, person_id: int) -> None:
        self._session.write(out_of_reach.delete().where(out_of_reach.c.person_id == person_id))


def _key(task: TaskDone) -> dict[str, Any]:
    return {
        "round_id": task.round_id,
        "kind": task.kind.value,
        "scope_kind": task.scope.kind.value,
        "scope_id": task.scope.id,
    }


def _task(row: Row[Any]) -> TaskDone:
    return TaskDone(
        round_id=row.round_id,
        kind=row.kind,
        scope=Scope(kind=row.scope_kind, id=row.scope_id),
        done_by=row.done_by,
        done_at=row.done_at,
    )
