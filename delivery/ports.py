"""What delivery asks of its surroundings, beyond the domain's own ports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from domain.outreach.content import Content
from domain.ports import UnitOfWork
from messages.outgoing import Outgoing

T = TypeVar("T")


class Worker(Protocol):
    """Runs a function in a unit of work off the event loop.

    What it wrote is committed when it returns, and nothing when it raises. It may be run a second time.
    """

    async def run(self, fn: Callable[[UnitOfWork], T]) -> T: ...


class Render(Protocol):
    """Turns what a message says into what is sent; `mark` is a line in front that says whom it is for."""

    def __call__(self, content: Content, mark: str | None) -> Outgoing: ...


Mark = Callable[[str], str]
"""The line that says for whom a message is, from the person's name (local mode)."""
