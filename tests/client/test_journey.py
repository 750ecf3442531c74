"""A head in a real client: from the greeting to the receipt, with everything that can come in between."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.bot_process import BotProcess, at_the_desk
from tests.client.driver import TeamsClient
from tests.client.story import (
    BETTER,
    CHILDREN,
    DAILY_LIFE,
    INVOLVED,
    TITLE,
    become,
    inert,
    press,
)

pytestmark = pytest.mark.client

Desk = tuple[BotProcess, TeamsClient]

NEXT = "Lagre og gå videre"
STICKS_OUT = """card => [...card.querySelectorAll("*")].some(
    part => part.getBoundingClientRect().right > card.getBoundingClientRect().right + 1)"""


@pytest.fixture(scope="module")
def desk(client_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with at_the_desk(tmp_path_factory.mktemp("journey")) as running:
        running[1].open_personal()
        yield running


@pytest.fixture(scope="module")
def teams(desk: Desk) -> TeamsClient:
    return desk[1]


def too_wide_for_a_phone(teams: TeamsClient, picture: Path) -> list[str]:
    """The cards that do not fit. The client itself is not made for phones: only its cards are made narrow."""
    usual = teams.page.viewport_size
    teams.page.set_viewport_size({"width": 390, "height": 844})
    narrow = teams.page.add_style_tag(content=".ac-adaptiveCard {width: 290px !important}")
    teams.page.wait_for_timeout(300)
    cards = teams.page.locator(".ac-adaptiveCard").all()
    found = [card.inner_text() for card in cards if card.evaluate(STICKS_OUT)]
    teams.page.screenshot(path=str(picture))
    narrow.evaluate("style => style.remove()")
    teams.page.set_viewport_size(usual)
    return found


def test_the_chat_opens_with_one_welcome(teams: TeamsClient, shots: Path) -> None:
    teams.wait_for_text("Hei, Kari!")
    teams.settle(quiet=1)
    arrived = {exchange.name for exchange in teams.wire.exchanges if exchange.to_bot}
    assert arrived == {"installationUpdate", "conversationUpdate"}
    assert len(teams.messages()) == 1
    assert "Melhus kommune bruker meg til å samle behov" in teams.card_text()
    assert "Svar gjerne innen 17. november" in teams.card_text()
    assert teams.card_actions() == ["Meld behov", "Ingen behov i år", "Still et spørsmål"]
    teams.screenshot(shots / "head-welcome.png")


def test_hello_is_answered_with_where_one_stands(teams: TeamsClient) -> None:
    (answer,) = teams.send("hei")
    assert answer.text.startswith("Hei, Kari!\nJeg er Rekompis.")


def test_a_whole_report_with_cards_and_typed_answers(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Kari Nordli")
    press(teams, "Meld behov", "Ti korte spørsmål.")
    press(teams, "Ja, noe nytt", "Lagret. Spørsmål 2 av 10.")
    assert inert(teams, "Har dere et behov å melde i år?\nJa, noe nytt")
    teams.fill_card({"Tema (inntil tre)": ["Lek og vennskap", "Språk og kommunikasjon"]})
    teams.screenshot(shots / "head-themes.png")
    press(teams, NEXT, "Lagret. Spørsmål 3 av 10.")
    assert "Lagret. Spørsmål 4 av 10." in teams.send(DAILY_LIFE)[0].text
    assert inert(teams, f"Hva i hverdagen gjør at dere trenger dette?\n{DAILY_LIFE}")
    teams.fill_card({"Dette vil vi bli bedre til": BETTER, "Dette skal barna merke": CHILDREN})
    press(teams, NEXT, "Lagret. Spørsmål 5 av 10.")
    assert "Lagret. Spørsmål 6 av 10." in teams.send(INVOLVED)[0].text
    teams.fill_card({"Hvem skal delta?": "Hele personalet", "Omtrent hvor mange ansatte?": "14"})
    press(teams, NEXT, "Lagret. Spørsmål 7 av 10.")
    assert "Jeg noterte: høsten 2027 · 4 semestre (to år)" in teams.send("høsten 2027, to år")[0].text
    teams.fill_card({"Aktuelt for dette behovet": ["Nei"]})
    teams.screenshot(shots / "head-in-progress.png", height=1500)
    press(teams, NEXT, "Lagret. Spørsmål 9 av 10.")
    (summary,) = teams.send(TITLE)
    assert f"Stemmer alt?\n{TITLE}" in summary.text
    for answer in (DAILY_LIFE, BETTER, CHILDREN, "Lek og vennskap, Språk og kommunikasjon", "høsten 2027"):
        assert answer in summary.text
    teams.screenshot(shots / "head-summary.png", height=1500)
    assert too_wide_for_a_phone(teams, shots / "head-phone.png") == []

    teams.fill_card({"Hva vil du endre?": "Deltakere"})
    press(teams, "Endre det valgte", "Her kan du endre svaret.")
    filled = {item.label: item.value for item in teams.card_inputs()}
    assert filled == {"Hvem skal delta?": "Hele personalet", "Omtrent hvor mange ansatte?": "14"}
    teams.fill_card({"Omtrent hvor mange ansatte?": "16"})
    again = press(teams, NEXT, "Stemmer alt?")
    assert "Omtrent hvor mange ansatte\n16" in again.text

    receipt = press(teams, "Send til Melhus kommune", "Sendt til Melhus kommune.")
    assert re.search(r"Nummer\n2026-G\d{3}", receipt.text)
    assert inert(teams, f"Sendt til eier.\n{TITLE}")
    teams.screenshot(shots / "head-receipt.png")


def test_no_need_takes_two_presses_and_can_be_undone(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Marit Eidsmo")
    press(teams, "Ingen behov i år", "Skal jeg si til Melhus kommune at Tirilstien barnehage ikke har behov")
    receipt = press(teams, "Ja, ingen behov i år", "Takk! Da er dere ferdige for i år.")
    assert re.search(r"Nummer\n2026-G\d{3}", receipt.text)
    teams.screenshot(shots / "head-no-need.png")
    press(teams, "Angre, vi har et behov", "Spørsmål 1 av 10. Tirilstien barnehage")


def test_a_question_in_the_middle_is_answered_and_the_open_one_comes_again(
    teams: TeamsClient, shots: Path
) -> None:
    become(teams, "Silje Gravråk")
    press(teams, "Meld behov", "Spørsmål 1 av 10.")
    press(teams, "Ja, noe nytt", "Spørsmål 2 av 10.")
    answer, again = teams.send("hva gjør barnehageeier?")
    assert answer.text.startswith("Barnehageeier sørger for")
    assert "\nKilde: " in answer.text
    assert again.text.startswith("Spørsmål 2 av 10. Bekkefaret barnehage")
    teams.screenshot(shots / "head-question.png", height=1400)
    assert "Lagret. Spørsmål 3 av 10." in teams.send("overganger")[0].text


def test_what_is_not_known_is_said(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Geir Ølstad")
    (answer,) = teams.send("hvor mange studiepoeng gir samlingene?")
    assert answer.text.startswith("Det finner jeg ikke")
    assert "Kilde" not in answer.text
    own, deadline = teams.send("når er fristen for behovsmelding?")
    assert "17. november" in own.text
    assert "1. desember" in deadline.text
    assert "\nKilde: " in deadline.text
    teams.screenshot(shots / "head-answers.png")


def test_a_restart_in_the_middle_loses_nothing(desk: Desk) -> None:
    bot, teams = desk
    become(teams, "Trude Losen")
    press(teams, "Meld behov", "Spørsmål 1 av 10.")
    press(teams, "Ja, noe nytt", "Spørsmål 2 av 10.")
    assert "Spørsmål 3 av 10." in teams.send("lek")[0].text
    bot.kill()
    bot.start()
    (question,) = teams.send("fortsett")
    assert question.text.startswith("Spørsmål 3 av 10. Grankongla barnehage\nHva i hverdagen")
    teams.send("tilbake")
    assert [item.value for item in teams.card_inputs()] == [["Lek og vennskap"]]


def test_an_old_card_changes_nothing(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Tone Varmbu")
    press(teams, "Meld behov", "Spørsmål 1 av 10.")
    press(teams, "Ja, noe nytt", "Spørsmål 2 av 10.")
    before = open_cards(teams)
    teams.send("fortsett")
    assert inert(teams, "Se neste melding.")
    assert open_cards(teams) == before, "the question stands open in one card"
    teams.send("lek")
    teams.wait_for_text("Spørsmål 3 av 10.")
    teams.screenshot(shots / "head-old-card.png")
    teams.send("tilbake")
    assert [item.value for item in teams.card_inputs()] == [["Lek og vennskap"]]


def open_cards(teams: TeamsClient) -> int:
    """How many cards there is something to fill in on."""
    return len([index for index in range(teams.card_count) if teams.card_inputs(index)])
