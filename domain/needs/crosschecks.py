"""Checks across the answers of a need (K1–K10): what stops it, and what is worth a second look. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rapidfuzz.distance import Indel

from domain.needs.form import FieldKind, Form
from domain.norwegian.hygiene import PersonalHint, has_words, likely_personal, telling
from domain.norwegian.semesters import Semester, understand_semester

ALIKE = 0.6
"""Share of words in common, in order, from which two texts say the same."""
MOST_TIMES_THE_STAFF = 3
SENTENCE = 4
"""Words; a shorter text is too little to be like another."""


class FindingKind(StrEnum):
    """What was found, by the rule of the specification that looks for it (K1–K10, or the field's own)."""

    ONLY_HEAD = "only_head"
    OWNER_DIFFERS = "owner_differs"
    NOTHING_CONTINUED = "nothing_continued"
    ONE_PERSON = "one_person"
    PERSONAL = "personal"
    SIMILAR_NEED = "similar_need"
    LATE = "late"
    MANY = "many"
    NO_WORDS = "no_words"
    ALIKE = "alike"
    NO_UNION = "no_union"
    MORE_IN_GROUPS = "more_in_groups"
    EARLY = "early"
    SHORT_TIME = "short_time"
    PPT_NOT_ASKED = "ppt_not_asked"


HARD = frozenset({FindingKind.ONLY_HEAD, FindingKind.NOTHING_CONTINUED})
"""What stops a need from being sent; everything else may be sent all the same."""


@dataclass(frozen=True)
class Finding:
    """One thing found, at a field of the form (None: in the need as a whole).

    `given` and `limit` are the numbers for the sentence, `when` a semester's code, `other` the id of another
    need, `parts` where in the field's text it stands. The text itself is never here.
    """

    kind: FindingKind
    field: str | None = None
    given: int = 0
    limit: int = 0
    when: str | None = None
    other: int | None = None
    parts: tuple[PersonalHint, ...] = ()

    @property
    def hard(self) -> bool:
        """Whether it stops the sending."""
        return self.kind in HARD


@dataclass(frozen=True)
class Surroundings:
    """What lies around a need, as far as it is known.

    `municipal` is whether the kindergarten is, `owned_by_municipality` whether its owner is one; `grant` is the
    day of the letter of grant; `staff` how many work there; `similar` the id of a need with the same name and
    themes; `late` that the network's date has passed.
    """

    municipal: bool | None = None
    owned_by_municipality: bool | None = None
    grant: date | None = None
    staff: int | None = None
    similar: int | None = None
    late: bool = False


UNKNOWN = Surroundings()
Answers = Mapping[str, Any]


def check(form: Form, answers: Answers, around: Surroundings = UNKNOWN) -> tuple[Finding, ...]:
    """Everything found in a need, what stops it first, else in the order of the form."""
    found = [f for rule in _RULES for f in rule(form, answers, around)]
    order = {f.id: n for n, f in enumerate(form.fields)}
    return tuple(sorted(found, key=lambda f: (not f.hard, order.get(f.field or "", len(order)))))


def around_the_child(answers: Answers) -> bool:
    """Whether the need asks for PPT or others around the child: then that part of the scheme is suggested (K5)."""
    return "support" in answers.get("special", ()) or "ppt" in answers.get("support", ())


def individual(answers: Answers) -> bool:
    """Whether the need is for one employee's education, which has rules of its own (K4)."""
    return answers.get("participants") == "one"


def _involved(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    involved = answers.get("involved")
    if involved == ["head"]:
        yield Finding(FindingKind.ONLY_HEAD, "involved")
    elif involved and not {"union", "everyone"} & set(involved):
        yield Finding(FindingKind.NO_UNION, "involved")


def _need(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    if answers.get("need") == "continued" and not has_words(str(answers.get("continues", ""))):
        yield Finding(FindingKind.NOTHING_CONTINUED, "continues")
    if around.similar is not None:
        yield Finding(FindingKind.SIMILAR_NEED, "title", other=around.similar)
    if around.late:
        yield Finding(FindingKind.LATE)
    sides = {around.municipal, around.owned_by_municipality}
    if sides == {True, False}:
        yield Finding(FindingKind.OWNER_DIFFERS)


def _participants(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    if individual(answers):
        yield Finding(FindingKind.ONE_PERSON, "participants")
    headcount = answers.get("headcount")
    if not isinstance(headcount, int):
        return
    if around.staff and headcount > MOST_TIMES_THE_STAFF * around.staff:
        yield Finding(FindingKind.MANY, "headcount", given=headcount, limit=around.staff)
    step = form.step("groups")
    together = sum(answers.get(f.id, 0) for f in step.fields) if step else 0
    if together > headcount:
        yield Finding(FindingKind.MORE_IN_GROUPS, "headcount", given=together, limit=headcount)


def _time(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    start = answers.get("start")
    # A semester's own code means the same on every day, so any day will do.
    wanted = understand_semester(start, date(2026, 1, 1)) if isinstance(start, str) else None
    if wanted is not None and around.grant is not None:
        first = Semester.of(around.grant).later(1)
        if wanted < first:
            yield Finding(FindingKind.EARLY, "start", when=first.code)
    if answers.get("duration") == 1:
        yield Finding(FindingKind.SHORT_TIME, "duration")


def _support(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    if "ppt" in answers.get("support", ()) and answers.get("ppt") == "no":
        yield Finding(FindingKind.PPT_NOT_ASKED, "ppt")


def _texts(form: Form, answers: Answers, around: Surroundings) -> Iterator[Finding]:
    for field in form.fields:
        text = answers.get(field.id)
        if field.kind is not FieldKind.TEXT or not isinstance(text, str):
            continue
        if parts := likely_personal(text):
            yield Finding(FindingKind.PERSONAL, field.id, parts=parts)
        if not has_words(telling(text)):
            yield Finding(FindingKind.NO_WORDS, field.id)
    if alike(str(answers.get("today", "")), str(answers.get("better", ""))):
        yield Finding(FindingKind.ALIKE, "better")


def alike(one: str, other: str) -> bool:
    """Whether more than 60 per cent of the words of two texts are the same, in the same order."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (one, other))
    if min(len(first), len(second)) < SENTENCE:
        return False
    return Indel.normalized_similarity(first, second) > ALIKE


_RULES: tuple[Callable[[Form, Answers, Surroundings], Iterator[Finding]], ...] = (
    _need,
    _involved,
    _participants,
    _time,
    _support,
    _texts,
)
