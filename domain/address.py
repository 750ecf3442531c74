"""Where a conversation can be reached."""

from dataclasses import dataclass
from typing import Literal

ConversationKind = Literal["personal", "channel", "group"]


@dataclass(frozen=True, slots=True)
class Address:
    """A conversation in Teams, in plain columns that outlive any SDK; `user_id` and `aad_object_id` name its
    person where it has one."""

    tenant_id: str
    service_url: str
    conversation_id: str
    kind: ConversationKind
    bot_id: str
    user_id: str | None
    aad_object_id: str | None
