"""The digests of leaders and owners: right numbers, and only what each may read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.identity import AccessRequest
from domain.inquiries import asking
from domain.needs.models import JointOwner, JointState, Source, Status
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.digests.leader import LeaderDigest, leader_digest
from domain.outreach.digests.owner import OwnerDigest, owner_digest
from domain.outreach.summaries import next_date
from domain.ports import UnitOfWork
from domain.register.models import Role
from domain.rounds.models import DeadlineKind, Round
from tests.needs.town import NOW, Town

HOUR = timedelta(hours=1)
MELHUS = ("Solbakken", "Bekkefaret", "Tirilstien", "Grankongla", "Elvesvingen")


def round_of(town: Town, work: UnitOfWork, network: str = "Gauldal") -> Round:
    found = work.rounds.current(town.networks[network].id, NOW.date())
    assert found is not None
    return found


def message(
    town: Town, work: UnitOfWork, kind: MessageKind, name: str, network: str = "Gauldal", **params: Any
) -> OutboxMessage:
    params |= {"round": round_of(town, work, network).id, "step": "after"}
    return OutboxMessage(
        key=f"{kind.value}:{name}", kind=kind, person_id=town.people[name], params=params, due_at=NOW
    )


def told(work: UnitOfWork, sent: OutboxMessage, at: Any = NOW - HOUR) -> None:
    """The message has gone out."""
    work.outbox.add(sent)
    work.outbox.finish(sent.key, OutboxState.SENT, at)


# --- leaders -----------------------------------------------------------------------------------------------------


def to_leader(town: Town, work: UnitOfWork, name: str = "Ingrid Moen") -> LeaderDigest:
    found = leader_digest(work, message(town, work, MessageKind.LEADER_DIGEST, name), NOW)
    assert found is not None
    return found


def test_a_leader_sees_who_is_missing_by_name(town: Town, work: UnitOfWork) -> None:
    reported = town.need(work, Status.REPORTED, "Biejjie")
    town.sent(work, reported)
    town.need(work, Status.SENT_TO_OWNER, "Fjellvåken")
    found = to_leader(town, work)
    assert (found.sent, found.total, found.needs) == (1, 11, 1)
    missing = {m.name: m for m in found.missing}
    assert "Røros kommune" not in missing
    assert set(missing["Oppdal kommune"].unanswered) == {
        f"{name} barnehage" for name in ("Steinrøysa", "Reinlia", "Blåklokka")
    }
    assert missing["Oppdal kommune"].total == 4


def test_what_is_new_counts_from_the_leaders_own_last_digest(town: Town, work: UnitOfWork) -> None:
    before = town.need(work, Status.NOT_PRIORITISED, "Biejjie", updated_at=NOW - 3 * HOUR)
    town.sent(work, before, sent_at=NOW - 3 * HOUR)
    first = to_leader(town, work)
    assert first.since is None, "nothing is new to somebody who has not been told before"
    told(work, message(town, work, MessageKind.LEADER_DIGEST, "Ingrid Moen"), NOW - 2 * HOUR)
    quiet = to_leader(town, work).since
    assert quiet is not None
    assert quiet.nothing
    needs = [
        town.need(work, status, place, updated_at=NOW - HOUR)
        for status, place in (
            (Status.REPORTED, "Solbakken"),
            (Status.PRIORITISED, "Bekkefaret"),
            (Status.WITHDRAWN, "Tirilstien"),
        )
    ]
    town.need(work, Status.WITHDRAWN, "Grankongla", updated_at=NOW - HOUR)
    town.sent(work, *needs, sent_at=NOW - HOUR)
    found = to_leader(town, work)
    assert found.since is not None
    assert found.new_owners == ("Melhus kommune",)
    assert (found.since.needs, found.since.decided, found.since.withdrawn) == (3, 1, 1)


def test_owners_that_were_late_are_counted(town: Town, work: UnitOfWork) -> None:
    reported = town.need(work, Status.REPORTED, "Biejjie")
    town.sent(work, reported, late=True)
    town.sent(work, reported, late=True, sequence=1)
    town.sent(work, town.need(work, Status.REPORTED, "Solbakken"))
    assert to_leader(town, work).late == 1, "a supplement may well come later"


def test_a_digest_counts_as_told_when_it_went_out_with_other_reminders(town: Town, work: UnitOfWork) -> None:
    digest = message(town, work, MessageKind.LEADER_DIGEST, "Ingrid Moen")
    params = {**digest.params, "also": [[digest.kind.value, digest.params]]}
    told(work, digest.model_copy(update={"kind": MessageKind.BASIS_REMINDER, "params": params}))
    since = to_leader(town, work).since
    assert since is not None
    assert since.at == NOW - HOUR


def test_a_digest_of_another_network_tells_nothing_of_this_one(town: Town, work: UnitOfWork) -> None:
    told(work, message(town, work, MessageKind.LEADER_DIGEST, "Ingrid Moen", network="Fosen"))
    assert to_leader(town, work).since is None


def test_where_the_form_is_off_nobody_is_missing(town: Town, work: UnitOfWork) -> None:
    work.rounds.save(round_of(town, work).model_copy(update={"form_on": False}))
    town.sent(work, town.need(work, Status.REPORTED, "Biejjie"))
    found = to_leader(town, work)
    assert not found.form_on
    assert found.missing == ()
    assert (found.sent, found.needs) == (1, 1)


def test_what_waits_for_the_leader_is_counted(town: Town, work: UnitOfWork) -> None:
    gauldal = town.networks["Gauldal"].id
    asking.ask(work, town.people["Kari Nordli"], Role.HEAD, gauldal, "Kan vi søke om vikar?", NOW)
    asking.ask(work, town.people["Ingrid Moen"], Role.LEADER, gauldal, "Når møtes vi neste gang?", NOW)
    request = AccessRequest(
        id=0,
        tenant_id="t",
        aad_object_id="a",
        name="Ny Styrer",
        email="ny@melhus.example",
        role=Role.HEAD.value,
        scope_kind="kindergarten",
        scope_id=town.places["Solbakken"].id,
        network_id=gauldal,
        created_at=NOW,
    )
    work.identity.add_request(request)
    work.identity.add_request(request.model_copy(update={"network_id": town.networks["Fosen"].id}))
    found = to_leader(town, work)
    assert (found.questions, found.requests) == (1, 1), "one's own question is for the coordinator to answer"
    assert found.unreachable > 0, "nobody in the town has ever written to the bot"


def test_dates_that_nobody_has_confirmed_are_counted(town: Town, work: UnitOfWork) -> None:
    current = round_of(town, work)
    unsure = tuple(
        d.model_copy(update={"confirmed": d.kind is DeadlineKind.NEEDS}) for d in current.deadlines
    )
    work.rounds.save(current.model_copy(update={"deadlines": unsure}))
    assert to_leader(town, work).unconfirmed == len(unsure) - 1


@pytest.mark.parametrize(
    ("month", "day", "kind"),
    [
        (11, 22, DeadlineKind.DECISION_BASIS),
        (2, 1, DeadlineKind.DECISION_BASIS),
        (2, 2, DeadlineKind.RECOMMENDATION),
        (8, 20, DeadlineKind.DECISION_BASIS),
    ],
)
def test_what_comes_next(town: Town, work: UnitOfWork, month: int, day: int, kind: DeadlineKind) -> None:
    """Also on the very day of it; in Fosen the doubtful 15 January is nothing to tell."""
    for network in ("Gauldal", "Fosen"):
        current = round_of(town, work, network)
        unsure = tuple(d.model_copy(update={"confirmed": False}) for d in current.deadlines)
        today = NOW.date().replace(year=2026 if month > 7 else 2027, month=month, day=day)
        found = next_date(current.model_copy(update={"deadlines": unsure}), today)
        assert found is not None
        assert found.kind is kind


# --- owners ------------------------------------------------------------------------------------------------------


def to_owner(
    town: Town, work: UnitOfWork, name: str, place: str, network: str = "Gauldal"
) -> OwnerDigest | None:
    owner = town.places[place].owner_id
    asked = message(town, work, MessageKind.OWNER_DIGEST, name, network, owner=owner)
    return owner_digest(work, asked, NOW)


def test_an_owner_sees_its_own_kindergartens(town: Town, work: UnitOfWork) -> None:
    for status, place in zip(
        (Status.SENT_TO_OWNER, Status.APPROVED, Status.NO_NEED, Status.RETURNED_TO_OWNER, Status.RETURNED),
        MELHUS,
        strict=True,
    ):
        town.need(work, status, place)
    found = to_owner(town, work, "Per Aune", "Solbakken")
    assert found is not None
    assert (found.counts.total, found.counts.need, found.counts.no_need, found.counts.unanswered) == (
        9,
        3,
        1,
        5,
    )
    assert (found.waiting, found.approved, found.sent_back, found.returned) == (1, 1, 1, 1)
    assert "Elvesvingen barnehage" in found.unanswered, "what was sent back to the head is no answer"
    assert found.sendable
    assert not found.several


def test_an_owner_with_nothing_left_is_not_told(town: Town, work: UnitOfWork) -> None:
    need = town.need(work, Status.REPORTED, "Tyttebærtua")
    assert to_owner(town, work, "Anne Haugen", "Tyttebærtua") is not None, "the report is not sent yet"
    town.sent(work, need)
    assert to_owner(town, work, "Anne Haugen", "Tyttebærtua") is None


def test_what_another_owner_has_sent_for_this_one_counts(town: Town, work: UnitOfWork) -> None:
    need = town.need(work, Status.REPORTED, "Tyttebærtua")
    other = town.need(work, Status.REPORTED, "Solbakken")
    with_us = JointOwner(owner_id=town.places["Tyttebærtua"].owner_id, state=JointState.CONFIRMED)
    town.sent(work, other, need, joint=(with_us,))
    assert to_owner(town, work, "Anne Haugen", "Tyttebærtua") is None


def test_an_owner_who_is_head_of_the_only_one_left_answers_itself(town: Town, work: UnitOfWork) -> None:
    found = to_owner(town, work, "Anne Haugen", "Tyttebærtua")
    assert found is not None
    assert found.own == town.places["Tyttebærtua"].id
    assert found.only == "Tyttebærtua barnehage"


def test_an_owner_in_two_networks_is_told_of_each_by_itself(town: Town, work: UnitOfWork) -> None:
    here = to_owner(town, work, "Camilla Rød", "Trollgnisten Eplehagen")
    there = to_owner(town, work, "Camilla Rød", "Trollgnisten Eplehagen", "Fosen")
    assert here is not None
    assert there is not None
    assert (here.counts.total, there.counts.total) == (4, 2)
    assert here.several
    assert not set(here.unanswered) & set(there.unanswered)


def test_somebody_elses_kindergartens_are_nobodys_digest(town: Town, work: UnitOfWork) -> None:
    assert to_owner(town, work, "Anne Haugen", "Solbakken") is None
    assert to_owner(town, work, "Per Aune", "Solbakken", "Fosen") is None, "it has none in that network"


def test_with_the_form_off_only_what_waits_is_told(town: Town, work: UnitOfWork) -> None:
    work.rounds.save(round_of(town, work).model_copy(update={"form_on": False}))
    assert to_owner(town, work, "Per Aune", "Solbakken") is None
    town.need(work, Status.SENT_TO_OWNER, "Solbakken", source=Source.EMAIL)
    found = to_owner(town, work, "Per Aune", "Solbakken")
    assert found is not None
    assert found.waiting == 1
