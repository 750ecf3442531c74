"""Teams that takes its time: a message has reached it, and it does not say so."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException

from tests.protocol.people import Person
from tests.protocol.teams import Teams

LONGEST = 60.0


class Held:
    """The first message for a conversation, unconfirmed until it is let go."""

    def __init__(self, conversation: str) -> None:
        self._conversation = conversation
        self._reached = threading.Event()
        self._go_on = threading.Event()

    def __call__(self, conversation: str) -> None:
        if conversation == self._conversation and not self._reached.is_set():
            self._reached.set()
            self._go_on.wait(LONGEST)

    def wait(self) -> None:
        """Returns when it has come."""
        assert self._reached.wait(LONGEST)

    def let_go(self) -> None:
        self._go_on.set()


@contextmanager
def held(teams: Teams, conversation: str) -> Iterator[Held]:
    """Holds the next message for a conversation until it is let go, or left."""
    holding = Held(conversation)
    teams.before_answering = holding
    try:
        yield holding
    finally:
        holding.let_go()
        teams.before_answering = lambda conversation: None


def until_nobody_is_let_in(person: Person) -> None:
    """Waits until the bot takes no more requests."""
    deadline = time.monotonic() + LONGEST
    try:
        while time.monotonic() < deadline:
            person.post(person.activity("typing"))
            time.sleep(0.05)
    except (OSError, HTTPException):
        return
    raise AssertionError("the bot still takes requests")
