"""Meetings that have been, as people write of them."""

from __future__ import annotations

from datetime import date, time

import pytest

from domain.norwegian.held_meetings import read_held_meeting
from domain.norwegian.meeting_words import MeetingWords
from domain.norwegian.misdated import Misdated

TODAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("møtet var 3. november", MeetingWords(day=date(2026, 11, 3))),
        ("Møtet ble holdt tirsdag 3. november.", MeetingWords(day=date(2026, 11, 3))),
        ("det var møte i går kl 9", MeetingWords(day=date(2026, 11, 11), starts=time(9))),
        (
            "vi hadde møte forrige torsdag på Teams",
            MeetingWords(day=date(2026, 11, 5), place="Teams", physical=False),
        ),
        ("vi hadde fysisk møte 3/11", MeetingWords(day=date(2026, 11, 3), physical=True)),
        (
            "oppstartsmøtet var 20. august kl. 9-11 på Støren",
            MeetingWords(
                title="Oppstartsmøte",
                day=date(2026, 8, 20),
                starts=time(9),
                ends=time(11),
                place="Støren",
                physical=True,
            ),
        ),
        (
            "vi hadde møte torsdag 3. november",
            MeetingWords(day=date(2026, 11, 3), misdated=Misdated(date(2026, 11, 3), date(2026, 11, 5))),
        ),
    ],
)
def test_the_day_is_one_that_has_been(text: str, read: MeetingWords) -> None:
    assert read_held_meeting(text, TODAY) == read


@pytest.mark.parametrize(
    "text",
    [
        "møtet var fint",
        "møtet var på Støren",
        "møtet var 3. desember 2026",
        "når var møtet 3. november?",
        "møte 3. november",
        "vi hadde møte i barnehagen 3. november",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert read_held_meeting(text, TODAY) is None
