"""Structured logs: readable in local mode, JSON otherwise; never free text, names or addresses."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import structlog


def told(error: BaseException) -> dict[str, str]:
    """What may be logged of an error: its kinds and places, never its message, which may hold free text."""
    kinds: list[str] = []
    places: list[str] = []
    current: BaseException | None = error
    while current is not None and len(kinds) < 5:
        kinds.append(type(current).__name__)
        frames = traceback.extract_tb(current.__traceback__)
        places.append(
            " < ".join(f"{Path(f.filename).name}:{f.lineno}:{f.name}" for f in reversed(frames[-6:]))
        )
        current = current.__cause__ or current.__context__
    return {"error": " < ".join(kinds), "where": " | ".join(places)}


def set_up(level: str, *, readable: bool) -> None:
    """Sets up structlog, and the standard library's loggers with it."""
    number = logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=max(number, logging.WARNING), stream=sys.stderr, format="%(levelname)s %(name)s %(message)s"
    )
