"""A sentence for each fault of a sheet of needs: the row, the column, and what to do."""

from __future__ import annotations

from domain.needs.form import needs_form
from domain.needs.reading import Problem, ProblemKind
from domain.needs.sheets.importing import Fault, RowFault
from messages import cards, words

ROWS = {
    RowFault.NO_PLACE: "Skriv hvilken barnehage behovet gjelder.",
    RowFault.MERGED: "Barnehagen mangler. Del opp celler som er slått sammen, så hver rad har sin barnehage.",
    RowFault.UNKNOWN_PLACE: "Jeg finner ikke barnehagen.{near}",
    RowFault.SEVERAL_PLACES: "Flere barnehager heter det. Skriv org.nr.{near}",
    RowFault.NOT_ALLOWED: "Barnehagen er ikke blant dem du kan registrere for. Sjekk org.nr.",
    RowFault.OWNER_NOT_PLACE: "Dette er eieren, ikke barnehagen. Skriv barnehagens org.nr.",
    RowFault.BAD_ORGNR: "Org.nr. har ni sifre, og dette er ikke gyldig.",
    RowFault.TWO_NAMES: "Org.nr. og navn er ikke samme barnehage.{near}",
    RowFault.DIFFERENT_OWNERS: "Barnehagene har ikke samme eier og nettverk. Bruk en rad for hver.",
    RowFault.MISSING: "Mangler svar.",
    RowFault.ONLY_HEAD: "Minst én gruppe til enn styrer må ha vært med.",
    RowFault.NO_NEED: "Raden sier at det ikke er noe behov. Ta den bort.",
    RowFault.TWICE: "Barnehagen har en rad til med samme navn på behovet.",
    RowFault.NO_ROUND: "Nettverket tar ikke imot behov nå.",
}


def sentence(fault: Fault) -> str:
    """«Rad 4, Antall: Skriv et tall mellom 1 og 300.»"""
    where = f"Rad {fault.row}, {cards.cut(fault.column, 60)}" if fault.column else f"Rad {fault.row}"
    return f"{where}: {reason(fault)}"


def reason(fault: Fault) -> str:
    """What to do, without where."""
    if isinstance(fault.reason, Problem):
        return _problem(fault.reason)
    if fault.near:
        numbers = fault.reason is RowFault.SEVERAL_PLACES
        joined = words.listed([name if numbers else f"«{name}»" for name in fault.near]).replace(
            " og ", " eller "
        )
        near = f" {'Det kan være' if numbers else 'Mente du'} {joined}{'.' if numbers else '?'}"
        if fault.reason is RowFault.TWO_NAMES:
            near = f" Nummeret er {joined}."
        return ROWS[fault.reason].format(near=near)
    return ROWS[fault.reason].format(near="")


def _problem(found: Problem) -> str:
    match found.kind:
        case ProblemKind.TOO_LONG:
            return f"Teksten er for lang ({found.given} tegn). Skriv høyst {found.limit}."
        case ProblemKind.NO_WORDS | ProblemKind.ONLY_NUMBER:
            return "Skriv svaret med ord."
        case ProblemKind.UNKNOWN_CHOICE:
            labels = [option.label for option in found.field.options]
            if len(labels) > 8:
                return "Kjenner ikke igjen svaret. Bruk ordene fra skjemaet, se arket «Veiledning» i malen."
            return f"Kjenner ikke igjen svaret. Skriv {words.listed(labels).replace(' og ', ' eller ')}."
        case ProblemKind.TOO_MANY:
            return f"Velg høyst {found.limit}."
        case ProblemKind.EXCLUSIVE:
            return "«Nei» og «Vet ikke» kan ikke stå sammen med noe annet."
        case ProblemKind.NOT_A_COUNT:
            return "Skriv et tall, for eksempel 12."
        case ProblemKind.OUT_OF_RANGE:
            return f"Skriv et tall mellom {found.field.least} og {found.limit}."
        case ProblemKind.NOT_A_TIME:
            return "Skriv når, for eksempel «høsten 2027»."
        case ProblemKind.NOT_A_DURATION:
            return "Skriv hvor lenge, for eksempel «to år» eller «3 semestre»."
        case ProblemKind.NOT_A_DATE:
            return "Skriv en dato, for eksempel 12.10.2026."
        case ProblemKind.IN_FUTURE:
            return "Datoen er ikke kommet ennå. Skriv en som har vært."
        case ProblemKind.NOT_KRONER | ProblemKind.NOT_WHOLE:
            return "Skriv hele kroner, for eksempel 150 000."
        case _:
            return "Svaret kan ikke leses. Rett det, eller la cellen stå tom."


def field_name(field_id: str) -> str:
    """What a field's column is called in the template."""
    field = needs_form().field(field_id)
    return words.name_of(field) if field else field_id
