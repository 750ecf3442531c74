"""The rounds in memory: for tests and for questions from the command line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.rounds.models import Round
from domain.rounds.repository import NoSuchRound


class MemoryRounds:
    """A RoundRepository that forgets when the process ends."""

    def __init__(self, rounds: Iterable[Round] = ()) -> None:
        self._rounds: dict[int, Round] = {}
        self._reply_by: dict[tuple[int, int], date] = {}
        for round in rounds:
            self.save(round)

    def current(self, network_id: int, today: date) -> Round | None:
        return next((r for r in self.all_current(today) if r.network_id == network_id), None)

    def get(self, round_id: int) -> Round:
        if round_id not in self._rounds:
            raise NoSuchRound(round_id)
        return self._rounds[round_id]

    def for_change(self, round_id: int) -> Round:
        return self.get(round_id)

    def save(self, round: Round) -> Round:
        key = (round.network_id, round.label)
        stored = next((r.id for r in self._rounds.values() if (r.network_id, r.label) == key), None)
        saved = round.model_copy(update={"id": stored or max(self._rounds, default=0) + 1})
        self._rounds[saved.id] = saved
        return saved

    def reply_by(self, owner_id: int, round_id: int) -> date | None:
        return self._reply_by.get((owner_id, round_id))

    def set_reply_by(self, owner_id: int, round_id: int, day: date | None) -> None:
        self._reply_by.pop((owner_id, round_id), None)
        if day is not None:
            self._reply_by[owner_id, round_id] = day

    def replies_by(self, round_id: int) -> dict[int, date]:
        return {owner: day for (owner, round_), day in self._reply_by.items() if round_ == round_id}

    def all_current(self, today: date) -> list[Round]:
        current = (r for r in self._rounds.values() if r.starts <= today <= r.ends)
        return sorted(current, key=lambda r: r.network_id)
