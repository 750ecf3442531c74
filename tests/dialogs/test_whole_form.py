"""Everything on one card: what is good is stored, the rest is said at its field, and nothing written is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.needs.models import Status
from domain.needs.owners import common
from domain.register import rights
from tests.dialogs.heads import CORE, KARI, PER, need, sent_by_whole_card, text
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Stage, oslo


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage on which Kari has the card open."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    made.say(KARI, "hele skjemaet")
    yield made
    made.close()


def payload(stage: Stage, button: str, inputs: dict[str, str] | None = None) -> dict[str, Any]:
    """What a button of the newest card sends, with these inputs, to be sent later or altered."""
    return {**find_button(stage.chat(KARI).messages, button, {})[1], **(inputs or {})}


def test_what_is_good_is_stored_though_the_rest_is_not(stage: Stage) -> None:
    """Each problem stands at its field, and what was written stays there."""
    heard = text(stage.press(KARI, "Lagre", {**CORE, "headcount": "mange", "title": "😀😀"}))
    stored = need(stage).answers
    assert stored["start"] == "H27"
    assert {"headcount", "title"} & stored.keys() == set()
    assert "2 svar må ses på" in heard
    assert "Skriv et tall, for eksempel 12.\n<Omtrent hvor mange ansatte?: mange>" in heard
    assert "<Navn på behovet: 😀😀>" in heard
    heard = text(stage.press(KARI, "Send til Melhus kommune", {"headcount": "12", "title": "Lek"}))
    assert need(stage).status is Status.SENT_TO_OWNER
    assert "Jeg noterte: 12" in heard


def test_what_is_missing_is_said_at_its_field(stage: Stage) -> None:
    """Sending an empty card sends nothing."""
    heard = text(stage.press(KARI, "Send til Melhus kommune", {"themes": "play"}))
    assert need(stage).status is Status.DRAFT
    assert need(stage).answers["themes"] == ["play"]
    assert heard.count("mangler. Skriv eller velg et svar.") == 11


def test_only_the_head_is_not_enough(stage: Stage) -> None:
    """K1 holds here too, said at the field."""
    heard = text(stage.press(KARI, "Send til Melhus kommune", {**CORE, "involved": "head"}))
    assert need(stage).status is Status.DRAFT
    assert "Minst én gruppe til må ha vært med" in heard


def test_what_may_be_personal_is_seen_before_it_is_sent(stage: Stage) -> None:
    """The straight way to the owner leads over the summary then."""
    heard = text(
        stage.press(KARI, "Send til Melhus kommune", {**CORE, "today": "Ring mor til Ola på 41 23 45 67"})
    )
    assert need(stage).status is Status.DRAFT
    assert "Det kan stå personopplysninger i «Hverdagen i dag»" in heard


def test_a_name_that_is_left_out_is_suggested_and_seen(stage: Stage) -> None:
    """Never sent under a name that nobody has read."""
    without = {k: v for k, v in CORE.items() if k != "title"}
    heard = text(stage.press(KARI, "Send til Melhus kommune", without))
    assert need(stage).status is Status.DRAFT
    assert "Stemmer alt?\nLek og vennskap, språk og kommunikasjon" in heard


def test_conditional_fields_follow_what_they_depend_on(stage: Stage) -> None:
    """A continuation of nothing is not sent; what does not apply is not stored."""
    heard = text(stage.press(KARI, "Send til Melhus kommune", {**CORE, "need": "continued"}))
    assert "«Hva fortsetter dere med?» mangler" in heard
    stage.press(KARI, "Lagre", {"need": "new", "continues": "Språkløftet", "theme_other": "Ute"})
    assert {"continues", "theme_other"} & need(stage).answers.keys() == set()
    stage.press(
        KARI,
        "Lagre",
        {"need": "continued", "continues": "Språkløftet", "themes": "other", "theme_other": "Ute"},
    )
    assert need(stage).answers["continues"] == "Språkløftet"
    assert need(stage).answers["theme_other"] == "Ute"


def test_no_need_on_the_card_is_asked_about_once_something_is_written(stage: Stage) -> None:
    """Empty it is an answer at once; with more in it the text is kept and one is asked."""
    heard = text(stage.press(KARI, "Lagre", {"need": "no", "today": CORE["today"]}))
    assert "ikke har behov i år?" in heard
    assert need(stage).status is Status.DRAFT
    assert need(stage).answers == {"today": CORE["today"]}


def test_no_need_alone_is_an_answer(stage: Stage) -> None:
    """«Nei, ikke i år» and nothing else."""
    heard = text(stage.press(KARI, "Lagre", {"need": "no"}))
    assert need(stage).status is Status.NO_NEED
    assert "Takk! Da er dere ferdige for i år." in heard


def test_an_answer_can_be_taken_away(stage: Stage) -> None:
    """An input that comes back empty empties the answer; one that does not come back leaves it alone."""
    stage.press(KARI, "Lagre", {"today": CORE["today"], "title": "Lek"})
    emptied = {k: v for k, v in payload(stage, "Lagre", {"title": ""}).items() if k != "today"}
    stage.send_payload(KARI, emptied, None)
    assert need(stage).answers == {"today": CORE["today"]}


def test_an_old_card_changes_nothing_and_keeps_what_was_written(stage: Stage) -> None:
    """What differs is shown on a new card, to be looked at and stored."""
    old = payload(stage, "Lagre", {"today": "Skrevet på et gammelt kort"})
    stage.press(KARI, "Lagre", {"title": "Lek"})
    before = need(stage)
    heard = text(stage.send_payload(KARI, old, None))
    assert need(stage) == before
    assert "ikke lagret ennå" in heard
    assert "<Hverdagen i dag: Skrevet på et gammelt kort>" in heard
    stage.press(KARI, "Lagre", {})
    assert need(stage).answers == {"title": "Lek", "today": "Skrevet på et gammelt kort"}


def test_pressing_twice_acts_once(stage: Stage) -> None:
    """The second press of «Send» finds a need that is sent; of «Lagre» nothing to store."""
    save = payload(stage, "Lagre", CORE)
    stage.send_payload(KARI, save, None)
    version = need(stage).version
    stage.send_payload(KARI, save, None)
    assert need(stage).version == version
    send = payload(stage, "Send til Melhus kommune")
    stage.send_payload(KARI, send, None)
    heard = text(stage.send_payload(KARI, send, None))
    assert "2026-G001" not in heard or "allerede" in heard.lower()
    assert need(stage).revision == 1


def test_one_may_change_between_the_two_ways(stage: Stage) -> None:
    """With everything kept, from either."""
    heard = text(stage.press(KARI, "Ett spørsmål om gangen", {"need": "new", "themes": "play"}))
    assert "Spørsmål 3 av 10" in heard
    stage.say(KARI, CORE["today"])
    heard = text(stage.say(KARI, "hele skjemaet"))
    assert f"<Hverdagen i dag: {CORE['today']}>" in heard
    heard = text(stage.press(KARI, "Fortsett senere", {"headcount": "9"}))
    assert "er lagret" in heard
    assert need(stage).answers["headcount"] == 9


def test_a_question_in_the_middle_leaves_the_card_alone(stage: Stage) -> None:
    """What is filled in on the screen and not yet stored would be lost with it."""
    heard = stage.say(KARI, "når er fristen?")
    assert not any(h.changed for h in heard)
    assert "Skjemaet står åpent over her." in text(heard)
    stage.press(KARI, "Lagre", {"title": "Lek"})
    assert need(stage).answers == {"title": "Lek"}


@pytest.mark.parametrize("where", ["utdyp", "om mål"])
def test_one_can_write_oneself_to_the_summary(stage: Stage, where: str) -> None:
    """From the groups of further questions, and from one of the questions."""
    stage.press(KARI, "Lagre", CORE)
    stage.say(KARI, "utdyp")
    if where != "utdyp":
        stage.press(KARI, "Utdyp det valgte")
    before = need(stage)
    assert "[Send til Melhus kommune]" in text(stage.say(KARI, "til oppsummeringen"))
    assert need(stage).answers == before.answers


def test_the_same_need_again_is_remarked_on_once(stage: Stage) -> None:
    """K7: the same name and themes; one may go on all the same."""
    stage.press(KARI, "Send til Melhus kommune", CORE)
    stage.press(KARI, "Meld et behov til")
    heard = text(sent_by_whole_card(stage))
    assert "Du har en lignende melding" in heard
    assert need(stage, 2).status is Status.DRAFT
    stage.press(KARI, "Nei, dette er et nytt behov")
    stage.press(KARI, "Send til Melhus kommune")
    assert need(stage, 2).status is Status.SENT_TO_OWNER


def test_a_need_written_by_the_owner_is_no_secret_to_the_owner(stage: Stage) -> None:
    """A head is promised that the owner sees nothing; the owner's own card names how many it holds for."""
    assert "Eier ser ingenting før du sender." in text(stage.say(KARI, "hele skjemaet"))
    me = stage.people[PER].id
    with stage.work() as uow:
        melhus = rights.owners(uow.register.roles_of(me))[0]
        there = [k.id for k in uow.register.kindergartens_of_owner(melhus)][:3]
        common.begin(uow, me, melhus, there, stage.now)
    stage.say(PER, "fortsett")
    heard = text(stage.press(PER, "Hele skjemaet"))
    assert "og 2 til" in heard
    assert "Eier ser ingenting" not in heard
