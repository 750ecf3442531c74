"""Who takes part: networks, municipalities, owners, kindergartens, people and what they are to each other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict

from domain.register.names import network_slug


class Role(StrEnum):
    """What a person is in the scheme; the values are the words of the register's files."""

    HEAD = "styrer"
    OWNER = "eier"
    AUTHORITY = "barnehagemyndighet"
    PPT = "ppt"
    LEADER = "leder"
    COORDINATOR = "koordinator"
    MEMBER = "medlem"
    UH = "uh"
    COUNTY = "statsforvalter"
    ADMIN = "admin"


class Ownership(StrEnum):
    MUNICIPAL = "kommunal"
    PRIVATE = "privat"


class ScopeKind(StrEnum):
    KINDERGARTEN = "kindergarten"
    OWNER = "owner"
    MUNICIPALITY = "municipality"
    NETWORK = "network"
    ALL = "all"


ROLE_SCOPES: Final[Mapping[Role, tuple[ScopeKind, ...]]] = {
    Role.HEAD: (ScopeKind.KINDERGARTEN,),
    Role.OWNER: (ScopeKind.OWNER,),
    Role.AUTHORITY: (ScopeKind.MUNICIPALITY,),
    Role.PPT: (ScopeKind.MUNICIPALITY, ScopeKind.NETWORK),
    Role.LEADER: (ScopeKind.NETWORK,),
    Role.COORDINATOR: (ScopeKind.NETWORK,),
    Role.MEMBER: (ScopeKind.NETWORK,),
    Role.UH: (ScopeKind.NETWORK,),
    Role.COUNTY: (ScopeKind.NETWORK, ScopeKind.ALL),
    Role.ADMIN: (ScopeKind.NETWORK, ScopeKind.ALL),
}
"""What each role can be held for; where a name fits two kinds, the first is meant."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Network(_Frozen):
    """A regional competence network; `uh` are the universities and colleges it works with."""

    id: int
    name: str
    county: str
    uh: tuple[str, ...] = ()
    active: bool = True

    @property
    def slug(self) -> str:
        """The network's short name, e.g. «gauldal» for Gauldalsregionen."""
        return network_slug(self.name)


class Municipality(_Frozen):
    id: int
    name: str
    network_id: int
    active: bool = True


class Owner(_Frozen):
    """An owner (eier); its municipality is where it has its seat, not where its kindergartens are."""

    id: int
    orgnr: str
    name: str
    ownership: Ownership
    municipality_id: int
    active: bool = True


class Kindergarten(_Frozen):
    """A kindergarten (barnehage); `by_hand` when a leader added it and no file has named it since."""

    id: int
    orgnr: str
    name: str
    municipality_id: int
    owner_id: int
    active: bool = True
    by_hand: bool = False


class Person(_Frozen):
    """Somebody the register knows; the e-mail address is in lower case."""

    id: int
    name: str
    email: str

    @property
    def first_name(self) -> str:
        """The name to greet with: the first word of the full name."""
        return self.name.split()[0]


FORGOTTEN: Final = "Slettet person"
"""The name that stands in the place of somebody's who wanted to be forgotten."""


class Scope(_Frozen):
    """What a role is held for; `id` is 0 when the kind is ALL."""

    kind: ScopeKind
    id: int = 0


EVERYTHING: Final = Scope(kind=ScopeKind.ALL)


class RoleAssignment(_Frozen):
    """A role of a person; one has the same role for the same scope once.

    A deputy (stedfortreder) holds it from `starts` to `ends`, both days included, in Europe/Oslo. `by_hand`
    when it was given in the conversation and no file has named it since.
    """

    person_id: int
    role: Role
    scope: Scope
    starts: date | None = None
    ends: date | None = None
    by_hand: bool = False

    @property
    def key(self) -> tuple[int, Role, Scope]:
        """What makes two assignments the same one."""
        return self.person_id, self.role, self.scope

    @property
    def for_a_time(self) -> bool:
        """Whether it is a deputy's."""
        return self.starts is not None or self.ends is not None

    def is_over(self, day: date) -> bool:
        """Whether it ended before the day."""
        return self.ends is not None and self.ends < day

    def holds_on(self, day: date) -> bool:
        """Whether it gives any right on the day."""
        return not self.is_over(day) and (self.starts is None or self.starts <= day)
