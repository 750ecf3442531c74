"""`rekompis outreach status`: how what the bot says by itself has fared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.opening import opened, settings_or_fail, stored_now
from domain.clock import OSLO

if TYPE_CHECKING:
    from datetime import datetime

    from delivery.status import Lost, Status


def outreach_status(
    days: Annotated[int, typer.Option(min=1, max=400, help="How far back to list.")] = 30,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Count messages by state and kind, and list those that did not arrive."""
    from delivery.status import status_of

    settings = settings_or_fail()
    with opened(settings) as database, database.unit_of_work() as uow:
        found = status_of(uow, stored_now(uow, settings), days)
    if as_json:
        typer.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=2))
        return
    for line in _counted(found):
        typer.echo(line)
    typer.echo("")
    if not found.lost:
        typer.echo(f"Everything of the last {days} days has arrived, is under way, or was not needed.")
    for lost in found.lost:
        typer.echo(_line(lost))


def _counted(found: Status) -> list[str]:
    from domain.outbox import OutboxState

    lines = []
    for state in OutboxState:
        lines.append(f"{state.value:<12}{found.in_state(state):>7}")
        kinds = {kind: number for (kind, other), number in found.counts.items() if other is state}
        lines += [f"  {kind.value:<24}{number:>7}" for kind, number in kinds.items()]
    return lines


def _line(lost: Lost) -> str:
    m = lost.message
    return (
        f"{_at(m.finished_at):<16}  {m.state.value:<11}  {m.kind.value:<18}  {m.attempts} attempts  "
        f"{lost.recipient or 'channel'}  {m.key}"
    )


def _as_json(found: Status) -> dict[str, Any]:
    counts: dict[str, dict[str, int]] = {}
    for (kind, state), number in found.counts.items():
        counts.setdefault(state.value, {})[kind.value] = number
    rows = [
        {
            "key": lost.message.key,
            "kind": lost.message.kind.value,
            "state": lost.message.state.value,
            "at": lost.message.finished_at.astimezone(OSLO).isoformat() if lost.message.finished_at else None,
            "attempts": lost.message.attempts,
            "person": lost.recipient,
            "person_id": lost.message.person_id,
            "binding_id": lost.message.binding_id,
        }
        for lost in found.lost
    ]
    return {"counts": counts, "not_arrived": rows}


def _at(moment: datetime | None) -> str:
    return moment.astimezone(OSLO).strftime("%Y-%m-%d %H:%M") if moment else "–"
