import asyncio
import gzip
import json
from contextlib import suppress
from typing import Any

import pytest
from botbuilder.core import InvokeResponse
from botbuilder.schema import Activity, ActivityTypes, AdaptiveCardInvokeResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.sdk.errors import BadActivity
from bot.sdk.http import MAX_BYTES
from bot.sdk.wire import decode_activity, dumps, loads

from .standins import TENANT, activity, bot, run

URL = "http://127.0.0.1:9/"


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in activity(URL).items() if name not in names}


BAD_BODIES: dict[str, object] = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": [],
    "a word": "x",
    "null": None,
    "an empty object": {},
    "deep lists": b"[" * 100_000,
    "deep objects": b'{"a":' * 20_000,
    "deep but closed": b'{"value":' + b"[" * 500 + b"]" * 500 + b"}",
    "deep inside a good one": activity(URL, value=json.loads("[" * 80 + "]" * 80)),
    "not UTF-8": json.dumps(activity(URL)).encode("utf-16"),
    "latin-1": b'{"text": "\xe6"}',
    "NaN": b'{"value": NaN}',
    "an endless number": json.dumps(activity(URL)).encode()[:-1] + b', "value": 1e999}',
    "a very long number": b'{"value": ' + b"9" * 10_000 + b"}",
    "a lone surrogate": activity(URL, text="x\ud800y"),
    "a NUL": activity(URL, text="x\x00y"),
    "a NUL in a key": activity(URL, value={"x\x00": 1}),
    "no type": without("type"),
    "empty type": activity(URL, type=""),
    "type is a list": activity(URL, type=["message"]),
    "no conversation": without("conversation"),
    "conversation is a word": activity(URL, conversation="a:1"),
    "conversation without id": activity(URL, conversation={"tenantId": TENANT}),
    "conversation id is an object": activity(URL, conversation={"id": {"a": 1}}),
    "conversation id too long": activity(URL, conversation={"id": "x" * 2000}),
    "no service URL": without("serviceUrl"),
    "service URL is a number": activity(URL, serviceUrl={"a": 1}),
    "no channel": without("channelId"),
    "no sender": without("from"),
    "sender without id": activity(URL, **{"from": {"name": "Kari"}}),
    "sender's id too long": activity(URL, **{"from": {"id": "x" * 2000}}),
    "sender's account too long": activity(URL, **{"from": {"id": "x", "aadObjectId": "x" * 2000}}),
    "recipient's id too long": activity(URL, recipient={"id": "x" * 2000}),
    "sender is a list": activity(URL, **{"from": ["29:kari"]}),
    "text is an object": activity(URL, text={"a": 1}),
    "text is true": activity(URL, text=True),
    "time is a word": activity(URL, timestamp="yesterday"),
    "time is a number": activity(URL, timestamp=17),
    "time out of the world": activity(URL, timestamp="0001-01-01T00:00:00+23:00"),
    "entities is an object": activity(URL, entities={"type": "mention"}),
    "an entity is a word": activity(URL, entities=["mention"]),
    "members are words": activity(URL, type="conversationUpdate", membersAdded=["29:kari"]),
    "attachments is a word": activity(URL, attachments="x"),
    "group is a word": activity(URL, conversation={"id": "a", "isGroup": "yes"}),
}


def test_a_bad_body_is_400() -> None:
    async def test() -> None:
        async with bot() as a_bot:
            statuses = {name: await a_bot.post(body) for name, body in BAD_BODIES.items()}
            assert {name: status for name, status in statuses.items() if status != 400} == {}
            assert a_bot.failures == []
            assert len(a_bot.refused) == len(BAD_BODIES)

    run(test())


def test_the_wrong_type_or_size_is_said() -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield b" " * 20_000

    async def test() -> None:
        async with bot() as a_bot:
            good = activity(a_bot.service_url)
            for content_type in ("text/plain", "application/xml", "application/x-www-form-urlencoded", ""):
                assert await a_bot.post(good, headers={"Content-Type": content_type}) == 415
            zipped = gzip.compress(json.dumps(good).encode())
            assert await a_bot.post(zipped, headers={"Content-Encoding": "gzip"}) == 415
            assert await a_bot.post(activity(a_bot.service_url, text="x" * MAX_BYTES)) == 413
            headers = {"Content-Type": "application/json"}
            async with a_bot.session.post(a_bot.url, data=chunks(), headers=headers) as response:
                assert response.status == 413, "also when it does not say how long it is"
            assert a_bot.connector.calls == []
            fits = activity(a_bot.service_url, value="x" * (MAX_BYTES - 2000))
            assert await a_bot.post(fits, headers={"Content-Type": "application/json; charset=utf-8"}) == 202

    run(test())


def test_only_post_and_head() -> None:
    async def test() -> None:
        async with bot() as a_bot:
            for method, status in (("HEAD", 200), ("GET", 405), ("PUT", 405), ("DELETE", 405)):
                async with a_bot.session.request(method, a_bot.url) as response:
                    assert response.status == status
                    assert status == 200 or response.headers["Allow"] == "POST, HEAD"

    run(test())


def test_a_message_is_answered_in_its_conversation() -> None:
    async def test() -> None:
        async with bot() as a_bot:
            assert await a_bot.post(activity(a_bot.service_url)) == 202
            call = a_bot.connector.calls[0]
            assert call.path.endswith("/activities/in-1")
            assert call.body["text"] == "svar: hei"
            assert call.body["replyToId"] == "in-1"
            assert call.body["recipient"]["id"] == "29:kari"
            assert call.body["conversation"]["tenantId"] == TENANT

    run(test())


def test_what_the_logic_sees_of_an_activity() -> None:
    async def test() -> None:
        seen: list[Activity] = []

        async def look(context: Any) -> None:
            seen.append(context.activity)

        mention = {"type": "mention", "text": "<at>R</at>", "mentioned": {"id": "28:x"}}
        async with bot(look) as a_bot:
            body = activity(a_bot.service_url, entities=[mention], value={"a": [1, None]}, unheardOf=1)
            assert await a_bot.post(body | {"callerId": "urn:botframework:azure"}) == 202
        received: Any = seen[0]
        assert received.conversation.tenant_id == TENANT, "the SDK alone never sees it"
        assert received.from_property.aad_object_id == "aad-kari"
        assert received.entities[0].additional_properties["mentioned"] == {"id": "28:x"}
        assert received.value == {"a": [1, None]}
        assert received.timestamp.isoformat() == "2026-11-22T10:00:00.123456+00:00"
        assert received.additional_properties["unheardOf"] == 1
        assert received.caller_id is None, "it is for us to say, not for the sender"

    run(test())


def test_a_list_holds_no_empty_places() -> None:
    members = [{}, None, {"id": "28:x"}, "", []]
    read = decode_activity(activity(URL, membersAdded=members, entities=members, attachments=[[], {}]))
    assert [member.id for member in read.members_added] == ["28:x"]
    assert len(read.entities) == 1
    assert read.attachments == []


def test_an_invoke_is_answered_in_the_response() -> None:
    async def test() -> None:
        card = {"type": "AdaptiveCard", "body": []}
        body = AdaptiveCardInvokeResponse(
            status_code=200, type="application/vnd.microsoft.card.adaptive", value=card
        )

        async def logic(context: Any) -> None:
            if context.activity.name == "adaptiveCard/action":
                answer = InvokeResponse(status=200, body=body)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=answer))

        async with bot(logic) as a_bot:
            invoke = activity(a_bot.service_url, type="invoke", name="adaptiveCard/action")
            async with a_bot.session.post(a_bot.url, json=invoke) as response:
                assert response.status == 200
                assert await response.json() == {
                    "statusCode": 200,
                    "type": "application/vnd.microsoft.card.adaptive",
                    "value": card,
                }
            assert a_bot.connector.calls == []
            assert await a_bot.post(invoke | {"name": "unknown"}) == 501

    run(test())


def test_several_answers_and_changes_within_a_turn() -> None:
    async def test() -> None:
        async def logic(context: Any) -> None:
            answer = Activity(text="først")
            sent = await context.send_activity(answer)
            assert context.responded
            assert answer.conversation is None
            changed = Activity(id=sent.id, type="message", text="endret")
            await context.update_activity(changed)
            await context.send_activities([Activity(type="typing"), Activity(text="sist")])
            await context.delete_activity(sent.id)

        async with bot(logic) as a_bot:
            assert await a_bot.post(activity(a_bot.service_url)) == 202
            assert a_bot.failures == []
            said = [(c.method, (c.body or {}).get("text")) for c in a_bot.connector.calls]
            expected = [
                ("POST", "først"),
                ("PUT", "endret"),
                ("POST", None),
                ("POST", "sist"),
                ("DELETE", None),
            ]
            assert said == expected

    run(test())


def test_a_failure_of_the_logic_is_told_once_and_answered_500() -> None:
    async def test() -> None:
        async def logic(context: Any) -> None:
            raise LookupError("broken")

        async with bot(logic) as a_bot:
            assert await a_bot.post(activity(a_bot.service_url)) == 500
            assert [str(error) for error in a_bot.failures] == ["broken"]

    run(test())


def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sdk.http._READ_SECONDS", 0.2)

    async def test() -> None:
        async def endless() -> Any:
            yield b"{"
            await asyncio.sleep(3)
            yield b"}"

        async with bot() as a_bot:
            headers = {"Content-Type": "application/json"}
            async with a_bot.session.post(a_bot.url, data=endless(), headers=headers) as response:
                assert response.status == 408

    run(test())


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([URL, "message", "invoke", "http://127.0.0.1:1/../", "..", "0000-00-00T00:00:00Z"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = [*sorted(activity(URL)), "membersAdded", "attachments", "replyToId", "name", "value", "deliveryMode"]
CHANGES = st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=3)
NESTED = st.dictionaries(
    st.sampled_from(["id", "name", "tenantId", "isGroup", "properties"]), JSON, max_size=3
)


@settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(CHANGES, NESTED, st.none() | st.binary(max_size=30))
def test_no_body_is_more_than_refused(
    changes: dict[str, Any], nested: dict[str, Any], raw: bytes | None
) -> None:
    body = activity(URL)
    body |= {"conversation": body["conversation"] | nested, "from": body["from"] | nested}
    written = json.dumps(body | changes).encode() if raw is None else raw
    with suppress(BadActivity):
        read = decode_activity(loads(written))
        assert isinstance(read.conversation.id, str)
        assert json.loads(dumps(read))["conversation"]["id"] == read.conversation.id
