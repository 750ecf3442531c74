"""The documents' links lead somewhere, and the commands they name exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """A document without what stands as code, which may look like a link."""
    return _CODE.sub("", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The names that a document's headings can be linked by, as GitHub makes them."""
    headings = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    for link in _LINK.finditer(prose(document)):
        target, _, anchor = link["target"].partition("#")
        if "://" in target:
            continue
        place = (document.parent / target).resolve() if target else document
        assert place.is_relative_to(ROOT), link["target"]
        assert place.exists(), link["target"]
        if anchor:
            assert anchor in anchors(place), link["target"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_command_is_a_target(document: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    text = document.read_text(encoding="utf-8")
    used = set(re.findall(r"(?:^|`|[\w:]+ )make ([a-z]+)(?=[`\s])", text, re.MULTILINE))
    assert used <= targets
    if document.name == "README.md" and document.parent == ROOT:
        assert {"run", "test"} <= used


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = {link["target"] for link in _LINK.finditer((folder / "README.md").read_text(encoding="utf-8"))}
    assert listed == {path.name for path in folder.glob("0*.md")}
