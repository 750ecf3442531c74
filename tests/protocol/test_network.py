"""The network's leader and channel: binding, summary, who is missing, Excel; and questions about the scheme."""

from __future__ import annotations

import urllib.error
import urllib.request
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.protocol import need
from tests.protocol.people import Channel, Person
from tests.protocol.town import Town

GAULDAL = Channel("19:gauldal@thread.tacv2", "Gauldal")
OTHER = Channel("19:annet@thread.tacv2", "Annet")

OWNERS = {
    "Tor Hermo": ("Janne Foros", "Kvernhuset barnehage SA", '=Ord og "lek"'),
    "Sverre Nyvoll": ("Maja Nordfjell", "Fjellsnerpa barnehage SA", "Natur som rom"),
    "Knut Langland": ("Astrid Grønli", "Holtålen kommune", "Flere språk"),
}
"""Owners with the head who reports, and what the need is called."""


@pytest.fixture(scope="module")
def leader(town: Town) -> Person:
    """Ingrid Moen, when three owners have sent one need each."""
    ingrid = town.person("Ingrid Moen")
    ingrid.say("hei")
    for owner_name, (head_name, organisation, title) in OWNERS.items():
        owner = town.person(owner_name)
        owner.say("hei")
        need.report(town.person(head_name), title)
        owner.hears(f"har meldt et behov: «{title}»")
        assert "er godkjent" in owner.say("godkjenn alle")
        owner.say("send inn")
        owner.say("Planen gjelder til 2028, og ledelsen har vært med hele veien.")
        owner.say("ja")
        assert "1 behov er sendt til nettverket." in owner.say("ja")
        ingrid.hears(f"{organisation} har sendt 1 behov.")
    return ingrid


def test_a_channel_is_bound_and_gets_the_summary(leader: Person, town: Town) -> None:
    there = leader.in_channel(GAULDAL)
    head = town.person("Kari Nordli").in_channel(GAULDAL)
    assert "Denne kanalen er ikke koblet til et nettverk." in head.say("sammendrag")
    assert "Bare lederen for nettverket kan gjøre det." in head.say("koble gauldal")
    assert "Skriv «koble» og navnet på nettverket. Jeg kjenner Fosen, Gauldal." in there.say("koble bymarka")
    assert "Bare lederen" in there.say("koble fosen")
    assert "Kanalen er koblet til Gauldal." in there.say("koble gauldal")
    assert "allerede koblet til Gauldal" in there.say("koble gauldal")
    summary = head.say("sammendrag")
    assert "Behov i Gauldal: 3 av 11 eiere har meldt inn." in summary
    assert "Barnehager med behov: 3" in summary
    assert "lek og vennskap (3)" in summary
    for head_name, organisation, title in OWNERS.values():
        assert all(words not in summary for words in (head_name, organisation, title, need.TODAY))
    assert "Denne kanalen er ikke koblet" in leader.in_channel(OTHER).say("sammendrag")


def test_what_is_personal_moves_out_of_the_channel(town: Town) -> None:
    head = town.person("Unni Refseth")
    head.say("hei")
    there = head.in_channel(GAULDAL)
    assert there.say("meld behov") == "Det gjelder deg. Jeg svarer i egen chat."
    head.hears("Du skrev til meg i en kanal.")
    assert town.needs_of("Unni Refseth") == []
    assert there.say("mine meldinger") == "Det gjelder deg. Jeg svarer i egen chat."


def test_the_app_in_a_channel_says_how_it_is_bound(leader: Person) -> None:
    assert "[Koble til Gauldal]" in leader.in_channel(OTHER).install()


def test_who_is_missing(leader: Person) -> None:
    missing = leader.say("Hvem mangler")
    assert "3 av 11 eiere har sendt." in missing
    assert "Melhus kommune (ingen av de ni barnehagene har svart)" in missing
    assert all(organisation not in missing for _, organisation, _ in OWNERS.values())


def test_excel_has_one_row_for_each_need(leader: Person) -> None:
    assert "3 behov, ett på hver rad." in leader.say("Excel")
    rows = _rows(_link(leader))
    assert [row["Eier"] for row in rows] == sorted(organisation for _, organisation, _ in OWNERS.values())
    titles = {row["Navn på behovet"] for row in rows}
    assert titles == {'\'=Ord og "lek"', "Natur som rom", "Flere språk"}
    assert {row["Hverdagen i dag"] for row in rows} == {need.TODAY}
    assert {row["Omtrent hvor mange ansatte"] for row in rows} == {"14"}
    assert {row["Status"] for row in rows} == {"meldt til nettverket"}


def test_excel_is_for_those_it_is_meant_for(leader: Person, town: Town) -> None:
    leader.say("excel")
    link = _link(leader)
    head, payload, signature = link.rsplit("/", 1)[1].split(".")
    for token in (
        f"{head}.{payload}.{signature[::-1]}",
        f"{head}.e30.{signature}",
        "..%2F..%2Fetc%2Fpasswd",
        "x",
    ):
        with pytest.raises(urllib.error.HTTPError, match="404") as refused:
            urllib.request.urlopen(f"{town.bot.url}/files/{token}", timeout=60)
        refused.value.close()
    owner = town.person("Tor Hermo")
    assert "1 behov" in owner.say("excel")
    assert [row["Eier"] for row in _rows(_link(owner))] == ["Kvernhuset barnehage SA"]


def test_the_year_is_a_picture_and_a_file_for_the_calendar(leader: Person) -> None:
    leader.say("årshjul")
    card: dict[str, Any] = leader.newest.outgoing.card or {}
    (picture,) = [block for block in card["body"] if block["type"] == "Image"]
    for url in (picture["url"], picture["themedUrls"][0]["url"]):
        with urllib.request.urlopen(url, timeout=60) as response:
            assert response.headers["Content-Type"] == "image/png"
            assert response.headers["Content-Disposition"].startswith("inline")
            assert response.read().startswith(b"\x89PNG")
    leader.press("Legg i kalenderen")
    with urllib.request.urlopen(_link(leader), timeout=60) as response:
        assert response.headers["Content-Type"] == "text/calendar"
        assert b"BEGIN:VEVENT" in response.read()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("når er fristen for behovsmelding?", "1. desember 2026"),
        ("hva gjør barnehageeier?", "ansvar"),
        ("hvem lager beslutningsgrunnlaget?", "ompetansenettverk"),
    ],
)
def test_a_question_is_answered_with_its_source(town: Town, question: str, answer: str) -> None:
    for asker in (town.person("Stine Kosberg"), town.person("Stine Kosberg").in_channel(GAULDAL)):
        answered = asker.say(question)
        assert answer in answered
        assert "Kilde: " in answered


@pytest.mark.parametrize(
    "question", ["hva heter hunden til statsministeren?", "hvor mye tjener en astronaut?", "hva koster melk?"]
)
def test_what_is_not_in_the_description_is_said_so(town: Town, question: str) -> None:
    answered = town.person("Stine Kosberg").say(question)
    assert "Det finner jeg ikke" in answered or "Det kan jeg ikke hjelpe med." in answered
    assert "Kilde:" not in answered


def _link(person: Person) -> str:
    card: dict[str, Any] = person.newest.outgoing.card or {}
    (url,) = [action["url"] for action in card["actions"] if action["type"] == "Action.OpenUrl"]
    return str(url)


def _rows(url: str) -> list[dict[str, str]]:
    """The sheet behind a link, a dictionary for each row; empty cells left out."""
    with urllib.request.urlopen(url, timeout=60) as response:
        assert "spreadsheetml" in response.headers["Content-Type"]
        book = load_workbook(BytesIO(response.read()))
    first, *rest = book["Behov"].iter_rows(values_only=True)
    return [{str(k): str(v) for k, v in zip(first, row, strict=True) if v is not None} for row in rest]
