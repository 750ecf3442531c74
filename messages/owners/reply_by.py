"""The heads' own date (svarfrist) as an owner sees and sets it, and as a head hears it."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.replies import AskReplyBy, ConfirmReplyBy, HeadsReplyBy, ReplyBySet
from domain.needs.owners.reply_by import DayProblem, ReplyBy
from domain.rounds.calendar import is_working_day
from messages import cards, words
from messages.outgoing import Outgoing


def ask(reply: AskReplyBy) -> Outgoing:
    """The date as it is, and a field for another."""
    now, today = reply.now, reply.today
    is_ = "er" if now.day >= today else "var"
    heading = f"Svarfristen {is_} {words.day(now.day)}."
    body: list[Any] = [cards.heading(heading), cards.line(_meaning(now, today))]
    if now.latest < today:
        closed = f"Fristen til nettverket var {words.day(now.latest)}, så svarfristen kan ikke endres nå."
        body.append(cards.notice(closed))
        return cards.card(body, summary=heading)
    if reply.given is not None or reply.problem is not None:
        body.append(cards.notice(_problem(reply)))
    body.append(
        cards.text_input(
            "reply_by_day",
            "Ny svarfrist",
            value=reply.given,
            longest=100,
            placeholder="For eksempel 10. november",
        )
    )
    actions = [cards.button("Endre svarfristen", "reply_by", main=True, owner=now.owner.id)]
    if now.chosen and now.usual >= today:
        usual = f"Bruk den vanlige, {words.short_day(now.usual)}"
        actions.append(cards.button(usual, "set_reply_by", owner=now.owner.id))
    return cards.card(body, actions, summary=heading, tracks=True)


def _meaning(now: ReplyBy, today: date) -> str:
    whose = f"Da ønsker {now.owner.name} svar fra styrerne."
    if now.chosen:
        return f"{whose} Den vanlige er {words.day(now.usual)}."
    return f"{whose} Den er to uker før fristen til nettverket, {words.day(now.latest)}."


def _problem(reply: AskReplyBy) -> str:
    latest = words.day(reply.now.latest)
    match reply.problem:
        case DayProblem.PAST:
            return f"{_of(reply.day)} har vært. Velg en dag fra i dag til {latest}."
        case DayProblem.TOO_LATE:
            return f"{_of(reply.day)} er etter fristen til nettverket. Velg senest {latest}."
        case _:
            return "Jeg forsto ikke datoen. Skriv for eksempel «10. november» eller «fredag i neste uke»."


def _of(day: date | None) -> str:
    return words.day(day).capitalize() if day is not None else "Dagen"


def confirm(reply: ConfirmReplyBy) -> Outgoing:
    """The day as it was understood, with its weekday."""
    day = reply.day
    heading = f"Skal svarfristen være {words.whole_day(day)}?"
    body = [
        cards.heading(heading),
        cards.line(f"Det er {words.distance(day, reply.today)}. Nå er den {words.day(reply.now.day)}."),
        cards.small("Styrere som har hørt om den gamle datoen og ikke har svart, får beskjed."),
    ]
    if reply.misdated is not None:
        body.append(cards.hint(f"{words.wrong_weekday(reply.misdated)} Hvilken mener du?"))
    offered = [d for d in (reply.other, reply.works_before) if d is not None]
    if not is_working_day(day):
        free = f"{words.day(day).capitalize()} er ikke en virkedag."
        use = f" Vil du heller ha {words.day(reply.works_before)}?" if reply.works_before is not None else ""
        body.append(cards.hint(f"{free} Du kan likevel velge den.{use}"))
    actions = [
        cards.button(
            f"Ja, {words.day(day)}" if offered else "Ja, endre svarfristen",
            "set_reply_by",
            main=True,
            owner=reply.now.owner.id,
            day=day.isoformat(),
        ),
        *(
            cards.button(f"Nei, {words.day(d)}", "set_reply_by", owner=reply.now.owner.id, day=d.isoformat())
            for d in dict.fromkeys(offered)
        ),
        cards.button("Velg en annen dag", "reply_by", owner=reply.now.owner.id),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def set_(reply: ReplyBySet) -> Outgoing:
    """The date that holds from now on."""
    now = reply.now
    text = f"Svarfristen for styrerne i {now.owner.name} er nå {words.day(now.day)}."
    if not reply.told:
        return cards.text(f"{text} De som ikke har svart, ser den i neste påminnelse.")
    heads = "Én styrer" if reply.told == 1 else f"{words.number(reply.told).capitalize()} styrere"
    return cards.text(f"{text} {heads} som hadde hørt om den gamle, får beskjed nå.")


def for_head(reply: HeadsReplyBy) -> Outgoing:
    """The day by which the owner would like an answer."""
    day = words.day(reply.day)
    if reply.day < reply.today:
        return cards.text(f"Svarfristen var {day}. Du kan fortsatt svare.")
    return cards.text(f"Eier ønsker svar innen {day}, {words.distance(reply.day, reply.today)}.")
