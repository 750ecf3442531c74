"""A turn's unit of work: what happened is acted on once, and its answer is kept with what was stored."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from bot.turns.result import Result
from dialogs.conduct import conduct, conversation_key, is_known
from dialogs.events import Event, EventKind
from dialogs.replies import Said, Stranger
from dialogs.turn import World
from domain.clock import Clock, local_day
from domain.errors import DomainError
from domain.ports import StoredTurn, UnitOfWork
from messages.outgoing import Outgoing
from messages.render import render_all
from storage.errors import CommitUnknown, DatabaseAway
from storage.worker import Worker

QUICK: Final = 1_000
"""Characters of a text that is understood in a few milliseconds."""


Run = Callable[[Callable[[UnitOfWork], Result]], Awaitable[Result]]


class Work:
    """Runs the conversation inside the storage's thread."""

    def __init__(self, worker: Worker, clock: Clock, world: World, file_url: Callable[[str], str]) -> None:
        self._worker = worker
        self._clock = clock
        self._world = world
        self._file_url = file_url

    async def do(self, event: Event) -> Result:
        """What the event leads to, stored when this returns.

        Raises DatabaseAway when nothing is stored, CommitUnknown when that is not known, and what is a fault of ours.
        """
        run = self._worker.run_quick if _is_quick(event) else self._worker.run_soon
        try:
            return await self._done(event, run)
        except CommitUnknown as unknown:
            lost = unknown
        # The event's key is committed with all the rest. So this finds that it was, and what was to be said, or else
        # acts as if for the first time; and while the server has not decided, the key waits for that.
        try:
            return await self._done(event, partial(self._worker.run_soon, within=self._worker.soon / 2))
        except DatabaseAway:
            raise lost from None

    async def _done(self, event: Event, run: Run) -> Result:
        try:
            return await run(lambda uow: self._act(uow, event, None))
        except DomainError as refused:
            error = refused
        return await self._worker.run_soon(lambda uow: self._act(uow, event, error))

    async def takes_files(self, event: Event) -> bool:
        """Whether somebody we know sent it, for the first time: nothing is fetched for a stranger."""
        return await self._worker.run_soon(
            lambda uow: uow.inbox.get(event.key) is None and is_known(event, uow, self._world)
        )

    def _act(self, uow: UnitOfWork, event: Event, refused: DomainError | None) -> Result:
        known = uow.inbox.get(event.key)
        if known is not None:
            # What was answered is not said again; an invoke gets its card all the same.
            outgoing = [Outgoing.model_validate(o) for o in known.outgoing]
            unsaid = [m for m in outgoing if m.settles or not known.answered]
            return Result(unsaid, conversation_key(event, uow, self._world), again=True, stored=True)
        now = self._clock.now()
        conducted = conduct(event, uow, now, self._world, refused)
        outgoing = render_all(conducted.replies, local_day(now), self._file_url)
        written = uow.dirty
        if written:
            kept = [o.model_dump(exclude_defaults=True) for o in outgoing]
            uow.inbox.add(StoredTurn(event.key, False, kept, conducted.effect), now)
        return Result(
            outgoing,
            conducted.key,
            conducted.card,
            stored=written,
            to_stranger=any(isinstance(r, Stranger) for r in conducted.replies),
            questions=[r.answer.found for r in conducted.replies if isinstance(r, Said)],
        )


def _is_quick(event: Event) -> bool:
    """Whether it is a text: a press may hand in a whole sheet, or a hundred needs at once."""
    spoken = event.kind in (EventKind.SAID, EventKind.EDITED)
    return spoken and not event.files and len(event.text) <= QUICK
