"""A small register for tests, with what the rules need: two networks, a chain in both, several roles."""

from __future__ import annotations

from domain.register.models import Ownership, Role, ScopeKind
from domain.register.rows import (
    ALL,
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)

DAL_OWNER, CHAIN, SINGLE = "101001016", "101001024", "101001032"
SOL, EPLE, VIPA, TYTTE, GONE = "102001028", "102001036", "102001044", "102001052", "102001060"


def person(name: str, email: str, role: Role, kind: ScopeKind, scope: str) -> PersonRow:
    return PersonRow(name=name, email=email, role=role, scope_kind=kind, scope=scope)


SMALL = RegisterFile(
    networks=(
        NetworkRow(name="Gauldal", county="Trøndelag", uh=("DMMH",)),
        NetworkRow(name="Fosen", county="Trøndelag", uh=("DMMH", "Nord universitet")),
    ),
    municipalities=(
        MunicipalityRow(name="Melhus", network="Gauldal"),
        MunicipalityRow(name="Åfjord", network="Fosen"),
        MunicipalityRow(name="Ørland", network="Fosen"),
    ),
    owners=(
        OwnerRow(
            orgnr=DAL_OWNER, name="Melhus kommune", ownership=Ownership.MUNICIPAL, municipality="Melhus"
        ),
        OwnerRow(orgnr=CHAIN, name="Kjeden AS", ownership=Ownership.PRIVATE, municipality="Melhus"),
        OwnerRow(orgnr=SINGLE, name="Tyttebær AS", ownership=Ownership.PRIVATE, municipality="Ørland"),
    ),
    kindergartens=(
        KindergartenRow(orgnr=SOL, name="Solbakken", municipality="Melhus", owner_orgnr=DAL_OWNER),
        KindergartenRow(orgnr=EPLE, name="Åkerlappen", municipality="Melhus", owner_orgnr=CHAIN),
        KindergartenRow(orgnr=VIPA, name="Vipa", municipality="Ørland", owner_orgnr=CHAIN),
        KindergartenRow(orgnr=TYTTE, name="Ørreten", municipality="Åfjord", owner_orgnr=SINGLE),
    ),
    people=(
        person("Kari Nordli", "kari@melhus.example", Role.HEAD, ScopeKind.KINDERGARTEN, SOL),
        person("Per Aune", "per@melhus.example", Role.OWNER, ScopeKind.OWNER, DAL_OWNER),
        person("Per Aune", "per@melhus.example", Role.AUTHORITY, ScopeKind.MUNICIPALITY, "Melhus"),
        person("Åse Berg", "aase@kjeden.example", Role.OWNER, ScopeKind.OWNER, CHAIN),
        person("Anne Haugen", "anne@single.example", Role.OWNER, ScopeKind.OWNER, SINGLE),
        person("Anne Haugen", "anne@single.example", Role.HEAD, ScopeKind.KINDERGARTEN, TYTTE),
        person("Ingrid Moen", "ingrid@gauldal.example", Role.LEADER, ScopeKind.NETWORK, "Gauldal"),
        person("Ola Fossen", "ola@fosen.example", Role.LEADER, ScopeKind.NETWORK, "Fosen"),
        person("Bodil Strøm", "bodil@county.example", Role.COUNTY, ScopeKind.ALL, ALL),
        person("Gro Lie", "gro@county.example", Role.COUNTY, ScopeKind.NETWORK, "Fosen"),
    ),
)
