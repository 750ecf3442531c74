"""The wire between a bot and its PostgreSQL: it can swallow what is said on it, break, or stand still."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from sqlalchemy import make_url

ASKED = b"COMMIT\0"
_SOCKET = ".s.PGSQL.5432"
_SHORT = 0.05


class Wire:
    """A way to a database through a socket of its own; `url` is the database as it is reached that way.

    `at_commit` is what happens to the next COMMIT, which the server gets or not:
    PASS, LOSE_THE_ANSWER (it gets it), LOSE_IT (it does not), HOLD (it gets it at `let_go`).
    """

    PASS, LOSE_THE_ANSWER, LOSE_IT, HOLD = range(4)

    def __init__(self, url: str) -> None:
        target = make_url(url)
        self._to = str(Path(str(target.query["host"])) / _SOCKET)
        self._folder = Path(tempfile.mkdtemp(prefix="rkw"))
        self.url = target.set(query={"host": str(self._folder)}).render_as_string(hide_password=False)
        self.at_commit = self.PASS
        self.cut_off = False
        self.lost = threading.Event()
        self._go_on = threading.Event()
        self._open: list[socket.socket] = []

    def __enter__(self) -> Self:
        self._listens = socket.socket(socket.AF_UNIX)
        self._listens.bind(str(self._folder / _SOCKET))
        self._listens.listen(50)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._go_on.set()
        for one in (self._listens, *self._open):
            _hang_up(one)
        shutil.rmtree(self._folder, ignore_errors=True)

    def let_go(self) -> None:
        """The server gets what was held."""
        self._go_on.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client = self._listens.accept()[0]
                if self.cut_off:
                    client.close()
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._to)
                self._open += (client, server)
                losing = threading.Event()
                for work in (self._ask, self._answer):
                    threading.Thread(target=work, args=(client, server, losing), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket, losing: threading.Event) -> None:
        with suppress(OSError):
            while said := client.recv(1 << 16):
                what = self.at_commit if ASKED in said else self.PASS
                if what is not self.PASS:
                    self.at_commit = self.PASS
                    losing.set()
                    self.lost.set()
                if what == self.LOSE_IT:
                    break
                if what == self.HOLD:
                    self._go_on.wait()
                server.sendall(said)
                if what == self.LOSE_THE_ANSWER:
                    # What comes back goes nowhere; when it has come, the transaction has ended.
                    return
        _hang_up(client)
        _hang_up(server)

    def _answer(self, client: socket.socket, server: socket.socket, losing: threading.Event) -> None:
        with suppress(OSError):
            while said := server.recv(1 << 16):
                if losing.is_set():
                    break
                client.sendall(said)
        _hang_up(client)
        _hang_up(server)


def _hang_up(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
