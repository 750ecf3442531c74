"""The short things to say: one clear sentence about what to do."""

from __future__ import annotations

from datetime import datetime

from dialogs.replies import Say, What
from messages import cards, words
from messages.outgoing import Outgoing

SAYINGS = {
    What.NOT_UNDERSTOOD: "Det forsto jeg ikke helt. Skriv «hjelp» for å se hva jeg kan, eller velg under.",
    What.AS_IT_WAS: "Greit. Ingenting er endret.",
    What.NOTHING_ASKED: "Jeg venter ikke på ja eller nei nå, så ingenting er endret.",
    What.UNKNOWN_COMMAND: "Den kommandoen kjenner jeg ikke. Skriv «hjelp» for å se hva du kan skrive.",
    What.EMPTY: "Meldingen var tom. Skriv noe, eller trykk på en knapp.",
    What.TOO_LONG: "Meldingen er for lang ({length} tegn). Skriv høyst {most} tegn om gangen. Den er ikke lagret.",
    What.NO_WORDS: "Jeg trenger ord for å forstå deg. Skriv «hjelp» for å se hva jeg kan.",
    What.NOT_YOURS: "Det har du ikke tilgang til. Skriv «hei» for å se det som er ditt.",
    What.STALE: "Det kortet er gammelt, så ingenting er endret. Her er der du er nå.",
    What.BAD_CARD: "Det kortet kan jeg ikke bruke, så ingenting er endret. Skriv «hei» for å gå videre.",
    What.NO_ROUND: "Nettverket har ingen åpen runde akkurat nå. Lederen for nettverket kan si når neste begynner.",
    What.NO_ROUND_OF_YOURS: (
        "Nettverket har ingen åpen runde akkurat nå. En ny runde begynner 1. august hvert år."
    ),
    What.WITH_OWNER: (
        "Behovet er sendt og ligger hos eier, så du kan ikke endre det nå. "
        "Be eier sende det tilbake hvis noe skal rettes."
    ),
    What.NOTHING_OPEN: "Du har ikke noe påbegynt. Skriv «meld behov» for å begynne.",
    What.ALREADY_HANDLED: "Dette er allerede behandlet. Status: {status}. Ingenting er endret.",
    What.NOTHING_WAITING: "Ingen behov venter på deg nå.",
    What.NOT_A_HEAD: "Bare styrere kan gjøre det. Er du styrer, be lederen for nettverket rette lista.",
    What.OWNER_REPORTS: (
        "Som eier skriver du «felles behov» for å melde ett for flere barnehager, "
        "eller «registrer behov for» og navnet på barnehagen som har svart deg."
    ),
    What.NOT_AN_OWNER: "Bare eiere kan gjøre det. Er du eier, be lederen for nettverket rette lista.",
    What.NOT_A_LEADER: "Bare lederen for nettverket kan gjøre det.",
    What.NO_REQUESTS: "Ingen venter på å bli lagt inn nå.",
    What.NOT_FOR_MISSING: (
        "Hvem som mangler, ser eier, leder for nettverket og barnehagemyndighet. "
        "Skriv «hei» for å se det som er ditt."
    ),
    What.NOT_FOR_EXCEL: (
        "Excel kan styrer, eier, leder for nettverket, UH og barnehagemyndighet hente. "
        "Skriv «hei» for å se det som er ditt."
    ),
    What.EVERY_NETWORK: (
        "Du er lagt inn for alle nettverkene, og jeg kan ikke vise ett av dem for deg ennå. "
        "Lederen for nettverket kan gi deg frister og sammendrag."
    ),
    What.NO_SUMMARY_OF: "Det nettverket kan jeg ikke vise deg. Du kan få sammendrag for {names}.",
    What.NOT_A_READER: (
        "Nettverkets behov leses av leder, UH, medlemmer, PPT og barnehagemyndighet. "
        "Skriv «hei» for å se det som er ditt."
    ),
    What.NOT_A_REGISTRAR: (
        "Bare eier og lederen for nettverket kan registrere for andre. Skriv «meld behov» for din egen barnehage."
    ),
    What.NOTHING_OPEN_IN_ROUND: "Ingen behov er åpne i runden {label}. Ingenting trenger å utløpe.",
    What.HANDLED_BY: "Dette er allerede behandlet av {who} {when}. Status: {status}. Ingenting er endret.",
    What.NOTE_MISSING: "Skriv en begrunnelse først, så vet mottakeren hvorfor. Ingenting er endret.",
    What.DAY_MISSING: "Skriv hvilken dag det gjelder, for eksempel «12. januar». Ingenting er endret.",
    What.DAY_IN_FUTURE: "Den dagen har ikke vært ennå. Registrer det når det er gjort. Ingenting er endret.",
    What.NOT_ALONE: (
        "Et behov går til nettverket sammen med de andre, i den samlede meldingen. Skriv «send til nettverket»."
    ),
    What.MERGED: "Behovet er slått sammen med «{title}» og følger det. Bruk det felles behovet.",
    What.FIRST_STEP: "Dette er det første spørsmålet.",
    What.CHOOSE_SOMETHING: "Velg minst én i lista først.",
    What.PERSONAL_PLEASE: "Det gjelder deg. Jeg svarer i egen chat.",
    What.ALONE_PLEASE: "Skriv til meg i egen chat, så hjelper jeg deg der.",
    What.CHANNEL_ONLY: "Skriv det i kanalen du vil koble. Legg meg til der først, og nevn meg med @Rekompis.",
    What.NOT_BOUND: "Denne kanalen er ikke koblet til et nettverk. Lederen kan skrive «koble» og navnet på nettverket.",
    What.UNBOUND: "Kanalen er ikke lenger koblet til nettverket.",
    What.UNKNOWN_NETWORK: "Skriv «koble» og navnet på nettverket. Jeg kjenner {names}.",
    What.ASK_AWAY: "Spør i vei! For eksempel «når er fristen for behovsmelding?» eller «hva gjør barnehageeier?»",
    What.DEMO_ON: "Nå er du {name} ({role}). Skriv «demo» for å bytte, «demo av» for å være deg selv.",
    What.DEMO_OFF: "Nå er du deg selv igjen.",
    What.DEMO_UNAVAILABLE: "Det virker bare i prøvemodus.",
    What.EDIT_TOO_LATE: "Svaret kan ikke lenger rettes på den måten. Skriv «endre» for å se hva du kan endre.",
    What.UNKNOWN_FIELD: "Velg i oppsummeringen hva du vil endre, eller skriv for eksempel «endre tema».",
    What.CHANNEL_HELLO: (
        "Hei! Jeg er Rekompis. I barnehagens egen chat kan styrer skrive «spør personalet». "
        "I nettverkets kanal kan lederen skrive «koble» og navnet på nettverket."
    ),
    What.IMPORT_DROPPED: "Arket er lagt bort. Ingenting er registrert.",
    What.DISCARDED: "Utkastet er trukket. Skriv «meld behov» for å begynne på nytt.",
    What.TAKEN_BACK: "«{title}» er trukket, og eier har fått beskjed. Skriv «meld behov» for å melde på nytt.",
    What.WITHDRAWN: "«{title}» er trukket. Skriv «meld behov» for å melde på nytt.",
    What.WHOLE_FORM_OPEN: (
        "Skjemaet står åpent over her. Fyll ut og lagre der, eller skriv «ett spørsmål om gangen»."
    ),
    What.LOCKED: "Eier har bare bedt om nye svar på: {names}. Resten står som det er.",
    What.NO_MORE: "Det er ikke noe mer å utdype her.",
    What.NOTHING_TO_COPY: "Jeg finner ingen melding fra tidligere år å kopiere. Skriv «meld behov» for å begynne.",
    What.NOTHING_TO_RANK: "Du har ikke flere behov å sette i rekkefølge.",
    What.OWNER_SENDS: (
        "Det er eier som sender til nettverket, sammen med de andre behovene. Du sender behovet til eier."
    ),
    What.NEW_OWNER_HOW: (
        "En ny person hos en eier legger du inn slik: «ny eier i Melhus kommune: navn, e-post». "
        "En helt ny eier kommer inn med en fil."
    ),
    What.NEW_LEADER_HOW: (
        "Hvem som leder eller koordinerer nettverket, endres med en fil, ikke her. "
        "En ny styrer legger du inn slik: «ny styrer i Solbakken: navn, e-post»."
    ),
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
    if "when" in values:
        values["when"] = words.moment(datetime.fromisoformat(str(values["when"])))
    return cards.text(SAYINGS[reply.what].format(**values))


def _status(value: str) -> str:
    known = {s.value: text for s, text in words.STATUS.items()}
    return known.get(value, value)


def failure(code: str, *, stored: bool) -> Outgoing:
    """Something went wrong with us: an id to name, and what is stored, said only when it is."""
    kept = " Det du har skrevet er lagret." if stored else " Det siste ble ikke lagret. Prøv igjen om litt."
    return cards.text(f"Noe gikk galt hos oss, kode {code}.{kept}")


def not_listed() -> Outgoing:
    """Who is not met, or not once more today: the way in, and no offer that nobody would hear the answer to."""
    return cards.text("Hei! Jeg finner deg ikke i lista. Snakk med lederen for nettverket om å få komme med.")


def saved() -> Outgoing:
    """The response to a press whose card has only been settled with words."""
    return cards.text("Lagret.")


def see_next() -> Outgoing:
    """The response to a press that is answered with messages."""
    return cards.text("Se neste melding.")


def takes_time() -> Outgoing:
    """A press whose turn is not over when it has to be answered."""
    return cards.text("Dette tar litt tid. Svaret kommer her i chatten.")


def too_fast() -> Outgoing:
    """More messages at once from one account than are taken."""
    return cards.text(
        "Nå kom det flere meldinger enn jeg rekker å ta imot, så den siste er ikke lagret. "
        "Vent et halvt minutt, og send den en gang til."
    )


def perhaps_stored() -> Outgoing:
    """The database went away while it stored the turn."""
    return cards.text(
        "Jeg mistet forbindelsen mens jeg lagret, så det er usikkert om det siste ble tatt vare på. "
        "Vent et minutt og skriv «hei», så ser du hvor du er, før du sender noe på nytt."
    )


def away() -> Outgoing:
    """The database is out of reach for a moment."""
    return cards.text(
        "Jeg får ikke lagret akkurat nå, så det siste er ikke tatt vare på. Prøv igjen om et minutt."
    )
