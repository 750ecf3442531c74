"""Puts a register and its rounds into the database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.needs.beginning import ensure_rounds
from domain.ports import UnitOfWork
from domain.register.files import read_register
from domain.register.repository import ImportCounts
from domain.rounds.models import DeadlineKind, Round
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
    """The round of the file; one that is there already keeps everything but the dates that nobody has confirmed."""
    known = uow.rounds.current(read.network_id, read.starts)
    if known is None or known.label != read.label:
        return read
    settled = {d.kind: d for d in known.deadlines if d.confirmed}
    named = {d.kind: d for d in read.deadlines} | settled
    return known.model_copy(update={"deadlines": tuple(named[k] for k in DeadlineKind if k in named)})


def seed_if_empty(uow: UnitOfWork, sample: Path, today: date) -> bool:
    """Local mode's sample register, when there is no register yet; whether it was put in."""
    if uow.register.networks():
        ensure_rounds(uow, today)
        return False
    import_register(uow, sample, today)
    return True
