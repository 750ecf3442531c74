"""The bot in a forked process. The command line's and the client's tests start `python -m bot` itself."""

from __future__ import annotations

import os
import runpy
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.forking import forked


def started(folder: Path, environment: dict[str, str]) -> BaseProcess:
    """`python -m bot serve` in this folder with this environment; what it says goes into the file `log` there."""
    return forked(_serve, folder, environment)


def _serve(folder: Path, environment: dict[str, str]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(log, standard)
    os.close(log)
    sys.argv = ["bot", "serve"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
