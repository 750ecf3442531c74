"""How a command ends that cannot do its work."""

from __future__ import annotations

from typing import NoReturn

import typer


def fail(words: str, code: int = 1) -> NoReturn:
    """One line on standard error, and out."""
    typer.echo(f"rekompis: {words}", err=True)
    raise typer.Exit(code)
