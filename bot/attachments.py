"""Fetches the files that came with a message: from Teams' own hosts only, within limits of size and time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

import aiohttp
import structlog
from yarl import URL

from bot.sdk.credentials import Credentials
from bot.sdk.errors import SendFailed
from bot.sdk.hosts import is_loopback
from dialogs.events import FileFault, IncomingFile
from domain.needs.heads.attachments import LARGEST, MOST

log = structlog.get_logger()

FILE_HOSTS: Final = (".sharepoint.com",)
"""Where Teams keeps what people send in a chat (OneDrive for work is a part of it)."""

SECONDS: Final = 9.0
"""For all files of a message: Teams sends a message again that is not answered in about 15."""

_CHUNK: Final = 64 * 1024
_AT_ONCE: Final = 4
_REDIRECTS: Final = 3
_LONGEST_URL: Final = 4000


@dataclass(frozen=True)
class FileLink:
    """Where a file lies. `from_service`: an image in the text, which Teams' service gives out for our token."""

    name: str
    url: str
    from_service: bool = False


class _Refused(Exception):
    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


class FileFetcher:
    """Fetches files over a session of its own. Without hosts (local mode) only this machine is asked."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        service_hosts: Sequence[str],
        file_hosts: Sequence[str] = FILE_HOSTS,
    ) -> None:
        self._session = session
        self._credentials = credentials
        self._service_hosts = service_hosts
        self._file_hosts = file_hosts if service_hosts else ()
        self._places = asyncio.Semaphore(_AT_ONCE)

    @classmethod
    async def open(cls, credentials: Credentials, service_hosts: Sequence[str]) -> Self:
        """A fetcher of the running event loop; to be closed."""
        session = aiohttp.ClientSession(
            # Nothing is unpacked: a small body could be a thousand times as large inside.
            auto_decompress=False,
            headers={"Accept-Encoding": "identity"},
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=SECONDS, connect=5),
        )
        return cls(session, credentials, service_hosts)

    async def fetch(self, links: Sequence[FileLink]) -> tuple[IncomingFile, ...]:
        """Every file with its content, or with why it is not here; never raises."""
        tasks = [asyncio.create_task(self._one(link)) for link in links[:MOST]]
        try:
            async with asyncio.timeout(SECONDS):
                await asyncio.gather(*tasks)
        except TimeoutError:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        found = [
            IncomingFile(link.name, fault=FileFault.UNREACHABLE) if task.cancelled() else task.result()
            for link, task in zip(links, tasks, strict=False)
        ]
        return (*found, *(IncomingFile(link.name, fault=FileFault.TOO_MANY) for link in links[MOST:]))

    async def close(self) -> None:
        """Closes its connections."""
        await self._session.close()

    async def _one(self, link: FileLink) -> IncomingFile:
        try:
            async with self._places:
                return IncomingFile(link.name, await self._content(link))
        except _Refused as refused:
            fault = refused.fault
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, SendFailed):
            fault = FileFault.UNREACHABLE
        log.info("file.not_fetched", fault=fault.value)
        return IncomingFile(link.name, fault=fault)

    async def _content(self, link: FileLink) -> bytes:
        hosts = self._service_hosts if link.from_service else self._file_hosts
        headers = {}
        if link.from_service and (token := await self._credentials.token()) is not None:
            headers["Authorization"] = f"Bearer {token}"
        url = allowed(link.url, hosts)
        for _ in range(_REDIRECTS + 1):
            if url is None:
                raise _Refused(FileFault.NOT_ALLOWED)
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                if response.status in (301, 302, 303, 307, 308):
                    target = response.headers.get("Location", "")
                    # The token is for the address that we judged, and for no other.
                    headers = {}
                    url = allowed(str(url.join(URL(target))), hosts)
                    continue
                if response.status != 200:
                    raise _Refused(FileFault.UNREACHABLE)
                return await _read(response)
        raise _Refused(FileFault.UNREACHABLE)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    if (response.content_length or 0) > LARGEST:
        raise _Refused(FileFault.TOO_LARGE)
    content = bytearray()
    # Counted as it comes: a length that was promised, or a compressed body, may be anything.
    async for chunk in response.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise _Refused(FileFault.TOO_LARGE)
    return bytes(content)


def allowed(url: str, hosts: Sequence[str]) -> URL | None:
    """The address, when it names one of the hosts over TLS; without hosts, when it is this machine's."""
    if not url or len(url) > _LONGEST_URL or not url.isascii() or not url.isprintable() or "\\" in url:
        return None
    try:
        parsed = URL(url)
        host, port = parsed.host, parsed.port
    except ValueError:
        return None
    if not host or port is None or parsed.user is not None or parsed.password is not None:
        return None
    if not hosts or host in hosts:
        if is_loopback(host):
            return parsed if parsed.scheme in ("http", "https") else None
        if not hosts:
            return None
    named = any(host.endswith(name) if name.startswith(".") else host == name for name in hosts)
    return parsed if named and parsed.scheme == "https" else None
