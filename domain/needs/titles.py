"""A suggested name for a need, made from what has been answered."""

from __future__ import annotations

from domain.needs.form import Answers, Form

LONGEST = 80


def suggested_title(form: Form, answers: Answers) -> str | None:
    """A short name from the continued measure or the themes; None when neither is known."""
    if continued := answers.get("continues"):
        return str(continued)[:LONGEST]
    field = form.field("themes")
    chosen = answers.get("themes") or []
    if field is None or not chosen:
        return None
    names = [answers.get("theme_other", "annet") if v == "other" else field.label_of(v) for v in chosen]
    text = names[0]
    for name in names[1:]:
        joined = f"{text}, {name[:1].lower()}{name[1:]}"
        if len(joined) > LONGEST:
            break
        text = joined
    return text[:LONGEST]
