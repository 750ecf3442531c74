"""The bot with an app id, as it runs for real: tokens, tenants, strangers, and no persona switch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.data_files import sample_register
from bot.seeding import import_register
from storage.database import Database
from tests.bot.sdk.standins import APP_ID, rsa_key, token
from tests.bot.sdk.test_credentials import Login
from tests.protocol.people import Person
from tests.protocol.teams import TENANT, Teams
from tests.protocol.town import IN_THE_ROUND, Bot, Town, served

UNAVAILABLE = "Det virker bare i prøvemodus."
WAY_IN = "Hei! Jeg finner deg ikke i lista. Skal jeg be lederen legge deg inn?"
NOT_LISTED = "Hei! Jeg finner deg ikke i lista. Snakk med lederen for nettverket om å få komme med."


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("registered")
    with pytest.MonkeyPatch.context() as patch, Login().running(folder, patch) as login, Teams() as teams:
        teams.token = token(teams.url)
        bot = Bot(
            folder,
            app_id=APP_ID,
            app_password="hemmelig",
            app_tenant_id=TENANT,
            openid_metadata_url=f"{teams.url}metadata",
            login_url=login,
            service_hosts="127.0.0.1",
        )
        _fill(bot.database_url)
        with served(teams, bot) as found:
            yield found


def _fill(url: str) -> None:
    database = Database(url)
    database.upgrade()
    with database.unit_of_work() as uow:
        import_register(uow, sample_register(), IN_THE_ROUND)
        uow.commit()
    database.close()


@pytest.fixture
def head(town: Town) -> Person:
    return town.person("Kari Nordli")


def test_who_is_known_is_met_with_our_token(head: Person) -> None:
    assert "Hei, Kari!" in head.say("hei")
    assert head.newest.authorization == "Bearer token-1"


@pytest.mark.parametrize("case", ["none", "nonsense", "other_key", "other_service", "too_old"])
def test_without_a_good_token_nothing_happens(town: Town, case: str) -> None:
    intruder = town.person("Silje Gravråk")
    good = town.teams.token
    town.teams.token = {
        "none": None,
        "nonsense": "a.b.c",
        "other_key": token(town.teams.url, key=rsa_key("theirs")),
        "other_service": token("https://smba.trafficmanager.net/emea/"),
        "too_old": token(town.teams.url, exp=1_600_000_000),
    }[case]
    try:
        assert intruder.post(intruder.message("meld behov"))[0] == 401
    finally:
        town.teams.token = good
    assert intruder.chat.heard == []
    assert town.needs_of("Silje Gravråk") == []


def test_the_persona_switch_is_not_there(town: Town, head: Person) -> None:
    assert head.say("demo") == UNAVAILABLE
    assert head.say("demo Per Aune") == UNAVAILABLE
    assert head.submit({"verb": "demo_as", "person": town.person_id("Per Aune")}) == UNAVAILABLE
    assert head.submit({"verb": "demo_off"}) == UNAVAILABLE
    assert "Hei, Kari!" in head.say("hei")
    assert "demo" not in head.say("hjelp")


def test_a_stranger_hears_one_sentence_a_few_times(town: Town) -> None:
    stranger = town.person("Frida Fremmed")
    heard = [stranger.say(text) for text in ("demo Per Aune", "når er fristen?", "hei", "hallo?", "svar!")]
    assert heard[:3] == [f"{WAY_IN}\n[Be om å bli lagt inn]"] * 3
    assert heard[3:] == ["", ""]


def test_another_tenant_hears_one_sentence_and_leaves_no_trace(town: Town) -> None:
    foreign = town.person("Silje Gravråk")
    activity = foreign.message("meld behov")
    activity["channelData"]["tenant"]["id"] = activity["conversation"]["tenantId"] = "somewhere-else"
    assert foreign.does(activity) == NOT_LISTED
    assert town.needs_of("Silje Gravråk") == []


def test_a_second_account_with_the_same_address_is_a_stranger(town: Town, head: Person) -> None:
    head.say("hei")
    claims = replace(head, number=2)
    claims.join()
    assert WAY_IN in claims.say("hei")
    assert "Hei, Kari!" in head.say("hei")
