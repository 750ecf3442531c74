"""A network's meetings: the list, the leader's cards, and what is said of a meeting without being asked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogs.replies import (
    ConfirmCancelling,
    ConfirmMeeting,
    MeetingCancelled,
    MeetingList,
    MeetingSaved,
    WhyListed,
)
from domain.clock import OSLO, local_day
from domain.rounds.calendar import is_working_day
from domain.rounds.meetings import USUAL_LENGTH
from messages import cards, words
from messages.networks.meeting_pieces import (
    clock,
    day_and_time,
    facts,
    lacking_lines,
    meetings,
    those,
    to_calendar,
    where,
    will_hear,
)
from messages.outgoing import Outgoing

MOST_ROWS = 15

WHY = {
    WhyListed.STALE: "Møtet er endret siden kortet ble vist, så ingenting er gjort. Slik står det nå.",
    WhyListed.UNKNOWN: "Det møtet finner jeg ikke blant dem som kommer.",
    WhyListed.THERE_ALREADY: "Det møtet er lagt inn fra før, så jeg har ikke lagt det inn en gang til.",
    WhyListed.SEVERAL: "Det kan være flere møter. Velg det du mener.",
}


def listed(reply: MeetingList) -> Outgoing:
    """The next one first, the others in a line each, and how many there have been."""
    body: list[Any] = [cards.small(reply.network.name)]
    if reply.why is not None:
        body.append(cards.notice(WHY[reply.why]))
    if not reply.meetings:
        heading = "Ingen møter er lagt inn framover."
        how = "Skriv for eksempel «møte torsdag 3. desember kl. 9 på Teams»."
        body += [
            cards.heading(heading),
            cards.line(how if reply.leads else "Lederen for nettverket legger dem inn."),
        ]
    else:
        first, *others = reply.meetings
        day = local_day(first.starts)
        heading = f"Neste møte er {words.day(day)}, {words.distance(day, reply.today)}."
        body += [cards.heading(heading), facts(first)]
        body += [
            cards.item(f"{day_and_time(m).capitalize()}: {m.title}. {where(m)}") for m in others[:MOST_ROWS]
        ]
        body += cards.more(len(others) - MOST_ROWS)
        if reply.called:
            body.append(cards.small("Du blir minnet på hvert møte virkedagen før."))
    if reply.held:
        body.append(cards.small(f"{meetings(reply.held).capitalize()} er holdt."))
    body += lacking_lines(reply.missing)
    if reply.missing is not None and reply.missing.meetings:
        body.append(
            cards.small("Er et møte holdt uten å stå her, skriv for eksempel «møtet var 3. november».")
        )
    return cards.card(body, _list_actions(reply, body), summary=heading)


def _list_actions(reply: MeetingList, body: list[Any]) -> list[Any]:
    chosen: dict[str, Any] = {"meeting": reply.meetings[0].id} if len(reply.meetings) == 1 else {}
    actions: list[Any] = []
    if reply.leads:
        actions.append(cards.button("Nytt møte", "new_meeting", main=True, network=reply.network.id))
    if reply.leads and reply.meetings:
        if len(reply.meetings) > 1:
            options = [(str(m.id), f"{day_and_time(m).capitalize()}: {m.title}") for m in reply.meetings]
            label = "Velg møtet du vil endre eller avlyse"
            body.append(cards.choices("chosen_meeting", label, options, compact=True, value=options[0][0]))
        actions.append(cards.button("Endre møtet", "edit_meeting", round=reply.round_id, **chosen))
        actions.append(cards.button("Avlys møtet", "cancel_meeting", round=reply.round_id, **chosen))
    if reply.meetings:
        several = len(reply.meetings) > 1
        title = "Legg neste i kalenderen" if several else "Legg i kalenderen"
        actions.append(to_calendar(reply.network.id, reply.meetings[0], title))
    return actions


def confirm(reply: ConfirmMeeting) -> Outgoing:
    """The meeting as it was understood, with its weekday, time and place."""
    plan, day = reply.plan, local_day(reply.plan.starts)
    is_over = " er holdt" if reply.held else ""
    heading = f"{plan.title} {words.day(day)} kl. {clock(plan)}{is_over}. Stemmer det?"
    body: list[Any] = [cards.small(reply.network.name), cards.heading(heading), facts(plan, title=False)]
    if reply.before is not None:
        body.append(cards.line(f"Nå er det {day_and_time(reply.before)}. {where(reply.before)}"))
    if reply.held:
        body.append(cards.small("Møtet har vært, så ingen blir minnet. Det teller med i møteplanen."))
    if reply.no_time:
        body.append(cards.small(f"Du sa ikke når på dagen, så jeg har satt kl. {clock(plan)}."))
    elif reply.usual_length:
        usual = plan.ends - plan.starts == USUAL_LENGTH
        length = "to timer" if usual else f"slutt kl. {clock(plan)[-5:]}"
        body.append(cards.small(f"Du sa ikke hvor lenge, så jeg har satt {length}."))
    if plan.place is None and plan.physical is None:
        later = "Skriv «fysisk» eller «på Teams», så teller det riktig."
        body.append(
            cards.small(
                f"Du sa ikke hvor. {later if reply.held else 'Du kan lagre nå og legge til stedet senere.'}"
            )
        )
    if reply.misdated is not None:
        body.append(cards.hint(f"{words.wrong_weekday(reply.misdated)} Hvilken mener du?"))
    if not is_working_day(day) and not reply.held:
        body.append(cards.notice(f"{words.day(day).capitalize()} er ikke en virkedag."))
    body += will_hear(reply.tells)
    save = "Lagre møtet" if reply.before is None else "Lagre endringen"
    if reply.misdated is not None:
        save = f"Ja, {words.day(day)}"
    shown = _shown(reply)
    actions = [
        cards.button(save, "shown_meeting", main=True, **shown),
        *_the_weekdays(reply, shown),
        cards.button("Endre", "shown_meeting", **shown, again=True),
        cards.button("Ikke lagre", "meetings", network=reply.network.id, put_away=True),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def _the_weekdays(reply: ConfirmMeeting, shown: dict[str, Any]) -> list[Any]:
    """A button for the day of the weekday that was written."""
    if reply.misdated is None:
        return []
    ahead = reply.misdated.weekdays - reply.misdated.day
    moved = {name: (at.astimezone(OSLO) + ahead).isoformat() for name, at in _times(reply)}
    title = f"Nei, {words.day(reply.misdated.weekdays)}"
    return [cards.button(title, "shown_meeting", **{**shown, **moved})]


def _times(reply: ConfirmMeeting) -> tuple[tuple[str, datetime], ...]:
    return ("starts", reply.plan.starts), ("ends", reply.plan.ends)


def _shown(reply: ConfirmMeeting) -> dict[str, Any]:
    values = reply.plan.model_dump(mode="json", exclude_none=True, exclude={"title"})
    values["name"] = reply.plan.title
    if reply.before is not None:
        values |= {"meeting": reply.before.id, "v": reply.before.changes}
    return {"round": reply.round_id, **values}


def saved(reply: MeetingSaved) -> Outgoing:
    """Stored, who hears of it, and what the plan still lacks."""
    meeting = reply.meeting
    heading = f"Lagret: {meeting.title} {day_and_time(meeting)}."
    body: list[Any] = [cards.small(reply.network.name), cards.heading(heading), cards.line(where(meeting))]
    if reply.told.anybody:
        body.append(cards.line(f"Jeg sier nå fra {those(reply.told)}."))
    reminded = "Leder, medlemmer, UH og PPT blir minnet på møtet virkedagen før."
    body.append(cards.small("Møtet har vært, så ingen blir minnet." if reply.held else reminded))
    body += lacking_lines(reply.missing)
    actions = [
        cards.button("Nytt møte", "new_meeting", network=reply.network.id),
        cards.button("Møter", "meetings", network=reply.network.id),
        *([] if reply.held else [to_calendar(reply.network.id, meeting)]),
    ]
    return cards.card(body, actions, summary=heading)


def confirm_cancelling(reply: ConfirmCancelling) -> Outgoing:
    """Asked once."""
    meeting = reply.meeting
    heading = f"Skal møtet {day_and_time(meeting)} {'tas bort' if reply.held else 'avlyses'}?"
    body = [
        cards.small(reply.network.name),
        cards.heading(heading),
        cards.line(f"{meeting.title}. {where(meeting)}"),
        *will_hear(reply.tells),
    ]
    of_it = {"round": reply.round_id, "meeting": meeting.id, "v": meeting.changes}
    actions = [
        cards.button(
            "Ta bort møtet" if reply.held else "Avlys møtet", "cancel_meeting", main=True, **of_it, sure=True
        ),
        cards.button("La det stå", "meetings", network=reply.network.id),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def cancelled(reply: MeetingCancelled) -> Outgoing:
    """Done, and who hears of it."""
    done = "Tatt bort" if reply.held else "Avlyst"
    heading = f"{done}: {reply.meeting.title} {day_and_time(reply.meeting)}."
    body: list[Any] = [cards.small(reply.network.name), cards.heading(heading)]
    if reply.held:
        body.append(cards.line("Det teller ikke lenger med i møteplanen."))
    elif reply.told.anybody:
        body.append(cards.line(f"Jeg sier nå fra {those(reply.told)}."))
    else:
        body.append(cards.line("Jeg hadde ikke minnet noen på møtet ennå."))
    body += lacking_lines(reply.missing)
    actions = [
        cards.button("Nytt møte", "new_meeting", network=reply.network.id),
        cards.button("Møter", "meetings", network=reply.network.id),
    ]
    return cards.card(body, actions, summary=heading)
