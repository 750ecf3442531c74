"""The life cycle: only the arrows that are drawn, for those they are drawn for, each with its trace and notices."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import DomainError
from domain.needs import access
from domain.needs.acting import perform
from domain.needs.errors import (
    DayMissing,
    Merged,
    NotAlone,
    NoteMissing,
    NotReady,
    Stale,
    UnknownReport,
    WrongState,
)
from domain.needs.lifecycle import ARROWS, Act, Condition, acts_from, arrow
from domain.needs.models import Source, Status
from domain.ports import UnitOfWork
from domain.register.models import Role
from tests.needs.town import COMPLETE, NOW, Town

DAY = date(2026, 11, 20)
CAST: dict[str, tuple[Role, ...]] = {
    "Kari Nordli": (Role.HEAD,),
    "Per Aune": (Role.OWNER,),
    "Ingrid Moen": (Role.LEADER,),
    "Tuva Sørgård": (Role.LEADER,),
    "Helene Vik": (),
}
"""What these are to a need in Solbakken that has been sent; coordinators act as leaders."""
STRANGERS = (
    "Silje Gravråk",
    "Randi Bones",
    "Ola Fossen",
    "Håvard Rognes",
    "Grethe Volden",
    "Rune Aasen",
    "Camilla Rød",
    "Bodil Strøm",
    "Sindre Holm",
)
EARLY = (Status.DRAFT, Status.NO_NEED, Status.RETURNED, Status.SENT_TO_OWNER)
"""The states in which it matters whether the head wrote the need, or somebody on the kindergarten's behalf."""


def taken_by(act: Act, status: Status, roles: tuple[Role, ...], source: Source) -> bool:
    """Whether any of the roles has an arrow here that the need's source leaves open."""
    drawn = (arrow(act, status, role) for role in roles)
    return any(a and not (Condition.ON_BEHALF in a.conditions and source is Source.BOT) for a in drawn)


@pytest.mark.parametrize(
    ("status", "source"), [*((s, Source.BOT) for s in Status), *((s, Source.EMAIL) for s in EARLY)]
)
def test_every_act_in_every_state_by_everybody(town: Town, status: Status, source: Source) -> None:
    """A drawn arrow is taken, with version, trace and state; any other is refused and changes nothing."""
    with town.tried() as uow:
        need = town.need(uow, status, source=source)
        uow.commit()
    for name, roles in CAST.items():
        known = roles if need.submitted_at or source is not Source.BOT else tuple(set(roles) - {Role.OWNER})
        for act in Act:
            with town.tried() as uow:
                if not taken_by(act, status, known, source):
                    with pytest.raises((WrongState, UnknownReport)) as refused:
                        perform(uow, town.people[name], need.id, act, NOW, note="Derfor.", day=DAY)
                    does = any(a.act is act and a.role in known for a in ARROWS)
                    assert refused.type is (WrongState if does else UnknownReport), (name, act)
                    assert not uow.dirty
                    continue
                after = perform(
                    uow, town.people[name], need.id, act, NOW, note="Derfor.", day=DAY, consolidated=True
                )
                row = uow.audit.of("needs_report", need.id)[-1]
                assert after == uow.needs.get(need.id)
                assert after.version == need.version + 1
                assert after.status in {a.after for a in ARROWS if a.act is act and a.before is status}
                assert (row.person_id, row.before, row.after) == (
                    town.people[name],
                    status.value,
                    after.status.value,
                )
                assert row.role in {r.value for r in known}


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SENT_TO_OWNER, Status.PRIORITISED])
@pytest.mark.parametrize("name", STRANGERS)
def test_the_others_are_nothing_to_a_need(town: Town, work: UnitOfWork, name: str, status: Status) -> None:
    """Heads, owners and leaders of other places, and everybody who only reads: no role, so no act at all."""
    need = town.need(work, status)
    assert access.roles_for(work, town.people[name], need) == ()
    for act in Act:
        with pytest.raises(UnknownReport):
            perform(work, town.people[name], need.id, act, NOW, note="Derfor.", day=DAY)


def test_a_draft_is_its_heads_alone(town: Town, work: UnitOfWork) -> None:
    """The owner has no part in it before it is sent; the leader may only let it expire."""
    need = town.need(work, Status.DRAFT)
    assert access.roles_for(work, town.people["Per Aune"], need) == ()
    assert acts_from(Status.DRAFT, (Role.LEADER,)) == (Act.SUBMIT, Act.NO_NEED, Act.WITHDRAW, Act.EXPIRE)
    for act in (Act.SUBMIT, Act.NO_NEED, Act.WITHDRAW):
        with pytest.raises(WrongState):
            perform(work, town.people["Ingrid Moen"], need.id, act, NOW)


REFUSED: tuple[tuple[str, Act, Status, dict[str, object], type[DomainError]], ...] = (
    ("Per Aune", Act.RETURN, Status.SENT_TO_OWNER, {}, NoteMissing),
    ("Per Aune", Act.RETURN, Status.SENT_TO_OWNER, {"note": "  "}, NoteMissing),
    ("Per Aune", Act.NOT_FORWARD, Status.SENT_TO_OWNER, {}, NoteMissing),
    ("Per Aune", Act.REPORT, Status.APPROVED, {}, NotAlone),
    ("Per Aune", Act.WITHDRAW, Status.UNDER_CONSIDERATION, {}, NoteMissing),
    ("Ingrid Moen", Act.PRIORITISE, Status.UNDER_CONSIDERATION, {"day": DAY}, NoteMissing),
    ("Ingrid Moen", Act.PRIORITISE, Status.UNDER_CONSIDERATION, {"note": "x"}, DayMissing),
    ("Ingrid Moen", Act.GRANT, Status.RECOMMENDED, {"day": date(2026, 11, 23)}, DayMissing),
    ("Kari Nordli", Act.SUBMIT, Status.DRAFT, {"version": 7}, Stale),
)


@pytest.mark.parametrize(("name", "act", "status", "given", "error"), REFUSED)
def test_what_an_act_asks_for(
    town: Town,
    work: UnitOfWork,
    name: str,
    act: Act,
    status: Status,
    given: dict[str, object],
    error: type[DomainError],
) -> None:
    """A reason, a day that has been, the consolidated report, the version that was seen."""
    need = town.need(work, status)
    with pytest.raises(error):
        perform(work, town.people[name], need.id, act, NOW, **given)  # type: ignore[arg-type]
    assert work.needs.get(need.id) == need


def test_only_the_head_was_involved(town: Town, work: UnitOfWork) -> None:
    """K1 stops it, and the draft is as it was."""
    need = town.need(work, Status.DRAFT, answers={**COMPLETE, "involved": ["head"]})
    with pytest.raises(NotReady) as stopped:
        perform(work, town.people["Kari Nordli"], need.id, Act.SUBMIT, NOW)
    assert stopped.value.only_head
    assert work.needs.get(need.id) == need


def test_a_decision_is_told_down_the_chain(town: Town, work: UnitOfWork) -> None:
    """Owner and head hear of it; reason and day stand on the need."""
    need = town.need(work, Status.UNDER_CONSIDERATION)
    after = perform(
        work, town.people["Ingrid Moen"], need.id, Act.PUT_ON_HOLD, NOW, note="Vi venter.", day=DAY
    )
    assert (after.comment, after.decided_on) == ("Vi venter.", DAY)
    assert town.waiting(work, "Per Aune") == ["need_decided"]
    assert town.waiting(work, "Kari Nordli") == ["need_decided"]
    assert town.waiting(work, "Ingrid Moen") == []


def test_what_is_merged_follows_the_common_need(town: Town, work: UnitOfWork) -> None:
    """One act moves them all; none of them can be moved alone."""
    common = town.need(work, Status.UNDER_CONSIDERATION, source=Source.OWNER)
    part = town.need(work, Status.UNDER_CONSIDERATION, "Bekkefaret", merged_into=common.id)
    with pytest.raises(Merged):
        perform(work, town.people["Ingrid Moen"], part.id, Act.PRIORITISE, NOW, note="x", day=DAY)
    perform(work, town.people["Ingrid Moen"], common.id, Act.PRIORITISE, NOW, note="x", day=DAY)
    followed = work.needs.get(part.id)
    assert followed is not None
    assert (followed.status, followed.decided_on) == (Status.PRIORITISED, DAY)
    assert "need_decided" in town.waiting(work, "Silje Gravråk")


def test_no_arrow_is_drawn_twice() -> None:
    """Else the second would never be taken."""
    assert len({(a.act, a.before, a.role) for a in ARROWS}) == len(ARROWS)


def test_ends_have_no_arrows_out() -> None:
    """What is over stays over; it is reported anew instead."""
    ends = {Status.NOT_FORWARDED, Status.NOT_PRIORITISED, Status.REFUSED, Status.CLOSED}
    ends |= {Status.WITHDRAWN, Status.EXPIRED}
    assert not [a for a in ARROWS if a.before in ends]
