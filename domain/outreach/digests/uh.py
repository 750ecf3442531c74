"""What a university or college is told of a network that it works with: the needs, and who wants contact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import whole_round
from domain.needs.networks import network
from domain.outreach.digests.leader import counted
from domain.outreach.summaries import next_date
from domain.register.models import Role
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.needs.models import OwnersReport
    from domain.needs.networks.network import Reported
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Person
    from domain.rounds.models import Deadline, Round

WANTS_CONTACT = "uh"
"""The answer to «Er noe av dette aktuelt?» (S33) that asks for contact with a university or college."""

_TALKS = frozenset({"informal", "agreed"})


@dataclass(frozen=True)
class Wanted:
    """A need whose kindergarten wants contact; `more` is how many others it holds for."""

    title: str
    kindergarten: str
    more: int = 0


@dataclass(frozen=True)
class UhDigest:
    """To a partner: what the owners of a network have sent, and what is to be made of it by when.

    `talks` is how many owners say that they are in touch with a university or college (E12), of those `agreed` that
    something is agreed.
    """

    recipient: Person
    network_id: int
    network: str
    partners: tuple[str, ...]
    deadline: Deadline
    owners_sent: int
    owners: int
    needs: int
    themes: tuple[tuple[str, int], ...]
    wanted: tuple[Wanted, ...]
    talks: int
    agreed: int
    comes_next: Deadline | None


def uh_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> UhDigest | None:
    """None before anything is sent, and for somebody who is no partner of the network any more."""
    current = uow.rounds.get(message.params.get("round", 0))
    found = for_partner(uow, message.person_id or 0, current, now)
    return found if found is not None and found.owners_sent else None


def for_partner(uow: UnitOfWork, person_id: int, current: Round, now: datetime) -> UhDigest | None:
    """What a partner may read of a network's round; None for anybody else."""
    deadline, place = current.deadline(DeadlineKind.NEEDS), current.network_id
    if deadline is None or Role.UH not in network.reading_roles(uow, person_id, place):
        return None
    found = network.readable(uow, person_id, place, now, Role.UH)
    sent = whole_round.sent(uow, current.id)
    dialogue = [_dialogue(r) for r in sent if not r.is_supplement]
    return UhDigest(
        recipient=uow.register.person(person_id),
        network_id=place,
        network=found.network.name,
        partners=found.network.uh,
        deadline=deadline,
        owners_sent=len({owner_id for r in sent for owner_id in r.senders}),
        owners=len(uow.register.owners(place)),
        needs=len(found.needs),
        themes=counted(n.answers.get("themes", ()) for n in found.needs),
        wanted=tuple(_wanted(n) for n in found.needs if WANTS_CONTACT in n.answers.get("special", ())),
        talks=sum(answer in _TALKS for answer in dialogue),
        agreed=dialogue.count("agreed"),
        comes_next=next_date(current, local_day(now)),
    )


def _wanted(need: Reported) -> Wanted:
    first, *others = need.kindergartens
    return Wanted(need.title or "", first.name, len(others))


def _dialogue(report: OwnersReport) -> str | None:
    answer = report.answers.get("uh_dialogue")
    return str(answer) if answer else None
