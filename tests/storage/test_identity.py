from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.identity import AccessRequest, Account, RequestState
from domain.ports import UnitOfWork
from tests.storage.seeds import NOW, Seeds, personal

HOUR = timedelta(hours=1)


def account(aad_object_id: str, person_id: int | None = None, **changes: object) -> Account:
    values = {"tenant_id": "tenant", "aad_object_id": aad_object_id, "person_id": person_id}
    return Account.model_validate(values | changes)


def test_an_account_is_one_of_its_tenant(uow: UnitOfWork, seeds: Seeds) -> None:
    kari = account("kari", name="Kari Nordli", email="kari@melhus.example")
    uow.identity.save_account(kari)
    uow.identity.save_account(account("kari", tenant_id="other"))
    assert uow.identity.account("tenant", "kari") == kari
    bound = kari.model_copy(update={"person_id": seeds.people[0].id, "acting_as": seeds.people[1].id})
    uow.identity.save_account(bound)
    assert uow.identity.account("tenant", "kari") == bound
    assert uow.identity.account("other", "kari") == account("kari", tenant_id="other")
    assert uow.identity.account("tenant", "per") is None


def test_a_person_may_have_several_accounts(uow: UnitOfWork, seeds: Seeds) -> None:
    person = seeds.people[0].id
    for saved in (account("z", person), account("a", person), account("b", seeds.people[1].id)):
        uow.identity.save_account(saved)
    assert [a.aad_object_id for a in uow.identity.account_of_person(person)] == ["z", "a"]
    assert uow.identity.account_of_person(4711) == []


def test_the_personal_address_is_the_latest(uow: UnitOfWork, seeds: Seeds) -> None:
    person = seeds.people[0].id
    uow.identity.save_account(account("kari", person))
    assert uow.identity.personal_address(person) is None
    older, newer = personal("a:older", "kari"), personal("a:newer", "kari")
    uow.identity.save_address(newer, NOW)
    uow.identity.save_address(older, NOW - HOUR)
    uow.identity.save_address(personal("19:channel", "kari", kind="channel"), NOW + HOUR)
    uow.identity.save_address(personal("a:per", "per"), NOW + HOUR)
    uow.identity.save_address(personal("a:other", "kari", tenant_id="other"), NOW + HOUR)
    assert uow.identity.personal_address(person) == newer
    moved = replace(older, service_url="https://smba.example/emea/")
    uow.identity.save_address(moved, NOW + HOUR)
    assert uow.identity.personal_address(person) == moved
    uow.identity.forget_address("a:older")
    assert uow.identity.personal_address(person) == newer
    uow.identity.forget_address("a:newer")
    assert uow.identity.personal_address(person) is None


def test_an_account_at_home_goes_before_one_as_a_guest(uow: UnitOfWork, seeds: Seeds) -> None:
    person = seeds.people[0].id
    uow.identity.save_account(account("home", person))
    uow.identity.save_account(account("guest", person, tenant_id="other", guest=True))
    uow.identity.save_address(personal("a:home", "home"), NOW)
    uow.identity.save_address(personal("a:guest", "guest", tenant_id="other"), NOW + HOUR)
    assert uow.identity.personal_address(person) == personal("a:home", "home")
    uow.identity.forget_address("a:home")
    assert uow.identity.personal_address(person) == personal("a:guest", "guest", tenant_id="other")


def test_the_accounts_and_chats_of_several_people(uow: UnitOfWork, seeds: Seeds) -> None:
    kari, per, siv = (p.id for p in seeds.people[:3])
    saved = [account("kari", kari, user_id="29:kari"), account("kari-2", kari), account("per", per)]
    for one in saved:
        uow.identity.save_account(one)
    uow.identity.save_address(personal("a:kari", "kari"), NOW)
    uow.identity.save_address(personal("19:per", "per", kind="channel"), NOW)
    uow.identity.save_address(personal("a:per", "per", tenant_id="other"), NOW)
    assert uow.identity.accounts_of([per, kari, siv]) == saved
    assert uow.identity.with_chat([kari, per, siv]) == {kari}
    assert uow.identity.with_chat([]) == set()
    assert uow.identity.accounts_of([]) == []


def test_a_conversation_is_as_it_was_last_seen(uow: UnitOfWork, seeds: Seeds) -> None:
    assert uow.identity.address("a:kari") is None
    seen = personal("a:kari", "kari")
    uow.identity.save_address(seen, NOW)
    assert uow.identity.address("a:kari") == seen
    uow.identity.forget_address("a:kari")
    assert uow.identity.address("a:kari") is None


def test_who_plays_somebody_else_is_reached_as_oneself(uow: UnitOfWork, seeds: Seeds) -> None:
    kari, per = seeds.people[0].id, seeds.people[1].id
    uow.identity.save_account(account("kari", kari, acting_as=per))
    uow.identity.save_address(personal("a:kari", "kari"), NOW)
    assert uow.identity.personal_address(per) is None
    assert uow.identity.personal_address(kari) == personal("a:kari", "kari")


def test_chats_with_the_persona_switch_are_latest_first(uow: UnitOfWork, seeds: Seeds) -> None:
    playing = account("kari", acting_as=seeds.people[1].id)
    too = account("dev", acting_as=seeds.people[0].id)
    for saved in (playing, too, account("per", seeds.people[0].id)):
        uow.identity.save_account(saved)
    uow.identity.save_address(personal("a:kari", "kari"), NOW - HOUR)
    uow.identity.save_address(personal("a:dev", "dev"), NOW)
    uow.identity.save_address(personal("a:per", "per"), NOW + HOUR)
    uow.identity.save_address(personal("19:group", "kari", kind="group"), NOW + HOUR)
    assert uow.identity.demo_addresses() == [
        (personal("a:dev", "dev"), too),
        (personal("a:kari", "kari"), playing),
    ]


def test_a_conversation_is_bound_to_one_network(uow: UnitOfWork, seeds: Seeds) -> None:
    channel = personal("19:channel", "kari", kind="channel", aad_object_id=None, user_id=None)
    first, second = (n.id for n in seeds.networks)
    bound = uow.identity.bind(first, channel, seeds.people[0].id, NOW)
    assert (bound.network_id, bound.address, bound.bound_by, bound.bound_at) == (
        first,
        channel,
        seeds.people[0].id,
        NOW,
    )
    assert uow.identity.binding(bound.id) == uow.identity.binding_of("19:channel") == bound
    again = uow.identity.bind(first, channel, seeds.people[1].id, NOW + HOUR)
    assert again == bound.model_copy(update={"bound_by": seeds.people[1].id, "bound_at": NOW + HOUR})
    other = uow.identity.bind(second, channel, seeds.people[0].id, NOW)
    assert other.id != bound.id
    assert uow.identity.bindings(first) == []
    assert uow.identity.bindings(second) == [other]
    assert uow.identity.binding(bound.id) is None


def test_the_id_of_a_binding_is_never_used_again(uow: UnitOfWork, seeds: Seeds) -> None:
    channel = personal("19:channel", "kari", kind="channel")
    first = uow.identity.bind(seeds.networks[0].id, channel, seeds.people[0].id, NOW)
    assert uow.identity.unbind("19:channel")
    assert not uow.identity.unbind("19:channel")
    assert uow.identity.binding_of("19:channel") is None
    assert uow.identity.bind(seeds.networks[1].id, channel, seeds.people[0].id, NOW).id > first.id


def test_bindings_are_oldest_first_and_follow_the_service_address(uow: UnitOfWork, seeds: Seeds) -> None:
    network, person = seeds.networks[0].id, seeds.people[0].id
    channel, group = (personal(f"19:{kind}", "kari", kind=kind) for kind in ("channel", "group"))
    ids = [uow.identity.bind(network, a, person, NOW).id for a in (channel, group)]
    assert [b.id for b in uow.identity.bindings(network)] == ids
    uow.identity.save_address(replace(channel, service_url="https://smba.example/emea/"), NOW)
    assert [b.address.service_url for b in uow.identity.bindings(network)] == [
        "https://smba.example/emea/",
        group.service_url,
    ]


def test_a_request_is_open_until_answered(uow: UnitOfWork, seeds: Seeds) -> None:
    asked = AccessRequest(
        id=0,
        tenant_id="tenant",
        aad_object_id="siv",
        name="Siv Wold",
        email="siv@kjeden.example",
        role="styrer",
        scope_kind="kindergarten",
        scope_id=seeds.kindergartens[0].id,
        network_id=seeds.networks[0].id,
        created_at=NOW,
    )
    stored = uow.identity.add_request(asked)
    assert stored == asked.model_copy(update={"id": stored.id})
    assert uow.identity.request(stored.id) == stored
    assert uow.identity.request(stored.id + 1) is None
    assert uow.identity.open_request("tenant", "siv") == stored
    assert uow.identity.open_request("other", "siv") is None
    answer = {"state": RequestState.GRANTED, "answered_by": seeds.people[0].id}
    uow.identity.save_request(stored.model_copy(update=answer))
    assert uow.identity.request(stored.id) == stored.model_copy(update=answer)
    assert uow.identity.open_request("tenant", "siv") is None
    again = uow.identity.add_request(asked)
    assert uow.identity.open_request("tenant", "siv") == again
    elsewhere = uow.identity.add_request(asked.model_copy(update={"network_id": seeds.networks[1].id}))
    assert uow.identity.open_requests(seeds.networks[0].id) == [again]
    assert uow.identity.open_requests(seeds.networks[1].id) == [elsewhere]
