"""Who cannot be written to, and why; and the notice of it to the leader."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from domain.identity import Account
from domain.needs.errors import UnknownReport
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.content import content_of
from domain.outreach.models import OutOfReach, Unreachable
from domain.outreach.reaching.reach import Group, PeopleNotReached, Why, not_reached, why_not
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from storage.database import Database
from tests.delivery.world import FIRST_STEP as NOW
from tests.delivery.world import TENANT, head, leader, owner, seat


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.unit_of_work() as uow:
        yield uow


def account(person_id: int, name: str = "x", *, known: bool = True, guest: bool = False) -> Account:
    """An account without a chat; `known` well enough for one to be opened."""
    return Account(
        tenant_id=TENANT,
        aad_object_id=name,
        person_id=person_id,
        user_id=f"29:{name}" if known else None,
        service_url="https://smba.example/" if known else None,
        bot_id="28:bot" if known else None,
        guest=guest,
    )


def seat_all(uow: UnitOfWork) -> None:
    """Everybody has a chat."""
    for number in range(5):
        seat(uow, head(uow, number)[0], f"head{number}", NOW)
    seat(uow, owner(uow), "odd", NOW)


def network_id(uow: UnitOfWork) -> int:
    return uow.register.networks()[0].id


def test_why_somebody_cannot_be_written_to(uow: UnitOfWork) -> None:
    chat, opened, guest, seen, refused = (head(uow, n)[0] for n in range(5))
    seat(uow, chat, "chat", NOW)
    uow.identity.save_account(account(opened, "opened"))
    uow.identity.save_account(account(guest, "guest", guest=True))
    uow.identity.save_account(account(seen, "seen", known=False))
    uow.identity.save_account(account(refused, "refused"))
    uow.outreach.save_unreachable(Unreachable(person_id=refused, reason=OutOfReach.REFUSED, seen_at=NOW))
    uow.outreach.save_unreachable(Unreachable(person_id=owner(uow), reason=OutOfReach.GONE, seen_at=NOW))
    everybody = [chat, opened, guest, seen, refused, owner(uow), leader(uow)]
    assert why_not(uow, everybody) == {
        guest: Why.GUEST,
        seen: Why.NOT_INSTALLED,
        refused: Why.REFUSED,
        owner(uow): Why.GONE,
        leader(uow): Why.NOT_INSTALLED,
    }
    assert why_not(uow, []) == {}


def test_a_chat_that_is_there_counts_more_than_what_teams_once_said(uow: UnitOfWork) -> None:
    person = head(uow, 0)[0]
    seat(uow, person, "chat", NOW)
    uow.outreach.save_unreachable(Unreachable(person_id=person, reason=OutOfReach.REFUSED, seen_at=NOW))
    assert why_not(uow, [person]) == {}


def test_the_leader_sees_those_who_have_something_left(uow: UnitOfWork) -> None:
    seat(uow, head(uow, 0)[0], "head0", NOW)
    found = not_reached(uow, leader(uow), network_id(uow), NOW)
    assert found.total == 6
    assert found.number == 5
    assert found.groups() == (Group.HEADS, Group.OWNERS)
    first = found.people[0]
    assert (first.person.id, first.role, first.places) == (head(uow, 1)[0], Role.HEAD, ("Solbakken 1",))
    assert str(first.reply_by) == "2026-11-17"
    seat_all(uow)
    assert not_reached(uow, leader(uow), network_id(uow), NOW).people == ()


def test_who_leads_two_kindergartens_is_one_person(uow: UnitOfWork) -> None:
    person, first = head(uow, 0)
    kari = uow.register.person(person)
    second = Scope(kind=ScopeKind.KINDERGARTEN, id=head(uow, 1)[1])
    uow.register.add_person_role(kari.name, kari.email, Role.HEAD, second)
    uow.register.add_person_role(kari.name, kari.email, Role.UH, Scope(kind=ScopeKind.NETWORK, id=1))
    found = not_reached(uow, leader(uow), network_id(uow), NOW)
    mine = [u for u in found.people if u.person.id == person]
    assert [(u.role, len(u.places)) for u in mine] == [(Role.HEAD, 2)]
    assert found.number == found.total == 6
    assert first != second.id


def test_nobody_else_may_see_it(uow: UnitOfWork) -> None:
    for person in (head(uow, 0)[0], owner(uow)):
        with pytest.raises(UnknownReport):
            not_reached(uow, person, network_id(uow), NOW)


def notice(uow: UnitOfWork, person_id: int) -> PeopleNotReached | None:
    """What the notice to this person says now."""
    current = uow.rounds.current(network_id(uow), NOW.date())
    assert current is not None
    message = OutboxMessage(
        key="k",
        kind=MessageKind.PEOPLE_NOT_REACHED,
        person_id=person_id,
        params={"round": current.id, "step": "reach"},
        due_at=NOW,
    )
    found = content_of(uow, message, NOW)
    assert found is None or isinstance(found, PeopleNotReached)
    return found


def test_the_notice_is_sent_to_a_leader_while_somebody_is_out_of_reach(uow: UnitOfWork) -> None:
    found = notice(uow, leader(uow))
    assert found is not None
    assert found.found.number == 6
    assert notice(uow, owner(uow)) is None
    seat_all(uow)
    assert notice(uow, leader(uow)) is None


def test_the_notice_is_not_about_a_round_that_is_over(uow: UnitOfWork) -> None:
    current = uow.rounds.current(network_id(uow), NOW.date())
    assert current is not None
    message = OutboxMessage(
        key="k",
        kind=MessageKind.PEOPLE_NOT_REACHED,
        person_id=leader(uow),
        params={"round": current.id, "step": "reach"},
        due_at=NOW,
    )
    assert content_of(uow, message, NOW + timedelta(days=400)) is None
