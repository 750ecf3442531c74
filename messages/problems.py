"""What to say about an answer: why it was not taken, and what is worth a remark."""

from __future__ import annotations

from typing import Any

from domain.needs.crosschecks import Finding, FindingKind
from domain.needs.form import FieldKind, Form, FormField
from domain.needs.reading import Hint, HintKind, Problem, ProblemKind
from messages import cards, words

HINTS = {
    HintKind.SHORT: "{field} var kort. Skriv gjerne litt mer, men du kan gå videre. «tilbake» viser svaret.",
    HintKind.PERSONAL: (
        "Det ser ut til å stå personopplysninger i svaret. Ta bort navn på enkeltpersoner, telefon, "
        "e-post og fødselsnummer før du sender. Skriv «tilbake» for å endre."
    ),
    HintKind.ONLY_HEAD: (
        "Minst én gruppe til må ha vært med før du kan sende. Du kan lagre nå og spørre personalet først."
    ),
    HintKind.ONE_PERSON: (
        "Midlene går først og fremst til utvikling dere gjør sammen. "
        "Utdanning for enkeltansatte har egne regler. Spør eier."
    ),
    HintKind.LONG_AGO: "Det er en stund siden. Ta det gjerne opp på nytt, men du kan gå videre.",
}
FINDINGS = {
    FindingKind.ONLY_HEAD: "Ta med minst én gruppe til før du sender. Du kan lagre utkastet.",
    FindingKind.NOTHING_CONTINUED: "Skriv hva dere fortsetter med, før du sender.",
    FindingKind.OWNER_DIFFERS: "Stemmer eieren? Si fra til lederen av nettverket hvis den er feil.",
    FindingKind.ONE_PERSON: HINTS[HintKind.ONE_PERSON],
    FindingKind.PERSONAL: (
        "Det kan stå personopplysninger i {field}. Ta dem bort før du sender. Du kan sende likevel, hvis jeg tar feil."
    ),
    FindingKind.SIMILAR_NEED: "Du har en lignende melding fra før. Se «mine meldinger» før du sender.",
    FindingKind.LATE: "Fristen er ute. Du kan sende likevel, og behovet merkes «etter frist».",
    FindingKind.MANY: (
        "{given} deltakere er mer enn tre ganger så mange som de {limit} som er registrert hos dere. Sjekk tallet."
    ),
    FindingKind.NO_WORDS: "{field} mangler ord. Skriv svaret med bokstaver.",
    FindingKind.ALIKE: "{field} ligner mye på hverdagen i dag. Skriv gjerne hva dere trenger å kunne mer om.",
    FindingKind.NO_UNION: "Tillitsvalgt er ikke med. Ta det gjerne opp med dem, men du kan sende likevel.",
    FindingKind.MORE_IN_GROUPS: (
        "Gruppene er {given} til sammen, men dere har skrevet {limit} deltakere. Sjekk tallene."
    ),
    FindingKind.EARLY: "Tilsagn kommer etter planen i april. Regn med å starte {when} eller senere.",
    FindingKind.SHORT_TIME: "Ett semester er kort tid. Regn gjerne med flere år, men du kan gå videre.",
    FindingKind.PPT_NOT_ASKED: "Snakk gjerne med PPT før du sender. Du kan sende likevel.",
}


def finding(found: Finding, form: Form) -> str:
    """What to do about one thing found across the answers, or what to know of it."""
    field = form.field(found.field) if found.field else None
    return FINDINGS[found.kind].format(
        field=f"«{words.name_of(field)}»" if field else "",
        given=found.given,
        limit=found.limit,
        when=words.semester(found.when) if found.when else "",
    )


def hints(found: tuple[Hint, ...]) -> list[Any]:
    """The remarks on what was just stored, each kind once."""
    first = {h.kind: h.field for h in reversed(found)}
    return [
        cards.hint(HINTS[kind].format(field=f"«{words.name_of(field)}»")) for kind, field in first.items()
    ]


def problem(found: Problem) -> str:
    """One clear sentence about what to do."""
    name = f"«{found.field.label}»"
    match found.kind:
        case ProblemKind.EMPTY:
            return f"{name} mangler. Skriv eller velg et svar."
        case ProblemKind.TOO_LONG:
            return f"Svaret er for langt ({found.given} tegn). Skriv høyst {found.limit} tegn. Det er ikke lagret."
        case ProblemKind.NO_WORDS:
            return "Jeg trenger noen ord her. Skriv svaret med bokstaver. Det er ikke lagret."
        case ProblemKind.ONLY_NUMBER:
            return "Jeg trenger noen ord her, ikke bare et tall. Det er ikke lagret."
        case ProblemKind.UNKNOWN_CHOICE:
            return "Jeg kjente ikke igjen svaret. Velg i lista, eller skriv ett av valgene."
        case ProblemKind.TOO_MANY:
            return f"Du har valgt {found.given}. Velg høyst {found.limit}."
        case ProblemKind.EXCLUSIVE:
            return f"{_alone(found.field)} kan ikke velges sammen med noe annet. Velg på nytt."
        case ProblemKind.NOT_A_COUNT:
            return "Skriv et tall, for eksempel 12."
        case ProblemKind.OUT_OF_RANGE:
            return (
                f"Skriv et {_what(found.field)} mellom {found.field.least} og {words.grouped(found.limit)}."
            )
        case ProblemKind.NOT_A_TIME:
            return "Jeg forsto ikke når. Skriv for eksempel «høsten 2027» eller «januar»."
        case ProblemKind.NOT_A_DURATION:
            return "Jeg forsto ikke hvor lenge. Skriv for eksempel «ett år» eller «3 semestre»."
        case ProblemKind.NOT_A_RANKING:
            return f"Skriv tallene fra 1 til {found.limit} i rekkefølge, for eksempel «2, 1, 3»."
        case ProblemKind.NOT_A_DATE:
            return "Jeg forsto ikke hvilken dag. Skriv for eksempel «12. oktober» eller «i oktober»."
        case ProblemKind.IN_FUTURE:
            return "Den dagen har ikke vært ennå. Skriv når dere drøftet det, for eksempel «12. oktober»."
        case ProblemKind.NOT_KRONER:
            return "Jeg forsto ikke beløpet. Skriv det i kroner, for eksempel «150 000»."
        case ProblemKind.NOT_WHOLE:
            return "Skriv beløpet i hele kroner, uten øre."


def _alone(field: FormField) -> str:
    return words.listed([f"«{field.label_of(value)}»" for value in field.exclusive])


def _what(field: FormField) -> str:
    return "beløp" if field.kind is FieldKind.MONEY else "tall"
