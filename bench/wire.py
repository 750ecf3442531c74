"""HTTP/1.1 over plain asyncio protocols, as lean as it can be: the load must not be what is measured.

Bodies with a length only, keep-alive, one request at a time on a connection; what the bots do not do is refused.
"""

from __future__ import annotations

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Callable

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_NO_BODY = (204, 304)

Handler = Callable[[bytes, bytes, bytes], tuple[int, bytes]]
"""(method, path, body) → (status, JSON)."""


class _Messages(asyncio.Protocol, ABC):
    """Cuts what arrives into messages: the head without its last empty line, and the body."""

    def __init__(self) -> None:
        self._buffer = b""
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end]
            if _CHUNKED.search(head):
                raise ValueError("a body without a length")
            length = _LENGTH.search(head)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            body, self._buffer = self._buffer[end + 4 : whole], self._buffer[whole:]
            self.message(head, body)

    @abstractmethod
    def message(self, head: bytes, body: bytes) -> None:
        """One has come whole."""


class Connection(_Messages):
    """A client's connection; `post` again only when the last one is answered."""

    def __init__(self, host: str, path: str) -> None:
        super().__init__()
        self._head = (
            f"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json; charset=utf-8\r\n"
            "Accept: application/json\r\nUser-Agent: bench\r\nContent-Length: "
        ).encode()
        self._answered: Callable[[int], None] | None = None

    def post(self, body: bytes, answered: Callable[[int], None]) -> None:
        """Sends; `answered` gets the status, 0 when the connection is lost first."""
        self._answered = answered
        self.transport.write(self._head + str(len(body)).encode() + b"\r\n\r\n" + body)

    def message(self, head: bytes, body: bytes) -> None:
        status = int(head[9:12])
        if not _LENGTH.search(head) and status not in _NO_BODY:
            raise ValueError("an answer without a length")
        self._tell(status)

    def connection_lost(self, exc: Exception | None) -> None:
        self._tell(0)

    def _tell(self, status: int) -> None:
        answered, self._answered = self._answered, None
        if answered is not None:
            answered(status)


class Served(_Messages):
    """A server's connection, answered at once."""

    def __init__(self, handler: Handler) -> None:
        super().__init__()
        self._handler = handler

    def message(self, head: bytes, body: bytes) -> None:
        method, path, _ = head.split(b" ", 2)
        status, answer = self._handler(method, path, body)
        self.transport.write(
            b"HTTP/1.1 %d x\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: %d\r\n\r\n%b"
            % (status, len(answer), answer)
        )
        if _CLOSE.search(head):
            self.transport.close()
