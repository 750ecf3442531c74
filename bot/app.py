"""The wiring: every part is made and joined here, started and stopped in order."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from typing import Any

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot import files, metrics
from bot.attachments import FileFetcher
from bot.clock import RunningClock, clock_from
from bot.data_files import sample_register
from bot.outbound import TeamsSender
from bot.sdk.adapter import RekompisAdapter
from bot.sdk.credentials import Credentials, NoCredentials, SecretCredentials
from bot.sdk.http import PATH, messages_route
from bot.seeding import seed_if_empty
from bot.settings import Settings
from bot.turns import Turns
from delivery.service import Delivery
from delivery.status import outbox_counts
from dialogs.turn import World
from domain.clock import local_day
from domain.needs.beginning import ensure_rounds
from domain.norwegian.dates import warm_up
from domain.scheme.answers import Scheme
from domain.scheme.prepared import prepared
from messages.notices import mark, render_content
from storage.database import Database
from storage.engines import tune_all_engines
from storage.worker import Worker

log = structlog.get_logger()

DRAIN_SECONDS = 15.0


class App:
    """One running Rekompis. `lost` is called when another process may take over its sends."""

    def __init__(self, settings: Settings, lost: Callable[[], None] = lambda: None) -> None:
        self.settings = settings
        self._lost = lost
        self._runners: list[web.AppRunner] = []
        self.seeded = False

    async def start(self) -> None:
        """Starts everything; when it returns, /readyz answers 200. Raises StorageError and OSError."""
        settings = self.settings
        tune_all_engines()
        self._database = Database(settings.database_url)
        await asyncio.to_thread(self._database.upgrade)
        self._database.lock_process()
        self._worker = Worker(self._database)
        clock = await self._worker.run(lambda uow: clock_from(uow, settings.now))
        self._database.today = lambda: local_day(clock.now())
        key = await self._worker.run(files.secret)
        await self._worker.run(lambda uow: self._seed(uow, clock))
        credentials = self._credentials()
        self._adapter = await self._open_adapter(credentials)
        hosts = () if settings.local else settings.service_hosts
        self._fetcher = await FileFetcher.open(credentials, hosts)
        self._delivery = self._make_delivery(clock)
        world = World(Scheme(prepared()), settings.local, files.signer(key))
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
        )
        await asyncio.to_thread(warm_up)
        try:
            await self._delivery.start()
        except BaseException:
            await self._fetcher.close()
            await self._adapter.close()
            raise
        await self._listen(self._public_app(key, clock), settings.host, settings.port)
        await self._listen_for_metrics()
        # What is loaded by now stays. Else a turn that reads much waits while the collector looks through it all.
        gc.freeze()
        log.info("app.ready", port=settings.port, local=settings.local)

    async def stop(self) -> None:
        """Takes no new turns, finishes those under way, and closes; within about 20 seconds."""
        log.info("app.stopping")
        for runner in self._runners:
            for site in list(runner.sites):
                await site.stop()
        await self._turns.drain(DRAIN_SECONDS)
        await self._delivery.stop()
        for runner in self._runners:
            await runner.cleanup()
        await self._fetcher.close()
        await self._adapter.close()
        await asyncio.to_thread(self._worker.close)
        self._database.close()
        log.info("app.stopped")

    def _seed(self, uow: Any, clock: RunningClock) -> None:
        today = local_day(clock.now())
        if self.settings.local:
            self.seeded = seed_if_empty(uow, sample_register(), today)
        else:
            ensure_rounds(uow, today)

    def _credentials(self) -> Credentials:
        settings = self.settings
        if settings.app_id is None:
            return NoCredentials()
        assert settings.app_password is not None
        assert settings.app_tenant_id is not None
        return SecretCredentials(
            settings.app_id,
            settings.app_password.get_secret_value(),
            settings.app_tenant_id,
            login_url=settings.login_url,
        )

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
        return Delivery(
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

    # --- http -------------------------------------------------------------------------------------------------

    def _public_app(self, key: str, clock: RunningClock) -> web.Application:
        app = web.Application()
        messages = messages_route(
            self._adapter,
            self._turns,
            on_failure=lambda error: log.error("request.failed", error=type(error).__name__),
            on_refused=lambda status, reason: metrics.REFUSED.labels(str(status)).inc(),
        )
        app.router.add_route("*", PATH, messages)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/files/{token}", files.files_route(key, self._worker, clock))
        return app

    async def _healthz(self, _request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def _readyz(self, _request: web.Request) -> web.Response:
        database, engine = await asyncio.gather(self._database_answers(), self._delivery.healthy())
        ready = database and engine
        return web.json_response({"database": database, "engine": engine}, status=200 if ready else 503)

    async def _database_answers(self) -> bool:
        try:
            await asyncio.wait_for(asyncio.to_thread(self._database.ping), 5)
        except Exception as error:
            log.warning("readyz.database", error=type(error).__name__)
            return False
        return True

    async def _metrics(self, _request: web.Request) -> web.Response:
        for state, number in (await outbox_counts(self._worker)).items():
            metrics.OUTBOX.labels(state).set(number)
        return web.Response(
            body=generate_latest(metrics.REGISTRY), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    async def _listen_for_metrics(self) -> None:
        app = web.Application()
        app.router.add_get("/metrics", self._metrics)
        try:
            await self._listen(app, self.settings.metrics_host, self.settings.metrics_port)
        except OSError:
            log.warning("metrics.port_taken", port=self.settings.metrics_port)

    async def _listen(self, app: web.Application, host: str, port: int) -> None:
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()
        self._runners.append(runner)
