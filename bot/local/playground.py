"""Runs Microsoft 365 Agents Playground, a Teams-like web client, beside the bot and on loopback only."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.local.people import PlaygroundPerson, PlaygroundTenant

__all__ = [
    "DEFAULT_PORT",
    "NodeMissingError",
    "PlaygroundError",
    "PlaygroundPackageMissingError",
    "PlaygroundPerson",
    "PlaygroundProcess",
    "PlaygroundStartError",
    "PlaygroundTenant",
    "PortTakenError",
    "find_cli",
    "find_node",
]

DEFAULT_PORT = 56150
HOST = "127.0.0.1"
PRELOAD = Path(__file__).with_name("preload.cjs")
_CLI = Path("node_modules/@microsoft/m365agentsplayground/cli.js")
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


class PlaygroundError(Exception):
    """The client cannot run here.

    PlaygroundError
    ├── NodeMissingError
    ├── PlaygroundPackageMissingError
    ├── PortTakenError
    └── PlaygroundStartError
    """


class NodeMissingError(PlaygroundError):
    """No Node.js on PATH."""


class PlaygroundPackageMissingError(PlaygroundError):
    """The npm packages are not installed under the project's root."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.root = root


class PortTakenError(PlaygroundError):
    """Something else listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(port)
        self.port = port


class PlaygroundStartError(PlaygroundError):
    """The client ended, or said nothing in time; `output` is the end of what it wrote."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


def find_node() -> str:
    """The path of Node.js; raises NodeMissingError."""
    found = shutil.which("node") or shutil.which("nodejs")
    if not found:
        raise NodeMissingError
    return found


def find_cli(root: Path | None = None) -> Path:
    """The client's start script under `root`; raises PlaygroundPackageMissingError.

    Without `root` the checkout's own root and the current folder are searched, in this order.
    """
    roots = [root] if root else [Path(__file__).resolve().parents[2], Path.cwd()]
    for place in roots:
        if (place / _CLI).is_file():
            return place / _CLI
    raise PlaygroundPackageMissingError(roots[-1])


class PlaygroundProcess:
    """The client's server as a child process, with its configuration and logs in `work_folder`.

    `endpoint` is the bot's address on this machine; `port` 0 takes any free port. The child has a process
    group of its own, which is all that `stop` ends; when this process dies, the child ends by itself.
    """

    def __init__(
        self,
        tenant: PlaygroundTenant,
        *,
        endpoint: str = "http://127.0.0.1:3978/api/messages",
        work_folder: Path = Path("var/playground"),
        port: int = DEFAULT_PORT,
        root: Path | None = None,
        time_zone: str = "Europe/Oslo",
    ) -> None:
        self.tenant = tenant
        self.endpoint = endpoint
        self.port = port
        self._work_folder = work_folder.resolve()
        self._root = root
        self._time_zone = time_zone
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """Where a browser finds the client."""
        return f"http://{HOST}:{self.port}/"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Starts the client and returns when it listens; raises a PlaygroundError.

        The bot should listen already: the client looks for it when a browser opens the page.
        """
        node, cli = find_node(), find_cli(self._root)
        self.port = _free_port(self.port)
        self._work_folder.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, which is what the client reads.
        config = json.dumps(self.tenant.config(), ensure_ascii=False, indent=2)
        (self._work_folder / "config.yml").write_text(config + "\n", encoding="utf-8")
        command = [node, "--require", str(PRELOAD), str(cli), "start"]
        command += ["--app-endpoint", self.endpoint, "--channel-id", "msteams"]
        command += ["--port", str(self.port), "--disable-telemetry"]
        with self._output.open("wb") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                command,
                cwd=self._work_folder,
                env=self._environment(),
                stdin=subprocess.PIPE,  # never written to: its closing tells the child that we are gone
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            self._wait_until_it_listens()
        except BaseException:
            self.stop()
            raise

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the client to end; raises subprocess.TimeoutExpired after `timeout` seconds."""
        return self._process.wait(timeout) if self._process else 0

    def stop(self) -> None:
        """Ends the client, if it runs: asked first, forced after five seconds."""
        process, self._process = self._process, None
        if process is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            if process.poll() is not None:
                break
            try:
                os.killpg(process.pid, number)
                process.wait(_STOP_SECONDS)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        if process.stdin:
            process.stdin.close()

    @property
    def _output(self) -> Path:
        return self._work_folder / "playground.out"

    def _environment(self) -> dict[str, str]:
        # The bot's own settings hold secrets, and a proxy would lead out of the machine.
        withheld = ("REKOMPIS_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
        kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(withheld)}
        return kept | {
            "TEAMSAPPTESTER_BROWSER": "none",
            "M365_AGENTS_PLAYGROUND_LOGFILE": str(self._work_folder / "playground.log"),
            "M365_AGENTS_PLAYGROUND_CONFIG_PATH": str(self._work_folder / "config.yml"),
            "APPLICATION_INSIGHTS_NO_STATSBEAT": "true",
            "NO_PROXY": "*",
            "TZ": self._time_zone,
        }

    def _wait_until_it_listens(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            ended = self._process.poll() is not None
            said = self._output.read_text(encoding="utf-8", errors="replace")
            listening = re.search(r"Listening on (\d+)", said)
            if listening and int(listening[1]) != self.port:
                raise PortTakenError(self.port)  # the client moves to another port by itself
            if listening and not ended:
                return
            if ended:
                raise PlaygroundStartError(said[-2000:])
            time.sleep(0.05)
        raise PlaygroundStartError(said[-2000:])


def _free_port(wanted: int) -> int:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError:
            raise PortTakenError(wanted) from None
        port: int = probe.getsockname()[1]
        return port
