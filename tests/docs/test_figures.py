"""The figures that the operator's guide gives are those of the code."""

from __future__ import annotations

from delivery import engine, ticker
from delivery.budget import LONGEST_COOL_OFF
from delivery.ledger import PER_SECOND, Limits
from delivery.send import MAX_ATTEMPTS
from tests.docs.test_named_things import DRIFT

SENDING = DRIFT.split("## Utsendingen\n")[1].split("\n## ")[0]
KEPT = DRIFT.split("## Hvor lenge ting blir liggende\n")[1].split("\n### ")[0]


def test_the_attempts_and_the_limits_are_those_of_the_sending() -> None:
    assert (MAX_ATTEMPTS, "prøvd førti ganger" in SENDING) == (40, True)
    assert f"{PER_SECOND:.0f} i sekundet av det den sender selv" in SENDING
    assert f"høyst {Limits.of(PER_SECOND).room} i alt" in SENDING
    assert (LONGEST_COOL_OFF, "høyst fem minutter" in SENDING) == (300, True)


def test_what_is_kept_is_kept_as_long_as_it_says() -> None:
    rows = {
        line.split(" | ")[0].strip("| "): line.split(" | ")[1] for line in KEPT.splitlines() if " | " in line
    }
    assert f"{ticker._KEEP_PARAMETERS.days} dager" in rows["hva en melding handlet om (bare id-er)"]
    assert f"{ticker._KEEP_TURNS.days} dager" in rows["svarene boten har gitt"]
    assert f"{engine._KEEP_DELIVERIES.days} dager" in rows["utsendingens egne rader"]
    assert (
        ticker._KEEP_QUESTIONS.days,
        "18 måneder" in rows["spørsmål til lederen, og spørsmål uten svar"],
    ) == (548, True)
