"""What a card may send back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from dialogs.payloads import AnswerStep, BadPayload, Payload, read_payload
from dialogs.routes import CARDS


def test_every_payload_has_its_handler() -> None:
    """Nothing a card can send is left without an answer."""
    assert set(CARDS) == set(Payload.__subclasses__())


@pytest.mark.parametrize("kind", Payload.__subclasses__())
def test_every_payload_forbids_what_it_does_not_know(kind: type[Payload]) -> None:
    """Nor may it be taken for a smaller one: no payload is the base of another."""
    assert {model.model_config.get("extra") for model in _models(kind)} == {"forbid"}
    assert kind.__subclasses__() == []
    with pytest.raises(BadPayload):
        read_payload({"verb": kind.model_fields["verb"].default, "status": "approved"})


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in an annotation, with those inside of them."""
    for part in get_args(annotation):
        yield from _models(part)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _models(field.annotation)


def test_inputs_are_kept_apart_from_ids() -> None:
    """What a person filled in lies under `inputs`."""
    read = read_payload({"verb": "answer", "report": 3, "step": "today", "v": 2, "today": "Vi ser at …"})
    assert isinstance(read, AnswerStep)
    assert read.inputs == {"today": "Vi ser at …"}


@pytest.mark.parametrize(
    "raw",
    [
        {"verb": "my_reports", "today": "Noe jeg skrev"},
        {"verb": "submit", "report": 1, "v": 3, "change": "themes"},
        {"verb": "menu", "themes": "play,language"},
    ],
)
def test_inputs_that_a_button_has_no_use_for_are_left(raw: dict[str, Any]) -> None:
    """Clients send all inputs of a card with every button."""
    assert read_payload(raw).inputs == {}


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"verb": None},
        {"verb": ["menu"]},
        {"verb": "drop_tables"},
        {"verb": "menu", "extra": 1},
        {"verb": "answer", "report": "x", "step": "today", "v": 1},
        {"verb": "answer", "report": -1, "step": "today", "v": 1},
        {"verb": "answer", "report": 10**30, "step": "today", "v": 1},
        {"verb": "answer", "report": 1, "step": "today"},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "status": "godkjent"},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "today": {"a": 1}},
        {"verb": "answer", "report": 1, "step": "today", "v": 1, "today": "x" * 30_000},
        {"verb": "approve_all", "owner": 1, "reports": list(range(1, 2600))},
        {"verb": "answer_access", "request": 1, "grant": "kanskje"},
    ],
)
def test_what_no_card_of_ours_sends_is_refused(raw: dict[str, Any]) -> None:
    """Whatever is odd about it."""
    with pytest.raises(BadPayload):
        read_payload(raw)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)


@given(
    st.dictionaries(st.text(max_size=10), _JSON, max_size=5), st.sampled_from(["answer", "menu", "approve"])
)
def test_no_payload_breaks_the_reading(raw: dict[str, Any], verb: str) -> None:
    """It is read, or it is refused."""
    try:
        read = read_payload({**raw, "verb": verb})
    except BadPayload:
        return
    assert isinstance(read, Payload)
