"""Activity → Event: what Teams sends, in the conversation's plain terms."""

from __future__ import annotations

import html
from typing import Any
from uuid import uuid4

from botbuilder.schema import Activity, ActivityTypes, Attachment

from bot.attachments import FileLink
from dialogs.events import Event, EventKind, Who
from domain.address import Address, ConversationKind

TEAMS_FILE = "application/vnd.microsoft.teams.file.download.info"
"""What Teams calls a file that somebody sent; it lies with SharePoint."""

_LONGEST_TENANT = 100
"""Characters; an id has 36."""

_KINDS: dict[str, ConversationKind] = {"personal": "personal", "groupChat": "group", "channel": "channel"}


def address_of(activity: Activity) -> Address:
    """Where the activity's conversation can be reached, with the account that acts."""
    conversation = activity.conversation
    kind = _KINDS.get(conversation.conversation_type or "")
    if kind is None:
        kind = "group" if conversation.is_group else "personal"
    person = activity.from_property
    return Address(
        tenant_id=_tenant(activity),
        service_url=activity.service_url,
        # A post in a channel names its thread as well; what the bot knows is about the channel.
        conversation_id=conversation.id.split(";messageid=")[0] if kind == "channel" else conversation.id,
        kind=kind,
        bot_id=(activity.recipient.id if activity.recipient else None) or "",
        user_id=person.id if person else None,
        aad_object_id=_account_id(activity),
    )


def read_event(activity: Activity) -> Event | None:
    """The event in an activity; None for what needs no answer (typing, reactions, others joining …)."""
    payload = _payload(activity)
    kind = _kind(activity, payload)
    account = _account_id(activity)
    if kind is None or not account:
        return None
    address = address_of(activity)
    stamp = activity.timestamp.isoformat() if kind is EventKind.EDITED and activity.timestamp else ""
    return Event(
        key="|".join((address.conversation_id, activity.type, activity.id or uuid4().hex, stamp)),
        kind=kind,
        activity_id=activity.id or "",
        address=address,
        who=Who(address.tenant_id, account, activity.from_property.name),
        text=_text(activity),
        payload=payload or {},
        reply_to=activity.reply_to_id,
    )


def file_links(activity: Activity) -> tuple[FileLink, ...]:
    """The files of a message in a personal chat; cards, quotes and formatted copies of the text are none."""
    if activity.type != ActivityTypes.message:
        return ()
    found = [_file_link(attachment) for attachment in activity.attachments or []]
    links = tuple([link for link in found if link is not None])
    return links if links and address_of(activity).kind == "personal" else ()


def _file_link(attachment: Attachment) -> FileLink | None:
    kind, name = str(attachment.content_type or ""), str(attachment.name or "")
    if kind == TEAMS_FILE:
        url = _mapping(attachment.content).get("downloadUrl")
        return FileLink(name, url if isinstance(url, str) else "", from_service=False)
    if kind.startswith("image/"):
        return FileLink(name or "bilde", str(attachment.content_url or ""), from_service=True)
    return None


def is_card_invoke(activity: Activity) -> bool:
    """Whether the activity is a pressed Action.Execute, which wants its answer in the response."""
    return bool(activity.type == ActivityTypes.invoke and activity.name == "adaptiveCard/action")


def _kind(activity: Activity, payload: dict[str, Any] | None) -> EventKind | None:
    match activity.type:
        case ActivityTypes.message:
            return EventKind.PRESSED if payload is not None else EventKind.SAID
        case ActivityTypes.invoke if is_card_invoke(activity):
            return EventKind.PRESSED
        case ActivityTypes.message_update if _channel_data(activity).get("eventType") != "undeleteMessage":
            return EventKind.EDITED
        case ActivityTypes.installation_update:
            return EventKind.REMOVED if (activity.action or "").startswith("remove") else EventKind.INSTALLED
        case ActivityTypes.conversation_update if _bot_was_added(activity):
            # In a channel the installation says the same; once is enough there.
            personal = address_of(activity).kind == "personal"
            return EventKind.INSTALLED if personal else None
        case _:
            return None


def _bot_was_added(activity: Activity) -> bool:
    me = activity.recipient.id if activity.recipient else None
    return me is not None and any(member.id == me for member in activity.members_added or [])


def _payload(activity: Activity) -> dict[str, Any] | None:
    if is_card_invoke(activity):
        action = _mapping(_mapping(activity.value).get("action"))
        return {"verb": action.get("verb"), **_mapping(action.get("data"))}
    if activity.type == ActivityTypes.message and isinstance(activity.value, dict):
        return dict(activity.value)
    return None


def _text(activity: Activity) -> str:
    """The text without the mentions of the bot, and only those: its name elsewhere stays."""
    text = activity.text or ""
    me = activity.recipient.id if activity.recipient else None
    for entity in (activity.entities or []) if me else []:
        values = getattr(entity, "additional_properties", None) or {}
        mentioned = _mapping(values.get("mentioned"))
        if getattr(entity, "type", None) == "mention" and mentioned.get("id") == me and values.get("text"):
            text = text.replace(str(values["text"]), " ", 1)
    return html.unescape(text)


def _account_id(activity: Activity) -> str | None:
    person = activity.from_property
    return (person.aad_object_id or person.id) if person else None


def _tenant(activity: Activity) -> str:
    found = _mapping(_channel_data(activity).get("tenant")).get("id") or activity.conversation.tenant_id
    # It is kept, counted by and logged: what is no id of a tenant is nobody's.
    return found if isinstance(found, str) and len(found) <= _LONGEST_TENANT else ""


def _channel_data(activity: Activity) -> dict[str, Any]:
    return _mapping(activity.channel_data)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
