"""The care of the register: what is asked for, what was understood, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dialogs.replies import CareCancelled, CareDone, CareFacts, CareForm, CareMenu, CareProblem, ConfirmCare
from domain.register.care import NewPerson
from domain.register.models import Role
from domain.register.orders import Care, Part
from domain.register.rows import MAX_LENGTH
from messages import cards, words
from messages.outgoing import Outgoing

KIND: Final[Mapping[Care, str]] = {
    Care.NEW_HEAD: "Ny styrer",
    Care.NEW_OWNER: "Ny person hos en eier",
    Care.LEFT: "Noen har sluttet",
    Care.CLOSED: "En barnehage er nedlagt",
    Care.MOVED: "En barnehage har ny eier",
    Care.RENAMED: "En barnehage har nytt navn",
    Care.ADDED: "Ny barnehage",
    Care.DEPUTY: "Stedfortreder",
}

QUESTION: Final[Mapping[Care, str]] = {
    Care.NEW_HEAD: "Hvem er ny styrer?",
    Care.NEW_OWNER: "Hvem skal handle for eieren?",
    Care.LEFT: "Hvem har sluttet?",
    Care.CLOSED: "Hvilken barnehage er nedlagt?",
    Care.MOVED: "Hvilken barnehage har ny eier?",
    Care.RENAMED: "Hvilken barnehage har nytt navn?",
    Care.ADDED: "Hvilken barnehage er ny?",
    Care.DEPUTY: "Hvem skal være stedfortreder?",
}

FIELDS: Final[Mapping[Care, tuple[Part, ...]]] = {
    Care.NEW_HEAD: (Part.PLACE, Part.NAME, Part.EMAIL),
    Care.NEW_OWNER: (Part.OWNER, Part.NAME, Part.EMAIL),
    Care.LEFT: (Part.PERSON,),
    Care.CLOSED: (Part.PLACE,),
    Care.MOVED: (Part.PLACE, Part.OWNER),
    Care.RENAMED: (Part.PLACE, Part.NEW_NAME),
    Care.ADDED: (Part.NAME, Part.ORGNR, Part.MUNICIPALITY, Part.OWNER),
    Care.DEPUTY: (Part.PLACE, Part.NAME, Part.EMAIL, Part.STARTS, Part.ENDS),
}

LABEL: Final[Mapping[Part, str]] = {
    Part.PLACE: "Barnehage (navn eller organisasjonsnummer)",
    Part.OWNER: "Eier (navn eller organisasjonsnummer)",
    Part.NAME: "Navn",
    Part.EMAIL: "E-post (den personen har i Teams)",
    Part.PERSON: "Navn eller e-post",
    Part.NEW_NAME: "Nytt navn",
    Part.ORGNR: "Organisasjonsnummer",
    Part.MUNICIPALITY: "Kommune",
    Part.STARTS: "Fra og med (for eksempel 1. desember)",
    Part.ENDS: "Til og med (for eksempel 15. januar)",
}
FOR_WHOM: Final = "For hvem (barnehage eller eier; tomt betyr deg selv)"

MISSING: Final[Mapping[Part, str]] = {
    Part.PLACE: "Skriv hvilken barnehage det gjelder.",
    Part.OWNER: "Skriv hvem som er eier.",
    Part.NAME: "Skriv navnet.",
    Part.EMAIL: "Skriv e-postadressen. Den trenger jeg for å kjenne personen igjen.",
    Part.PERSON: "Skriv hvem det gjelder.",
    Part.NEW_NAME: "Skriv det nye navnet.",
    Part.ORGNR: "Skriv organisasjonsnummeret til barnehagen.",
    Part.MUNICIPALITY: "Skriv hvilken kommune barnehagen ligger i.",
    Part.STARTS: "Skriv den første dagen.",
    Part.ENDS: "Skriv den siste dagen.",
}

UNKNOWN: Final[Mapping[Part, str]] = {
    Part.PLACE: "Jeg finner ikke «{}» i nettverket ditt. Skriv hele navnet, eller organisasjonsnummeret.",
    Part.OWNER: "Jeg finner ingen eier som heter «{}». Skriv hele navnet. Helt nye eiere legges inn med en fil.",
    Part.PERSON: "Jeg finner ikke «{}» i nettverket ditt. Skriv hele navnet, eller e-postadressen.",
    Part.MUNICIPALITY: "Jeg finner ikke kommunen «{}» i nettverket ditt. Skriv hele navnet.",
}

PROBLEM: Final[Mapping[CareProblem, str]] = {
    CareProblem.UNCLEAR: "Hva mener du med «{}»? Velg i lista.",
    CareProblem.NAME: "«{}» ser ikke ut som et navn. Skriv det på nytt.",
    CareProblem.EMAIL: "«{}» er ikke en e-postadresse. Den ser ut som navn@kommune.no.",
    CareProblem.ORGNR: "«{}» er ikke et organisasjonsnummer. Det har ni siffer, som 123 456 785.",
    CareProblem.ORGNR_OF_OWNER: "Dette er eieren, ikke barnehagen: {}. Skriv barnehagen.",
    CareProblem.ORGNR_OF_KINDERGARTEN: "Dette er barnehagen, ikke eieren: {}. Skriv eieren.",
    CareProblem.ORGNR_TAKEN: "Nummeret hører til {}, som står i lista fra før. Sjekk nummeret.",
    CareProblem.CLOSED: "{} er nedlagt i lista. Skriv «ny barnehage» for å ta den inn igjen.",
    CareProblem.ALREADY_SO: "Slik står det allerede: {}. Rett det som er galt, eller trykk «Avbryt».",
    CareProblem.LEADERS_ROLE: "{} leder eller koordinerer nettverket. Det endres med en fil, ikke her.",
    CareProblem.DAY: "Jeg forstår ikke datoen «{}». Skriv for eksempel 1. desember eller 15.1.2027.",
    CareProblem.PERIOD: "Siste dag kan ikke være før den første eller før i dag. Perioden kan vare i høyst ett år.",
    CareProblem.HELD_ANYWAY: "{} har rollen fra før, og trenger ikke være stedfortreder.",
}
LONGEST_SHOWN: Final = 80
MOST_DESERTED: Final = 5


def menu(_reply: CareMenu) -> Outgoing:
    """What a leader can change."""
    heading = "Hva skal endres i lista?"
    body: list[Any] = [
        cards.heading(heading),
        cards.choices("care_kind", "Endring", [(kind.value, title) for kind, title in KIND.items()]),
        cards.small(
            "Du kan også skrive det rett ut, for eksempel «ny styrer i Solbakken: Kari Nordmann, "
            "kari@kommune.no». Ingenting endres før du har bekreftet."
        ),
    ]
    return cards.card(body, [cards.button("Gå videre", "care_form", main=True)], summary=heading)


def form(reply: CareForm) -> Outgoing:
    """What a change needs, with what was said filled in."""
    heading = QUESTION[reply.kind]
    body: list[Any] = [cards.heading(heading)]
    if reply.problem is not None:
        body.append(cards.notice(problem(reply)))
    body += [
        _field(reply, part) for part in FIELDS[reply.kind] if part is not Part.PLACE or _asks_place(reply)
    ]
    actions = [
        cards.button("Se over", "care_read", main=True, kind=reply.kind.value),
        cards.button("Avbryt", "care_cancel"),
    ]
    return cards.card(body, actions, summary=heading)


def problem(reply: CareForm) -> str:
    """What stands in the way, and what to do."""
    shown = cards.cut(reply.detail, LONGEST_SHOWN)
    if reply.problem is CareProblem.MISSING and reply.part is not None:
        return MISSING[reply.part]
    if reply.problem is CareProblem.UNKNOWN and reply.part is not None:
        return UNKNOWN.get(reply.part, PROBLEM[CareProblem.NAME]).format(shown)
    return PROBLEM[reply.problem or CareProblem.NAME].format(shown)


def _asks_place(reply: CareForm) -> bool:
    return reply.asks_place or Part.PLACE in reply.options


def _field(reply: CareForm, part: Part) -> Any:
    label = LABEL[part]
    if part is Part.PLACE and reply.kind is Care.DEPUTY:
        label = FOR_WHOM
    if part is Part.NAME and reply.kind is Care.ADDED:
        label = "Navnet på barnehagen"
    said = reply.said.get(part, "")
    if options := reply.options.get(part):
        chosen = said if said in {value for value, _ in options} else None
        return cards.choices(part.value, label, options, value=chosen)
    return cards.text_input(part.value, label, value=said[:MAX_LENGTH] or None, longest=MAX_LENGTH)


def confirm(reply: ConfirmCare) -> Outgoing:
    """What was understood, with everything that follows from it."""
    heading, lines = _understood(reply.facts)
    body = [cards.heading(heading), *lines]
    actions = [*_confirming(reply), cards.button("Avbryt", "care_cancel")]
    return cards.card(body, actions, summary=heading)


def _understood(f: CareFacts) -> tuple[str, list[Any]]:
    match f.kind:
        case Care.NEW_HEAD:
            asked = [cards.line(_still_heads(f))] if f.heads else []
            return f"{f.person} blir styrer i {f.place}.", [_address(f), *asked]
        case Care.NEW_OWNER:
            return f"Skal {f.person} få handle for {f.place}?", [_address(f)]
        case Care.LEFT:
            roles: list[Any] = [cards.item(f"· {words.ROLE[role]}: {place}") for role, place in f.roles]
            roles += [cards.notice(_deserted(role, place)) for role, place in f.deserted[:MOST_DESERTED]]
            kept = cards.small("Utkast og meldinger blir liggende. Den neste kan fortsette på dem.")
            return f"Skal {f.person} tas ut av lista?", [cards.line("Dette tas bort:"), *roles, kept]
        case Care.CLOSED:
            return f"Skal {f.place} legges ned i lista?", [
                cards.line(_closing(f)),
                cards.line(_waiting(f, "blir liggende")),
            ]
        case Care.MOVED:
            heading = f"Skal {f.place} flyttes fra {f.before} til {f.other}?"
            sent = cards.small("Det som er sendt til nettverket, står slik det ble sendt.")
            return heading, [cards.line(_waiting(f, "følger med")), sent]
        case Care.RENAMED:
            return f"Skal {f.place} få navnet {f.other}?", [cards.small("Meldingene følger barnehagen.")]
        case _:
            return f"Skal {f.place} legges inn?", [_kindergarten(f)]


def _deserted(role: Role, place: str) -> str:
    return f"Da har ikke {place} noen {words.ROLE[role]} i lista."


def _address(f: CareFacts) -> Any:
    return cards.facts([("E-post", f.email)])


def _kindergarten(f: CareFacts) -> Any:
    number = f"{f.orgnr[:3]} {f.orgnr[3:6]} {f.orgnr[6:]}"
    return cards.facts([("Organisasjonsnummer", number), ("Kommune", f.municipality), ("Eier", f.other)])


def _still_heads(f: CareFacts) -> str:
    names = words.listed([name for _, name in f.heads])
    if len(f.heads) == 1:
        return f"{names} er styrer der nå. Har {names} sluttet?"
    return f"{names} er styrere der nå. Har de sluttet?"


def _closing(f: CareFacts) -> str:
    if not f.heads:
        return "Etterpå blir ingen mint om barnehagen."
    names = words.listed([name for _, name in f.heads])
    return f"Etterpå blir ingen mint om barnehagen, og {names} er ikke lenger styrer der."


def _waiting(f: CareFacts, what: str) -> str:
    parts = [words.count(f.drafts, "utkast", "utkast")] if f.drafts else []
    if f.with_owner:
        parts.append(f"{words.count(f.with_owner, 'behov', 'behov')} hos eieren")
    if not parts:
        return "Ingen behov venter."
    return f"{words.listed(parts)[:1].upper()}{words.listed(parts)[1:]} {what}."


def _confirming(reply: ConfirmCare) -> list[Any]:
    change, heads = reply.change, reply.facts.heads
    if not isinstance(change, NewPerson) or not heads:
        return [_do("Bekreft", change)]
    replaced = change.model_copy(update={"instead_of": tuple(id_ for id_, _ in heads)})
    if len(heads) == 1:
        return [
            _do(f"Ja, {heads[0][1]} har sluttet", replaced),
            _do("Nei, begge er styrere", change, main=False),
        ]
    return [_do("Ja, de har sluttet", replaced), _do("Nei, alle er styrere", change, main=False)]


def _do(title: str, change: Any, *, main: bool = True) -> Any:
    return cards.button(title, "care_do", main=main, change=change.model_dump(mode="json"))


def done(reply: CareDone) -> Outgoing:
    """What was done, and what to do now."""
    heading, lines = _done(reply.facts)
    body = [cards.heading(heading), *[cards.line(line) for line in lines]]
    undo = [_do("Angre", reply.undo, main=False)] if reply.undo is not None else []
    actions = [*undo, cards.button("Endre mer", "register_care")]
    return cards.card(body, actions, summary=heading)


def _done(f: CareFacts) -> tuple[str, list[str]]:
    match f.kind:
        case Care.NEW_HEAD:
            left = [f"{words.listed(list(f.left))} er ikke lenger styrer der."] if f.left else []
            return f"{f.person} er styrer i {f.place}.", [*left, _greets(f)]
        case Care.NEW_OWNER:
            return f"{f.person} handler for {f.place}.", [_greets(f)]
        case Care.LEFT:
            return f"{f.person} er tatt ut av lista.", []
        case Care.CLOSED:
            return f"{f.place} er lagt ned i lista.", []
        case Care.MOVED:
            return f"{f.other} er eier av {f.place}.", []
        case Care.RENAMED:
            return f"{f.place} heter nå {f.other}.", []
        case _:
            return f"{f.place} er lagt inn.", ["Skriv «ny styrer» når noen skal legges inn som styrer der."]


def _greets(f: CareFacts) -> str:
    return f"Be {f.person.split()[0]} skrive «hei» til Rekompis i Teams for å komme i gang."


def cancelled(reply: CareCancelled) -> Outgoing:
    """Nothing was done."""
    said = "Ingenting er endret."
    if reply.changed:
        said = "Det står ikke lenger slik i lista, så ingenting er endret. Skriv det på nytt om det fortsatt gjelder."
    return cards.card([cards.line(said)], summary=said, settles=True)
