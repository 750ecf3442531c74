"""What became of needs: what the leader is asked to register, and what heads and owners hear in spring."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.needs import history
from domain.needs.models import Status
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.digests.outcomes import (
    End,
    OutcomeDigest,
    OutcomesMissing,
    outcome_digest,
    outcomes_missing,
    without_outcome,
)
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from tests.needs.town import COMPLETE, NOW, Town

SPRING = NOW + timedelta(days=158)


def message(
    town: Town, work: UnitOfWork, kind: MessageKind, name: str, network: str = "Gauldal", **params: Any
) -> OutboxMessage:
    current = work.rounds.current(town.networks[network].id, NOW.date())
    assert current is not None
    params |= {"round": current.id, "step": "after"}
    return OutboxMessage(key="k", kind=kind, person_id=town.people[name], params=params, due_at=SPRING)


def missing(town: Town, work: UnitOfWork, name: str = "Ingrid Moen") -> OutcomesMissing | None:
    return outcomes_missing(work, message(town, work, MessageKind.OUTCOMES_MISSING, name), SPRING)


def outcomes(town: Town, work: UnitOfWork, name: str, network: str = "Gauldal") -> OutcomeDigest | None:
    return outcome_digest(work, message(town, work, MessageKind.OUTCOME_DIGEST, name, network), SPRING)


def titled(title: str) -> dict[str, Any]:
    return {**COMPLETE, "title": title}


# --- what the leader has not registered --------------------------------------------------------------------------


def test_a_leader_is_told_of_needs_without_an_outcome(town: Town, work: UnitOfWork) -> None:
    common = town.need(work, Status.RECOMMENDED, "Solbakken")
    town.need(work, Status.RECOMMENDED, "Bekkefaret", merged_into=common.id)
    town.need(work, Status.REPORTED, "Biejjie")
    for status in (Status.GRANTED, Status.REFUSED, Status.ON_HOLD, Status.NOT_PRIORITISED, Status.ONGOING):
        town.need(work, status, "Tirilstien")
    town.need(work, Status.SENT_TO_OWNER, "Grankongla")
    found = missing(town, work)
    assert found is not None
    assert found.states == ((Status.RECOMMENDED, 1), (Status.REPORTED, 1))
    assert found.total == len(without_outcome(work, common.round_id)) == 2


def test_a_leader_with_every_outcome_registered_is_not_told(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.GRANTED, "Solbakken")
    assert missing(town, work) is None


def test_only_those_who_lead_the_network_are_told(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.RECOMMENDED, "Solbakken")
    assert missing(town, work, "Ola Fossen") is None
    assert missing(town, work, "Tuva Sørgård") is not None, "the coordinator may register it"


# --- what those below hear ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "end"),
    [
        (Status.GRANTED, End.GRANTED),
        (Status.ONGOING, End.GRANTED),
        (Status.REFUSED, End.REFUSED),
        (Status.ON_HOLD, End.ON_HOLD),
        (Status.NOT_PRIORITISED, End.NOT_PRIORITISED),
        (Status.SENT_TO_FORUM, End.PRIORITISED),
        (Status.RECOMMENDED, End.RECOMMENDED),
        (Status.REPORTED, End.OPEN),
        (Status.RETURNED_TO_OWNER, End.OPEN),
    ],
)
def test_a_head_hears_what_became_of_the_need(town: Town, work: UnitOfWork, status: Status, end: End) -> None:
    town.need(work, status, "Solbakken")
    found = outcomes(town, work, "Kari Nordli")
    assert found is not None
    assert [o.end for o in found.outcomes] == [end]
    assert found.owner_id is None


@pytest.mark.parametrize(
    "status", [Status.DRAFT, Status.SENT_TO_OWNER, Status.NO_NEED, Status.NOT_FORWARDED, Status.EXPIRED]
)
def test_whoever_has_no_need_at_the_network_is_not_told(town: Town, work: UnitOfWork, status: Status) -> None:
    town.need(work, status, "Solbakken")
    assert outcomes(town, work, "Kari Nordli") is None
    assert outcomes(town, work, "Per Aune") is None


def test_the_reason_goes_along(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.NOT_PRIORITISED, "Solbakken", comment="Nettverket satser på lek.")
    found = outcomes(town, work, "Kari Nordli")
    assert found is not None
    assert found.outcomes[0].reason == "Nettverket satser på lek."


def test_a_refusal_does_not_get_the_reason_of_an_earlier_act(town: Town, work: UnitOfWork) -> None:
    refused = town.need(work, Status.REFUSED, "Solbakken", comment="Flere har det samme behovet.")
    leader = town.people["Ingrid Moen"]
    history.write(work, leader, Role.LEADER, refused.id, Status.RECOMMENDED, Status.REFUSED, NOW)
    found = outcomes(town, work, "Kari Nordli")
    assert found is not None
    assert found.outcomes[0].reason is None, "that was why it was prioritised"
    history.write(
        work, leader, Role.LEADER, refused.id, Status.RECOMMENDED, Status.REFUSED, SPRING, "Rammen."
    )
    again = outcomes(town, work, "Kari Nordli")
    assert again is not None
    assert again.outcomes[0].reason == "Rammen."


def test_a_head_of_several_gets_one_message_the_best_first(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.REFUSED, "Lyngheia", answers=titled("Språk"))
    town.need(work, Status.GRANTED, "Soltun", answers=titled("Lek"))
    found = outcomes(town, work, "Guri Stavne")
    assert found is not None
    assert [(o.title, o.kindergarten) for o in found.outcomes] == [
        ("Lek", "Soltun barnehage"),
        ("Språk", "Lyngheia barnehage"),
    ]


def test_a_merged_need_is_its_own_to_the_head_and_the_common_one_to_the_owner(
    town: Town, work: UnitOfWork
) -> None:
    places = town.places
    common = town.need(
        work, Status.GRANTED, "Solbakken", answers=titled("Felles"), covers=(places["Bekkefaret"].id,)
    )
    for place, title in (("Solbakken", "Karis"), ("Bekkefaret", "Siljes")):
        town.need(work, Status.GRANTED, place, answers=titled(title), merged_into=common.id)
    told = {
        name: [(o.title, o.more) for o in found.outcomes]
        for name in ("Kari Nordli", "Silje Gravråk", "Per Aune")
        if (found := outcomes(town, work, name)) is not None
    }
    assert told == {
        "Kari Nordli": [("Karis", 0)],
        "Silje Gravråk": [("Siljes", 0)],
        "Per Aune": [("Felles", 1)],
    }


def test_a_need_that_the_owner_wrote_for_several_is_told_to_each_head_as_its_own(
    town: Town, work: UnitOfWork
) -> None:
    town.need(work, Status.GRANTED, "Solbakken", covers=(town.places["Bekkefaret"].id,))
    found = outcomes(town, work, "Silje Gravråk")
    assert found is not None
    assert [(o.kindergarten, o.more) for o in found.outcomes] == [("Bekkefaret barnehage", 0)]


def test_who_is_both_head_and_owner_hears_of_each_need_once(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.GRANTED, "Tyttebærtua")
    found = outcomes(town, work, "Anne Haugen")
    assert found is not None
    assert len(found.outcomes) == 1
    assert found.owner_id == town.places["Tyttebærtua"].owner_id


def test_needs_in_another_network_are_told_there(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.GRANTED, "Trollgnisten Eplehagen", answers=titled("I Melhus"))
    town.need(work, Status.REFUSED, "Trollgnisten Skarven", answers=titled("I Ørland"))
    here, there = (outcomes(town, work, "Camilla Rød", n) for n in ("Gauldal", "Fosen"))
    assert here is not None
    assert there is not None
    assert [o.title for o in here.outcomes] == ["I Melhus"]
    assert [o.title for o in there.outcomes] == ["I Ørland"]


def test_somebody_who_is_head_no_more_hears_nothing(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.GRANTED, "Solbakken")
    place = Scope(kind=ScopeKind.KINDERGARTEN, id=town.places["Solbakken"].id)
    work.register.remove_person_role(town.people["Kari Nordli"], Role.HEAD, place)
    assert outcomes(town, work, "Kari Nordli") is None
