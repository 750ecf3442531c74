"""Every version of a form that is kept: the newest, and those that earlier rounds froze."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from domain.needs.form import NEWEST, Form, load


@cache
def every_version(form_id: str) -> tuple[Form, ...]:
    """The newest version of a form first, then the earlier ones."""
    folder = files(__package__).joinpath("earlier_forms")
    names = sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.startswith(f"{form_id}-"))
    return (load(NEWEST[form_id]), *(load(f"earlier_forms/{name}") for name in names))


@cache
def input_ids(form_id: str) -> frozenset[str]:
    """The ids of the fields of all versions of a form: what its cards may send."""
    return frozenset(field.id for form in every_version(form_id) for field in form.fields)
