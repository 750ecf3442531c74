"""The digests of authorities and partners; and that more needs are no more questions to the database, for any digest."""

from __future__ import annotations

from typing import Any

from sqlalchemy import event

from domain.needs.models import Status
from domain.outbox import MessageKind
from domain.outreach.digests.authority import AuthorityDigest, authority_digest
from domain.outreach.digests.uh import UhDigest, Wanted, uh_digest
from domain.ports import UnitOfWork
from domain.rounds.models import DeadlineKind
from tests.needs.town import COMPLETE, NOW, Town
from tests.outreach.test_digests import MELHUS, message, round_of, to_leader, to_owner

# --- the authority -----------------------------------------------------------------------------------------------


def to_authority(
    town: Town, work: UnitOfWork, name: str = "Per Aune", place: str = "Solbakken"
) -> AuthorityDigest | None:
    municipality = town.places[place].municipality_id
    asked = message(town, work, MessageKind.AUTHORITY_DIGEST, name, municipality=municipality)
    return authority_digest(work, asked, NOW)


def test_an_authority_sees_the_status_of_private_kindergartens_too(town: Town, work: UnitOfWork) -> None:
    town.need(work, Status.SENT_TO_OWNER, "Tyttebærtua")
    town.need(work, Status.NO_NEED, "Solbakken")
    town.need(work, Status.DRAFT, "Bekkefaret")
    found = to_authority(town, work)
    assert found is not None
    assert (found.municipal.total, found.private.total) == (9, 4)
    assert found.answered == 2
    assert "Bekkefaret barnehage" in found.unanswered, "a draft is no answer, and nobody else's to know of"


def test_an_authority_reads_titles_and_themes_of_what_was_sent(town: Town, work: UnitOfWork) -> None:
    sent = town.need(work, Status.REPORTED, "Tyttebærtua", answers={**COMPLETE, "title": "Sendt"})
    town.need(work, Status.APPROVED, "Solbakken", answers={**COMPLETE, "title": "Hos eier"})
    town.need(work, Status.DRAFT, "Bekkefaret", answers={**COMPLETE, "title": "Utkast"})
    elsewhere = town.need(work, Status.REPORTED, "Biejjie", answers={**COMPLETE, "title": "På Røros"})
    town.sent(work, sent)
    town.sent(work, elsewhere)
    found = to_authority(town, work)
    assert found is not None
    assert found.titles == ("Sendt",)
    assert dict(found.themes) == dict.fromkeys(COMPLETE["themes"], 1)
    assert (found.owners_sent, found.owners) == (1, 3)


def test_only_the_municipalitys_own_authority_is_told(town: Town, work: UnitOfWork) -> None:
    assert to_authority(town, work, "Per Aune", "Biejjie") is None
    assert to_authority(town, work, "Kari Nordli") is None


def test_an_authority_is_not_told_of_a_form_that_is_off(town: Town, work: UnitOfWork) -> None:
    work.rounds.save(round_of(town, work).model_copy(update={"form_on": False}))
    assert to_authority(town, work) is None
    town.sent(work, town.need(work, Status.REPORTED, "Solbakken"))
    assert to_authority(town, work) is not None


# --- universities and colleges -----------------------------------------------------------------------------------


def to_partner(town: Town, work: UnitOfWork, name: str = "Helene Vik") -> UhDigest | None:
    return uh_digest(work, message(town, work, MessageKind.UH_DIGEST, name), NOW)


def test_a_partner_sees_who_wants_contact(town: Town, work: UnitOfWork) -> None:
    wants = {**COMPLETE, "special": ["support", "uh"], "title": "Veiledning i lek"}
    first = town.need(
        work, Status.REPORTED, "Solbakken", answers=wants, covers=(town.places["Bekkefaret"].id,)
    )
    second = town.need(work, Status.REPORTED, "Biejjie", answers={**COMPLETE, "special": ["none"]})
    town.need(work, Status.APPROVED, "Tirilstien", answers=wants)
    town.sent(work, first, answers={"uh_dialogue": "agreed"})
    town.sent(work, second, answers={"uh_dialogue": "informal"})
    found = to_partner(town, work)
    assert found is not None
    assert (found.owners_sent, found.owners, found.needs) == (2, 11, 2)
    assert found.wanted == (Wanted("Veiledning i lek", "Solbakken barnehage", 1),)
    assert (found.talks, found.agreed) == (2, 1)
    assert found.comes_next is not None
    assert found.comes_next.kind is DeadlineKind.DECISION_BASIS


def test_a_partner_is_told_of_its_own_network_and_when_there_is_something(
    town: Town, work: UnitOfWork
) -> None:
    assert to_partner(town, work) is None, "nothing is sent yet"
    town.sent(work, town.need(work, Status.REPORTED, "Solbakken"))
    assert to_partner(town, work) is not None
    assert to_partner(town, work, "Marte Elden") is None, "she is a partner of Fosen"


# --- all of them -------------------------------------------------------------------------------------------------


def test_more_needs_are_no_more_questions_to_the_database(town: Town, work: UnitOfWork) -> None:
    statements: list[str] = []

    def note(*arguments: Any) -> None:
        statements.append(arguments[2])

    def asked() -> int:
        statements.clear()
        for read in (to_leader, to_authority, to_partner):
            assert read(town, work) is not None
        assert to_owner(town, work, "Per Aune", "Solbakken") is not None
        return len(statements)

    town.sent(work, town.need(work, Status.REPORTED, "Solbakken"))
    event.listen(town.database.engine, "before_cursor_execute", note)
    try:
        few = asked()
        for number, place in enumerate([*MELHUS, "Biejjie", "Soltun", "Tyttebærtua"], 1):
            town.sent(work, town.need(work, Status.REPORTED, place), sequence=number)
            town.need(work, Status.SENT_TO_OWNER, place)
        assert asked() <= few, "who has answered is not looked up, so there may be fewer"
    finally:
        event.remove(town.database.engine, "before_cursor_execute", note)
