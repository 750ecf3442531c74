"""The driver itself, against a bot of a few lines: what it reports is what the bot saw."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.client.driver import ClientError, TeamsClient, tenant
from tests.client.echo_bot import FORM, EchoBot

pytestmark = pytest.mark.client


@pytest.fixture(scope="module")
def bot(client_tools: None) -> Iterator[EchoBot]:
    with EchoBot() as running:
        yield running


@pytest.fixture(scope="module")
def teams(bot: EchoBot) -> Iterator[TeamsClient]:
    with TeamsClient(tenant(), bot_port=bot.port) as client:
        yield client
        assert client.failed_exchanges() == []
        assert client.page_errors == []


def test_a_message_is_echoed(teams: TeamsClient) -> None:
    teams.open_personal()
    replies = teams.send("hei æøå ☃")
    assert [reply.text for reply in replies] == ["Kari Nordmann sa: hei æøå ☃"]
    assert [message.author for message in teams.last_messages(2)] == ["Kari Nordmann", "Rekompis"]


def test_line_breaks_reach_the_bot(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_personal()
    teams.send("linje én\nlinje to <b>x</b>")
    assert bot.received[-1]["text"].strip() == "linje én\nlinje to <b>x</b>"


def test_people_and_places_have_ids_in_teams_style(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_personal()
    teams.send("hvem er jeg")
    activity = bot.received[-1]
    assert activity["channelId"] == "msteams"
    assert activity["from"]["id"].startswith("29:1")
    assert activity["from"]["aadObjectId"] == teams.tenant.current_user.aad_object_id
    assert activity["recipient"]["id"].startswith("28:")
    assert activity["conversation"]["id"].startswith("a:1")
    assert activity["channelData"]["tenant"]["id"] == teams.tenant.tenant_id
    assert activity["localTimezone"] == "Europe/Oslo"


def test_a_form_is_filled_and_submitted(teams: TeamsClient, bot: EchoBot, shots: Path) -> None:
    teams.open_personal()
    teams.send("skjema")
    assert teams.card_actions() == ["Send inn", "Lagre", "Les mer"]
    assert teams.card_json()["body"] == FORM["body"]
    shown = teams.fill_card(
        {
            "Navn": "Kari",
            "notat": "én\nto",
            "Dato": "2026-12-01",
            "tid": "13:45",
            "Antall": 3,
            "Haster": True,
            "Sted": "Åfjord",
            "omfang": "2",
            "Tema": ["Lek", "språk"],
        }
    )
    assert shown["Tema"] == ["Lek", "Språk"]
    teams.screenshot_card(shots / "driver-form.png")
    assert teams.click("Send inn")
    assert bot.submitted()["value"] == {
        "verb": "send",
        "navn": "Kari",
        "notat": "én\nto",
        "dato": "2026-12-01",
        "tid": "13:45",
        "antall": "3",
        "haster": "ja",
        "sted": "å",
        "omfang": "2",
        "tema": "lek,språk",
    }
    assert teams.wait_for_text("Mottatt fra").text == "Mottatt fra Kari"


def test_a_faulty_form_stays_in_the_client(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_personal()
    teams.send("skjema")
    before = len(bot.received)
    assert not teams.click("Send inn", within=0.8)
    assert teams.card_errors() == ["Skriv et navn"]
    assert len(bot.received) == before


def test_an_executed_action_changes_its_card(teams: TeamsClient) -> None:
    teams.open_personal()
    teams.send("skjema")
    teams.fill_card({"Navn": "Ola"})
    assert teams.click("Lagre")
    assert teams.card_text().startswith('Lagret: {"')
    assert '"navn": "Ola"' in teams.card_text()


def test_a_link_is_noted_and_not_followed(teams: TeamsClient) -> None:
    teams.open_personal()
    teams.send("skjema")
    assert not teams.click("Les mer", card=-1, within=0.8)
    assert teams.opened_urls == ["https://example.org/les"]


def test_what_is_not_there_is_said(teams: TeamsClient) -> None:
    teams.open_personal()
    teams.send("skjema")
    with pytest.raises(ClientError, match="Send inn"):
        teams.click("Slett")
    with pytest.raises(ClientError, match="notat"):
        teams.fill_card({"Alder": 3})
    with pytest.raises(ClientError, match="Kari Nordmann: skjema"):
        teams.wait_for_text("noe som aldri kommer", timeout=0.2)


def test_a_group_needs_a_mention(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_group()
    before = len(bot.received)
    assert teams.send("uten omtale", mention=False) == []
    teams.settle()
    assert len(bot.received) == before
    assert [reply.text for reply in teams.send("hei")] == ["Kari Nordmann sa: hei"]


def test_somebody_else_writes_in_the_group(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_group()
    colleague = teams.tenant.colleagues[0]
    replies = teams.send_as(colleague.name, "hei fra meg")
    assert [reply.text for reply in replies] == [f"{colleague.name} sa: hei fra meg"]
    assert bot.received[-1]["from"]["aadObjectId"] == colleague.aad_object_id


def test_the_app_is_removed(teams: TeamsClient, bot: EchoBot) -> None:
    teams.open_group()
    teams.mock("Uninstall application")
    assert (bot.received[-1]["type"], bot.received[-1]["action"]) == ("installationUpdate", "remove")


def test_threads_of_a_channel_are_kept_apart(teams: TeamsClient, bot: EchoBot, shots: Path) -> None:
    assert teams.channels == ["General", "Rekom"]
    teams.open_channel("Rekom")
    (first,) = teams.send("første")
    (second,) = teams.send("andre")
    assert first.thread != second.thread
    replies = teams.reply("svar", thread=first.thread)
    assert [(reply.text, reply.thread) for reply in replies] == [("Kari Nordmann sa: svar", first.thread)]
    teams.reply("skjema")
    teams.fill_card({"Navn": "Siri"})
    assert teams.click("Lagre")
    assert '"navn": "Siri"' in teams.card_text()
    assert bot.received[-1]["conversation"]["id"] == first.thread
    teams.screenshot(shots / "driver-channel.png", height=1400)


def test_the_page_asks_for_fonts_only_outside(teams: TeamsClient) -> None:
    hosts = {urlsplit(url).hostname or "" for url in teams.blocked_urls}
    assert [host for host in hosts if not host.endswith(".cdn.office.net")] == []
