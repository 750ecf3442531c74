"""One turn of a conversation: what happened, to whom, and what the handlers may use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dialogs.events import Event
from dialogs.recent import Recent
from dialogs.state import ConversationState
from domain.clock import local_day
from domain.identity import Account
from domain.register import rights
from domain.register.models import Network, Person, Role, RoleAssignment, Scope, ScopeKind
from domain.rounds.models import Deadline, DeadlineKind, Round
from domain.scheme.answers import Scheme

if TYPE_CHECKING:
    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class World:
    """What stays from turn to turn. `sign` makes the short-lived token of a file."""

    scheme: Scheme
    local: bool
    sign: Callable[[dict[str, Any]], str]
    recent: Recent = field(default_factory=Recent)


@dataclass
class Turn:
    """One turn. Handlers change `state` and `effect`; everything else is read."""

    event: Event
    uow: UnitOfWork
    now: datetime
    world: World
    account: Account
    state: ConversationState
    person: Person | None = None
    roles: list[RoleAssignment] = field(default_factory=list)
    effect: dict[str, Any] | None = None

    @cached_property
    def today(self) -> date:
        """The day in Oslo."""
        return local_day(self.now)

    @property
    def me(self) -> Person:
        """The person who acts; only asked for where one is known."""
        if self.person is None:
            raise LookupError("nobody acts in this turn")
        return self.person

    @property
    def role(self) -> Role | None:
        """The role the person is met in: the one chosen, else the main one."""
        held = {r.role for r in self.roles}
        chosen = next((r for r in held if r.value == self.state.role), None)
        return chosen or rights.main_role(self.roles)

    def other_roles(self) -> tuple[Role, ...]:
        """The person's other roles, without repetition."""
        return tuple(dict.fromkeys(r.role for r in self.roles if r.role is not self.role))

    def network(self) -> Network | None:
        """The network that the person's roles point at; None when there is none, or none that is clear."""
        main = self.role
        for assignment in sorted(self.roles, key=lambda r: r.role is not main):
            if found := self._network_of(assignment):
                return found
        return None

    def _network_of(self, assignment: RoleAssignment) -> Network | None:
        register, scope = self.uow.register, assignment.scope
        match scope.kind:
            case ScopeKind.NETWORK:
                return register.network(scope.id)
            case ScopeKind.KINDERGARTEN:
                return register.network_of_kindergarten(scope.id)
            case ScopeKind.MUNICIPALITY:
                return register.network(register.municipality(scope.id).network_id)
            case ScopeKind.OWNER:
                own = register.kindergartens_of_owner(scope.id)
                return register.network_of_kindergarten(own[0].id) if own else None
            case _:
                return None

    def round(self, network: Network | None = None) -> Round | None:
        """The round that a network (the person's own, when none is given) is in."""
        network = network or self.network()
        return self.uow.rounds.current(network.id, self.today) if network else None

    def needs_deadline(self, network: Network | None = None) -> Deadline | None:
        """The network's date for needs in the round."""
        current = self.round(network)
        return current.deadline(DeadlineKind.NEEDS) if current else None

    def leader_name(self) -> str | None:
        """The name of the leader of the person's network."""
        network = self.network()
        if network is None:
            return None
        return leader_of(self.uow, network.id)


def leader_of(uow: UnitOfWork, network_id: int) -> str | None:
    """The name of a network's first leader; None when it has none."""
    people = uow.register.people_with(Role.LEADER, Scope(kind=ScopeKind.NETWORK, id=network_id))
    return people[0].name if people else None
