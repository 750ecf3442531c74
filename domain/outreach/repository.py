"""What outreach asks of storage, beyond the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.outreach.models import PostedSummary, ReminderChoice, TaskDone, Unreachable


class OutreachRepository(Protocol):
    """What people have chosen, what they have done, what channels show, and who is out of reach."""

    def choice(self, person_id: int) -> ReminderChoice:
        """What the person has chosen; everything when nothing has been."""
        ...

    def choices(self) -> dict[int, ReminderChoice]:
        """Everybody who has chosen something, by person."""
        ...

    def save_choice(self, choice: ReminderChoice) -> None: ...

    def done(self, round_id: int) -> list[TaskDone]: ...

    def save_done(self, task: TaskDone) -> bool:
        """False, and nothing changed, when it was said before."""
        ...

    def undo_done(self, task: TaskDone) -> None: ...

    def posted(self, binding_id: int) -> PostedSummary | None: ...

    def save_posted(self, posted: PostedSummary) -> None:
        """Replaces what was posted into the same channel before."""
        ...

    def forget_posted(self, binding_id: int) -> None: ...

    def unreachable(self, person_ids: Sequence[int]) -> dict[int, Unreachable]: ...

    def save_unreachable(self, unreachable: Unreachable) -> None: ...

    def reached(self, person_id: int) -> None:
        """Forgets that somebody was out of reach."""
        ...
