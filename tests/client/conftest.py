"""What tests with a real client need: Node, the npm packages, Chromium, and a place for pictures."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.local import playground
from bot.local.playground import NodeMissingError, PlaygroundPackageMissingError, find_cli, find_node
from tests.client.driver import ChromiumMissingError, find_chromium

ROOT = Path(__file__).parents[2]
REQUIRED = "required"
ADVICE: dict[type[Exception], str] = {
    NodeMissingError: "install Node.js 20 or newer",
    PlaygroundPackageMissingError: "run npm ci in the project's root",
    ChromiumMissingError: "install Chromium, e.g. Debian's packages chromium and fonts-dejavu-core",
}


@pytest.fixture(scope="session")
def client_tools() -> Iterator[None]:
    """Skips when the client cannot run here; fails instead when REKOMPIS_CLIENT_TESTS is "required".

    The client has all the time to start that a busy machine may need.
    """
    try:
        find_node()
        find_cli(ROOT)
        find_chromium()
    except (NodeMissingError, PlaygroundPackageMissingError, ChromiumMissingError) as missing:
        advice = f"the real client cannot run here: {ADVICE[type(missing)]}"
        if os.environ.get("REKOMPIS_CLIENT_TESTS") == REQUIRED:
            pytest.fail(advice)
        pytest.skip(advice)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(playground, "_START_SECONDS", 120.0)
        yield


@pytest.fixture(scope="session")
def shots() -> Path:
    """The folder where tests leave their pictures."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
