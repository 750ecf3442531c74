"""Several owners' joint report: asked, answered, taken back, sent once for all."""

from __future__ import annotations

from functools import partial

import pytest

from domain.errors import DomainError
from domain.needs import overview
from domain.needs.errors import NotReady, Stale, UnknownReport, WrongState
from domain.needs.models import JointState, OwnersReport, OwnersStatus, Status
from domain.needs.owners import joint, owner, sending
from domain.needs.owners.joint import InJoint, NotAnswered
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from tests.needs.owners_world import World, both, world
from tests.storage.conftest import backend, database, databases
from tests.storage.seeds import NOW, at_once

__all__ = ["backend", "both", "database", "databases", "world"]


def started(world: World) -> OwnersReport:
    """Per has asked Kjeden to come along in Gauldal."""
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal")
    return invite(world, report)


def invite(world: World, report: OwnersReport) -> OwnersReport:
    per, kjeden = world.people["Per Aune"], world.owners["Kjeden AS"]
    return world.do(lambda uow: joint.invite(uow, per, report.id, report.version, [kjeden], NOW))


def confirm(world: World, report: OwnersReport) -> OwnersReport:
    """Åse says yes for Kjeden."""
    kjeden = world.owners["Kjeden AS"]
    return world.do(lambda uow: joint.confirm(uow, world.people["Åse Berg"], report.id, kjeden, NOW))


def decline(world: World, report: OwnersReport) -> OwnersReport:
    """Åse says no, or takes the yes back."""
    kjeden = world.owners["Kjeden AS"]
    return world.do(lambda uow: joint.decline(uow, world.people["Åse Berg"], report.id, kjeden, NOW))


def ready(world: World, who: str = "Per Aune") -> OwnersReport:
    """Per's report as it stands, ordered and answered."""
    return world.prepared(who, "Melhus kommune", "Gauldal")


def test_one_sends_for_both(world: World) -> None:
    """Each need is reported in the name of whoever confirmed for its owner; the leader and the other are told."""
    mine, theirs = world.approved("Kari Nordli"), world.approved("Nils Ness")
    report = started(world)
    assert world.told("joint_asked") == [world.people["Åse Berg"]]
    confirm(world, report)
    assert world.told("joint_answered") == sorted([world.people["Per Aune"], world.people["Pia Lund"]])
    sent = world.send("Per Aune", ready(world))
    assert sent.senders == (world.owners["Melhus kommune"], world.owners["Kjeden AS"])
    assert {world.need(n.id).status for n in (mine, theirs)} == {Status.REPORTED}
    last = world.audit("needs_report", theirs.id)[-1]
    assert last == (
        world.people["Åse Berg"],
        "godkjent_av_eier",
        "meldt_til_nettverket",
        f"felles melding {sent.number}",
    )
    assert world.need(theirs.id).comment is None
    assert world.told("joint_sent") == [world.people["Åse Berg"]]
    assert world.told("owner_reported") == [world.people["Ingrid Moen"]]
    assert world.told("need_reported") == sorted([world.people["Kari Nordli"], world.people["Nils Ness"]])


def test_whoever_confirmed_counts_as_having_sent(world: World) -> None:
    """In the network's count, and what comes later is a supplement."""
    world.approved("Kari Nordli")
    world.approved("Nils Ness")
    confirm(world, started(world))
    world.send("Per Aune", ready(world))

    def counted(uow: UnitOfWork) -> int:
        network = uow.register.network(world.networks["Gauldal"])
        current = uow.rounds.current(network.id, NOW.date())
        assert current is not None
        return overview.network_standing(uow, network, current, NOW).owners_sent

    assert world.do(counted) == 2
    world.approved("Nils Ness", title="Enda et behov")
    later = world.prepared("Åse Berg", "Kjeden AS", "Gauldal", whole=False)
    assert (later.sequence, later.is_supplement) == (1, True)


def test_nothing_is_sent_before_everybody_asked_has_answered(world: World) -> None:
    """Or has been taken out."""
    world.approved("Kari Nordli")
    theirs = world.approved("Nils Ness")
    report = started(world)
    with pytest.raises(NotAnswered) as refused:
        world.send("Per Aune", report)
    assert refused.value.owner_ids == (world.owners["Kjeden AS"],)
    per, kjeden = world.people["Per Aune"], world.owners["Kjeden AS"]
    out = world.do(lambda uow: joint.take_out(uow, per, report.id, report.version, [kjeden], NOW))
    world.send("Per Aune", out)
    assert world.need(theirs.id).status is Status.APPROVED
    with pytest.raises(WrongState):
        confirm(world, started_again(world, report))


def started_again(world: World, report: OwnersReport) -> OwnersReport:
    """The stored report, with Kjeden asked as an old card still claims."""
    stored = world.report(report.id)

    def put_back(uow: UnitOfWork) -> OwnersReport:
        after = stored.model_copy(update={"joint": report.joint, "version": stored.version + 1})
        uow.owners_reports.save(after)
        return after

    return world.do(put_back)


def test_who_confirmed_does_not_send_alone_meanwhile(world: World) -> None:
    """The same needs never go twice; after taking it back the owner sends by itself."""
    world.approved("Kari Nordli")
    theirs = world.approved("Nils Ness")
    report = started(world)
    confirm(world, report)
    with pytest.raises(InJoint) as refused:
        world.prepared("Åse Berg", "Kjeden AS", "Gauldal", whole=False)
    assert (refused.value.report_id, refused.value.own) == (report.id, False)
    decline(world, report)
    assert theirs.id not in world.report(report.id).report_ids
    own = world.prepared("Åse Berg", "Kjeden AS", "Gauldal")
    world.send("Åse Berg", own)
    assert world.need(theirs.id).status is Status.REPORTED


def test_who_had_confirmed_and_is_taken_out_is_told(world: World) -> None:
    """And its needs are its own again."""
    world.approved("Kari Nordli")
    theirs = world.approved("Nils Ness")
    report = confirm(world, started(world))
    per, kjeden = world.people["Per Aune"], world.owners["Kjeden AS"]
    out = world.do(lambda uow: joint.take_out(uow, per, report.id, report.version, [kjeden], NOW))
    assert (out.joint, theirs.id in out.report_ids) == ((), False)
    assert world.told("joint_taken_out") == [world.people["Åse Berg"]]
    with pytest.raises(UnknownReport):
        confirm(world, out)


def test_only_what_is_still_approved_is_sent(world: World) -> None:
    """A need that its owner sent back has left; the others go."""
    world.approved("Kari Nordli")
    theirs, stays = world.approved("Nils Ness"), world.approved("Nils Ness", title="Språk i alle rom")
    report = confirm(world, started(world))
    aase, now = world.people["Åse Berg"], world.need(theirs.id)
    world.do(lambda uow: owner.return_to_head(uow, aase, now.id, now.version, "Skriv mer.", NOW))
    report = world.report(report.id)
    assert not world.do(lambda uow: sending.is_current(uow, report, NOW))
    with pytest.raises(WrongState):
        world.send("Per Aune", ordered(world, report))
    world.send("Per Aune", ready(world))
    assert world.need(theirs.id).status is Status.RETURNED
    assert world.need(stays.id).status is Status.REPORTED


def ordered(world: World, report: OwnersReport) -> OwnersReport:
    """The report with an order of its needs."""
    order = {"order": list(range(1, len(report.report_ids) + 1))}
    per = world.people["Per Aune"]
    return world.do(lambda uow: sending.answer(uow, per, report.id, report.version, order, NOW))


def test_a_confirmation_ends_with_the_right_that_gave_it(world: World) -> None:
    """Åse acts for Kjeden no more: the owner is asked again, and its needs do not go."""
    world.approved("Kari Nordli")
    theirs = world.approved("Nils Ness")
    confirm(world, started(world))

    def leave(uow: UnitOfWork) -> None:
        scope = Scope(kind=ScopeKind.OWNER, id=world.owners["Kjeden AS"])
        uow.register.add_person_role("Ny Eier", "ny@kjeden.example", Role.OWNER, scope)
        uow.register.remove_person_role(world.people["Åse Berg"], Role.OWNER, scope)

    world.do(leave)
    report = ready(world)
    assert [j.state for j in report.joint] == [JointState.ASKED]
    assert theirs.id not in report.report_ids


def test_one_joint_report_at_a_time(world: World) -> None:
    """Not in two, and not in another's while one asks others oneself."""
    world.approved("Kari Nordli")
    world.approved("Nils Ness")
    report = started(world)
    aase, melhus = world.people["Åse Berg"], world.owners["Melhus kommune"]
    own = world.prepared("Åse Berg", "Kjeden AS", "Gauldal")
    world.do(lambda uow: joint.invite(uow, aase, own.id, own.version, [melhus], NOW))
    with pytest.raises(InJoint) as refused:
        confirm(world, report)
    assert (refused.value.report_id, refused.value.own) == (own.id, True)


def _invite(person_id: int, report: OwnersReport, owner_id: int, uow: UnitOfWork) -> None:
    joint.invite(uow, person_id, report.id, report.version, [owner_id], NOW)


def _confirm(person_id: int, report: OwnersReport, owner_id: int, uow: UnitOfWork) -> None:
    joint.confirm(uow, person_id, report.id, owner_id, NOW)


def test_only_owners_of_the_network_can_be_asked(world: World) -> None:
    """Neither one from elsewhere nor oneself; and only the owner itself answers."""
    world.approved("Kari Nordli")
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal")
    per = world.people["Per Aune"]
    for name in ("Tyttebær AS", "Melhus kommune"):
        other = world.owners[name]
        with pytest.raises(UnknownReport):
            world.do(partial(_invite, per, report, other))
    asked, kjeden = invite(world, report), world.owners["Kjeden AS"]
    for name in ("Per Aune", "Nils Ness", "Ingrid Moen"):
        person_id = world.people[name]
        with pytest.raises(UnknownReport):
            world.do(partial(_confirm, person_id, asked, kjeden))


def test_confirming_twice_confirms_once_and_renews(world: World) -> None:
    """The second press changes nothing; a new approved need comes with a new yes."""
    world.approved("Kari Nordli")
    world.approved("Nils Ness")
    once = confirm(world, started(world))
    assert confirm(world, once) == once
    more = world.approved("Nils Ness", title="Språk i alle rom")
    assert more.id in confirm(world, once).report_ids


def test_confirming_and_sending_at_once(both: World) -> None:
    """Sent with what had been confirmed, or stopped; nothing half."""
    both.approved("Kari Nordli")
    first = both.approved("Nils Ness")
    confirm(both, started(both))
    report = ready(both)
    second = both.approved("Nils Ness", title="Språk i alle rom")
    outcomes = at_once(lambda: both.send("Per Aune", report), lambda: confirm(both, report))
    refused = [o for o in outcomes if isinstance(o, Exception)]
    assert all(isinstance(o, DomainError) for o in refused)
    assert len(refused) == 1
    stored = both.report(report.id)
    if stored.status is OwnersStatus.SENT:
        assert both.need(first.id).status is Status.REPORTED
        assert both.need(second.id).status is Status.APPROVED
    else:
        assert second.id in stored.report_ids
        assert {both.need(n.id).status for n in (first, second)} == {Status.APPROVED}


def test_taking_back_and_sending_at_once(both: World) -> None:
    """Either the needs went along, or they are the owner's own; never both."""
    both.approved("Kari Nordli")
    theirs = both.approved("Nils Ness")
    confirm(both, started(both))
    report = ready(both)
    outcomes = at_once(lambda: both.send("Per Aune", report), lambda: decline(both, report))
    refused = [o for o in outcomes if isinstance(o, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], Stale | WrongState)
    stored = both.report(report.id)
    went = both.need(theirs.id).status is Status.REPORTED
    assert went == (stored.status is OwnersStatus.SENT)
    assert went == (theirs.id in stored.report_ids)


def test_with_nothing_there_is_nothing_to_start(world: World) -> None:
    """A draft comes of something to send."""
    with pytest.raises(NotReady):
        world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
