"""What a kindergarten authority is told of its municipality: who has answered, and what owners have sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.needs import overview
from domain.needs.networks import network
from domain.needs.overview import Counts
from domain.needs.owners.desk import UNANSWERED
from domain.outreach.digests.leader import counted
from domain.register import rights
from domain.register.models import Ownership, Role
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.register.models import Municipality, Person
    from domain.rounds.models import Deadline, Round


@dataclass(frozen=True)
class AuthorityDigest:
    """To an authority: all kindergartens in the municipality, private ones too, and a summary of what was sent.

    `titles` and `themes` are those of needs that owners have sent to the network; drafts and what still lies with
    an owner are only counted among the answers.
    """

    recipient: Person
    municipality: str
    network_id: int
    network: str
    deadline: Deadline
    form_on: bool
    municipal: Counts
    private: Counts
    unanswered: tuple[str, ...]
    owners_sent: int
    owners: int
    titles: tuple[str, ...]
    themes: tuple[tuple[str, int], ...]

    @property
    def answered(self) -> int:
        """How many kindergartens have answered."""
        return self.total - self.municipal.unanswered - self.private.unanswered

    @property
    def total(self) -> int:
        """How many kindergartens there are."""
        return self.municipal.total + self.private.total


def authority_digest(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> AuthorityDigest | None:
    """None when there is nothing to tell, and for somebody who is not the authority any more."""
    current = uow.rounds.get(message.params.get("round", 0))
    found = for_authority(uow, message.person_id or 0, message.params.get("municipality", 0), current, now)
    return found if found is not None and (found.form_on or found.titles) else None


def for_authority(
    uow: UnitOfWork, person_id: int, municipality_id: int, current: Round, now: datetime
) -> AuthorityDigest | None:
    """How a municipality stands in its network's round; None for anybody but its authority, or without any."""
    deadline = current.deadline(DeadlineKind.NEEDS)
    if deadline is None or municipality_id not in rights.authority_for(uow.register.roles_of(person_id)):
        return None
    municipality = uow.register.municipality(municipality_id)
    places = uow.register.kindergartens_in_municipality(municipality_id)
    if not places or municipality.network_id != current.network_id:
        return None
    whole = overview.network_standing(uow, uow.register.network(current.network_id), current, now)
    found = {s.kindergarten.id: s for o in whole.owners for s in o.kindergartens}
    standings = [found[k.id] for k in places]
    owners = {s.kindergarten.owner_id: uow.register.owner(s.kindergarten.owner_id) for s in standings}
    groups = {
        kind: overview.counts([s for s in standings if owners[s.kindergarten.owner_id].ownership is kind])
        for kind in Ownership
    }
    titles, themes = _sent(uow, person_id, municipality, now)
    return AuthorityDigest(
        recipient=uow.register.person(person_id),
        municipality=municipality.name,
        network_id=current.network_id,
        network=whole.network.name,
        deadline=deadline,
        form_on=current.form_on,
        municipal=groups[Ownership.MUNICIPAL],
        private=groups[Ownership.PRIVATE],
        unanswered=tuple(s.kindergarten.name for s in standings if s.answer in UNANSWERED),
        owners_sent=sum(o.sent for o in whole.owners if o.owner.id in owners),
        owners=len(owners),
        titles=titles,
        themes=themes,
    )


def _sent(
    uow: UnitOfWork, person_id: int, place: Municipality, now: datetime
) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The titles and the themes, most frequent first, that an authority may read of its municipality."""
    found = network.readable(uow, person_id, place.network_id, now, Role.AUTHORITY)
    here = [n for n in found.shown if place.id in {k.municipality_id for k in n.kindergartens}]
    return tuple(n.title or "" for n in here), counted(n.answers.get("themes", ()) for n in here)
