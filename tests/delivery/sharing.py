"""A process that sends with others within one budget: database URL, connector's URL, name, seconds.

It is READY, and begins with a line from standard input. It sends scheduled messages as fast as it may, and
replies now and then several at once.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time

import aiohttp

from delivery.budget import Budget
from delivery.ledger import Limits
from delivery.shared_budget import SharedBook
from domain.address import Address
from tests.delivery.connector import LET_GO

TENANT = "tenant-1"
SCHEMA = "public"


async def main(database_url: str, connector_url: str, name: str, seconds: str) -> None:
    book = SharedBook(database_url, SCHEMA, Limits.of(25))
    await book.start()
    budget = Budget(book)
    async with aiohttp.ClientSession() as session:

        async def post(chat: str) -> None:
            url = f"{connector_url}v3/conversations/{chat}/activities"
            headers = {LET_GO: str(time.monotonic())}
            async with session.post(url, json={"text": name}, headers=headers) as response:
                assert response.status == 201

        async def scheduled(chat: str) -> None:
            await budget.turn(Address(TENANT, connector_url, chat, "personal", "28:bot", None, None))
            await budget.take(TENANT, chat, scheduled=True)
            await post(chat)

        async def reply(chat: str) -> None:
            await budget.take(TENANT, chat, scheduled=False)
            await post(chat)

        async def talk() -> None:
            number = 0
            while time.monotonic() < end:
                await asyncio.gather(*(reply(f"{name}-{number}-{i}") for i in range(random.randint(1, 8))))
                # The one conversation that both processes write into.
                await reply("both")
                number += 1
                await asyncio.sleep(random.uniform(0.1, 0.9))

        print("READY", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        end = time.monotonic() + float(seconds)
        talking = asyncio.create_task(talk())
        number = 0
        while time.monotonic() < end:
            await asyncio.gather(*(scheduled(f"chat-{name}-{number}-{i}") for i in range(10)))
            number += 1
        await talking
    await book.stop()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
