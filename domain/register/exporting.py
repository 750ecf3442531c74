"""From what a repository holds to the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable

from domain.register.models import (
    Kindergarten,
    Municipality,
    Network,
    Owner,
    Person,
    RoleAssignment,
    ScopeKind,
)
from domain.register.rows import (
    ALL,
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)


def exported(
    *,
    networks: Iterable[Network],
    municipalities: Iterable[Municipality],
    owners: Iterable[Owner],
    kindergartens: Iterable[Kindergarten],
    people: Iterable[Person],
    roles: Iterable[RoleAssignment],
) -> RegisterFile:
    """The rows for these, `in_order`; every reference must be to something that is among them."""
    network_of = {n.id: n for n in networks}
    municipality_of = {m.id: m for m in municipalities}
    owner_of = {o.id: o for o in owners}
    kindergarten_of = {k.id: k for k in kindergartens}
    person_of = {p.id: p for p in people}

    def scope_text(role: RoleAssignment) -> str:
        match role.scope.kind:
            case ScopeKind.KINDERGARTEN:
                return kindergarten_of[role.scope.id].orgnr
            case ScopeKind.OWNER:
                return owner_of[role.scope.id].orgnr
            case ScopeKind.MUNICIPALITY:
                return municipality_of[role.scope.id].name
            case ScopeKind.NETWORK:
                return network_of[role.scope.id].name
            case ScopeKind.ALL:
                return ALL

    def person_row(role: RoleAssignment) -> PersonRow:
        person = person_of[role.person_id]
        return PersonRow(
            name=person.name,
            email=person.email,
            role=role.role,
            scope_kind=role.scope.kind,
            scope=scope_text(role),
        )

    return RegisterFile(
        networks=tuple(NetworkRow(name=n.name, county=n.county, uh=n.uh) for n in network_of.values()),
        municipalities=tuple(
            MunicipalityRow(name=m.name, network=network_of[m.network_id].name)
            for m in municipality_of.values()
        ),
        owners=tuple(
            OwnerRow(
                orgnr=o.orgnr,
                name=o.name,
                ownership=o.ownership,
                municipality=municipality_of[o.municipality_id].name,
            )
            for o in owner_of.values()
        ),
        kindergartens=tuple(
            KindergartenRow(
                orgnr=k.orgnr,
                name=k.name,
                municipality=municipality_of[k.municipality_id].name,
                owner_orgnr=owner_of[k.owner_id].orgnr,
            )
            for k in kindergarten_of.values()
        ),
        people=tuple(person_row(role) for role in roles),
    ).in_order()
