"""A bot with an app id behind its door, and whoever knocks: requests are written byte for byte."""

from __future__ import annotations

import base64
import json
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from storage.database import Database
from tests.bot.sdk.login import Login
from tests.bot.sdk.standins import APP_ID, rsa_key, token
from tests.protocol.people import Person
from tests.protocol.teams import TENANT, Teams
from tests.protocol.town import IN_THE_ROUND, Bot, Town, served

PATH = "/api/messages"
WAIT = 15.0

WRITTEN_BY_TURNS = (
    *("account", "address", "inbox", "conversation", "access_request", "needs_report", "needs_revision"),
    *("inquiry", "unanswered_question", "binding", "attachment", "person", "audit"),
)


@dataclass(frozen=True)
class Knock:
    """A request at the door. Without `length` the body comes in chunks, else it is said to be that long."""

    headers: tuple[tuple[str, str], ...]
    body: bytes
    method: str = "POST"
    path: str = PATH
    length: int | None = None

    def raw(self, host: str) -> bytes:
        """What goes over the wire."""
        head = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        head += [f"{name}: {value}" for name, value in self.headers]
        body = self.body
        if self.length is None:
            head.append("Transfer-Encoding: chunked")
            pieces = [body[i : i + 60_000] for i in range(0, len(body), 60_000)]
            body = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in [*pieces, b""])
        else:
            head.append(f"Content-Length: {self.length}")
        return "\r\n".join([*head, "", ""]).encode("utf-8", "surrogateescape") + body


@dataclass
class Door:
    """The bot, Teams around it, and one who knows how to write to it. `lair` is the attacker's own server."""

    town: Town
    kari: Person
    lair: str = ""

    @property
    def port(self) -> int:
        """The bot's."""
        return int(self.town.bot.url.rsplit(":", 1)[1])

    @property
    def url(self) -> str:
        """Teams' service URL."""
        return self.town.teams.url

    # --- requests ---------------------------------------------------------------------------------------------

    def message(self, **changes: Any) -> dict[str, Any]:
        """What a head writes, with other parts; a part that is None is left out."""
        activity = self.kari.message("meld behov") | changes
        return {name: part for name, part in activity.items() if part is not None}

    def knock(self, body: object = None, **parts: Any) -> Knock:
        """A good request, with the parts that are given in the place of its own."""
        raw = (
            body if isinstance(body, bytes) else json.dumps(self.message() if body is None else body).encode()
        )
        headers: dict[str, str | None] = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {token(self.url)}",
            **parts.pop("headers", {}),
        }
        given = tuple((name, value) for name, value in headers.items() if value is not None)
        return Knock(given + tuple(parts.pop("more", ())), raw, **{"length": len(raw), **parts})

    def with_token(self, header: str | None) -> Knock:
        """A good request with this Authorization."""
        return self.knock(headers={"Authorization": header})

    def signed(self, **parts: Any) -> Knock:
        """A good request whose token has other parts."""
        return self.with_token(f"Bearer {token(self.url, **parts)}")

    def answers(self, knock: Knock) -> int:
        """The status of a request."""
        with socket.create_connection(("127.0.0.1", self.port), WAIT) as connection:
            connection.sendall(knock.raw(f"127.0.0.1:{self.port}"))
            return status_of(connection)

    # --- what came of it --------------------------------------------------------------------------------------

    def traces(self) -> dict[str, Any]:
        """Every row that a turn can write, and everything that was sent."""
        uri = self.town.bot.database_url.removeprefix("sqlite:///")
        database = sqlite3.connect(f"file:{uri}?mode=ro", uri=True)
        try:
            rows = {name: database.execute(f"select * from {name}").fetchall() for name in WRITTEN_BY_TURNS}
        finally:
            database.close()
        heard: Mapping[str, int] = {name: len(chat.heard) for name, chat in self.town.teams.chats.items()}
        return {**rows, "heard": {name: count for name, count in heard.items() if count}}


def status_of(connection: socket.socket) -> int:
    """The status that comes."""
    answer = b""
    while b"\r\n" not in answer:
        piece = connection.recv(4096)
        assert piece, "the connection was closed without an answer"
        answer += piece
    return int(answer.split(b" ", 2)[1])


@contextmanager
def guarded(folder: Path, teams: Teams) -> Iterator[Door]:
    """A bot with an app id and the sample register."""
    with pytest.MonkeyPatch.context() as patch, Login().running(folder, patch) as login:
        bot = Bot(
            folder,
            app_id=APP_ID,
            app_password="hemmelig",
            app_tenant_id=TENANT,
            openid_metadata_url=f"{teams.url}metadata",
            login_url=login,
            service_hosts="127.0.0.1",
            tick_seconds="60",
        )
        _fill(bot.database_url)
        with served(teams, bot) as town:
            yield Door(town, town.person("Kari Nordli"))


def _fill(url: str) -> None:
    database = Database(url)
    database.upgrade()
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), IN_THE_ROUND)
        uow.commit()
    database.close()


# --- tokens that the Bot Framework never made ---------------------------------------------------------------------


def part(value: object) -> str:
    """A part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def forged(header: dict[str, Any], claims: dict[str, Any], secret: bytes | None = None) -> str:
    """A token with that header, signed with HMAC or not at all."""
    import hashlib
    import hmac

    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part(hmac.new(secret, text.encode(), hashlib.sha256).digest()) if secret else ''}"


def signed_by(name: str, header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token with exactly that header, signed RS256 with the key of that name."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    text = f"{part(header)}.{part(claims)}"
    return f"{text}.{part(rsa_key(name).sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"
