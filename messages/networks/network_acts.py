"""What the leader lets happen with needs, as cards: what is filled in, looked over, and registered."""

from __future__ import annotations

from typing import Any

from dialogs.payloads.network import LONGEST_NOTE
from dialogs.replies import ActConfirm, ActDone, ActForm, ActProblem
from domain.needs.lifecycle import Act, Party
from domain.needs.models import Status
from messages import cards, words
from messages.outgoing import Outgoing

MOST_TITLES = 20
LONGEST_TITLE = 90

ACT = {
    Act.CONSIDER: "Ta til vurdering",
    Act.RETURN_TO_OWNER: "Send tilbake til eier",
    Act.PRIORITISE: "Prioriter",
    Act.PUT_ON_HOLD: "Sett på vent",
    Act.NOT_PRIORITISE: "Ikke prioriter",
    Act.PUT_IN_BASIS: "Ta med i beslutningsgrunnlaget",
    Act.TAKE_OUT_OF_BASIS: "Ta ut av beslutningsgrunnlaget",
    Act.SEND_TO_FORUM: "Sendt til samarbeidsforum",
    Act.RECOMMEND: "Innstilt av samarbeidsforum",
    Act.GRANT: "Tilsagn er kommet",
    Act.REFUSE: "Avslag er kommet",
    Act.BEGIN: "Tiltaket er i gang",
    Act.REPORT_BACK: "Tiltaket er rapportert",
    Act.CLOSE: "Avslutt",
    Act.EXPIRE: "La utløpe",
}
"""What a leader may choose, as a button says it."""

DONE = {
    Act.CONSIDER: "tatt til vurdering",
    Act.RETURN_TO_OWNER: "sendt tilbake til eier",
    Act.PRIORITISE: "prioritert",
    Act.PUT_ON_HOLD: "satt på vent",
    Act.NOT_PRIORITISE: "registrert som ikke prioritert",
    Act.PUT_IN_BASIS: "tatt med i beslutningsgrunnlaget",
    Act.TAKE_OUT_OF_BASIS: "tatt ut av beslutningsgrunnlaget",
    Act.SEND_TO_FORUM: "registrert som sendt til samarbeidsforum",
    Act.RECOMMEND: "registrert som innstilt",
    Act.GRANT: "registrert med tilsagn",
    Act.REFUSE: "registrert med avslag",
    Act.BEGIN: "registrert som i gang",
    Act.REPORT_BACK: "registrert som rapportert",
    Act.CLOSE: "avsluttet",
    Act.EXPIRE: "utløpt",
}

PROBLEM = {
    ActProblem.NO_ACT: "Velg hva som skal skje.",
    ActProblem.NOTE_MISSING: "Skriv en begrunnelse. Den følger med til den som meldte behovet.",
    ActProblem.NOTE_TOO_LONG: f"Begrunnelsen er for lang. Skriv høyst {LONGEST_NOTE} tegn.",
    ActProblem.DAY_MISSING: "Skriv dagen for møtet, innsendingen eller brevet, for eksempel «12. januar».",
    ActProblem.DAY_NOT_UNDERSTOOD: "Dagen forsto jeg ikke. Skriv den for eksempel slik: «12. januar» eller «12.01.2027».",
    ActProblem.DAY_IN_FUTURE: "Den dagen har ikke vært ennå. Skriv en dag som har vært, og registrer når det er gjort.",
}

TOLD = {Party.OWNER: "eier", Party.HEAD: "styrer", Party.LEADER: "lederen"}


def act_inputs(acts: tuple[Act, ...], chosen: Act | None, note: str, day: str) -> list[Any]:
    """The choice of an act, with room for a reason and a day."""
    options = [(a.value, title) for a, title in ACT.items() if a in acts and a is not Act.EXPIRE]
    return [
        cards.choices(
            "act", "Hva skal skje?", options, compact=len(options) > 5, value=chosen.value if chosen else None
        ),
        cards.text_input(
            "act_note",
            "Begrunnelse (følger med til dem som får beskjed)",
            value=note or None,
            multiline=True,
            longest=LONGEST_NOTE,
        ),
        cards.text_input(
            "act_day",
            "Dag for møtet, innsendingen eller brevet",
            value=day or None,
            longest=100,
            placeholder="for eksempel 12. januar",
        ),
    ]


def act_form(reply: ActForm) -> Outgoing:
    """One choice for all that were ticked."""
    heading = f"Hva skal skje med {_these(len(reply.needs))}?"
    body: list[Any] = [cards.heading(heading), *_titles([n.title or "" for n in reply.needs])]
    if reply.problem is not None:
        body.append(cards.notice(PROBLEM[reply.problem]))
    actions: list[Any] = []
    if [a for a in reply.acts if a is not Act.EXPIRE]:
        body += act_inputs(reply.acts, reply.act, reply.note, reply.day)
        seen = [[n.report.id, n.report.version] for n in reply.needs]
        actions.append(cards.button("Gå videre", "prepare_act", main=True, needs=seen))
    else:
        body.append(cards.line("De kan ikke få samme neste steg. Velg behov med samme status."))
    actions.append(cards.button("Se alle behov", "network_needs", network=reply.network_id))
    return cards.card(body, actions, summary=heading, tracks=True)


def act_confirm(reply: ActConfirm) -> Outgoing:
    """«Stemmer dette?»: the day as it was understood, before anything happens."""
    n = len(reply.needs)
    heading = f"{ACT[reply.act]}: {words.count(n, 'behov', 'behov')}"
    body: list[Any] = [cards.heading(heading), *_titles([need.title or "" for need in reply.needs])]
    if reply.day is not None:
        body += cards.named("Dag", words.whole_day(reply.day))
    if reply.note:
        body += cards.named("Begrunnelse", reply.note)
    if reply.personal:
        body.append(
            cards.notice(
                "Det kan stå personopplysninger i begrunnelsen. Stemmer det, trykk «Endre» og ta dem bort."
            )
        )
    body.append(cards.line(_will_be_told(reply.told)))
    data: dict[str, Any] = {
        "needs": [[need.report.id, need.report.version] for need in reply.needs],
        "act": reply.act.value,
        "note": reply.note,
        "day": reply.day.isoformat() if reply.day else None,
    }
    actions = [
        cards.button("Registrer", "do_act", main=True, **data),
        cards.button("Endre", "change_act", **data),
    ]
    return cards.card(body, actions, summary=heading, tracks=True)


def act_done(reply: ActDone) -> Outgoing:
    """What was registered, and what is left."""
    n = len(reply.titles)
    subject = f"«{reply.titles[0] or 'Uten navn'}»" if n == 1 else f"{n} behov"
    heading = f"{subject} er {DONE[reply.act]}."
    body: list[Any] = [cards.heading(heading)]
    body += _titles(list(reply.titles)) if n > 1 else []
    if reply.told:
        body.append(cards.line(f"{words.listed([TOLD[p] for p in reply.told]).capitalize()} får beskjed."))
    if reply.left:
        body.append(cards.line(f"{words.count(reply.left, 'behov', 'behov')} er ikke avgjort ennå."))
    actions = [cards.button("Se alle behov", "network_needs", network=reply.network_id)]
    if reply.left:
        state = Status.UNDER_CONSIDERATION.value if reply.act is Act.CONSIDER else None
        data: dict[str, Any] = {"state": state, "need_filter": ""} if state else {}
        actions = [cards.button("Se det som gjenstår", "network_needs", network=reply.network_id, **data)]
    return cards.card(body, actions, summary=heading)


def _will_be_told(told: tuple[Party, ...]) -> str:
    if not told:
        return "Ingen får melding om dette."
    return f"{words.listed([TOLD[p] for p in told]).capitalize()} får beskjed når du registrerer."


def _these(number: int) -> str:
    return "dette behovet" if number == 1 else f"disse {words.number(number)} behovene"


def _titles(titles: list[str]) -> list[Any]:
    shown = [cards.item(f"· {cards.cut(t or 'Uten navn', LONGEST_TITLE)}") for t in titles[:MOST_TITLES]]
    return shown + cards.more(len(titles) - MOST_TITLES)
