"""The figures that the operator's guide gives are those of the code."""

from __future__ import annotations

import yaml

from bot.app import DRAIN_SECONDS
from bot.sdk.http import MAX_BYTES, MAX_HEADER
from bot.turns.limits import BURST, TOLD_EVERY
from bot.turns.limits import PER_SECOND as TURNS_PER_SECOND
from bot.turns.people import STRANGERS_A_DAY
from delivery import engine, ticker
from delivery.budget import LONGEST_COOL_OFF
from delivery.ledger import PER_SECOND, Limits
from delivery.send import MAX_ATTEMPTS
from domain.needs.reading import LONGEST_MESSAGE
from tests.docs.test_links import ROOT
from tests.docs.test_named_things import DRIFT

SENDING = DRIFT.split("## Utsendingen\n")[1].split("\n## ")[0]
TAKEN = DRIFT.split("## Hva boten tar imot\n")[1].split("\n## ")[0]
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


def test_what_is_taken_in_is_what_the_door_takes() -> None:
    assert (BURST, TURNS_PER_SECOND, "100 på rad, og så to i sekundet" in TAKEN) == (100, 2, True)
    assert (TOLD_EVERY, "høyst hvert tiende sekund" in TAKEN) == (10, True)
    assert f"{LONGEST_MESSAGE:,} tegn".replace(",", " ") in TAKEN
    assert (STRANGERS_A_DAY, "tre svar om dagen" in TAKEN) == (3, True)
    assert f"{MAX_BYTES // 1024} KB, {MAX_HEADER // 1024} KB" in TAKEN


def test_a_process_is_given_the_time_that_it_may_take_to_end() -> None:
    assert "slutter innen 20\n  sekunder" in DRIFT
    assert DRAIN_SECONDS < 20
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    patience = {s["stop_grace_period"] for name, s in compose["services"].items() if name.startswith("bot")}
    assert patience == {"25s"}
    assert ("vente 25 sekunder" in DRIFT, "TimeoutStopSec=25" in DRIFT) == (True, True)
