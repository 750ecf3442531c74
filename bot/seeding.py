"""Puts a register and its rounds into the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.needs.form import needs_form
from domain.ports import UnitOfWork
from domain.register.files import read_register
from domain.register.repository import ImportCounts
from domain.rounds.models import (
    NEW,
    Round,
    round_label,
    round_period,
    round_start_year,
    standard_deadlines,
)
from domain.rounds.sample import read_rounds

ROUNDS_FILE = "rounds.yaml"


def import_register(uow: UnitOfWork, path: Path, today: date) -> ImportCounts:
    """Makes the register what the files say. A folder may hold rounds.yaml as well.

    Networks without a round today get the scheme's usual dates, which their leader has not confirmed.
    Raises FaultyRegister.
    """
    counts = uow.register.replace_all(read_register(path))
    rounds = path / ROUNDS_FILE
    if path.is_dir() and rounds.is_file():
        for found in read_rounds(rounds):
            network = uow.register.network_by_name(found.network)
            if network is not None:
                uow.rounds.save(_as_stored(uow, found.as_round(network.id)))
    ensure_rounds(uow, today)
    return counts


def _as_stored(uow: UnitOfWork, read: Round) -> Round:
    """The round of the file; one that is there already keeps everything but its dates."""
    known = uow.rounds.current(read.network_id, read.starts)
    if known is None or known.label != read.label:
        return read
    return known.model_copy(update={"deadlines": read.deadlines})


def ensure_rounds(uow: UnitOfWork, today: date) -> None:
    """Gives every network that has none a round for today, with the usual dates, unconfirmed."""
    year = round_start_year(today)
    starts, ends = round_period(year)
    for network in uow.register.networks():
        if uow.rounds.current(network.id, today) is None:
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


def seed_if_empty(uow: UnitOfWork, sample: Path, today: date) -> bool:
    """Local mode's sample register, when there is no register yet; whether it was put in."""
    if uow.register.networks():
        ensure_rounds(uow, today)
        return False
    import_register(uow, sample, today)
    return True
