"""A stage for whole conversations: people of the sample register, their chats, a channel, and a clock.

Everything is real but Teams: storage on SQLite, the conversation, the messages, the planner. What Teams
would show is kept as text, so that a transcript reads as the people saw it.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from bot.data_files import sample_register
from bot.seeding import import_register
from delivery import posts
from delivery.destination import destination_of
from dialogs.conduct import conduct
from dialogs.events import Event, EventKind, Who
from dialogs.state import read_state
from dialogs.turn import World
from domain.address import Address
from domain.clock import OSLO, local_day
from domain.errors import DomainError
from domain.outbox import OutboxState
from domain.outreach import summaries
from domain.outreach.content import content_of
from domain.outreach.planning.hours import first_opening
from domain.outreach.planning.planner import plan_due
from domain.ports import StoredConversation, StoredTurn, UnitOfWork
from domain.rounds.models import round_start_year
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from messages.notices import mark, render_content
from messages.outgoing import Outgoing
from messages.render import render_all
from storage.database import Database
from tests.databases import Databases
from tests.transcripts.reading import as_text, find_button

TENANT = "tenant"


@dataclass
class Shown:
    """A message in a chat, as it stands now."""

    id: str
    outgoing: Outgoing


@dataclass
class Chat:
    """A conversation: the bot's messages in it, oldest first."""

    id: str
    kind: str
    messages: list[Shown] = field(default_factory=list)


@dataclass
class Heard:
    """A message that came: whose chat, and what; `changed` when it replaced an earlier one."""

    chat: str
    outgoing: Outgoing
    changed: bool = False


class Stage:
    """The running stage. Names are those of the sample register; anybody else is a stranger."""

    def __init__(self, folder: Path, now: datetime) -> None:
        file = folder / "stage.db"
        shutil.copyfile(_filled(round_start_year(local_day(now))), file)
        self.database = Database(f"sqlite:///{file}", lambda: local_day(self.now))
        self.now = now
        self.world = World(_scheme(), local=True, sign=lambda claims: "token")
        self.chats: dict[str, Chat] = {}
        self._ids = count(1)
        with self.database.unit_of_work() as uow:
            self.people = {p.name: p for p in uow.register.all_people()}

    def close(self) -> None:
        """Ends it."""
        self.database.close()

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """A unit of work that is committed."""
        with self.database.unit_of_work() as uow:
            yield uow
            uow.commit()

    # --- what people do ---------------------------------------------------------------------------------------

    def say(self, name: str, text: str, channel: str | None = None) -> list[Heard]:
        """Somebody writes."""
        return self._act(self._event(name, EventKind.SAID, channel, text=text))

    def edit(self, name: str, activity_id: str, text: str) -> list[Heard]:
        """Somebody edits what they wrote."""
        event = self._event(name, EventKind.EDITED, None, text=text, activity_id=activity_id)
        return self._act(event)

    def install(self, name: str, channel: str | None = None) -> list[Heard]:
        """The app is added to a chat."""
        return self._act(self._event(name, EventKind.INSTALLED, channel))

    def press(
        self, name: str, title: str, inputs: dict[str, str] | None = None, channel: str | None = None
    ) -> list[Heard]:
        """Somebody presses the newest button with this title, with inputs filled in by label."""
        shown, payload = find_button(self.chat(name, channel).messages, title, inputs or {})
        return self.send_payload(name, payload, shown.id, channel)

    def send_payload(
        self, name: str, payload: dict[str, Any], reply_to: str | None, channel: str | None = None
    ) -> list[Heard]:
        """A card's values arrive, whatever they are."""
        event = self._event(name, EventKind.PRESSED, channel, payload=payload, reply_to=reply_to)
        return self._act(event)

    def pass_time(self, to: datetime) -> list[Heard]:
        """Time passes; everything that becomes due on the way is sent, looked for every hour of a working day.

        Nothing is planned at other times (see tests/outreach/test_planner.py), so they are skipped.
        """
        heard: list[Heard] = []
        while self.now < to:
            self.now = min(first_opening(self.now + timedelta(hours=1)), to)
            with self.work() as uow:
                plan_due(uow, self.now)
            heard += self._deliver()
        return heard

    # --- inside -----------------------------------------------------------------------------------------------

    def chat(self, name: str, channel: str | None = None) -> Chat:
        """A person's own chat, or a channel."""
        key = f"19:{channel}" if channel else f"a:{name}"
        return self.chats.setdefault(key, Chat(key, "channel" if channel else "personal"))

    def _event(
        self,
        name: str,
        kind: EventKind,
        channel: str | None,
        *,
        text: str = "",
        payload: dict[str, Any] | None = None,
        reply_to: str | None = None,
        activity_id: str | None = None,
    ) -> Event:
        chat = self.chat(name, channel)
        person = self.people.get(name)
        email = person.email if person else f"{name.lower().replace(' ', '.')}@fremmed.example"
        number = next(self._ids)
        activity_id = activity_id or f"act{number}"
        address = Address(
            TENANT,
            "http://127.0.0.1/",
            chat.id,
            "channel" if channel else "personal",
            "bot",
            f"29:{email}",
            email,
        )
        return Event(
            key=f"{chat.id}|{'messageUpdate' if kind is EventKind.EDITED else 'message'}|{activity_id}|{number}",
            kind=kind,
            activity_id=activity_id,
            address=address,
            who=Who(TENANT, email, name, (email,)),
            text=text,
            payload=payload or {},
            reply_to=reply_to,
        )

    def _act(self, event: Event) -> list[Heard]:
        chat = self.chats[event.address.conversation_id]
        self.last_activity = event.activity_id
        refused: DomainError | None = None
        try:
            conducted, outgoing = self._conduct(event, None)
        except DomainError as error:
            refused = error
        if refused is not None:
            conducted, outgoing = self._conduct(event, refused)
        target = event.reply_to if event.kind is EventKind.PRESSED else conducted.card
        heard, tracked = [], None
        for message in outgoing:
            if message.settles:
                wanted = conducted.card if message.settles_open else target
                old = next((m for m in chat.messages if m.id == wanted), None)
                if old is not None:
                    old.outgoing = message
                    heard.append(Heard(chat.id, message, changed=True))
                continue
            shown = Shown(f"m{next(self._ids)}", message)
            chat.messages.append(shown)
            heard.append(Heard(chat.id, message))
            tracked = shown.id if message.tracks else tracked
            if message.posted_in is not None:
                with self.work() as uow:
                    summaries.arrived(uow, message.posted_in, shown.id)
        if tracked is not None:
            with self.work() as uow:
                stored = uow.conversations.get(conducted.key)
                state = read_state(stored.state).model_copy(update={"card": tracked})
                uow.conversations.save(
                    StoredConversation(conducted.key, state.model_dump(exclude_defaults=True), stored.version)
                )
        return heard + self._deliver()

    def _conduct(self, event: Event, refused: DomainError | None) -> tuple[Any, list[Outgoing]]:
        with self.work() as uow:
            conducted = conduct(event, uow, self.now, self.world, refused)
            outgoing = render_all(
                conducted.replies, local_day(self.now), lambda token: f"https://fil/{token}"
            )
            uow.inbox.add(StoredTurn(event.key, True, [], conducted.effect), self.now)
        return conducted, outgoing

    def _deliver(self) -> list[Heard]:
        """Sends what waits in the outbox, as delivery does, without the engine."""
        heard = []
        with self.work() as uow:
            for message in uow.outbox.due(self.now, 500):
                content = content_of(uow, message, self.now)
                place = destination_of(uow, message, local=True) if content is not None else None
                if content is None or place is None:
                    state = OutboxState.OBSOLETE if content is None else OutboxState.UNREACHABLE
                    uow.outbox.finish(message.key, state, self.now)
                    continue
                name = uow.register.person(message.person_id).name if message.person_id else ""
                line = mark(name) if place.marked else None
                made = render_content(content, local_day(self.now), line)
                chat = self.chats[place.address.conversation_id]
                earlier = next((m for m in chat.messages if m.id == posts.replaces(content)), None)
                shown_ = earlier or Shown(f"m{next(self._ids)}", made)
                shown_.outgoing = made
                if earlier is None:
                    chat.messages.append(shown_)
                heard.append(Heard(chat.id, made, changed=earlier is not None))
                posts.noted(uow, message, content, shown_.id, self.now)
                uow.outbox.finish(message.key, OutboxState.SENT, self.now)
        return heard


def oslo(text: str) -> datetime:
    """A moment in Oslo from «2026-11-10 09:00»."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


@cache
def _filled(start_year: int) -> Path:
    """A database with the sample register and its rounds, made once: to copy it is much quicker."""
    folder = tempfile.TemporaryDirectory(prefix="stage")
    atexit.register(folder.cleanup)
    file = Path(folder.name) / "filled.db"
    day = date(start_year, 9, 1)
    database = Database(Databases.fresh_file(file), lambda: day)
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), day)
        uow.commit()
    database.close()
    return file


_SCHEME: list[Scheme] = []


def _scheme() -> Scheme:
    if not _SCHEME:
        _SCHEME.append(Scheme(prepared()))
    return _SCHEME[0]


def shown(heard: Heard) -> str:
    """What came, as text."""
    return as_text(heard.outgoing)
