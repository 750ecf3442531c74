"""Reads what the planner must know: who is in each group of the schedule, as it is now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import overview
from domain.needs.models import WITH_NETWORK, Status
from domain.needs.owners import reply_by
from domain.outreach import summaries
from domain.outreach.digests import outcomes
from domain.outreach.planning.left import is_reminded, owner_has_something_left
from domain.outreach.planning.plan import NetworkFacts, Recipient
from domain.outreach.planning.steps import Group
from domain.outreach.reaching import reach
from domain.register.models import Person, Role, Scope, ScopeKind
from domain.rounds import meeting_people, meeting_rules
from domain.rounds.models import DeadlineKind

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.models import NeedsReport
    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

_GRANTED = frozenset({Status.GRANTED, Status.ONGOING})
_LATELY = timedelta(days=21)


def facts_of(
    uow: UnitOfWork, current: Round, now: datetime, groups: Collection[Group] = tuple(Group)
) -> NetworkFacts:
    """The facts about one network; only these groups are read."""
    reading = _Reading(uow, current, now)
    return NetworkFacts(
        round=current,
        groups={group: tuple(_READERS[group](reading)) for group in groups},
        replies_by=replies_by(uow, current),
    )


def replies_by(uow: UnitOfWork, current: Round) -> frozenset[date]:
    """The dates that owners have chosen for their heads, where they are other than the usual one."""
    chosen = (_own_date(current, day) for day in uow.rounds.replies_by(current.id).values())
    return frozenset(day for day in chosen if day is not None)


def _own_date(current: Round, chosen: date | None) -> date | None:
    """The owner's own date, when it is another than the usual one."""
    own = reply_by.in_force(current, chosen)
    return own if own != current.reply_by() else None


class _Reading:
    """One network's round, each thing read when it is first asked for."""

    def __init__(self, uow: UnitOfWork, current: Round, now: datetime) -> None:
        self.uow = uow
        self.round = current
        self.now = now
        self.network = uow.register.network(current.network_id)
        self.scope = Scope(kind=ScopeKind.NETWORK, id=current.network_id)

    @cached_property
    def standing(self) -> overview.NetworkStanding:
        return overview.network_standing(self.uow, self.network, self.round, self.now)

    @cached_property
    def chosen(self) -> dict[int, date]:
        return self.uow.rounds.replies_by(self.round.id)

    @cached_property
    def leaders(self) -> list[Person]:
        """The coordinators where nobody leads."""
        return self.with_(Role.LEADER) or self.with_(Role.COORDINATOR)

    def with_(self, role: Role) -> list[Person]:
        return self.uow.register.people_with(role, self.scope)

    def heads_of(self, kindergarten_id: int) -> list[Person]:
        place = Scope(kind=ScopeKind.KINDERGARTEN, id=kindergarten_id)
        return self.uow.register.people_with(Role.HEAD, place)

    def acting_for(self, owner_id: int) -> list[Person]:
        return self.uow.register.people_with(Role.OWNER, Scope(kind=ScopeKind.OWNER, id=owner_id))

    def done(self, kind: DeadlineKind) -> set[Scope]:
        return {t.scope for t in self.uow.outreach.done(self.round.id) if t.kind is kind}


def _unanswered_heads(r: _Reading) -> Iterator[Recipient]:
    for owner in r.standing.owners:
        own = _own_date(r.round, r.chosen.get(owner.owner.id))
        for s in owner.kindergartens:
            if is_reminded(s, r.round):
                for person in r.heads_of(s.kindergarten.id):
                    yield Recipient(person.id, params={"kindergarten": s.kindergarten.id}, reply_by=own)


def _owners_left(r: _Reading) -> Iterator[Recipient]:
    for owner in r.standing.owners:
        if owner_has_something_left(owner, r.round):
            own = _own_date(r.round, r.chosen.get(owner.owner.id))
            for person in r.acting_for(owner.owner.id):
                yield Recipient(person.id, params={"owner": owner.owner.id}, reply_by=own)


def _leaders(r: _Reading) -> Iterable[Recipient]:
    return _each(r.leaders)


def _leaders_with_dates(r: _Reading) -> Iterable[Recipient]:
    lacking = (
        not r.round.confirmed or meeting_rules.missing(r.round, r.network.slug, local_day(r.now)).anything
    )
    return _each(r.leaders if lacking else ())


def _leaders_of_unreached(r: _Reading) -> Iterable[Recipient]:
    asked = {x.person_id for x in (*_unanswered_heads(r), *_owners_left(r)) if x.person_id is not None}
    return _each(r.leaders if reach.why_not(r.uow, sorted(asked)) else ())


def _leaders_of_undecided(r: _Reading) -> Iterable[Recipient]:
    return _each(r.leaders if outcomes.without_outcome(r.uow, r.round.id) else ())


def _authorities(r: _Reading) -> Iterator[Recipient]:
    for place in r.uow.register.municipalities(r.round.network_id):
        scope = Scope(kind=ScopeKind.MUNICIPALITY, id=place.id)
        for person in r.uow.register.people_with(Role.AUTHORITY, scope):
            yield Recipient(person.id, params={"municipality": place.id})


def _basis_makers(r: _Reading) -> Iterable[Recipient]:
    return _reporters(r, DeadlineKind.DECISION_BASIS)


def _network_reporters(r: _Reading) -> Iterable[Recipient]:
    return _reporters(r, DeadlineKind.REPORTING_NETWORK)


def _reporters(r: _Reading, kind: DeadlineKind) -> Iterable[Recipient]:
    return _each(() if r.scope in r.done(kind) else (*r.leaders, *r.with_(Role.UH)))


def _unit_reporters(r: _Reading) -> Iterator[Recipient]:
    done = r.done(DeadlineKind.REPORTING_UNITS)
    for owner in r.standing.owners:
        granted = any(need.status in _GRANTED for s in owner.kindergartens for need in s.reports)
        if granted and Scope(kind=ScopeKind.OWNER, id=owner.owner.id) not in done:
            for person in r.acting_for(owner.owner.id):
                yield Recipient(person.id, params={"owner": owner.owner.id})


def _waiting_for_outcomes(r: _Reading) -> Iterator[Recipient]:
    for owner in r.standing.owners:
        reported = [s for s in owner.kindergartens if not _all_told(s.reports, r.now)]
        for person in r.acting_for(owner.owner.id) if reported else ():
            yield Recipient(person.id, params={"owner": owner.owner.id})
        for s in reported:
            for person in r.heads_of(s.kindergarten.id):
                yield Recipient(person.id, params={"kindergarten": s.kindergarten.id})


def _all_told(reports: Iterable[NeedsReport], now: datetime) -> bool:
    """Whether there is nothing at the network that was not decided, and said to be so, in the last weeks."""
    theirs = [need for need in reports if need.status in WITH_NETWORK]
    return all(need.status not in outcomes.UNDECIDED and need.updated_at > now - _LATELY for need in theirs)


def _all_heads(r: _Reading) -> Iterable[Recipient]:
    places = r.uow.register.kindergartens_in_network(r.round.network_id)
    return _each(person for place in places for person in r.heads_of(place.id))


def _all_owners(r: _Reading) -> Iterable[Recipient]:
    owners = r.uow.register.owners(r.round.network_id)
    return _each(person for owner in owners for person in r.acting_for(owner.id))


def _channels(r: _Reading) -> Iterator[Recipient]:
    for binding in r.uow.identity.bindings(r.round.network_id):
        yield Recipient(binding_id=binding.id)


def _channels_showing_other_counts(r: _Reading) -> Iterator[Recipient]:
    for binding_id in summaries.outdated(r.uow, r.standing):
        yield Recipient(binding_id=binding_id)


def _each(people: Iterable[Person]) -> Iterator[Recipient]:
    for person_id in dict.fromkeys(p.id for p in people):
        yield Recipient(person_id)


_READERS: dict[Group, Callable[[_Reading], Iterable[Recipient]]] = {
    Group.UNANSWERED_HEADS: _unanswered_heads,
    Group.OWNERS_WITH_SOMETHING_LEFT: _owners_left,
    Group.LEADERS: _leaders,
    Group.LEADERS_WITH_DATES_TO_CONFIRM: _leaders_with_dates,
    Group.LEADERS_OF_UNREACHED: _leaders_of_unreached,
    Group.LEADERS_OF_UNDECIDED: _leaders_of_undecided,
    Group.AUTHORITIES: _authorities,
    Group.UH: lambda r: _each(r.with_(Role.UH)),
    Group.COUNTY: lambda r: _each(r.with_(Role.COUNTY)),
    Group.BASIS_MAKERS: _basis_makers,
    Group.NETWORK_REPORTERS: _network_reporters,
    Group.UNIT_REPORTERS: _unit_reporters,
    Group.WAITING_FOR_OUTCOMES: _waiting_for_outcomes,
    Group.ALL_HEADS: _all_heads,
    Group.ALL_OWNERS: _all_owners,
    Group.PARTICIPANTS: lambda r: _each(meeting_people.called(r.uow, r.round.network_id)),
    Group.CHANNELS: _channels,
    Group.CHANNELS_SHOWING_OTHER_COUNTS: _channels_showing_other_counts,
}
