"""The core of it all on PostgreSQL: a need is reported, approved, sent and summed up, also after kill -9."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.needs.models import Status
from tests.databases import Databases
from tests.protocol import need
from tests.protocol.conftest import NOW
from tests.protocol.people import Channel
from tests.protocol.town import running

GAULDAL = Channel("19:gauldal@thread.tacv2", "Gauldal")


@pytest.fixture
def url() -> Iterator[str]:
    databases = Databases()
    yield databases.empty("postgresql")
    databases.close()


def test_a_need_goes_all_the_way(tmp_path: Path, url: str) -> None:
    with running(tmp_path, now=NOW, database_url=url) as town:
        head, owner, leader = (town.person(n) for n in ("Maja Nordfjell", "Sverre Nyvoll", "Ingrid Moen"))
        channel = leader.in_channel(GAULDAL)
        owner.say("hei")
        leader.say("hei")
        assert "Kanalen er koblet til Gauldal." in channel.say("koble gauldal")
        head.say("meld behov")
        for answer in need.TYPED:
            assert "Lagret." in head.say(answer)
        town.bot.kill()
        town.bot.start()
        assert town.need_of("Maja Nordfjell").answers == need.ANSWERS
        assert "Stemmer alt?" in head.say("Natur som rom")
        assert "Sendt til Fjellsnerpa barnehage SA." in head.say("send")
        owner.hears("har meldt et behov: «Natur som rom»")
        assert "«Natur som rom» er godkjent." in owner.press("Godkjenn")
        head.hears("Fjellsnerpa barnehage SA har godkjent «Natur som rom».")
        owner.press("Send til nettverket")
        owner.say("Planen gjelder til 2028, og styret har vært med hele veien.")
        owner.press("Ja")
        assert "1 behov er sendt til nettverket." in owner.press("Ja, send til nettverket")
        leader.hears("Fjellsnerpa barnehage SA har sendt 1 behov.")
        head.hears("«Natur som rom» er sendt til nettverket Gauldal.")
        assert "Behov i Gauldal: 1 av 11 eiere har meldt inn." in channel.say("sammendrag")
        stored = town.need_of("Maja Nordfjell")
        assert stored.status is Status.REPORTED
        assert stored.answers == {**need.ANSWERS, "title": "Natur som rom"}
        assert "Barnehager med behov: færre enn tre" in channel.newest.text
