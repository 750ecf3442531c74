"""People who cannot be written to: the list for the leader, and the e-mail that is ready to copy."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from dialogs.replies import AllReached, NotReachedList, ReadyEmail
from domain.outreach.reaching.reach import Group, NotReached, PeopleNotReached, Unreached, Why
from messages import cards, words
from messages.networks import reach_emails
from messages.outgoing import Outgoing

MOST_ROWS = 60
MOST_NAMES = 8
MOST_OTHERS = 2
LONGEST_LINK = 1800
"""Characters of an address that starts a mail program; Windows takes about 2000."""

WHY = {
    Why.NOT_INSTALLED: "Har ikke Rekompis i Teams",
    Why.GUEST: "Er gjest i Teams, og har ingen egen chat med meg",
    Why.REFUSED: "Har fjernet eller blokkert Rekompis, eller har den ikke lagt til",
    Why.GONE: "Har en Teams-konto som ikke finnes lenger",
}

GROUP = {Group.HEADS: "styrere", Group.OWNERS: "eiere", Group.OTHERS: "de andre"}


def listed(reply: NotReachedList) -> Outgoing:
    """«Hvem når du ikke»"""
    found = reply.found
    heading = f"{_how_many(found)} som har noe igjen å gjøre."
    body: list[Any] = [cards.small(found.network.name), cards.heading(heading)]
    left = MOST_ROWS
    for why in Why:
        people = [u for u in found.people if u.why is why][:left]
        left -= len(people)
        if people:
            body.append(cards.line(f"{WHY[why]}:", strong=True))
            body += [cards.item(f"· {_row(u)}") for u in people]
    body += cards.more(len(found.people) - MOST_ROWS)
    body.append(
        cards.small(
            "Send dem en e-post, og registrer det som kommer tilbake. "
            "Legger de til Rekompis senere, får de det som fortsatt gjelder."
        )
    )
    actions = [
        *_emails(found, found.groups()),
        cards.button("Registrer for en barnehage", "register_for"),
        *(cards.button(f"Vis {n.name}", "not_reached", network=n.id) for n in reply.others[:MOST_OTHERS]),
    ]
    return cards.card(body, actions, summary=heading)


def all_reached(reply: AllReached) -> Outgoing:
    """There is nobody to write to."""
    if not reply.total:
        return cards.text(f"Ingen i {reply.network} har noe igjen å gjøre nå.")
    return cards.text(f"Jeg når alle {reply.total} i {reply.network} som har noe igjen å gjøre.")


def notice(content: PeopleNotReached, _today: date) -> Outgoing:
    """In good time before the date: who will not get the reminders."""
    found = content.found
    heading = f"{_how_many(found)} som har noe igjen før {words.day(found.needs.day)}."
    names = list(dict.fromkeys(u.person.name for u in found.people))
    shown = names[:MOST_NAMES]
    more = [f"{len(names) - MOST_NAMES} til"] if len(names) > MOST_NAMES else []
    body = [
        cards.heading(heading),
        cards.line(f"{words.listed([*shown, *more])}. Jeg har en e-post klar som du kan kopiere."),
        cards.small(found.network.name),
    ]
    actions = [
        cards.button("E-post å kopiere", "reach_email", main=True, network=found.network.id),
        cards.button("Hvem når du ikke", "not_reached", network=found.network.id),
    ]
    return cards.card(body, actions, summary=heading)


def email(reply: ReadyEmail) -> Outgoing:
    """Addresses, subject and text, each to be copied whole."""
    to = "; ".join(dict.fromkeys(u.person.email for u in reply.people))
    subject, text = reach_emails.written(reply)
    heading = f"E-post til {GROUP[reply.group]}: {words.count(len(reply.people), 'person', 'personer')}."
    link = f"mailto:?bcc={quote(to, safe='@')}&subject={quote(subject)}&body={quote(_lines(text))}"
    short = len(link) <= LONGEST_LINK
    how = "Kopier, eller åpne i e-postprogrammet." if short else "Kopier til en ny e-post."
    body: list[Any] = [
        cards.small(reply.found.network.name),
        cards.heading(heading),
        cards.line(f"{how} Endre gjerne teksten."),
        cards.text_input("mail_to", "Adresser (lim inn i blindkopi)", value=to, multiline=True),
        cards.text_input("mail_subject", "Emne", value=subject),
        cards.text_input("mail_text", "Tekst", value=text, multiline=True),
    ]
    found, rest = reply.found, tuple(g for g in reply.found.groups() if g is not reply.group)
    actions: list[Any] = [cards.link("Åpne i e-post", link)] if short else []
    if reply.group is not Group.OTHERS:
        body.append(cards.small("Registrer det som kommer tilbake, så er svaret med videre."))
        actions.append(cards.button("Registrer for en barnehage", "register_for"))
    if reply.page + 1 < reply.pages:
        title = f"Resten av adressene ({reply.page + 2} av {reply.pages})"
        place = {"network": found.network.id, "group": reply.group.value, "page": reply.page + 1}
        actions.append(cards.button(title, "reach_email", main=True, **place))
    return cards.card(body, [*actions, *_emails(found, rest, main=False)], summary=heading)


def _emails(found: NotReached, groups: tuple[Group, ...], *, main: bool = True) -> list[Any]:
    """A button for each group; when there is only one to choose from, it need not be named."""
    alone = len(found.groups()) == 1
    return [
        cards.button(
            "E-post å kopiere" if alone else f"E-post til {GROUP[group]}",
            "reach_email",
            main=main and number == 0,
            network=found.network.id,
            group=group.value,
        )
        for number, group in enumerate(groups)
    ]


def _how_many(found: NotReached) -> str:
    if found.total == 1:
        return "Jeg når ikke den ene"
    if found.number == found.total:
        return f"Jeg når ingen av de {found.total}"
    return f"Jeg når ikke {found.number} av de {found.total}"


def _row(one: Unreached) -> str:
    return f"{one.person.name}, {words.ROLE[one.role]}, {words.listed(list(one.places))}: {one.person.email}"


def _lines(text: str) -> str:
    """The text with the line ends that mail programs want."""
    return text.replace("\n", "\r\n")
