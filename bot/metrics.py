"""What is counted, for Prometheus; no names and no texts in labels."""

from __future__ import annotations

from functools import cache

from prometheus_client import REGISTRY, Counter, Gauge, Histogram

TURNS = Counter("rekompis_turns_total", "Turns by kind of event and outcome", ["kind", "outcome"])
TURN_SECONDS = Histogram(
    "rekompis_turn_seconds",
    "Time from the request to the last answer sent",
    ["kind"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
UNDER_WAY = Gauge("rekompis_turns_under_way", "Turns begun and not ended")
SENDS = Counter("rekompis_sends_total", "Requests to Teams by status", ["status"])
COOL_OFFS = Counter("rekompis_cool_offs_total", "Times that Teams asked this process to wait")
BUDGET_WAITS = Counter("rekompis_budget_waits_total", "Requests that had to wait for Teams' limits")
BUDGET_WAIT_SECONDS = Counter("rekompis_budget_wait_seconds_total", "How long they waited, all together")
ANSWERS = Counter("rekompis_answers_total", "Questions by outcome", ["outcome"])
REFUSED = Counter("rekompis_refused_total", "Requests turned away by status", ["status"])
OUTBOX = Gauge("rekompis_outbox", "Messages of the bot's own by state", ["state"])
OUTBOX_LAG = Gauge("rekompis_outbox_lag_seconds", "For how long the oldest due message has waited")
DATABASE_UP = Gauge("rekompis_database_up", "Whether the domain's database answers")
ENGINE_UP = Gauge("rekompis_engine_up", "Whether the delivery engine's database answers")

# There from the start, so that the first one is a change that an alert sees.
for _outcome in ("found", "declined"):
    ANSWERS.labels(_outcome)
for _status in ("ok", "429"):
    SENDS.labels(_status)


_turns = cache(TURNS.labels)
_turn_seconds = cache(TURN_SECONDS.labels)


def turn_ended(kind: str, outcome: str, seconds: float) -> None:
    """Counts a turn."""
    _turns(kind, outcome).inc()
    _turn_seconds(kind).observe(seconds)


def waited(seconds: float) -> None:
    """Counts a request that had to wait for Teams' limits."""
    BUDGET_WAITS.inc()
    BUDGET_WAIT_SECONDS.inc(seconds)


__all__ = [
    "ANSWERS",
    "BUDGET_WAITS",
    "BUDGET_WAIT_SECONDS",
    "COOL_OFFS",
    "DATABASE_UP",
    "ENGINE_UP",
    "OUTBOX",
    "OUTBOX_LAG",
    "REFUSED",
    "REGISTRY",
    "SENDS",
    "TURNS",
    "TURN_SECONDS",
    "UNDER_WAY",
    "turn_ended",
    "waited",
]
