"""A turn as operators see it: counted, logged and traced in one place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from random import getrandbits

from bot import metrics, tracing
from bot.logs import TurnLog, turn_logged


@contextmanager
def turn_observed(*, tenant: str, kind: str) -> Iterator[TurnLog]:
    """Everything that is known of a turn from outside; the outcome is to be set on what it gives.

    Its id is on every line that is logged inside, and on its span.
    """
    turn_id = f"{getrandbits(64):016x}"
    about = {"rekompis.turn": turn_id, "rekompis.tenant": tenant, "rekompis.kind": kind}
    started = time.perf_counter()
    metrics.UNDER_WAY.inc()
    with tracing.span("turn", about) as span:
        trace = {} if span is None else {"trace": format(span.get_span_context().trace_id, "032x")}
        with turn_logged(turn_id=turn_id, tenant=tenant, kind=kind, **trace) as turn:
            try:
                yield turn
            finally:
                metrics.UNDER_WAY.dec()
                metrics.turn_ended(kind, turn.outcome, time.perf_counter() - started)
                if span is not None:
                    span.set_attribute("rekompis.outcome", turn.outcome)
                    if turn.outcome == "failed":
                        tracing.mark_failed(span)
