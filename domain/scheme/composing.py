"""Facts put together to a short answer: statements as they stand and a few fixed phrases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain.scheme.datewords import MONTHS, in_full
from domain.scheme.deadlines import DatedDeadline, day_of
from domain.scheme.model import Description, Fact, Frozen, Kind, Source, read_yaml
from domain.scheme.precedence import RULES

LONGEST = 600
MOST_FACTS = 4
MOST_SOURCES = 3
END_OF_SCHEMES = date(2025, 12, 31)


class Phrases(Frozen):
    """The fixed words of phrases.yaml."""

    day_confirmed: str
    day_probable: str
    day_past: str
    own_date: str
    several_deadlines: str
    several_item: str
    probable_item: str
    replaced: str
    unconfirmed: str
    unconfirmed_several: str
    ended: str


@dataclass(frozen=True)
class Said:
    """A composed answer."""

    facts: tuple[str, ...]
    lines: tuple[str, ...]
    source: str
    validity_note: str | None
    day: date | None = None
    day_kind: str | None = None
    day_confirmed: bool | None = None


class Composer:
    """Composes answers from facts."""

    def __init__(self, description: Description) -> None:
        self._documents = description.sources
        self._topics = description.topics
        self._phrases = Phrases.model_validate(read_yaml("phrases.yaml"))

    def compose(
        self,
        facts: Sequence[Fact],
        today: date,
        deadlines: Sequence[DatedDeadline],
        rule_asked: bool = False,
        role: str | None = None,
    ) -> Said:
        """Say the facts, the first in any case, the others as long as there is room.

        Of several days the one of the asker's role is said, else the nearest to come.
        """
        dated = [(fact, day) for fact in facts if (day := day_of(fact, deadlines, today))]
        nearest = min(dated, key=lambda pair: _urgency(pair[0], pair[1], role, today)) if dated else None
        if nearest:
            facts = [nearest[0], *(fact for fact in facts if fact is not nearest[0])]
        lines = self._day_lines(nearest[0], nearest[1], today) if nearest else []
        said: list[Fact] = []
        for fact in facts[:MOST_FACTS]:
            if not said or sum(map(len, lines)) + len(fact.statement) + len(lines) <= LONGEST:
                lines.append(fact.statement)
                said.append(fact)
        if nearest is None and len(said) == 1 and said[0].note:
            lines.append(said[0].note)
        day = nearest[1] if nearest else None
        return Said(
            facts=tuple(fact.id for fact in said),
            lines=tuple(lines),
            source=self._source(said, [day.source] if day and day.source else []),
            validity_note=self._note(said, day, today, rule_asked),
            day=day.day if day else None,
            day_kind=day.kind if day else None,
            day_confirmed=day.confirmed if day else None,
        )

    def several(self, facts: Sequence[Fact], today: date, deadlines: Sequence[DatedDeadline]) -> Said:
        """List several deadlines, one line each."""
        lines = [self._phrases.several_deadlines]
        unsure = False
        for fact in facts:
            day = day_of(fact, deadlines, today)
            if day is not None:
                name = self._topics[fact.topics[0]].name
                template = self._phrases.several_item if day.confirmed else self._phrases.probable_item
                lines.append(template.format(name=_capital(name), day=in_full(day.day, today)))
                unsure = unsure or not day.confirmed
        note = self._phrases.unconfirmed_several if unsure else None
        return Said(tuple(f.id for f in facts), tuple(lines), self._source(facts, []), note)

    def _day_lines(self, fact: Fact, day: DatedDeadline, today: date) -> list[str]:
        words = in_full(day.day, today)
        if day.day < today:
            template = self._phrases.day_past
        else:
            template = self._phrases.day_confirmed if day.confirmed else self._phrases.day_probable
        lines = [_capital(template.format(day=words))]
        value = fact.value
        if value is not None and (value.month, value.day) != (day.day.month, day.day.day):
            lines.append(self._phrases.own_date)
        return lines

    def _source(self, facts: Sequence[Fact], first: Sequence[str]) -> str:
        sections: dict[str, list[str]] = {name: [] for name in first}
        for source in (source for fact in facts for source in fact.sources):
            title, section = self._cite(source)
            named = sections.setdefault(title, [])
            if section not in named:
                named.append(section)
        cited = [
            ", ".join((title, " og ".join(named))) if named else title for title, named in sections.items()
        ]
        return "; ".join(cited[:MOST_SOURCES])

    def _cite(self, source: Source) -> tuple[str, str]:
        if source.public:
            return source.section, source.document
        document = self._documents[source.document]
        return f"{document.title} ({document.year})", source.section

    def _note(
        self, facts: Sequence[Fact], day: DatedDeadline | None, today: date, rule_asked: bool
    ) -> str | None:
        first = facts[0]
        if day is not None:
            return None if day.confirmed or today <= END_OF_SCHEMES else self._phrases.unconfirmed
        if not (first.kind in RULES or rule_asked) or not first.ended_before(today):
            return None
        if first.kind in (Kind.HISTORY, Kind.GLOSSARY, Kind.CONTRADICTION, Kind.SCHEME):
            return None
        ended = first.valid_to
        if ended is None or ended == END_OF_SCHEMES:
            return self._phrases.replaced
        return self._phrases.ended.format(day=f"{ended.day}. {MONTHS[ended.month - 1]} {ended.year}")


def _urgency(fact: Fact, day: DatedDeadline, role: str | None, today: date) -> tuple[bool, bool, date]:
    return (role not in fact.actors, day.day < today, day.day)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
