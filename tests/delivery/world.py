"""A small network with many heads, a Teams that answers over HTTP, and a process' delivery around them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from delivery.errors import SendFailed
from delivery.service import Delivery
from domain.address import Address
from domain.clock import OSLO, Clock
from domain.identity import AccessRequest, Account
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import Content
from domain.ports import UnitOfWork
from domain.register.models import Ownership, Role, ScopeKind
from domain.register.names import is_orgnr
from domain.register.rows import (
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)
from domain.rounds.models import Certainty, Deadline, DeadlineKind, Round, round_period
from messages.outgoing import Outgoing
from storage.database import Database
from storage.engines import tune_all_engines
from storage.worker import Worker

TENANT = "tenant-1"
DEADLINE = date(2026, 12, 1)
QUIET = datetime(2026, 11, 5, 9, 0, tzinfo=OSLO)
"""A Thursday, nine o'clock: no step is due."""

FIRST_STEP = datetime(2026, 11, 3, 9, 0, tzinfo=OSLO)
"""A Tuesday, nine o'clock: the heads' reply is due 2026-11-17, and the step of a week before it is out."""


class RunningClock:
    """Starts at a moment and runs on."""

    def __init__(self, start: datetime) -> None:
        self._offset = start - datetime.now(UTC)

    def now(self) -> datetime:
        return (datetime.now(UTC) + self._offset).astimezone(UTC)

    def move_to(self, moment: datetime) -> None:
        self._offset = moment - datetime.now(UTC)


class StandingClock:
    """Stands still until it is put to another moment."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


class HttpSender:
    """Posts a message as JSON to the stand-in for Teams; `let_go` has when, on the machine's steady clock."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self.let_go: list[float] = []

    async def send(self, address: Address, outgoing: Any) -> str | None:
        body = {"conversation": address.conversation_id, "text": outgoing.text}
        self.let_go.append(time.monotonic())
        try:
            async with self._session.post(f"{self._url}/activities", json=body) as response:
                if response.status == 201:
                    return str((await response.json())["id"])
                after = response.headers.get("Retry-After")
                raise SendFailed(
                    status=response.status,
                    permanent=response.status in (400, 403, 404),
                    retry_after=float(after) if after else None,
                )
        except aiohttp.ClientConnectorError as error:
            raise SendFailed from error
        except aiohttp.ClientError as error:
            raise SendFailed(ambiguous=True) from error

    async def update(self, address: Address, activity_id: str, outgoing: Any) -> None:
        await self.send(address, outgoing)

    async def open(self, person: Address) -> str:
        return f"chat-{person.aad_object_id}"


@dataclass
class Teams:
    """What has been posted, and what is answered: 201 unless an answer for the conversation is set.

    `let_go` is filled by who posts in the same process: when, on the machine's steady clock.
    """

    url: str = ""
    delay: float = 0.0
    posts: list[tuple[float, str, str, int]] = field(default_factory=list)
    answers: dict[str, list[tuple[int, dict[str, str]]]] = field(default_factory=dict)
    hang_up: set[str] = field(default_factory=set)
    let_go: list[float] = field(default_factory=list)

    def texts(self, conversation: str | None = None) -> list[str]:
        """What has arrived, in order."""
        return [t for _, c, t, s in self.posts if s == 201 and conversation in (None, c)]

    async def post(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        conversation, text = body["conversation"], body["text"]
        queued = self.answers.get(conversation)
        status, headers = queued.pop(0) if queued else (201, {})
        self.posts.append((time.monotonic(), conversation, text, status))
        if conversation in self.hang_up:
            assert request.transport is not None
            request.transport.close()
        await asyncio.sleep(self.delay)
        if status != 201:
            return web.Response(status=status, headers=headers)
        return web.json_response({"id": f"1:{len(self.posts)}"}, status=201)


def register(heads: int) -> RegisterFile:
    """One owner with so many kindergartens, each with its head, and a leader."""
    numbers = [str(n) for n in range(910000000, 910010000) if is_orgnr(str(n))]
    owner, gardens = numbers[0], numbers[1 : heads + 1]
    people = [
        _person("Odd Eier", "odd@eier.example", Role.OWNER, ScopeKind.OWNER, owner),
        _person("Lise Leder", "lise@leder.example", Role.LEADER, ScopeKind.NETWORK, "Gauldal"),
    ]
    people += [
        _person(
            f"Styrer Nummer{i}", f"styrer{i}@barnehage.example", Role.HEAD, ScopeKind.KINDERGARTEN, number
        )
        for i, number in enumerate(gardens)
    ]
    return RegisterFile(
        networks=(NetworkRow(name="Gauldal", county="Trøndelag"),),
        municipalities=(MunicipalityRow(name="Melhus", network="Gauldal"),),
        owners=(
            OwnerRow(
                orgnr=owner, name="Melhus kommune", ownership=Ownership.MUNICIPAL, municipality="Melhus"
            ),
        ),
        kindergartens=tuple(
            KindergartenRow(orgnr=n, name=f"Solbakken {i}", municipality="Melhus", owner_orgnr=owner)
            for i, n in enumerate(gardens)
        ),
        people=tuple(people),
    )


def _person(name: str, email: str, role: Role, kind: ScopeKind, scope: str) -> PersonRow:
    return PersonRow(name=name, email=email, role=role, scope_kind=kind, scope=scope)


def fill(uow: UnitOfWork, heads: int, *, confirmed: bool = True) -> None:
    """Register and round, without addresses."""
    uow.register.replace_all(register(heads))
    network = uow.register.networks()[0]
    starts, ends = round_period(2026)
    uow.rounds.save(
        Round(
            network_id=network.id,
            label="2026/27",
            starts=starts,
            ends=ends,
            form_version="1",
            deadlines=(
                Deadline(
                    kind=DeadlineKind.NEEDS,
                    day=DEADLINE,
                    source="LP",
                    certainty=Certainty.SINGLE,
                    confirmed=confirmed,
                ),
            ),
        )
    )
    uow.commit()


def head(uow: UnitOfWork, index: int) -> tuple[int, int]:
    """A head and the kindergarten: their ids."""
    person = uow.register.person_by_email(f"styrer{index}@barnehage.example")
    assert person is not None
    return person.id, uow.register.roles_of(person.id)[0].scope.id


def owner(uow: UnitOfWork) -> int:
    person = uow.register.person_by_email("odd@eier.example")
    assert person is not None
    return person.id


def leader(uow: UnitOfWork) -> int:
    person = uow.register.person_by_email("lise@leder.example")
    assert person is not None
    return person.id


def address(name: str) -> Address:
    return Address(TENANT, "https://smba.example/", f"chat-{name}", "personal", "28:bot", f"29:{name}", name)


def seat(uow: UnitOfWork, person_id: int, name: str, now: datetime, acting_as: int | None = None) -> None:
    """Gives a person a Teams account and a chat «chat-<name>»."""
    uow.identity.save_account(
        Account(tenant_id=TENANT, aad_object_id=name, person_id=person_id, acting_as=acting_as)
    )
    uow.identity.save_address(address(name), now)
    uow.commit()


def reminder(uow: UnitOfWork, index: int, now: datetime) -> OutboxMessage:
    """The reminder of a head, due now."""
    person_id, kindergarten_id = head(uow, index)
    return OutboxMessage(
        key=f"head_reminder:1:test:p{person_id}",
        kind=MessageKind.HEAD_REMINDER,
        person_id=person_id,
        params={"kindergarten": kindergarten_id, "step": "week"},
        due_at=now,
        expires_at=now + timedelta(days=1),
    )


def request_of(uow: UnitOfWork, now: datetime) -> int:
    """An open request to come in."""
    return uow.identity.add_request(
        AccessRequest(
            id=0,
            tenant_id=TENANT,
            aad_object_id="stranger",
            name="Fremmed Person",
            email="fremmed@eier.example",
            role=Role.HEAD.value,
            scope_kind="kindergarten",
            scope_id=head(uow, 0)[1],
            network_id=uow.register.networks()[0].id,
            created_at=now,
        )
    ).id


def notice(uow: UnitOfWork, person_id: int, request_id: int, now: datetime) -> OutboxMessage:
    """A message of a kind that is sent again when in doubt."""
    return OutboxMessage(
        key=f"access_requested:{request_id}:p{person_id}",
        kind=MessageKind.ACCESS_REQUESTED,
        person_id=person_id,
        params={"request": request_id},
        due_at=now,
    )


def render(content: Content, mark: str | None) -> Outgoing:
    recipient = getattr(content, "recipient", None)
    text = f"{type(content).__name__} {recipient.name if recipient else ''}".strip()
    outgoing = Outgoing(text=text)
    return outgoing.marked(mark) if mark else outgoing


def mark(name: str) -> str:
    return f"Til {name}"


@asynccontextmanager
async def teams_at(teams: Teams, port: int = 0) -> AsyncIterator[Teams]:
    """Serves the stand-in for Teams on loopback."""
    app = web.Application()
    app.router.add_post("/activities", teams.post)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    teams.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield teams
    finally:
        await runner.cleanup()


@asynccontextmanager
async def delivering(
    database: Database, engine_url: str, teams_url: str, clock: Clock, **options: Any
) -> AsyncIterator[Delivery]:
    """A process' delivery: started, and stopped at the end."""
    tune_all_engines()
    worker = Worker(database)
    async with aiohttp.ClientSession() as session:
        delivery = Delivery(
            engine_url, worker, clock, HttpSender(session, teams_url), render, mark, **options
        )
        await delivery.start()
        try:
            yield delivery
        finally:
            await delivery.stop()
            worker.close()


async def until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    """Waits until something is so; fails when it is not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        await asyncio.sleep(0.02)


def unfinished(database: Database) -> int:
    """How many messages have not come to an end."""
    with database.unit_of_work() as uow:
        counts = uow.outbox.counts()
    return counts[OutboxState.WAITING.value] + counts[OutboxState.HANDED.value]


def state_of(database: Database, key: str) -> OutboxState:
    with database.unit_of_work() as uow:
        message = uow.outbox.get(key)
    assert message is not None
    return message.state
