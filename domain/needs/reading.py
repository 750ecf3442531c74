"""From what a person typed or filled in to values of the form: pure, never raising on bad input."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from domain.needs.form import Answers, FieldKind, FormField, Step
from domain.needs.option_words import mentioned, says_more
from domain.norwegian.choices import match_choices
from domain.norwegian.counts import understand_count, understand_counts
from domain.norwegian.dates import MOST_CHARACTERS
from domain.norwegian.hygiene import clean, has_words, likely_personal, only_number, telling
from domain.norwegian.kroner import understand_kroner
from domain.norwegian.past_dates import understand_past_date
from domain.norwegian.semesters import understand_duration, understand_semester

LONGEST_MESSAGE = 6000
"""Characters; a longer message is not read at all."""
LONG_AGO = 548
"""Days, 18 months: what was discussed earlier may have changed since."""


class ProblemKind(StrEnum):
    """Why a value was not taken."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    ONLY_NUMBER = "only_number"
    UNKNOWN_CHOICE = "unknown_choice"
    TOO_MANY = "too_many"
    EXCLUSIVE = "exclusive"
    NOT_A_COUNT = "not_a_count"
    OUT_OF_RANGE = "out_of_range"
    NOT_A_TIME = "not_a_time"
    NOT_A_DURATION = "not_a_duration"
    NOT_A_RANKING = "not_a_ranking"
    NOT_A_DATE = "not_a_date"
    IN_FUTURE = "in_future"
    NOT_KRONER = "not_kroner"
    NOT_WHOLE = "not_whole"


class HintKind(StrEnum):
    """What is worth saying about a value that was taken."""

    SHORT = "short"
    PERSONAL = "personal"
    ONLY_HEAD = "only_head"
    ONE_PERSON = "one_person"
    LONG_AGO = "long_ago"


@dataclass(frozen=True)
class Problem:
    """One value that was not taken; `given` and `limit` are numbers for the sentence, never the text."""

    field: FormField
    kind: ProblemKind
    given: int = 0
    limit: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hint:
    """A remark about one value that was taken."""

    field: FormField
    kind: HintKind


@dataclass(frozen=True)
class Reading:
    """What was understood: values to store, what was not taken and why, and remarks.

    `emptied` are the optional fields that a card gave back empty: an answer they had is taken away.
    """

    values: Answers = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    hints: tuple[Hint, ...] = ()
    emptied: tuple[str, ...] = ()


def read_card(
    fields: Sequence[FormField], inputs: Mapping[str, str], answers: Answers, today: date, ranked: int = 0
) -> Reading:
    """The inputs of a card. A field with no text counts as empty; good ones are taken although others fail.

    An optional field may be left empty.
    """
    merged, readings = dict(answers), []
    for one in fields:
        if not one.shown(merged):
            continue
        if one.optional and not clean(inputs.get(one.id, "")):
            readings.append(Reading(emptied=(one.id,) if one.id in inputs else ()))
            continue
        reading = read_field(one, inputs.get(one.id, ""), today, chosen=True, ranked=ranked)
        merged |= reading.values
        readings.append(reading)
    return _together(readings)


def read_text(
    step: Step, open_fields: Sequence[FormField], text: str, today: date, ranked: int = 0
) -> Reading:
    """A typed answer to a step: structured fields look for themselves in it, a text field takes the whole.

    Only the first field must be found; the others are asked for afterwards when they are not.
    """
    if not open_fields:
        return Reading()
    first, rest = open_fields[0], open_fields[1:]
    if rest and all(f.kind is FieldKind.COUNT for f in open_fields):
        return _several_counts(open_fields, text)
    if rest and all(f.kind is FieldKind.TEXT for f in open_fields):
        return _several_texts(open_fields, text, today)
    if not rest or first.kind is FieldKind.TEXT:
        return read_field(first, text, today, ranked=ranked)
    leftover = _without_numbers(text) if any(f.kind is FieldKind.COUNT for f in rest) else text
    reading = read_field(first, leftover, today, tolerant=True)
    if not reading.values and not _brief(text):
        # A sentence about something else may well hold a number: it is not taken for the next field's.
        return reading
    readings = [reading]
    for one in rest:
        if one.kind is FieldKind.TEXT:
            if reading.values and says_more(first, leftover, reading.values[first.id]):
                readings.append(read_field(one, text, today))
        else:
            more = read_field(one, text, today)
            readings.append(Reading(more.values, (), more.hints))
    together = _together(readings)
    if together.values:
        return Reading(together.values, (), together.hints)
    return together


def _several_texts(fields: Sequence[FormField], text: str, today: date) -> Reading:
    """As many lines as there are questions are an answer to each; else everything answers the first."""
    lines = [line for line in clean(text).split("\n") if line]
    if len(lines) != len(fields):
        return read_field(fields[0], text, today)
    return _together([read_field(f, line, today) for f, line in zip(fields, lines, strict=True)])


def _several_counts(fields: Sequence[FormField], text: str) -> Reading:
    found = understand_counts(clean(text), [(f.id, (f.label, *f.aliases)) for f in fields])
    if not found:
        return _problem(fields[0], ProblemKind.NOT_A_COUNT)
    return _together([_count_within(f, found[f.id]) for f in fields if f.id in found])


def read_field(
    one: FormField, text: str, today: date, *, chosen: bool = False, tolerant: bool = False, ranked: int = 0
) -> Reading:
    """One field from one text. `chosen` means that a card's input gave option values, comma-separated."""
    text = clean(text)
    if not text:
        return _problem(one, ProblemKind.EMPTY)
    match one.kind:
        case FieldKind.TEXT:
            return _text(one, text)
        case FieldKind.CHOICE | FieldKind.CHOICES:
            return _choices(one, text, chosen=chosen, tolerant=tolerant)
        case FieldKind.COUNT:
            return _count(one, text)
        case FieldKind.SEMESTER:
            semester = _within(text, lambda part: understand_semester(part, today))
            return Reading({one.id: semester.code}) if semester else _problem(one, ProblemKind.NOT_A_TIME)
        case FieldKind.DURATION:
            semesters = _within(text, understand_duration)
            if semesters is None:
                return _problem(one, ProblemKind.NOT_A_DURATION)
            return Reading({one.id: semesters})
        case FieldKind.RANKING:
            return _ranking(one, text, ranked)
        case FieldKind.DATE:
            return _date(one, text, today)
        case FieldKind.MONEY:
            return _money(one, text)


def _text(one: FormField, text: str) -> Reading:
    if len(text) > one.max_length:
        return _problem(one, ProblemKind.TOO_LONG, given=len(text), limit=one.max_length)
    if only_number(text):
        return _problem(one, ProblemKind.ONLY_NUMBER)
    says = telling(text)
    if not has_words(says):
        return _problem(one, ProblemKind.NO_WORDS)
    hints = []
    if likely_personal(text):
        hints.append(Hint(one, HintKind.PERSONAL))
    if len(says) < one.hint_length:
        hints.append(Hint(one, HintKind.SHORT))
    return Reading({one.id: text}, (), tuple(hints))


def _choices(one: FormField, text: str, *, chosen: bool, tolerant: bool) -> Reading:
    known = {o.value for o in one.options}
    if chosen and set(text.split(",")) <= known:
        values = tuple(v for v in text.split(",") if v)
    else:
        options = [(o.value, (o.label, *o.aliases)) for o in one.options]
        found = match_choices(text, options, len(options))
        values = found.values
        if not values or (found.unknown and not tolerant):
            values = mentioned(one, text)
        if not values:
            return _problem(one, ProblemKind.UNKNOWN_CHOICE, unknown=found.unknown)
    if one.whole in values:
        values = (one.whole,)
    most = 1 if one.kind is FieldKind.CHOICE else one.most
    if most and len(values) > most:
        return _problem(one, ProblemKind.TOO_MANY, given=len(values), limit=most)
    if len(values) > 1 and set(values) & set(one.exclusive):
        return _problem(one, ProblemKind.EXCLUSIVE)
    value: Any = values[0] if one.kind is FieldKind.CHOICE else list(values)
    hints = []
    if one.id == "involved" and value == ["head"]:
        hints.append(Hint(one, HintKind.ONLY_HEAD))
    if one.id == "participants" and value == "one":
        hints.append(Hint(one, HintKind.ONE_PERSON))
    return Reading({one.id: value}, (), tuple(hints))


_T = TypeVar("_T")
_LONGEST_PHRASE = 4
_LONGEST_SENTENCE = 14


def _within(text: str, understand: Callable[[str], _T | None]) -> _T | None:
    """What the whole text means, or else the longest run of its words that means something."""
    whole = understand(text)
    if whole is not None or len(text) > MOST_CHARACTERS:
        return whole
    parts = re.findall(r"[\w.,]*\w", text)
    if len(parts) > _LONGEST_SENTENCE:
        return None
    for size in range(min(_LONGEST_PHRASE, len(parts) - 1), 0, -1):
        for start in range(len(parts) - size + 1):
            found = understand(" ".join(parts[start : start + size]))
            if found is not None:
                return found
    return None


def _brief(text: str) -> bool:
    return len(text.split()) <= 3 and "," not in text


def _count(one: FormField, text: str) -> Reading:
    # Hours are no people, so the field's own unit is taken away before people are counted.
    number = understand_count(re.sub(rf"\b{re.escape(one.unit)}\b", "", text) if one.unit else text)
    # «en» is an article far more often than a number.
    if number is None or (number == 1 and not _brief(text) and "1" not in text):
        return _problem(one, ProblemKind.NOT_A_COUNT)
    return _count_within(one, number)


def _count_within(one: FormField, number: int) -> Reading:
    if not one.least <= number <= one.largest:
        return _problem(one, ProblemKind.OUT_OF_RANGE, given=number, limit=one.largest)
    return Reading({one.id: number})


def _ranking(one: FormField, text: str, ranked: int) -> Reading:
    numbers = [int(n) for n in re.findall(r"\d{1,3}", text)]
    if sorted(numbers) != list(range(1, ranked + 1)):
        return _problem(one, ProblemKind.NOT_A_RANKING, given=len(numbers), limit=ranked)
    return Reading({one.id: numbers})


def _date(one: FormField, text: str, today: date) -> Reading:
    numbers = re.findall(r"\d+", text)

    def understand(part: str) -> date | None:
        # «31. november» is no day in November: a part of the text counts only with every number in it.
        return understand_past_date(part, today) if re.findall(r"\d+", part) == numbers else None

    day = _within(text, understand)
    if day is None:
        return _problem(one, ProblemKind.NOT_A_DATE)
    if day > today:
        return _problem(one, ProblemKind.IN_FUTURE)
    hints = (Hint(one, HintKind.LONG_AGO),) if (today - day).days > LONG_AGO else ()
    return Reading({one.id: day.isoformat()}, (), hints)


def _money(one: FormField, text: str) -> Reading:
    found = understand_kroner(text)
    if found is None:
        return _problem(one, ProblemKind.NOT_KRONER)
    if found != int(found):
        return _problem(one, ProblemKind.NOT_WHOLE)
    if not one.least <= found <= one.largest:
        return _problem(one, ProblemKind.OUT_OF_RANGE, limit=one.largest)
    return Reading({one.id: int(found)})


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", " ", text) if has_words(text) else text


def _problem(
    one: FormField, kind: ProblemKind, *, given: int = 0, limit: int = 0, unknown: tuple[str, ...] = ()
) -> Reading:
    return Reading({}, (Problem(one, kind, given, limit, unknown),))


def _together(readings: Sequence[Reading]) -> Reading:
    values: Answers = {}
    for reading in readings:
        values |= reading.values
    return Reading(
        values,
        tuple(p for r in readings for p in r.problems),
        tuple(h for r in readings for h in r.hints),
        tuple(e for r in readings for e in r.emptied),
    )
