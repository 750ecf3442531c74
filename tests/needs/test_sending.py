"""The owner's consolidated report: the order, each to its own network, sent once, one need for several."""

from __future__ import annotations

from functools import partial

import pytest

from domain.errors import DomainError
from domain.needs.errors import NotReady, Stale, UnknownReport, WrongState
from domain.needs.heads import head
from domain.needs.models import NeedsReport, OwnersReport, OwnersStatus, Source, Status
from domain.needs.owners import common, owner, sending
from domain.ports import UnitOfWork
from tests.needs.owners_world import OBLIGATORY, World, both, world
from tests.protocol.need import ANSWERS
from tests.storage.conftest import backend, database, databases
from tests.storage.seeds import NOW, at_once

__all__ = ["backend", "both", "database", "databases", "world"]


def written_once(
    world: World, *places: str, who: str = "Per Aune", owner_name: str = "Melhus kommune"
) -> NeedsReport:
    """A need that the owner writes for these kindergartens."""

    def write(uow: UnitOfWork) -> NeedsReport:
        me, ids = world.people[who], [world.kindergartens[p] for p in places]
        draft = common.begin(uow, me, world.owners[owner_name], ids, NOW)
        given = {**ANSWERS, "title": "Ledelse av utviklingsarbeid"}
        answered = head.answer(uow, me, draft.id, draft.version, given, NOW)
        return common.submit(uow, me, answered.id, answered.version, NOW)

    return world.do(write)


def test_a_chain_in_two_networks_sends_two(world: World) -> None:
    """Each need stands in its own network's report, and the two have numbers of their own (C8.5)."""
    dal, fosen = world.approved("Nils Ness"), world.approved("Vera Vip")
    first = world.prepared("Åse Berg", "Kjeden AS", "Gauldal")
    second = world.prepared("Åse Berg", "Kjeden AS", "Fosen")
    assert (first.report_ids, second.report_ids) == ((dal.id,), (fosen.id,))
    sent = world.send("Åse Berg", first)
    assert world.need(fosen.id).status is Status.APPROVED
    other = world.send("Åse Berg", second)
    assert {sent.number, other.number} == {f"{NOW.year}-E{world.owners['Kjeden AS']:03d}-{x}" for x in "GF"}
    assert world.told("owner_reported") == sorted([world.people["Ingrid Moen"], world.people["Ola Fossen"]])


def _save(report: OwnersReport, uow: UnitOfWork) -> None:
    uow.owners_reports.save(report)


def test_a_need_never_goes_to_another_network(world: World) -> None:
    """Whatever a report claims to hold: what is not of its network or its owners stops it whole."""
    world.approved("Nils Ness")
    fosen, melhus = world.approved("Vera Vip"), world.approved("Kari Nordli")
    report = world.prepared("Åse Berg", "Kjeden AS", "Gauldal")
    for foreign in (fosen, melhus):
        stored = world.report(report.id)
        claimed = stored.model_copy(
            update={
                "report_ids": (*report.report_ids, foreign.id),
                "answers": {**OBLIGATORY, "order": [1, 2]},
                "version": stored.version + 1,
            }
        )
        world.do(partial(_save, claimed))
        with pytest.raises(UnknownReport):
            world.send("Åse Berg", claimed)
    assert {world.need(n.id).status for n in (fosen, melhus)} == {Status.APPROVED}
    assert world.report(report.id).status is OwnersStatus.DRAFT


def test_two_of_an_owner_send_at_once(both: World) -> None:
    """One effect: one number, one notice each, and the other is told that it is done."""
    needs = [both.approved("Kari Nordli"), both.approved("Bo Bekk")]
    report = both.prepared("Per Aune", "Melhus kommune", "Gauldal")
    outcomes = at_once(*(lambda who=who: both.send(who, report) for who in ("Per Aune", "Pia Lund")))
    assert len([o for o in outcomes if isinstance(o, OwnersReport)]) == 1
    assert all(isinstance(o, Stale | WrongState) for o in outcomes if isinstance(o, Exception))
    assert [both.need(n.id).version for n in needs] == [n.version + 1 for n in needs]
    assert both.told("owner_reported") == [both.people["Ingrid Moen"]]
    assert len(both.told("need_reported")) == 2


def test_two_of_an_owner_begin_at_once(both: World) -> None:
    """Both get the same draft."""
    both.approved("Kari Nordli")
    drafts = at_once(
        *(
            lambda who=who: both.prepared(who, "Melhus kommune", "Gauldal", whole=False)
            for who in ("Per Aune", "Pia Lund")
        )
    )
    assert len({d.id for d in drafts if isinstance(d, OwnersReport)}) == 1
    assert not [d for d in drafts if isinstance(d, Exception)]


def test_sending_and_returning_at_once(both: World) -> None:
    """Either it went, or it is back with the head."""
    need = both.approved("Kari Nordli")
    report = both.prepared("Per Aune", "Melhus kommune", "Gauldal")
    pia = both.people["Pia Lund"]

    def take_back() -> NeedsReport:
        return both.do(
            lambda uow: owner.return_to_head(uow, pia, need.id, need.version, "Skriv mer om målet.", NOW)
        )

    outcomes = at_once(lambda: both.send("Per Aune", report), take_back)
    refused = [o for o in outcomes if isinstance(o, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], DomainError)
    sent = both.report(report.id).status is OwnersStatus.SENT
    assert both.need(need.id).status is (Status.REPORTED if sent else Status.RETURNED)


@pytest.mark.parametrize(
    ("first", "total", "order"),
    [
        ([3], 4, [3, 1, 2, 4]),
        ([4, 2], 4, [4, 2, 1, 3]),
        ([2, 1, 3], 3, [2, 1, 3]),
        ([1, 1], 3, None),
        ([0], 3, None),
        ([4], 3, None),
        ([], 3, None),
    ],
)
def test_the_first_ones_are_enough_for_an_order(
    first: list[int], total: int, order: list[int] | None
) -> None:
    """The rest keep theirs."""
    assert sending.order_of(first, total) == order


def test_the_order_moves_the_needs(world: World) -> None:
    """And is asked for again when there is another need."""
    one, two = world.approved("Kari Nordli"), world.approved("Bo Bekk")
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
    per = world.people["Per Aune"]
    ordered = world.do(
        lambda uow: sending.answer(uow, per, report.id, report.version, {"order": [2, 1]}, NOW)
    )
    assert set(ordered.report_ids) == {one.id, two.id}
    assert ordered.report_ids == report.report_ids[::-1]
    three = world.approved("Eva Elv")
    again = world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
    assert again.report_ids == (*ordered.report_ids, three.id)
    assert "order" not in again.answers
    with pytest.raises(NotReady):
        world.send("Per Aune", again)


def test_a_need_about_ppt_calls_for_a_question_of_its_own(world: World) -> None:
    """In the core as in the further question (E16)."""
    per = world.people["Per Aune"]
    world.approved("Kari Nordli")
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
    assert not world.do(lambda uow: sending.circumstances(uow, report)).support
    world.approved("Bo Bekk", special=["support"])
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
    assert world.do(lambda uow: sending.circumstances(uow, report)).support
    assert per in world.told("need_arrived")


# --- one need for several -------------------------------------------------------------------------------------


def test_written_once_it_is_approved_at_once(both: World) -> None:
    """Two acts, both logged; it stands in the owner's own list for sending, and no head is told it was approved."""
    need = written_once(both, "Solbakken", "Bekken", "Elva")
    assert (need.status, need.source, need.revision) == (Status.APPROVED, Source.OWNER, 1)
    assert [(b, a) for _, b, a, _ in both.audit("needs_report", need.id)] == [
        (None, "utkast"),
        ("utkast", "sendt_til_eier"),
        ("sendt_til_eier", "godkjent_av_eier"),
    ]
    report = both.prepared("Per Aune", "Melhus kommune", "Gauldal")
    assert report.report_ids == (need.id,)
    both.send("Per Aune", report)
    heads = sorted(both.people[n] for n in ("Kari Nordli", "Bo Bekk", "Eva Elv"))
    assert both.told("need_reported") == heads


def test_it_holds_only_for_the_owners_own_in_one_network(world: World) -> None:
    """Neither another owner's kindergarten nor one in another network."""
    for places, who, name in (
        (("Solbakken", "Åkerlappen"), "Per Aune", "Melhus kommune"),
        (("Åkerlappen", "Vipa"), "Åse Berg", "Kjeden AS"),
        (("Solbakken",), "Åse Berg", "Melhus kommune"),
        (("Solbakken",), "Kari Nordli", "Melhus kommune"),
        ((), "Per Aune", "Melhus kommune"),
    ):
        with pytest.raises(UnknownReport):
            written_once(world, *places, who=who, owner_name=name)


def test_a_heads_own_need_is_not_approved_by_sending(world: World) -> None:
    """Only what the owner wrote itself: Anne is both, and still acts twice."""

    def write(uow: UnitOfWork) -> NeedsReport:
        anne = world.people["Anne Haugen"]
        draft = head.start(uow, anne, world.kindergartens["Ørreten"], NOW)
        given = {**ANSWERS, "title": "Lek for alle"}
        answered = head.answer(uow, anne, draft.id, draft.version, given, NOW)
        return common.submit(uow, anne, answered.id, answered.version, NOW)

    assert world.do(write).status is Status.SENT_TO_OWNER


def test_an_open_draft_is_found_again(world: World) -> None:
    """By everybody who acts for the owner, until it is sent."""

    def begin(uow: UnitOfWork) -> NeedsReport:
        places = [world.kindergartens["Solbakken"], world.kindergartens["Elva"]]
        return common.begin(uow, world.people["Per Aune"], world.owners["Melhus kommune"], places, NOW)

    draft = world.do(begin)
    world.sent("Kari Nordli")
    pia, melhus = world.people["Pia Lund"], world.owners["Melhus kommune"]
    assert world.do(lambda uow: common.open_drafts(uow, pia, melhus, NOW)) == [draft]
    written_once(world, "Solbakken", "Elva")
    assert world.do(lambda uow: common.open_drafts(uow, pia, melhus, NOW)) == [draft]
