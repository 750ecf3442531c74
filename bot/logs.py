"""Structured logs: readable or JSON, a line each; never free text, names or addresses.

What libraries log, warnings, and what nobody caught go the same way, without what they say: a library's message may
hold the text that somebody wrote.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, MappingProxyType, TracebackType
from typing import Any, TextIO

import structlog

log = structlog.get_logger()

_DEEPEST = 5
_FRAMES = 6

# Not structlog's own context: this is one variable for a turn and not one for each id, at a third of the time.
_ids: ContextVar[Mapping[str, str]] = ContextVar("ids", default=MappingProxyType({}))
_encoder = json.JSONEncoder(ensure_ascii=False, default=lambda value: type(value).__name__)


def told(error: BaseException) -> dict[str, str]:
    """What may be logged of an error: its kinds and places, never its message, which may hold free text."""
    kinds: list[str] = []
    places: list[str] = []
    current: BaseException | None = error
    while current is not None and len(kinds) < _DEEPEST:
        kinds.append(type(current).__name__)
        frames = traceback.extract_tb(current.__traceback__)
        places.append(" < ".join(_place(f.filename, f.lineno, f.name) for f in reversed(frames[-_FRAMES:])))
        current = current.__cause__ or current.__context__
    return {"error": " < ".join(kinds), "where": " | ".join(places)}


@dataclass
class TurnLog:
    """How a turn ended; `outcome` is to be set before it is left, and `times` if its line speaks for more turns,
    or 0 if there is to be none."""

    outcome: str = "error"
    times: int = 1


@contextmanager
def turn_logged(*, turn_id: str, tenant: str, kind: str, **ids: str) -> Iterator[TurnLog]:
    """Gives every line of a turn these ids, and ends it with one line: outcome and milliseconds."""
    turn = TurnLog()
    before = _ids.set({"turn": turn_id, "tenant": tenant, "kind": kind, **ids})
    started = time.perf_counter()
    try:
        yield turn
    finally:
        if turn.times:
            ms = round((time.perf_counter() - started) * 1000, 1)
            more = {"times": turn.times} if turn.times > 1 else {}
            log.info("turn.done", outcome=turn.outcome, ms=ms, **more)
        _ids.reset(before)


def set_up(level: str, *, readable: bool) -> None:
    """Sets up structlog, and brings libraries, warnings and uncaught errors in line. Once in a process."""
    number = logging.getLevelNamesMapping()[level]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if readable
        else structlog.processors.JSONRenderer(_as_json)
    )
    structlog.configure(
        processors=[
            _with_ids,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _errors_are_told,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        # One write for a line and its end: threads would else mix them.
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Not below WARNING, however much is asked for: at DEBUG libraries log what they send and receive.
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[_Libraries()], force=True)
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _uncaught_in_thread
    warnings.showwarning = _warned


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Logs what is raised in the loop and caught by nobody."""
    loop.set_exception_handler(_uncaught_in_loop)


class _Libraries(logging.Handler):
    """What a library logs: where, what kind of error, and its words only if they stand so in its code."""

    def emit(self, record: logging.LogRecord) -> None:
        about: dict[str, Any] = {
            "library": record.name,
            "at": _place(record.pathname, record.lineno, record.funcName or ""),
        }
        if _is_written_in_code(record):
            about["says"] = record.msg
        if record.exc_info and record.exc_info[1] is not None:
            about |= told(record.exc_info[1])
        log.log(record.levelno, "library", **about)


def _is_written_in_code(record: logging.LogRecord) -> bool:
    """Whether the message, without its arguments, is a constant of the function that logs it."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_filename == record.pathname and code.co_name == record.funcName:
            return isinstance(record.msg, str) and record.msg in code.co_consts
        frame = frame.f_back
    return False


def _with_ids(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The ids of the turn that is under way, beside what the line says itself."""
    for name, value in _ids.get().items():
        event.setdefault(name, value)
    return event


def _as_json(event: object, **_: object) -> str:
    return _encoder.encode(event)


def _errors_are_told(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """An exception that goes with a line is told, not printed."""
    found = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event.update(told(error))
    return event


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        return
    log.critical("uncaught", **told(error.with_traceback(trace)))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
        log.error("uncaught.thread", **told(args.exc_value))


def _unraisable(args: sys.UnraisableHookArgs) -> None:
    if args.exc_value is not None:
        log.error("uncaught.ignored", **told(args.exc_value))


def _uncaught_in_loop(_loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    error = context.get("exception")
    if error is not None:
        log.error("uncaught.loop", **told(error))
    else:
        # Without an error it is about what was forgotten or left open, in asyncio's own words.
        log.error("uncaught.loop", about=sorted(key for key in context if key != "message"))


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    log.warning("library.warning", error=category.__name__, at=_place(filename, lineno, ""))


def _place(path: str, line: int | None, function: str) -> str:
    return f"{Path(path).name}:{line}:{function}".rstrip(":")
