"""The client's own process: on loopback only, nothing goes out, and it never outlives us."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.local import playground
from bot.local.playground import PlaygroundProcess
from tests.client.driver import person, tenant

pytestmark = pytest.mark.client

ROOT = Path(__file__).parents[2]
TCP_LISTEN = "0A"


def listening_addresses(port: int) -> set[str]:
    """The local addresses, as the kernel writes them, on which something listens on the port."""
    lists = [Path(f"/proc/net/{name}") for name in ("tcp", "tcp6")]
    rows = [line.split() for path in lists if path.exists() for line in path.read_text().splitlines()]
    local = [row[1].split(":") for row in rows if row[3] == TCP_LISTEN]
    return {address for address, number in local if int(number, 16) == port}


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="reads Linux's list of sockets")
def test_it_listens_on_loopback_only(client_tools: None, tmp_path: Path) -> None:
    with PlaygroundProcess(tenant(), work_folder=tmp_path, port=0) as server:
        assert listening_addresses(server.port) == {"0100007F"}
        with urllib.request.urlopen(server.url) as page:
            assert b"<html" in page.read()
        with urllib.request.urlopen(f"http://localhost:{server.port}/") as page:
            assert page.status == 200


def test_it_ends_when_it_is_stopped(client_tools: None, tmp_path: Path) -> None:
    server = PlaygroundProcess(tenant(), work_folder=tmp_path, port=0)
    with server:
        assert server.running
    assert not server.running
    with socket.socket() as probe:
        probe.settimeout(1)
        assert probe.connect_ex((playground.HOST, server.port)) != 0
    server.stop()


def test_it_ends_when_its_parent_is_killed(client_tools: None, tmp_path: Path) -> None:
    program = (
        "import sys, time, pathlib\n"
        "from bot.local.playground import PlaygroundProcess\n"
        "from tests.client.driver import tenant\n"
        "server = PlaygroundProcess(tenant(), work_folder=pathlib.Path(sys.argv[1]), port=0)\n"
        "server.start()\n"
        "print(server.port, flush=True)\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": "."}
    ) as parent:
        assert parent.stdout is not None
        port = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((playground.HOST, port)) != 0:
                return
        time.sleep(0.1)
    pytest.fail("the client outlived its parent")


def test_a_taken_port_is_named(client_tools: None, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((playground.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        server = PlaygroundProcess(tenant(), work_folder=tmp_path, port=port)
        with pytest.raises(playground.PortTakenError) as caught:
            server.start()
    assert caught.value.port == port
    assert not server.running


def test_the_preload_keeps_connections_on_this_machine(client_tools: None, tmp_path: Path) -> None:
    program = (
        "const net = require('node:net');"
        "const out = net.connect({host: '192.0.2.1', port: 80});"
        "out.on('error', error => {console.log(error.code);"
        "const server = net.createServer(); server.listen({port: 0, host: '0.0.0.0'}, () => {"
        "console.log(server.address().address);"
        "net.connect(server.address().port, 'localhost', () => {console.log('near'); process.exit();}); });"
        "});"
    )
    command = [playground.find_node(), "--require", str(playground.PRELOAD), "-e", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdout is not None
        assert node.stdout.read().split() == ["ENETUNREACH", "127.0.0.1", "near"]


def test_a_missing_package_is_named(tmp_path: Path) -> None:
    with pytest.raises(playground.PlaygroundPackageMissingError) as caught:
        playground.find_cli(tmp_path)
    assert caught.value.root == tmp_path


def test_missing_node_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(playground.NodeMissingError):
        playground.find_node()


def test_the_client_wants_five_colleagues() -> None:
    with pytest.raises(ValueError, match="5 colleagues, not 1"):
        playground.PlaygroundTenant(
            person(1, "Kari"), (person(2, "Ola"),), "t", team_name="T", channel_name="K", group_chat_name="G"
        )
