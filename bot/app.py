"""The wiring: every part is made and joined here, started and stopped in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot import files, logs, metrics, tracing
from bot.attachments import FileFetcher
from bot.clock import RunningClock, clock_from
from bot.data_files import sample_register
from bot.identity import credentials_of
from bot.listening import Refusals, runner_of
from bot.metrics_page import MetricsPage
from bot.outbound import TeamsSender
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.credentials import Credentials
from bot.sdk.http import PATH, messages_route
from bot.seeding import seed_if_empty
from bot.settings import Settings
from bot.turns import Turns
from bot.warming import warm_up_beside
from delivery.service import Delivery
from delivery.status import backlog
from dialogs.turn import World
from domain.clock import local_day
from domain.needs.beginning import ensure_rounds
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from messages.notices import mark, render_content
from storage.database import Database
from storage.engines import tune_all_engines
from storage.turn_locks import turn_locks
from storage.worker import Worker

log = structlog.get_logger()

DRAIN_SECONDS = 13.0
"""For turns and sends that are under way; with what comes after it, less than 20."""

_LAST_SECONDS = 1.0
"""For each thing that should have ended by then."""


class App:
    """One running Rekompis. `lost` is called when another process may take over its sends."""

    def __init__(self, settings: Settings, lost: Callable[[], None] = lambda: None) -> None:
        self.settings = settings
        self._lost = lost
        self._runners: list[web.AppRunner] = []
        self._stopping = False
        self.seeded = False

    async def start(self) -> None:
        """Starts everything; when it returns, /readyz answers 200. Raises BadSettings, StorageError and OSError."""
        settings = self.settings
        logs.watch_loop(asyncio.get_running_loop())
        # Goes on while the databases are waited for.
        scheme = asyncio.create_task(asyncio.to_thread(lambda: Scheme(prepared())))
        tracing.set_up(settings.otlp_endpoint, settings.executor_id)
        credentials = credentials_of(settings)
        tune_all_engines()
        self._database = Database(settings.database_url)
        await asyncio.to_thread(self._database.upgrade)
        self._database.lock_process()
        self._worker = Worker(self._database)
        clock = await self._worker.run(lambda uow: clock_from(uow, settings.now))
        self._database.today = lambda: local_day(clock.now())
        key = await self._worker.run(files.secret)
        await self._worker.run(lambda uow: self._seed(uow, clock))
        self._adapter = await self._open_adapter(credentials)
        credentials.warm()
        hosts = () if settings.local else settings.service_hosts
        self._fetcher = await FileFetcher.open(credentials, hosts)
        self._delivery = self._make_delivery(clock)
        self._locks = turn_locks(settings.database_url)
        try:
            await self._delivery.start()
        except BaseException:
            await self._fetcher.close()
            await self._adapter.close()
            raise
        world = World(await scheme, settings.local, files.signer(key))
        self._turns = Turns(
            self._adapter,
            self._delivery.budget,
            self._worker,
            clock,
            world,
            lambda token: f"{settings.files_url}/files/{token}",
            self._delivery.nudge,
            settings.tenants,
            self._fetcher.fetch,
            self._locks,
        )
        await self._locks.start()
        await self._listen(self._public_app(key, clock), settings.host, settings.port)
        await self._listen_for_metrics(clock)
        self._warming = warm_up_beside()
        log.info("app.ready", port=settings.port, local=settings.local)

    async def stop(self) -> None:
        """Takes no new turns, finishes those under way, and closes; within about 20 seconds."""
        log.info("app.stopping")
        self._stopping = True
        for runner in self._runners:
            for site in list(runner.sites):
                await site.stop()
        await asyncio.gather(self._turns.drain(DRAIN_SECONDS), self._delivery.drain(DRAIN_SECONDS))
        await self._delivery.stop(_LAST_SECONDS)
        for runner in self._runners:
            await runner.cleanup()
        await self._fetcher.close()
        await self._adapter.close()
        await self._locks.close()
        await asyncio.to_thread(self._warming.join, _LAST_SECONDS)
        await asyncio.to_thread(self._worker.close)
        self._database.close()
        await tracing.stop()
        log.info("app.stopped")

    def _seed(self, uow: Any, clock: RunningClock) -> None:
        today = local_day(clock.now())
        if self.settings.local:
            self.seeded = seed_if_empty(uow, sample_register(), today)
        else:
            ensure_rounds(uow, today)

    async def _open_adapter(self, credentials: Credentials) -> RekompisAdapter:
        settings = self.settings
        if settings.app_id is None:
            return await RekompisAdapter.open()
        return await RekompisAdapter.open(
            app_id=settings.app_id,
            credentials=credentials,
            service_hosts=settings.service_hosts,
            metadata_url=settings.openid_metadata_url,
        )

    def _make_delivery(self, clock: RunningClock) -> Delivery:
        delivery = Delivery(
            self.settings.engine_url,
            self._worker,
            clock,
            TeamsSender(self._adapter),
            lambda content, mark: render_content(content, local_day(clock.now()), mark),
            mark,
            local=self.settings.local,
            executor_id=self.settings.executor_id,
            tick_seconds=self.settings.ticks,
            per_second=self.settings.sends_per_second,
            lost=self._lost,
        )
        delivery.budget.on_wait = metrics.waited
        delivery.budget.on_cool_off = metrics.COOL_OFFS.inc
        return delivery

    # --- http -------------------------------------------------------------------------------------------------

    def _public_app(self, key: str, clock: RunningClock) -> web.Application:
        app = web.Application()
        messages = messages_route(
            self._adapter,
            self._turns,
            on_failure=lambda error: log.error("request.failed", **logs.told(error)),
            on_refused=Refusals(),
        )
        app.router.add_route("*", PATH, self._while_running(messages))
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/files/{token}", files.files_route(key, self._worker, clock))
        return app

    def _while_running(self, handler: Handler) -> Handler:
        """The same, but no more of it once we stop: a proxy goes on using the connections that it has."""

        async def handled(request: web.Request) -> web.StreamResponse:
            if not self._stopping:
                return await handler(request)
            refused = web.Response(status=503)
            refused.force_close()
            return refused

        return handled

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _request: web.Request) -> web.Response:
        database, engine = await asyncio.gather(self._database_answers(), self._delivery.healthy())
        ready = database and engine and not self._stopping
        return web.json_response({"database": database, "engine": engine}, status=200 if ready else 503)

    async def _database_answers(self) -> bool:
        try:
            await asyncio.wait_for(asyncio.to_thread(self._database.ping), 5)
        except Exception as error:
            log.warning("readyz.database", error=type(error).__name__)
            return False
        return True

    async def _listen_for_metrics(self, clock: RunningClock) -> None:
        page = MetricsPage(
            self._database_answers, self._delivery.healthy, lambda: backlog(self._worker, clock.now())
        )
        app = web.Application()
        app.router.add_get("/metrics", page.get)
        try:
            await self._listen(app, self.settings.metrics_host, self.settings.metrics_port)
        except OSError:
            log.warning("metrics.port_taken", port=self.settings.metrics_port)

    async def _listen(self, app: web.Application, host: str, port: int) -> None:
        runner = runner_of(app)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runners.append(runner)
