"""The SDK's models as JSON and back, compiled from their own attribute maps.

The SDK's serialiser walks every value of a card (1.5 ms for 30 lines) and its deserialiser takes almost any
type for any other. Here a card is plain JSON that is passed through, and a wrong type is an error.
"""

import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any

import botbuilder.schema
from botbuilder.schema import Activity
from msrest.serialization import Model

from bot.sdk.errors import BadActivity

MAX_DEPTH = 60
MAX_ID = 500

_NEEDS_A_SENDER = frozenset({"message", "messageUpdate", "messageDelete", "messageReaction", "invoke"})
_PERHAPS_UNSTORABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")
"""How JSON writes a NUL, and each half of a pair of surrogates."""

_Decode = Callable[[str, Any], Any]


def dumps(value: object) -> bytes:
    """The value as UTF-8 JSON; it may hold SDK models, dates and enums at any level."""
    return _writer.encode(value).encode("utf-8", "replace")


def loads(raw: bytes) -> dict[str, Any]:
    """A JSON object that is safe to handle and store.

    Raises BadActivity for anything else: nesting beyond MAX_DEPTH, NaN and infinities, and text that a
    database refuses (NUL, lone surrogates).
    """
    try:
        body = _reader.decode(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise BadActivity("json") from None
    if not isinstance(body, dict):
        raise BadActivity("object")
    if _PERHAPS_UNSTORABLE.search(raw) or raw.count(b"{") + raw.count(b"[") > MAX_DEPTH:
        _check_values(body)
    return body


def decode_activity(body: dict[str, Any]) -> Any:
    """The Activity of a JSON object, with what every turn needs; raises BadActivity.

    Unknown keys are kept in `additional_properties` of the model they stand in.
    """
    activity = _decode_model(Activity, "activity", body)
    if activity is None:
        raise BadActivity("type")
    for part, value in (
        ("type", activity.type),
        ("channelId", activity.channel_id),
        ("serviceUrl", activity.service_url),
        ("conversation.id", activity.conversation and activity.conversation.id),
    ):
        if not value:
            raise BadActivity(part)
    sender, recipient = activity.from_property, activity.recipient
    people = [i for who in (sender, recipient) if who is not None for i in (who.id, who.aad_object_id)]
    for identifier in (activity.conversation.id, activity.id, activity.reply_to_id, *people):
        if identifier and len(identifier) > MAX_ID:
            raise BadActivity("id")
    if activity.type in _NEEDS_A_SENDER and not (sender and sender.id):
        raise BadActivity("from.id")
    return activity


def _plain(value: object) -> object:
    if isinstance(value, Model):
        given = [(name, item) for name, item in value.__dict__.items() if item is not None]
        model: Any = type(value)
        keys = _keys(model)
        known = {keys[name]: item for name, item in given if name in keys}
        return {**value.__dict__.get("additional_properties", {}), **known}
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(type(value).__name__)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _finite(written: str) -> float:
    number = float(written)
    if not math.isfinite(number):
        raise BadActivity("number")
    return number


def _check_values(body: dict[str, Any]) -> None:
    # A stack of our own: a recursive walk would fail on the very nesting that it looks for.
    stack: list[tuple[object, int]] = [(body, 1)]
    while stack:
        value, depth = stack.pop()
        if isinstance(value, str):
            if not _is_storable(value):
                raise BadActivity("text")
        elif isinstance(value, dict | list):
            if depth > MAX_DEPTH:
                raise BadActivity("depth")
            children = (*value.keys(), *value.values()) if isinstance(value, dict) else value
            stack.extend((child, depth + 1) for child in children)


def _is_storable(text: str) -> bool:
    if "\x00" in text:
        return False
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return True


def _key(described: dict[str, str]) -> str:
    # The SDK writes and expects «tenantID»; Teams writes «tenantId», so the SDK never sees it.
    return "tenantId" if described["key"] == "tenantID" else described["key"]


@cache
def _keys(model: type) -> dict[str, str]:
    attributes = model._attribute_map.items()  # type: ignore[attr-defined]
    return {name: _key(described) for name, described in attributes if described["key"]}


@cache
def _decoders(model: type) -> dict[str, tuple[str, _Decode]]:
    attributes = model._attribute_map.items()  # type: ignore[attr-defined]
    return {
        _key(described): (name, _decoder(described["type"]))
        for name, described in attributes
        if described["key"] and name != "caller_id"  # set by us alone, never by a sender
    }


def _decoder(kind: str) -> _Decode:
    if kind.startswith("["):
        item = _decoder(kind[1:-1])
        return lambda part, value: _decode_list(item, part, value)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    model = getattr(botbuilder.schema, kind)
    return lambda part, value: _decode_model(model, part, value)


def _decode_model(model: type, part: str, value: Any) -> Any:
    if not value:
        return None  # some channels send "" for a missing object
    if not isinstance(value, dict):
        raise BadActivity(part)
    decoders = _decoders(model)
    decoded: Any = model()
    for key, item in value.items():
        if key not in decoders:
            decoded.additional_properties[key] = item
        elif item is not None:
            name, decode = decoders[key]
            setattr(decoded, name, decode(key, item))
    return decoded


def _decode_list(item: _Decode, part: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise BadActivity(part)
    decoded = (item(part, element) for element in value if element is not None)
    return [element for element in decoded if element is not None]


def _decode_str(part: str, value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadActivity(part)


def _decode_bool(part: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise BadActivity(part)


def _decode_number(part: str, value: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise BadActivity(part)


def _decode_time(part: str, value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)  # a moment of the year 1 or 9999 may have no place in UTC
    except (TypeError, ValueError, OverflowError):
        raise BadActivity(part) from None
    return moment


def _decode_any(part: str, value: Any) -> Any:
    return value


_writer = json.JSONEncoder(default=_plain, ensure_ascii=False, separators=(",", ":"))
_reader = json.JSONDecoder(parse_float=_finite, parse_constant=_no_constant)

_SIMPLE: dict[str, _Decode] = {
    "str": _decode_str,
    "bool": _decode_bool,
    "int": _decode_number,
    "float": _decode_number,
    "iso-8601": _decode_time,
    "object": _decode_any,
    "{object}": _decode_any,
}
