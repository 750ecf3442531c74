"""What became of the needs at a network: what the leader has not registered yet, and what those below it hear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from domain.needs.history import last_act
from domain.needs.models import WITH_NETWORK, Status
from domain.register import rights
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from domain.needs.models import NeedsReport
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten, Person
    from domain.rounds.models import Deadline, Round

UNDECIDED: Final = (
    Status.RECOMMENDED,
    Status.SENT_TO_FORUM,
    Status.IN_BASIS,
    Status.PRIORITISED,
    Status.UNDER_CONSIDERATION,
    Status.REPORTED,
    Status.RETURNED_TO_OWNER,
)
"""The states of a need at the network whose outcome is not registered, the one furthest on its way first."""

MOST_REASONS: Final = 10
"""Of so many refusals the reason is looked up for one message; it shows no more of them."""


class End(StrEnum):
    """What became of a need, as those below the network hear it, the best first."""

    GRANTED = "granted"
    RECOMMENDED = "recommended"
    PRIORITISED = "prioritised"
    OPEN = "open"
    ON_HOLD = "on_hold"
    NOT_PRIORITISED = "not_prioritised"
    REFUSED = "refused"


_ENDS: Final = {
    **dict.fromkeys((Status.GRANTED, Status.ONGOING, Status.REPORTED_BACK, Status.CLOSED), End.GRANTED),
    Status.RECOMMENDED: End.RECOMMENDED,
    **dict.fromkeys((Status.PRIORITISED, Status.IN_BASIS, Status.SENT_TO_FORUM), End.PRIORITISED),
    Status.ON_HOLD: End.ON_HOLD,
    Status.NOT_PRIORITISED: End.NOT_PRIORITISED,
    Status.REFUSED: End.REFUSED,
}
_ORDER: Final = list(End)
_WITH_NOTE: Final = frozenset({Status.ON_HOLD, Status.NOT_PRIORITISED})


@dataclass(frozen=True)
class OutcomesMissing:
    """To a leader after the letter of grant: how many needs are still in each of these states."""

    recipient: Person
    network_id: int
    network: str
    letter: Deadline
    states: tuple[tuple[Status, int], ...]

    @property
    def total(self) -> int:
        """How many needs have no outcome."""
        return sum(n for _, n in self.states)


@dataclass(frozen=True)
class Outcome:
    """One need: what became of it, and why where a reason was given; `more` others that it holds for."""

    title: str
    kindergarten: str
    end: End
    reason: str | None = None
    more: int = 0


@dataclass(frozen=True)
class OutcomeDigest:
    """To somebody who is head or acts for an owner: what became of all their needs at a network, the best first.

    `owner_id` is the first of their owners; None for a head alone.
    """

    recipient: Person
    network: str
    outcomes: tuple[Outcome, ...]
    owner_id: int | None = None


def without_outcome(uow: UnitOfWork, round_id: int) -> list[NeedsReport]:
    """The needs at a network whose outcome nobody has registered; what was merged follows its common need."""
    return [r for r in uow.needs.in_round(round_id, UNDECIDED) if r.merged_into is None]


def outcomes_missing(uow: UnitOfWork, message: OutboxMessage, _now: datetime) -> OutcomesMissing | None:
    """None when every need has its outcome, and for somebody who does not lead the network any more."""
    current = uow.rounds.get(message.params.get("round", 0))
    recipient, letter = message.person_id or 0, current.deadline(DeadlineKind.GRANT_LETTER)
    if letter is None or current.network_id not in rights.led_networks(uow.register.roles_of(recipient)):
        return None
    found = Counter(r.status for r in without_outcome(uow, current.id))
    if not found:
        return None
    network = uow.register.network(current.network_id)
    return OutcomesMissing(
        recipient=uow.register.person(recipient),
        network_id=network.id,
        network=network.name,
        letter=letter,
        states=tuple((s, found[s]) for s in UNDECIDED if found[s]),
    )


def outcome_digest(uow: UnitOfWork, message: OutboxMessage, _now: datetime) -> OutcomeDigest | None:
    """None for somebody without a need at the network."""
    return outcomes_for(uow, message.person_id or 0, uow.rounds.get(message.params.get("round", 0)))


def outcomes_for(uow: UnitOfWork, person_id: int, current: Round) -> OutcomeDigest | None:
    """What became of everything that a person's kindergartens and owners have at a network, in one.

    Needs that were merged are told of as they were written to a head, and as the common one to an owner.
    """
    roles = uow.register.roles_of(person_id)
    headed, owned = set(rights.heads(roles)), rights.owners(roles)
    places = {k.id: k for k in _places(uow, headed, owned, current)}
    if not places:
        return None
    reported = [r for r in uow.needs.of_kindergartens(list(places), current.id) if r.status in WITH_NETWORK]
    found = _told(reported, {k.id for k in places.values() if k.owner_id in owned})
    if not found:
        return None
    found.sort(key=lambda r: (_ORDER.index(_end(r)), r.id))
    explained = {r.id for r in [r for r in found if r.status is Status.REFUSED][:MOST_REASONS]}
    return OutcomeDigest(
        recipient=uow.register.person(person_id),
        network=uow.register.network(current.network_id).name,
        outcomes=tuple(_outcome(uow, r, places, r.id in explained) for r in found),
        owner_id=owned[0] if owned else None,
    )


def _places(
    uow: UnitOfWork, headed: Collection[int], owned: Collection[int], current: Round
) -> list[Kindergarten]:
    mine = [uow.register.kindergarten(i) for i in headed]
    mine += [k for i in owned for k in uow.register.kindergartens_of_owner(i)]
    towns = {m.id for m in uow.register.municipalities(current.network_id)}
    return [k for k in mine if k.active and k.municipality_id in towns]


def _told(reported: list[NeedsReport], owned: set[int]) -> list[NeedsReport]:
    """An owner hears of a common need, a head of the need of its own that became part of it."""
    parts = [r for r in reported if r.merged_into is not None and r.kindergarten_id not in owned]
    told_by_parts = {r.merged_into for r in parts}
    whole = [
        r
        for r in reported
        if r.merged_into is None and (r.id not in told_by_parts or not owned.isdisjoint(r.kindergartens))
    ]
    return [*whole, *parts]


def _end(report: NeedsReport) -> End:
    return _ENDS.get(report.status, End.OPEN)


def _outcome(
    uow: UnitOfWork, report: NeedsReport, places: dict[int, Kindergarten], explained: bool
) -> Outcome:
    mine = [i for i in report.kindergartens if i in places]
    return Outcome(
        title=report.title or "",
        kindergarten=places[mine[0]].name,
        end=_end(report),
        reason=_reason(uow, report, explained),
        more=len(mine) - 1,
    )


def _reason(uow: UnitOfWork, report: NeedsReport, explained: bool) -> str | None:
    """The reason given with the outcome itself: a refusal needs none, so the need's last one may be an older."""
    if report.status in _WITH_NOTE:
        return report.comment
    act = last_act(uow, report.id) if explained else None
    return act.note if act is not None else None
