from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.register.models import EVERYTHING, Role, RoleAssignment, Scope, ScopeKind
from domain.register.rights import NotAllowed, authority_for, heads, led_networks, main_role, owners


def held(role: Role, kind: ScopeKind, id: int) -> RoleAssignment:
    return RoleAssignment(person_id=1, role=role, scope=Scope(kind=kind, id=id))


MANY = [
    held(Role.HEAD, ScopeKind.KINDERGARTEN, 11),
    held(Role.HEAD, ScopeKind.KINDERGARTEN, 12),
    held(Role.OWNER, ScopeKind.OWNER, 21),
    held(Role.AUTHORITY, ScopeKind.MUNICIPALITY, 31),
    held(Role.PPT, ScopeKind.MUNICIPALITY, 32),
    held(Role.LEADER, ScopeKind.NETWORK, 41),
    held(Role.COORDINATOR, ScopeKind.NETWORK, 41),
    held(Role.COORDINATOR, ScopeKind.NETWORK, 42),
    held(Role.MEMBER, ScopeKind.NETWORK, 43),
    held(Role.UH, ScopeKind.NETWORK, 44),
]


def test_each_right_follows_its_own_role() -> None:
    assert heads(MANY) == [11, 12]
    assert owners(MANY) == [21]
    assert authority_for(MANY) == [31]
    assert led_networks(MANY) == [41, 42]


def test_nobody_has_no_rights() -> None:
    assert heads([]) == owners([]) == led_networks([]) == authority_for([]) == []
    assert main_role([]) is None


def test_a_county_official_leads_no_network() -> None:
    county = [RoleAssignment(person_id=1, role=Role.COUNTY, scope=EVERYTHING)]
    assert led_networks(county) == []
    assert main_role(county) is Role.COUNTY


def test_the_main_role_is_the_first_that_somebody_waits_for() -> None:
    order = [
        Role.LEADER,
        Role.COORDINATOR,
        Role.OWNER,
        Role.HEAD,
        Role.AUTHORITY,
        Role.UH,
        Role.COUNTY,
        Role.PPT,
        Role.MEMBER,
        Role.ADMIN,
    ]
    assert set(order) == set(Role)
    everything = [RoleAssignment(person_id=1, role=role, scope=EVERYTHING) for role in Role]
    for place, role in enumerate(order):
        left = [r for r in everything if r.role in order[place:]]
        assert main_role(left) is role


def test_a_refusal_says_who_could() -> None:
    with pytest.raises(DomainError) as refused:
        raise NotAllowed(Role.OWNER)
    assert isinstance(refused.value, NotAllowed)
    assert refused.value.needed is Role.OWNER
