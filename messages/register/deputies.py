"""Deputies: what was understood, who is one, and for whom one acts."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from dialogs.register.deputies import key
from dialogs.replies import (
    ConfirmDeputy,
    ConfirmEnd,
    DeputyAppointed,
    DeputyEnded,
    DeputyItem,
    DeputyList,
    StandingIn,
)
from domain.register.orders import Care
from messages import cards, words
from messages.outgoing import Outgoing

MOST_SHOWN: Final = 40


def confirm(reply: ConfirmDeputy) -> Outgoing:
    """Name, role and days as they were understood."""
    heading = f"{reply.name} blir stedfortreder for {reply.place}."
    body: list[Any] = [
        cards.heading(heading),
        cards.facts(
            [
                ("E-post", reply.email),
                ("Handler som", words.ROLE[reply.role]),
                ("Fra og med", _day(reply.starts)),
                ("Til og med", _day(reply.ends)),
            ]
        ),
    ]
    if reply.earlier is not None:
        body.append(cards.line(f"Dette kommer i stedet for perioden {_period(reply.earlier)}."))
    body.append(
        cards.small(
            "Stedfortrederen kan gjøre det som hører til rollen disse dagene, unntatt å sette inn stedfortredere."
        )
    )
    data = {
        "role": reply.role.value,
        "scope": reply.scope.model_dump(mode="json"),
        "name": reply.name,
        "email": reply.email,
        "starts": reply.starts.isoformat(),
        "ends": reply.ends.isoformat(),
    }
    actions = [cards.button("Bekreft", "deputy_do", main=True, **data), cards.button("Avbryt", "care_cancel")]
    return cards.card(body, actions, summary=heading)


def appointed(reply: DeputyAppointed) -> Outgoing:
    """From when somebody acts, and how to begin."""
    d = reply.deputy
    first = d.name.split()[0]
    if d.starts is not None and d.starts > reply.today:
        heading = f"{d.name} blir stedfortreder for {d.place} {_period(d)}."
        then = f"Be {first} skrive «hei» til Rekompis i Teams når perioden har begynt."
    else:
        heading = f"{d.name} er stedfortreder for {d.place} {_until(d.ends)}."
        then = f"Be {first} skrive «hei» til Rekompis i Teams for å komme i gang."
    body = [cards.heading(heading), cards.line(then)]
    return cards.card(body, [cards.button("Stedfortredere", "deputies")], summary=heading)


def listed(reply: DeputyList) -> Outgoing:
    """Everybody one may end the time of."""
    new = [cards.button("Ny stedfortreder", "care_form", kind=Care.DEPUTY.value)] if reply.may_appoint else []
    if not reply.deputies:
        heading = "Ingen er stedfortreder nå."
        return cards.card([cards.heading(heading)], new, summary=heading)
    shown = reply.deputies[:MOST_SHOWN]
    options = [
        (key(d), f"{d.name}: {words.ROLE[d.role]} for {d.place} {_period(d, short=True)}") for d in shown
    ]
    heading = "Stedfortredere"
    body: list[Any] = [
        cards.heading(heading),
        cards.choices(
            "chosen_deputy",
            "Nå og framover",
            options,
            value=options[0][0] if len(options) == 1 else None,
        ),
        *cards.more(len(reply.deputies) - MOST_SHOWN),
    ]
    return cards.card(body, [cards.button("Avslutt før tida", "deputy_show"), *new], summary=heading)


def confirm_end(reply: ConfirmEnd) -> Outgoing:
    """A last look."""
    d = reply.deputy
    heading = f"Skal {d.name} slutte som stedfortreder for {d.place} nå?"
    data = {"person": d.person_id, "role": d.role.value, "scope": d.scope.model_dump(mode="json")}
    actions = [
        cards.button("Ja, avslutt", "deputy_end", main=True, **data),
        cards.button("Nei", "care_cancel"),
    ]
    return cards.card(
        [cards.heading(heading), cards.line(f"Perioden er {_period(d)}.")], actions, summary=heading
    )


def ended(reply: DeputyEnded) -> Outgoing:
    """Acts no more."""
    d = reply.deputy
    begun = d.starts is None or d.starts <= reply.today
    said = "er ikke lenger" if begun else "blir ikke"
    heading = f"{d.name} {said} stedfortreder for {d.place}."
    return cards.card(
        [cards.line(heading)],
        [cards.button("Stedfortredere", "deputies")],
        summary=heading,
    )


def standing_in(reply: StandingIn) -> Outgoing:
    """«Du er stedfortreder for …»"""
    return cards.text(
        "\n".join(f"Du er stedfortreder for {place} {_until(ends)}." for place, ends in reply.places)
    )


def _period(d: DeputyItem, *, short: bool = False) -> str:
    starts = f"fra {_shown(d.starts, short=short)} " if d.starts is not None else ""
    return starts + (f"til og med {_shown(d.ends, short=short)}" if d.ends is not None else "")


def _until(ends: date | None) -> str:
    return f"til og med {_day(ends)}" if ends is not None else "inntil videre"


def _shown(day: date, *, short: bool) -> str:
    return words.long_day(day) if short else _day(day)


def _day(day: date) -> str:
    return f"{words.day(day)} {day.year}"
