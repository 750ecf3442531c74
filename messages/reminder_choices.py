"""What one wants of reminders: how many, a pause, another day for one of them, and `stopp`."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from dialogs.payloads.reminders import Stopping
from dialogs.replies import NothingToRemind, ReminderSettings, Snoozed, SnoozeForm, Stopped, StopWhat
from domain.norwegian.misdated import Misdated
from domain.outbox import MessageKind
from domain.outreach.dates.meetings import MeetingReminder
from domain.outreach.dates.notices import DateReminder
from domain.outreach.models import Level
from domain.outreach.reminding.choosing import DayProblem, pause_in_force
from domain.outreach.reminding.reminders import HeadReminder, OwnerReminder
from domain.outreach.reminding.tasks import TaskReminder
from domain.register.models import Role
from domain.rounds.models import DeadlineKind
from messages import cards, words
from messages.outgoing import Outgoing
from messages.tasks import NAME

ALL = {
    Role.HEAD: "Nå minner jeg deg fram mot svarfristen, og en gang etter, til du har svart.",
    Role.OWNER: "Nå får du en oversikt når svarfristen er ute, og jeg minner deg like før fristen til nettverket.",
    Role.LEADER: "Nå minner jeg deg om fristene og møtene i runden, og du får oversikter over hvem som mangler.",
    Role.COORDINATOR: "Nå minner jeg deg om møtene i runden.",
    Role.AUTHORITY: "Nå får du en oversikt over barnehagene i kommunen en uke før fristen og dagen etter.",
    Role.COUNTY: "Nå får du en oversikt over nettverkene dagen etter fristen.",
    Role.UH: "Nå minner jeg deg om beslutningsgrunnlag, rapportering og møter, og du får en oversikt etter fristen.",
}
OTHERS = "Nå minner jeg deg om frister og møter som gjelder deg."
ALWAYS = (
    "Dette kommer uansett: beskjed når noen har gjort noe med et behov, når eier purrer, "
    "og når en dato eller et møte endres."
)
SEEN = "Lederen for nettverket kan se hvem som har tatt pause eller slått av."
CHANNEL = "Sammendragene i kanalen stopper du for seg: skriv «hva sender du»."
EXAMPLE = "For eksempel 10. januar"


def settings(reply: ReminderSettings) -> Outgoing:
    """What one gets now, what one can choose, and what comes anyway."""
    choice, until = reply.choice, pause_in_force(reply.choice, reply.today)
    off = choice.level is Level.OFF
    heading = _heading(choice.level, until, changed=reply.changed)
    body: list[Any] = [cards.heading(heading)]
    if reply.stale:
        body.append(cards.notice("Det kortet var gammelt, så ingenting er endret. Slik er det nå."))
    if not off:
        body.append(cards.line(_now(reply, until)))
    body += [cards.line(f"Du har bedt om en påminnelse {words.day(day)} kl. 08.") for day in reply.ahead[:3]]
    if reply.problem is not None:
        body.append(cards.notice(_problem(reply.problem, "Velg en dag innen et år.", reply.misdated)))
    if not off and until is None:
        field = cards.text_input(
            "pause_until", "Pause til", value=reply.given, longest=100, placeholder=EXAMPLE
        )
        body.append(field)
    body.append(cards.small(f"{ALWAYS} {CHANNEL if reply.role is Role.LEADER else SEEN}"))
    seen = f"{choice.level.value}:{choice.paused_until or ''}"
    return cards.card(
        body,
        [*_either_day(reply.misdated, seen), *_choices(choice.level, until, seen)],
        summary=heading,
    )


def _either_day(misdated: Misdated | None, seen: str) -> list[Any]:
    """The two days that a pause with a wrong weekday may last to."""
    days = (misdated.day, misdated.weekdays) if misdated is not None else ()
    return [
        cards.button(f"Til {words.day(day)}", "pause_reminders", seen=seen, pause_until=day.isoformat())
        for day in days
    ]


def _heading(level: Level, until: date | None, *, changed: bool) -> str:
    if level is Level.OFF:
        return "Påminnelsene er slått av." if changed else "Påminnelsene er av."
    if until is not None:
        return f"Pause til {words.whole_day(until)}."
    if level is Level.FEWER:
        return "Du får bare den siste påminnelsen før hver frist."
    return "Du får alle påminnelser igjen." if changed else "Påminnelsene er på."


def _now(reply: ReminderSettings, until: date | None) -> str:
    fewer = reply.choice.level is Level.FEWER
    if until is not None:
        return (
            "Da begynner jeg igjen, men bare med den siste før hver frist."
            if fewer
            else "Da begynner jeg igjen."
        )
    if fewer:
        return "Er noe gjort, minner jeg deg ikke om det."
    text = ALL.get(reply.role, OTHERS) if reply.role else OTHERS
    return f"{text} Høyst én påminnelse om dagen."


def _choices(level: Level, until: date | None, seen: str) -> list[Any]:
    def choose(title: str, wanted: Level | None, *, main: bool = False) -> Any:
        values = {"level": wanted.value} if wanted is not None else {}
        return cards.button(title, "set_reminders", main=main, seen=seen, **values)

    fewer = choose("Bare den siste før en frist", Level.FEWER)
    off = choose("Slå av påminnelser", Level.OFF)
    if level is Level.OFF:
        return [choose("Slå på påminnelser", Level.ALL, main=True), fewer]
    if until is not None:
        return [choose("Avslutt pausen", None, main=True), off]
    pause = cards.button("Ta pause", "pause_reminders", main=True, seen=seen)
    if level is Level.FEWER:
        return [pause, choose("Alle påminnelser", Level.ALL), off]
    return [pause, fewer, off]


def _problem(problem: DayProblem, too_late: str, misdated: Misdated | None) -> str:
    if misdated is not None:
        return f"{words.wrong_weekday(misdated)} Hvilken mener du?"
    match problem:
        case DayProblem.PAST:
            return "Den dagen er i dag eller har vært. Velg en dag fra i morgen av."
        case DayProblem.TOO_LATE:
            return too_late
        case DayProblem.NOT_UNDERSTOOD:
            return "Jeg forsto ikke dagen. Skriv for eksempel «10. januar», «om to uker» eller «fredag»."


# --- stopp ----------------------------------------------------------------------------------------------------


def stop_what(reply: StopWhat) -> Outgoing:
    """The reminders, the draft, or everything?"""
    reminders = {"what": Stopping.REMINDERS.value}
    fewer = cards.button("Pause eller færre", "reminders")
    if reply.draft is None:
        question = "Vil du ikke ha flere påminnelser?"
        off = cards.button("Slå av påminnelser", "stop", main=True, **reminders)
        return cards.card([cards.heading(question), cards.small(ALWAYS)], [off, fewer], summary=question)
    question = "Hva vil du stoppe?"
    name = f"«{reply.draft}»" if reply.draft else "Utkastet"
    body = [cards.heading(question), cards.line(f"{name} er lagret, hva du enn velger.")]
    actions = [
        cards.button("Påminnelsene", "stop", main=True, **reminders),
        cards.button("Utkastet", "stop", what=Stopping.DRAFT.value),
        cards.button("Alt", "stop", what=Stopping.EVERYTHING.value),
    ]
    if reply.open:
        actions.append(cards.button("Ingenting, gå videre", "continue"))
    return cards.card(body, [*actions, fewer], summary=question)


def stopped(reply: Stopped) -> Outgoing:
    """Everything is stopped, nothing is lost."""
    text = "Jeg minner deg ikke om noe mer."
    if reply.draft is not None:
        name = f"«{reply.draft}»" if reply.draft else "Utkastet"
        text += f" {name} er lagt til side, og er lagret. Skriv «fortsett» når du vil gå videre."
    body = [cards.line(text), cards.small(ALWAYS)]
    return cards.card(body, [cards.button("Påminnelser", "reminders")], summary=text)


# --- another day ----------------------------------------------------------------------------------------------


def snooze_form(reply: SnoozeForm) -> Outgoing:
    """When then?"""
    question = "Når skal jeg minne deg igjen?"
    body: list[Any] = [cards.heading(question), cards.small(_about(reply.reminds))]
    if reply.problem is not None:
        body.append(
            cards.notice(_problem(reply.problem, "Da er runden over. Velg en dag før det.", reply.misdated))
        )
    body += [
        cards.text_input(
            "snooze_day",
            "En annen dag",
            value=reply.given,
            longest=100,
            placeholder="For eksempel 10. januar",
        ),
        cards.small("Du kan også skrive «minn meg på fredag» eller «minn meg om en uke» når som helst."),
    ]
    ids = _ids(reply.reminds)
    tomorrow = reply.today + timedelta(days=1)
    actions = [
        cards.button(
            "I morgen" if day == tomorrow else words.day(day).capitalize(),
            "snooze",
            day=day.isoformat(),
            **ids,
        )
        for day in reply.days
    ]
    actions += [
        cards.button("Minn meg den dagen", "snooze", main=True, **ids),
        cards.button("Færre påminnelser", "reminders"),
    ]
    return cards.card(body, actions, summary=question)


def snoozed(reply: Snoozed) -> Outgoing:
    """When it comes, and what to think of when that is too late."""
    another = reply.day
    text = f"Jeg minner deg {words.day(another.day)} kl. 08."
    if another.moved:
        asked = words.day(another.asked).capitalize()
        text = f"{asked} sender jeg ikke påminnelser. {text}"
    body: list[Any] = [cards.line(text)]
    actions: list[Any] = []
    ids = _ids(reply.reminds)
    if another.passes is not None:
        body.append(cards.notice(f"Det er etter {_date(reply.reminds)}, som er {words.day(another.passes)}."))
        if another.suggested is not None:
            title = f"Heller {words.day(another.suggested)}"
            actions.append(cards.button(title, "snooze", main=True, day=another.suggested.isoformat(), **ids))
    body.append(cards.small(f"{_about(reply.reminds)} Er det gjort før den tid, hører du ikke fra meg."))
    actions.append(cards.button("Velg en annen dag", "snooze", ask=True, **ids))
    return cards.card(body, actions, summary=text)


def nothing(_reply: NothingToRemind) -> Outgoing:
    """Nothing is left to do."""
    return cards.text("Det er ikke noe jeg trenger å minne deg om nå. Kommer det noe, sier jeg fra.")


def _date(content: Any) -> str:
    match content:
        case MeetingReminder():
            return "møtet"
        case DateReminder():
            return "datoen"
        case _:
            return "fristen"


def _about(content: Any) -> str:
    match content:
        case HeadReminder():
            if content.unanswered > 1:
                return f"Det gjelder svarene fra {words.number(content.unanswered)} av barnehagene dine."
            return f"Det gjelder svaret fra {content.kindergarten}."
        case OwnerReminder():
            return f"Det gjelder behovene fra {content.owner}."
        case TaskReminder():
            return f"Det gjelder {NAME[content.kind]} fra {content.place}."
        case MeetingReminder():
            return f"Det gjelder {content.meeting.title} i {content.network.name}."
        case DateReminder():
            return f"Det gjelder {content.own.title} i {content.network}."
        case _:
            return "Det gjelder den siste påminnelsen du fikk."


def _ids(content: Any) -> dict[str, Any]:
    """What tells the reminder from others, for the buttons; nothing for those that are just the last one."""
    match content:
        case HeadReminder():
            return {
                "kind": MessageKind.HEAD_REMINDER.value,
                "round": content.round_id,
                "kindergarten": content.kindergarten_id,
            }
        case OwnerReminder():
            return {
                "kind": MessageKind.OWNER_REMINDER.value,
                "round": content.round_id,
                "owner": content.owner_id,
            }
        case TaskReminder():
            basis = content.kind is DeadlineKind.DECISION_BASIS
            kind = MessageKind.BASIS_REMINDER if basis else MessageKind.REPORTING_REMINDER
            owner = {"owner": content.owner_id} if content.owner_id is not None else {}
            ids = {"kind": kind.value, "round": content.round_id, "deadline": content.kind.value}
            return {**ids, **owner}
        case _:
            return {}
