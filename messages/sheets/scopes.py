"""Whose needs a sheet holds, in words."""

from __future__ import annotations

from domain.needs.sheets.excel_scopes import ScopeOfRows
from messages import words


def several(kind: ScopeOfRows, number: int) -> str:
    """«tre barnehager», «to eiere»: whose needs a sheet holds, where they are more than one."""
    return f"{words.number(number)} {'barnehager' if kind is ScopeOfRows.HEAD else 'eiere'}"
