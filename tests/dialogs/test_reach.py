"""Who cannot be written to, as the leader sees it; and what is kept about accounts and addresses."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from dialogs.accounts import seen_in_roster
from dialogs.conduct import conduct
from dialogs.events import Event, EventKind, Who
from domain.address import Address
from domain.identity import AccessRequest, Account
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.models import OutOfReach, Unreachable
from domain.outreach.reaching.reach import Why, why_not
from domain.ports import UnitOfWork
from tests.dialogs.heads import KARI, PER, text
from tests.transcripts.stage import TENANT, Chat, Stage

LEADER = "Ingrid Moen"
COORDINATOR = "Tuva Sørgård"
OTHER_TENANT = "another tenant"
SERVICE = "https://smba.example/emea/"
_numbers = count(1)


def event(
    stage: Stage,
    kind: EventKind = EventKind.SAID,
    *,
    personal: bool = True,
    guest: bool = False,
    **other: object,
) -> Event:
    """Something that Kari does in Teams itself."""
    kari = stage.people[KARI]
    tenant = str(other.get("tenant", TENANT))
    account = str(other.get("account", "kari"))
    number = next(_numbers)
    return Event(
        key=f"e{number}",
        kind=kind,
        activity_id=f"a{number}",
        address=Address(
            tenant,
            str(other.get("service", SERVICE)),
            f"a:{account}" if personal else "19:team",
            "personal" if personal else "channel",
            "28:bot",
            f"29:{account}",
            account,
        ),
        who=Who(tenant, account, kari.name, (kari.email,), guest),
        text="hei",
    )


def happens(stage: Stage, *events: Event) -> None:
    """The events, one after the other, in Teams itself and not in local mode."""
    world = replace(stage.world, local=False)
    for one in events:
        with stage.work() as uow:
            conduct(one, uow, stage.now, world)


def kari_id(stage: Stage) -> int:
    return stage.people[KARI].id


def missed(stage: Stage, uow: UnitOfWork) -> str:
    """A question of Kari's has been answered, and she could not be told."""
    message = OutboxMessage(
        key="nudge:1",
        kind=MessageKind.NUDGED_BY_OWNER,
        person_id=kari_id(stage),
        params={
            "kindergarten": uow.register.roles_of(kari_id(stage))[0].scope.id,
            "by": stage.people[PER].id,
        },
        due_at=stage.now,
    )
    uow.outbox.add(message)
    uow.outbox.finish(message.key, OutboxState.UNREACHABLE, stage.now)
    return f"again:{message.key}"


# --- what the leader sees -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["hvem når du ikke", "Hvem når du ikke?", "hvem får ikke meldinger", "hvem får ikke påminnelser?"],
)
def test_it_is_asked_for_in_words(stage: Stage, written: str) -> None:
    """Who coordinates may see it too."""
    assert "Jeg når ingen av de 46" in text(stage.say(COORDINATOR, written))


def test_nobody_else_sees_it_whatever_the_card_says(stage: Stage) -> None:
    for verb in ("not_reached", "reach_email"):
        assert "Bare lederen" in text(stage.send_payload(PER, {"verb": verb, "network": 1}, None))


def test_another_network_than_ones_own_is_not_shown(stage: Stage) -> None:
    with stage.work() as uow:
        fosen = uow.register.network_by_name("Fosen")
    assert fosen is not None
    shown = text(stage.send_payload(LEADER, {"verb": "not_reached", "network": fosen.id}, None))
    assert "Gauldal" in shown
    assert "orland" not in shown


def test_an_old_card_writes_to_those_who_are_out_of_reach_now(stage: Stage) -> None:
    """Whoever has come since is not among the addresses; a page that is no more is the last one."""
    stage.say(KARI, "hei")
    old = {"verb": "reach_email", "group": "heads", "page": 9}
    shown = text(stage.send_payload(LEADER, old, None))
    assert "silje.gravrak@" in shown
    assert "kari.nordli@" not in shown


def test_what_is_in_the_fields_is_never_read(stage: Stage) -> None:
    """Some clients send all of a card's inputs with every button."""
    typed = {"mail_to": "x", "mail_subject": "y", "mail_text": "z"}
    shown = text(stage.send_payload(LEADER, {"verb": "reach_email", "group": "owners", **typed}, None))
    assert "per.aune@" in shown
    assert "Hvilken barnehage" in text(stage.send_payload(LEADER, {"verb": "register_for", **typed}, None))


# --- accounts and addresses -----------------------------------------------------------------------------------


def test_what_teams_says_of_an_account_is_kept_up_to_date(stage: Stage) -> None:
    happens(stage, event(stage, EventKind.INSTALLED), event(stage, service="https://smba.example/no/"))
    with stage.work() as uow:
        account = uow.identity.account(TENANT, "kari")
        address = uow.identity.personal_address(kari_id(stage))
    assert account is not None
    assert (account.user_id, account.service_url, account.bot_id) == (
        "29:kari",
        "https://smba.example/no/",
        "28:bot",
    )
    assert address is not None
    assert address.service_url == "https://smba.example/no/"


def test_local_mode_keeps_nothing_to_open_a_chat_with(stage: Stage) -> None:
    stage.say(KARI, "hei")
    with stage.work() as uow:
        assert not any(a.can_be_opened for a in uow.identity.account_of_person(kari_id(stage)))


def test_an_address_that_was_forgotten_is_learned_again_from_the_next_message(stage: Stage) -> None:
    """This process thinks that it knows the address; Teams has refused a message since."""
    happens(stage, event(stage))
    with stage.work() as uow:
        uow.identity.forget_address("a:kari")
        refused = Unreachable(person_id=kari_id(stage), reason=OutOfReach.REFUSED, seen_at=stage.now)
        uow.outreach.save_unreachable(refused)
        assert why_not(uow, [kari_id(stage)]) == {kari_id(stage): Why.REFUSED}
    happens(stage, replace(event(stage), address_changed=False))
    with stage.work() as uow:
        assert uow.identity.personal_address(kari_id(stage)) is not None
        assert uow.outreach.unreachable([kari_id(stage)]) == {}


def test_nothing_is_written_when_nothing_is_new(stage: Stage) -> None:
    happens(stage, event(stage))
    with stage.work() as uow:
        conduct(
            replace(event(stage, EventKind.INSTALLED), address_changed=False), uow, stage.now, stage.world
        )
        assert not uow.dirty


def test_who_removes_the_app_is_out_of_reach_until_it_comes_back(stage: Stage) -> None:
    happens(stage, event(stage), event(stage, EventKind.REMOVED))
    with stage.work() as uow:
        assert why_not(uow, [kari_id(stage)]) == {kari_id(stage): Why.REFUSED}
    assert "eller har den ikke lagt til:\n· Kari Nordli" in text(stage.say(LEADER, "hvem når du ikke"))
    happens(stage, event(stage, EventKind.INSTALLED))
    with stage.work() as uow:
        assert why_not(uow, [kari_id(stage)]) == {}


def test_removed_from_a_channel_is_not_removed_from_ones_own_chat(stage: Stage) -> None:
    happens(stage, event(stage), event(stage, EventKind.REMOVED, personal=False))
    with stage.work() as uow:
        assert why_not(uow, [kari_id(stage)]) == {}


def test_what_was_missed_comes_at_the_first_contact_and_not_at_the_second(stage: Stage) -> None:
    with stage.work() as uow:
        key = missed(stage, uow)
    happens(stage, event(stage, EventKind.INSTALLED))
    with stage.work() as uow:
        again = uow.outbox.get(key)
        assert again is not None
        assert again.due_at > stage.now
    happens(stage, event(stage, EventKind.REMOVED), event(stage, EventKind.INSTALLED))
    with stage.work() as uow:
        assert uow.outbox.get(f"again:{key}") is None


def test_what_was_missed_comes_also_when_the_account_is_first_seen_in_a_channel(stage: Stage) -> None:
    """The bot can open a chat from now on."""
    with stage.work() as uow:
        key = missed(stage, uow)
    happens(stage, event(stage, personal=False))
    with stage.work() as uow:
        assert uow.outbox.get(key) is not None
        assert uow.identity.personal_address(kari_id(stage)) is None


def test_a_guest_is_answered_but_no_chat_is_opened(stage: Stage) -> None:
    happens(stage, event(stage, personal=False, guest=True))
    with stage.work() as uow:
        assert why_not(uow, [kari_id(stage)]) == {kari_id(stage): Why.GUEST}
    happens(stage, event(stage, guest=True))
    with stage.work() as uow:
        assert why_not(uow, [kari_id(stage)]) == {}


def test_a_guest_elsewhere_is_at_home_the_same_person(stage: Stage) -> None:
    """No second account is shown to the leader; what is sent goes to the account at home."""
    elsewhere = [event(stage, guest=True, tenant=OTHER_TENANT, account="kari-as-guest") for _ in range(2)]
    happens(stage, elsewhere[0], event(stage), elsewhere[1])
    with stage.work() as uow:
        address = uow.identity.personal_address(kari_id(stage))
        assert len(uow.identity.account_of_person(kari_id(stage))) == 2
        assert uow.identity.open_request(TENANT, "kari") is None
    assert address is not None
    assert (address.tenant_id, address.aad_object_id) == (TENANT, "kari")


def test_a_guest_takes_no_account_over(stage: Stage) -> None:
    happens(stage, event(stage), event(stage, guest=True, tenant=OTHER_TENANT, account="kari-as-guest"))
    with stage.work() as uow:
        bound = uow.identity.account_of_person(kari_id(stage))
        assert [(a.tenant_id, a.guest) for a in bound] == [(TENANT, False)]
        assert uow.identity.open_request(OTHER_TENANT, "kari-as-guest") is None


def test_a_second_account_that_is_no_guest_is_still_shown_to_the_leader(stage: Stage) -> None:
    happens(stage, event(stage), event(stage, account="kari-2"))
    with stage.work() as uow:
        assert uow.identity.open_request(TENANT, "kari-2") is not None
        assert len(uow.identity.account_of_person(kari_id(stage))) == 1


def asks_to_come_in(stage: Stage, account: Account) -> int:
    """A request from an account that bears Kari's address; what it leads to is said in her chat."""
    stage.chats["a:kari"] = Chat("a:kari", "personal")
    with stage.work() as uow:
        uow.identity.save_account(account)
        held = uow.register.roles_of(kari_id(stage))[0]
        return uow.identity.add_request(
            AccessRequest(
                id=0,
                tenant_id=account.tenant_id,
                aad_object_id=account.aad_object_id,
                name=KARI,
                email=stage.people[KARI].email,
                role=held.role.value,
                scope_kind=held.scope.kind.value,
                scope_id=held.scope.id,
                network_id=uow.register.network_of_kindergarten(held.scope.id).id,
                created_at=stage.now,
            )
        ).id


@pytest.mark.parametrize(("guest", "bound"), [(True, ["kari", "new"]), (False, ["new"])])
def test_a_guest_that_is_let_in_leaves_the_account_at_home(
    stage: Stage, guest: bool, bound: list[str]
) -> None:
    happens(stage, event(stage))
    new = Account(tenant_id=OTHER_TENANT, aad_object_id="new", guest=guest)
    request = asks_to_come_in(stage, new)
    stage.send_payload(LEADER, {"verb": "answer_access", "request": request, "grant": True}, None)
    with stage.work() as uow:
        assert [a.aad_object_id for a in uow.identity.account_of_person(kari_id(stage))] == bound


def test_what_was_missed_comes_when_the_leader_lets_the_account_in(stage: Stage) -> None:
    """The chat was there; only now is it known whose it is."""
    with stage.work() as uow:
        key = missed(stage, uow)
        uow.identity.save_address(event(stage).address, stage.now)
    request = asks_to_come_in(stage, Account(tenant_id=TENANT, aad_object_id="kari"))
    stage.send_payload(LEADER, {"verb": "answer_access", "request": request, "grant": True}, None)
    with stage.work() as uow:
        assert uow.outbox.get(key) is not None


# --- rosters --------------------------------------------------------------------------------------------------


def member(stage: Stage, name: str, account: str, *, guest: bool = False) -> tuple[Who, Address]:
    """Somebody in a team's roster."""
    person = stage.people.get(name)
    email = person.email if person else "ukjent@fremmed.example"
    address = Address(TENANT, SERVICE, "", "personal", "28:bot", f"29:{account}", account)
    return Who(TENANT, account, name, (email,), guest), address


def test_those_in_a_team_can_be_written_to_and_nothing_is_kept_about_others(stage: Stage) -> None:
    with stage.work() as uow:
        key = missed(stage, uow)
        seen = [
            member(stage, KARI, "kari"),
            member(stage, PER, "per", guest=True),
            member(stage, "Ukjent Person", "unknown"),
        ]
        seen_in_roster(uow, seen, stage.now)
        per = stage.people[PER].id
        assert why_not(uow, [kari_id(stage), per]) == {per: Why.GUEST}
        assert uow.outbox.get(key) is not None
        assert uow.identity.account(TENANT, "unknown") is None
        assert uow.identity.personal_address(kari_id(stage)) is None


def test_a_second_account_in_a_roster_is_left_alone(stage: Stage) -> None:
    """Nobody has asked for anything, so the leader is not asked either."""
    happens(stage, event(stage))
    with stage.work() as uow:
        seen_in_roster(uow, [member(stage, KARI, "kari-2")], stage.now)
        assert uow.identity.account(TENANT, "kari-2") is None
        assert uow.identity.open_request(TENANT, "kari-2") is None


def test_the_bot_tries_again_with_who_is_in_a_new_team(stage: Stage) -> None:
    """A chat was refused while the app was nowhere near the person; now it is in the team."""
    happens(stage, event(stage), event(stage, EventKind.REMOVED))
    with stage.work() as uow:
        seen_in_roster(uow, [member(stage, KARI, "kari")], stage.now)
        assert why_not(uow, [kari_id(stage)]) == {}
