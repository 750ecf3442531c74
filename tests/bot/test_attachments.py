"""Files that came with a message: which are links to fetch, from where, and how much of what comes is taken."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot import attachments
from bot.attachments import FILE_HOSTS, FileFetcher, FileLink, allowed
from bot.inbound import TEAMS_FILE, file_links
from bot.sdk.credentials import NoCredentials
from bot.sdk.hosts import TEAMS_HOSTS
from dialogs.events import FileFault, IncomingFile
from domain.needs.heads.attachments import LARGEST, MOST
from tests.bot.sdk.standins import run, serving
from tests.bot.test_inbound import activity

URL = "https://melhus-my.sharepoint.com/personal/kari/_layouts/15/download.aspx?UniqueId=1&tempauth=v1.x"


def sent(name: str = "Referat.pdf", url: Any = URL) -> dict[str, Any]:
    """A file as Teams tells of it."""
    content = {"downloadUrl": url, "uniqueId": "1", "fileType": "pdf"}
    return {"contentType": TEAMS_FILE, "contentUrl": "https://x.example/", "name": name, "content": content}


IMAGE = {
    "contentType": "image/png",
    "contentUrl": "https://smba.trafficmanager.net/no/v3/attachments/1/views/o",
}


@pytest.mark.parametrize(
    ("more", "links"),
    [
        ({"attachments": [sent()]}, [FileLink("Referat.pdf", URL)]),
        ({"attachments": [IMAGE]}, [FileLink("bilde", IMAGE["contentUrl"], from_service=True)]),
        (
            {"attachments": [{"contentType": "text/html", "content": "<p>hei</p>"}, sent()]},
            [FileLink("Referat.pdf", URL)],
        ),
        ({"attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}]}, []),
        ({"attachments": [{"contentType": "messageReference", "content": "{}"}]}, []),
        ({"attachments": [sent(url=7)]}, [FileLink("Referat.pdf", "")]),
        ({"attachments": [{"contentType": TEAMS_FILE}]}, [FileLink("", "")]),
        ({"attachments": []}, []),
        ({"text": "hei"}, []),
        ({"type": "messageUpdate", "text": "hei", "attachments": [sent()]}, []),
        (
            {
                "attachments": [sent()],
                "conversation": {"id": "19:x", "conversationType": "channel", "isGroup": True},
            },
            [],
        ),
    ],
)
def test_what_is_a_file(more: dict[str, Any], links: list[FileLink]) -> None:
    """Files and pictures of a message in a personal chat; not its formatted text, cards, quotes."""
    assert list(file_links(activity(**more))) == links


@pytest.mark.parametrize(
    ("url", "hosts", "is_allowed"),
    [
        (URL, FILE_HOSTS, True),
        (IMAGE["contentUrl"], TEAMS_HOSTS, True),
        (IMAGE["contentUrl"], FILE_HOSTS, False),
        (URL.replace("https", "http"), FILE_HOSTS, False),
        ("https://sharepoint.com.evil.example/x", FILE_HOSTS, False),
        ("https://evilsharepoint.com/x", FILE_HOSTS, False),
        ("https://a.sharepoint.com@evil.example/x", FILE_HOSTS, False),
        ("https://kari:x@a.sharepoint.com/x", FILE_HOSTS, False),
        ("https://evil.example/#a.sharepoint.com", FILE_HOSTS, False),
        ("https://evil.example\\.sharepoint.com/x", FILE_HOSTS, False),
        ("https://169.254.169.254/latest/meta-data", FILE_HOSTS, False),
        ("http://127.0.0.1:3979/metrics", FILE_HOSTS, False),
        ("http://localhost/x", FILE_HOSTS, False),
        ("file:///etc/passwd", FILE_HOSTS, False),
        ("", FILE_HOSTS, False),
        ("https://a.sharepoint.com/" + "x" * 5000, FILE_HOSTS, False),
        ("http://127.0.0.1:5000/x", (), True),
        ("http://[::1]:5000/x", (), True),
        (URL, (), False),
        ("http://10.0.0.1/x", (), False),
    ],
)
def test_where_files_are_fetched_from(url: str, hosts: tuple[str, ...], is_allowed: bool) -> None:
    """Teams' own hosts over TLS; in local mode this machine alone."""
    assert (allowed(url, hosts) is not None) is is_allowed


async def _file(request: web.Request) -> web.StreamResponse:
    """What the path says: so many bytes, a redirect, a fault, or nothing for a long time."""
    kind, value = request.match_info["kind"], request.match_info["value"]
    if kind == "bytes":
        return web.Response(body=b"x" * int(value))
    if kind == "endless":
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(int(value)):
            await response.write(b"x" * 1024 * 1024)
        return response
    if kind == "to":
        return web.Response(status=302, headers={"Location": f"/{value.replace('-', '/')}"})
    if kind == "away":
        return web.Response(status=302, headers={"Location": "https://evil.example/x"})
    if kind == "zipped":
        return web.Response(body=b"\x1f\x8b not unpacked", headers={"Content-Encoding": "gzip"})
    if kind == "status":
        return web.Response(status=int(value))
    if kind == "token":
        return web.Response(text=request.headers.get("Authorization", "none"))
    await asyncio.sleep(30)
    return web.Response()


class _Token(NoCredentials):
    async def token(self) -> str:
        return "secret"


def fetched(*paths: str, from_service: bool = False) -> tuple[IncomingFile, ...]:
    """What comes of these paths on a server of our own, in local mode."""

    async def work() -> tuple[IncomingFile, ...]:
        app = web.Application()
        app.router.add_get("/{kind}/{value}", _file)
        async with serving(app) as url:
            fetcher = await FileFetcher.open(_Token(), ())
            try:
                links = [FileLink(path, f"{url}/{path}", from_service=from_service) for path in paths]
                return await fetcher.fetch(links)
            finally:
                await fetcher.close()

    return run(work())


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("bytes/0", None),
        ("bytes/5", None),
        (f"bytes/{LARGEST}", None),
        (f"bytes/{LARGEST + 1}", FileFault.TOO_LARGE),
        ("endless/30", FileFault.TOO_LARGE),
        ("to/bytes-5", None),
        ("to/to-bytes-5", FileFault.UNREACHABLE),
        ("away/x", FileFault.NOT_ALLOWED),
        ("zipped/x", None),
        ("status/404", FileFault.UNREACHABLE),
        ("status/500", FileFault.UNREACHABLE),
    ],
)
def test_what_comes_of_a_link(path: str, fault: FileFault | None) -> None:
    """Counted while it comes, followed only to allowed places, never unpacked."""
    (found,) = fetched(path)
    assert (found.name, found.fault) == (path, fault)
    assert bool(found.content) is (fault is None and path != "bytes/0")


def test_our_token_goes_to_the_service_alone() -> None:
    """Not to where a file lies."""
    assert fetched("token/x")[0].content == b"none"
    assert fetched("token/x", from_service=True)[0].content == b"Bearer secret"
    assert fetched("to/token-x", from_service=True)[0].content == b"none"


def test_no_more_files_than_a_need_may_have() -> None:
    """The others are named, not fetched."""
    found = fetched(*(f"bytes/{n + 1}" for n in range(MOST + 2)))
    assert [len(f.content) for f in found[:MOST]] == [1, 2, 3, 4, 5]
    assert [f.fault for f in found[MOST:]] == [FileFault.TOO_MANY] * 2


def test_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came in time is kept."""
    monkeypatch.setattr(attachments, "SECONDS", 0.5)
    quick, slow = fetched("bytes/5", "slow/x")
    assert (quick.fault, slow.fault) == (None, FileFault.UNREACHABLE)


def test_nobody_there_is_no_failure() -> None:
    """A connection that is refused, and an address that is none."""

    async def work() -> tuple[IncomingFile, ...]:
        fetcher = FileFetcher(aiohttp.ClientSession(), NoCredentials(), ())
        try:
            return await fetcher.fetch([FileLink("a", "http://127.0.0.1:9/x"), FileLink("b", "http://[")])
        finally:
            await fetcher.close()

    assert [f.fault for f in run(work())] == [FileFault.UNREACHABLE, FileFault.NOT_ALLOWED]
