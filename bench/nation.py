"""A whole nation: forty networks with six thousand kindergartens, each with its head, and three hundred channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from typing import TYPE_CHECKING

from domain.address import Address
from domain.clock import local_day
from domain.identity import Account
from domain.needs.beginning import ensure_rounds
from domain.register.models import Ownership, Role, ScopeKind
from domain.register.names import is_orgnr
from domain.register.rows import (
    KindergartenRow,
    MunicipalityRow,
    NetworkRow,
    OwnerRow,
    PersonRow,
    RegisterFile,
)

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

TENANT = "nation"
TOWNS_EACH = 8
CHANNELS = 300


@dataclass(frozen=True)
class Nation:
    """How many there are: heads, channels, networks."""

    heads: int
    channels: int
    networks: int


def build(
    uow: UnitOfWork, now: datetime, service_url: str, *, heads: int = 6000, networks: int = 40
) -> Nation:
    """Fills an empty database; everybody and every channel can be written to at the service URL."""
    channels = CHANNELS * heads // 6000
    uow.register.replace_all(register_of(heads, networks))
    ensure_rounds(uow, local_day(now))
    for person in uow.register.all_people():
        name = f"p-{person.id}"
        uow.identity.save_account(
            Account(tenant_id=TENANT, aad_object_id=name, person_id=person.id, email=person.email)
        )
        uow.identity.save_address(
            Address(TENANT, service_url, f"a:{name}", "personal", "28:bot", f"29:{name}", name), now
        )
    found = uow.register.networks()
    for number in range(channels):
        network = found[number % len(found)]
        leader = (
            uow.register.person_by_email(f"leder.{network.id}@nasjon.example") or uow.register.all_people()[0]
        )
        place = Address(TENANT, service_url, f"19:c-{number}", "channel", "28:bot", None, None)
        uow.identity.bind(network.id, place, leader.id, now)
    return Nation(heads, channels, networks)


def head_email(number: int) -> str:
    """The address of a head."""
    return f"styrer.{number}@nasjon.example"


def register_of(heads: int, networks: int) -> RegisterFile:
    """A register in which every kindergarten has a head of its own."""
    numbers = (f"{n}" for n in count(910000000) if is_orgnr(f"{n}"))
    regions = [f"Region {n:02d}" for n in range(networks)]
    towns = [(f"Kommune {n:03d}", regions[n % networks]) for n in range(networks * TOWNS_EACH)]
    owners = list(islice(numbers, len(towns)))
    gardens = list(islice(numbers, heads))
    people = [
        _person(f"Leder {n}", f"leder.{n}@nasjon.example", Role.LEADER, ScopeKind.NETWORK, region)
        for n, region in enumerate(regions)
    ]
    people += [
        _person(f"Eier {n}", f"eier.{n}@nasjon.example", Role.OWNER, ScopeKind.OWNER, number)
        for n, number in enumerate(owners)
    ]
    people += [
        _person(f"Styrer {n}", head_email(n), Role.HEAD, ScopeKind.KINDERGARTEN, number)
        for n, number in enumerate(gardens)
    ]
    return RegisterFile(
        networks=tuple(NetworkRow(name=r, county="Norge") for r in regions),
        municipalities=tuple(MunicipalityRow(name=t, network=r) for t, r in towns),
        owners=tuple(
            OwnerRow(orgnr=o, name=f"{t} kommune", ownership=Ownership.MUNICIPAL, municipality=t)
            for o, (t, _) in zip(owners, towns, strict=True)
        ),
        kindergartens=tuple(
            KindergartenRow(
                orgnr=g,
                name=f"Barnehage {n:04d}",
                municipality=towns[n % len(towns)][0],
                owner_orgnr=owners[n % len(towns)],
            )
            for n, g in enumerate(gardens)
        ),
        people=tuple(people),
    )


def _person(name: str, email: str, role: Role, kind: ScopeKind, scope: str) -> PersonRow:
    return PersonRow(name=name, email=email, role=role, scope_kind=kind, scope=scope)
