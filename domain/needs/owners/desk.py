"""What an owner has before it: kindergartens, needs and who has answered, read once for a whole turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs.models import WITH_NETWORK, NeedsReport, Status
from domain.needs.overview import Answer, Counts, KindergartenStanding, counts, grouped_by_round, standing

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, Network, Owner

UNANSWERED = frozenset({Answer.NONE, Answer.BEGUN})


class View(StrEnum):
    """What an owner can have listed."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    APPROVED = "approved"
    SENT = "sent"
    UNANSWERED = "unanswered"


_VIEW = {
    Status.SENT_TO_OWNER: View.WAITING,
    Status.RETURNED_TO_OWNER: View.SENT_BACK,
    Status.APPROVED: View.APPROVED,
    **dict.fromkeys(WITH_NETWORK - {Status.RETURNED_TO_OWNER}, View.SENT),
}


@dataclass(frozen=True)
class Desk:
    """An owner with all its kindergartens and networks, in their rounds as they are now."""

    owner: Owner
    networks: tuple[Network, ...]
    standings: tuple[KindergartenStanding, ...]
    network_ids: dict[int, int]
    """Municipality → network."""

    @cached_property
    def counts(self) -> Counts:
        """Kindergartens with a need, without, and those that have not answered."""
        return counts(self.standings)

    def needs(self, view: View, place: int | None = None) -> list[tuple[Kindergarten, NeedsReport]]:
        """The needs of a view, by kindergarten; in one municipality, or in all."""
        found = self._by_view.get(view, [])
        return found if place is None else [(k, r) for k, r in found if k.municipality_id == place]

    def unanswered(self, place: int | None = None) -> list[Kindergarten]:
        """The kindergartens that have not answered."""
        return [
            s.kindergarten
            for s in self.standings
            if s.answer in UNANSWERED and place in (None, s.kindergarten.municipality_id)
        ]

    def sizes(self, place: int | None = None) -> dict[View, int]:
        """How many there are in each view."""
        found = {view: len(self.needs(view, place)) for view in View}
        return found | {View.UNANSWERED: len(self.unanswered(place))}

    def places(self, view: View) -> Counter[int]:
        """Municipality → how many of a view; also those in which there is nothing."""
        found = Counter(dict.fromkeys((s.kindergarten.municipality_id for s in self.standings), 0))
        if view is View.UNANSWERED:
            found.update(k.municipality_id for k in self.unanswered())
        else:
            found.update(k.municipality_id for k, _ in self.needs(view))
        return found

    def number_of_needs(self, kindergarten_id: int) -> int:
        """How many needs a kindergarten has in the round, those without content not counted."""
        return sum(1 for r in self._by_id[kindergarten_id].reports if r.answers.get("need") != "no")

    def without_need(self, network_id: int) -> bool:
        """Whether every kindergarten in the network has answered that it has no need."""
        mine = [s for s in self.standings if self.network_ids[s.kindergarten.municipality_id] == network_id]
        return bool(mine) and all(any(r.status is Status.NO_NEED for r in s.reports) for s in mine)

    @cached_property
    def _by_id(self) -> dict[int, KindergartenStanding]:
        return {s.kindergarten.id: s for s in self.standings}

    @cached_property
    def _by_view(self) -> dict[View, list[tuple[Kindergarten, NeedsReport]]]:
        # A common need stands under its own kindergarten, and what is merged into it goes with it.
        found: dict[View, list[tuple[Kindergarten, NeedsReport]]] = {}
        for each in self.standings:
            for report in each.reports:
                view = _VIEW.get(report.status)
                if view and report.kindergarten_id == each.kindergarten.id and report.merged_into is None:
                    found.setdefault(view, []).append((each.kindergarten, report))
        return found


def desk(uow: UnitOfWork, owner: Owner, now: datetime) -> Desk:
    """Reads it."""
    kindergartens = uow.register.kindergartens_of_owner(owner.id)
    rounds, network_ids = grouped_by_round(uow, kindergartens, local_day(now))
    found: dict[int, list[NeedsReport]] = {}
    for current, group in rounds:
        for report in uow.needs.of_kindergartens([k.id for k in group], current.id):
            for covered in report.kindergartens:
                found.setdefault(covered, []).append(report)
    return Desk(
        owner=owner,
        networks=tuple(uow.register.network(i) for i in sorted(set(network_ids.values()))),
        standings=tuple(standing(k, found.get(k.id, ())) for k in kindergartens),
        network_ids=network_ids,
    )
