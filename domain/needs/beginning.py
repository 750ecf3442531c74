"""A new year's rounds: every network has one from 1 August, whether anybody starts the bot that day or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.needs.form import needs_form
from domain.rounds.models import NEW, Round, round_label, round_period, round_start_year, standard_deadlines

if TYPE_CHECKING:
    from datetime import date

    from domain.ports import UnitOfWork


def ensure_rounds(uow: UnitOfWork, today: date) -> int:
    """Gives every network that has none a round for today, with the usual dates, unconfirmed; returns how many."""
    year = round_start_year(today)
    starts, ends = round_period(year)
    without = [n for n in uow.register.networks() if uow.rounds.current(n.id, today) is None]
    for network in without:
        uow.rounds.save(
            Round(
                id=NEW,
                network_id=network.id,
                label=round_label(year),
                starts=starts,
                ends=ends,
                deadlines=standard_deadlines(year, network.slug),
                form_version=needs_form().version,
            )
        )
    return len(without)
