"""What no one should send, and what some people do: a clear answer in Norwegian, and nothing lost or changed."""

from __future__ import annotations

from typing import Any

import pytest

from domain.needs.models import Status
from tests.protocol import need
from tests.protocol.need import SAVE
from tests.protocol.people import Person
from tests.protocol.town import Town

BAD_CARD = "Det kortet kan jeg ikke bruke, så ingenting er endret."
NOT_YOURS = "Det har du ikke tilgang til."


@pytest.fixture(scope="module")
def head(town: Town) -> Person:
    """A head who is asked about everyday life, in the middle of a need."""
    kari = town.person("Kari Nordli")
    kari.say("meld behov")
    kari.say("ja, noe nytt")
    assert "Hva i hverdagen" in kari.say("lek og språk")
    return kari


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", "Meldingen var tom."),
        ("   \n\t \u200b ", "Meldingen var tom."),
        ("x" * 20_000, "Meldingen er for lang (20000 tegn). Skriv høyst 6000 tegn om gangen."),
        ("ord " * 1000, "Svaret er for langt (3999 tegn). Skriv høyst 1500 tegn. Det er ikke lagret."),
        ("🎉👍🏽🧸", "Jeg trenger noen ord her."),
        ("?!…", "Jeg trenger noen ord her."),
        ("42", "Jeg trenger noen ord her, ikke bare et tall."),
        ("/foo", "Den kommandoen kjenner jeg ikke."),
        ("/slett alt", "Den kommandoen kjenner jeg ikke."),
        ("hvem lager beslutningsgrunnlaget?", "Kilde: "),
        ("er det noen som vet det?", "[Det var svaret mitt, lagre det]"),
        ("blåbærpai", "Er «blåbærpai» svaret ditt på «Hva i hverdagen gjør at dere trenger dette?»?"),
    ],
)
def test_text_that_is_no_answer(town: Town, head: Person, text: str, answer: str) -> None:
    before = town.need_of("Kari Nordli")
    heard = head.say(text)
    assert answer in heard
    assert "hverdagen" in heard, "the question stays open"
    assert town.need_of("Kari Nordli") == before


def test_after_all_that_the_answer_is_taken(town: Town) -> None:
    head = town.person("Silje Gravråk")
    head.say("meld behov")
    head.say("ja")
    head.say("lek")
    for text in ("", "🎉", "x" * 7000, "12", "/foo", "når er fristen?"):
        head.say(text)
    assert "Lagret. Spørsmål 4 av 10." in head.say(need.TODAY)
    assert town.need_of("Silje Gravråk").answers == {"need": "new", "themes": ["play"], "today": need.TODAY}


def test_signs_that_mean_something_elsewhere_are_only_text(town: Town) -> None:
    head = town.person("Marit Eidsmo")
    head.say("meld behov")
    head.say("ja")
    head.say("lek")
    for text in (
        "<script>alert(1)</script> og <b>fet</b> &amp; &lt;ekte&gt;",
        "'; DROP TABLE needs_report; -- og alert(1) til",
        "[lenke](https://example.org) **fet** `kode` # alert(1)",
        "Linje én\n\n- punkt\n1. alert(1)",
        "{{7*7}} ${jndi:ldap://x} %s {0} \\u0041 alert(1)",
    ):
        settled, _, question = head.press(SAVE, {"Hverdagen i dag": text}).partition("Lagret.")
        assert "alert(1)" in settled, "it is shown as it was written"
        assert "Hva vil dere bli bedre til" in question
        assert town.need_of("Marit Eidsmo").answers["today"] == text
        head.say("tilbake")


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "drop_everything"},
        {"verb": None},
        {"verb": ["menu"]},
        {"verb": {"verb": "menu"}},
        {},
        {"report": 1},
        {"verb": "menu", "extra": "noe"},
        {"verb": "answer"},
        {"verb": "answer", "report": "1; DROP TABLE", "step": "today", "v": 1},
        {"verb": "answer", "report": -1, "step": "today", "v": 1},
        {"verb": "answer", "report": 2**70, "step": "today", "v": 1},
        {"verb": "answer", "report": 1.5, "step": "today", "v": 1},
        {"verb": "answer", "report": True, "step": "today", "v": []},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "today": {"$ne": None}},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "today": ["a", ["b", {"c": "d"}]]},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "status": "meldt_til_nettverket"},
        {"verb": "approve_all", "owner": 1, "reports": "alle"},
        {"verb": "approve_all", "owner": 1, "reports": list(range(1, 2600))},
        {"verb": "answer_access", "request": 1, "grant": "kanskje"},
        {"verb": "switch_role", "role": ["leder"]},
        {"verb": "ask", "question": "x" * 5000},
        {"verb": "", "msteams": {"type": "task/fetch"}},
    ],
)
def test_a_card_that_no_card_of_ours_would_send(town: Town, head: Person, payload: dict[str, Any]) -> None:
    before = town.needs()
    heard = head.submit(payload)
    assert BAD_CARD in heard
    assert town.needs() == before


@pytest.mark.parametrize("value", ["tekst", 7, [1, 2], [{"verb": "menu"}], True])
def test_a_value_that_is_no_card_at_all(town: Town, head: Person, value: object) -> None:
    before = town.needs()
    status, _ = head.post(head.activity("message", value=value))
    assert status < 500
    assert town.needs() == before


def test_the_need_of_another_kindergarten_is_out_of_reach(town: Town, head: Person) -> None:
    other = town.person("Guri Stavne")
    other.say("meld behov")
    other.press("Gå videre")
    other.say("ja")
    theirs, mine = town.need_of("Guri Stavne"), town.need_of("Kari Nordli")
    tries = [
        {"verb": "answer", "report": theirs.id, "step": "themes", "v": theirs.version, "themes": "play"},
        {"verb": "continue", "report": theirs.id},
        {"verb": "back", "report": theirs.id, "step": "themes"},
        {"verb": "change", "report": theirs.id, "change": "need"},
        {"verb": "keep_pending", "report": theirs.id, "step": "themes"},
        {"verb": "submit", "report": theirs.id, "v": theirs.version},
        {"verb": "discard", "report": theirs.id},
        {"verb": "start_report", "kindergarten": theirs.kindergarten_id},
        {"verb": "no_need", "kindergarten": theirs.kindergarten_id},
        {"verb": "no_need_yes", "kindergarten": theirs.kindergarten_id},
        {"verb": "undo_no_need", "report": theirs.id},
        {"verb": "read", "report": theirs.id},
        {"verb": "approve", "report": theirs.id, "v": theirs.version},
        {"verb": "approve_all", "owner": 1, "reports": [theirs.id]},
        {"verb": "return", "report": theirs.id, "v": theirs.version, "comment": "Nei, takk til dette."},
        {"verb": "not_forward", "report": theirs.id, "v": theirs.version, "comment": "Nei, takk til dette."},
        {"verb": "answer", "report": 99_999, "step": "themes", "v": 1, "themes": "play"},
        {"verb": "nudge", "owner": 1},
        {"verb": "answer_access", "request": 99_999, "grant": True},
    ]
    before = town.needs()
    for payload in tries:
        heard = head.submit(payload)
        assert NOT_YOURS in heard, payload
        assert "Soltun" not in heard
        assert "Lyngheia" not in heard
    assert town.needs() == before
    assert town.need_of("Kari Nordli") == mine


def test_the_need_of_another_owner_is_out_of_reach(town: Town) -> None:
    owner = town.person("Olav Gunnes")
    need.report(town.person("Nina Bårdstu"), "Fjell og fjære")
    theirs = town.need_of("Nina Bårdstu")
    for payload in (
        {"verb": "read", "report": theirs.id},
        {"verb": "approve", "report": theirs.id, "v": theirs.version},
        {"verb": "approve_all", "owner": 1, "reports": [theirs.id]},
        {"verb": "read_chosen", "owner": 5, "chosen": str(theirs.id)},
        {"verb": "approve_chosen", "owner": 1, "chosen": str(theirs.id)},
        {"verb": "return", "report": theirs.id, "v": theirs.version, "comment": "Nei, takk til dette."},
    ):
        heard = owner.submit(payload)
        assert NOT_YOURS in heard, payload
        assert "Fjell og fjære" not in heard
    assert town.need_of("Nina Bårdstu") == theirs


def test_an_edited_message_corrects_its_answer(town: Town) -> None:
    head = town.person("Geir Ølstad")
    head.say("meld behov")
    head.say("ja")
    written = head.message("lek")
    head.does(written)
    everyday = head.message(need.TODAY)
    head.does(everyday)
    corrected = head.edit(everyday, "Barna venter lenge på tur, og det blir mange konflikter.")
    assert "Rettet og lagret: Hverdagen i dag: Barna venter lenge på tur" in corrected
    assert "Spørsmål 4 av 10." in corrected
    assert "Rettet og lagret: Tema" in head.edit(written, "språk og overganger")
    stored = town.need_of("Geir Ølstad").answers
    assert stored["today"] == "Barna venter lenge på tur, og det blir mange konflikter."
    assert stored["themes"] == ["language", "transitions"]
    for bad in ("", "🎉", "123", "x" * 20_000):
        head.edit(everyday, bad)
    assert town.need_of("Geir Ølstad").answers == stored


def test_an_edit_after_sending_changes_nothing(town: Town) -> None:
    head = town.person("Trude Losen")
    head.say("meld behov")
    for answer in need.TYPED[:2]:
        head.say(answer)
    everyday = head.message(need.TODAY)
    head.does(everyday)
    for answer in (*need.TYPED[3:], "Ferdig er ferdig"):
        head.say(answer)
    head.say("send")
    sent = town.need_of("Trude Losen")
    assert sent.status is Status.SENT_TO_OWNER
    assert "Svaret kan ikke lenger rettes på den måten." in head.edit(everyday, "Noe helt annet enn før.")
    assert town.need_of("Trude Losen") == sent


def test_no_answer_is_a_stranger_to_the_summary(town: Town) -> None:
    head = town.person("Tone Varmbu")
    head.say("meld behov")
    for answer in (*need.TYPED, "Lek i lia"):
        head.say(answer)
    before = town.need_of("Tone Varmbu")
    for text in ("", "🎉", "kanskje", "7", "/send", "x" * 7000):
        assert "Stemmer alt?" in head.say(text)
    assert town.need_of("Tone Varmbu") == before
    assert before.status is Status.DRAFT


@pytest.mark.parametrize(
    "kind", ["typing", "messageReaction", "event", "invoke", "endOfConversation", "hva?"]
)
def test_what_needs_no_answer(town: Town, head: Person, kind: str) -> None:
    before = town.needs()
    status, _ = head.post(head.activity(kind, name="noe/annet", value={"verb": "submit"}))
    assert status in (200, 202, 400, 501)
    assert town.needs() == before
