"""What goes on beside the turns when the bot has just become ready."""

from __future__ import annotations

import gc
from threading import Thread

from domain.norwegian import dates
from domain.norwegian.commands import understand_command
from messages import elements


def warm_up_beside() -> Thread:
    """Loads what the first turns would else wait for, and then lets the collector do its work again."""
    warming = Thread(target=_warm_up, name="warm-up", daemon=True)
    warming.start()
    return warming


def _warm_up() -> None:
    try:
        elements.warm_up()
        understand_command("hva må vi gjøre nå")  # makes its tables
        dates.warm_up()
    finally:
        # What is loaded by now stays. Else a turn that reads much waits while the collector looks through it all.
        gc.freeze()
        gc.enable()
