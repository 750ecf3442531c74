"""What differs between two sendings of a need: a pure comparison, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.needs.form import Answers, FieldKind, Form, FormField


@dataclass(frozen=True)
class Change:
    """A field that reads differently: `before` is None when it was empty, `after` when it is so now."""

    field: FormField
    before: Any
    after: Any


def changes(form: Form, before: Answers, after: Answers) -> tuple[Change, ...]:
    """The fields that have changed, in the order of the form.

    Blanks, and the order of things that are merely chosen, are no change.
    """
    return tuple(
        Change(field, _given(before, field), _given(after, field))
        for field in form.fields
        if _essence(field, before) != _essence(field, after)
    )


def _given(answers: Answers, field: FormField) -> Any:
    return answers.get(field.id) if _essence(field, answers) else None


def _essence(field: FormField, answers: Answers) -> Any:
    value = answers.get(field.id)
    if value is None:
        return ""
    if field.kind is FieldKind.CHOICES:
        return sorted(value) or ""
    return " ".join(str(value).split())
