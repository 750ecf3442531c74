from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from domain.register.files import read_register
from domain.rounds.models import standard_deadlines
from domain.rounds.sample import read_rounds

SAMPLE = Path(__file__).parents[2] / "sample"

ROUND = """
- network: Gauldal
  start_year: 2026
  form_version: "2026.1"
  deadlines:
    - {kind: needs, day: 2026-12-01, source: LP, certainty: agreed, confirmed: true}
"""


def read(tmp_path: Path, text: str) -> None:
    path = tmp_path / "rounds.yaml"
    path.write_text(text, encoding="utf-8")
    read_rounds(path)


def test_each_network_has_its_round_with_all_dates_confirmed() -> None:
    rounds = read_rounds(SAMPLE / "register" / "rounds.yaml")
    networks = [n.name for n in read_register(SAMPLE / "register").networks]
    assert [r.network for r in rounds] == networks
    for file in rounds:
        round = file.as_round(network_id=1)
        assert round.label == "2026/27"
        assert (round.starts, round.ends) == (date(2026, 8, 1), date(2027, 7, 31))
        assert all(deadline.confirmed for deadline in round.deadlines)


def test_the_sample_says_what_the_plans_say() -> None:
    for file in read_rounds(SAMPLE / "register" / "rounds.yaml"):
        unconfirmed = tuple(d.model_copy(update={"confirmed": False}) for d in file.deadlines)
        assert unconfirmed == standard_deadlines(file.start_year, file.network)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-12-01", "2027-12-01"),
        ("2026-12-01", "desember"),
        ("kind: needs", "kind: grant_letter"),
        ("kind: needs", "kind: behov"),
        ("network: Gauldal", "nettverk: Gauldal"),
        ("start_year: 2026", "start_year: 26"),
    ],
)
def test_a_slip_is_refused(tmp_path: Path, old: str, new: str) -> None:
    read(tmp_path, ROUND)
    with pytest.raises(ValidationError):
        read(tmp_path, ROUND.replace(old, new))
