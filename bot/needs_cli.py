"""`rekompis needs …`: needs from a file, for those who set up and look after an installation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.opening import opened, settings_or_fail, stored_now
from bot.terminal import fail

if TYPE_CHECKING:
    from domain.needs.sheets.importing import ImportReading
    from domain.ports import UnitOfWork
    from domain.register.models import Network

needs = typer.Typer(help="Needs that came as a file.", no_args_is_help=True)


@needs.command("import")
def needs_import(
    path: Annotated[Path, typer.Argument(help="An .xlsx with one need in each row.")],
    network: Annotated[str, typer.Option(help="The network, e.g. Gauldal. Its leader is who registers.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, register nothing.")] = False,
    faulty: Annotated[
        Path | None, typer.Option(help="Where to write the rows that must be mended, as .xlsx.")
    ] = None,
) -> None:
    """Register the rows that are whole, and name what is wrong with the others."""
    from dialogs.replies import FileRefusal
    from domain.needs.sheets import importing
    from domain.needs.sheets.import_file import LARGEST, UnreadableFile
    from messages.documents import REFUSALS
    from messages.sheets.import_faults import sentence
    from messages.sheets.import_sheets import faulty as faulty_rows

    if not path.is_file():
        fail(f"no such file: {path}", 2)
    # One byte more than may be is enough to say that it is too much.
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    settings = settings_or_fail()
    with opened(settings) as database, database.unit_of_work() as uow:
        found = uow.register.network_by_name(network)
        if found is None:
            fail(f"no such network: {network}", 2)
        leader = _leader(uow, found)
        now = stored_now(uow, settings)
        try:
            sheet = importing.read(content)
        except UnreadableFile as refused:
            fail(REFUSALS[FileRefusal(refused.fault.value)])
        reading = importing.judge(uow, leader, sheet, now, found.id)
        if not dry_run:
            importing.register(uow, leader, reading, now)
            uow.commit()
    for fault in reading.faults:
        typer.echo(sentence(fault), err=True)
    if faulty is not None and reading.faults:
        faulty.write_bytes(faulty_rows(sheet, reading))
        typer.echo(f"Written to {faulty}.", err=True)
    typer.echo(_counted(reading, dry_run=dry_run))
    if reading.faults:
        raise typer.Exit(1)


@needs.command("template")
def needs_template(path: Path) -> None:
    """Write an empty sheet to fill in, with an explanation of every column."""
    from messages.sheets.import_sheets import template

    path.write_bytes(template())
    typer.echo(f"Written to {path}.")


def _leader(uow: UnitOfWork, network: Network) -> int:
    from domain.register.models import Role, Scope, ScopeKind

    scope = Scope(kind=ScopeKind.NETWORK, id=network.id)
    people = [p for role in (Role.LEADER, Role.COORDINATOR) for p in uow.register.people_with(role, scope)]
    if not people:
        fail(f"{network.name} has no leader who could register needs")
    return people[0].id


def _counted(reading: ImportReading, *, dry_run: bool) -> str:
    done = "ready" if dry_run else "registered"
    return (
        f"{reading.rows} rows read, {len(reading.ready)} needs {done}, "
        f"{len(reading.already)} there before, {len(reading.faulty)} rows to be mended"
    )
