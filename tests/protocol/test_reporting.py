"""A head reports a need, or that there is none; the owner reads, approves, returns and sends to the network."""

from __future__ import annotations

from domain.needs.models import Status
from tests.protocol import need
from tests.protocol.need import SAVE
from tests.protocol.town import Town


def test_everybody_is_met_in_their_role(town: Town) -> None:
    assert town.person("Stine Kosberg").say("hei") == (
        "Hei, Stine!\n"
        "Jeg er Rekompis. Midtre Gauldal kommune bruker meg til å samle behov for kompetanseutvikling.\n"
        "Svar gjerne innen 17. november (om 5 dager).\n"
        "[Meld behov] [Ingen behov i år] [Still et spørsmål]"
    )
    assert "Du er eier for Rennebu kommune." in town.person("Olav Gunnes").say("hei")
    assert "Du leder nettverket Fosen. 0 av 8 eiere har sendt." in town.person("Ola Fossen").say("hei")
    authority = town.person("Lars Rise").say("hei")
    assert "hvem i Oppdal som har svart, også private. 0 av 5 har svart." in authority
    assert "Du er UH." in town.person("Marte Elden").say("hei")
    both = town.person("Anne Haugen").say("hei")
    assert "Beskriv behovet først, og send det så som eier." in both
    stranger = town.person("Frida Fremmed").say("hei")
    assert "Jeg finner deg ikke i lista. Skal jeg be lederen legge deg inn?" in stranger
    assert "[Be om å bli lagt inn]" in stranger


def test_the_greeting_comes_once_when_the_app_is_added(town: Town) -> None:
    assert town.person("Guri Stavne").install().count("Hei, Guri!") == 1


def test_a_stranger_is_let_in_by_the_leader(town: Town) -> None:
    leader, stranger = town.person("Ingrid Moen"), town.person("Nils Nykommer")
    leader.say("hei")
    stranger.say("når er fristen?")
    assert "Hvem er du?" in stranger.press("Be om å bli lagt inn")
    where = {"Navn eller organisasjonsnummer (barnehagen eller eieren)": "Viddekanten barnehager AS"}
    asked = stranger.press("Send til lederen", {"Jeg er": "eier", **where})
    assert "Ingrid Moen har fått spørsmålet" in asked
    assert "nils.nykommer@fremmed.example" in leader.hears("ber om å bli lagt inn")
    assert "Nils Nykommer er lagt inn" in leader.press("Legg inn")
    stranger.hears("Du er lagt inn som eier i Viddekanten barnehager AS")
    assert "Du er eier for Viddekanten barnehager AS" in stranger.say("hei")


def test_a_whole_need_by_cards(town: Town) -> None:
    head, owner = town.person("Silje Gravråk"), town.person("Per Aune")
    owner.say("hei")
    head.say("hei")
    assert "Eier ser ingenting før du sender." in head.press("Meld behov")
    for number, (title, inputs) in enumerate(need.CARDS, start=2):
        asked = head.press(title, inputs)
        assert f"Lagret. Spørsmål {number} av 10." in asked
        assert asked.startswith("~ "), "the card that was answered stays as it was"
    review = head.press(SAVE, {"Navn på behovet": "Lek på kort"})
    assert "Stemmer alt?" in review
    assert need.TODAY in review
    assert town.need_of("Silje Gravråk").status is Status.DRAFT
    changed = head.press("Endre det valgte", {"Hva vil du endre?": "Deltakere"})
    assert "Her kan du endre svaret." in changed
    assert "16" in head.press(SAVE, {"Omtrent hvor mange ansatte?": "16"})
    receipt = head.press("Send til Melhus kommune")
    stored = town.need_of("Silje Gravråk")
    assert "Sendt til Melhus kommune." in receipt
    assert f"Nummer: {stored.number}" in receipt
    assert stored.status is Status.SENT_TO_OWNER
    assert stored.answers == {**need.ANSWERS, "headcount": 16, "title": "Lek på kort"}
    assert "«Lek på kort»" in owner.hears("har meldt et behov: «Lek på kort»")


def test_a_whole_need_by_typing(town: Town) -> None:
    head = town.person("Marit Eidsmo")
    assert "Spørsmål 1 av 10." in head.say("meld behov")
    for answer in need.TYPED:
        assert "Lagret. Spørsmål" in head.say(answer)
    assert "Stemmer alt?" in head.say("Lek med ord")
    assert "Sendt til Melhus kommune." in head.say("ja")
    stored = town.need_of("Marit Eidsmo")
    assert stored.answers == {**need.ANSWERS, "title": "Lek med ord"}
    assert f"Lek med ord: sendt til eier ({stored.number})" in head.say("mine meldinger")


def test_no_need_takes_two_presses(town: Town) -> None:
    head, owner = town.person("Trude Losen"), town.person("Per Aune")
    owner.say("hei")
    head.say("hei")
    assert "ikke har behov i år?" in head.press("Ingen behov i år")
    assert town.needs_of("Trude Losen") == []
    assert "Da er dere ferdige for i år." in head.press("Ja, ingen behov i år")
    assert town.need_of("Trude Losen").status is Status.NO_NEED
    owner.hears("har svart: ingen behov i år.")
    assert "Spørsmål 1 av 10." in head.press("Angre, vi har et behov")
    assert town.need_of("Trude Losen").status is Status.DRAFT


def test_the_way_of_needs_through_the_owner_to_the_network(town: Town) -> None:
    owner, leader = town.person("Eli Dørrem"), town.person("Ingrid Moen")
    mona, berit = town.person("Mona Vognild"), town.person("Berit Donali")
    jon, solveig = town.person("Jon Horvli"), town.person("Solveig Mjøen")
    leader.say("hei")
    owner.say("hei")
    for head, title in ((mona, "Rom for lek"), (berit, "Ord hele dagen"), (jon, "Ute hele året")):
        assert "Sendt til Oppdal kommune." in need.report(head, title)
        owner.hears(f"har meldt et behov: «{title}»")

    waiting = owner.say("til behandling")
    assert "3 behov venter på deg" in waiting
    read = owner.press("Les", {"chosen": str(town.need_of("Jon Horvli").id)})
    assert need.BETTER in read
    assert "Hva vil du si til styrer?" in owner.press("Send tilbake")
    assert town.need_of("Jon Horvli").status is Status.SENT_TO_OWNER
    assert "er sendt tilbake til" in owner.say("Skriv gjerne hva barna skal merke om vinteren.")
    returned = jon.hears("vil gjerne ha litt mer")
    assert "Skriv gjerne hva barna skal merke om vinteren." in returned

    assert "Stemmer alt?" in jon.press("Fortsett")
    jon.say("endre mål")
    jon.press(SAVE, {"Dette skal barna merke": "Alle blir med ut, også når det er kaldt."})
    assert "Versjon: 2" in jon.say("send")
    again = owner.hears("på nytt meldt et behov: «Ute hele året»")
    assert "[Godkjenn]" in again
    assert "«Ute hele året» er godkjent." in owner.press("Godkjenn")
    jon.hears("Oppdal kommune har godkjent «Ute hele året».")

    owner.say("til behandling")
    assert "[Godkjenn alle 2]" in owner.newest.text
    ids = ",".join(str(town.need_of(n).id) for n in ("Mona Vognild", "Berit Donali"))
    assert "2 behov er godkjent." in owner.press("Godkjenn valgte", {"chosen": ids})
    mona.hears("Oppdal kommune har godkjent «Rom for lek».")
    berit.hears("Oppdal kommune har godkjent «Ord hele dagen».")

    assert "I hvilken rekkefølge" in owner.press("Send til nettverket")
    assert "planen deres" in owner.say("2, 3, 1")
    assert "drøftet" in owner.say("Det bygger på planen for 2025–2028, og ledelsen har vedtatt det i mars.")
    assert "Har du fullmakt" in owner.press("Ja")
    sent = owner.press("Ja, send til nettverket")
    assert "3 behov er sendt til nettverket." in sent
    assert "Kommer det flere, sender du et tillegg." in sent
    for head, title in ((mona, "Rom for lek"), (berit, "Ord hele dagen"), (jon, "Ute hele året")):
        head.hears(f"«{title}» er sendt til nettverket Gauldal.")
    assert "Oppdal kommune har sendt 3 behov." in leader.hears("Oppdal kommune har sendt")

    need.report(solveig, "Sang og samspill")
    owner.hears("har meldt et behov: «Sang og samspill»")
    assert "er godkjent" in owner.say("godkjenn alle")
    owner.say("send inn")
    supplement = owner.say("ja")
    assert "Tillegget er sendt." in supplement
    leader.hears("Oppdal kommune har sendt et tillegg: 1 behov.")
    solveig.hears("«Sang og samspill» er sendt til nettverket Gauldal.")
    assert {n.status for name in ("Mona Vognild", "Solveig Mjøen") for n in town.needs_of(name)} == {
        Status.REPORTED
    }


def test_who_is_head_and_owner_does_it_all_alone(town: Town) -> None:
    anne = town.person("Anne Haugen")
    assert "Nå handler du som eier." in need.report(anne, "Små hender")
    assert "«Små hender» er godkjent" in anne.press("Godkjenn som eier")
    anne.press("Send til nettverket")
    anne.say("Vi har en plan for tre år, og styret står bak den.")
    anne.say("vi har ingen")
    assert "1 behov er sendt til nettverket." in anne.say("ja")


def test_nothing_that_people_write_is_logged_or_handed_to_the_engine(town: Town) -> None:
    words = "Ekkohimmel over Forollhogna hver eneste tirsdag"
    head = town.person("Hanne Bollandsås")
    head.say("meld behov")
    head.say("ja")
    head.say("lek")
    assert "Lagret." in head.say(words)
    files = [town.bot.folder / "log", *town.bot.folder.glob("engine.db*")]
    assert len(files) > 1
    for file in files:
        assert words.encode() not in file.read_bytes()
        assert b"Bollands" not in file.read_bytes()
