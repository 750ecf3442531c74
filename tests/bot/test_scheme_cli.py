"""`rekompis scheme`: the description is checked, and a fact or a statement of the inventory shown."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner, Result
from yaml import YAMLError

from bot.cli import app
from domain.scheme import model
from domain.scheme.model import Contradiction, Description, Rule, load


def run(*arguments: str) -> Result:
    """Runs a command of the group; it may fail."""
    result = CliRunner().invoke(app, ["scheme", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def shown(*arguments: str) -> str:
    """What `show` writes when it succeeds."""
    result = run("show", *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> Callable[[Description], None]:
    """Put another description in the place of the package's."""
    return lambda description: monkeypatch.setattr(model, "load", lambda: description)


def test_a_sound_description_is_counted() -> None:
    result = run("check")

    assert result.exit_code == 0, result.stdout
    assert result.stdout == f"{len(load().facts)} facts, sound\n"


def test_each_fault_is_a_line(described: Callable[[Description], None]) -> None:
    whole = load()
    first, second = whole.facts[:2]
    faulty = (
        first.model_copy(update={"actors": ("ghost",)}),
        second.model_copy(update={"sources": (), "related": ("nothing",)}),
    )
    described(whole.model_copy(update={"facts": (*faulty, *whole.facts[2:])}))
    result = run("check")

    assert result.exit_code == 1
    assert {
        f"{first.id}: unknown actor ghost",
        f"{second.id}: no source",
        f"{second.id}: unknown related fact nothing",
    } <= set(result.stdout.splitlines())
    assert "sound" not in result.stdout


def test_what_cannot_be_read_is_told_in_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    def invalid() -> Description:
        return Description.model_validate({**load().model_dump(), "facts": [{"id": "one"}]})

    def broken() -> Description:
        raise YAMLError("found a tab\n  in line 3")

    with pytest.raises(ValidationError):
        invalid()
    monkeypatch.setattr(model, "load", invalid)
    result = run("check")
    assert result.exit_code == 1
    assert "facts.0.statement: Field required" in result.stdout.splitlines()
    monkeypatch.setattr(model, "load", broken)
    assert run("check").stdout == "found a tab in line 3\n"
    assert run("show", "one").stderr == "rekompis: the description is faulty: see `rekompis scheme check`\n"


def test_a_fact_is_shown_with_all_its_fields() -> None:
    fact = load().fact("deadline-needs")
    text = shown("deadline-needs")

    assert text.splitlines()[0] == "id              deadline-needs"
    assert fact.statement in text
    assert fact.question in text
    assert "LP, Saksgang: modell, 557-590\n" in text
    assert "value           month 12, day 1\n" in text
    assert f"valid to        {fact.valid_to}\n" in text
    assert max(map(len, text.splitlines())) <= 110


def test_a_fact_as_json_can_be_read_again() -> None:
    fields = json.loads(shown("deadline-needs", "--json"))
    apart = {name: fields.pop(name) for name in ("english", "contradictions")}

    assert model.Fact.model_validate(fields) == load().fact("deadline-needs")
    assert apart["english"] == load().english.get("deadline-needs")


@pytest.mark.parametrize("name", ["P1", "p1"])
def test_a_statement_of_the_inventory_shows_the_facts_that_cover_it(name: str) -> None:
    covering = [fact.id for fact in load().facts if "P1" in fact.covers]

    assert len(covering) > 1
    assert shown(name).startswith(f"P1: {len(covering)} facts\n")
    found = json.loads(shown(name, "--json"))
    assert [fact["id"] for fact in found["facts"]] == covering
    assert found["left_out"] is None


def test_what_was_left_out_and_what_was_settled_say_why(described: Callable[[Description], None]) -> None:
    settled = Contradiction(
        id="M77", about="Ledelse", rule=Rule.NEWEST, outcome="Den nyeste gjelder.", facts=("deadline-needs",)
    )
    described(load().model_copy(update={"left_out": {"X99": "Står i O4."}, "contradictions": (settled,)}))

    assert shown("x99").splitlines() == ["X99: 0 facts", "left out        Står i O4."]
    assert shown("M77").splitlines() == [
        "M77: 0 facts",
        "about           Ledelse",
        "rule            newest",
        "outcome         Den nyeste gjelder.",
        "facts           deadline-needs",
    ]
    assert "contradictions  M77\n" in shown("deadline-needs")


def test_an_unknown_id_is_one_line_with_the_nearest() -> None:
    result = run("show", "deadline-need")

    assert result.exit_code == 1
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith(
        "rekompis: no fact or statement «deadline-need». The nearest are deadline-needs, deadline-"
    )
