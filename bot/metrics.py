"""What is counted, for Prometheus; no names and no texts in labels."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram

TURNS = Counter("rekompis_turns_total", "Turns by kind of event and outcome", ["kind", "outcome"])
TURN_SECONDS = Histogram(
    "rekompis_turn_seconds",
    "Time from the request to the last answer sent",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SENDS = Counter("rekompis_sends_total", "Requests to Teams by status", ["status"])
ANSWERS = Counter("rekompis_answers_total", "Questions by outcome", ["outcome"])
REFUSED = Counter("rekompis_refused_total", "Requests turned away by status", ["status"])
OUTBOX = Gauge("rekompis_outbox", "Messages of the bot's own by state", ["state"])

__all__ = ["ANSWERS", "OUTBOX", "REFUSED", "REGISTRY", "SENDS", "TURNS", "TURN_SECONDS"]
