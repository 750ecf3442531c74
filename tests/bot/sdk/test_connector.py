import asyncio
import pickle
import socket
from typing import Any

import pytest
from aiohttp import web
from botbuilder.schema import Activity, Attachment, ConversationParameters

from bot.sdk.adapter import Member, RekompisAdapter
from bot.sdk.errors import SendFailed
from bot.sdk.transport import _seconds

from .standins import BOT_ID, PERSONAL, TENANT, Connector, address, answering, run

QUOTED = "a%3A1-29%3Akari%2F%C3%A6%40x%3Bmessageid%3D1"


def with_adapter(test: Any, **options: Any) -> Any:
    """Run the test with an adapter in local mode, a connector and its service URL."""

    async def work() -> Any:
        adapter = await RekompisAdapter.open()
        try:
            connector = Connector()
            async with connector.running(**options) as service_url:
                return await test(adapter, connector, service_url)
        finally:
            await adapter.close()

    return run(work())


async def failed_send(adapter: RekompisAdapter, service_url: str) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await adapter.send(address(service_url), Activity(text="hei"))
    return caught.value


def test_a_message_goes_to_its_conversation() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        card = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "blåbær"}], "empty": None}
        message = Activity(text="Hei på deg", attachments=[Attachment(content_type="card", content=card)])
        assert await adapter.send(address(service_url), message) == "sent-1"
        call = connector.calls[0]
        assert (call.method, call.path) == ("POST", f"/v3/conversations/{QUOTED}/activities")
        assert call.authorization is None
        assert call.body == {
            "type": "message",
            "text": "Hei på deg",
            "attachments": [{"contentType": "card", "content": card}],
            "channelId": "msteams",
            "serviceUrl": service_url,
            "from": {"id": BOT_ID},
            "recipient": {"id": "29:kari", "aadObjectId": "aad-kari"},
            "conversation": {"id": PERSONAL, "conversationType": "personal", "tenantId": TENANT},
        }
        assert message.conversation is None, "the caller's activity is left as it was"

    with_adapter(test)


def test_an_update_is_put_in_its_place() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        await adapter.update(address(service_url), "1:2/3", Activity(text="ny"))
        call = connector.calls[0]
        assert (call.method, call.path) == ("PUT", f"/v3/conversations/{QUOTED}/activities/1%3A2%2F3")
        assert (call.body["id"], call.body["text"]) == ("1:2/3", "ny")

    with_adapter(test)


def test_a_personal_chat_is_opened() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        connector.answer = answering(201, {"id": "a:new"})
        assert await adapter.open_personal(address(service_url)) == "a:new"
        call = connector.calls[0]
        assert (call.method, call.path) == ("POST", "/v3/conversations")
        assert call.body == {
            "isGroup": False,
            "bot": {"id": BOT_ID},
            "members": [{"id": "29:kari"}],
            "tenantId": TENANT,
            "channelData": {"tenant": {"id": TENANT}},
        }
        connector.answer = answering(201, {})
        with pytest.raises(SendFailed, match="NoConversationId"):
            await adapter.open_personal(address(service_url))

    with_adapter(test)


def test_the_roster_names_a_member_or_nobody() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        person = {
            "id": "29:kari",
            "objectId": "aad-kari",
            "name": "Kari",
            "email": "kari@eksempel.no",
            "userPrincipalName": "kari@eksempel.no",
            "tenantId": TENANT,
        }
        connector.answer = answering(200, person)
        found = await adapter.member(service_url, PERSONAL, "29:kari")
        expected = Member("29:kari", "aad-kari", "Kari", "kari@eksempel.no", "kari@eksempel.no", TENANT)
        assert found == expected
        assert connector.calls[0].path == f"/v3/conversations/{QUOTED}/members/29%3Akari"
        connector.answer = answering(404, {"error": {"code": "MemberNotFoundInConversation"}})
        assert await adapter.member(service_url, PERSONAL, "29:ola") is None
        connector.answer = answering(403, {"error": {"code": "BotNotInConversationRoster"}})
        with pytest.raises(SendFailed, match="BotNotInConversationRoster"):
            await adapter.member(service_url, PERSONAL, "29:ola")

    with_adapter(test)


def test_the_other_calls_of_the_connector() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        conversations = adapter._connectors.connector(service_url).conversations
        await conversations.delete_activity("c;1", "a:1")
        connector.answer = answering(200, {"members": [{"id": "29:kari"}], "continuationToken": "t&1"})
        page = await conversations.get_conversation_paged_members("c", 50, "æ&")
        assert page["continuationToken"] == "t&1"
        assert [(c.method, c.path) for c in connector.calls] == [
            ("DELETE", "/v3/conversations/c%3B1/activities/a%3A1"),
            ("GET", "/v3/conversations/c/pagedmembers?pageSize=50&continuationToken=%C3%A6%26"),
        ]

    with_adapter(test)


@pytest.mark.parametrize(
    ("status", "permanent"),
    [
        (302, True),
        (400, True),
        (401, False),
        (403, True),
        (404, True),
        (412, False),
        (413, True),
        (429, False),
        (500, False),
        (502, False),
        (503, False),
        (504, False),
    ],
)
def test_an_error_says_whether_to_try_again(status: int, permanent: bool) -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        connector.answer = answering(status, {"error": {"code": "SomeCode", "message": "Kari Nordmann"}})
        failed = await failed_send(adapter, service_url)
        assert (failed.status, failed.code, failed.permanent) == (status, "SomeCode", permanent)
        assert failed.ambiguous == (status == 504), (
            "a gateway that gave up waiting does not know what became of it"
        )
        assert "Kari" not in str(failed)
        assert len(connector.calls) == 1, "nothing is tried again behind the caller's back"

    with_adapter(test)


def test_too_many_requests_carry_the_time_to_wait() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        connector.answer = answering(429, None, Retry_After="17")
        failed = await failed_send(adapter, service_url)
        assert (failed.retry_after, failed.code, failed.permanent) == (17.0, "Http429", False)

    with_adapter(test)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        (" 2.5 ", 2.5),
        ("Sat, 21 Nov 2020 07:28:00 GMT", 0.0),
        ("-1", None),
        ("inf", None),
        ("9" * 400, None),
        ("soon", None),
    ],
)
def test_retry_after_in_all_its_forms(header: str | None, seconds: float | None) -> None:
    assert _seconds(header) == seconds


def test_an_error_survives_the_way_through_the_engine() -> None:
    failed = pickle.loads(pickle.dumps(SendFailed(429, "X", 3.0, False, True)))
    assert (failed.status, failed.code, failed.retry_after) == (429, "X", 3.0)
    assert (failed.permanent, failed.ambiguous) == (False, True)


def test_a_message_whose_answer_is_lost_is_ambiguous_and_not_sent_again() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        await adapter.send(address(service_url), Activity(text="first"))

        async def drop(request: web.Request, body: Any) -> web.Response:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        connector.answer = drop
        failed = await failed_send(adapter, service_url)
        assert (failed.status, failed.ambiguous, failed.permanent) == (None, True, False)
        assert [call.body["text"] for call in connector.calls] == ["first", "hei"]
        assert len(connector.connections) == 1, "it was lost on a connection that had been used before"

    with_adapter(test)


def test_an_update_that_a_gateway_gave_up_is_not_ambiguous() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        connector.answer = answering(504, None)
        with pytest.raises(SendFailed) as caught:
            await adapter.update(address(service_url), "1", Activity(text="ny"))
        assert (caught.value.ambiguous, caught.value.permanent) == (False, False)

    with_adapter(test)


def test_an_update_whose_answer_is_lost_is_not_ambiguous() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        async def drop(request: web.Request, body: Any) -> web.Response:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()

        connector.answer = drop
        with pytest.raises(SendFailed) as caught:
            await adapter.update(address(service_url), "1", Activity(text="ny"))
        assert not caught.value.ambiguous

    with_adapter(test)


@pytest.mark.by_the_clock
def test_a_slow_connector_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import aiohttp

    from bot.sdk import transport

    assert transport.TIMEOUT.total == 15
    monkeypatch.setattr(transport, "TIMEOUT", aiohttp.ClientTimeout(total=0.5))

    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        async def wait(request: web.Request, body: Any) -> web.Response:
            await asyncio.sleep(5)
            return web.Response()

        connector.answer = wait
        failed = await failed_send(adapter, service_url)
        assert (failed.ambiguous, failed.permanent) == (True, False)

    with_adapter(test)


def test_a_connector_that_is_not_there_has_got_nothing() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
            failed = await failed_send(adapter, url)
        assert (failed.status, failed.ambiguous, failed.permanent) == (None, False, False)

    with_adapter(test)


def test_a_connection_that_the_server_dropped_while_idle_does_no_harm() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        for text in ("first", "second"):
            await adapter.send(address(service_url), Activity(text=text))
            await asyncio.sleep(0.4)
        assert [call.body["text"] for call in connector.calls] == ["first", "second"]
        assert len(connector.connections) == 2

    with_adapter(test, keepalive_timeout=0.1)


def test_two_hundred_messages_share_few_connections() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        for _ in range(100):
            await adapter.send(address(service_url), Activity(text="x"))
        assert len(connector.connections) == 1
        gate = asyncio.Semaphore(10)

        async def send() -> None:
            async with gate:
                await adapter.send(address(service_url), Activity(text="x"))

        await asyncio.gather(*[send() for _ in range(100)])
        assert len(connector.calls) == 200
        assert len(connector.connections) <= 11

    with_adapter(test)


def test_one_client_per_service_url() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        factory = adapter._connectors
        first = factory.connector(service_url)
        assert factory.connector(service_url.rstrip("/")) is first
        assert factory.connector(service_url + "emea/") is not first
        for number in range(200):
            factory.connector(f"{service_url}{number}")
        assert len(factory._clients) <= 64

    with_adapter(test)


@pytest.mark.parametrize(
    "url", ["https://smba.trafficmanager.net/emea/", "http://10.0.0.1/", "file:///etc/passwd", "", "http://"]
)
def test_nothing_is_sent_to_a_host_that_is_not_ours(url: str) -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        failed = await failed_send(adapter, url)
        assert (failed.code, failed.permanent) == ("ServiceUrlNotAllowed", True)

    with_adapter(test)


def test_an_answer_without_json_is_still_an_answer() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        async def accepted(request: web.Request, body: Any) -> web.Response:
            return web.Response(status=202, text="OK")

        connector.answer = accepted
        assert await adapter.send(address(service_url), Activity(text="x")) is None

    with_adapter(test)


def test_a_group_that_is_created_twice_would_be_two() -> None:
    async def test(adapter: RekompisAdapter, connector: Connector, service_url: str) -> None:
        connector.answer = answering(201, {})
        client = adapter._connectors.connector(service_url)
        with pytest.raises(SendFailed) as caught:
            await client.conversations.create_conversation(ConversationParameters(is_group=True))
        assert caught.value.ambiguous

    with_adapter(test)
