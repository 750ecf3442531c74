"""Who reads what of a network's needs (C5), who handled one last, and how a round is closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.needs.acting import perform
from domain.needs.errors import FormOff, NoOpenRound, Stale, UnknownReport
from domain.needs.heads.head import answer, start, submit
from domain.needs.history import last_act
from domain.needs.lifecycle import Act
from domain.needs.models import Source, Status
from domain.needs.networks import closing, network
from domain.needs.networks.network import Level
from domain.needs.owners import sending
from domain.outbox import MessageKind
from domain.outreach.content import content_of
from domain.outreach.notices.needs import NeedNotice
from domain.outreach.notices.owners import OwnerReported
from domain.ports import UnitOfWork
from domain.register.models import Role
from tests.needs.town import COMPLETE, NOW, Town

SUPPORT = {**COMPLETE, "special": ["support"], "title": "Laget rundt barnet", "to_owner": "Bare til eier."}
DAY = date(2026, 11, 20)

READS: dict[str, tuple[Role, Level | None, Level | None, Level | None]] = {
    "Ingrid Moen": (Role.LEADER, Level.ALL, Level.ALL, Level.ALL),
    "Tuva Sørgård": (Role.COORDINATOR, Level.ALL, Level.ALL, Level.ALL),
    "Helene Vik": (Role.UH, Level.ALL, Level.ALL, Level.ALL),
    "Rune Aasen": (Role.MEMBER, Level.SUMMARY, Level.SUMMARY, Level.ALL),
    "Camilla Rød": (Role.MEMBER, Level.COUNTS, Level.COUNTS, Level.ALL),
    "Per Aune": (Role.AUTHORITY, Level.SUMMARY, None, None),
    "Lars Rise": (Role.AUTHORITY, None, Level.SUMMARY, None),
    "Grethe Volden": (Role.PPT, None, None, None),
    "Stein Kvikne": (Role.PPT, None, Level.ALL, None),
}
"""Role and level of each: for Solbakken in Melhus, for one about PPT in Oppdal, for one in Røros open to all."""
READS_NOTHING = ("Kari Nordli", "Randi Bones", "Ola Fossen", "Bodil Strøm", "Sindre Holm", "Marte Elden")


@pytest.fixture
def reported(town: Town, work: UnitOfWork) -> dict[str, int]:
    """A need in Melhus, one about PPT in Oppdal, one in Røros whose owner lets everybody read; and what is not sent."""
    plain = town.need(work, Status.REPORTED)
    support = town.need(work, Status.UNDER_CONSIDERATION, "Steinrøysa", answers=SUPPORT)
    opened = town.need(work, Status.PRIORITISED, roros(town))
    town.sent(work, plain)
    town.sent(work, support)
    town.sent(work, opened, answers={"visibility": "full"})
    for status in (Status.DRAFT, Status.SENT_TO_OWNER, Status.APPROVED, Status.NOT_FORWARDED, Status.NO_NEED):
        town.need(work, status)
    return {"plain": plain.id, "support": support.id, "opened": opened.id}


def roros(town: Town) -> str:
    """A kindergarten of Røros kommune."""
    return next(n for n, k in town.places.items() if k.orgnr == "102001249")


@pytest.mark.parametrize("name", READS)
def test_what_each_role_reads(town: Town, work: UnitOfWork, reported: dict[str, int], name: str) -> None:
    """Role × need: everything, title and themes, a number, or not even that; never a draft."""
    role, *levels = READS[name]
    gauldal = town.networks["Gauldal"].id
    found = network.readable(work, town.people[name], gauldal, NOW, role)
    assert found.role is role
    by_id = {n.report.id: n for n in found.needs}
    assert by_id.keys() <= set(reported.values())
    for need_id, level in zip(reported.values(), levels, strict=True):
        assert (by_id[need_id].level if need_id in by_id else None) is level
    for need in found.needs:
        wanted = {Level.ALL: {"today"}, Level.SUMMARY: {"title"}, Level.COUNTS: set[str]()}[need.level]
        assert wanted <= need.answers.keys()
        assert "to_owner" not in need.answers
        assert need.level is Level.ALL or need.answers.keys() <= {"title", "themes"}
        assert bool(need.acts) is (role in (Role.LEADER, Role.COORDINATOR))


@pytest.mark.parametrize("name", READS)
def test_one_need_is_read_as_the_list_shows_it(
    town: Town, work: UnitOfWork, reported: dict[str, int], name: str
) -> None:
    """What is only a number, or not there at all, cannot be opened by its id."""
    role, *levels = READS[name]
    for need_id, level in zip(reported.values(), levels, strict=True):
        if level in (None, Level.COUNTS):
            with pytest.raises(UnknownReport):
                network.readable_need(work, town.people[name], need_id, role)
        else:
            assert network.readable_need(work, town.people[name], need_id, role).level is level


@pytest.mark.parametrize("name", READS_NOTHING)
def test_the_others_read_nothing(town: Town, work: UnitOfWork, reported: dict[str, int], name: str) -> None:
    """Heads, owners, other networks' people, the county and the administrator."""
    with pytest.raises(UnknownReport):
        network.readable(work, town.people[name], town.networks["Gauldal"].id, NOW)
    for need_id in reported.values():
        with pytest.raises(UnknownReport):
            network.readable_need(work, town.people[name], need_id)


def test_a_draft_is_never_read(town: Town, work: UnitOfWork) -> None:
    """Not by the leader either, whatever the card claims."""
    draft = town.need(work, Status.DRAFT)
    with pytest.raises(UnknownReport):
        network.readable_need(work, town.people["Ingrid Moen"], draft.id)


def test_an_owner_as_authority_sees_its_municipality_only(town: Town, work: UnitOfWork) -> None:
    """Per is both: as authority he has a summary, and nothing to approve."""
    need = town.need(work, Status.REPORTED)
    found = network.readable_need(work, town.people["Per Aune"], need.id, Role.OWNER)
    assert (found.level, found.acts) == (Level.SUMMARY, ())


@pytest.mark.parametrize("name", READS)
def test_sums_and_the_scheme_go_no_further(town: Town, work: UnitOfWork, name: str) -> None:
    """Sums are for the leadership (S40, E14); who reads a summary is not told what the answers suggest."""
    role = READS[name][0]
    answers = {**SUPPORT, "amount": 150_000}
    melhus = town.need(work, Status.REPORTED, answers=answers)
    oppdal = town.need(work, Status.REPORTED, "Steinrøysa", answers=answers)
    town.sent(work, melhus)
    town.sent(work, oppdal)
    found = network.readable(work, town.people[name], town.networks["Gauldal"].id, NOW, role).needs
    assert found
    leads = role in (Role.LEADER, Role.COORDINATOR)
    assert {"amount" in n.answers for n in found} == {leads}
    assert {n.around_the_child for n in found} == {leads or role in (Role.UH, Role.PPT)}


def test_the_owners_order_and_supplements(town: Town, work: UnitOfWork) -> None:
    """By owner, then the first sending in its order, then what came later."""
    first, second, late = (
        town.need(work, Status.REPORTED, p) for p in ("Solbakken", "Bekkefaret", "Tirilstien")
    )
    town.sent(work, second, first)
    town.sent(work, late, sequence=1)
    found = network.readable(work, town.people["Ingrid Moen"], town.networks["Gauldal"].id, NOW)
    assert [(n.report.id, n.place, n.supplement) for n in found.needs] == [
        (second.id, 1, 0),
        (first.id, 2, 0),
        (late.id, 1, 1),
    ]
    assert found.themes == {"play": 3, "language": 3}


def test_what_is_merged_is_read_as_one(town: Town, work: UnitOfWork) -> None:
    """The common need stands for its parts, with all their kindergartens."""
    places = [town.places[p].id for p in ("Bekkefaret", "Tirilstien")]
    common = town.need(work, Status.REPORTED, source=Source.OWNER, covers=tuple(places))
    town.need(work, Status.REPORTED, "Bekkefaret", merged_into=common.id)
    found = network.readable(work, town.people["Ingrid Moen"], town.networks["Gauldal"].id, NOW)
    assert [n.report.id for n in found.needs] == [common.id]
    assert len(found.needs[0].kindergartens) == 3


# --- who did it -----------------------------------------------------------------------------------------------


def test_the_last_act_is_the_last_change_of_state(town: Town, work: UnitOfWork) -> None:
    """Who, when, from where to where, and why."""
    need = town.need(work, Status.REPORTED)
    assert last_act(work, need.id) is None
    perform(work, town.people["Ingrid Moen"], need.id, Act.CONSIDER, NOW)
    perform(work, town.people["Tuva Sørgård"], need.id, Act.PRIORITISE, NOW, note="Tydelig.", day=DAY)
    act = last_act(work, need.id)
    assert act is not None
    assert (act.person, act.before, act.after, act.note) == (
        "Tuva Sørgård",
        Status.UNDER_CONSIDERATION,
        Status.PRIORITISED,
        "Tydelig.",
    )
    assert act.at == NOW


# --- the end of a round ---------------------------------------------------------------------------------------


def test_what_is_open_expires_at_once(town: Town, work: UnitOfWork) -> None:
    """Drafts and what is undecided; what is decided stays; the owner is told once, and not of drafts."""
    ingrid, gauldal = town.people["Ingrid Moen"], town.networks["Gauldal"].id
    still = [town.need(work, s) for s in (Status.DRAFT, Status.SENT_TO_OWNER, Status.PRIORITISED)]
    done = [town.need(work, s) for s in (Status.GRANTED, Status.NO_NEED, Status.NOT_PRIORITISED)]
    found = closing.ending(work, ingrid, gauldal, NOW)
    assert (found.open, found.over) == (3, False)
    with pytest.raises(Stale):
        closing.expire(work, ingrid, gauldal, found.round.id, 2, NOW)
    assert closing.expire(work, ingrid, gauldal, found.round.id, 3, NOW) == 3
    assert [r.status for n in still if (r := work.needs.get(n.id))] == [Status.EXPIRED] * 3
    assert [work.needs.get(n.id) for n in done] == done
    assert [len(work.audit.of("needs_report", n.id)) for n in still] == [1, 1, 1]
    per = town.people["Per Aune"]
    told = [content_of(work, m, NOW) for m in work.outbox.due(NOW, 500) if m.person_id == per]
    said = [c for c in told if isinstance(c, NeedNotice)]
    assert [len(c.titles) for c in said] == [2]


def test_a_round_that_is_over_comes_first(town: Town, work: UnitOfWork) -> None:
    """In August, what was left open in July is what there is to end."""
    ingrid, gauldal = town.people["Ingrid Moen"], town.networks["Gauldal"].id
    left = town.need(work, Status.REPORTED)
    august = datetime(2027, 8, 20, 9, tzinfo=UTC)
    found = closing.ending(work, ingrid, gauldal, august)
    assert (found.round.id, found.open, found.over) == (left.round_id, 1, True)
    assert closing.expire(work, ingrid, gauldal, found.round.id, 1, august) == 1
    with pytest.raises(NoOpenRound):
        closing.ending(work, ingrid, gauldal, august)


@pytest.mark.parametrize("name", ["Kari Nordli", "Per Aune", "Ola Fossen", "Helene Vik"])
def test_only_the_networks_leader_closes(town: Town, work: UnitOfWork, name: str) -> None:
    """Neither the round nor the form."""
    who, gauldal = town.people[name], town.networks["Gauldal"].id
    need = town.need(work, Status.REPORTED)
    with pytest.raises(UnknownReport):
        closing.expire(work, who, gauldal, need.round_id, 1, NOW)
    with pytest.raises(UnknownReport):
        closing.switch_form(work, who, gauldal, False, NOW)


def test_the_form_is_off_for_what_is_new_only(town: Town, work: UnitOfWork) -> None:
    """Nobody begins; what is begun is finished; the switch has its trace, and the same twice changes nothing."""
    kari, ingrid = town.people["Kari Nordli"], town.people["Ingrid Moen"]
    gauldal, place = town.networks["Gauldal"].id, town.places["Solbakken"].id
    begun = start(work, kari, place, NOW)
    assert closing.switch_form(work, ingrid, gauldal, False, NOW)
    assert not closing.switch_form(work, ingrid, gauldal, False, NOW)
    assert [(r.before, r.after) for r in work.audit.of("round", begun.round_id)] == [
        ("skjema på", "skjema av")
    ]
    with pytest.raises(FormOff) as off:
        start(work, kari, place, NOW)
    assert off.value.network_id == gauldal
    written = answer(work, kari, begun.id, begun.version, COMPLETE, NOW)
    assert submit(work, kari, begun.id, written.version, NOW).status is Status.SENT_TO_OWNER
    assert closing.switch_form(work, ingrid, gauldal, True, NOW)
    start(work, kari, place, NOW)


# --- what those below are told --------------------------------------------------------------------------------


def test_an_owner_is_told_once_of_what_was_decided_together(town: Town, work: UnitOfWork) -> None:
    """Three needs prioritised in one meeting: one message to the owner, one to each head."""
    names = ("Kari Nordli", "Silje Gravråk", "Marit Eidsmo")
    needs = [
        town.need(work, Status.UNDER_CONSIDERATION, p) for p in ("Solbakken", "Bekkefaret", "Tirilstien")
    ]
    for need in needs:
        perform(work, town.people["Ingrid Moen"], need.id, Act.PRIORITISE, NOW, note="Tydelig.", day=DAY)
    assert [len(c.titles) for c in said_to(town, work, "Per Aune")] == [3]
    for name in names:
        (told,) = said_to(town, work, name)
        assert (told.role, len(told.titles)) == (Role.HEAD, 1)
        assert told.act is not None
        assert told.act.note == "Tydelig."


def test_only_the_latest_decision_is_told(town: Town, work: UnitOfWork) -> None:
    """A message that has not gone out gives way to the next about the same need."""
    ingrid = town.people["Ingrid Moen"]
    need = town.need(work, Status.PRIORITISED)
    perform(work, ingrid, need.id, Act.PUT_IN_BASIS, NOW, note="Med.")
    perform(work, ingrid, need.id, Act.TAKE_OUT_OF_BASIS, NOW + timedelta(minutes=1), note="Likevel ikke.")
    (told,) = said_to(town, work, "Per Aune")
    assert told.report.status is Status.PRIORITISED
    assert told.act is not None
    assert told.act.before is Status.IN_BASIS


def test_a_notice_that_is_no_longer_true_is_not_sent(town: Town, work: UnitOfWork) -> None:
    """Sent back to the owner, and taken back by the owner before the message went."""
    need = town.need(work, Status.REPORTED)
    perform(work, town.people["Ingrid Moen"], need.id, Act.RETURN_TO_OWNER, NOW, note="Litt mer om mål.")
    (back,) = said_to(town, work, "Per Aune")
    assert back.kind is MessageKind.NEED_SENT_BACK
    perform(work, town.people["Per Aune"], need.id, Act.REPORT, NOW)
    assert said_to(town, work, "Per Aune") == []
    (again,) = said_to(town, work, "Ingrid Moen")
    assert (again.kind, again.role) == (MessageKind.NEED_REPORTED_AGAIN, Role.LEADER)


def test_a_late_report_is_taken_marked_and_told(town: Town, work: UnitOfWork) -> None:
    """The day after the owner's date: received, «etter frist», and the leader hears that it is."""
    per, owner, gauldal = (
        town.people["Per Aune"],
        town.places["Solbakken"].owner_id,
        town.networks["Gauldal"].id,
    )
    late = datetime(2026, 12, 2, 9, tzinfo=UTC)
    need = town.need(work, Status.APPROVED)
    report = sending.prepare(work, per, owner, gauldal, late)
    values = {"plan": "Planen vår gjelder til 2028.", "union": "yes"}
    report = sending.answer(work, per, report.id, report.version, values, late)
    assert sending.send_in(work, per, report.id, report.version, late).late
    after = work.needs.get(need.id)
    assert after is not None
    assert after.status is Status.REPORTED
    (message,) = [m for m in work.outbox.due(late, 500) if m.person_id == town.people["Ingrid Moen"]]
    told = content_of(work, message, late)
    assert isinstance(told, OwnerReported)
    assert told.late


def said_to(town: Town, work: UnitOfWork, name: str) -> list[NeedNotice]:
    """What somebody's waiting messages say now; those that say nothing any more left out."""
    mine = [m for m in work.outbox.due(NOW + timedelta(hours=1), 500) if m.person_id == town.people[name]]
    found = [content_of(work, m, NOW) for m in mine]
    return [c for c in found if isinstance(c, NeedNotice)]
