"""The bot with a look, a thousand times a second, at what its threads do: `python -m bench.sampled FILE`.

A look counts for as much processor time as the thread has used since the last, so that neither waiting nor a thread
that holds the interpreter for long is counted wrongly. SIGUSR1 forgets what was seen so far; at the end the file has
a JSON object from stacks («module:function;…», the outermost first) to seconds.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import threading
import time
from collections import defaultdict
from contextlib import suppress
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

EVERY = 0.001
ROOT = f"{Path(__file__).resolve().parents[1]}/"


class Sampler:
    """Looks at all other threads until the process ends."""

    def __init__(self) -> None:
        self._seconds: dict[tuple[CodeType, ...], float] = defaultdict(float)
        self._used: dict[int, float] = {}

    def start(self) -> None:
        """Begins to look."""
        # Threads are asked to make room often, else they are only seen where they wait.
        sys.setswitchinterval(EVERY / 10)
        threading.Thread(target=self._watch, daemon=True).start()

    def forget(self) -> None:
        """What comes from now on counts."""
        self._seconds = defaultdict(float)

    def stacks(self) -> dict[str, float]:
        """What was seen."""
        return {";".join(map(_name, stack)): seconds for stack, seconds in self._seconds.copy().items()}

    def _watch(self) -> None:
        me = threading.get_ident()
        while True:
            time.sleep(EVERY)
            frames = sys._current_frames()
            for thread in threading.enumerate():
                number = thread.ident
                if number is not None and number != me:
                    # It may end between the two.
                    with suppress(OSError):
                        self._look(number, frames.get(number))

    def _look(self, thread: int, frame: FrameType | None) -> None:
        used = time.clock_gettime(time.pthread_getcpuclockid(thread))
        since = used - self._used.get(thread, used)
        self._used[thread] = used
        # Less than before has only another thread that got the number of one that has ended.
        if since > 0:
            stack = []
            while frame is not None:
                stack.append(frame.f_code)
                frame = frame.f_back
            self._seconds[tuple(reversed(stack))] += since


@cache
def _name(code: CodeType) -> str:
    file = code.co_filename.removeprefix(ROOT)
    module = re.sub(r".*(site-packages|/lib/python[^/]*)/", "", file).removesuffix(".py")
    return f"{module}:{code.co_name}"


def main(file: str) -> None:
    """Serves, and writes the file when told to stop."""
    from bot.cli import app

    sampler = Sampler()
    signal.signal(signal.SIGUSR1, lambda *_: sampler.forget())
    sampler.start()
    try:
        app(["serve"])
    finally:
        Path(file).write_text(json.dumps(sampler.stacks()), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
