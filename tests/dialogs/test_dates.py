"""A round's dates in the chat: old cards, two presses, odd input, several networks, and what each role sees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.register.models import Role, Scope, ScopeKind
from domain.rounds.confirming import MOST_OWN_DATES, days_of
from domain.rounds.meeting_people import Told
from domain.rounds.models import Audience, DeadlineKind, OwnDate, Round
from messages.networks.dates import who_knew
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, oslo, shown

INGRID, TUVA, OLA, PER, KARI = "Ingrid Moen", "Tuva Sørgård", "Ola Fossen", "Per Aune", "Kari Nordli"
NEEDS = "Behov fra eier til nettverket"
BASIS = "Beslutningsgrunnlag fra nettverket til samarbeidsforum"
HOSTILE = ("", " ", "x", "0", "99", "-1", "1,2", "9" * 40, "<b>", "'; drop table", "😀")
VERBS: tuple[dict[str, Any], ...] = (
    {"verb": "confirm_dates", "seen": {}},
    {"verb": "confirm_chosen", "seen": {}, "dates_chosen": "needs"},
    {"verb": "edit_dates"},
    {"verb": "read_dates", "seen": {}, "date_needs": "4. desember"},
    {"verb": "store_dates", "seen": {}, "days": {"needs": "2026-12-04"}},
    {"verb": "own_date_form"},
    {"verb": "read_own_date", "own_title": "Fagdag", "own_day": "9. februar", "own_audience": "heads"},
    {"verb": "store_own_date", "name": "Fagdag", "day": "2027-02-09", "audience": "heads"},
    {"verb": "remove_own_date", "own_date": "1"},
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage in November, on which nothing is confirmed in Gauldal."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    with made.work() as uow:
        current = of_network(made, uow.rounds.all_current(made.now.date()))
        unsure = tuple(d.model_copy(update={"confirmed": False}) for d in current.deadlines)
        uow.rounds.save(current.model_copy(update={"deadlines": unsure}))
    yield made
    made.close()


def of_network(stage: Stage, rounds: list[Round]) -> Round:
    """Gauldal's."""
    return next(r for r in rounds if any(d.kind is DeadlineKind.REPORTING_UNITS for d in r.deadlines))


def current(stage: Stage) -> Round:
    """The round as it is stored."""
    with stage.work() as uow:
        return of_network(stage, uow.rounds.all_current(stage.now.date()))


def said(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def test_one_press_confirms_all_and_a_second_does_nothing(stage: Stage) -> None:
    """Each date once in the trace."""
    stage.say(INGRID, "bekreft frister")
    card, payload = find_button(stage.chat(INGRID).messages, "Bekreft alle", {})
    assert "er bekreftet. Nå minner jeg om dem" in said(stage.send_payload(INGRID, payload, card.id))
    assert "allerede gjort" in said(stage.send_payload(INGRID, payload, card.id))
    assert current(stage).confirmed
    with stage.work() as uow:
        assert len(uow.audit.of("deadline", current(stage).id)) == 6


def test_an_old_card_changes_nothing(stage: Stage) -> None:
    """Tuva moves a date between what Ingrid sees and what she presses, on each of her cards."""
    stage.say(INGRID, "bekreft frister")
    confirm = find_button(stage.chat(INGRID).messages, "Bekreft alle", {})
    stage.say(INGRID, "endre frister")
    read = find_button(stage.chat(INGRID).messages, "Gå videre", {NEEDS: "8. desember"})
    stage.say(INGRID, "beslutningsgrunnlag 5. februar")
    store = find_button(stage.chat(INGRID).messages, "Lagre", {})
    stage.say(TUVA, "endre fristen for behov til 4. desember")
    stage.say(TUVA, "ja")
    after = current(stage)
    assert days_of(after)[DeadlineKind.NEEDS] == date(2026, 12, 4)
    for card, payload in (confirm, read, store):
        answered = said(stage.send_payload(INGRID, payload, card.id))
        assert "Datoene er endret siden" in answered
        assert "fredag 4. desember 2026" in answered
    assert current(stage) == after


def test_two_presses_move_once(stage: Stage) -> None:
    """The second one finds it done, and nobody is told twice."""
    stage.say(INGRID, "endre fristen for behov til 4. desember")
    card, payload = find_button(stage.chat(INGRID).messages, "Lagre", {})
    assert "er nå fredag 4. desember" in said(stage.send_payload(INGRID, payload, card.id))
    assert "allerede gjort" in said(stage.send_payload(INGRID, payload, card.id))
    with stage.work() as uow:
        assert len(uow.audit.of("deadline", current(stage).id)) == 1


def test_a_round_that_is_over(stage: Stage) -> None:
    """A card from last year shows the dates of this one."""
    stage.say(INGRID, "bekreft frister")
    card, payload = find_button(stage.chat(INGRID).messages, "Bekreft alle", {})
    before = current(stage)
    stage.now = oslo("2027-08-17 09:00")
    assert "Nettverket har ingen åpen runde" in said(stage.send_payload(INGRID, payload, card.id))
    with stage.work() as uow:
        assert uow.rounds.get(before.id) == before


@pytest.mark.parametrize("name", [KARI, PER, OLA, "Helene Vik", "Bodil Strøm"])
def test_nobody_else_acts(stage: Stage, name: str) -> None:
    """Whatever a card claims to be."""
    before = current(stage)
    stage.say(name, "hei")
    for payload in VERBS:
        answered = said(stage.send_payload(name, {"round": before.id, **payload}, None))
        assert "ikke tilgang" in answered, payload
    assert current(stage) == before


def test_rounds_that_are_not_there(stage: Stage) -> None:
    """Said kindly, not with an error."""
    stage.say(INGRID, "hei")
    for payload in VERBS:
        assert "ikke tilgang" in said(stage.send_payload(INGRID, {"round": 4711, **payload}, None))


def test_odd_values(stage: Stage) -> None:
    """Nothing happens but a sentence."""
    round_ = current(stage)
    seen = {d.kind.value: d.day.isoformat() for d in round_.deadlines}
    stage.say(INGRID, "hei")
    for odd in HOSTILE:
        chosen = {"verb": "confirm_chosen", "round": round_.id, "seen": seen, "dates_chosen": odd}
        assert "Kryss av" in said(stage.send_payload(INGRID, chosen, None)), odd
        day = {"verb": "read_dates", "round": round_.id, "seen": seen, "date_needs": odd}
        assert "må rettes" in said(stage.send_payload(INGRID, day, None)), odd
        own = {"verb": "remove_own_date", "round": round_.id, "own_date": odd}
        answered = said(stage.send_payload(INGRID, own, None))
        assert "Velg datoen" in answered or "allerede fjernet" in answered, odd
    bad = {"verb": "store_dates", "round": round_.id, "seen": seen, "days": {"tøys": "2026-12-04"}}
    assert "kan jeg ikke bruke" in said(stage.send_payload(INGRID, bad, None))
    assert current(stage) == round_


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({}, "Skriv hva datoen gjelder"),
        ({"own_title": "😀"}, "Skriv hva datoen gjelder"),
        ({"own_title": "a" * 90}, "Navnet er for langt"),
        ({"own_title": "Samtale med Ola 12345678901"}, "Velg hvem"),
        ({"own_title": "Ring 91234567"}, "uten personopplysninger"),
        ({"own_title": "Fagdag", "own_audience": "heads"}, "Skriv en dato"),
        ({"own_title": "Fagdag", "own_day": "9. februar"}, "Velg hvem"),
        ({"own_title": "Fagdag", "own_day": "9. oktober", "own_audience": "heads"}, "har vært"),
        ({"own_title": "Fagdag", "own_day": "9. oktober 2030", "own_audience": "heads"}, "utenfor runden"),
        ({"own_title": "fagdag", "own_day": "17. mai", "own_audience": "heads"}, "«Fagdag» mandag 17. mai"),
    ],
)
def test_what_a_date_of_ones_own_needs(stage: Stage, inputs: dict[str, str], says: str) -> None:
    """In one sentence; what was filled in is kept."""
    stage.say(INGRID, "hei")
    payload = {"verb": "read_own_date", "round": current(stage).id, **inputs}
    assert says in said(stage.send_payload(INGRID, payload, None))
    assert current(stage).own_dates == ()


def test_a_card_cannot_set_what_the_form_would_not(stage: Stage) -> None:
    """Day and name are looked at once more when they are stored; pressed twice, it is set once."""
    round_ = current(stage)
    store = {"verb": "store_own_date", "round": round_.id, "name": "Fagdag", "audience": "heads"}
    stage.say(INGRID, "hei")
    assert "har vært" in said(stage.send_payload(INGRID, {**store, "day": "2026-10-09"}, None))
    assert "utenfor" in said(stage.send_payload(INGRID, {**store, "day": "2030-10-09"}, None))
    personal = {**store, "day": "2027-02-09", "name": "Ring 91234567"}
    assert "personopplysninger" in said(stage.send_payload(INGRID, personal, None))
    for _ in range(2):
        assert "er lagt til" in said(stage.send_payload(INGRID, {**store, "day": "2027-02-09"}, None))
    assert [d.title for d in current(stage).own_dates] == ["Fagdag"]


def test_no_room_for_more(stage: Stage) -> None:
    """Remove one first."""
    round_ = current(stage)
    full = tuple(
        OwnDate(id=n, title=f"Dato {n}", day=date(2027, 2, 9), audience=Audience.HEADS)
        for n in range(1, MOST_OWN_DATES + 1)
    )
    with stage.work() as uow:
        uow.rounds.save(round_.model_copy(update={"own_dates": full, "last_id": MOST_OWN_DATES}))
    stage.say(INGRID, "egen dato: fagdag 10. februar for styrere")
    assert "Fjern en først" in said(stage.say(INGRID, "ja"))
    stage.say(INGRID, "egne datoer")
    assert "«Dato 1» tirsdag 9. februar er fjernet" in said(
        stage.press(INGRID, "Fjern den jeg har valgt", {"own_date": "1"})
    )


def test_something_else_than_an_answer_is_taken_as_it_is(stage: Stage) -> None:
    """A question and another order while a date waits for a yes."""
    stage.say(INGRID, "endre fristen for behov til 4. desember")
    asked = said(stage.say(INGRID, "når er fristen for behov?"))
    assert "tirsdag 1. desember 2026, om 21 dager" in asked
    assert "Skal fristen for behov være fredag 4. desember 2026?" in asked
    stage.say(INGRID, "endre fristen for behov til 4. desember")
    assert "beslutningsgrunnlaget være fredag 5. februar" in said(
        stage.say(INGRID, "beslutningsgrunnlag 5. februar")
    )
    assert "er nå fredag 5. februar" in said(stage.say(INGRID, "ja"))
    stage.say(INGRID, "egen dato: fagdag 9. februar for styrere")
    assert "onsdag 10. februar" in said(stage.say(INGRID, "10. februar"))
    assert "Fagdag" in said(stage.say(INGRID, "nei"))
    stage.say(INGRID, "egen dato: fagdag 9. februar for styrere")
    assert "Stemmer fristene" in said(stage.say(INGRID, "avbryt"))
    assert days_of(current(stage))[DeadlineKind.NEEDS] == date(2026, 12, 1)
    assert current(stage).own_dates == ()


def test_sentences_of_others_are_answered_as_before(stage: Stage) -> None:
    """What names a date is an order only from a leader, or when it cannot be anything else."""
    assert "Bare lederen" in said(stage.say(PER, "flytt fristen for beslutningsgrunnlaget til 5. februar"))
    assert "Bare lederen" not in said(stage.say(KARI, "behov for mer kompetanse"))
    assert "Skal fristen" not in said(stage.say(INGRID, "behov for mer kompetanse"))
    assert "Svarfristen" in said(stage.say(PER, "endre fristen"))
    assert "Hvilke datoer" in said(stage.say(INGRID, "rapportering 1. juni"))
    assert "Hvilke datoer" in said(stage.say(INGRID, "endre fristen for tullball"))


def test_a_leader_of_two_networks_says_which(stage: Stage) -> None:
    """By button, or by name."""
    with stage.work() as uow:
        fosen = uow.register.network_by_name("Fosen")
        assert fosen is not None
        scope = Scope(kind=ScopeKind.NETWORK, id=fosen.id)
        uow.register.add_person_role(INGRID, stage.people[INGRID].email, Role.LEADER, scope)
    assert "Fosen" in said(stage.say(INGRID, "bekreft frister"))
    assert "Alle fristene i Fosen" in said(stage.press(INGRID, "Fosen"))
    assert "Stemmer fristene i Gauldal" in said(stage.say(INGRID, "bekreft frister i Gauldal"))
    assert "hvilket nettverk" in said(stage.say(INGRID, "egne datoer")).lower()
    assert "ingen egne datoer" in said(stage.press(INGRID, "Fosen"))
    both = said(stage.say(INGRID, "frister"))
    assert "Fosen: tirsdag 1. desember 2026" in both
    assert "Alle frister i Gauldal" in both


def test_the_heads_own_date_is_the_owners_choice(stage: Stage) -> None:
    """And comes first."""
    stage.say(PER, "svarfrist 12. november")
    stage.press(PER, "Ja, endre svarfristen")
    listed = said(stage.say(KARI, "frister"))
    assert listed.index("torsdag 12. november 2026") < listed.index("tirsdag 1. desember 2026")


def test_the_channels_network(stage: Stage) -> None:
    """In a channel, whoever asks; nothing of the leader's is there."""
    stage.say(INGRID, "koble gauldal", "gauldal")
    listed = said(stage.say(OLA, "frister", "gauldal"))
    assert "Frister i Gauldal" in listed
    assert "trolig, to kilder er enige" in listed.lower()
    assert "Bekreft" not in said(stage.say(INGRID, "frister", "gauldal"))


MOVE, OWN = "endre fristen for behov til 4. desember", "egen dato: fagdag 9. februar for styrere"
ASKED = {MOVE: "Skal fristen for behov være fredag 4. desember 2026?", OWN: "Skal jeg legge til «Fagdag»"}
NOT_ASKED = "Jeg venter ikke på ja eller nei nå"


def untouched(stage: Stage) -> bool:
    """Whether no date is moved or added."""
    now = current(stage)
    return days_of(now)[DeadlineKind.NEEDS] == date(2026, 12, 1) and now.own_dates == ()


OTHER_ORDERS = {
    "møte torsdag 3. desember kl 9 på Teams": "torsdag 3. desember kl. 09.00–11.00. Stemmer det?",
    "flytt møtet til 10. desember": "Det møtet finner jeg ikke",
    "avlys møtet 3. desember": "Det møtet finner jeg ikke",
    "beslutningsgrunnlag 5. februar": "beslutningsgrunnlaget være fredag 5. februar",
    "hvem mangler": "Disse mangler",
    "hei": "Hei, Ingrid!",
    "hva sender du": "Dette sender jeg i Gauldal",
}


@pytest.mark.parametrize("order", [MOVE, OWN])
def test_another_order_goes_first_and_closes_what_waits(stage: Stage, order: str) -> None:
    """Also one that names a day: it is never the new day of the date."""
    for text, says in OTHER_ORDERS.items():
        stage.say(INGRID, order)
        heard = said(stage.say(INGRID, text))
        assert says in heard, text
        assert "Ikke lagret." in heard, text
        assert ASKED[order] not in heard, text
    assert NOT_ASKED in said(stage.say(INGRID, "ja"))
    assert untouched(stage)


@pytest.mark.parametrize("order", [MOVE, OWN])
def test_a_question_is_answered_and_the_date_still_waits(stage: Stage, order: str) -> None:
    """Shown again as it was; a yes then means it."""
    stage.say(INGRID, order)
    assert "[Gå videre]" in said(stage.say(INGRID, "endre"))
    stage.say(INGRID, order)
    for text in ("når er fristen 15. desember", "når er fristen for behov?", "blablabla", "😀"):
        assert ASKED[order] in said(stage.say(INGRID, text)), text
    assert untouched(stage)
    stage.say(INGRID, "ja")
    assert not untouched(stage)


@pytest.mark.parametrize("order", [MOVE, OWN])
def test_nothing_but_a_day_is_the_new_day(stage: Stage, order: str) -> None:
    """Politely or not."""
    stage.say(INGRID, order)
    for day in (8, 9, 10):
        text = ("{}. desember", "nei, heller {}. desember takk", "kan du ta {}. desember i stedet")[day - 8]
        assert f" {day}. desember 2026?" in said(stage.say(INGRID, text.format(day)))


@pytest.mark.parametrize("order", [MOVE, OWN])
def test_pressing_something_else_closes_what_waits(stage: Stage, order: str) -> None:
    """Its own card can still be used."""
    stage.say(INGRID, "bekreft frister")
    card, payload = find_button(stage.chat(INGRID).messages, "Møter", {})
    stage.say(INGRID, order)
    stage.send_payload(INGRID, payload, card.id)
    assert NOT_ASKED in said(stage.say(INGRID, "ja"))
    assert untouched(stage)
    stage.press(INGRID, "Lagre" if order is MOVE else "Legg til")
    assert not untouched(stage)


@pytest.mark.parametrize("order", [MOVE, OWN, "endre frister"])
def test_giving_up_says_that_nothing_is_changed(stage: Stage, order: str) -> None:
    """To who leads; nothing of answers that are stored, or of needs."""
    stage.say(INGRID, order)
    heard = said(stage.say(INGRID, "avbryt"))
    assert "Ingenting er endret." in heard
    assert "Svarene er lagret" not in heard
    assert "meld behov" not in heard
    assert NOT_ASKED in said(stage.say(INGRID, "ja")) or order != "endre frister"
    assert untouched(stage)


def test_a_yes_to_nothing_repeats_no_answer(stage: Stage) -> None:
    """Whatever was asked just before."""
    stage.say(INGRID, "når er fristen for behov?")
    heard = said(stage.say(INGRID, "ja"))
    assert NOT_ASKED in heard
    assert "tirsdag 1. desember 2026, om 21 dager" not in heard


def test_that_the_rest_is_confirmed_is_said(stage: Stage) -> None:
    """Five others."""
    stage.say(INGRID, MOVE)
    assert "De fem andre datoene er også bekreftet." in said(stage.press(INGRID, "Lagre og bekreft resten"))
    assert current(stage).confirmed


def test_people_and_channels_are_told_apart() -> None:
    """A channel is not a person."""
    people, channel = frozenset({1, 2}), frozenset({1})
    assert who_knew(Told(people), 1) == "To hadde fått den gamle datoen"
    assert who_knew(Told(people, channel), 1) == "To personer og kanalen hadde fått den gamle datoen"
    assert who_knew(Told(frozenset({1}), people), 2).startswith("Én person og to kanaler hadde fått en av")
    assert who_knew(Told(bindings=channel), 1) == "Kanalen hadde fått den gamle datoen"


def test_who_leads_is_not_told_to_ask_the_leader(stage: Stage) -> None:
    """When no round is on."""
    stage.say(INGRID, "hei")
    stage.say(KARI, "hei")
    stage.now = oslo("2027-08-17 09:00")
    for asked in ("frister", "bekreft frister", "møter", "nytt møte", "møte torsdag kl 9", "årshjul"):
        heard = said(stage.say(INGRID, asked))
        assert "En ny runde begynner 1. august" in heard, asked
        assert "Lederen for nettverket kan si" not in heard
    assert "Lederen for nettverket kan si" in said(stage.say(KARI, "frister"))


def test_when_every_date_is_past_there_is_nothing_for_the_calendar(stage: Stage) -> None:
    """The wheel does not offer it."""
    stage.say(INGRID, "hei")
    assert "Legg i kalenderen" in said(stage.say(INGRID, "årshjul"))
    stage.now = oslo("2027-07-20 09:00")
    assert "Legg i kalenderen" not in said(stage.say(INGRID, "årshjul"))


def test_ticking_none_for_the_calendar_is_said(stage: Stage) -> None:
    """And the same card is shown; one that is ticked is given."""
    stage.say(INGRID, "kalender")
    heard = said(stage.press(INGRID, "Bare de jeg har krysset av"))
    assert "Kryss av for minst én." in heard
    assert "Bare de jeg har krysset av" in heard
    entries = find_button(stage.chat(INGRID).messages, "Bare de jeg har krysset av", {})
    one = {**entries[1], "calendar_entries": "1"}
    assert "Kryss av for minst én." not in said(stage.send_payload(INGRID, one, entries[0].id))
