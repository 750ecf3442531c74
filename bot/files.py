"""Files behind signed, short-lived links: GET /files/{token}."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import jwt
from aiohttp import web
from aiohttp.typedefs import Handler

from domain.clock import Clock, local_day
from domain.needs import excel
from domain.needs.excel import ScopeOfRows
from domain.ports import UnitOfWork
from messages.excel import workbook
from storage.worker import Worker

LASTS = timedelta(minutes=15)
_KEY_NAME = "file_secret"
_ALGORITHM = "HS256"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def secret(uow: UnitOfWork) -> str:
    """This installation's key for signing links; made once."""
    found = uow.meta.get(_KEY_NAME)
    if found is None:
        found = token_hex(32)
        uow.meta.set(_KEY_NAME, found)
    return found


def signer(key: str) -> Callable[[dict[str, Any]], str]:
    """Makes tokens that say which file, for whom and for how long; ids only."""

    def sign(claims: dict[str, Any]) -> str:
        return jwt.encode({**claims, "exp": datetime.now(UTC) + LASTS}, key, algorithm=_ALGORITHM)

    return sign


def files_route(key: str, worker: Worker, clock: Clock) -> Handler:
    """Gives the sheet that the token names, if its person may still see it. Anything else is 404."""

    async def files(request: web.Request) -> web.Response:
        try:
            claims = jwt.decode(request.match_info["token"], key, algorithms=[_ALGORITHM])
            kind, id_, person = ScopeOfRows(claims["kind"]), int(claims["id"]), int(claims["person"])
        except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
            raise web.HTTPNotFound from None
        content = await worker.run(lambda uow: _sheet(uow, kind, id_, person, clock))
        if content is None:
            raise web.HTTPNotFound
        name = f"behov-{local_day(clock.now()).isoformat()}.xlsx"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=content, content_type=XLSX, headers=headers)

    return files


def _sheet(uow: UnitOfWork, kind: ScopeOfRows, id_: int, person: int, clock: Clock) -> bytes | None:
    scope = excel.allowed(uow, person, kind, id_)
    if scope is None:
        return None
    return workbook(excel.rows(uow, person, scope, clock.now()), scope.name)
