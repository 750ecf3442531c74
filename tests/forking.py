"""Processes of ours, forked from one that has done the imports: they are most of a start, and the same every time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any, Final

PRELOADED: Final = ("bot.cli", "bot.serve", "bot.app", "alembic.command")
"""None of them may start a thread when it is imported: a fork would not have it."""

CONTEXT: Final = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(list(PRELOADED))


def forked(run: Callable[..., None], *arguments: Any) -> BaseProcess:
    """A process that runs this function of a module, with these arguments, and ends with ours at the latest."""
    process = CONTEXT.Process(target=run, args=arguments, daemon=True)
    process.start()
    return process
