from datetime import date, timedelta
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.norwegian.meeting_words import (
    MOST_CHARACTERS,
    MeetingWords,
    is_physical,
    read_cancelling,
    read_end,
    read_more,
    read_move,
    read_new_meeting,
    read_when,
)

SUNDAY = date(2026, 11, 22)
LINK = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0"


def shown(words: MeetingWords | None) -> str | None:
    """Title | day | start–end or length | place | how."""
    if words is None:
        return None
    ends = f"–{words.ends:%H:%M}" if words.ends else ""
    length = f" {words.length}" if words.length else ""
    starts = f"{words.starts:%H:%M}" if words.starts else ""
    how = {True: "fysisk", False: "digitalt", None: ""}[words.physical]
    parts = (words.title, words.day, f"{starts}{ends}{length}", words.place, how)
    return " | ".join(str(part or "") for part in parts)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("møte torsdag 3. desember kl 9 på Teams", " | 2026-12-03 | 09:00 | Teams | digitalt"),
        (
            "nettverksmøte 14. januar kl 12-15 i Melhus rådhus",
            "Nettverksmøte | 2027-01-14 | 12:00–15:00 | Melhus rådhus | fysisk",
        ),
        (
            "møte om beslutningsgrunnlag neste torsdag kl 10, fysisk på Støren",
            "Møte om beslutningsgrunnlag | 2026-11-26 | 10:00 | Støren | fysisk",
        ),
        ("Møte 3. desember", " | 2026-12-03 |  |  | "),
        ("møte torsdag kl 9", " | 2026-11-26 | 09:00 |  | "),
        ("møte kl 9 på teams", " |  | 09:00 | Teams | digitalt"),
        ("nytt møte på Støren", " |  |  | Støren | fysisk"),
        ("digitalt møte i morgen kl 13", " | 2026-11-23 | 13:00 |  | digitalt"),
        ("fysisk møte 20. mai kl 10", " | 2027-05-20 | 10:00 |  | fysisk"),
        (
            "nytt nettverksmøte den 3. desember fra 9 til 11 på rom 203, Melhus rådhus",
            "Nettverksmøte | 2026-12-03 | 09:00–11:00 | Rom 203, Melhus rådhus | fysisk",
        ),
        ("møte 3/12 kl 0900-1130 på teams", " | 2026-12-03 | 09:00–11:30 | Teams | digitalt"),
        ("møte fredag 4.12. 09:00–11:00 Teams", " | 2026-12-04 | 09:00–11:00 | Teams | digitalt"),
        ("møte 3. desember 9-11 på Støren", " | 2026-12-03 | 09:00–11:00 | Støren | fysisk"),
        ("møte tirsdag 12. januar klokka ti i to timer", " | 2027-01-12 | 10:00 2:00:00 |  | "),
        ("møte fredag halv ti på Støren i halvannen time", " | 2026-11-27 | 09:30 1:30:00 | Støren | fysisk"),
        ("møte i nettverket 12. januar kl 9", "Møte i nettverket | 2027-01-12 | 09:00 |  | "),
        ("møte med UH og PPT 14.1 kl 12", "Møte med UH og PPT | 2027-01-14 | 12:00 |  | "),
        (
            "samling 15. april kl 9-15, Støren hotell",
            "Samling | 2027-04-15 | 09:00–15:00 | Støren hotell | fysisk",
        ),
        (
            "møte 3. desember kl 9 i Melhus rådhus og på Teams",
            " | 2026-12-03 | 09:00 | Melhus rådhus og Teams | fysisk",
        ),
        ("møte om to uker kl 10", " | 2026-12-06 | 10:00 |  | "),
        ("Kan du legge inn møte 3. desember kl. 9 på Teams", " | 2026-12-03 | 09:00 | Teams | digitalt"),
        ("neste møte er 12. januar kl 9", " | 2027-01-12 | 09:00 |  | "),
        (f"møte 3. desember kl 9 {LINK}", f" | 2026-12-03 | 09:00 | {LINK} | digitalt"),
        ("møte i går kl 9", " | 2026-11-21 | 09:00 |  | "),
        ("møte 3. desember kl 25", " |  |  |  | "),
        ("møte onsdag 3. desember kl 9", " | 2026-12-03 | 09:00 |  | "),
    ],
)
def test_a_meeting_as_people_write_it(text: str, read: str) -> None:
    """A time that cannot be is not guessed at; that a weekday cannot be is told along with the day."""
    assert shown(read_new_meeting(text, SUNDAY)) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "møter",
        "møte",
        "når er neste møte?",
        "møte torsdag kl 9?",
        "møte med foreldre er vanskelig",
        "vi vil møte hverandre",
        "møtet var fint",
        "hvem mangler",
        "Solbakken er nedlagt",
    ],
)
def test_what_is_no_wish_for_a_meeting(text: str) -> None:
    assert read_new_meeting(text, SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "which", "to"),
    [
        (
            "flytt møtet 3. desember til 10. desember kl 9",
            " | 2026-12-03 |  |  | ",
            " | 2026-12-10 | 09:00 |  | ",
        ),
        ("flytt møtet til fredag kl 10", " |  |  |  | ", " | 2026-11-27 | 10:00 |  | "),
        ("flytt møtet fra 3. desember til 10. desember", " | 2026-12-03 |  |  | ", " | 2026-12-10 |  |  | "),
        ("flytt møtet 3. desember til kl 12-14", " | 2026-12-03 |  |  | ", " |  | 12:00–14:00 |  | "),
        ("endre møtet 3. desember til Teams", " | 2026-12-03 |  |  | ", " |  |  | Teams | digitalt"),
        ("flytt møtet te fredag", " |  |  |  | ", " | 2026-11-27 |  |  | "),
        ("utsett nettverksmøtet til Støren", "Nettverksmøte |  |  |  | ", " |  |  | Støren | fysisk"),
        (
            "flytt møtet om beslutningsgrunnlag til 20. januar",
            "Møte om beslutningsgrunnlag |  |  |  | ",
            " | 2027-01-20 |  |  | ",
        ),
    ],
)
def test_moving_one(text: str, which: str, to: str) -> None:
    found = read_move(text, SUNDAY)
    assert found is not None
    assert (shown(found.which), shown(found.to)) == (which, to)


@pytest.mark.parametrize(
    "text",
    ["flytt Solbakken til Trollgnisten", "flytt fristen til 3. desember", "flytt samlingen barnehage til X"],
)
def test_what_moves_something_else(text: str) -> None:
    assert read_move(text, SUNDAY) is None


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("avlys møtet 3. desember", " | 2026-12-03 |  |  | "),
        ("Møtet 3. desember er avlyst.", " | 2026-12-03 |  |  | "),
        ("avlys nettverksmøtet", "Nettverksmøte |  |  |  | "),
        ("kan du avlyse møtet om behov", "Møte om behov |  |  |  | "),
        ("slett møtet torsdag", " | 2026-11-26 |  |  | "),
        ("avlys", None),
        ("er møtet avlyst?", None),
    ],
)
def test_cancelling_one(text: str, which: str | None) -> None:
    assert shown(read_cancelling(text, SUNDAY)) == which


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("kl 9", " |  | 09:00 |  | "),
        ("på Teams", " |  |  | Teams | digitalt"),
        ("kl 10, fysisk på Støren", " |  | 10:00 | Støren | fysisk"),
        ("nei, torsdag 10. desember", " | 2026-12-10 |  |  | "),
        ("til kl 12", " |  | –12:00 |  | "),
        ("tre timer", " |  |  3:00:00 |  | "),
        ("hvem mangler", None),
        ("på Teams?", None),
        ("hei", None),
    ],
)
def test_saying_more_of_the_one_that_is_planned(text: str, read: str | None) -> None:
    assert shown(read_more(text, SUNDAY)) == read


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("kl. 11", "11:00"),
        ("til 11.30", "11:30"),
        ("1530", "15:30"),
        ("3", "15:00"),
        ("to timer", "2:00:00"),
        ("2,5 timer", "2:30:00"),
        ("90 minutter", "1:30:00"),
        ("halvannen time", "1:30:00"),
        ("to og en halv time", "2:30:00"),
        ("lenge", None),
        ("", None),
        ("99 timer", None),
    ],
)
def test_the_end_or_the_length(text: str, end: str | None) -> None:
    ends, length = read_end(text)
    found = f"{ends:%H:%M}" if ends else str(length) if length else None
    assert found == end


@pytest.mark.parametrize(
    ("place", "physical"),
    [
        ("", None),
        ("Teams", False),
        ("på Zoom", False),
        (LINK, False),
        ("Støren", True),
        ("Støren og Teams", True),
    ],
)
def test_where_one_comes_in_person(place: str, physical: bool | None) -> None:
    assert is_physical(place) is physical


PIECES = st.sampled_from(
    """møte møtet flytt avlys til på i om kl 9 9-11 3. desember torsdag Teams , . ? fysisk neste uke 49 to timer
    https://x.y 31.02. 99:99 er avlyst og - – 2026-12-03 halv ti nytt med""".split()  # noqa: SIM905 -- read as a text
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)))
def test_no_text_breaks_the_reading(text: str) -> None:
    """It is read, or it is not; what is read keeps to its bounds."""
    for read in (read_new_meeting, read_cancelling, read_more, read_when):
        words = read(text, SUNDAY)
        if words is not None and words.length is not None:
            assert timedelta() < words.length < timedelta(days=1)
    read_move(text, SUNDAY)
    read_end(text)


@pytest.mark.parametrize(
    "piece", ["møte ", "flytt møtet til ", "9-", "kl 9 ", "i ", "til ", "æ", "nytt ", "1"]
)
@pytest.mark.parametrize("length", [MOST_CHARACTERS, 20_000])
def test_long_texts_are_read_quickly(piece: str, length: int) -> None:
    text = ("møte 3. desember " + piece * length)[:length]
    started = thread_time()
    for read in (read_new_meeting, read_move, read_cancelling, read_more, read_when):
        read(text, SUNDAY)
    read_end(text)
    assert thread_time() - started < 0.5
