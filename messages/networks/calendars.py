"""The annual wheel and the calendar files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogs.replies import CalendarLink, NothingToCalendar, WheelShown, WhichNetwork
from domain.rounds.year import YearEntry
from messages import cards, elements, words
from messages.outgoing import Outgoing
from messages.year_words import long_name, short_name, unsure

FileUrl = Callable[[str], str]


def wheel(reply: WheelShown, file_url: FileUrl) -> Outgoing:
    """The picture. Who cannot see it hears the list."""
    heading = f"Årshjul for {reply.network} {reply.label}"
    read_out = "; ".join(f"{words.short_day(e.day)} {e.day.year}: {_named(e)}" for e in reply.entries)
    picture = elements.Image(
        url=file_url(reply.light),
        alt_text=f"{heading}. {read_out}.",
        size="Stretch",
        themed_urls=[elements.ThemedUrl(theme="Dark", url=file_url(reply.dark))],
        msteams=elements.TeamsImageProperties(allow_expand=True),
    )
    to_come = next((e for e in reply.entries if e.day >= reply.today), None)
    body: list[Any] = [cards.heading(heading)]
    if to_come is not None:
        when = f"{words.day(to_come.day)}, {words.distance(to_come.day, reply.today)}"
        body.append(cards.line(f"Det neste er {when}: {_named(to_come)}."))
    body += [picture, cards.small("Ser du ikke bildet, skriv «frister» for å se datoene som liste.")]
    actions = [cards.button("Frister", "deadlines", main=to_come is None)]
    if to_come is not None:
        actions.insert(0, cards.button("Legg i kalenderen", "calendar", main=True, network=reply.network_id))
    return cards.card(body, actions, summary=heading)


def calendar(reply: CalendarLink, file_url: FileUrl) -> Outgoing:
    """A file to open, and what is in it."""
    one = reply.entries[0] if len(reply.entries) == 1 else None
    heading = (
        f"Til kalenderen: {_named(one)}, {words.day(one.day)}."
        if one
        else f"Til kalenderen: {words.number(len(reply.entries))} datoer og møter i {reply.network}."
    )
    body: list[Any] = [
        cards.heading(heading),
        *([cards.notice("Kryss av for minst én.")] if reply.choose else []),
        cards.small(
            "Åpne fila, så spør kalenderen om du vil lagre. Flyttes noe, henter du fila på nytt. "
            "Lenken virker i 15 minutter."
        ),
    ]
    actions: list[Any] = [cards.link("Last ned til kalenderen", file_url(reply.token))]
    if reply.others:
        options = [(str(e.number), f"{words.day(e.day)}: {_named(e)}") for e in reply.others]
        body.append(cards.choices("calendar_entries", "Vil du bare ha noen av dem?", options, many=True))
        actions.append(
            cards.button("Bare de jeg har krysset av", "calendar", network=reply.network_id, chosen=True)
        )
    return cards.card(body, actions, summary=heading)


def nothing(_reply: NothingToCalendar) -> Outgoing:
    """Nothing is left of what was asked for."""
    return cards.text("Det er ingenting å legge i kalenderen. Skriv «frister» for å se datoene som gjelder.")


ASKED = {
    "annual_wheel": "Hvilket nettverk vil du se årshjulet for?",
    "calendar": "Datoene for hvilket nettverk?",
    "meetings": "Møtene i hvilket nettverk?",
    "round_dates": "Fristene i hvilket nettverk?",
    "own_dates": "Egne datoer i hvilket nettverk?",
    "new_meeting": "Møte i hvilket nettverk?",
}


def which(reply: WhichNetwork) -> Outgoing:
    """A button for each network, or a list when they are many."""
    heading = ASKED[reply.verb]
    few = reply.networks[:6]
    actions = [cards.button(name, reply.verb, main=i == 0, network=id) for i, (id, name) in enumerate(few)]
    body: list[Any] = [cards.heading(heading)]
    rest = [name for _, name in reply.networks[6:]]
    if rest:
        body.append(cards.small(f"Skriv «årshjul» og navnet for {words.listed(rest)}."))
    return cards.card(body, actions, summary=heading)


def _named(entry: YearEntry) -> str:
    name = long_name(entry) if entry.deadline is None else short_name(entry)
    return f"{name} (ikke bekreftet)" if unsure(entry) else name
