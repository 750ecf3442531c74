"""Facts put together to a short answer: statements as they stand and a few fixed phrases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.scheme.datewords import ENGLISH_MONTHS, MONTHS, in_full, in_full_english
from domain.scheme.deadlines import DatedDeadline, day_of
from domain.scheme.model import Description, Fact, Frozen, Kind, Source, read_yaml

LONGEST = 600
MOST_FACTS = 4
MOST_SOURCES = 3
RULES = frozenset({Kind.MONEY, Kind.CRITERION, Kind.PROCESS, Kind.PLAN, Kind.COMPOSITION})
"""The kinds that a change of the scheme may have ended."""

END_OF_SCHEMES = date(2025, 12, 31)


class Phrases(Frozen):
    """The fixed words of phrases.yaml, in one language."""

    day_confirmed: str
    day_probable: str
    day_past: str
    own_date: str
    several_item: str
    probable_item: str
    next_deadline: str
    next_deadline_probable: str
    replaced: str
    unconfirmed: str
    unconfirmed_several: str
    ended: str
    not_found_part: str


@dataclass(frozen=True)
class Setting:
    """What an answer depends on besides the facts: the day, the network's dates, role, region and language."""

    today: date
    deadlines: Sequence[DatedDeadline] = ()
    role: str | None = None
    region: str | None = None
    english: bool = False

    def day_of(self, fact: Fact) -> DatedDeadline | None:
        """A fact's concrete day: the network's own, unless the fact is about another region.

        To a fact that names no day of its own, only a confirmed date is added.
        """
        own = fact.region is None or fact.region == self.region
        day = day_of(fact, self.deadlines if own else (), self.today)
        names_one = fact.value is not None and fact.value.is_day
        return day if day and (names_one or day.confirmed) else None


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


@dataclass
class _Lines:
    """Lines that grow as long as there is room."""

    lines: list[str] = field(default_factory=list)

    def has_room_for(self, text: str) -> bool:
        return sum(map(len, self.lines)) + len(text) + len(self.lines) <= LONGEST


class Composer:
    """Composes answers from facts."""

    def __init__(self, description: Description) -> None:
        self._documents = description.sources
        self._topics = description.topics
        self._english: Mapping[str, str] = description.english
        languages = read_yaml("phrases.yaml")
        self._norwegian_phrases = Phrases.model_validate(languages["norwegian"])
        self._english_phrases = Phrases.model_validate(languages["english"])

    def phrases(self, setting: Setting) -> Phrases:
        """The fixed words in the language of an answer."""
        return self._english_phrases if setting.english else self._norwegian_phrases

    def statement(self, fact: Fact, setting: Setting) -> str:
        """What a fact says, in the language of the answer where that is written."""
        return self._english.get(fact.id, fact.statement) if setting.english else fact.statement

    def compose(self, facts: Sequence[Fact], setting: Setting, rule_asked: bool = False) -> Said:
        """Say the facts, the first in any case, the others as long as there is room.

        Of several days the one of the asker's role is said, else the nearest to come.
        """
        today = setting.today
        dated = [(fact, day) for fact in facts if (day := setting.day_of(fact))]
        nearest = (
            min(dated, key=lambda pair: _urgency(pair[0], pair[1], setting.role, today)) if dated else None
        )
        if nearest:
            facts = [nearest[0], *(fact for fact in facts if fact is not nearest[0])]
        room = _Lines(self._day_lines(nearest[0], nearest[1], setting) if nearest else [])
        said: list[Fact] = []
        for fact in facts[:MOST_FACTS]:
            statement = self.statement(fact, setting)
            if not said or room.has_room_for(statement):
                room.lines.append(statement)
                said.append(fact)
        note = said[0].note
        if nearest is None and len(said) == 1 and note and not setting.english and room.has_room_for(note):
            room.lines.append(note)
        day = nearest[1] if nearest else None
        return Said(
            facts=tuple(fact.id for fact in said),
            lines=tuple(room.lines),
            source=self._source(said, [day.source] if day and day.source else []),
            validity_note=self._note(said, day, setting, rule_asked),
            day=day.day if day else None,
            day_kind=day.kind if day else None,
            day_confirmed=day.confirmed if day else None,
        )

    def several(self, facts: Sequence[Fact], lead: str, setting: Setting) -> Said:
        """What a question may mean, as far as there is room: a line each, for a deadline its day."""
        room = _Lines([lead])
        said: list[Fact] = []
        unsure = False
        for fact in facts:
            day = setting.day_of(fact)
            line = self._item(fact, day, setting) if day else self.statement(fact, setting)
            if room.has_room_for(line):
                room.lines.append(line)
                said.append(fact)
                unsure = unsure or (day is not None and not day.confirmed)
        phrases = self.phrases(setting)
        note = phrases.unconfirmed_several if unsure else self._note(said, None, setting, rule_asked=False)
        return Said(tuple(f.id for f in said), tuple(room.lines), self._source(said, []), note)

    def next_deadline(self, fact: Fact, setting: Setting) -> str | None:
        """One line with the asker's own next deadline."""
        day = setting.day_of(fact)
        if day is None:
            return None
        phrases = self.phrases(setting)
        template = phrases.next_deadline if day.confirmed else phrases.next_deadline_probable
        return template.format(name=self._name(fact), day=self.in_full(day.day, setting))

    def label(self, fact: Fact, day: date) -> str:
        """A deadline's name and day, short enough for a button: «Behovsmelding: 1. desember»."""
        return f"{_capital(self._name(fact))}: {day.day}. {MONTHS[day.month - 1]}"

    def in_full(self, day: date, setting: Setting) -> str:
        """A day with its distance, in the language of the answer."""
        return (in_full_english if setting.english else in_full)(day, setting.today)

    def joined(self, parts: Sequence[Said], unanswered: Sequence[str], setting: Setting) -> Said:
        """The answers to several questions as one, as far as there is room; the first in any case."""
        room = _Lines()
        facts: dict[str, None] = {}
        sources: dict[str, None] = {}
        for part in parts:
            new = [line for line in part.lines if line not in room.lines]
            if room.lines and not room.has_room_for(" ".join(new)):
                new = new[:1] if room.has_room_for(" ".join(new[:1])) else []
            if not new:
                continue
            room.lines.extend(new)
            facts.update(dict.fromkeys(part.facts))
            sources.update(dict.fromkeys(part.source.split("; ")))
        room.lines.extend(
            self.phrases(setting).not_found_part.format(question=question) for question in unanswered
        )
        notes = [part.validity_note for part in parts if part.validity_note]
        dated = next((part for part in parts if part.day is not None), parts[0])
        return Said(
            facts=tuple(facts),
            lines=tuple(room.lines),
            source="; ".join(list(sources)[:MOST_SOURCES]),
            validity_note=notes[0] if notes else None,
            day=dated.day,
            day_kind=dated.day_kind,
            day_confirmed=dated.day_confirmed,
        )

    def _item(self, fact: Fact, day: DatedDeadline, setting: Setting) -> str:
        phrases = self.phrases(setting)
        template = phrases.several_item if day.confirmed else phrases.probable_item
        return template.format(name=_capital(self._name(fact)), day=self.in_full(day.day, setting))

    def _name(self, fact: Fact) -> str:
        return self._topics[fact.topics[0]].name

    def _day_lines(self, fact: Fact, day: DatedDeadline, setting: Setting) -> list[str]:
        phrases = self.phrases(setting)
        if day.day < setting.today:
            template = phrases.day_past
        else:
            template = phrases.day_confirmed if day.confirmed else phrases.day_probable
        lines = [_capital(template.format(day=self.in_full(day.day, setting)))]
        value = fact.value
        usual = value is not None and (value.month, value.day) == (day.day.month, day.day.day)
        if value is not None and not usual and day.confirmed:
            lines.append(phrases.own_date)
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
        self, facts: Sequence[Fact], day: DatedDeadline | None, setting: Setting, rule_asked: bool
    ) -> str | None:
        first, phrases = facts[0], self.phrases(setting)
        if day is not None:
            return None if day.confirmed or setting.today <= END_OF_SCHEMES else phrases.unconfirmed
        if not (first.kind in RULES or rule_asked) or not first.ended_before(setting.today):
            return None
        if first.kind in (Kind.HISTORY, Kind.GLOSSARY, Kind.CONTRADICTION, Kind.SCHEME):
            return None
        ended = first.valid_to
        if ended is None or ended == END_OF_SCHEMES:
            return phrases.replaced
        months = ENGLISH_MONTHS if setting.english else MONTHS
        point = "" if setting.english else "."
        return phrases.ended.format(day=f"{ended.day}{point} {months[ended.month - 1]} {ended.year}")


def _urgency(fact: Fact, day: DatedDeadline, role: str | None, today: date) -> tuple[bool, bool, date]:
    return (role not in fact.actors, day.day < today, day.day)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
