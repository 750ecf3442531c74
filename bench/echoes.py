"""What Rekompis is compared with, one process each: `python -m bench.echoes stock|bare PORT`.

`stock` is botbuilder-core's own adapter with its own connector and user-token clients, as it runs without an app id;
`bare` is what aiohttp can do when nothing is done: the limit. Both say what they were told, at the service URL.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from aiohttp import ClientSession, TCPConnector, web


def stock() -> web.Application:
    """The sample bot of botbuilder-python, on the route that botbuilder-integration-aiohttp has."""
    from botbuilder.core import ActivityHandler, CloudAdapterBase, MessageFactory, TurnContext
    from botbuilder.schema import Activity
    from botframework.connector.auth import BotFrameworkAuthenticationFactory

    class EchoBot(ActivityHandler):  # type: ignore[misc]
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(MessageFactory.text(f"Echo: {turn_context.activity.text}"))

    class Adapter(CloudAdapterBase):  # type: ignore[misc]
        pass

    adapter, bot = Adapter(BotFrameworkAuthenticationFactory.create()), EchoBot()

    async def messages(request: web.Request) -> web.Response:
        activity = Activity().deserialize(await request.json())
        answer = await adapter.process_activity(
            request.headers.get("Authorization", ""), activity, bot.on_turn
        )
        if answer is not None:
            return web.json_response(answer.body, status=answer.status)
        return web.Response(status=201)

    return _app(messages)


def bare() -> web.Application:
    """Receives, and posts its answer over one pooled session."""
    session = web.AppKey("session", ClientSession)

    async def messages(request: web.Request) -> web.Response:
        said = await request.json()
        answer = {
            "type": "message",
            "text": f"Echo: {said['text']}",
            "from": said["recipient"],
            "recipient": said["from"],
            "conversation": said["conversation"],
            "replyToId": said["id"],
        }
        url = f"{said['serviceUrl']}v3/conversations/{said['conversation']['id']}/activities/{said['id']}"
        async with request.app[session].post(url, json=answer) as response:
            await response.read()
        return web.Response(status=202)

    async def pooled(app: web.Application) -> AsyncIterator[None]:
        async with ClientSession(connector=TCPConnector(limit=0)) as opened:
            app[session] = opened
            yield

    app = _app(messages)
    app.cleanup_ctx.append(pooled)
    return app


def _app(messages: object) -> web.Application:
    async def ready(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_post("/api/messages", messages)  # type: ignore[arg-type]
    app.router.add_get("/readyz", ready)
    return app


if __name__ == "__main__":
    made = {"stock": stock, "bare": bare}[sys.argv[1]]()
    web.run_app(made, host="127.0.0.1", port=int(sys.argv[2]), print=None, access_log=None)
