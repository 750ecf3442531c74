"""Traces of turns over OpenTelemetry, when it is installed and told where to send them; else nothing, at no cost.

Spans carry ids, kinds and outcomes, never a text, a name, or what an error says.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, Final

import structlog

from bot.logs import told

log = structlog.get_logger()

STANDARD: Final = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
_FLUSH_SECONDS = 2.0
_NOTHING: Final = nullcontext(None)

_provider: Any = None
_tracer: Any = None


def set_up(endpoint: str | None, instance: str) -> bool:
    """Begins to send traces to `endpoint`, or where OpenTelemetry's own variables say; whether it does.

    `endpoint` is the collector's address for OTLP over HTTP, without a path. `instance` names this process.
    """
    global _provider, _tracer
    if not endpoint and not any(os.environ.get(name) for name in STANDARD):
        return False
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError:
        log.warning("tracing.not_installed", install="rekompis[otel]")
        return False
    named = {"service.instance.id": instance}
    if not os.environ.get("OTEL_SERVICE_NAME"):
        named["service.name"] = "rekompis"
    _provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces" if endpoint else None)
    _provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = _provider.get_tracer("rekompis")
    return True


async def stop() -> None:
    """Sends what is left, if that takes no more than some seconds."""
    global _provider, _tracer
    provider, _provider, _tracer = _provider, None, None
    if provider is None:
        return
    # A thread that nobody has to wait for: the exporter tries again for longer than there is time.
    ending = threading.Thread(target=provider.shutdown, daemon=True)
    ending.start()
    await asyncio.to_thread(ending.join, _FLUSH_SECONDS)


def span(name: str, attributes: Mapping[str, str] | None = None) -> AbstractContextManager[Any]:
    """A span around what is done inside, below the one that is open; None stands for it when nothing is traced."""
    return _NOTHING if _tracer is None else _span(name, attributes)


def mark_failed(span: Any) -> None:
    """Says of a span that what it stands for went wrong, and no more."""
    from opentelemetry.trace import StatusCode

    # Without a description: OpenTelemetry's own would be the error's message.
    span.set_status(StatusCode.ERROR)


@contextmanager
def _span(name: str, attributes: Mapping[str, str] | None) -> Iterator[Any]:
    with _tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as made:
        try:
            yield made
        except BaseException as error:
            mark_failed(made)
            made.set_attribute("error.type", told(error)["error"])
            raise
