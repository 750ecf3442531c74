"""How many times a head must write or press, from `meld behov` to the receipt."""

from __future__ import annotations

from domain.needs.models import Status
from tests.dialogs.heads import CORE, KARI, need, text
from tests.transcripts.stage import Heard, Stage

OWNER = "Send til Melhus kommune"
ONE_AT_A_TIME: tuple[tuple[str, dict[str, str]], ...] = (
    ("Ja, noe nytt", {}),
    *(
        ("Lagre og gå videre", {field: CORE[field] for field in fields})
        for fields in (
            ("themes",),
            ("today",),
            ("better", "children"),
            ("involved", "how"),
            ("participants", "headcount"),
            ("start", "duration"),
            ("special",),
            ("title",),
        )
    ),
    (OWNER, {}),
)


def turns(
    stage: Stage, first: str, presses: tuple[tuple[str, dict[str, str]], ...]
) -> tuple[int, list[Heard]]:
    """Writes, then presses; how many turns that took, and what came last."""
    heard = stage.say(KARI, first)
    for title, inputs in presses:
        heard = stage.press(KARI, title, inputs)
    return 1 + len(presses), heard


def test_eleven_turns_one_question_at_a_time(stage: Stage) -> None:
    """The goal is eleven or fewer."""
    number, heard = turns(stage, "meld behov", ONE_AT_A_TIME)
    assert "Nummer: 2026-G001" in text(heard)
    assert need(stage).status is Status.SENT_TO_OWNER
    assert number <= 11


def test_three_turns_by_the_whole_card(stage: Stage) -> None:
    """By its command and a look at the summary; or from `meld behov`, sent straight from the card."""
    number, heard = turns(stage, "hele skjemaet", (("Lagre og se over", CORE), (OWNER, {})))
    assert "Nummer: 2026-G001" in text(heard)
    assert number <= 3
    number, heard = turns(stage, "meld behov", (("Hele skjemaet", {}), (OWNER, {**CORE, "title": "Språk"})))
    assert "Nummer: 2026-G002" in text(heard)
    assert number <= 3


def test_two_turns_for_no_need(stage: Stage) -> None:
    """Asked once, answered."""
    number, heard = turns(stage, "ingen behov", (("Ja, ingen behov i år", {}),))
    assert "Nummer: 2026-G001" in text(heard)
    assert need(stage).status is Status.NO_NEED
    assert number <= 2
