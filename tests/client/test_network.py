"""An owner, and the network's leader with her channel, in a real client."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.bot_process import at_the_desk
from tests.client.driver import TeamsClient
from tests.client.story import DAILY_LIFE, TITLE, become, card_with, inert, press, type_a_report

pytestmark = pytest.mark.client

PLAN = "Behovet følger av kompetanseplanen vår for 2026–2029, og er drøftet i ledergruppa."


@pytest.fixture(scope="module")
def teams(client_tools: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TeamsClient]:
    with at_the_desk(tmp_path_factory.mktemp("network")) as (_, client):
        client.open_personal()
        yield client


def test_an_owner_is_told_reads_approves_and_sends(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Kari Nordli")
    assert "Stemmer alt?" in type_a_report(teams).text
    press(teams, "Send til Melhus kommune", "Sendt til Melhus kommune.")
    notice = teams.wait_for_text(f"Solbakken barnehage har meldt et behov: «{TITLE}»")
    assert notice.text.startswith("Til Per Aune:\n")
    teams.screenshot(shots / "owner-notice.png")

    become(teams, "Per Aune")
    assert "1 behov venter på deg." in teams.card_text()
    told = card_with(teams, "Til Per Aune:")
    need = press(teams, "Les", "Skrevet av Kari Nordli.", card=told)
    assert DAILY_LIFE in need.text
    teams.screenshot(shots / "owner-reads.png", height=1500)
    press(teams, "Godkjenn", f"«{TITLE}» er godkjent.")
    assert inert(teams, f"Godkjent.\n{TITLE}")
    approved = teams.wait_for_text(f"Melhus kommune har godkjent «{TITLE}».")
    assert approved.text.startswith("Til Kari Nordli:\n")
    press(teams, "Godkjenn", "Dette er allerede behandlet av deg", card=told)

    press(teams, "Send til nettverket", "Spørsmål 1 av 3. Melhus kommune")
    assert "Lagret. Spørsmål 2 av 3." in teams.send(PLAN)[0].text
    summary = press(teams, "Ja", "Har du fullmakt til å sende på vegne av eier?")
    assert PLAN in summary.text
    teams.screenshot(shots / "owner-summary.png", height=1300)
    receipt = press(teams, "Ja, send til nettverket", "1 behov er sendt til nettverket.")
    assert re.search(r"Nummer\n2026-E\d{3}", receipt.text)
    teams.wait_for_text(f"«{TITLE}» er sendt til nettverket Gauldal.")
    teams.screenshot(shots / "owner-receipt.png", height=1300)

    become(teams, "Kari Nordli")
    (mine,) = teams.send("mine meldinger")
    assert re.search(rf"{TITLE}\nmeldt til nettverket \(2026-G\d{{3}}\)", mine.text)


def test_a_channel_gets_the_networks_summary(teams: TeamsClient, shots: Path) -> None:
    become(teams, "Janne Foros")
    press(teams, "Ingen behov i år", "Skal jeg si til Kvernhuset barnehage SA at")
    press(teams, "Ja, ingen behov i år", "Takk! Da er dere ferdige for i år.")
    become(teams, "Tor Hermo")
    teams.send("send inn")
    teams.send(PLAN)
    press(teams, "Vi har ingen", "Har du fullmakt til å sende på vegne av eier?")
    press(teams, "Ja, send til nettverket", "Dere har meldt at ingen har behov i år.")

    become(teams, "Ingrid Moen")
    teams.open_channel("Gauldal")
    assert teams.wait_for_text("Hei! Jeg er Rekompis.").cards
    (bound,) = teams.send("koble gauldal")
    assert bound.text.startswith("Kanalen er koblet til Gauldal.")
    (summary,) = teams.send("sammendrag")
    found = re.match(r"Behov i Gauldal: (\d+) av 11 eiere har meldt inn\.", summary.text)
    assert found is not None
    assert int(found[1]) >= 1
    assert "Barnehager uten behov\nfærre enn tre" in summary.text
    assert "Kvernhuset" not in summary.text
    (answer,) = teams.send("hvem lager beslutningsgrunnlaget?")
    assert "\nKilde: " in answer.text
    since = len(teams.wire.exchanges)
    teams.send("mine meldinger")
    # Read on the wire: the client can lose a post when something comes to the personal chat at the same time.
    heard = [exchange.request.get("text") for exchange in teams.wire.exchanges[since:] if not exchange.to_bot]
    assert "Det gjelder deg. Jeg svarer i egen chat." in heard
    teams.screenshot(shots / "channel.png", height=1700)

    teams.open_personal()
    assert teams.wait_for_text("Du skrev til meg i en kanal.").text.startswith("Hei, Ingrid!")
    (missing,) = teams.send("hvem mangler")
    assert re.search(r"\d+ av 11 eiere har sendt\.", missing.text)
    assert "Kvernhuset" not in missing.text
    (excel,) = teams.send("excel")
    assert excel.text.startswith("Excel for ")
    teams.screenshot(shots / "leader.png", height=1300)
