"""Semesters as people write them, and how many of them something lasts."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.norwegian.calendar_words import MONTH_SHORT, MONTHS, one_spelling
from domain.norwegian.dates import MOST_CHARACTERS, understand_date

_FIRST_AUTUMN_MONTH: Final = 8
_EASTER_MONTH: Final = 4
MOST_SEMESTERS: Final = 8


@dataclass(frozen=True, slots=True, order=True)
class Semester:
    """Half a year: spring from January, autumn from August, when the kindergarten year begins."""

    year: int
    autumn: bool

    @classmethod
    def of(cls, day: date) -> "Semester":
        """The semester that a day falls in; the summer belongs to the spring before it."""
        return cls(day.year, day.month >= _FIRST_AUTUMN_MONTH)

    @property
    def code(self) -> str:
        """«H27» or «V27»."""
        return f"{'H' if self.autumn else 'V'}{self.year % 100:02d}"

    @property
    def name(self) -> str:
        """«høsten 2027» or «våren 2027»."""
        return f"{'høsten' if self.autumn else 'våren'} {self.year}"

    @property
    def first_day(self) -> date:
        """The day on which the semester begins."""
        return date(self.year, _FIRST_AUTUMN_MONTH if self.autumn else 1, 1)

    def later(self, semesters: int) -> "Semester":
        """The semester that comes so many semesters after this one (before it, if negative)."""
        number = self.year * 2 + self.autumn + semesters
        return Semester(number // 2, bool(number % 2))


_MONTH_NUMBERS: Final = {name: number for name, number in (MONTHS | MONTH_SHORT).items() if name != "jul"}
_MONTH: Final = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_SEASON: Final = r"(?P<season>høst|vår)(?:en|semesteret|semester|halvåret|terminen)?"
_YEAR: Final = r"['’]?(?P<year>20\d\d|[2-5]\d)(?!\d|[.,:/-]\d|\s?%)"
_NAMED: Final = (
    re.compile(rf"\b{_SEASON}(?:\s+i)?\s*[,-]?\s*{_YEAR}"),
    re.compile(rf"\b(?P<season>h|v)\s?-?\s?{_YEAR}"),
    re.compile(rf"\b{_SEASON}\s+(?P<which>neste år|i år)\b"),
    re.compile(rf"\b(?P<month>{_MONTH})\b\.?,?\s+(?:(?:i\s+)?{_YEAR}|(?P<which>neste år|i år)\b)"),
    re.compile(r"(?<![\d.,/-])(?P<school>20\d\d)\s?[/-]\s?(?:20)?(?P<end>\d\d)(?![\d.,/-])"),
    re.compile(rf"\b(?P<half>[12])\.\s*halvår(?:et)?\s*,?\s*{_YEAR}"),
    re.compile(rf"^(?P<number>0?[1-9]|1[0-2])(?:[./]\s?(?:{_YEAR})$|[./](?P<short>[2-5]\d)$)"),
    re.compile(r"^(?P<school>[2-5]\d)\s?[/-]\s?(?P<end>\d\d)$"),
    re.compile(rf"\b(?:over|etter) (?P<season>påske|vinterferie|høstferie)n?\s+(?:i\s+)?{_YEAR}"),
    re.compile(
        r"\b(?:barnehageåret|skoleåret)\s+(?P<school>(?:20)?\d\d)\s?[/-]\s?(?:20)?(?P<end>\d\d)(?![\d.,/-])"
    ),
)
_START: Final = r"vi|jeg|kan|vil|ønsker|å|starte|starter|start|oppstart|begynne|begynner|helst|gjerne|kanskje"
_ABOUT: Final = (
    r"fra og med|fra|frå|ca|i|omtrent|rundt|til|om|medio|primo|ultimo|tidlig|seint?|midt|midten av|starten av|slutten av"
    r"|begynnelsen av|utpå|utover|ut på|på|den|av|i løpet av|ved|når|fom|tidligst"
)
_WANTED: Final = re.compile(rf"^(?:(?:{_START})\b[\s.,:]*)+")
_LEAD: Final = re.compile(rf"^(?:(?:{_START}|{_ABOUT})\b[\s.,:]*)+")
_THIS: Final = re.compile(r"\bi (høst|vår)$")
_SOON: Final = re.compile(
    r"nå|no|straks|snarest|snarest mulig|asap|omgående|(?:nå )?med (?:en|ein|1) (?:gang|gong)"
    r"|så (?:snart|fort|raskt|tidlig|tidleg) (?:som|vi|det) (?:mulig|mogleg|mogeleg|råd|kan|går)"
    r"|neste semester|neste halvår|førstkommende semester"
)
_SPRING: Final = re.compile(
    r"(?:(?:rett |like )?(?:over|etter) (?:nyttår|nyåret|årsskiftet|jul|jula|juleferien)|nyåret|nyttår)"
)
_AUTUMN: Final = re.compile(
    r"(?:rett |like )?(?:over|etter) (?:sommeren|sommaren|sommerferien|sommarferien|ferien|fellesferien)"
    r"|barnehageårets start|(?:nytt|neste|det nye) (?:barnehage|skole)år(?:et)?(?: starter| begynner)?|barnehagestart"
    r"|etter høstferien"
)
_WITHIN_SPRING: Final = re.compile(
    r"(?:over|etter|før) (?:påske|påska|påsken|vinterferien)|før sommeren?|før sommaren?"
)
_WITHIN_AUTUMN: Final = re.compile(r"før (?:jul|jula|juleferien|nyttår)")


def understand_semester(text: str, today: date) -> Semester | None:
    """The one semester that the text means; a bare year or several semesters are not understood.

    Words that count from today mean the next semester to start, or the one that has just begun (first month).
    """
    if not text or len(text) > MOST_CHARACTERS:
        return None
    spelled = " ".join(one_spelling(text).text.split()).strip(" .,;:!?")
    named = _named(spelled, today)
    if named:
        return named.pop() if len(named) == 1 else None
    counted_text = _THIS.sub(r"denne \1", spelled)
    counted = _counted(_WANTED.sub("", counted_text), today) or _counted(_LEAD.sub("", counted_text), today)
    if counted is not None:
        return counted
    found = understand_date(text, today)
    return Semester.of(found.day) if found else None


def _named(text: str, today: date) -> set[Semester]:
    """Every semester that is named with its year."""
    found: set[Semester] = set()
    for pattern in _NAMED:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if school := groups.get("school"):
                start = _full_year(school)
                if (start + 1) % 100 == int(groups["end"]):
                    found.add(Semester(start, autumn=True))
                continue
            if which := groups.get("which"):
                year = today.year + (which == "neste år")
            else:
                year = _full_year(groups["year"] or groups["short"])
            found.add(Semester(year, _in_autumn(groups)))
    return found


def _in_autumn(groups: dict[str, str]) -> bool:
    if groups.get("half"):
        return groups["half"] == "2"
    if groups.get("number"):
        return int(groups["number"]) >= _FIRST_AUTUMN_MONTH
    if groups.get("month"):
        return _MONTH_NUMBERS[groups["month"]] >= _FIRST_AUTUMN_MONTH
    return groups["season"][0] == "h"


def _full_year(written: str) -> int:
    return int(written) if len(written) == 4 else 2000 + int(written)


def _counted(text: str, today: date) -> Semester | None:
    """A semester that is named by where it stands from today."""
    current = Semester.of(today)
    just_begun = today.month == current.first_day.month
    if re.fullmatch(r"dette semesteret|inneværende semester", text):
        return current
    if _SOON.fullmatch(text):
        return current if just_begun and not text.startswith("neste") else current.later(1)
    if _SPRING.fullmatch(text):
        return _coming(False, current, just_begun)
    if _AUTUMN.fullmatch(text):
        return _coming(True, current, just_begun)
    if _WITHIN_SPRING.fullmatch(text):
        return _coming(False, current, today.month <= _EASTER_MONTH)
    if _WITHIN_AUTUMN.fullmatch(text):
        return _coming(True, current, just_begun=True)
    if match := re.fullmatch(rf"(?P<next>neste|denne|kommende|førstkommende)?\s*{_SEASON}", text):
        autumn = match["season"] == "høst"
        if match["next"] == "denne" and current.autumn == autumn:
            return current
        return _coming(autumn, current, just_begun and match["next"] != "neste")
    if (match := re.fullmatch(rf"(?:neste )?(?P<month>{_MONTH})\.?", text)) is not None:
        month = _MONTH_NUMBERS[match["month"]]
        return Semester(today.year + (month < today.month), month >= _FIRST_AUTUMN_MONTH)
    return None


def _coming(autumn: bool, current: Semester, just_begun: bool) -> Semester:
    if current.autumn == autumn:
        return current if just_begun else current.later(2)
    return current.later(1)


_HALF_YEARS: Final = re.compile(
    r"(?P<amount>\d{1,2})\s*(?:semestre|semestrar|semester|semestere|halvår|terminer|termin)\b"
)
_YEARS: Final = re.compile(
    r"(?P<amount>\d{1,2}(?:[.,]\d{1,2})?)(?P<half>\s+og\s+(?:1\s+)?halvt?)?\s*"
    r"(?:hele?t?\s+)?(?:år|barnehageår|skoleår|årer)\b"
)
_HALF: Final = re.compile(r"\b(?:1 )?halvt? (?:år|barnehageår)\b|\b(?:et |1 )?halvår\b|^1?\s*semester$")
_ONE_AND_A_HALF: Final = re.compile(r"\bhalv(?:annet|anna|tanna|tannet|1\.|2\.) (?:år|barnehageår)\b")
_WHOLE: Final = re.compile(r"\b(?:hele (?:året|barnehageåret|skoleåret)|heile (?:året|barnehageåret))\b")
_MONTHS: Final = re.compile(r"(?P<amount>\d{1,2})\s*(?:måneder|måned)\b")
_RANGE: Final = re.compile(
    r"(?<![\d.,])\d{1,2}(?:[.,]\d)?\s*(?:-|til|eller)\s*(?=\d{1,2}(?:[.,]\d)?(?:\s|$))"
)
_NEGATIVE: Final = re.compile(r"(?:^|\s)-\s*\d|\b(?:ikke|minus)\b")


def understand_duration(text: str) -> int | None:
    """How many semesters the text means, 1 to 8; of «1-2 år» the longer, of months as many as begin."""
    if not text or len(text) > MOST_CHARACTERS:
        return None
    halves = re.sub(r"(?<![\d/])1/2(?!\d)", "½", text)
    written = re.sub(r"(\d)\s*½", r"\1,5", halves).replace("½", "0,5")
    spelled = " ".join(one_spelling(written).text.split()).strip(" .,;:!?")
    if _NEGATIVE.search(spelled):
        return None
    spelled = _RANGE.sub("", spelled)
    lengths = {length for length in _lengths(spelled) if length is not None}
    if len(lengths) != 1:
        return None
    length = lengths.pop()
    return int(length) if length == int(length) and 1 <= length <= MOST_SEMESTERS else None


def _lengths(text: str) -> list[float]:
    if re.fullmatch(r"(?:ca\.? |omtrent |rundt |i )*\d{1,2}", text):
        return [float(text.split()[-1])]
    if _ONE_AND_A_HALF.search(text):
        return [3.0]
    found = [float(match["amount"]) for match in _HALF_YEARS.finditer(text)]
    for match in _YEARS.finditer(text):
        found.append(2 * float(match["amount"].replace(",", ".")) + bool(match["half"]))
    found += [float(-(-int(match["amount"]) // 6)) for match in _MONTHS.finditer(text)]
    if not found and _HALF.search(text):
        return [1.0]
    return found or [2.0] * bool(_WHOLE.search(text))
