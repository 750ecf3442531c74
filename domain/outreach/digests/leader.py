"""What a leader is told of the whole network: facts read at the moment of sending, or when the leader asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.inquiries import answering
from domain.needs import overview, whole_round
from domain.needs.models import WITH_NETWORK
from domain.needs.owners.desk import UNANSWERED
from domain.outbox import MessageKind
from domain.outreach.digests.since import Since, since_last
from domain.outreach.reaching import reach
from domain.outreach.summaries import next_date
from domain.register import rights
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from domain.needs.overview import OwnerStanding
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person
    from domain.rounds.models import Deadline, Round


@dataclass(frozen=True)
class MissingOwner:
    """An owner that has not sent, with its kindergartens that have not answered; `total` is how many it has."""

    name: str
    unanswered: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class LeaderDigest:
    """To a leader: how the owners stand, with names, and what waits for the leader.

    `missing` is empty where the network takes needs in another way (`form_on` is False): nobody is missing then.
    `late` counts the owners whose first report came after the date; `new_owners` are the names behind `since`.
    `unconfirmed` counts the round's dates that nobody has confirmed; `comes_next` is the next date on the needs' way.
    """

    recipient: Person
    network_id: int
    network: str
    deadline: Deadline
    form_on: bool
    sent: int
    total: int
    needs: int
    missing: tuple[MissingOwner, ...]
    late: int = 0
    since: Since | None = None
    new_owners: tuple[str, ...] = ()
    questions: int = 0
    requests: int = 0
    unreachable: int = 0
    unconfirmed: int = 0
    comes_next: Deadline | None = None


def leader_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> LeaderDigest | None:
    """None for somebody who does not lead the network any more."""
    current = uow.rounds.get(message.params.get("round", 0))
    return for_leader(uow, message.person_id or 0, current, now)


def for_leader(uow: UnitOfWork, person_id: int, current: Round, now: datetime) -> LeaderDigest | None:
    """How a network stands in its round, for one of its leaders; None for anybody else."""
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None or current.network_id not in rights.led_networks(uow.register.roles_of(person_id)):
        return None
    network = uow.register.network(current.network_id)
    whole = overview.network_standing(uow, network, current, now)
    sent = whole_round.sent(uow, current.id)
    since = since_last(uow, MessageKind.LEADER_DIGEST, person_id, current, sent)
    return LeaderDigest(
        recipient=uow.register.person(person_id),
        network_id=network.id,
        network=network.name,
        deadline=deadline,
        form_on=current.form_on,
        sent=whole.owners_sent,
        total=len(whole.owners),
        needs=_needs(whole),
        late=sum(r.late and not r.is_supplement for r in sent),
        missing=tuple(_missing(o) for o in whole.owners if not o.sent) if current.form_on else (),
        since=since,
        new_owners=tuple(uow.register.owner(i).name for i in since.owners) if since else (),
        questions=waiting_questions(uow, person_id, network.id),
        requests=len(uow.identity.open_requests(network.id)),
        unreachable=_unreachable(uow, person_id, whole, now),
        unconfirmed=sum(not d.confirmed for d in current.deadlines),
        comes_next=next_date(current, local_day(now)),
    )


def waiting_questions(uow: UnitOfWork, leader_id: int, network_id: int) -> int:
    """How many questions to the leaders of a network wait for this leader's answer."""
    return sum(i.network_id == network_id for i in answering.waiting(uow, leader_id))


def counted(themes: Iterable[Iterable[str]]) -> tuple[tuple[str, int], ...]:
    """How many needs each theme is in, most frequent first."""
    found = Counter(theme for of_one in themes for theme in set(of_one))
    return tuple(sorted(found.items(), key=lambda t: (-t[1], t[0])))


def _unreachable(uow: UnitOfWork, leader_id: int, whole: overview.NetworkStanding, now: datetime) -> int:
    if uow.rounds.current(whole.network.id, local_day(now)) != whole.round:
        return 0
    return reach.among(uow, leader_id, whole, now).number


def _needs(whole: overview.NetworkStanding) -> int:
    reports = (r for o in whole.owners for k in o.kindergartens for r in k.reports)
    return len({r.id for r in reports if r.status in WITH_NETWORK and r.merged_into is None})


def _missing(owner: OwnerStanding) -> MissingOwner:
    silent = tuple(s.kindergarten.name for s in owner.kindergartens if s.answer in UNANSWERED)
    return MissingOwner(owner.owner.name, silent, len(owner.kindergartens))
