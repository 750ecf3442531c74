"""What a common need answers, made from the needs it takes in: pure functions over answers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

from domain.needs.form import Answers, FieldKind, Form, FormField
from domain.needs.titles import suggested_title

Named = tuple[str, Answers]
"""The name of a kindergarten and what it answered."""

SUMMED = (FieldKind.COUNT, FieldKind.MONEY)
OWN_TITLE = "title"


def merged_answers(form: Form, parts: Sequence[Named], title: str) -> Answers:
    """The answers of the first, with themes and other choices of all, numbers summed, and texts one by one.

    Each text stands under its kindergarten's name; together they keep within the field's length.
    """
    made: Answers = {}
    for field in form.fields:
        given = [(name, answers[field.id]) for name, answers in parts if field.id in answers]
        if given:
            made[field.id] = _one(field, given)
    made[OWN_TITLE] = title
    return {f.id: made[f.id] for f in form.fields if f.id in made and f.shown(made)}


def title_for(form: Form, parts: Sequence[Answers]) -> str | None:
    """A suggested name, from the themes of them all; None when they have none."""
    field = form.field("themes")
    themes = _all_chosen(field, [p["themes"] for p in parts if p.get("themes")]) if field else []
    other = next((p["theme_other"] for p in parts if p.get("theme_other")), None)
    known: Answers = {"themes": themes} | ({"theme_other": other} if other else {})
    return suggested_title(form, known)


def _one(field: FormField, given: list[tuple[str, Any]]) -> Any:
    first = given[0][1]
    if all(value == first for _, value in given) and field.kind not in SUMMED:
        return first
    if field.kind in SUMMED:
        return sum(int(value) for _, value in given)
    match field.kind:
        case FieldKind.CHOICES:
            return _all_chosen(field, [value for _, value in given])
        case FieldKind.TEXT if field.multiline:
            return _texts(given, field.max_length)
        case FieldKind.TEXT:
            distinct = list(dict.fromkeys(str(value) for _, value in given))
            return _shortened("; ".join(distinct), field.max_length)
        case _:
            return first


def _all_chosen(field: FormField, chosen: list[list[str]]) -> list[str]:
    """Every choice once: the whole takes in the others, «no» and «don't know» give way to what was chosen."""
    union = list(dict.fromkeys(chain.from_iterable(chosen)))
    if field.whole in union:
        return [str(field.whole)]
    real = [v for v in union if v not in field.exclusive]
    if not real:
        return chosen[0] if chosen else []
    return real[: field.most] if field.most else real


def _texts(given: list[tuple[str, Any]], longest: int) -> str:
    """«Solbakken barnehage: …» for each, with as much room for all when it does not suffice."""
    whole = "\n\n".join(f"{name}: {text}" for name, text in given)
    if len(whole) <= longest:
        return whole
    room = (longest - 2 * (len(given) - 1)) // len(given)
    return "\n\n".join(_shortened(f"{name}: {text}", room) for name, text in given)[:longest].rstrip()


def _shortened(text: str, longest: int) -> str:
    """As many whole words as there is room for."""
    if len(text) <= longest:
        return text
    head = text[: max(longest - 1, 0)]
    whole = head.rsplit(" ", 1)[0] if " " in head[longest // 2 :] else head
    return f"{whole.rstrip()}…"[:longest]
