"""Who and what the Agents Playground shows: its people, chats and team, with ids in Teams' style."""

from dataclasses import dataclass
from typing import Any

COLLEAGUES = 5
"""The client wants exactly so many people beside the current user."""


@dataclass(frozen=True)
class PlaygroundPerson:
    """A person of the tenant, as Teams' roster gives them."""

    name: str
    email: str
    aad_object_id: str
    user_id: str
    """Teams' own id of the person, "29:…"."""

    def config(self) -> dict[str, str]:
        """The person as the client's configuration spells it."""
        given, _, surname = self.name.rpartition(" ")
        return {
            "id": self.user_id,
            "name": self.name,
            "userPrincipleName": self.email,  # spelt this way in the client's schema
            "aadObjectId": self.aad_object_id,
            "givenName": given or surname,
            "surname": surname,
            "email": self.email,
        }


@dataclass(frozen=True)
class PlaygroundTenant:
    """One tenant: who sits at the client, five colleagues, and the places where they talk.

    The client writes as the current user only. General's id is the team's id.
    Raises ValueError unless there are five colleagues.
    """

    current_user: PlaygroundPerson
    colleagues: tuple[PlaygroundPerson, ...]
    tenant_id: str
    team_name: str
    channel_name: str
    group_chat_name: str
    bot_name: str = "Rekompis"
    bot_id: str = "28:00000000-0000-0000-0000-000000000001"
    personal_chat_id: str = "a:1kQ7rekompis-personal"
    group_chat_id: str = "19:5f1c7d2ab0e94c55rekompis@thread.v2"
    team_id: str = "19:9a41c0de77b24ee0general@thread.tacv2"
    team_aad_group_id: str = "00000000-0000-0000-0000-0000000000c1"
    channel_id: str = "19:9a41c0de77b24ee1channel@thread.tacv2"

    def __post_init__(self) -> None:
        if len(self.colleagues) != COLLEAGUES:
            raise ValueError(f"{COLLEAGUES} colleagues, not {len(self.colleagues)}")

    def config(self) -> dict[str, Any]:
        """The client's configuration, version 0.1.1 of its schema."""
        return {
            "version": "0.1.1",
            "tenantId": self.tenant_id,
            "bot": {"id": self.bot_id, "name": self.bot_name},
            "currentUser": self.current_user.config(),
            "users": [person.config() for person in self.colleagues],
            "personalChat": {"id": self.personal_chat_id},
            "groupChat": {"id": self.group_chat_id, "name": self.group_chat_name},
            "team": {
                "id": self.team_id,
                "name": self.team_name,
                "aadGroupId": self.team_aad_group_id,
                "channels": [{"id": self.channel_id, "name": self.channel_name}],
            },
        }
