"""The leader's decisions about a whole round, and what the others hear when the form is off."""

from __future__ import annotations

from typing import Any

from dialogs.replies import EndRoundConfirm, FormIsOff, FormSwitched, RoundEnded, SwitchFormConfirm
from messages import cards, words
from messages.outgoing import Outgoing


def end_round(reply: EndRoundConfirm) -> Outgoing:
    """How many would expire, and what that means."""
    n = words.count(reply.open, "åpent behov", "åpne behov")
    heading = f"Skal {n} i runden {reply.label} utløpe?"
    body: list[Any] = [
        cards.heading(heading),
        cards.line(
            "Det gjelder utkast og alt som ikke er avgjort. Det som er prioritert uten å være med i et "
            "beslutningsgrunnlag, utløper også. Eierne får beskjed om det de har fått. "
            "Det kan ikke angres."
        ),
    ]
    if not reply.over:
        body.append(cards.notice(f"Runden varer til {words.long_day(reply.ends)}. Er du sikker?"))
    data: dict[str, Any] = {"network": reply.network_id, "round": reply.round_id, "count": reply.open}
    actions = [
        cards.button(f"Ja, la {words.number(reply.open)} utløpe", "end_round_yes", **data),
        cards.button("Nei, behold dem", "menu", main=True),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def ended(reply: RoundEnded) -> Outgoing:
    """Done."""
    what = words.count(reply.expired, "behov", "behov")
    return cards.text(f"{what} i runden {reply.label} er utløpt. Eierne får beskjed om det de har fått.")


def switch_form(reply: SwitchFormConfirm) -> Outgoing:
    """Asked once."""
    if reply.on:
        heading = f"Skal {reply.network} ta imot behov her igjen?"
        text = "Da kan styrere og eiere melde behov her i denne runden."
    else:
        heading = f"Skal skjemaet være av for {reply.network} i denne runden?"
        text = (
            "Da melder ingen nye behov her. De som prøver, får vite at de skal spørre deg. "
            "Det som er begynt, kan gjøres ferdig."
        )
    title = "Ja, slå på skjemaet" if reply.on else "Ja, slå av skjemaet"
    actions = [
        cards.button(title, "switch_form", main=True, on=reply.on, network=reply.network_id, sure=True),
        cards.button("Nei", "menu"),
    ]
    return cards.card([cards.heading(heading), cards.line(text)], actions, summary=heading, tracks=True)


def switched(reply: FormSwitched) -> Outgoing:
    """How it is now."""
    already = "allerede " if reply.already else "nå "
    if reply.on:
        return cards.text(f"Skjemaet er {already}på. {reply.network} tar imot behov her.")
    return cards.text(
        f"Skjemaet er {already}av i denne runden. Skriv «slå på skjemaet» når {reply.network} skal bruke det igjen."
    )


def other_way(reply: FormIsOff) -> str:
    """Whom to ask, in one line."""
    who = f"lederen, {reply.leader}" if reply.leader else "lederen for nettverket"
    return f"{reply.network} tar imot behov på en annen måte i år. Spør {who}."


def is_off(reply: FormIsOff) -> Outgoing:
    """The other way, kindly."""
    if reply.own:
        text = f"Skjemaet er av for {reply.network} i denne runden. Skriv «slå på skjemaet» for å bruke det igjen."
        return cards.text(text)
    heading = other_way(reply)
    body = [cards.line(heading), cards.small("Har du begynt på noe her, kan du gjøre det ferdig.")]
    return cards.card(body, [cards.button("Spør lederen", "ask_leader", main=True)], summary=heading)
