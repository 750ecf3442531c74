"""Small pieces of Norwegian: numbers, names of states and roles, values of the form as people read them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from domain.clock import OSLO
from domain.needs.form import FieldKind, Form, FormField, Step
from domain.needs.models import Status
from domain.norwegian.misdated import Misdated
from domain.norwegian.semesters import Semester
from domain.register.models import Role
from domain.scheme.datewords import MONTHS, WEEKDAYS

NUMBERS = ("null", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti", "elleve", "tolv")

STATUS = {
    Status.DRAFT: "utkast",
    Status.NO_NEED: "ingen behov i år",
    Status.SENT_TO_OWNER: "sendt til eier",
    Status.RETURNED: "sendt tilbake til styrer",
    Status.APPROVED: "godkjent av eier",
    Status.NOT_FORWARDED: "ikke meldt videre",
    Status.REPORTED: "meldt til nettverket",
    Status.RETURNED_TO_OWNER: "sendt tilbake til eier",
    Status.UNDER_CONSIDERATION: "til vurdering i nettverket",
    Status.PRIORITISED: "prioritert av nettverket",
    Status.ON_HOLD: "satt på vent",
    Status.NOT_PRIORITISED: "ikke prioritert",
    Status.IN_BASIS: "med i beslutningsgrunnlaget",
    Status.SENT_TO_FORUM: "sendt til samarbeidsforum",
    Status.RECOMMENDED: "innstilt",
    Status.GRANTED: "har fått tilsagn",
    Status.REFUSED: "har fått avslag",
    Status.ONGOING: "i gang",
    Status.REPORTED_BACK: "rapportert",
    Status.CLOSED: "avsluttet",
    Status.WITHDRAWN: "trukket",
    Status.EXPIRED: "utløpt",
}

ROLE = {
    Role.HEAD: "styrer",
    Role.OWNER: "eier",
    Role.AUTHORITY: "barnehagemyndighet",
    Role.PPT: "PPT",
    Role.LEADER: "leder av nettverket",
    Role.COORDINATOR: "koordinator",
    Role.MEMBER: "medlem av nettverket",
    Role.UH: "UH",
    Role.COUNTY: "Statsforvalteren",
    Role.ADMIN: "administrator",
}


def number(value: int) -> str:
    """A number in a sentence: words up to twelve."""
    return NUMBERS[value] if 0 <= value < len(NUMBERS) else str(value)


def count(value: int, one: str, many: str) -> str:
    """«1 behov», «3 behov»: the number with its noun."""
    return f"{value} {one if value == 1 else many}"


def day(value: date) -> str:
    """«tirsdag 17. november»: a day near in time."""
    return f"{WEEKDAYS[value.weekday()]} {value.day}. {MONTHS[value.month - 1]}"


def wrong_weekday(misdated: Misdated) -> str:
    """«Du skrev torsdag, men 4. desember 2026 er en fredag.»"""
    written, real = (WEEKDAYS[each.weekday()] for each in (misdated.weekdays, misdated.day))
    return f"Du skrev {written}, men {long_day(misdated.day)} er en {real}."


def short_day(value: date) -> str:
    """«17. november»"""
    return f"{value.day}. {MONTHS[value.month - 1]}"


def long_day(value: date) -> str:
    """«17. november 2026»: a day far away in time."""
    return f"{short_day(value)} {value.year}"


def moment(at: datetime) -> str:
    """«22. november kl. 10.05», in Oslo."""
    here = at.astimezone(OSLO)
    return f"{short_day(here.date())} kl. {here:%H.%M}"


def whole_day(value: date) -> str:
    """«mandag 12. oktober 2026»: a day that may lie far back."""
    return f"{day(value)} {value.year}"


def grouped(value: int) -> str:
    """«150 000», with spaces that do not break."""
    return f"{value:,}".replace(",", "\u00a0")


def distance(value: date, today: date) -> str:
    """«om 10 dager», «i dag», «i morgen», «for 3 dager siden»."""
    days = (value - today).days
    if days == 0:
        return "i dag"
    if days == 1:
        return "i morgen"
    if days == -1:
        return "i går"
    return f"om {days} dager" if days > 0 else f"for {-days} dager siden"


def covering(place: str, more: int) -> str:
    """«Solbakken barnehage og 3 til»: where a need that holds for several kindergartens stands."""
    return f"{place} og {more} til" if more else place


def answers(total: int, need: int, no_need: int, unanswered: int) -> str:
    """«Av 23 barnehager har 14 meldt behov, 5 har ingen, 4 har ikke svart.»; what there is none of is not said."""
    first = f"har {need} meldt behov" if need else f"har {no_need} ingen behov"
    others = [
        *([f"{no_need} har ingen"] if need and no_need else []),
        *([f"{unanswered} har ikke svart"] if unanswered else []),
    ]
    return ", ".join([f"Av {total} barnehager {first}", *others]) + "."


def listed(parts: list[str]) -> str:
    """«a, b og c»"""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " og " + parts[-1] if parts else ""


def semester(code: str) -> str:
    """«høsten 2027» from H27; what somebody wrote that is no such code reads as it stands."""
    if not re.fullmatch(r"[HV]\d\d", code):
        return code
    return Semester(2000 + int(code[1:]), code[0] == "H").name


def duration(semesters: int) -> str:
    """«2 semestre (ett år)»"""
    half = semesters % 2
    years = semesters // 2
    if semesters == 1:
        return "1 semester (et halvt år)"
    words = {1: "ett år", 2: "to år", 3: "tre år", 4: "fire år"}.get(years, f"{years} år")
    if half:
        words = f"{years},5 år"
    return f"{semesters} semestre ({words})"


def value(field: FormField, given: Any) -> str:
    """An answer as people read it."""
    match field.kind:
        case FieldKind.CHOICE:
            return field.label_of(str(given))
        case FieldKind.CHOICES:
            return ", ".join(field.label_of(str(v)) for v in given)
        case FieldKind.SEMESTER:
            return semester(str(given))
        case FieldKind.DURATION:
            return duration(int(given))
        case FieldKind.RANKING:
            return ", ".join(str(n) for n in given)
        case FieldKind.DATE:
            return whole_day(date.fromisoformat(str(given)))
        case FieldKind.MONEY:
            return f"{grouped(int(given))} kroner"
        case FieldKind.COUNT if field.unit:
            return f"{given} {field.unit}"
        case _:
            return str(given)


def answered(step: Step, answers: dict[str, Any]) -> list[tuple[FormField, str]]:
    """The answers of a step as people read them."""
    return [(f, value(f, answers[f.id])) for f in step.fields if f.id in answers]


def name_of(field: FormField) -> str:
    """A field's name where its value stands beside it: the label without its example."""
    return field.label.split(" (")[0].rstrip("?")


SOURCES = {
    "LP": "fylkets plan for Rekom",
    "GA": "Gauldals kompetanseplan",
    "FO": "orienteringen fra Fosen",
    "PK": "prosjektet 2020–2022",
}


def source(given: str) -> str:
    """A source as people know it: the documents' codes become names."""
    parts = []
    for part in given.split(" / "):
        code, comma, rest = part.partition(", ")
        parts.append(f"{SOURCES.get(code, code)}{comma}{rest}")
    return "; ".join(dict.fromkeys(parts))


def theme_words(form: Form, themes: list[str]) -> list[str]:
    """Themes as they read inside a sentence."""
    field = form.field("themes")
    short = {o.value: o.short or o.label.lower() for o in field.options} if field else {}
    return [short.get(t, t) for t in themes]
