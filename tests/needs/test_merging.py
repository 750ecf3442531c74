"""Needs that become one: the answers, the originals, what follows, and taking it apart again."""

from __future__ import annotations

import pytest

from domain.errors import DomainError
from domain.needs.errors import Merged, UnknownReport, WrongState
from domain.needs.form import needs_form
from domain.needs.heads import head
from domain.needs.models import NeedsReport, OwnersStatus, Source, Status
from domain.needs.owners import merging, owner
from domain.needs.owners.merged_answers import merged_answers, title_for
from domain.needs.owners.merging import CannotMerge, WhyNot
from tests.needs.owners_world import World, both, world
from tests.protocol.need import ANSWERS
from tests.storage.conftest import backend, database, databases
from tests.storage.seeds import NOW, at_once

__all__ = ["backend", "both", "database", "databases", "world"]


def merge(
    world: World, *needs: NeedsReport, title: str = "Lek for alle", who: str = "Per Aune"
) -> NeedsReport:
    """Per merges them."""
    ids = [n.id for n in needs]
    return world.do(lambda uow: merging.merge(uow, world.people[who], ids, title, NOW))


def test_a_common_need_takes_in_the_originals(world: World) -> None:
    """It is the owner's, approved, for all the kindergartens; the originals are kept as they were and follow it."""
    one, other = world.approved("Kari Nordli", themes=["play"]), world.sent("Bo Bekk", themes=["language"])
    common = merge(world, one, other)
    assert (common.source, common.status, common.revision) == (Source.OWNER, Status.APPROVED, 1)
    assert set(common.kindergartens) == {one.kindergarten_id, other.kindergarten_id}
    assert common.number not in (None, one.number, other.number)
    assert common.answers["themes"] == ["play", "language"]
    assert common.answers["headcount"] == one.answers["headcount"] + other.answers["headcount"]
    for before in (one, other):
        after = world.need(before.id)
        assert (after.status, after.merged_into) == (Status.APPROVED, common.id)
        assert (after.answers, after.number) == (before.answers, before.number)
    assert world.told("need_merged") == sorted([world.people["Kari Nordli"], world.people["Bo Bekk"]])


def test_everything_is_logged(world: World) -> None:
    """The approval of what waited, the merging of each, and the common need's own two acts."""
    one, other = world.approved("Kari Nordli"), world.sent("Bo Bekk")
    common = merge(world, one, other)
    per, note = world.people["Per Aune"], f"slått sammen: {common.number}"
    assert world.audit("needs_report", other.id)[-2:] == [
        (per, "sendt_til_eier", "godkjent_av_eier", None),
        (per, "godkjent_av_eier", "godkjent_av_eier", note),
    ]
    assert [(b, a) for _, b, a, _ in world.audit("needs_report", common.id)] == [
        (None, "utkast"),
        ("utkast", "sendt_til_eier"),
        ("sendt_til_eier", "godkjent_av_eier"),
    ]


def test_what_is_merged_goes_to_the_network_as_one(world: World) -> None:
    """Only the common one is in the report; the originals become reported with it."""
    one, other = world.approved("Kari Nordli"), world.approved("Bo Bekk")
    common = merge(world, one, other)
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal")
    assert report.report_ids == (common.id,)
    world.send("Per Aune", report)
    assert {world.need(n.id).status for n in (one, other, common)} == {Status.REPORTED}


def test_taken_apart_everything_is_as_before(world: World) -> None:
    """The common one is withdrawn, the originals are approved and free, their heads are told; once."""
    one, other = world.approved("Kari Nordli"), world.approved("Bo Bekk")
    common = merge(world, one, other)
    world.do(lambda uow: merging.split(uow, world.people["Per Aune"], common.id, common.version, NOW))
    for before in (one, other):
        after = world.need(before.id)
        assert (after.status, after.merged_into, after.answers) == (Status.APPROVED, None, before.answers)
    assert world.need(common.id).status is Status.WITHDRAWN
    assert len(world.told("need_merged")) == 4
    report = world.prepared("Per Aune", "Melhus kommune", "Gauldal", whole=False)
    assert set(report.report_ids) == {one.id, other.id}
    with pytest.raises(WrongState):
        world.do(lambda uow: merging.split(uow, world.people["Per Aune"], common.id, common.version, NOW))


def test_what_has_been_sent_is_not_taken_apart(world: World) -> None:
    """The network has it."""
    common = merge(world, world.approved("Kari Nordli"), world.approved("Bo Bekk"))
    world.send("Per Aune", world.prepared("Per Aune", "Melhus kommune", "Gauldal"))
    now = world.need(common.id)
    with pytest.raises(WrongState):
        world.do(lambda uow: merging.split(uow, world.people["Per Aune"], now.id, now.version, NOW))


def test_a_part_is_not_acted_on_by_itself(world: World) -> None:
    """Neither returned nor merged again."""
    one, other = world.approved("Kari Nordli"), world.approved("Bo Bekk")
    third = world.approved("Eva Elv")
    common = merge(world, one, other)
    per, part = world.people["Per Aune"], world.need(one.id)
    with pytest.raises(Merged):
        world.do(lambda uow: owner.return_to_head(uow, per, part.id, part.version, "Skriv mer.", NOW))
    for pair in ((part, third), (common, third)):
        with pytest.raises(CannotMerge) as refused:
            merge(world, *pair)
        assert refused.value.reason is WhyNot.NOT_OPEN


def test_what_cannot_be_merged_changes_nothing(world: World) -> None:
    """One alone, another network's, a name that is none, somebody else's need."""
    one, other = world.sent("Kari Nordli"), world.sent("Bo Bekk")
    dal, fosen = world.approved("Nils Ness"), world.approved("Vera Vip")
    for needs, title, who, reason in (
        ([one], "Lek for alle", "Per Aune", WhyNot.TOO_FEW),
        ([dal, fosen], "Lek for alle", "Åse Berg", WhyNot.NOT_TOGETHER),
        ([one, other], "Kurs", "Per Aune", WhyNot.TITLE),
        ([one, other], "😀" * 9, "Per Aune", WhyNot.TITLE),
        ([one, other], "a" * 81, "Per Aune", WhyNot.TITLE),
    ):
        with pytest.raises(CannotMerge) as refused:
            merge(world, *needs, title=title, who=who)
        assert refused.value.reason is reason
    for who in ("Åse Berg", "Kari Nordli", "Ingrid Moen"):
        with pytest.raises(UnknownReport):
            merge(world, one, other, who=who)
    assert world.need(one.id) == one
    assert world.need(dal.id) == dal


def test_merging_and_sending_at_once(both: World) -> None:
    """Whoever is second changes nothing, and no need is in two places."""
    one, other = both.approved("Kari Nordli"), both.approved("Bo Bekk")
    report = both.prepared("Pia Lund", "Melhus kommune", "Gauldal")
    outcomes = at_once(
        lambda: both.send("Pia Lund", report).id,
        lambda: merge(both, one, other).id,
    )
    refused = [o for o in outcomes if isinstance(o, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], DomainError)
    parts = [both.need(n.id) for n in (one, other)]
    if both.report(report.id).status is OwnersStatus.SENT:
        assert {(p.status, p.merged_into) for p in parts} == {(Status.REPORTED, None)}
    else:
        assert {p.status for p in parts} == {Status.APPROVED}
        assert None not in {p.merged_into for p in parts}


def test_two_merge_the_same_at_once(both: World) -> None:
    """One common need, not two."""
    one, other = both.sent("Kari Nordli"), both.sent("Bo Bekk")
    outcomes = at_once(
        *(lambda who=who: merge(both, one, other, who=who) for who in ("Per Aune", "Pia Lund"))
    )
    made = [o for o in outcomes if isinstance(o, NeedsReport)]
    assert len(made) == 1
    assert all(isinstance(o, DomainError) for o in outcomes if o is not made[0]), outcomes
    assert {both.need(n.id).merged_into for n in (one, other)} == {made[0].id}
    assert len(both.told("need_merged")) == 2


def test_the_head_can_report_more_beside_it(world: World) -> None:
    """A merged need takes nothing away from the kindergarten."""
    merge(world, world.sent("Kari Nordli"), world.sent("Bo Bekk"))
    kari, place = world.people["Kari Nordli"], world.kindergartens["Solbakken"]
    draft = world.do(lambda uow: head.start(uow, kari, place, NOW))
    assert draft.status is Status.DRAFT


# --- pure -----------------------------------------------------------------------------------------------------

FORM = needs_form()


def test_texts_stand_under_their_names_within_the_length() -> None:
    """Short ones whole; long ones cut alike, so that all are there."""
    field = FORM.field("today")
    assert field is not None
    parts = [
        (name, {**ANSWERS, "today": f"{name} {'ser mye. ' * 400}"}) for name in ("Sol", "Bekken", "Elva")
    ]
    text = merged_answers(FORM, parts, "Lek for alle")["today"]
    assert len(text) <= field.max_length
    assert [line.split(":")[0] for line in text.split("\n\n")] == ["Sol", "Bekken", "Elva"]
    short = merged_answers(FORM, [("Sol", {"today": "A b c"}), ("Elva", {"today": "D e f"})], "Lek for alle")
    assert short["today"] == "Sol: A b c\n\nElva: D e f"


def test_what_all_say_is_said_once() -> None:
    """The same text, the same choice."""
    made = merged_answers(FORM, [("Sol", dict(ANSWERS)), ("Elva", dict(ANSWERS))], "Lek for alle")
    assert made["today"] == ANSWERS["today"]
    assert made["headcount"] == 2 * int(str(ANSWERS["headcount"]))
    assert made["title"] == "Lek for alle"


def test_choices_are_united() -> None:
    """At most three themes; «no» gives way; everybody is everybody."""
    first = {**ANSWERS, "themes": ["play", "language"], "special": ["none"], "involved": ["teachers"]}
    second = {**ANSWERS, "themes": ["safety", "leadership"], "special": ["support"], "involved": ["everyone"]}
    made = merged_answers(FORM, [("Sol", first), ("Elva", second)], "Lek for alle")
    assert made["themes"] == ["play", "language", "safety"]
    assert made["special"] == ["support"]
    assert made["involved"] == ["everyone"]


def test_the_suggested_name_comes_from_all_the_themes() -> None:
    """Never longer than a name may be; none without themes."""
    title = title_for(FORM, [{"themes": ["play"]}, {"themes": ["language"]}])
    assert title is not None
    assert "språk" in title.lower()
    assert len(title) <= merging.LONGEST_TITLE
    assert title_for(FORM, [{}, {}]) is None


def need(number: int, *themes: str) -> NeedsReport:
    """A need with themes."""
    return NeedsReport(
        id=number,
        round_id=1,
        kindergarten_id=number,
        answers={"themes": list(themes)},
        form_version=FORM.version,
        created_by=1,
        created_at=NOW,
        updated_at=NOW,
    )


def test_alike_are_those_whose_themes_hold_each_others() -> None:
    """«Other» is no theme to be alike in, and each need stands in one group."""
    groups = merging.similar(
        [
            need(1, "play"),
            need(2, "play", "language"),
            need(3, "safety"),
            need(4, "other"),
            need(5, "other"),
            need(6, "play"),
            need(7),
        ]
    )
    assert [sorted(n.id for n in group) for group in groups] == [[1, 2, 6]]


def test_a_thousand_needs_are_compared_at_once() -> None:
    """All in one group, or none."""
    themes = [o.value for o in FORM.field("themes").options]  # type: ignore[union-attr]
    same = merging.similar([need(n, themes[0]) for n in range(1, 1001)])
    assert [len(group) for group in same] == [1000]
    assert merging.similar([need(n + 1, theme) for n, theme in enumerate(themes)]) == []
