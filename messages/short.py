"""The short things to say: one clear sentence about what to do."""

from __future__ import annotations

from dialogs.replies import Say, What
from messages import cards, words
from messages.outgoing import Outgoing

SAYINGS = {
    What.NOT_UNDERSTOOD: "Det forsto jeg ikke helt. Skriv «hjelp» for å se hva jeg kan, eller velg under.",
    What.UNKNOWN_COMMAND: "Den kommandoen kjenner jeg ikke. Skriv «hjelp» for å se hva du kan skrive.",
    What.EMPTY: "Meldingen var tom. Skriv noe, eller trykk på en knapp.",
    What.TOO_LONG: "Meldingen er for lang ({length} tegn). Skriv høyst {most} tegn om gangen. Den er ikke lagret.",
    What.NO_WORDS: "Jeg trenger ord for å forstå deg. Skriv «hjelp» for å se hva jeg kan.",
    What.NOT_YOURS: "Det har du ikke tilgang til. Skriv «hei» for å se det som er ditt.",
    What.STALE: "Det kortet er gammelt, så ingenting er endret. Her er der du er nå.",
    What.BAD_CARD: "Det kortet kan jeg ikke bruke, så ingenting er endret. Skriv «hei» for å gå videre.",
    What.NO_ROUND: "Nettverket har ingen åpen runde akkurat nå. Lederen for nettverket kan si når neste begynner.",
    What.NOTHING_OPEN: "Du har ikke noe påbegynt. Skriv «meld behov» for å begynne.",
    What.ALREADY_HANDLED: "Dette er allerede behandlet. Status: {status}. Ingenting er endret.",
    What.NOTHING_WAITING: "Ingen behov venter på deg nå.",
    What.NOT_A_HEAD: "Bare styrere melder behov. Er du styrer, be lederen for nettverket rette lista.",
    What.NOT_AN_OWNER: "Bare eiere kan gjøre det. Er du eier, be lederen for nettverket rette lista.",
    What.NOT_A_LEADER: "Bare lederen for nettverket kan gjøre det.",
    What.FIRST_STEP: "Dette er det første spørsmålet.",
    What.CHOOSE_SOMETHING: "Velg minst én i lista først.",
    What.PERSONAL_PLEASE: "Det gjelder deg. Jeg svarer i egen chat.",
    What.CHANNEL_ONLY: "Skriv det i kanalen du vil koble. Legg meg til der først, og nevn meg med @Rekompis.",
    What.NOT_BOUND: "Denne kanalen er ikke koblet til et nettverk. Lederen kan skrive «koble» og navnet på nettverket.",
    What.UNBOUND: "Kanalen er ikke lenger koblet til nettverket.",
    What.UNKNOWN_NETWORK: "Skriv «koble» og navnet på nettverket. Jeg kjenner {names}.",
    What.ASK_AWAY: "Spør i vei! For eksempel «når er fristen for behovsmelding?» eller «hva gjør barnehageeier?»",
    What.STOP_WHAT: (
        "Hva vil du stoppe? Skriv «avbryt» for å legge bort det du holder på med. "
        "Påminnelsene slutter av seg selv når du har svart."
    ),
    What.DEMO_ON: "Nå er du {name} ({role}). Skriv «demo» for å bytte, «demo av» for å være deg selv.",
    What.DEMO_OFF: "Nå er du deg selv igjen.",
    What.DEMO_UNAVAILABLE: "Det virker bare i prøvemodus.",
    What.EDIT_TOO_LATE: "Svaret kan ikke lenger rettes på den måten. Skriv «endre» for å se hva du kan endre.",
    What.UNKNOWN_FIELD: "Velg i oppsummeringen hva du vil endre, eller skriv for eksempel «endre tema».",
    What.CHANNEL_HELLO: "Hei! Jeg er Rekompis. En leder kan skrive «koble» og navnet på nettverket her.",
    What.DISCARDED: "Utkastet er trukket. Skriv «meld behov» for å begynne på nytt.",
}

NOT_SUBMITTED = {
    "only_head": "Minst én gruppe til må ha vært med før du sender. Utkastet er lagret.",
    "missing": "Noe mangler før du kan sende. Utkastet er lagret.",
}


def say(reply: Say) -> Outgoing:
    """One of the short things."""
    if reply.what is What.NOT_SUBMITTED:
        return cards.text(NOT_SUBMITTED[str(reply.values["why"])])
    values = dict(reply.values)
    if "status" in values:
        values["status"] = _status(str(values["status"]))
    return cards.text(SAYINGS[reply.what].format(**values))


def _status(value: str) -> str:
    known = {s.value: text for s, text in words.STATUS.items()}
    return known.get(value, value)


def failure(code: str, *, stored: bool) -> Outgoing:
    """Something went wrong with us: an id to name, and what is stored, said only when it is."""
    kept = " Det du har skrevet er lagret." if stored else " Det siste ble ikke lagret. Prøv igjen om litt."
    return cards.text(f"Noe gikk galt hos oss, kode {code}.{kept}")


def away() -> Outgoing:
    """The database is out of reach for a moment."""
    return cards.text(
        "Jeg får ikke lagret akkurat nå, så det siste er ikke tatt vare på. Prøv igjen om et minutt."
    )
