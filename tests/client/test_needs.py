"""Needs in a real client: the whole card, sent back and changed, decided in the network, the staff, the leader asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.bot_process import at_the_desk
from tests.client.driver import TeamsClient
from tests.client.story import BETTER, CHILDREN, DAILY_LIFE, TITLE, become, card_with, press

pytestmark = pytest.mark.client

WHOLE = {
    "Behov i år": "Ja, noe nytt",
    "Tema (inntil tre)": ["Lek og vennskap", "Språk og kommunikasjon"],
    "Hverdagen i dag": DAILY_LIFE,
    "Dette vil vi bli bedre til": BETTER,
    "Dette skal barna merke": CHILDREN,
    "Hvem var med?": ["Hele personalet"],
    "Hvordan var de med?": "Tema på to personalmøter.",
    "Hvem skal delta?": "Hele personalet",
    "Omtrent hvor mange ansatte?": "14",
    "Start (for eksempel høsten 2027)": "neste høst",
    "Varighet (for eksempel to år)": "to år",
    "Aktuelt for dette behovet": ["Nei"],
    "Navn på behovet": TITLE,
}
QUESTION = "Får vi dekket drosje til samlingene?"
ANSWER = "Nei, men dere kan føre bompenger og egen bil."


@pytest.fixture(scope="module")
def teams(client_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsClient]:
    with at_the_desk(tmp_path_factory.mktemp("needs")) as (_, client):
        client.open_personal()
        yield client


def test_everything_on_one_card(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Kari Nordli")
    (form,) = teams.send("hele skjemaet")
    assert "Svar i den rekkefølgen du vil." in form.text
    teams.screenshot(shots / "whole-form.png", height=2600)
    teams.fill_card({**WHOLE, "Omtrent hvor mange ansatte?": "mange"})
    noted = press(teams, "Lagre", "1 svar må ses på.")
    assert "høsten 2027" in noted.text
    teams.screenshot(shots / "whole-form-problem.png", height=2600)
    teams.fill_card({"Omtrent hvor mange ansatte?": "14"})
    press(teams, "Send til Melhus kommune", "Sendt til Melhus kommune.")
    teams.screenshot(shots / "whole-form-receipt.png")


def test_sent_back_changed_and_approved(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Per Aune")
    told = card_with(teams, f"har meldt et behov: «{TITLE}»")
    press(teams, "Les", "Skrevet av Kari Nordli.", card=told)
    press(teams, "Send tilbake", "Hva vil du si til styrer?")
    teams.fill_card({"Kommentar til styrer": "Hva skal barna merke ute?"})
    teams.screenshot(shots / "return.png", height=1300)
    teams.fill_card({"return_steps": ["Mål"]})
    press(teams, "Send tilbake", "er sendt tilbake til Solbakken barnehage")

    become(teams, "Kari Nordli")
    returned = card_with(teams, "Hva skal barna merke ute?")
    press(teams, "Fortsett", "Hva vil dere bli bedre til, og hva skal barna merke?", card=returned)
    teams.screenshot(shots / "returned.png", height=1300)
    teams.fill_card({"Dette skal barna merke": f"{CHILDREN} Også ute."})
    press(teams, "Lagre og gå videre", "Stemmer alt?")
    press(teams, "Send til Melhus kommune", "Versjon\n2")

    become(teams, "Per Aune")
    again = card_with(teams, "Til Per Aune:")
    press(teams, "Les", "Endret siden sist", card=again)
    teams.screenshot(shots / "changes.png", height=1700)
    press(teams, "Godkjenn", f"«{TITLE}» er godkjent.")
    press(teams, "Send til nettverket", "Spørsmål 1 av 3. Melhus kommune")
    teams.send("Behovet følger av kompetanseplanen, og ledergruppa har drøftet det.")
    press(teams, "Ja", "Har du fullmakt til å sende på vegne av eier?")
    press(teams, "Ja, send til nettverket", "1 behov er sendt til nettverket.")


def test_the_network_decides(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Ingrid Moen")
    (listed,) = teams.send("meldte behov")
    assert TITLE in listed.text
    press(teams, "Les", "Du leser alt som er meldt til nettverket.")
    teams.fill_card({"Hva skal skje?": "Ta til vurdering"})
    press(teams, "Gå videre", f"«{TITLE}» er tatt til vurdering.")
    teams.send("meldte behov")
    press(teams, "Les", "Sist gjort")
    teams.fill_card(
        {
            "Hva skal skje?": "Prioriter",
            "Begrunnelse (følger med til dem som får beskjed)": "Flere barnehager har samme behov.",
            "Dag for møtet, innsendingen eller brevet": "i går",
        }
    )
    teams.screenshot(shots / "deciding.png", height=1700)
    press(teams, "Gå videre", "onsdag 11. november 2026")
    press(teams, "Registrer", f"Nettverket Gauldal har prioritert «{TITLE}».")
    teams.screenshot(shots / "decided.png", height=1300)


def test_the_staff_answer_in_their_own_chat(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Kari Nordli")
    teams.open_group()
    (asked,) = teams.send("spør personalet")
    assert "Hva trenger vi å bli bedre på?" in asked.text
    teams.fill_card({"Temaer": ["Lek og vennskap"], "Med egne ord (valgfritt)": "Mer lek ute."})
    assert teams.click("Svar")
    teams.until("the card says that one has answered", lambda: "Takk! Én har svart" in teams.card_text())
    teams.screenshot(shots / "staff.png", height=1500)
    teams.open_personal()
    (answers,) = teams.send("svar fra personalet")
    assert "1 svar fra personalet" in answers.text
    assert "Mer lek ute." not in answers.text


def test_a_question_goes_to_the_leader_and_comes_back(teams: TeamsClient, shots: Path) -> None:
    (declined,) = teams.send(QUESTION)
    assert "Det finner jeg ikke" in declined.text
    press(teams, "Spør lederen", "Ingrid Moen har fått spørsmålet. Svaret kommer her.")
    teams.wait_for_text("Kari Nordli (styrer) spør:")
    asked = card_with(teams, QUESTION)
    assert teams.card_text(asked).startswith("Til Ingrid Moen:\n")
    become(teams, "Ingrid Moen")
    teams.fill_card({"Svaret ditt": ANSWER}, card=asked)
    press(teams, "Send svaret", ANSWER, card=asked)
    told = teams.wait_for_text("Til Kari Nordli:")
    teams.screenshot(shots / "inquiry-answered.png", height=1300)
    assert ANSWER in told.text
