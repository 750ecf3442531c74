"""The roster of a team: those whom the register knows can be written to, and nothing is kept about others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web

from bot.outbound import Replies
from bot.roster import MOST_PAGES, Roster
from bot.sdk.adapter import RekompisAdapter
from delivery.book import OwnBook
from delivery.budget import Budget
from delivery.ledger import Limits
from dialogs.events import Event, EventKind, Who
from domain.address import Address
from domain.outreach.reaching.reach import Why, why_not
from storage.database import Database
from storage.worker import Worker
from tests.bot.sdk.standins import Answer, Connector, answering, run
from tests.databases import Databases
from tests.delivery.world import FIRST_STEP, RunningClock, fill, head

TENANT = "tenant-1"
TEAM = "19:team@thread.tacv2"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(Databases.fresh_file(tmp_path / "domain.db"))
    with made.unit_of_work() as uow:
        fill(uow, heads=3)
    yield made
    made.close()


def member(name: str, email: str, **more: Any) -> dict[str, Any]:
    """A member as Teams describes one."""
    return {"id": f"29:{name}", "aadObjectId": name, "name": name, "email": email, "tenantId": TENANT, **more}


def added(team: Address, kind: EventKind = EventKind.INSTALLED) -> Event:
    """The bot has been added to a team."""
    return Event("k", kind, "a", team, Who(TENANT, "x"))


def pages(*found: list[dict[str, Any]]) -> Answer:
    """A roster of so many pages."""

    async def answer(request: web.Request, _body: Any) -> web.StreamResponse:
        number = int(parse_qs(urlsplit(request.path_qs).query).get("continuationToken", ["0"])[0])
        more = {"continuationToken": str(number + 1)} if number + 1 < len(found) else {}
        return web.json_response({"members": found[number], **more})

    return answer


def reading(
    database: Database,
    answer: Answer,
    test: Callable[[Roster, Event, Connector], Awaitable[None]] | None = None,
    tenants: frozenset[str] = frozenset({TENANT}),
) -> Connector:
    """Reads the team's roster once, or does what the test says; the connector with the calls."""

    async def work() -> Connector:
        adapter = await RekompisAdapter.open()
        worker, connector = Worker(database), Connector(answer=answer)
        try:
            async with connector.running() as service_url:
                replies = Replies(Budget(OwnBook(Limits.of(25))))
                clock = RunningClock(FIRST_STEP)
                roster = Roster(adapter, replies, worker, clock, lambda: None, tenants)
                team = added(Address(TENANT, service_url, TEAM, "channel", "28:bot", "29:x", "x"))
                if test is not None:
                    await test(roster, team, connector)
                else:
                    roster.look(team)
                    await roster.idle()
        finally:
            worker.close()
            await adapter.close()
        return connector

    return run(work())


def test_a_page_says_who_is_a_guest_and_what_to_ask_for_next() -> None:
    async def work() -> None:
        adapter, connector = await RekompisAdapter.open(), Connector()
        guest = {"id": "29:ola", "userPrincipalName": "ola_b.no#EXT#@a.example"}
        found = [
            {"id": "29:kari", "email": "Kari@A.no"},
            guest,
            {"id": "29:per", "userRole": "guest"},
            "?",
            {},
        ]
        connector.answer = answering(200, {"members": found, "continuationToken": "t"})
        async with connector.running() as service_url:
            members, token = await adapter.members(service_url, TEAM)
            assert [(m.id, m.emails, m.guest) for m in members] == [
                ("29:kari", ("kari@a.no",), False),
                ("29:ola", ("ola_b.no#ext#@a.example",), True),
                ("29:per", (), True),
            ]
            connector.answer = answering(200, {"members": None, "continuationToken": ""})
            assert await adapter.members(service_url, TEAM, token) == ([], None)
        assert connector.calls[1].path.endswith("/pagedmembers?pageSize=200&continuationToken=t")
        await adapter.close()

    run(work())


def test_everybody_of_the_register_is_found_on_any_page(database: Database) -> None:
    calls = reading(
        database,
        pages(
            [member("first", "styrer0@barnehage.example"), member("unknown", "ukjent@fremmed.example")],
            [member("second", "", userPrincipalName="Styrer1@Barnehage.example")],
            [member("guest", "styrer2@barnehage.example", userRole="guest")],
        ),
    ).calls
    assert len(calls) == 3
    with database.unit_of_work() as uow:
        first, second, guest = (head(uow, n)[0] for n in range(3))
        assert why_not(uow, [first, second, guest]) == {guest: Why.GUEST}
        account = uow.identity.account(TENANT, "first")
        assert account is not None
        assert (account.person_id, account.user_id, account.bot_id) == (first, "29:first", "28:bot")
        assert uow.identity.account(TENANT, "unknown") is None
        assert uow.identity.address(TEAM) is None


def test_somebody_of_a_tenant_that_is_not_let_in_is_like_a_guest(database: Database) -> None:
    """In a shared channel there are people of other tenants."""
    reading(database, pages([member("far", "styrer0@barnehage.example", tenantId="elsewhere")]))
    with database.unit_of_work() as uow:
        person = head(uow, 0)[0]
        assert why_not(uow, [person]) == {person: Why.GUEST}


def test_a_roster_without_end_is_left(database: Database) -> None:
    async def endless(_request: web.Request, _body: Any) -> web.StreamResponse:
        return web.json_response({"members": [], "continuationToken": "more"})

    assert len(reading(database, endless).calls) == MOST_PAGES


@pytest.mark.parametrize("answer", [answering(403, {}), answering(200, []), answering(200, {"members": [7]})])
def test_a_roster_that_cannot_be_read_does_no_harm(database: Database, answer: Answer) -> None:
    reading(database, answer)
    with database.unit_of_work() as uow:
        assert uow.identity.accounts_of([head(uow, n)[0] for n in range(3)]) == []


def test_nothing_is_read_in_local_mode(database: Database) -> None:
    assert reading(database, pages([]), tenants=frozenset()).calls == []


def test_only_what_is_new_to_a_team_reads_it(database: Database) -> None:
    async def test(roster: Roster, team: Event, connector: Connector) -> None:
        personal = Address(TENANT, team.address.service_url, "a:x", "personal", "28:bot", "29:x", "x")
        for other in (added(team.address, EventKind.SAID), added(personal)):
            roster.look(other)
        await roster.idle()
        assert connector.calls == []

    reading(database, pages([]), test)


def test_a_team_is_read_once_at_a_time_and_can_be_left(database: Database) -> None:
    came, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_request: web.Request, _body: Any) -> web.StreamResponse:
        came.set()
        await go_on.wait()
        return web.json_response({"members": [member("first", "styrer0@barnehage.example")]})

    async def test(roster: Roster, team: Event, connector: Connector) -> None:
        roster.look(team)
        roster.look(team)
        await came.wait()
        roster.stop()
        await roster.idle()
        go_on.set()
        assert len(connector.calls) == 1

    reading(database, slow, test)
    with database.unit_of_work() as uow:
        assert uow.identity.account(TENANT, "first") is None
