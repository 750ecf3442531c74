"""The needs of a kindergarten in the rounds before the present one, as every database gives them."""

from __future__ import annotations

from datetime import date

from domain.needs.models import Status
from domain.ports import UnitOfWork
from domain.rounds.models import Round, standard_deadlines
from tests.storage.seeds import Seeds


def _round(uow: UnitOfWork, like: Round, year: int) -> Round:
    return uow.rounds.save(
        Round(
            network_id=like.network_id,
            label=f"{year}/{(year + 1) % 100}",
            starts=date(year, 8, 1),
            ends=date(year + 1, 7, 31),
            deadlines=standard_deadlines(year),
            form_version=like.form_version,
        )
    )


def test_the_latest_round_comes_first_and_the_present_one_is_left_out(uow: UnitOfWork, seeds: Seeds) -> None:
    now = seeds.rounds[0]
    last, before = (_round(uow, now, now.starts.year - back) for back in (1, 2))
    uow.needs.add(seeds.need())
    oldest = uow.needs.add(seeds.need(round_id=before.id, status=Status.GRANTED))
    held = uow.needs.add(seeds.need(round_id=last.id, status=Status.ON_HOLD))
    uow.needs.add(seeds.need(round_id=last.id, status=Status.WITHDRAWN))
    mine = held.kindergarten_id
    assert uow.needs.earlier(mine, now.id) == [held, oldest]
    assert uow.needs.earlier(mine, last.id) == [oldest]
    assert uow.needs.earlier(mine, before.id) == []
    assert uow.needs.earlier(mine + 1, now.id) == []
