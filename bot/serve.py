"""Runs the bot until it is told to stop, with or without the local client beside it."""

from __future__ import annotations

import asyncio
import signal
import uuid
from collections.abc import Callable
from pathlib import Path

from bot.app import App
from bot.data_files import sample_register
from bot.local.people import PlaygroundPerson, PlaygroundTenant
from bot.local.playground import PlaygroundProcess
from bot.settings import Settings
from domain.register.files import read_register
from domain.register.models import Role

LOST = 75
"""The exit code that asks a supervisor to start us again."""

_START_SECONDS = 5.0
"""How long somebody who asks us to stop waits for the start to end; another process may have what it needs."""

TENANT = "00000000-0000-0000-0000-0000000000a1"


async def serve(settings: Settings, ready: Callable[[App], None] = lambda app: None) -> int:
    """Serves until SIGTERM or SIGINT; the exit code."""
    stop, code = asyncio.Event(), 0

    def lost() -> None:
        nonlocal code
        code = LOST
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = App(settings, lost)
    if not await _started(app, stop):
        return code
    try:
        ready(app)
        await stop.wait()
    finally:
        await app.stop()
    return code


async def _started(app: App, stop: asyncio.Event) -> bool:
    """Starts it, unless it is told to stop and the start takes long."""
    starting, stopping = asyncio.create_task(app.start()), asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    done, _ = await asyncio.wait({starting}, timeout=_START_SECONDS if stop.is_set() else None)
    if not done:
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return False
    await starting
    return True


async def serve_with_client(settings: Settings, tell: Callable[[str], None]) -> int:
    """The bot and a Teams-like client, both on loopback only. Raises PlaygroundError."""
    client = PlaygroundProcess(
        sample_tenant(),
        endpoint=f"http://127.0.0.1:{settings.port}/api/messages",
        work_folder=Path("var/playground"),
        port=settings.client_port,
    )

    def ready(_app: App) -> None:
        client.start()
        tell(client.url)

    try:
        return await serve(settings, ready)
    finally:
        client.stop()


def sample_tenant() -> PlaygroundTenant:
    """The client's people: a head of the sample register at the keyboard, five others as colleagues."""
    rows = read_register(sample_register()).people
    chosen: list[PlaygroundPerson] = []
    # One role only, so that each shows one side of the bot.
    single = [r for r in rows if sum(o.email == r.email for o in rows) == 1]
    first = next((r for r in single if r.name == "Kari Nordli"), single[0])
    wanted = [Role.OWNER, Role.LEADER, Role.HEAD, Role.AUTHORITY, Role.UH]
    picked = [first]
    for role in wanted:
        found = next((r for r in rows if r.role is role and all(r.email != p.email for p in picked)), None)
        if found is not None:
            picked.append(found)
    chosen = [_person(r.name, r.email) for r in picked]
    return PlaygroundTenant(
        current_user=chosen[0],
        colleagues=tuple(chosen[1:6]),
        tenant_id=TENANT,
        team_name="Kompetansenettverk",
        channel_name="Gauldal",
        group_chat_name="Nettverksgruppa",
    )


def _person(name: str, email: str) -> PlaygroundPerson:
    aad = uuid.uuid5(uuid.NAMESPACE_URL, email)
    return PlaygroundPerson(name, email, str(aad), f"29:{uuid.uuid5(uuid.NAMESPACE_DNS, email)}")
