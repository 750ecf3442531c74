"""Local mode's persona switch: one account acts as several people, in one chat."""

from __future__ import annotations

from domain.needs.models import Status
from tests.protocol import need
from tests.protocol.town import Town

MARK = "Til Per Aune:"


def test_one_account_is_head_and_owner_in_turn(town: Town) -> None:
    me = town.person("Petra Prøve")
    assert "Skriv «demo» for å prøve" in me.say("hei")
    people = me.say("demo")
    assert "Hvem vil du være?" in people
    assert "[Bli denne personen]" in people
    kari = {"person": str(town.person_id("Kari Nordli"))}
    assert "Nå er du Kari Nordli" in me.press("Bli denne personen", kari)
    assert "Sendt til Melhus kommune." in need.report(me, "Byggelek")
    assert town.need_of("Kari Nordli").status is Status.SENT_TO_OWNER

    notice = me.hears("har meldt et behov: «Byggelek»")
    assert notice.startswith(MARK), "who reads along must know whom it is for"
    refused = me.press("Godkjenn")
    assert "Det har du ikke tilgang til." in refused
    assert town.need_of("Kari Nordli").status is Status.SENT_TO_OWNER

    greeting = me.say("demo per aune")
    assert "Nå er du Per Aune" in greeting
    assert "Du er eier for Melhus kommune." in greeting
    assert "«Byggelek» er godkjent." in me.press("Godkjenn")
    approved = me.hears("Melhus kommune har godkjent «Byggelek».")
    assert approved.startswith("Til Kari Nordli:")

    me.say("demo Marit Eidsmo")
    me.press("Ingen behov i år")
    me.press("Ja, ingen behov i år")
    assert me.hears("har svart: ingen behov i år.").startswith(MARK)


def test_what_comes_to_whom_one_acts_as_is_unmarked(town: Town) -> None:
    me, head = town.person("Pål Prøve"), town.person("Astrid Grønli")
    me.say("demo Knut Langland")
    need.report(head, "Turglede")
    notice = me.hears("har meldt et behov: «Turglede»")
    assert not notice.startswith("Til ")
    assert "Turglede" in me.say("til behandling")


def test_each_person_has_a_conversation_of_their_own(town: Town) -> None:
    me = town.person("Pia Prøve")
    me.say("demo Mona Vognild")
    me.say("meld behov")
    me.say("ja")
    me.say("demo Berit Donali")
    assert "Spørsmål 1 av 10." in me.say("meld behov")
    me.say("demo Mona Vognild")
    assert "Spørsmål 2 av 10." in me.say("fortsett")
    assert "Lagret. Spørsmål 3 av 10." in me.say("lek")
    assert town.need_of("Berit Donali").answers == {}


def test_one_is_oneself_again(town: Town) -> None:
    me = town.person("Paul Prøve")
    me.say("demo Eli Dørrem")
    assert "Nå er du deg selv igjen." in me.say("demo av")
    assert "Jeg finner deg ikke i lista." in me.say("hei")
    assert "Jeg finner ingen som heter «xyzzy»." in me.say("demo xyzzy")
