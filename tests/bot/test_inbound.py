"""Activities as events: kinds, mentions, keys."""

from __future__ import annotations

from typing import Any

import pytest

from bot.inbound import is_card_invoke, read_event
from bot.sdk.wire import decode_activity
from dialogs.events import EventKind

BOT = {"id": "28:bot", "name": "Rekompis"}


def activity(**more: Any) -> Any:
    """An activity as Teams sends it."""
    return decode_activity(
        {
            "type": "message",
            "id": "a1",
            "channelId": "msteams",
            "serviceUrl": "http://127.0.0.1:1/",
            "timestamp": "2026-11-10T09:00:00.000Z",
            "from": {"id": "29:u", "aadObjectId": "aad", "name": "Kari"},
            "recipient": BOT,
            "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "t"},
            "channelData": {"tenant": {"id": "t"}},
            **more,
        }
    )


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"text": "hei"}, EventKind.SAID),
        ({"value": {"verb": "menu"}}, EventKind.PRESSED),
        ({"type": "messageUpdate", "text": "nei"}, EventKind.EDITED),
        ({"type": "installationUpdate", "action": "add"}, EventKind.INSTALLED),
        ({"type": "installationUpdate", "action": "remove"}, EventKind.REMOVED),
        ({"type": "conversationUpdate", "membersAdded": [BOT]}, EventKind.INSTALLED),
    ],
)
def test_kinds(more: dict[str, Any], kind: EventKind) -> None:
    """Each kind of activity that is acted on."""
    event = read_event(activity(**more))
    assert event is not None
    assert event.kind is kind


@pytest.mark.parametrize(
    "more",
    [
        {"type": "typing"},
        {"type": "messageReaction"},
        {"type": "conversationUpdate", "membersAdded": [{"id": "29:other"}]},
        {"type": "messageUpdate", "channelData": {"eventType": "undeleteMessage", "tenant": {"id": "t"}}},
        {"type": "invoke", "name": "composeExtension/query"},
    ],
)
def test_what_needs_no_answer(more: dict[str, Any]) -> None:
    """Passes by."""
    assert read_event(activity(**more)) is None


def test_only_the_mention_of_the_bot_is_taken_out() -> None:
    """The bot's name elsewhere in the text stays, and so do mentions of others."""
    entities = [
        {"type": "mention", "text": "<at>Rekompis</at>", "mentioned": BOT},
        {"type": "mention", "text": "<at>Per</at>", "mentioned": {"id": "29:per"}},
    ]
    event = read_event(activity(text="<at>Rekompis</at> hva er Rekompis, <at>Per</at>?", entities=entities))
    assert event is not None
    assert event.text.strip() == "hva er Rekompis, <at>Per</at>?"


def test_an_edit_has_a_key_of_its_own() -> None:
    """An edited message bears the old id; edited twice it is two events."""
    first = read_event(activity(type="messageUpdate", text="a"))
    second = read_event(activity(type="messageUpdate", text="b", timestamp="2026-11-10T09:00:05.000Z"))
    said = read_event(activity(text="a"))
    assert first is not None
    assert second is not None
    assert said is not None
    assert len({first.key, second.key, said.key}) == 3


def test_an_execute_is_read_as_a_press() -> None:
    """Verb and data come out of the action, whatever their shape."""
    value = {"action": {"type": "Action.Execute", "verb": "menu", "data": {"x": 1}}}
    pressed = activity(type="invoke", name="adaptiveCard/action", value=value)
    assert is_card_invoke(pressed)
    event = read_event(pressed)
    assert event is not None
    assert event.payload == {"verb": "menu", "x": 1}
    broken = read_event(activity(type="invoke", name="adaptiveCard/action", value={"action": []}))
    assert broken is not None
    assert broken.payload == {"verb": None}


def test_parts_that_are_not_what_they_should_be() -> None:
    """A mention of many, and a recipient without id: nobody is mentioned, and the address has no bot."""
    entity = {"type": "mention", "text": "<at>Rekompis</at>", "mentioned": [BOT]}
    event = read_event(activity(text="<at>Rekompis</at> hei", entities=[entity], recipient={"name": "x"}))
    assert event is not None
    assert event.text == "<at>Rekompis</at> hei"
    assert event.address.bot_id == ""


@pytest.mark.parametrize("tenant", ["x" * 100_000, ["t"], {"id": "t"}, 17])
def test_what_is_no_id_of_a_tenant_is_nobodys(tenant: object) -> None:
    """It would be kept, counted by, and logged with every turn."""
    event = read_event(activity(text="hei", channelData={"tenant": {"id": tenant}}))
    assert event is not None
    assert (event.who.tenant_id, event.address.tenant_id) == ("", "")
