"""The command line: `rekompis` or `python -m bot`. Errors are one clear line and a non-zero exit code."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import logs
from bot.forgetting_cli import register_forget
from bot.needs_cli import needs
from bot.opening import now_of, opened, settings_or_fail, stored_now
from bot.outreach_cli import outreach_status
from bot.scheme_cli import scheme
from bot.settings import BadSettings, Settings
from bot.terminal import fail
from domain.clock import OSLO, local_day

app = typer.Typer(help="Rekompis: the assistant of the competence networks.", no_args_is_help=True)
db = typer.Typer(help="The database.", no_args_is_help=True)
register = typer.Typer(
    help="The register of networks, owners, kindergartens and people.", no_args_is_help=True
)
outreach = typer.Typer(help="What the bot says by itself.", no_args_is_help=True)
cards = typer.Typer(help="The cards.", no_args_is_help=True)
manifest = typer.Typer(help="The Teams app package.", no_args_is_help=True)
outreach.command("status")(outreach_status)
register.command("forget")(register_forget)
for name, group in (
    ("db", db),
    ("register", register),
    ("scheme", scheme),
    ("needs", needs),
    ("outreach", outreach),
    ("cards", cards),
    ("manifest", manifest),
):
    app.add_typer(group, name=name)


def main() -> None:
    """The entry point of the console script."""
    app()


@app.command()
def serve() -> None:
    """Serve POST /api/messages until told to stop."""
    # Until the server listens to signals itself: what is being loaded then is nobody's turn.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _load_quickly()
    from bot.serve import serve as run

    settings = settings_or_fail()
    _run(settings, lambda: run(settings))


@app.command()
def local() -> None:
    """Serve, with a Teams-like client beside it: no Azure needed, loopback only."""
    _load_quickly()
    from bot.serve import serve_with_client

    settings = settings_or_fail()
    if not settings.local:
        fail("`local` is for local mode: unset REKOMPIS_APP_ID", 2)

    def tell(url: str) -> None:
        typer.echo("")
        typer.echo(f"  Open {url} in a browser: that is the Teams-like client.")
        typer.echo("  Write «hei» to Rekompis, or «demo» to act as somebody else. Ctrl-C stops everything.")
        typer.echo("")
        sys.stdout.flush()

    _run(settings, lambda: serve_with_client(settings, tell))


def _load_quickly() -> None:
    # Little of what is loaded is garbage, and looking through it takes a tenth of the start; `bot.warming` goes on.
    gc.disable()


def _run(settings: Settings, make: Callable[[], Coroutine[Any, Any, int]]) -> None:
    from bot.local.playground import (
        NodeMissingError,
        PlaygroundPackageMissingError,
        PlaygroundStartError,
        PortTakenError,
    )
    from delivery.liveness import TwinAlive
    from storage.errors import AlreadyRunning, DatabaseAway

    logs.set_up(settings.log_level, readable=settings.readable_logs)
    try:
        code = asyncio.run(make())
    except BadSettings as bad:
        fail("; ".join(bad.args), 2)
    except AlreadyRunning:
        fail("another Rekompis already uses this database")
    except DatabaseAway as away:
        fail(f"cannot reach the database ({away})")
    except TwinAlive:
        fail(f"another process with REKOMPIS_EXECUTOR_ID={settings.executor_id} is running")
    except NodeMissingError:
        fail("Node.js 20 is needed for the local client: install it, or use `rekompis serve`")
    except PlaygroundPackageMissingError:
        fail("the local client is not installed: run `npm ci`")
    except PortTakenError as taken:
        fail(f"port {taken.port} is in use: set REKOMPIS_CLIENT_PORT")
    except PlaygroundStartError as bad:
        fail(f"the local client did not start: {str(bad)[-300:]}")
    except OSError as error:
        fail(f"cannot listen on {settings.host}:{settings.port} ({error.strerror})")
    raise typer.Exit(code)


@db.command("upgrade")
def db_upgrade() -> None:
    """Create the database, or bring it up to date."""
    with opened(settings_or_fail()):
        typer.echo("The database is up to date.")


@register.command("import")
def register_import(path: Path) -> None:
    """Read a folder of CSV files or an .xlsx; all or nothing."""
    from bot.seeding import import_register
    from domain.register.files import FaultyRegister
    from messages.register.register_faults import sentence

    settings = settings_or_fail()
    with opened(settings) as database:
        try:
            with database.unit_of_work() as uow:
                counts = import_register(uow, path, local_day(now_of(settings)))
                uow.commit()
        except FaultyRegister as faulty:
            for fault in faulty.faults[:50]:
                typer.echo(sentence(fault), err=True)
            fail(f"{len(faulty.faults)} feil i registeret. Ingenting er lest inn.")
    for sheet in type(counts).model_fields:
        found = getattr(counts, sheet)
        typer.echo(
            f"{sheet}: {found.added} added, {found.changed} changed, "
            f"{found.unchanged} unchanged, {found.retired} retired"
        )


@register.command("export")
def register_export(path: Path) -> None:
    """Write the register as a folder of CSV files, or as .xlsx."""
    from domain.register.files import write_register

    with opened(settings_or_fail()) as database, database.unit_of_work() as uow:
        write_register(path, uow.register.export())
    typer.echo(f"Written to {path}.")


@app.command()
def ask(
    question: str,
    as_: Annotated[str | None, typer.Option("--as", help="A role: styrer, eier, leder …")] = None,
    network: Annotated[str | None, typer.Option(help="A network, e.g. Gauldal.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="With the ids of the facts.")] = False,
) -> None:
    """Ask about the scheme, as in the chat."""
    from dialogs.ask import ACTORS, dated
    from domain.register.models import Role
    from domain.register.names import network_slug
    from domain.rounds.models import round_start_year, standard_deadlines
    from domain.scheme.answers import Asker, Scheme
    from domain.scheme.prepared import prepared
    from messages.answers import as_text

    try:
        role = Role(as_) if as_ else None
    except ValueError:
        fail(f"no such role: {as_}. The roles are {', '.join(Role)}", 2)
    today = local_day(now_of(settings_or_fail()))
    region = network_slug(network) if network else None
    dates = dated(standard_deadlines(round_start_year(today), region))
    asker = Asker(role_actor=ACTORS.get(role) if role else None, region=region)
    answer = Scheme(prepared()).answer(question, asker, today, dates)
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        typer.echo(as_text(answer))


@outreach.command("plan")
def outreach_plan(
    days: Annotated[int, typer.Option(min=1, max=400, help="How far ahead.")] = 14,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Print what will go to whom and when, and why; and what is held back, and why."""
    from domain.outreach.planning.coming import planned

    settings = settings_or_fail()
    with opened(settings) as database, database.unit_of_work() as uow:
        found = planned(uow, stored_now(uow, settings), days)
    if as_json:
        rows = [
            {
                "key": p.key,
                "kind": p.kind.value,
                "reason": p.reason.value,
                "step": p.step,
                "network": p.network,
                "at": p.goes_at.astimezone(OSLO).isoformat(),
                "about": p.day.isoformat(),
                "person": p.recipient,
                "person_id": p.person_id,
                "binding_id": p.binding_id,
                "held": p.held.value if p.held else None,
                "said_in": p.said_in,
            }
            for p in found
        ]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not any(p.held is None for p in found):
        typer.echo(f"Nothing goes out in the next {days} days.")
    for p in found:
        at = p.goes_at.astimezone(OSLO).strftime("%Y-%m-%d %H:%M")
        goes = f"not sent: {p.held.value}" if p.held else "same message" if p.said_in else "goes"
        typer.echo(
            f"{at}  {p.network:<10}  {p.kind.value:<18}  {p.step:<11}  {goes:<25}  "
            f"{p.recipient or 'channel'}  ({p.reason.value})"
        )


@cards.command("preview")
def cards_preview(folder: Path) -> None:
    """Write every card as JSON, and as HTML where the renderer is installed."""
    from bot.preview import write_preview

    settings = settings_or_fail()
    count = write_preview(folder, local_day(now_of(settings)))
    typer.echo(f"{count} cards in {folder}.")


@manifest.command("build")
def manifest_build(target: Annotated[Path, typer.Argument()] = Path("build/rekompis.zip")) -> None:
    """Build the Teams app package."""
    from bot.manifest import ManifestError, build

    settings = settings_or_fail()
    try:
        made = build(target, app_id=settings.app_id, public_url=settings.public_url)
    except ManifestError as error:
        fail(f"cannot build the package ({type(error).__name__}: {error})")
    typer.echo(f"Written to {made}.")
