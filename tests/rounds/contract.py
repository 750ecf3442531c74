"""What every RoundRepository must do; a test module subclasses this and gives the fixtures.

`rounds` is an empty repository; `networks` are the ids of two networks that exist beside it.
"""

from __future__ import annotations

from datetime import date

import pytest

from domain.rounds.models import DeadlineKind, Round, round_label, round_period, standard_deadlines
from domain.rounds.repository import NoSuchRound, RoundRepository


def make_round(network_id: int, start_year: int = 2026, region: str | None = None) -> Round:
    starts, ends = round_period(start_year)
    return Round(
        network_id=network_id,
        label=round_label(start_year),
        starts=starts,
        ends=ends,
        deadlines=standard_deadlines(start_year, region),
        form_version="2026.1",
    )


class RoundContract:
    def test_nothing_is_current_at_first(self, rounds: RoundRepository, networks: tuple[int, int]) -> None:
        assert rounds.current(networks[0], date(2026, 11, 22)) is None
        assert rounds.all_current(date(2026, 11, 22)) == []

    def test_what_is_saved_is_got(self, rounds: RoundRepository, networks: tuple[int, int]) -> None:
        saved = rounds.save(make_round(networks[0], region="Gauldal"))
        assert saved.id > 0
        assert saved == make_round(networks[0], region="Gauldal").model_copy(update={"id": saved.id})
        assert rounds.get(saved.id) == saved

    def test_the_current_round_runs_from_first_to_last_day(
        self, rounds: RoundRepository, networks: tuple[int, int]
    ) -> None:
        last_year = rounds.save(make_round(networks[0], 2025))
        this_year = rounds.save(make_round(networks[0], 2026))
        assert rounds.current(networks[0], date(2026, 7, 31)) == last_year
        assert rounds.current(networks[0], date(2026, 8, 1)) == this_year
        assert rounds.current(networks[0], date(2027, 7, 31)) == this_year
        assert rounds.current(networks[0], date(2027, 8, 1)) is None
        assert rounds.current(networks[1], date(2026, 8, 1)) is None

    def test_all_current_are_one_for_each_network(
        self, rounds: RoundRepository, networks: tuple[int, int]
    ) -> None:
        later = rounds.save(make_round(max(networks)))
        earlier = rounds.save(make_round(min(networks)))
        rounds.save(make_round(networks[0], 2025))
        assert rounds.all_current(date(2026, 11, 22)) == [earlier, later]

    def test_saving_again_replaces(self, rounds: RoundRepository, networks: tuple[int, int]) -> None:
        saved = rounds.save(make_round(networks[0], region="Gauldal"))
        confirmed = saved.model_copy(
            update={"deadlines": tuple(d.model_copy(update={"confirmed": True}) for d in saved.deadlines[:5])}
        )
        assert rounds.save(confirmed) == confirmed
        assert rounds.get(saved.id) == confirmed
        assert rounds.get(saved.id).deadline(DeadlineKind.REPORTING_NETWORK) is None
        assert rounds.save(make_round(networks[0])).id == saved.id
        assert len(rounds.all_current(date(2026, 11, 22))) == 1

    def test_unknown_round(self, rounds: RoundRepository) -> None:
        with pytest.raises(NoSuchRound) as refused:
            rounds.get(4711)
        assert refused.value.id == 4711
