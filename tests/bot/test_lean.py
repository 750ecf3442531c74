"""Packages that are entered without what they would load give all that they have to whoever asks."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

from bot.lean import PACKAGES

ROOT = Path(__file__).resolve().parents[2]

WHOLE = {
    "azure.core": "PipelineClient",
    "botbuilder.core": "ActivityHandler",
    "botframework.connector": "ConnectorClient",
    "botframework.connector.auth": "JwtTokenValidation",
    "msrest": "Serializer",
    "snowballstemmer": "stemmer",
}
"""What each has that is not there before it is loaded whole."""

# Entered by what the bot loads at its start, then asked, each in a process of its own.
ASKED = """
import importlib, os, sys
import bot, bot.sdk.http, domain.scheme.lexicon

def ask(name, wanted):
    package = importlib.import_module(name)
    assert wanted not in vars(package), "nothing is saved"
    exec(f"from {name} import {wanted} as found", globals())
    assert getattr(package, wanted) is found
    assert type(package) is type(sys)
    assert not hasattr(package, "nothing_of_the_kind")
    if name == "botbuilder.core":
        exec(f"from {name} import *", globals())
        assert TurnContext and ActivityHandler is found

for name, wanted in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    child = os.fork()
    if not child:
        ask(name, wanted)
        os._exit(0)
    if os.waitpid(child, 0)[1] == 0:
        print(name)
"""


def test_what_is_not_named_loads_the_package_whole() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED, *chain.from_iterable(WHOLE.items())],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == sorted(PACKAGES), done.stderr
