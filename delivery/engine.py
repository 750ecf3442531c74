"""The durable engine: DBOS, its queue, its schedule and its workflows. The only module that knows DBOS.

DBOS is one per process and keeps a register of workflows beside itself; both are made in `start` and taken
down in `stop`, so that nothing lives between two engines.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, _sys_db

from delivery.ledger import PER_SECOND
from delivery.liveness import Liveness
from delivery.postgres import is_postgres
from delivery.send import Dispatcher

LONGEST_PAUSE = 10.0
"""Seconds after which DBOS looks again for a database that was away."""

QUEUE = "teams_send"
VERSION = "1"
"""Constant: a new one would strand what is under way when the program is replaced."""

SCHEMA = "engine"
_NAME = "rekompis"
_DELIVER = "deliver"
_TICK = "tick"
_SCHEDULE = "outreach"
_DRAIN = 20.0
_PROBE = 5.0
_KEEP_TICKS = timedelta(hours=1)
_KEEP_DELIVERIES = timedelta(days=7)
_FORGET_BATCH = 500

log = structlog.get_logger()


class Engine:
    """Runs deliveries and the tick of the schedule on the event loop it was started on.

    DBOS opens its own connections: storage's `tune_all_engines` must have been called before.
    `executor_id` is stable, and unique among living processes. `tick` is called at the start and every
    `tick_seconds` (1 to 59, or 60), by one of the processes. `lost`: another process may take over our work
    from now on, so this one must end (exit code 75).
    """

    def __init__(
        self,
        url: str,
        dispatcher: Dispatcher,
        tick: Callable[[], Awaitable[None]],
        *,
        executor_id: str = "local",
        tick_seconds: int = 60,
        per_second: float = PER_SECOND,
        lost: Callable[[], None] = lambda: None,
        liveness_seconds: float = 10.0,
    ) -> None:
        self._url = url
        self._dispatcher = dispatcher
        self._tick = tick
        self._executor_id = executor_id
        self._cron = "0 * * * * *" if tick_seconds >= 60 else f"*/{tick_seconds} * * * * *"
        self._liveness: Liveness | None = None
        if is_postgres(url):
            self._liveness = Liveness(url, executor_id, SCHEMA, _recover, lost, every=liveness_seconds)
        self._per_second = per_second
        self._running: set[asyncio.Task[Any]] = set()
        self._first_tick: asyncio.Task[None] | None = None
        self._probe: asyncio.Task[bool] | None = None
        self._forgotten_at: datetime | None = None
        self._up = False

    async def start(self) -> None:
        """Starts, takes up again what was under way, and ticks once; raises TwinAlive (PostgreSQL)."""
        if self._liveness is not None:
            await self._liveness.acquire()
        try:
            await self._launch()
        except BaseException:
            await self._take_down()
            raise
        if self._liveness is not None:
            self._liveness.watch()
        self._up = True
        self._first_tick = asyncio.create_task(self._safe_tick())

    async def _launch(self) -> None:
        _look_again_soon()
        DBOS(config=self._config())
        _log_as_the_others_do()

        # Functions and not methods: DBOS writes attributes on what it registers.
        async def deliver(key: str) -> str:
            return await self._deliver(key)

        async def tick(at: datetime, context: Any) -> None:
            await self._scheduled()

        DBOS.workflow(name=_DELIVER, max_recovery_attempts=None)(deliver)
        scheduled = DBOS.workflow(name=_TICK)(tick)
        DBOS.launch()
        await DBOS.register_queue_async(
            QUEUE,
            limiter=self._limiter(),
            polling_interval_sec=0.2,
            on_conflict="always_update",
        )
        await DBOS.apply_schedules_async(
            [
                {
                    "schedule_name": _SCHEDULE,
                    "workflow_fn": scheduled,
                    "schedule": self._cron,
                    "cron_timezone": "Europe/Oslo",
                    # Our own Clock decides what is due, so a tick that was missed has nothing to add.
                    "automatic_backfill": False,
                }
            ]
        )

    def _limiter(self) -> Any:
        # A little more than the budget lets through, so that it is the budget that sets the rate. What waits there
        # has no attempt on record. The limits of a conversation are the budget's as well: as partitions of the
        # queue, each conversation would be a transaction of its own.
        return {"limit": int(self._per_second) + 4, "period": 1.0} if self._per_second else None

    async def stop(self, seconds: float = _DRAIN) -> None:
        """Lets what is being sent end, at most so long; the rest goes on at the next start."""
        self._up = False
        if self._first_tick is not None:
            await asyncio.wait([self._first_tick], timeout=_PROBE)
        await self._dispatcher.drain(seconds)
        # What sleeps or waits is cut off as by a crash: nothing is recorded, so it is taken up again.
        logging.getLogger("dbos").setLevel(logging.CRITICAL)
        await self._cut_off()
        await self._take_down()
        await self._cut_off()

    async def _take_down(self) -> None:
        # Not DBOS's own wait for the end of workflows: one that sleeps until Monday would use it all.
        await asyncio.to_thread(lambda: DBOS.destroy(destroy_registry=True))
        # DBOS made its threads the loop's own; they are gone with it.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
        if self._liveness is not None:
            await self._liveness.stop()

    async def healthy(self) -> bool:
        """Whether the engine's database answers within five seconds."""
        if not self._up:
            return False
        if self._probe is None or self._probe.done():
            self._probe = asyncio.create_task(_answers())
        # One probe at a time: DBOS holds a thread for each as long as its database is away.
        done, _ = await asyncio.wait([self._probe], timeout=_PROBE)
        return bool(done) and self._probe.result()

    async def hand(self, key: str, delay: float = 0.0) -> None:
        """Takes over the delivery of an outbox row after `delay` seconds; a known key changes nothing.

        The key must hold no personal data.
        """
        options: Any = {
            "workflow_name": _DELIVER,
            "queue_name": QUEUE,
            "workflow_id": key,
            "app_version": VERSION,
        }
        if delay > 0:
            options["delay_seconds"] = delay
        await DBOS.enqueue_workflow_with_options_async(options, key)

    async def knows(self, key: str) -> bool:
        """Whether a delivery has been handed over and not been forgotten."""
        return await DBOS.get_workflow_status_async(key) is not None

    async def depth(self) -> int:
        """How many deliveries are begun or wait for their turn, counted up to 1000."""
        found = await DBOS.list_queued_workflows_async(queue_name=QUEUE, limit=1000, load_input=False)
        return len(found)

    async def forget(self) -> int:
        """Deletes what ended long ago from the engine's tables, at most once an hour; returns how many."""
        # DBOS stamps its rows with the wall clock, so this is not a question for our Clock.
        now = datetime.now(UTC)
        if self._forgotten_at is not None and now - self._forgotten_at < _KEEP_TICKS:
            return 0
        self._forgotten_at = now
        return await _delete(_TICK, now - _KEEP_TICKS) + await _delete(_DELIVER, now - _KEEP_DELIVERIES)

    def _config(self) -> DBOSConfig:
        config: DBOSConfig = {
            "name": _NAME,
            "system_database_url": self._url,
            "application_version": VERSION,
            "executor_id": self._executor_id,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
            "max_executor_threads": 32,
            "scheduler_polling_interval_sec": 5.0,
        }
        if is_postgres(self._url):
            config["dbos_system_schema"] = SCHEMA
        else:
            config["use_listen_notify"] = False
        return config

    async def _deliver(self, key: str) -> str:
        with _Tracked(self._running):
            tried = 0
            for number in count():
                result = await DBOS.run_step_async(
                    {"name": "attempt"}, self._dispatcher.attempt, key, number, tried
                )
                if "end" in result:
                    return result["end"]
                tried += result["counted"]
                await DBOS.sleep_async(result["retry"])
            raise AssertionError  # count() has no end

    async def _scheduled(self) -> None:
        with _Tracked(self._running):
            await DBOS.run_step_async({"name": "tick"}, self._safe_tick)

    async def _safe_tick(self) -> None:
        try:
            await self._tick()
        except Exception as error:
            log.error("engine.tick", error=type(error).__name__)

    async def _cut_off(self) -> None:
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class _Tracked:
    """Keeps the current task in a set while it is inside."""

    def __init__(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._tasks = tasks
        self._task: asyncio.Task[Any] | None = None

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        if self._task is not None:
            self._tasks.add(self._task)

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._tasks.discard(self._task)


def _look_again_soon() -> None:
    """Bounds how long DBOS leaves a database alone that was away: up to a minute and a half, and no setting for it."""
    # Private in 3.x, as what recovers is: hence the pin, and a test. All else that sleeps there does so for less.
    ours: Any = ModuleType("time")
    vars(ours).update(vars(time))
    ours.sleep = lambda seconds: time.sleep(min(seconds, LONGEST_PAUSE))
    inside: Any = _sys_db
    inside.time = ours


def _log_as_the_others_do() -> None:
    logger = logging.getLogger("dbos")
    logger.handlers.clear()
    logger.propagate = True


async def _answers() -> bool:
    try:
        await DBOS.list_workflows_async(limit=1, load_input=False, load_output=False)
    except Exception as error:
        log.warning("engine.unhealthy", error=type(error).__name__)
        return False
    return True


async def _recover(executor_id: str) -> int:
    # Private in 3.x, and there is no public way: hence the pin below 3.5 and a test.
    return len(await asyncio.to_thread(DBOS._recover_pending_workflows, [executor_id]))


async def _delete(name: str, before: datetime) -> int:
    deleted = 0
    while True:
        found = await DBOS.list_workflows_async(
            name=name,
            completed_before=before.isoformat(),
            limit=_FORGET_BATCH,
            load_input=False,
            load_output=False,
        )
        if found:
            await DBOS.delete_workflows_async([w.workflow_id for w in found])
            deleted += len(found)
        if len(found) < _FORGET_BATCH:
            return deleted
