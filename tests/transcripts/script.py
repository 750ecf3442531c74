"""Plays a written conversation and writes down what comes back.

A script's lines:
    # anything                        a remark, kept
    == 2026-11-10 09:00               the clock is set to here, and what is due is sent on the way
    Kari Nordli: meld behov           somebody writes (in a channel: Kari Nordli @gauldal: …)
    Kari Nordli [Meld behov]          somebody presses a button
    Kari Nordli [Lagre og gå videre] Tema (inntil tre) = Lek og vennskap | Hva … = …
    Kari Nordli + @gauldal            the app is added (without @: to the own chat)
    Kari Nordli retter: …             somebody edits the last thing they wrote
Everything else (indented lines) is what came back, and is compared.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.transcripts.stage import Heard, Stage, oslo, shown

_TIME = re.compile(r"== (\d{4}-\d\d-\d\d \d\d:\d\d)$")
_PRESS = re.compile(r"(?P<who>[^:\[@]+?)(?: @(?P<where>\w+))? \[(?P<title>[^\]]+)\](?: (?P<inputs>.+))?$")
_ADD = re.compile(r"(?P<who>[^:\[@+]+?) \+(?: @(?P<where>\w+))?$")
_EDIT = re.compile(r"(?P<who>[^:\[@]+?) retter: (?P<text>.*)$")
_SAY = re.compile(r"(?P<who>[^:\[@]+?)(?: @(?P<where>\w+))?: (?P<text>.*)$")


def play(script: str, folder: Path) -> str:
    """The script with what came back under each line, as it is now."""
    lines = [line for line in script.splitlines() if not line.startswith(" ")]
    start = next(m[1] for line in lines if (m := _TIME.match(line)))
    stage = Stage(folder, oslo(start))
    try:
        out: list[str] = []
        for line in lines:
            if not line.strip():
                if out and out[-1]:
                    out.append("")
                continue
            out.append(line)
            if not line.startswith("#"):
                out += [text for heard in _perform(stage, line) for text in _indented(heard, _who(line))]
        return "\n".join(out).rstrip() + "\n"
    finally:
        stage.close()


def _who(line: str) -> str:
    found = _PRESS.match(line) or _ADD.match(line) or _EDIT.match(line) or _SAY.match(line)
    if found is None:
        return ""
    where = found.groupdict().get("where")
    return f"19:{where}" if where else f"a:{found['who']}"


def _perform(stage: Stage, line: str) -> list[Heard]:
    if found := _TIME.match(line):
        return stage.pass_time(oslo(found[1]))
    if found := _PRESS.match(line):
        inputs = dict(p.split(" = ", 1) for p in (found["inputs"] or "").split(" | ") if p)
        return stage.press(found["who"], found["title"], inputs, found["where"])
    if found := _ADD.match(line):
        return stage.install(found["who"], found["where"])
    if found := _EDIT.match(line):
        return stage.edit(found["who"], stage.last_activity, found["text"])
    if found := _SAY.match(line):
        return stage.say(found["who"], _unescaped(found["text"]), found["where"])
    raise ValueError(f"not a line of a script: {line!r}")


def _unescaped(text: str) -> str:
    """`{a*20000}` stands for so many of a letter."""
    if found := re.fullmatch(r"\{(.+)\*(\d+)\}", text):
        return found[1] * int(found[2])
    return text


def _indented(heard: Heard, here: str) -> list[str]:
    if heard.changed:
        return ["    ~ " + " / ".join(shown(heard).splitlines())]
    where = "" if heard.chat == here else f"[til {heard.chat.split(':', 1)[1]}] "
    first, *rest = (shown(heard) or "(tomt)").splitlines()
    return [f"    > {where}{first}", *(f"      {line}" for line in rest)]
