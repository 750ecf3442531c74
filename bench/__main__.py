"""`make bench`: how good and how fast the answers are, and how fast the running bot is.

`python -m bench answers`, `turns`, `reporting` or `handling` run one part. `profile`, which only runs when it is
named, says where the time of a turn goes.
"""

from __future__ import annotations

import asyncio
import sys

from bench import answers, handling, profile, reporting, turns

PARTS = ("answers", "turns", "reporting", "handling")
NAMED = (*PARTS, "profile")


def main(wanted: list[str]) -> int:
    """Runs what is named, or everything; 2 when nothing is called that."""
    unknown = [name for name in wanted if name not in NAMED]
    if unknown:
        print(f"no such part: {', '.join(unknown)}. The parts are {', '.join(NAMED)}", file=sys.stderr)
        return 2
    if not wanted or "answers" in wanted:
        answers.main()
    if not wanted or "turns" in wanted:
        asyncio.run(turns.main())
    if not wanted or "reporting" in wanted:
        asyncio.run(reporting.main())
    if not wanted or "handling" in wanted:
        asyncio.run(handling.main())
    if "profile" in wanted:
        asyncio.run(profile.main())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
