"""The rounds of all networks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from domain.rounds.models import Round
from domain.rounds.repository import NoSuchRound
from storage.kept import View
from storage.session import Session
from storage.tables import owner_reply_by, round_


class SqlRounds:
    """A RoundRepository; the current rounds are kept by the process, as every turn asks for them."""

    def __init__(self, session: Session, view: View) -> None:
        self._session = session
        self._view = view

    def current(self, network_id: int, today: date) -> Round | None:
        return self._view.get(("round", network_id, today), lambda: self._current(network_id, today))

    def _current(self, network_id: int, today: date) -> Round | None:
        of_network = round_.c.network_id == network_id
        days = round_.c.starts <= today, round_.c.ends >= today
        row = self._session.first(select(round_).where(of_network, *days).order_by(round_.c.id))
        return _round(row) if row else None

    def get(self, round_id: int) -> Round:
        row = self._session.find(round_, id=round_id)
        if row is None:
            raise NoSuchRound(round_id)
        return _round(row)

    def for_change(self, round_id: int) -> Round:
        # Of no effect on SQLite, where a unit of work that writes is alone from its beginning.
        locked = select(round_).where(round_.c.id == round_id).with_for_update()
        row = self._session.first(locked)
        if row is None:
            raise NoSuchRound(round_id)
        return _round(row)

    def save(self, round: Round) -> Round:
        self._view.changed()
        return _round(self._session.upsert(round_, ("network_id", "label"), _values(round)))

    def all_current(self, today: date) -> list[Round]:
        days = round_.c.starts <= today, round_.c.ends >= today
        found = select(round_).where(*days).order_by(round_.c.network_id, round_.c.id)
        return [_round(row) for row in self._session.rows(found)]

    def reply_by(self, owner_id: int, round_id: int) -> date | None:
        row = self._session.find(owner_reply_by, owner_id=owner_id, round_id=round_id)
        return row.day if row else None

    def set_reply_by(self, owner_id: int, round_id: int, day: date | None) -> None:
        key = {"owner_id": owner_id, "round_id": round_id}
        if day is None:
            mine = owner_reply_by.c.owner_id == owner_id, owner_reply_by.c.round_id == round_id
            self._session.write(owner_reply_by.delete().where(*mine))
        else:
            self._session.upsert(owner_reply_by, tuple(key), {**key, "day": day})

    def replies_by(self, round_id: int) -> dict[int, date]:
        found = select(owner_reply_by).where(owner_reply_by.c.round_id == round_id)
        return {row.owner_id: row.day for row in self._session.rows(found)}


def _round(row: Row[Any]) -> Round:
    return Round.model_validate(row._mapping)


def _values(round: Round) -> Mapping[str, Any]:
    listed = round.model_dump(mode="json", include={"deadlines", "own_dates", "meetings", "stopped"})
    return {**round.model_dump(exclude={"id"}), **listed}
