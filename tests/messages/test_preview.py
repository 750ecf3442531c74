"""`rekompis cards preview`: a file for every card, and a page when the renderer is installed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.preview import write_preview, writing
from tests.messages.looking import TODAY, all_examples, rendered_once


@pytest.fixture(autouse=True)
def _rendered_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written is tried here; what is rendered, in the other modules, and that it stays the same below."""
    if request.node.get_closest_marker("torture") is None:
        monkeypatch.setattr(writing, "examples", rendered_once)


def test_every_card_is_a_file(tmp_path: Path) -> None:
    """Pretty JSON in UTF-8, as it is sent; words alone are text files."""
    count = write_preview(tmp_path, TODAY, node_modules=tmp_path / "none")
    files = sorted(tmp_path.glob("*.json"))
    assert count == len(files) > 500
    assert len(list(tmp_path.glob("*.txt"))) == len(all_examples()) - count
    written = (tmp_path / "AskStep.need-empty.json").read_text(encoding="utf-8")
    assert "Har dere et behov å melde i år?" in written
    assert written.startswith('{\n  "type": "AdaptiveCard"')
    assert all(json.loads(f.read_text(encoding="utf-8"))["version"] == "1.5" for f in files)


def test_no_page_without_the_renderer(tmp_path: Path) -> None:
    """JSON alone is enough for somebody without Node."""
    write_preview(tmp_path / "new" / "folder", TODAY, node_modules=tmp_path)
    assert not (tmp_path / "new" / "folder" / "index.html").exists()


def test_the_page_holds_every_message_and_asks_for_nothing_else(tmp_path: Path) -> None:
    """The renderer lies beside it; nobody's «</script>» ends the data."""
    renderer = tmp_path / "node_modules" / "adaptivecards" / "dist" / "adaptivecards.min.js"
    renderer.parent.mkdir(parents=True)
    renderer.write_text("// the renderer")
    write_preview(tmp_path / "out", TODAY, node_modules=tmp_path / "node_modules")
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    data = json.loads(page.split("const EXAMPLES = ", 1)[1].split(";\nconst SCENES", 1)[0])
    assert [(e["scene"], e["name"]) for e in data] == [(e.scene, e.name) for e in all_examples()]
    assert '<html lang="nb">' in page
    assert page.count("</script>") == 2
    assert 'src="http' not in page
    assert (tmp_path / "out" / renderer.name).read_text() == "// the renderer"


@pytest.mark.torture
def test_the_preview_is_the_same_every_time(tmp_path: Path) -> None:
    """A difference between two previews is a difference in what people see."""
    for name in ("one", "two"):
        write_preview(tmp_path / name, date(2027, 2, 28), node_modules=tmp_path)
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / n).iterdir()} for n in ("one", "two"))
    assert one == two
