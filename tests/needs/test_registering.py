"""Registering on a kindergarten's behalf: by its owner or the network's leader, and told to its heads."""

from __future__ import annotations

import pytest

from domain.needs import registering
from domain.needs.errors import FormOff, UnknownReport
from domain.needs.heads import head
from domain.needs.models import Source, Status
from domain.needs.networks import closing
from domain.outbox import MessageKind
from domain.outreach.content import content_of
from domain.outreach.notices.needs import NeedNotice
from domain.ports import UnitOfWork
from domain.register.models import Role
from tests.needs.town import COMPLETE, NOW, Town

MAY = {"Per Aune": Role.OWNER, "Ingrid Moen": Role.LEADER, "Tuva Sørgård": Role.LEADER}
MAY_NOT = (
    "Kari Nordli",
    "Randi Bones",
    "Ola Fossen",
    "Helene Vik",
    "Rune Aasen",
    "Håvard Rognes",
    "Sindre Holm",
)


def place(town: Town, name: str = "Solbakken") -> int:
    return town.places[name].id


@pytest.mark.parametrize("name", MAY)
def test_a_registered_need_goes_to_the_owner_and_its_head_is_told(
    town: Town, work: UnitOfWork, name: str
) -> None:
    """Written and sent by somebody else, with its source, role and trace."""
    who = town.people[name]
    draft = registering.begin(work, who, [place(town)], Source.ORAL, NOW)
    written = head.answer(work, who, draft.id, draft.version, COMPLETE, NOW)
    sent = head.submit(work, who, draft.id, written.version, NOW)
    assert (sent.status, sent.source) == (Status.SENT_TO_OWNER, Source.ORAL)
    rows = work.audit.of("needs_report", sent.id)
    assert [(r.role, r.after) for r in rows] == [
        (MAY[name].value, "utkast"),
        (MAY[name].value, "sendt_til_eier"),
    ]
    (told,) = [m for m in work.outbox.due(NOW, 500) if m.person_id == town.people["Kari Nordli"]]
    said = content_of(work, told, NOW)
    assert isinstance(said, NeedNotice)
    assert (said.kind, said.role) == (MessageKind.NEED_REGISTERED, Role.HEAD)
    assert said.act is not None
    assert said.act.person == name
    assert (town.waiting(work, "Per Aune") == ["need_arrived"]) is (name != "Per Aune")


@pytest.mark.parametrize("name", MAY_NOT)
def test_nobody_else_registers(town: Town, work: UnitOfWork, name: str) -> None:
    """Not for a kindergarten that is neither theirs as owner nor in their network."""
    with pytest.raises(UnknownReport):
        registering.begin(work, town.people[name], [place(town)], Source.EMAIL, NOW)
    with pytest.raises(UnknownReport):
        registering.declare_no_need(work, town.people[name], place(town), Source.EMAIL, NOW)
    assert place(town) not in {k.id for k in registering.places(work, town.people[name])}


def test_the_bot_is_no_source_of_what_is_registered(town: Town, work: UnitOfWork) -> None:
    """Else it would read as the head's own words."""
    with pytest.raises(UnknownReport):
        registering.begin(work, town.people["Per Aune"], [place(town)], Source.BOT, NOW)


def test_kindergartens_that_do_not_belong_together(town: Town, work: UnitOfWork) -> None:
    """Two owners have no need in common that one person could write."""
    both = [place(town), place(town, "Furukollen")]
    with pytest.raises(UnknownReport):
        registering.begin(work, town.people["Ingrid Moen"], both, Source.EMAIL, NOW)


def test_no_need_on_behalf_is_answered_once(town: Town, work: UnitOfWork) -> None:
    """Told to owner and head; the same again changes nothing."""
    ingrid = town.people["Ingrid Moen"]
    first = registering.declare_no_need(work, ingrid, place(town), Source.ORAL, NOW)
    assert (first.status, first.source) == (Status.NO_NEED, Source.ORAL)
    assert registering.declare_no_need(work, ingrid, place(town), Source.EMAIL, NOW) == first
    assert town.waiting(work, "Per Aune") == ["no_need_arrived"]
    assert town.waiting(work, "Kari Nordli") == ["need_registered"]


def test_what_is_begun_is_found_again(town: Town, work: UnitOfWork) -> None:
    """One's own registrations that are not sent; not others', not the head's own."""
    ingrid, per = town.people["Ingrid Moen"], town.people["Per Aune"]
    mine = registering.begin(work, ingrid, [place(town)], Source.ORAL, NOW)
    registering.begin(work, per, [place(town)], Source.EMAIL, NOW)
    head.start(work, town.people["Kari Nordli"], place(town), NOW)
    assert registering.begun(work, ingrid, NOW) == [mine]


def test_a_registration_is_not_the_heads_to_write(town: Town, work: UnitOfWork) -> None:
    """It does not come up as a draft of the head's own."""
    registering.begin(work, town.people["Ingrid Moen"], [place(town)], Source.ORAL, NOW)
    assert head.open_draft(work, town.people["Kari Nordli"], place(town), NOW) is None


def test_only_the_leader_registers_while_the_form_is_off(town: Town, work: UnitOfWork) -> None:
    """The network has said that needs go another way: its leader writes down what came that way."""
    ingrid, per = town.people["Ingrid Moen"], town.people["Per Aune"]
    closing.switch_form(work, ingrid, town.networks["Gauldal"].id, False, NOW)
    with pytest.raises(FormOff):
        registering.begin(work, per, [place(town)], Source.ORAL, NOW)
    assert registering.begin(work, ingrid, [place(town)], Source.ORAL, NOW).source is Source.ORAL
    other = place(town, "Bekkefaret")
    assert registering.declare_no_need(work, ingrid, other, Source.ORAL, NOW).status is Status.NO_NEED
