"""Traces: a span for a turn with its id, kind and outcome, and nothing of what was said."""

from __future__ import annotations

import asyncio
import gzip
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from bot import tracing
from bot.observing import turn_observed
from tests.bot.sdk.standins import run, serving
from tests.protocol.town import environment

SECRET = "Barnet Ola bor i Storgata 7"


@dataclass
class Collector:
    """What has come in over OTLP/HTTP."""

    bodies: list[bytes] = field(default_factory=list)
    url: str = ""

    async def traces(self, request: web.Request) -> web.Response:
        body = await request.read()
        zipped = request.headers.get("Content-Encoding") == "gzip"
        self.bodies.append(gzip.decompress(body) if zipped else body)
        return web.Response(content_type="application/x-protobuf")

    @property
    def requests(self) -> list[ExportTraceServiceRequest]:
        return [ExportTraceServiceRequest.FromString(body) for body in self.bodies]

    def spans(self) -> dict[str, Span]:
        """By name; of each there is one."""
        found = [
            s
            for r in self.requests
            for of in r.resource_spans
            for scope in of.scope_spans
            for s in scope.spans
        ]
        assert len({span.name for span in found}) == len(found)
        return {span.name: span for span in found}


@asynccontextmanager
async def collecting() -> AsyncIterator[Collector]:
    collector = Collector()
    app = web.Application()
    app.router.add_post("/v1/traces", collector.traces)
    async with serving(app) as collector.url:
        yield collector


def told(span: Span) -> dict[str, str]:
    return {attribute.key: attribute.value.string_value for attribute in span.attributes}


def test_a_turn_is_a_span_with_its_parts() -> None:
    async def scenario() -> Collector:
        async with collecting() as collector:
            assert tracing.set_up(f"{collector.url}/", "bot-1")
            with turn_observed(tenant="t1", kind="said") as turn:
                with tracing.span("work"):
                    await asyncio.sleep(0)
                with tracing.span("answer"):
                    turn.outcome = "ok"
            await tracing.stop()
        return collector

    collector = run(scenario())
    spans = collector.spans()
    assert set(spans) == {"turn", "work", "answer"}
    whole = spans["turn"]
    assert {spans[part].parent_span_id for part in ("work", "answer")} == {whole.span_id}
    about = told(whole)
    assert len(about.pop("rekompis.turn")) == 16
    assert about == {"rekompis.tenant": "t1", "rekompis.kind": "said", "rekompis.outcome": "ok"}
    named = {a.key: a.value.string_value for a in collector.requests[0].resource_spans[0].resource.attributes}
    assert (named["service.name"], named["service.instance.id"]) == ("rekompis", "bot-1")


def test_a_failure_says_its_kind_alone() -> None:
    async def scenario() -> Collector:
        async with collecting() as collector:
            tracing.set_up(collector.url, "bot-1")
            with pytest.raises(ValueError, match="Ola"), turn_observed(tenant="t1", kind="said"):
                raise ValueError(SECRET)
            await tracing.stop()
        return collector

    collector = run(scenario())
    span = collector.spans()["turn"]
    assert b"Ola" not in b"".join(collector.bodies)
    assert (span.status.code, span.status.message, len(span.events)) == (Status.STATUS_CODE_ERROR, "", 0)
    assert (told(span)["error.type"], told(span)["rekompis.outcome"]) == ("ValueError", "error")


def test_a_turn_that_was_told_as_failed_is_shown_as_such() -> None:
    async def scenario() -> Collector:
        async with collecting() as collector:
            tracing.set_up(collector.url, "bot-1")
            with turn_observed(tenant="t1", kind="said") as turn:
                turn.outcome = "failed"
            await tracing.stop()
        return collector

    span = run(scenario()).spans()["turn"]
    assert (span.status.code, span.status.message) == (Status.STATUS_CODE_ERROR, "")


def test_the_standard_variable_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    async def scenario() -> Collector:
        async with collecting() as collector:
            monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
            assert tracing.set_up(None, "bot-1")
            with tracing.span("here"):
                pass
            await tracing.stop()
        return collector

    assert set(run(scenario()).spans()) == {"here"}


@pytest.mark.by_the_clock
def test_a_collector_that_is_away_holds_nobody_up() -> None:
    async def scenario() -> float:
        async with collecting() as collector:
            pass
        tracing.set_up(collector.url, "bot-1")
        with tracing.span("lost"):
            pass
        loop = asyncio.get_running_loop()
        began = loop.time()
        await tracing.stop()
        return loop.time() - began

    assert run(scenario()) < 6


def test_nothing_is_loaded_when_nobody_asks_for_it() -> None:
    code = (
        "import sys\nfrom bot import tracing\nassert not tracing.set_up(None, 'x')\n"
        "with tracing.span('turn') as span: assert span is None\n"
        "assert not any(name.startswith('opentelemetry') for name in sys.modules)"
    )
    assert _ran(code) == ""


def test_without_the_packages_there_is_one_clear_line() -> None:
    code = (
        "import sys\nsys.modules['opentelemetry'] = None\n"
        "from bot import logs, tracing\nlogs.set_up('INFO', readable=False)\n"
        "assert not tracing.set_up('http://127.0.0.1:4318', 'x')"
    )
    line = _ran(code)
    assert line.count("\n") == 1
    assert '"event": "tracing.not_installed"' in line
    assert "rekompis[otel]" in line


def _ran(code: str) -> str:
    """What a program writes to stderr."""
    command = [sys.executable, "-c", code]
    kept = {k: v for k, v in environment().items() if not k.startswith("OTEL_")}
    ran = subprocess.run(command, env=kept, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    return ran.stderr
