"""One client's server and one headless Chromium on it: starting, stopping, waiting, pictures."""

import json
import shutil
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from bot.local.playground import PlaygroundProcess, PlaygroundTenant
from tests.client.driver.wire import Exchange, WireLog

Found = TypeVar("Found")

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
OWN_HOSTS = frozenset({"localhost", "127.0.0.1"})
FIRST_PAGE_SECONDS = 120.0  # the client itself waits up to 15 s for the bot's address to answer


class ClientError(AssertionError):
    """Something the test asked for did not happen in the client."""


class ChromiumMissingError(Exception):
    """No Chromium on PATH."""


def find_chromium() -> str:
    """The path of a Chromium; raises ChromiumMissingError."""
    for name in CHROMIUM_NAMES:
        if found := shutil.which(name):
            return found
    raise ChromiumMissingError


def script(name: str) -> str:
    """A script that runs in the page."""
    return (Path(__file__).parent / "scripts" / f"{name}.js").read_text(encoding="utf-8")


class Browser:
    """The client's page and what it takes to have one; a context manager.

    Playwright's synchronous interface is used: the bot runs in another thread or process, and no asyncio
    loop can run in this thread meanwhile.
    """

    page: Any  # Playwright's Page: the tests may use all of it
    config: dict[str, Any]
    """The configuration as the client itself gives it back."""

    def __init__(
        self,
        tenant: PlaygroundTenant,
        *,
        bot_port: int,
        root: Path | None = None,
        work_folder: Path | None = None,
        time_zone: str = "Europe/Oslo",
        viewport: tuple[int, int] = (1280, 1000),
        timeout: float = 60.0,
    ) -> None:
        self.tenant = tenant
        self.timeout = timeout
        self.endpoint = f"http://127.0.0.1:{bot_port}/api/messages"
        self.wire = WireLog()
        self.page_errors: list[str] = []
        self.blocked_urls: list[str] = []
        """Requests of the page to other machines; all were stopped."""
        self._root, self._work_folder = root, work_folder
        self._time_zone, self._viewport = time_zone, viewport
        self._open: ExitStack | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._start(stack)
            self._open = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._open:
            self._open.close()

    def _start(self, stack: ExitStack) -> None:
        scratch = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="client-", ignore_cleanup_errors=True))
        )
        server = PlaygroundProcess(
            self.tenant,
            endpoint=self.endpoint,
            work_folder=self._work_folder or scratch / "server",
            port=0,
            root=self._root,
            time_zone=self._time_zone,
        )
        self.server = stack.enter_context(server)
        context = stack.enter_context(sync_playwright()).chromium.launch_persistent_context(
            scratch / "profile",
            executable_path=find_chromium(),
            args=CHROMIUM_ARGUMENTS,
            viewport={"width": self._viewport[0], "height": self._viewport[1]},
            locale="en-US",
            timezone_id=self._time_zone,
            reduced_motion="reduce",
        )
        stack.callback(context.close)
        context.set_default_timeout(self.timeout * 1000)
        context.route("**/*", self._route)
        context.add_init_script(script("no_popups"))
        self.page = context.pages[0]
        self.page.on("pageerror", lambda error: self.page_errors.append(str(error)))
        self.wire.attach(self.page)
        self.page.goto(server.url)
        self.page.get_by_role("treeitem", name="Personal Chat").wait_for(timeout=FIRST_PAGE_SECONDS * 1000)
        with urllib.request.urlopen(f"{server.url}_internal/v1/config") as answer:
            self.config = json.load(answer)["config"]
        self.settle()

    def _route(self, route: Any) -> None:
        url = route.request.url
        if url.startswith(("data:", "blob:")) or urlsplit(url).hostname in OWN_HOSTS:
            route.continue_()
        else:
            self.blocked_urls.append(url)
            route.abort()

    # -- waiting

    def until(self, what: str, look: Callable[[], Found], timeout: float | None = None) -> Found:
        """Looks until it finds something true; raises ClientError after `timeout` seconds."""
        deadline = time.monotonic() + (self.timeout if timeout is None else timeout)
        while not (found := look()):
            if time.monotonic() > deadline:
                raise ClientError(f"timed out waiting for {what}; {self.situation()}")
            self.page.wait_for_timeout(40)
        return found

    def settle(self, quiet: float = 0.6, timeout: float | None = None) -> None:
        """Waits until nothing has travelled between client and bot for `quiet` seconds."""
        start = time.monotonic()
        self.until("silence on the wire", lambda: self.wire.silent_for(quiet, start), timeout)

    def turn(
        self, since: int, names: Sequence[str], timeout: float | None = None, text: str = ""
    ) -> Exchange:
        """Waits until the bot has answered a request of one of these names, sent after `since` exchanges."""
        unreachable = self.wire.unreachable_count

        def answered() -> Exchange | None:
            if self.wire.unreachable_count > unreachable:
                raise ClientError(f"the client cannot reach the bot at {self.endpoint}")
            for exchange in self.wire.exchanges[since:]:
                said = exchange.request.get("text") or ""
                if exchange.to_bot and exchange.name in names and text in said:
                    return exchange
            return None

        exchange = self.until("the bot's answer to the request", answered, timeout)
        assert exchange is not None
        self.page.wait_for_timeout(120)  # React draws what came before the answer
        return exchange

    def situation(self) -> str:
        """What a failed wait tells about the page; conversations say more."""
        return f"page errors: {self.page_errors}"

    # -- evidence

    @property
    def opened_urls(self) -> list[str]:
        """Where Action.OpenUrl and links pointed; noted, not followed."""
        urls: list[str] = self.page.evaluate("() => window.__opened || []")
        return urls

    @property
    def warnings(self) -> list[str]:
        """The client's own "not supported" notes and errors, from its log panel; cut at 100 characters."""
        selector = "[contenteditable=true][spellcheck=false] > div"
        lines = self.page.locator(selector).all_inner_texts()
        return [line.split("] ", 1)[-1] for line in lines if "(!)" in line[:20] or "(\u00d7)" in line[:20]]

    def failed_exchanges(self) -> list[Exchange]:
        """Requests that ended with an HTTP error, in either direction."""
        return [exchange for exchange in self.wire.exchanges if exchange.failed]

    def screenshot(self, path: Path, *, height: int | None = None) -> None:
        """The window, or the window stretched to `height` pixels (the message list scrolls inside it)."""
        width, usual_height = self._viewport
        if height:
            self.page.set_viewport_size({"width": width, "height": height})
            self.page.wait_for_timeout(250)
        self.page.screenshot(path=str(path))
        if height:
            self.page.set_viewport_size({"width": width, "height": usual_height})
