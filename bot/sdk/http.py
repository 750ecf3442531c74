"""POST /api/messages: every fault of the sender has its status, and none is ours.

What is cheap to see is looked at first: method (405), type (415), the size that is announced (413). Then comes
the token (401), so that a stranger's body is never read, and only then the body itself (408, 413, 400).
"""

import asyncio
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler
from botbuilder.schema import InvokeResponse

from bot.sdk.adapter import Logic, RekompisAdapter
from bot.sdk.errors import BadActivity, Unauthorized
from bot.sdk.wire import dumps, loads

PATH = "/api/messages"
MAX_BYTES = 256 * 1024
"""Of a request's body. Teams' own limit for a message with its card is 100 KB."""

MAX_HEADER = 64 * 1024
"""Of one header of a request. A token that is too long is refused as a token, and not as broken HTTP."""

_READ_SECONDS = 5.0


class _Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def messages_route(
    adapter: RekompisAdapter,
    logic: Logic,
    *,
    on_failure: Callable[[Exception], None],
    on_refused: Callable[[int, str], None] = lambda status, reason: None,
    max_bytes: int = MAX_BYTES,
) -> Handler:
    """The handler of all methods of PATH.

    `on_failure` is told once of what the logic let through (answered 500), `on_refused` of status and reason
    of what was turned away.
    """

    authentication = adapter.authentication

    async def messages(request: web.Request) -> web.StreamResponse:
        if request.method == "HEAD":
            return web.Response()  # the Playground asks so whether the bot is there
        if request.method != "POST":
            return web.Response(status=405, headers={"Allow": "POST, HEAD"})
        try:
            _look(request, max_bytes)
            header = _authorization(request)
            await authentication.admit(header)
            answer = await adapter.receive(loads(await _read(request, max_bytes)), header, logic)
        except _Refused as refused:
            return _turned_away(refused.status, refused.reason)
        except BadActivity as bad:
            return _turned_away(400, bad.part)
        except Unauthorized as refused:
            return _turned_away(401, refused.reason)
        except Exception as error:
            on_failure(error)
            return web.Response(status=500)
        return _answered(answer)

    def _turned_away(status: int, reason: str) -> web.Response:
        on_refused(status, reason)
        return web.Response(status=status, headers={"WWW-Authenticate": "Bearer"} if status == 401 else None)

    return messages


def _look(request: web.Request, max_bytes: int) -> None:
    if request.content_type != "application/json":
        raise _Refused(415, "content type")
    # A compressed body could be a thousand times as large inside; Teams sends none.
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise _Refused(415, "content encoding")
    if (request.content_length or 0) > max_bytes:
        raise _Refused(413, "too large")


async def _read(request: web.Request, max_bytes: int) -> bytes:
    try:
        async with asyncio.timeout(_READ_SECONDS):
            return await _read_up_to(request, max_bytes)
    except TimeoutError:
        raise _Refused(408, "slow body") from None
    except (web.RequestPayloadError, ConnectionError):
        raise _Refused(400, "broken body") from None


async def _read_up_to(request: web.Request, max_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in request.content.iter_any():
        content += chunk
        if len(content) > max_bytes:
            raise _Refused(413, "too large")
    return bytes(content)


def _authorization(request: web.Request) -> str:
    headers = request.headers.getall("Authorization", [])
    return headers[0] if len(headers) == 1 else ""


def _answered(answer: InvokeResponse | None) -> web.Response:
    if answer is None:
        return web.Response(status=202)
    if answer.body is None:
        return web.Response(status=int(answer.status))
    return web.Response(status=int(answer.status), body=dumps(answer.body), content_type="application/json")
