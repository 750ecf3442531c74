"""Thousands of bodies that nobody would send: none of them is a fault of ours, and good messages are answered after."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.data_files import sample_register
from dialogs.payloads import Payload
from domain.register.files import read_register
from tests.protocol.people import Channel, Person
from tests.protocol.teams import BOT
from tests.protocol.town import Town

FAULT = "Noe gikk galt"
ANSWERS = {200, 202, 400, 401, 501}
"""501 is what the SDK says to an invoke that nobody answers."""

CHANNEL = Channel("19:fuzz@thread.tacv2", "Fuzz")
WORDS = (
    *("hei", "meld behov", "ja", "nei", "tilbake", "send", "hjelp", "mine meldinger", "når er fristen?"),
    *("3. desember", "12", "lek og språk", "barnehage", "Kari Nordli", "excel", "årshjul", "behov i gauldal"),
    *(
        "",
        " ",
        "..",
        "/",
        "\u200b",
        "𝔉𝔲𝔷𝔷",
        "æøå",
        "-1",
        "1e9",
        "NaN",
        "null",
        "true",
        "<at>Rekompis</at>",
        "%00",
    ),
    *(
        "\\",
        "'",
        '"',
        "{0}",
        "x" * 300,
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "2026-11-22T10:00:00+14:00",
    ),
)

TEXT = st.sampled_from(WORDS) | st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=30
)
NUMBER = st.integers(-3, 40) | st.sampled_from([2**31, 2**53, 2**53 + 1, 2**63, 2**64, -(2**63), 10**30])
PLAIN = st.none() | st.booleans() | NUMBER | st.floats(allow_nan=False, allow_infinity=False) | TEXT
JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=6,
)
CHANGES = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(["put", "put", "drop", "add", "wrap"]), JSON),
    max_size=4,
)
"""Where, counted among all the parts of a body, what is done there, and with what."""


def _fields(kind: type[Payload]) -> st.SearchStrategy[dict[str, Any]]:
    """What a card of this kind might send: its verb, ids and inputs that may be right, and more."""
    verb = kind.model_fields["verb"].default
    ids = {name: NUMBER | JSON for name in kind.model_fields if name not in ("verb", "inputs")}
    inputs = dict.fromkeys(sorted(kind.accepts), TEXT | JSON)
    more = st.dictionaries(
        st.sampled_from(["extra", "verb", "inputs", "msteams", "report"]), JSON, max_size=1
    )
    known = st.fixed_dictionaries({"verb": st.just(verb)}, optional=ids | inputs)
    return st.builds(lambda first, second: first | second, known, st.just({}) | more)


KINDS = sorted(Payload.__subclasses__(), key=lambda kind: kind.__name__)
PAYLOAD = st.sampled_from(KINDS).flatmap(_fields)


class Fuzzed:
    """The bot in local mode, those who write to it, and a connection that stays open."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.faults: list[str] = []
        self.kari, self.ingrid = town.person("Kari Nordli"), town.person("Ingrid Moen")
        # Many, since the bot hears no more than so much of each.
        names = dict.fromkeys(row.name for row in read_register(sample_register()).people)
        self.people = [self.ingrid, *(town.person(name) for name in names), town.person("Frida Fremmed")]
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", int(town.bot.url.rsplit(":", 1)[1]), timeout=60
        )
        town.teams.before_answering = self._listen

    def _listen(self, conversation: str) -> None:
        heard = self.town.teams.chat(conversation).heard
        if heard and FAULT in heard[-1]:
            self.faults.append(heard[-1])

    def post(self, body: bytes) -> int:
        """The status of a body."""
        self._connection.request("POST", "/api/messages", body, {"Content-Type": "application/json"})
        with self._connection.getresponse() as response:
            response.read()
            return response.status

    def bodies(self) -> st.SearchStrategy[bytes]:
        """Activities with parts that were changed, cards with values that may be right, and bytes."""
        everywhere = [*self.people, *(p.in_channel(CHANNEL) for p in self.people[:10])]
        person = st.sampled_from(everywhere)
        activity = st.builds(_activity, person, st.integers(0, len(_MADE) - 1), TEXT, PAYLOAD)
        return (
            st.builds(_written, activity, CHANGES)
            | st.builds(_written, activity, CHANGES)
            | st.builds(_written, activity, st.just([]))
            | st.builds(_spoilt, activity, st.integers(0, 3000), st.binary(max_size=6))
            | st.binary(max_size=60)
        )


def _execute(person: Person, payload: dict[str, Any]) -> dict[str, Any]:
    action = {"type": "Action.Execute", "verb": payload.get("verb"), "data": payload}
    return person.activity("invoke", name="adaptiveCard/action", value={"action": action})


def _attached(person: Person) -> dict[str, Any]:
    content = {"downloadUrl": "https://filer.example/x", "uniqueId": "1", "fileType": "pdf"}
    kind = "application/vnd.microsoft.teams.file.download.info"
    files = [{"contentType": kind, "content": content, "name": "plan.pdf"}]
    images = [{"contentType": "image/png", "contentUrl": "https://filer.example/y"}]
    return person.activity("message", text="her", attachments=files + images)


_MADE = (
    lambda person, text, payload: person.message(text),
    lambda person, text, payload: person.activity("message", value=payload, replyToId="m1"),
    lambda person, text, payload: person.activity("message", value=payload),
    lambda person, text, payload: _execute(person, payload),
    lambda person, text, payload: person.message(text) | {"type": "messageUpdate", "id": "the-same"},
    lambda person, text, payload: person.activity("installationUpdate", action="add"),
    lambda person, text, payload: person.activity("conversationUpdate", membersAdded=[BOT], data={"x": text}),
    lambda person, text, payload: person.activity("messageReaction", reactionsAdded=[{"type": text}]),
    lambda person, text, payload: _attached(person),
)


def _activity(person: Person, made: int, text: str, payload: dict[str, Any]) -> dict[str, Any]:
    activity = deepcopy(_MADE[made](person, text, payload))
    # An edit bears the id of what was written; anything else is new.
    return activity if activity["type"] == "messageUpdate" else activity | {"id": str(uuid4())}


def _written(activity: dict[str, Any], changes: list[tuple[int, str, Any]]) -> bytes:
    for where, what, value in changes:
        places = list(_places(activity))
        if places:
            _change(*places[where % len(places)], what, value)
    return json.dumps(activity, ensure_ascii=bool(len(changes) % 2)).encode()


def _places(part: Any) -> Iterator[tuple[Any, Any]]:
    keys = part.keys() if isinstance(part, dict) else range(len(part)) if isinstance(part, list) else ()
    for key in keys:
        if key != "serviceUrl":  # elsewhere nobody would answer, and the bot would try for a while
            yield part, key
            yield from _places(part[key])


def _change(holder: Any, key: Any, what: str, value: Any) -> None:
    match what:
        case "drop":
            del holder[key]
        case "wrap":
            holder[key] = [holder[key]]
        case "add" if isinstance(holder, dict):
            holder[str(value)[:20]] = holder[key]
        case _:
            holder[key] = value


def _spoilt(activity: dict[str, Any], where: int, by: bytes) -> bytes:
    body = json.dumps(activity).encode()
    where %= len(body)
    return body[:where] + by + body[where + len(by) :]


@pytest.fixture(scope="module")
def fuzzed(town: Town) -> Fuzzed:
    found = Fuzzed(town)
    for person in (found.kari, found.ingrid, found.people[-1]):
        person.say("hei")
    found.kari.say("meld behov")
    found.kari.say("ja")
    return found


def _fuzz(fuzzed: Fuzzed, **chosen: Any) -> None:
    seen: dict[int, int] = {}

    @settings(
        **chosen,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(fuzzed.bodies())
    def each(body: bytes) -> None:
        status = fuzzed.post(body)
        seen[status] = seen.get(status, 0) + 1
        assert status in ANSWERS, (status, body)
        assert not fuzzed.faults, body

    each()
    assert sum(seen.values()) >= chosen["max_examples"]
    assert seen[202] > seen[400] > 0, "most of them came in, and some did not"
    turns = [line for line in fuzzed.town.bot.log().splitlines() if "turn.done" in line]
    floods = [line for line in turns if "flood" in line]
    assert len(floods) < len(turns) / 10, "who sends too much is not heard, and nothing is tried with that"
    assert "Hei, Kari!" in fuzzed.kari.say("hei")


def test_some_hundreds_of_bodies(fuzzed: Fuzzed) -> None:
    _fuzz(fuzzed, max_examples=250, derandomize=True)


@pytest.mark.torture
def test_ten_thousand_bodies(fuzzed: Fuzzed) -> None:
    _fuzz(fuzzed, max_examples=10_000)
