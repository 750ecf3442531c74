"""The page of all cards in a real browser, at a phone's width: nothing overflows, nothing is formatting."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from bot.preview import write_preview, writing
from tests.client.driver import ChromiumMissingError, find_chromium
from tests.messages.looking import TODAY, all_examples, rendered_once

pytestmark = pytest.mark.client

RENDERER = Path(__file__).parents[2] / "node_modules" / "adaptivecards"
TOO_WIDE = """() => [...document.querySelectorAll('section')]
  .filter(s => { const m = s.querySelector('.message'); return m.scrollWidth > m.clientWidth + 1; })
  .map(s => s.querySelector('h2').textContent)"""
MARKUP = """() => [...document.querySelectorAll('.message :is(mark, a, b, i, script, img)')]
  .map(e => e.closest('section').querySelector('h2').textContent)"""
NAMELESS = """() => {
  const labelled = new Set([...document.querySelectorAll('label[for]')].map(e => e.htmlFor)), seen = new Set();
  const alone = e => e.id && !seen.has(e.id) && seen.add(e.id);
  return [...document.querySelectorAll('.message :is(input, select, textarea)')]
    .filter(e => !(alone(e) && labelled.has(e.id)) && !e.closest('label')
      && !e.getAttribute('aria-labelledby') && !e.ariaLabel)
    .map(e => e.closest('section').querySelector('h2').textContent);
}"""
"""Looked up here: a browser goes through all the page for the labels of one input."""


def _lacking(what: str) -> None:
    if os.environ.get("REKOMPIS_CLIENT_TESTS") == "required":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A browser without a network, with the preview written."""
    if not RENDERER.is_dir():
        _lacking("run npm ci in the project's root")
    try:
        chromium = find_chromium()
    except ChromiumMissingError:
        _lacking("install Chromium")
    folder = tmp_path_factory.mktemp("preview")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "examples", rendered_once)
        # The page is what is looked at here, and not the thousands of files beside it.
        patch.setattr(writing, "_pretty", lambda card: "")
        write_preview(folder, TODAY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened = browser.new_context(viewport={"width": 360, "height": 800}, offline=True).new_page()
        # Over a thousand cards are drawn at once, perhaps beside many other tests.
        opened.set_default_timeout(240_000)
        opened.goto(f"{(folder / 'index.html').as_uri()}?scene=none")
        yield opened
        browser.close()


LOOKS = [
    pytest.param(scene, dark, marks=() if (scene == "long") is dark else pytest.mark.torture)
    for scene in ("ordinary", "long", "hostile")
    for dark in (False, True)
]
"""Every scene once, in light or dark; the other three with what takes long."""


@pytest.mark.parametrize(("scene", "dark"), LOOKS)
def test_every_message_fits_a_phone(page: Page, scene: str, dark: bool) -> None:
    """All are drawn, none is wider than the screen, no text became markup, every input has a name."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{page.url.split('?')[0]}?scene={scene}&phone{'&dark' if dark else ''}")
    names = page.locator("section h2").all_text_contents()
    assert names == [e.name for e in all_examples() if e.scene == scene]
    assert page.locator(".message:empty").count() == 0
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(MARKUP) == []
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert faults == []
