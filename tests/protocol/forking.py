"""The bot in a forked process. The command line's and the client's tests start `python -m bot` itself."""

from __future__ import annotations

import importlib
import os
import runpy
import sys
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.forking import forked


def started(folder: Path, environment: dict[str, str], instead: Mapping[str, float]) -> BaseProcess:
    """`python -m bot serve` in this folder with this environment; what it says goes into the file `log` there.

    `instead` are other values for constants of its modules, by their full names: what takes long may be shorter.
    """
    return forked(_serve, folder, environment, instead)


def _serve(folder: Path, environment: dict[str, str], instead: Mapping[str, float]) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for standard in (1, 2):
        os.dup2(log, standard)
    os.close(log)
    for name, value in instead.items():
        module, _, constant = name.rpartition(".")
        found = importlib.import_module(module)
        assert hasattr(found, constant)
        setattr(found, constant, value)
    sys.argv = ["bot", "serve"]
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
