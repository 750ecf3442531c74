"""Reminders of needs, to heads and owners: what is asked, how sure its date is, and the way straight to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.outbox import MessageKind
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from messages import cards, words
from messages.outgoing import Outgoing

LATER = "Minn meg senere"


def head(content: HeadReminder, today: date) -> Outgoing:
    """Until when, what is left, and the way straight to it."""
    text = " ".join(
        part
        for part in (
            f"Hei, {content.recipient.first_name}!",
            _several(content),
            _asks(content, today),
            _left(content),
            "" if content.season or (content.begun and not content.left) else "Ingen behov er også et svar.",
        )
        if part
    )
    several = content.unanswered > 1
    place: dict[str, Any] = {} if several and not content.begun else {"kindergarten": content.kindergarten_id}
    actions: list[Any] = [
        cards.button("Fortsett utkastet" if content.begun else "Meld behov", "reminded", main=True, **place)
    ]
    if content.season:
        actions.append(cards.button("Ark til personalmøtet", "staff_sheet"))
    none: dict[str, Any] = {} if several else {"kindergarten": content.kindergarten_id}
    actions += [
        cards.button("Ingen behov i år", "reminded", no_need=True, **none),
        later(
            MessageKind.HEAD_REMINDER,
            round=content.round_id,
            kindergarten=content.kindergarten_id,
        ),
    ]
    body = [
        cards.line(text),
        cards.small(f"{content.kindergarten}, eier: {content.owner}" if place else f"Eier: {content.owner}"),
        cards.small(_heads_source(content)),
    ]
    return cards.card(body, actions, summary=text)


def _several(content: HeadReminder) -> str:
    if content.own == 1 or content.season:
        return ""
    yours = f"av dine {words.number(content.own)} barnehager har"
    if content.unanswered == content.own:
        return f"Ingen {yours} svart."
    return f"{words.number(content.unanswered).capitalize()} {yours} ikke svart."


def _asks(content: HeadReminder, today: date) -> str:
    day = words.day(content.reply_by)
    if content.nudged_by:
        return f"{content.nudged_by} hos eier minner om svaret fra {content.kindergarten}."
    if content.season:
        return (
            "Nå er det tid for å snakke med personalet om hva dere trenger å lære mer om. "
            f"Eier ønsker svar innen {day}. Jeg hjelper deg gjerne i gang."
        )
    if content.passed and content.deadline == today:
        return f"Svarfristen var {day}. Eiers frist er i dag, så du rekker det ennå."
    if content.passed and content.deadline > today:
        return f"Svarfristen var {day}, men du rekker det ennå."
    if content.passed:
        return f"Svarfristen var {day}. Du kan fortsatt svare."
    near = (content.reply_by - today).days <= 1
    when = f" Det er {words.distance(content.reply_by, today)}." if near else ""
    return f"Eier ønsker svar innen {day}.{when}"


def _left(content: HeadReminder) -> str:
    if content.begun and content.left:
        left = "ett" if content.left == 1 else words.number(content.left)
        return f"{left.capitalize()} spørsmål gjenstår."
    return "Alt er besvart. Du må bare sende." if content.begun else ""


def _heads_source(content: HeadReminder) -> str:
    """The owner's own date, which the heads' date comes from unless the owner has set it."""
    chosen = "Eier har satt svarfristen. " if content.chosen else ""
    certain = "bekreftet" if content.confirmed else "trolig, ikke bekreftet"
    day = f"{words.short_day(content.deadline)} ({certain})"
    return f"{chosen}Eiers frist er {day}. Kilde: {words.source(content.source)}."


def owner(content: OwnerReminder, today: date) -> Outgoing:
    """The network's date, and what waits."""
    day = words.day(content.deadline)
    whose = f"nettverket {content.network}" if content.network else "nettverket"
    if content.deadline < today:
        when = f"Fristen til {whose} var {day}."
    else:
        when = f"Fristen til {whose} er {day}, {words.distance(content.deadline, today)}."
    parts = [f"Hei, {content.recipient.first_name}! {when}"]
    if content.waiting:
        parts.append(f"{words.count(content.waiting, 'behov', 'behov')} venter på deg.")
    if content.approved:
        parts.append(f"{words.count(content.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
    if content.own is not None:
        parts.append(f"{content.own.name} har ikke svart.")
    elif content.unanswered:
        parts.append(f"{words.count(content.unanswered, 'barnehage', 'barnehager')} har ikke svart.")
    if content.all_without_need:
        parts.append("Ingen av barnehagene har behov i år. Si det til nettverket med noen få trykk.")
    elif content.waiting or content.approved:
        parts.append("Send det som er klart, resten som tillegg.")
    elif not content.unanswered:
        parts.append("Dere har ikke sendt noe ennå.")
    text = " ".join(parts)
    sends = bool(content.approved or content.all_without_need)
    actions: list[Any] = []
    if content.waiting:
        actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=content.owner_id))
    if sends:
        network: dict[str, Any] = {"network": content.network_id} if content.network else {}
        actions.append(
            cards.button(
                "Send til nettverket", "send_in", main=not content.waiting, owner=content.owner_id, **network
            )
        )
    main = not content.waiting and not sends
    if content.own is not None:
        actions += [
            cards.button("Meld behov", "start_report", main=main, kindergarten=content.own.id),
            cards.button("Ingen behov i år", "no_need", kindergarten=content.own.id),
        ]
    elif content.unanswered:
        actions.append(cards.button("Minn dem", "nudge", main=main, owner=content.owner_id))
    actions.append(later(MessageKind.OWNER_REMINDER, round=content.round_id, owner=content.owner_id))
    source = how_sure(content.confirmed, content.source)
    body = [cards.line(text), cards.small(content.owner), cards.small(source)]
    return cards.card(body, actions, summary=text)


def how_sure(confirmed: bool, source: str) -> str:
    """«Datoen er bekreftet. Kilde: …»: the small print under a message that names a date."""
    certain = "bekreftet" if confirmed else "trolig, men ikke bekreftet"
    return f"Datoen er {certain}. Kilde: {words.source(source)}."


def later(kind: MessageKind, **ids: Any) -> Any:
    """[Minn meg senere] for the reminder of this kind that the ids tell from others."""
    return cards.button(LATER, "snooze", kind=kind.value, **ids)
