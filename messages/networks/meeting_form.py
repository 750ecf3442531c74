"""The form of a meeting, and what stood in the way of it."""

from __future__ import annotations

from datetime import time
from typing import Any

from dialogs.replies import FilledMeeting, MeetingFault, MeetingForm
from domain.norwegian.meeting_words import MeetingWords
from domain.rounds.meetings import LONGEST_PLACE, LONGEST_TITLE, MOST_MEETINGS, MeetingProblem
from messages import cards, words
from messages.outgoing import Outgoing

PROBLEM: dict[MeetingFault | MeetingProblem, str] = {
    MeetingFault.NO_DAY: "Hvilken dag er møtet? Skriv for eksempel «torsdag 3. desember kl. 9».",
    MeetingFault.NO_TIME: "Når på dagen begynner møtet? Skriv for eksempel «kl. 9» eller «kl. 9–11».",
    MeetingFault.NEITHER: "Når er møtet? Skriv for eksempel «torsdag 3. desember kl. 9».",
    MeetingFault.END: "Jeg forsto ikke når møtet er slutt. Skriv for eksempel «kl. 11» eller «to timer».",
    MeetingFault.TITLE: f"Gi møtet et navn med ord, på høyst {LONGEST_TITLE} tegn.",
    MeetingFault.PLACE: f"Skriv stedet med høyst {LONGEST_PLACE} tegn.",
    MeetingFault.PERSONAL: "Navnet ser ut til å gjelde en enkeltperson. Skriv det uten personopplysninger.",
    MeetingFault.PERSONAL_PLACE: "Stedet ser ut til å gjelde en enkeltperson. Skriv det uten personopplysninger.",
    MeetingFault.ONE_AT_A_TIME: (
        "Jeg legger inn ett møte om gangen. Skriv dagen for det første, for eksempel «torsdag 3. desember kl. 9»."
    ),
    MeetingProblem.PAST: "Det tidspunktet har vært. Velg et som kommer.",
    MeetingProblem.BEFORE: "Den dagen er før runden begynte, så møtet teller ikke med i den.",
    MeetingProblem.OUTSIDE: "Den dagen er utenfor runden. Legg møtet inn når runden det hører til, har begynt.",
    MeetingProblem.ENDS_FIRST: "Møtet må slutte etter at det begynner, og samme dag.",
    MeetingProblem.THERE_ALREADY: "Det møtet er lagt inn fra før.",
    MeetingProblem.TOO_MANY: f"Runden har {MOST_MEETINGS} møter, og flere er det ikke plass til.",
}
FORMS = (("physical", "Fysisk"), ("digital", "Digitalt"))


def form(reply: MeetingForm) -> Outgoing:
    """Everything about one meeting, with what is known filled in; only the time has to be there."""
    heading = "Nytt møte" if reply.meeting is None else "Endre møtet"
    filled = reply.filled or _filled(reply.words)
    body: list[Any] = [cards.small(reply.network.name), cards.heading(heading)]
    if reply.problem is not None:
        body.append(cards.notice(PROBLEM[reply.problem]))
    body += [
        _field("when", "Dag og tid", filled.when, LONGEST_PLACE, "For eksempel torsdag 3. desember kl. 9–11"),
        _field("end", "Slutt eller varighet", filled.end, LONGEST_PLACE, "To timer hvis du ikke skriver noe"),
        _field(
            "title", "Hva heter møtet?", filled.title, LONGEST_TITLE, "Nettverksmøte hvis du ikke skriver noe"
        ),
        _field("place", "Hvor?", filled.place, LONGEST_PLACE, "For eksempel Melhus rådhus eller Teams"),
        cards.choices("meeting_form", "Fysisk eller digitalt?", FORMS, value=filled.form or None),
    ]
    of_it = {} if reply.meeting is None else {"meeting": reply.meeting[0], "v": reply.meeting[1]}
    actions = [
        cards.button("Gå videre", "read_meeting", main=True, round=reply.round_id, **of_it),
        cards.button("Ikke lagre", "meetings", network=reply.network.id, put_away=True),
    ]
    return cards.card(
        body, actions, summary=PROBLEM[reply.problem] if reply.problem else heading, tracks=True
    )


def _field(name: str, label: str, value: str, longest: int, example: str) -> Any:
    return cards.text_input(
        f"meeting_{name}", label, value=value or None, longest=longest, placeholder=example
    )


def _filled(known: MeetingWords) -> FilledMeeting:
    """What is known, as one would write it."""
    day = words.long_day(known.day) if known.day is not None else ""
    starts = f"kl. {_clock(known.starts)}" if known.starts is not None else ""
    end = f"kl. {_clock(known.ends)}" if known.ends is not None else ""
    if known.length is not None:
        end = f"{int(known.length.total_seconds()) // 60} minutter"
    return FilledMeeting(
        title=(known.title or "")[:LONGEST_TITLE],
        when=" ".join(part for part in (day, starts) if part),
        end=end,
        place=(known.place or "")[:LONGEST_PLACE],
        form={True: "physical", False: "digital", None: ""}[known.physical],
    )


def _clock(at: time) -> str:
    return f"{at:%H.%M}"
