"""`rekompis scheme …`: the description of the schemes, for those who keep it right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.terminal import fail

if TYPE_CHECKING:
    from domain.scheme.model import Description, Fact

scheme = typer.Typer(help="The description of the schemes.", no_args_is_help=True)

NEAREST = 3
LABEL = 16
WIDTH = 90


class Unreadable(Exception):
    """The description cannot be read; the arguments are what is wrong, one line each."""


@scheme.command("check")
def scheme_check() -> None:
    """Look for faults in the description: each on a line, and exit code 1."""
    from domain.scheme.check import check, check_examples
    from domain.scheme.examples import load_examples

    try:
        description = _description()
        problems = [*check(description), *check_examples(description, load_examples())]
    except Unreadable as unreadable:
        problems = list(unreadable.args)
    for problem in problems:
        typer.echo(problem)
    if problems:
        raise typer.Exit(1)
    typer.echo(f"{len(description.facts)} facts, sound")


@scheme.command("prepare")
def scheme_prepare() -> None:
    """Make what answers are looked up with, so that the next start need not."""
    from domain.scheme.prepared import prepared

    found = prepared()
    typer.echo(f"{len(found.description.facts)} facts, {len(found.model.examples)} example questions")


@scheme.command("show")
def scheme_show(
    name: Annotated[str, typer.Argument(metavar="ID", help="A fact (deadline-needs), or a statement (KN9).")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Show a fact, or the facts that cover a statement of the sources' inventory."""
    try:
        description = _description()
    except Unreadable:
        fail("the description is faulty: see `rekompis scheme check`")
    fact = next((fact for fact in description.facts if fact.id == name), None)
    if fact is not None:
        shown = _fields(fact, description)
        lines = _fact_lines(shown)
    else:
        shown = _statement(name.upper(), description)
        if not shown:
            fail(f"no fact or statement «{name}». The nearest are {', '.join(_nearest(name, description))}")
        lines = _statement_lines(shown)
    typer.echo(json.dumps(shown, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


def _description() -> Description:
    from pydantic import ValidationError
    from yaml import YAMLError

    from domain.scheme.model import load

    try:
        return load()
    except ValidationError as invalid:
        faults = (f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in invalid.errors())
        raise Unreadable(*faults) from invalid
    except YAMLError as broken:
        raise Unreadable(" ".join(str(broken).split())) from broken


def _fields(fact: Fact, description: Description) -> dict[str, Any]:
    """All that is known of a fact."""
    return fact.model_dump(mode="json") | {
        "english": description.english.get(fact.id),
        "contradictions": [settled.id for settled in description.contradictions if fact.id in settled.facts],
    }


def _statement(name: str, description: Description) -> dict[str, Any]:
    """What became of a statement in the inventory; empty when nobody knows of it."""
    known = {
        "facts": [_fields(fact, description) for fact in description.facts if name in fact.covers],
        "contradiction": next(
            (c.model_dump(mode="json") for c in description.contradictions if c.id.upper() == name), None
        ),
        "left_out": description.left_out.get(name),
    }
    return {"id": name, **known} if any(known.values()) else {}


def _nearest(name: str, description: Description) -> list[str]:
    from rapidfuzz.process import extract

    ids = {fact.id for fact in description.facts} | {c for fact in description.facts for c in fact.covers}
    ids |= description.left_out.keys() | {settled.id for settled in description.contradictions}
    return [str(found[0]) for found in extract(name, sorted(ids), processor=str.casefold, limit=NEAREST)]


def _statement_lines(shown: dict[str, Any]) -> Iterator[str]:
    count = len(shown["facts"])
    yield f"{shown['id']}: {count} fact{'' if count == 1 else 's'}"
    if shown["left_out"]:
        yield from _field("left out", [shown["left_out"]])
    for name, value in (shown["contradiction"] or {}).items():
        if name != "id":
            yield from _field(name, _words(value))
    for fact in shown["facts"]:
        yield ""
        yield from _fact_lines(fact)


def _fact_lines(fields: dict[str, Any]) -> Iterator[str]:
    """A fact as one reads it: the fields that have something, one below the other."""
    for name, value in fields.items():
        if words := _words(value):
            yield from _field(name.replace("_", " "), words)


def _words(value: Any) -> list[str]:
    """A field's value in lines: names after one another, and one line for what has words of its own."""
    if value in (None, [], {}):
        return []
    if isinstance(value, dict):
        return [
            ", ".join(f"{name} {'; '.join(_words(part))}" for name, part in value.items() if _words(part))
        ]
    if not isinstance(value, list):
        return [str(value)]
    if isinstance(value[0], dict):
        return [", ".join(filter(None, map(str, part.values()))) for part in value]
    return value if any(" " in str(part) for part in value) else [", ".join(map(str, value))]


def _field(name: str, words: list[str]) -> Iterator[str]:
    lines = [line for part in words for line in wrap(part, WIDTH) or [""]]
    yield f"{name:<{LABEL}}{lines[0]}"
    yield from (f"{'':<{LABEL}}{line}" for line in lines[1:])
