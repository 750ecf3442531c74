"""Drives the real client, Microsoft 365 Agents Playground, in headless Chromium.

with TeamsClient(tenant(), bot_port=3978) as teams:
    teams.open_personal()
    replies = teams.send("meld behov")      # returns when the bot's turn is over
    teams.fill_card({"Tittel": "Lek ute"})  # by label or input id
    teams.click("Lagre")                    # Action.Submit or Action.Execute
    teams.open_channel("General")
    teams.send("frister")                   # a new post that mentions the bot
    teams.reply("sammendrag")               # in the same thread
"""

from bot.local.playground import PlaygroundPerson, PlaygroundTenant
from tests.client.driver.browser import ChromiumMissingError, ClientError, find_chromium
from tests.client.driver.filling import CardInput
from tests.client.driver.messages import Message
from tests.client.driver.mocking import Mocking
from tests.client.driver.wire import Exchange

__all__ = [
    "CardInput",
    "ChromiumMissingError",
    "ClientError",
    "Exchange",
    "Message",
    "TeamsClient",
    "find_chromium",
    "person",
    "tenant",
]

NAMES = ("Kari Nordmann", "Per Hansen", "Anne Lund", "Ingrid Moe", "Ola Vik", "Siri Dahl")


class TeamsClient(Mocking):
    """One server and one page: conversations, cards, and what other people do."""


def person(number: int, name: str, email: str | None = None) -> PlaygroundPerson:
    """Somebody with ids in Teams' style; the number makes them different."""
    address = email or f"{name.lower().replace(' ', '.')}@example.org"
    return PlaygroundPerson(
        name=name,
        email=address,
        aad_object_id=f"00000000-0000-0000-0000-{number:012d}",
        user_id=f"29:1person{number}",
    )


def tenant(
    *people: PlaygroundPerson, team_name: str = "Nettverket", channel_name: str = "Rekom"
) -> PlaygroundTenant:
    """A tenant whose current user is the first of the people; missing ones are made up."""
    made_up = [person(100 + number, name) for number, name in enumerate(NAMES)]
    current_user, *colleagues = [*people, *made_up][: len(NAMES)]
    return PlaygroundTenant(
        current_user=current_user,
        colleagues=tuple(colleagues),
        tenant_id="00000000-0000-0000-0000-0000000000a1",
        team_name=team_name,
        channel_name=channel_name,
        group_chat_name="Gruppechat",
    )
