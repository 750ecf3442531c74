"""Writes the examples: one JSON file a card, one text file a message of words, and a page that shows them all."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

from bot.preview.examples import SCENES, Example, examples
from bot.preview.scene import ORDINARY

RENDERER = Path("adaptivecards/dist/adaptivecards.min.js")
_HERE = Path(__file__).resolve().parent
_NODE_MODULES = _HERE.parent.parent / "node_modules"
_DATA = "/*EXAMPLES*/[]"


def write_preview(folder: Path, today: date, node_modules: Path = _NODE_MODULES) -> int:
    """Fills a folder, made when it is missing; the number of cards written.

    `index.html` is there only when the renderer is installed, beside a copy of it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = [example for words in SCENES for example in examples(today, words)]
    cards = 0
    for example in found:
        if example.outgoing.card is None:
            _write(folder / f"{file_name(example)}.txt", f"{example.outgoing.text}\n")
        else:
            cards += 1
            _write(folder / f"{file_name(example)}.json", _pretty(example.outgoing.card))
    renderer = node_modules / RENDERER
    if renderer.is_file():
        shutil.copyfile(renderer, folder / renderer.name)
        _write(folder / "index.html", _page(found))
    return cards


def file_name(example: Example) -> str:
    """The reply's class, the variant, and the scene when it is not the ordinary one."""
    return example.name if example.scene == ORDINARY.name else f"{example.name}.{example.scene}"


def _page(found: list[Example]) -> str:
    data = [
        {
            "name": example.name,
            "scene": example.scene,
            "card": example.outgoing.card,
            "text": example.outgoing.text,
            "summary": example.outgoing.summary,
        }
        for example in found
    ]
    # «</script>» in somebody's text would end the element that holds it.
    safe = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return (_HERE / "page.html").read_text(encoding="utf-8").replace(_DATA, safe)


def _pretty(card: dict[str, object]) -> str:
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
