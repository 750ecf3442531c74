"""A whole autumn of reminders: who has something left hears of it once, whatever happens to the process."""

from __future__ import annotations

import time
from pathlib import Path

from tests.protocol.people import Channel, Person
from tests.protocol.town import Town, running

GAULDAL = Channel("19:gauldal@thread.tacv2", "Gauldal")
A_FEW_TICKS = 2.0
"""Seconds; the bot looks for what is due once a second."""


def test_an_autumn_of_reminders(tmp_path: Path) -> None:
    with running(tmp_path, now="2026-11-02T12:00") as town:
        begun, answered, quiet = (town.person(n) for n in ("Kari Nordli", "Silje Gravråk", "Marit Eidsmo"))
        owner, leader = town.person("Per Aune"), town.person("Ingrid Moen")
        channel = leader.in_channel(GAULDAL)
        for person in (begun, answered, quiet, owner, leader):
            person.say("hei")
        assert "Kanalen er koblet til Gauldal." in channel.say("koble gauldal")
        begun.say("meld behov")
        begun.say("ja, noe nytt")
        answered.press("Ingen behov i år")
        answered.press("Ja, ingen behov i år")
        owner.hears("ingen behov i år")

        town.bot.stop()
        town.bot.start("2026-11-03T07:59:58")
        two_weeks_before_the_heads_date(town, begun, answered, quiet)

        town.bot.stop()
        town.bot.start("2026-11-24T07:59:58")
        a_week_before_the_deadline(begun, answered, owner, channel)
        town.bot.kill()
        town.bot.start()
        time.sleep(A_FEW_TICKS)
        a_week_before_the_deadline(begun, answered, owner, channel)

        town.bot.stop()
        town.bot.start("2026-12-02T08:00")
        the_day_after(leader, channel)
        assert begun.times_heard("Ingen behov er også et svar.") == 2
        assert answered.times_heard("Ingen behov er også et svar.") == 0
        assert "Takk! Da er dere ferdige for i år." in _answers_late(begun)


def two_weeks_before_the_heads_date(town: Town, begun: Person, answered: Person, quiet: Person) -> None:
    begun.hears("Hei, Kari! Eier ønsker svar innen tirsdag 17. november. Åtte spørsmål gjenstår.")
    quiet.hears("Hei, Marit! Eier ønsker svar innen tirsdag 17. november. Ingen behov er også et svar.")
    assert "[Fortsett utkastet]" in begun.newest.text
    assert "[Meld behov]" in quiet.newest.text
    assert [p.times_heard("Ingen behov er også et svar.") for p in (begun, answered, quiet)] == [1, 0, 1]
    ids = {name: town.person_id(name) for name in ("Kari Nordli", "Silje Gravråk")}
    key = f"head_reminder:{town.need_of('Kari Nordli').round_id}:needs:20261201:start:p"
    assert town.outbox(f"{key}{ids['Kari Nordli']}") is not None
    assert town.outbox(f"{key}{ids['Silje Gravråk']}") is None


def a_week_before_the_deadline(begun: Person, answered: Person, owner: Person, channel: Person) -> None:
    channel.hears("Behov i Gauldal: 0 av 11 eiere har meldt inn.")
    begun.hears("Hei, Kari! Svarfristen var tirsdag 17. november, men du rekker det ennå.")
    owner.hears("1 av 13 barnehager i Melhus har svart.")
    assert channel.times_heard("Behov i Gauldal: ") == 1
    assert begun.times_heard("Svarfristen var") == 1
    assert owner.times_heard("barnehager i Melhus har svart.") == 1
    assert answered.times_heard("Ingen behov er også et svar.") == 0


def the_day_after(leader: Person, channel: Person) -> None:
    digest = leader.hears("Fristen er ute. 0 av 11 eiere i Gauldal har sendt.")
    assert "Melhus kommune" in digest
    assert "[Hvem mangler]" in digest
    channel.hears("Fristen var tirsdag 1. desember.")
    assert channel.times_heard("Behov i Gauldal: ") == 2
    assert "Melhus" not in channel.newest.text
    assert leader.times_heard("Fristen er ute.") == 1


def _answers_late(head: Person) -> str:
    head.say("ingen behov")
    return head.press("Ja, ingen behov i år")
