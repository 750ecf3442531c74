"""The columns of a sheet of needs: the fields of the form versions that occur, less those that are not for its readers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.needs.form import Form, FormField, Step, needs_form
from domain.needs.models import NeedsReport
from domain.needs.sheets.excel_scopes import NOT_SHOWN, ScopeOfRows


@dataclass(frozen=True)
class Column:
    """A field's column: the field in the newest version that has it, and the step it is asked in."""

    step: Step
    field: FormField


def columns(reports: Sequence[NeedsReport], kind: ScopeOfRows) -> list[Column]:
    """The columns of the form versions that occur, in the newest form's order; older fields after their neighbour."""
    newest = needs_form()
    occurring = sorted({r.form_version for r in reports} or {newest.version}, reverse=True)
    order = {f.id: n for n, f in enumerate(newest.fields)}
    found: list[Column] = []
    for form in (needs_form(version) for version in occurring):
        after = 0
        for column in _columns_of(form):
            known = next((n for n, c in enumerate(found) if c.field.id == column.field.id), None)
            if known is None:
                found.insert(after, column)
                known = after
            after = known + 1
    if all(c.field.id in order for c in found):
        found.sort(key=lambda c: order[c.field.id])
    return [c for c in found if not NOT_SHOWN[kind] & set(c.step.spec)]


def _columns_of(form: Form) -> list[Column]:
    return [Column(step, field) for step in form.steps for field in step.fields]
