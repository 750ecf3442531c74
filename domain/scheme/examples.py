"""The example questions of every fact, and of what is not a fact."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

SILENT = "?"
"""How the name of something begins that the sources are silent about."""

OUTSIDE = "??"
"""How it begins when that has nothing to do with the field."""

UNCLEAR = "!"
"""How the name of an ambiguity begins."""


@cache
def load_examples() -> Mapping[str, tuple[str, ...]]:
    """The example questions that come with the package, by fact id, «?…» or «!…» (read once).

    A line «= name» begins a class, «#» a remark; every other line is an example.
    """
    found: dict[str, list[str]] = {}
    folder = files("domain.scheme").joinpath("examples")
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".txt"):
            continue
        current: list[str] = []
        for line in entry.read_text(encoding="utf-8").splitlines():
            if line.startswith("= "):
                current = found.setdefault(line[2:].strip(), [])
            elif line.strip() and not line.startswith("#"):
                current.append(line.strip())
    return {name: tuple(lines) for name, lines in found.items()}
