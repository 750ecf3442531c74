"""Files behind signed, short-lived links: GET /files/{token}.

What they are made with (openpyxl, docx, PIL, icalendar) is loaded when the first of its kind is asked for, and not
at every start; that is after the unit of work, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from dialogs.importing import stored_sheet
from domain.clock import Clock, local_day
from domain.needs.heads import attachments, staff_sheet
from domain.needs.heads.attachments import MediaType
from domain.needs.sheets import excel, excel_scopes, importing
from domain.needs.sheets.excel_scopes import RowScope, ScopeOfRows
from domain.ports import UnitOfWork
from domain.rounds.models import Audience, Round
from domain.rounds.year import REPLY_BY, YearEntry, heads_days, year_of
from messages.sheets.scopes import several
from storage.errors import DatabaseAway
from storage.worker import Worker

LASTS = timedelta(minutes=15)
PICTURES_LAST = timedelta(days=30)
"""A picture stays on its card, and shows nothing that is not everybody's in the network."""

PICTURES = frozenset({"annual_wheel", "annual_wheel_dark"})
_KEY_NAME = "file_secret"
_ALGORITHM = "HS256"
XLSX = MediaType.XLSX.value


@dataclass(frozen=True)
class Download:
    """A file to give out."""

    name: str
    media_type: str
    content: bytes | Callable[[], bytes]
    """What takes long to make is made after the unit of work, which others wait for."""

    shown: bool = False
    """A picture on a card; everything else is to be saved."""


Make = Callable[[UnitOfWork, tuple[int, ...], int, datetime], Download | None]
"""From the ids and the person of a token to the file; None when that person may not have it."""


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
        import jwt  # with cryptography: 9 MB, which only who has an app id loads at the start

        lasts = PICTURES_LAST if claims["kind"] in PICTURES else LASTS
        return jwt.encode({**claims, "exp": datetime.now(UTC) + lasts}, key, algorithm=_ALGORITHM)

    return sign


def files_route(key: str, worker: Worker, clock: Clock) -> Handler:
    """Gives the file that the token names, if its person may still see it, and 503 when nobody can know now.
    Anything else is 404."""

    async def files(request: web.Request) -> web.Response:
        import jwt

        try:
            claims = jwt.decode(request.match_info["token"], key, algorithms=[_ALGORITHM])
            make, person = MAKERS[str(claims["kind"])], int(claims["person"])
            ids = tuple(int(i) for i in claims.get("ids") or [claims["id"]])
        except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
            raise web.HTTPNotFound from None
        try:
            found = await worker.run_soon(lambda uow: make(uow, ids, person, clock.now()))
        except DatabaseAway:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "60"}) from None
        if found is None:
            raise web.HTTPNotFound
        content = (
            found.content if isinstance(found.content, bytes) else await asyncio.to_thread(found.content)
        )
        # To be saved, not shown here: what somebody sent must not run as our page.
        how = "inline" if found.shown else "attachment"
        headers = {
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(found.name, safe='')}",
            "Cache-Control": "private, max-age=3600" if found.shown else "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        }
        return web.Response(body=content, content_type=found.media_type, headers=headers)

    return files


def _needs(kind: ScopeOfRows) -> Make:
    def make(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> Download | None:
        scope = excel_scopes.allowed(uow, person, kind, ids)
        if scope is None:
            return None
        if kind is ScopeOfRows.AUTHORITY:
            content = _status(uow, scope, now)
        else:
            content = _rows(uow, person, kind, scope, now)
        return Download(f"behov-{local_day(now).isoformat()}.xlsx", XLSX, content)

    return make


def _status(uow: UnitOfWork, scope: RowScope, now: datetime) -> Callable[[], bytes]:
    rows = excel.status_rows(uow, scope, now)

    def written() -> bytes:
        from messages.sheets.excel import status_workbook

        return status_workbook(rows, scope.name)

    return written


def _rows(
    uow: UnitOfWork, person: int, kind: ScopeOfRows, scope: RowScope, now: datetime
) -> Callable[[], bytes]:
    owners = excel.owners_rows(uow, person, scope, now)
    name = scope.name or several(kind, len(scope.ids))
    rows = excel.rows(uow, person, scope, now)

    def written() -> bytes:
        from messages.sheets.excel import workbook

        return workbook(rows, name, kind, owners)

    return written


def _staff_sheet(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> Download | None:
    found = staff_sheet.allowed(uow, person, ids[0], now)
    if found is None:
        return None

    def written() -> bytes:
        from messages.heads.staff_sheet import document

        return document(found)

    return Download("ark-til-personalmotet.docx", MediaType.DOCX.value, written)


def _attachment(uow: UnitOfWork, ids: tuple[int, ...], person: int, _now: datetime) -> Download | None:
    found = attachments.readable(uow, person, ids[0])
    content = uow.attachments.content(ids[0]) if found else None
    if found is None or content is None:
        return None
    return Download(found.name, found.media_type.value, content)


def _import_faults(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> Download | None:
    sheet = stored_sheet(uow, person) if ids == (person,) else None
    if sheet is None:
        return None
    reading = importing.judge(uow, person, sheet, now)

    def written() -> bytes:
        from messages.sheets.import_sheets import faulty

        return faulty(sheet, reading)

    return Download("rader-som-ma-rettes.xlsx", XLSX, written)


def _empty_sheet(uow: UnitOfWork, _ids: tuple[int, ...], person: int, _now: datetime) -> Download | None:
    if not importing.may_import(uow.register.roles_of(person)):
        return None

    def written() -> bytes:
        from messages.sheets.import_sheets import template

        return template()

    return Download("behov-tomt-ark.xlsx", XLSX, written)


@dataclass(frozen=True)
class _Year:
    network: str
    round: Round
    entries: tuple[YearEntry, ...]


def _year(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> _Year | None:
    """The network and its entries that a token names; who may see which was settled when it was made."""
    current = uow.rounds.current(ids[0], local_day(now))
    if current is None or not uow.register.roles_of(person):
        return None
    numbers = set(ids[1:])
    entries = [e for e in year_of(current, Audience) if e.number in numbers]
    entries += [YearEntry(REPLY_BY, day) for day in heads_days(numbers)]
    found = tuple(sorted(entries, key=lambda e: e.day))
    return _Year(uow.register.network(ids[0]).name, current, found)


def _annual_wheel(dark: bool) -> Make:
    def make(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> Download | None:
        found = _year(uow, ids, person, now)
        if found is None:
            return None

        def drawn() -> bytes:
            from messages.annual_wheel import DARK, LIGHT, annual_wheel

            theme = DARK if dark else LIGHT
            return annual_wheel(found.network, found.round, found.entries, local_day(now), theme)

        return Download("arshjul.png", MediaType.PNG.value, drawn, shown=True)

    return make


def _calendar(uow: UnitOfWork, ids: tuple[int, ...], person: int, now: datetime) -> Download | None:
    found = _year(uow, ids, person, now)
    if found is None or not found.entries:
        return None

    def written() -> bytes:
        from messages.calendar_files import calendar_file

        return calendar_file(found.network, found.round, found.entries, now)

    return Download("frister.ics", "text/calendar", written)


MAKERS: dict[str, Make] = {
    **{kind.value: _needs(kind) for kind in ScopeOfRows},
    "staff_sheet": _staff_sheet,
    "attachment": _attachment,
    "import_faults": _import_faults,
    "empty_sheet": _empty_sheet,
    "annual_wheel": _annual_wheel(dark=False),
    "annual_wheel_dark": _annual_wheel(dark=True),
    "calendar": _calendar,
}
"""What a token's kind leads to."""
