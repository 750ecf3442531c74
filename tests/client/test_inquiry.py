"""A question that the description cannot answer, from a head to the leader and back, in a real client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.bot_process import at_the_desk
from tests.client.driver import TeamsClient
from tests.client.story import become, card_with, press

pytestmark = pytest.mark.client

QUESTION = "Får vi dekket drosje til samlingene?"
ANSWER = "Nei, men dere kan føre bompenger og egen bil."


@pytest.fixture(scope="module")
def teams(client_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsClient]:
    with at_the_desk(tmp_path_factory.mktemp("inquiry")) as (_, client):
        client.open_personal()
        yield client


def test_a_question_goes_to_the_leader_and_comes_back(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Kari Nordli")
    (declined,) = teams.send(QUESTION)
    assert "Det finner jeg ikke" in declined.text
    press(teams, "Spør lederen", "Ingrid Moen har fått spørsmålet. Svaret kommer her.")
    teams.wait_for_text("Kari Nordli (styrer) spør:")
    asked = card_with(teams, QUESTION)
    assert teams.card_text(asked).startswith("Til Ingrid Moen:\n")
    teams.screenshot(shots / "inquiry-asked.png")

    become(teams, "Ingrid Moen")
    teams.fill_card({"Svaret ditt": ANSWER}, card=asked)
    press(teams, "Send svaret", ANSWER, card=asked)
    told = teams.wait_for_text("Til Kari Nordli:")
    teams.screenshot(shots / "inquiry-answered.png", height=1300)
    assert ANSWER in told.text
