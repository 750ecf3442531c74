"""A network's meetings in the conversation: what acts once, what is refused, and what is not taken for a meeting."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dialogs.payloads import read_payload
from dialogs.payloads.base import BadPayload
from dialogs.replies import MeetingFault, WhyListed
from domain.clock import OSLO
from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.meeting_rules import Missing
from domain.rounds.meetings import MeetingProblem
from domain.rounds.models import Meeting
from messages.networks import meeting_form
from messages.networks import meetings as words
from messages.networks.meeting_pieces import lacking
from tests.dialogs.heads import text
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Stage

INGRID, TUVA, KARI, OLA = "Ingrid Moen", "Tuva Sørgård", "Kari Nordli", "Ola Fossen"
SENTENCE = "møte torsdag 3. desember kl 9 på Teams"


def planned(stage: Stage, network: str = "Gauldal") -> list[Meeting]:
    """The meetings of the round, also cancelled ones."""
    with stage.work() as uow:
        found = uow.register.network_by_name(network)
        assert found is not None
        current = uow.rounds.current(found.id, stage.now.date())
        assert current is not None
        return list(current.meetings)


def button(stage: Stage, name: str, title: str) -> tuple[str, dict[str, Any]]:
    """The newest card with this button, to be pressed later."""
    message, payload = find_button(stage.chat(name).messages, title, {})
    return message.id, payload


def stored(stage: Stage) -> Meeting:
    """One meeting, planned by Ingrid."""
    stage.say(INGRID, SENTENCE)
    stage.press(INGRID, "Lagre møtet")
    (meeting,) = planned(stage)
    return meeting


def test_everything_has_its_words() -> None:
    assert meeting_form.PROBLEM.keys() == {*MeetingFault, *MeetingProblem}
    assert words.WHY.keys() == set(WhyListed)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (Missing(2, 1), "Møteplanen mangler to møter, minst ett fysisk."),
        (Missing(4, 2), "Møteplanen mangler fire møter, minst to fysiske."),
        (Missing(1), "Møteplanen mangler ett møte."),
        (Missing(0, 1), "Ett møte til må være fysisk."),
        (Missing(1, 2), "Møteplanen mangler ett møte. To møter til må være fysiske."),
        (
            Missing(0, 1, unknown=1),
            "Ett møte til må være fysisk. Ett møte står uten at det er sagt om det er fysisk.",
        ),
        (Missing(themes=("lek", "språk")), "Temaer uten møte: lek, språk."),
        (Missing(unknown=2), ""),
    ],
)
def test_what_the_plan_lacks_is_said(missing: Missing, said: str) -> None:
    assert lacking(missing) == said


def test_nothing_is_stored_before_it_is_confirmed(stage: Stage) -> None:
    for said in (SENTENCE, "nytt møte", "møte torsdag", "møte i går kl 9"):
        stage.say(INGRID, said)
    assert planned(stage) == []


def test_a_meeting_is_stored_as_it_was_shown(stage: Stage) -> None:
    meeting = stored(stage)
    starts, ends = meeting.starts.astimezone(OSLO), meeting.ends.astimezone(OSLO)
    assert (starts.isoformat(), ends.hour) == ("2026-12-03T09:00:00+01:00", 11)
    assert (meeting.title, meeting.place, meeting.physical) == ("Nettverksmøte", "Teams", False)


def test_two_presses_store_one_meeting(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    card, payload = button(stage, INGRID, "Lagre møtet")
    stage.send_payload(INGRID, payload, card)
    heard = text(stage.send_payload(INGRID, payload, card))
    assert "Neste møte er torsdag 3. desember" in heard
    assert len(planned(stage)) == 1


def test_two_presses_on_a_change_or_a_cancelling_act_once(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "flytt møtet 3. desember til 10. desember")
    card, payload = button(stage, INGRID, "Lagre endringen")
    stage.send_payload(INGRID, payload, card)
    heard = text(stage.send_payload(INGRID, payload, card))
    assert words.WHY[WhyListed.STALE] not in heard
    assert "Neste møte er torsdag 10. desember" in heard
    assert planned(stage)[0].changes == 1
    stage.say(INGRID, "avlys møtet")
    card, payload = button(stage, INGRID, "Avlys møtet")
    stage.send_payload(INGRID, payload, card)
    assert words.WHY[WhyListed.STALE] in text(stage.send_payload(INGRID, payload, card))
    assert [(m.changes, m.cancelled) for m in planned(stage)] == [(2, True)]


def test_of_two_leaders_the_first_acts_and_the_other_sees_where_it_stands(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "flytt møtet til 10. desember")
    stage.say(TUVA, "flytt møtet til 11. desember")
    cards = {name: button(stage, name, "Lagre endringen") for name in (INGRID, TUVA)}
    for name in (TUVA, INGRID):
        card, payload = cards[name]
        heard = text(stage.send_payload(name, payload, card))
    assert words.WHY[WhyListed.STALE] in heard
    assert "Neste møte er fredag 11. desember" in heard
    assert planned(stage)[0].changes == 1


def test_an_old_form_of_a_meeting_that_was_changed_changes_nothing(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "møter")
    stage.press(INGRID, "Endre møtet")
    card, payload = button(stage, INGRID, "Gå videre")
    stage.say(TUVA, "flytt møtet til 11. desember")
    stage.press(TUVA, "Lagre endringen")
    heard = text(stage.send_payload(INGRID, {**payload, "meeting_when": "12. januar kl 9"}, card))
    assert words.WHY[WhyListed.STALE] in heard
    assert planned(stage)[0].starts.astimezone(OSLO).date() == date(2026, 12, 11)


@pytest.mark.parametrize("name", [KARI, OLA, "Camilla Rød", "Helene Vik"])
def test_only_who_leads_the_network_may_do_anything(stage: Stage, name: str) -> None:
    """Whatever is written or forged: heads, members, UH, and the leader of another network."""
    meeting = stored(stage)
    if name != OLA:
        said = (SENTENCE, "flytt møtet til fredag", "avlys møtet", "nytt møte")
        assert all("Bare lederen for nettverket" in text(stage.say(name, s)) for s in said)
    stage.say(INGRID, "møte fredag 11. desember kl 9")
    _, store = button(stage, INGRID, "Lagre møtet")
    of_it = {"round": store["round"], "meeting": meeting.id, "v": 0}
    forged = [
        store,
        {**store, "again": True},
        {**store, "meeting": meeting.id, "v": 0},
        {"verb": "edit_meeting", **of_it} | {"v": None},
        {"verb": "read_meeting", **of_it, "meeting_when": "fredag kl 9"},
        {"verb": "cancel_meeting", **of_it},
        {"verb": "cancel_meeting", **of_it, "sure": True},
        {"verb": "cancel_meeting", **of_it, "round": 999, "sure": True},
    ]
    for payload in forged:
        sent = {key: value for key, value in payload.items() if value is not None}
        assert "Bare lederen for nettverket" in text(stage.send_payload(name, sent, None))
    assert planned(stage) == [meeting]


def test_a_leader_of_another_network_plans_in_that(stage: Stage) -> None:
    stored(stage)
    stage.say(OLA, SENTENCE)
    stage.press(OLA, "Lagre møtet")
    assert len(planned(stage, "Fosen")) == 1
    heard = text(stage.say(OLA, "møter"))
    assert "Fosen" in heard
    assert "Møteplanen mangler" not in heard, "no plan asks for any there"


def test_who_leads_two_networks_chooses(stage: Stage) -> None:
    with stage.work() as uow:
        fosen = uow.register.network_by_name("Fosen")
        assert fosen is not None
        who = stage.people[INGRID]
        scope = Scope(kind=ScopeKind.NETWORK, id=fosen.id)
        uow.register.add_person_role(who.name, who.email, Role.LEADER, scope)
    for said in ("møter", "nytt møte"):
        assert "[Fosen]" in text(stage.say(INGRID, said))
    stage.press(INGRID, "Fosen")
    stage.press(INGRID, "Gå videre", {"Dag og tid": "3. desember kl 9"})
    stage.press(INGRID, "Lagre møtet")
    assert (len(planned(stage)), len(planned(stage, "Fosen"))) == (0, 1)
    stage.say(INGRID, "møte 4. desember kl 9 i Gauldal")
    stage.press(INGRID, "Lagre møtet")
    assert (len(planned(stage)), len(planned(stage, "Fosen"))) == (1, 1)


def test_a_sentence_that_may_mean_several_asks_which(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "møte om behov fredag 4. desember kl 9")
    stage.say(INGRID, "ja")
    assert words.WHY[WhyListed.SEVERAL] in text(stage.say(INGRID, "avlys møtet"))
    assert "fredag 4. desember" in text(stage.say(INGRID, "avlys møtet om behov"))
    assert words.WHY[WhyListed.UNKNOWN] in text(stage.say(INGRID, "avlys møtet 8. desember"))
    assert [m.cancelled for m in planned(stage)] == [False, False]


def test_the_chosen_one_of_several_is_changed(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "møte om behov fredag 4. desember kl 9")
    stage.say(INGRID, "ja")
    stage.say(INGRID, "møter")
    card, payload = button(stage, INGRID, "Avlys møtet")
    stage.send_payload(INGRID, {**payload, "chosen_meeting": "2"}, card)
    stage.press(INGRID, "Avlys møtet")
    assert [(m.title, m.cancelled) for m in planned(stage)] == [
        ("Nettverksmøte", False),
        ("Møte om behov", True),
    ]
    for chosen in ("", "99", "-1", "to", "9" * 40):
        heard = text(stage.send_payload(INGRID, {**payload, "chosen_meeting": chosen}, card))
        assert words.WHY[WhyListed.STALE] in heard


def test_what_waits_takes_more_until_it_is_stored(stage: Stage) -> None:
    stage.say(INGRID, "møte torsdag 3. desember")
    assert "kl. 10.00–12.00" in text(stage.say(INGRID, "kl 10"))
    assert "Hvor: Støren" in text(stage.say(INGRID, "på Støren"))
    assert "kl. 10.00–13.00" in text(stage.say(INGRID, "til kl 13"))
    for word in ("nei", "endre"):
        assert "[Gå videre]" in text(stage.say(INGRID, word))
    stage.say(INGRID, "kan vi ta fredag 4. desember")
    stage.say(INGRID, "ja")
    (meeting,) = planned(stage)
    assert (meeting.starts.astimezone(OSLO).day, meeting.place) == (4, "Støren")
    stage.say(INGRID, "ja")
    assert planned(stage) == [meeting]


def test_a_cancelling_is_confirmed_in_words_too(stage: Stage) -> None:
    stored(stage)
    stage.say(INGRID, "avlys møtet")
    assert "Neste møte er" in text(stage.say(INGRID, "nei"))
    stage.say(INGRID, "ja")
    assert [m.cancelled for m in planned(stage)] == [False]
    stage.say(INGRID, "avlys møtet")
    assert "Avlyst" in text(stage.say(INGRID, "ja"))
    assert [m.cancelled for m in planned(stage)] == [True]


def test_who_leads_no_more_stores_nothing_with_a_yes(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    with stage.work() as uow:
        found = uow.register.network_by_name("Gauldal")
        assert found is not None
        scope = Scope(kind=ScopeKind.NETWORK, id=found.id)
        uow.register.remove_person_role(stage.people[INGRID].id, Role.LEADER, scope)
        who = stage.people[INGRID]
        uow.register.add_person_role(who.name, who.email, Role.MEMBER, scope)
    assert "Bare lederen for nettverket" in text(stage.say(INGRID, "ja"))
    assert planned(stage) == []


def test_what_was_put_away_is_not_stored_by_a_yes(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    stage.press(INGRID, "Ikke lagre")
    stage.say(INGRID, "ja")
    assert planned(stage) == []


@pytest.mark.parametrize(
    "answer", ["Møte torsdag kl 9 med alle ansatte", "møter", "møte", "avlys møtet 3. desember"]
)
def test_an_answer_in_the_form_is_no_order_about_meetings(stage: Stage, answer: str) -> None:
    """Even from somebody who leads a network."""
    stage.say(KARI, "meld behov")
    for said in ("ja", "lek"):
        stage.say(KARI, said)
    assert "Bare lederen" not in text(stage.say(KARI, f"{answer} hver uke, for barna trenger det"))
    stage.say(KARI, answer)
    with stage.work() as uow:
        need = uow.needs.get(1)
    assert need is not None
    assert answer.casefold() in str(need.answers).casefold()


def test_what_no_card_of_ours_sends_is_refused(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    _, good = button(stage, INGRID, "Lagre møtet")
    read_payload(good)
    for wrong in (
        {"starts": "2026-12-03T09:00:00"},
        {"starts": "9999-12-31T23:59:59-14:00"},
        {"ends": "0001-01-01T00:00:00+14:00"},
        {"name": ""},
        {"name": "x" * 101},
        {"place": "x" * 401},
        {"v": -1},
        {"physical": "kanskje"},
    ):
        with pytest.raises(BadPayload):
            read_payload({**good, **wrong})


def test_a_meeting_that_ends_another_day_is_not_stored_whatever_the_card_says(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    card, payload = button(stage, INGRID, "Lagre møtet")
    later = {**payload, "ends": "2026-12-05T09:00:00Z"}
    heard = text(stage.send_payload(INGRID, later, card))
    assert meeting_form.PROBLEM[MeetingProblem.ENDS_FIRST] in heard
    assert planned(stage) == []


def test_a_long_or_hostile_form_is_answered(stage: Stage) -> None:
    stage.say(INGRID, "nytt møte")
    card, payload = button(stage, INGRID, "Gå videre")
    filled = {
        "meeting_when": "3. desember kl 9" + " " * 5 + "x" * 20_000,
        "meeting_title": "<b>*" * 3000,
        "meeting_end": "[x](https://evil.example)",
        "meeting_place": "y" * 20_000,
        "meeting_form": "noe annet",
    }
    heard = text(stage.send_payload(INGRID, {**payload, **filled}, card))
    assert meeting_form.PROBLEM[MeetingFault.TITLE] in heard
    assert planned(stage) == []


NOT_ASKED = "Jeg venter ikke på ja eller nei nå"


def test_another_order_closes_the_meeting_that_waits(stage: Stage) -> None:
    for order in ("hva sender du", "meldte behov", "hvem mangler", "hei", "beslutningsgrunnlag 5. februar"):
        stage.say(INGRID, SENTENCE)
        heard = text(stage.say(INGRID, order))
        assert "Ikke lagret." in heard, order
        assert "Stemmer det?" not in heard, order
    stage.say(INGRID, "avbryt")
    stage.say(INGRID, SENTENCE)
    stage.say(INGRID, "meldte behov")
    assert NOT_ASKED in text(stage.say(INGRID, "ja"))
    assert planned(stage) == []


def test_a_question_is_answered_and_the_meeting_still_waits(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    for question in ("når er fristen 15. desember", "når er fristen for behov?", "blablabla"):
        heard = text(stage.say(INGRID, question))
        assert "torsdag 3. desember kl. 09.00–11.00. Stemmer det?" in heard, question
    stage.say(INGRID, "ja")
    assert [m.starts.astimezone(OSLO).day for m in planned(stage)] == [3]
    stage.say(INGRID, "avlys møtet")
    assert "avlyses?" in text(stage.say(INGRID, "når er fristen for behov?"))
    stage.say(INGRID, "ja")
    assert planned(stage)[0].cancelled


@pytest.mark.parametrize("word", ["avbryt", "ikke lagre", "Ikke lagre.", "tilbake"])
def test_giving_up_says_that_nothing_is_changed(stage: Stage, word: str) -> None:
    for order in (SENTENCE, "nytt møte"):
        stage.say(INGRID, order)
        heard = text(stage.say(INGRID, word))
        assert "Ingenting er endret." in heard
        assert "Ingen møter er lagt inn framover." in heard
        assert "Svarene er lagret" not in heard
        assert "meld behov" not in heard
    assert NOT_ASKED in text(stage.say(INGRID, "ja"))
    assert planned(stage) == []


def test_giving_up_a_cancelling_leaves_the_meeting(stage: Stage) -> None:
    stored(stage)
    for word in ("avbryt", "la det stå"):
        stage.say(INGRID, "avlys møtet")
        assert "Ingenting er endret." in text(stage.say(INGRID, word))
    assert [m.cancelled for m in planned(stage)] == [False]


def test_a_yes_to_a_meeting_that_is_there_already_says_so(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    stage.say(TUVA, SENTENCE)
    stage.say(TUVA, "ja")
    heard = text(stage.say(INGRID, "ja"))
    assert "Det møtet er lagt inn fra før" in heard
    assert "Lagret." not in heard
    assert len(planned(stage)) == 1


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({"meeting_title": "Ring 91234567"}, "Navnet ser ut til å gjelde en enkeltperson"),
        ({"meeting_place": "Hos Ola, tlf. 91234567"}, "Stedet ser ut til å gjelde en enkeltperson"),
        ({"meeting_place": "https://eksempel.no/l/91234567"}, "Stemmer det?"),
        ({"meeting_when": "hver torsdag kl 9"}, "ett møte om gangen"),
    ],
)
def test_what_is_written_in_the_form_is_looked_at(stage: Stage, inputs: dict[str, str], says: str) -> None:
    stage.say(INGRID, "nytt møte")
    card, payload = button(stage, INGRID, "Gå videre")
    given = {**payload, "meeting_when": "torsdag 3. desember kl. 9", **inputs}
    assert says in text(stage.send_payload(INGRID, given, card))


def test_personal_data_are_not_stored_whatever_the_card_says(stage: Stage) -> None:
    stage.say(INGRID, SENTENCE)
    card, payload = button(stage, INGRID, "Lagre møtet")
    for part, says in ({"name": "Ring 91234567"}, "Navnet"), ({"place": "Ring 91234567"}, "Stedet"):
        heard = text(stage.send_payload(INGRID, {**payload, **part}, card))
        assert f"{says} ser ut til å gjelde en enkeltperson" in heard
    assert "Navnet ser ut" in text(stage.say(INGRID, "møte om Ring 91234567 torsdag 3. desember kl 9"))
    assert planned(stage) == []


@pytest.mark.parametrize(
    "said", ["møte hver torsdag kl 9", "nytt møte annenhver uke", "legg inn møte hver måned"]
)
def test_one_meeting_is_made_at_a_time(stage: Stage, said: str) -> None:
    heard = text(stage.say(INGRID, said))
    assert "Jeg legger inn ett møte om gangen" in heard
    stage.say(INGRID, "torsdag 3. desember kl 9")
    stage.say(INGRID, "ja")
    assert [m.title for m in planned(stage)] == ["Nettverksmøte"]


def test_a_late_meeting_ends_the_same_day(stage: Stage) -> None:
    heard = text(stage.say(INGRID, "møte 24. desember kl 22.30"))
    assert "kl. 22.30–23.59. Stemmer det?" in heard
    assert "Du sa ikke hvor lenge, så jeg har satt slutt kl. 23.59." in heard
    stage.say(INGRID, "ja")
    assert len(planned(stage)) == 1
