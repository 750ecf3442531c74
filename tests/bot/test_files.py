"""A link to a file while the database is away is no failure of ours: it works again when the database does."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web

from bot.clock import RunningClock
from bot.files import files_route, signer
from storage.database import Database
from storage.worker import Worker

KEY = "a key of 32 characters or more, at least"


@pytest.mark.parametrize(("kind", "status"), [("staff_sheet", 503), ("another", 404)])
def test_a_link_while_the_database_is_away(kind: str, status: int) -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    worker = Worker(database)

    async def scenario() -> int:
        app = web.Application()
        app.router.add_get("/files/{token}", files_route(KEY, worker, RunningClock(timedelta(0))))
        runner = web.AppRunner(app)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            token = signer(KEY)({"kind": kind, "id": 1, "person": 1})
            url = f"http://127.0.0.1:{runner.addresses[0][1]}/files/{token}"
            async with aiohttp.ClientSession() as session, session.get(url) as response:
                return response.status
        finally:
            await runner.cleanup()

    assert asyncio.run(scenario()) == status
    worker.close()
    database.close()
