"""Questions about the scheme answered with facts and their source, or an honest «not found»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from domain.scheme.ambiguity import Ambiguities
from domain.scheme.choosing import Chooser, Place, Question
from domain.scheme.composing import Composer, Said, Setting
from domain.scheme.deadlines import DatedDeadline
from domain.scheme.declining import SUGGESTIONS, Field
from domain.scheme.follow_ups import Context, FollowUps
from domain.scheme.language import is_english
from domain.scheme.lexicon import Lexicon, load_lexicon
from domain.scheme.messages import looks_like_question, take_apart
from domain.scheme.model import Fact, Frozen, Kind
from domain.scheme.prepared import Prepared
from domain.scheme.retrieval import Retrieval
from domain.scheme.understanding import Understanding, Understood

__all__ = ["Answer", "Asker", "Choice", "Context", "DatedDeadline", "Scheme"]

CHOICES = 5
MOST_QUESTIONS = 3
LONGEST_QUESTION = 2000
MOST_KNOWN = 1000
"""Questions with a shared answer that are kept as understood: they come again with what nothing answers."""

MOST_WORDS = 60
"""Of what a conversation was about: a long row of questions that lean on each other is not to grow for ever."""


@dataclass(frozen=True)
class Asker:
    """Who asks: role (an actor's id), network's region, and whether others read along."""

    role_actor: str | None = None
    region: str | None = None
    in_channel: bool = False


class Choice(Frozen):
    """One of the things an ambiguous question may mean: its short name with the date, and the whole question."""

    label: str
    question: str


class Answer(Frozen):
    """What to say: lines (direct answer first, at most 600 characters in all), source, day and reservations.

    `sure` says that the question is so like what it was taken for that it need not even look like a question;
    `context` is what the next question in the same conversation may lean on.
    """

    found: bool
    declined_reason: Literal["unknown", "outside"] | None = None
    facts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    source: str | None = None
    validity_note: str | None = None
    day: date | None = None
    day_kind: str | None = None
    day_confirmed: bool | None = None
    suggestions: tuple[str, ...] = ()
    alternatives: tuple[Choice, ...] = ()
    english: bool = False
    sure: bool = False
    context: Context | None = None


@dataclass(frozen=True)
class _Asking:
    """Who asks, and in which setting."""

    asker: Asker
    setting: Setting

    @property
    def today(self) -> date:
        return self.setting.today

    @property
    def place(self) -> Place:
        return Place(self.asker.region, self.asker.in_channel, self.today)


@dataclass(frozen=True)
class _Found:
    """What answers one question."""

    said: Said
    context: Context
    choices: tuple[Choice, ...] = ()
    sure: bool = False


class Scheme:
    """Answers questions from a description; nothing is said that is not in a fact."""

    def __init__(self, prepared: Prepared) -> None:
        self.description = description = prepared.description
        self._lexicon = Lexicon(prepared.aliases, load_lexicon(), prepared.words)
        understanding = Understanding(self._lexicon)
        self._understand = understanding.understand
        self._known = lru_cache(maxsize=MOST_KNOWN)(understanding.understand)
        self._retrieval = Retrieval(prepared.model)
        self._chooser = Chooser(description, self._retrieval)
        self._field = Field(description, self._chooser)
        self._composer = Composer(description)
        self._ambiguities = Ambiguities(description)
        self._follow_ups = FollowUps(description)
        self._facts = {fact.id: fact for fact in description.facts}
        self._tasks: dict[str, Fact] = {}
        for fact in description.facts:
            if fact.kind is Kind.ROLE and fact.region is None and fact.actors:
                self._tasks.setdefault(fact.actors[0], fact)

    def looks_like_question(self, text: str) -> bool:
        """Whether a message is meant as a question (conservative: a statement is never one)."""
        return looks_like_question(self._lexicon, text)

    def asks_what_now(self, text: str) -> bool:
        """Whether somebody asks what they themselves are to do: «hva skal jeg gjøre?»."""
        asked = self._understand(text)
        own = asked.about_own_part(self.description.soft)
        return own and not asked.unknown and asked.region is None

    def most_alike(self, question: str, others: Sequence[str]) -> int | None:
        """Which of some questions asks for the same as `question`; None when none does."""
        asked = self._understand(question)
        return self._retrieval.most_alike(asked, [self._known(other) for other in others])

    def task_of(self, actor: str, today: date) -> tuple[str, str] | None:
        """What an actor does in one statement, and the source of that; None when nothing is described."""
        fact = self._tasks.get(actor)
        if fact is None:
            return None
        said = self._composer.compose([fact], Setting(today))
        return said.lines[0], said.source

    def answer(
        self,
        question: str,
        asker: Asker,
        today: date,
        deadlines: Sequence[DatedDeadline] = (),
        earlier: Context | None = None,
    ) -> Answer:
        """Answer one question or several in one message.

        The network's own dates in `deadlines` go before the usual ones; `earlier` is the context of the answer
        before in the same conversation.
        """
        text = question[-LONGEST_QUESTION:]
        setting = Setting(today, deadlines, asker.role_actor, asker.region, is_english(text))
        asking = _Asking(asker, setting)
        found, missed = self._parts(text, asking, earlier)
        if not found:
            whole = self._question(text)
            one = self._one(whole, asking, earlier)
            if one is None:
                return self._declined(whole, asking)
            found, missed = [one], []
        return self._say(found, missed, asking)

    def _parts(self, text: str, asking: _Asking, earlier: Context | None) -> tuple[list[_Found], list[str]]:
        """What answers the message's questions one by one, and those near the field that nothing answers."""
        parts = take_apart(self._lexicon, text)
        if not parts.rest and len(parts.questions) < 2:
            return [], []
        found: list[_Found] = []
        missed: list[str] = []
        around = self._understand(parts.rest) if parts.rest else None
        context = earlier
        for part in parts.questions[-2 * MOST_QUESTIONS :]:
            question = self._question(part)
            one = self._one(question, asking, context, around)
            if one is not None:
                found.append(one)
                context = one.context
            elif self._field.has(question):
                missed.append(part)
        return found[:MOST_QUESTIONS], missed

    def _question(self, text: str) -> Question:
        return Question(self._understand(text), self._retrieval)

    def _one(
        self, question: Question, asking: _Asking, earlier: Context | None, around: Understood | None = None
    ) -> _Found | None:
        """What answers one question, alone or leaning on the one before."""
        if earlier is None:
            return self._alone(question, asking, around)
        asked = question.asked
        rest = self._understand(self._follow_ups.rest(asked.words))
        leaning = self._follow_ups.leaning(asked, rest, earlier)
        if leaning.first:
            return self._leaning(rest, asking, earlier) or self._alone(question, asking, around)
        alone = self._alone(question, asking, around)
        if alone is None and leaning.at_all:
            return self._leaning(rest, asking, earlier)
        return alone

    def _leaning(self, rest: Understood, asking: _Asking, earlier: Context) -> _Found | None:
        whole, before = self._follow_ups.whole(rest, earlier)
        return self._alone(Question(whole, self._retrieval), asking, before, earlier.facts)

    def _alone(
        self,
        question: Question,
        asking: _Asking,
        around: Understood | None = None,
        said_before: Sequence[str] = (),
    ) -> _Found | None:
        asked = question.asked
        own = asked.about_own_part(self.description.soft)
        if own:
            mine = self._tasks.get(asking.asker.role_actor or "")
            facts: Sequence[Fact] = (mine,) if mine else ()
            sure = True
        else:
            chosen = self._chooser.choose(question, asking.place, around, said_before)
            if chosen.unclear:
                return self._unclear(chosen.unclear, asked, asking)
            facts, sure = chosen.facts, chosen.sure
        if not facts:
            return None
        setting = asking.setting
        if asked.region not in (None, asking.asker.region):
            setting = replace(setting, deadlines=())  # they are another network's
        said = self._composer.compose(facts, setting, rule_asked="may" in asked.intents)
        if own and said.day is None:
            said = self._with_next_deadline(said, asking)
        return _Found(said, self._context(asked, said, around if said_before else None), sure=sure)

    def _context(
        self, asked: Understood, said: Said, before: Understood | None = None, *, open_: bool = False
    ) -> Context:
        """What the next question may lean on; a question that leaned itself brings along what it leaned on."""
        return Context(
            words=(*asked.words, *(before.words if before else ()))[:MOST_WORDS],
            intents=asked.intents,
            concepts=asked.concepts | (before.concepts if before else frozenset()),
            region=asked.region,
            facts=said.facts,
            open=open_,
        )

    def _unclear(self, name: str, asked: Understood, asking: _Asking) -> _Found | None:
        """What a question may mean: the asker's own deadline first, with the others offered; else all of it."""
        region = asked.region or asking.asker.region
        meanings = self._ambiguities.meanings(name, region, asking.asker.in_channel)
        if meanings is None:
            return None
        facts = meanings.facts
        mine = next((f for f in facts if f.kind is Kind.DEADLINE and asking.setting.role in f.actors), None)
        if mine is not None or len(facts) == 1:
            said = self._composer.compose([mine or facts[0]], asking.setting)
        else:
            ambiguity = meanings.ambiguity
            lead = ambiguity.english if asking.setting.english else ambiguity.lead
            said = self._composer.several(facts, lead, asking.setting)
        others = [fact for fact in facts if fact.id not in said.facts or len(said.facts) > 1]
        choices = tuple(self._choice(fact, asking) for fact in others[:CHOICES])
        return _Found(said, self._context(asked, said, open_=True), choices, sure=True)

    def _choice(self, fact: Fact, asking: _Asking) -> Choice:
        day = asking.setting.day_of(fact)
        label = self._composer.label(fact, day.day) if day else fact.question
        return Choice(label=label, question=fact.question)

    def _with_next_deadline(self, said: Said, asking: _Asking) -> Said:
        role = asking.asker.role_actor
        dated = [
            (day.day, fact)
            for fact in self.description.facts
            if fact.kind is Kind.DEADLINE
            and role in fact.actors[:1]
            and fact.region in (None, asking.asker.region)
            and (day := asking.setting.day_of(fact))
            and day.day >= asking.today
        ]
        if not dated:
            return said
        fact = min(dated, key=lambda pair: pair[0])[1]
        line = self._composer.next_deadline(fact, asking.setting)
        return replace(said, lines=(*said.lines, line), facts=(*said.facts, fact.id)) if line else said

    def _say(self, found: list[_Found], missed: list[str], asking: _Asking) -> Answer:
        said = found[0].said
        if len(found) > 1 or missed:
            said = self._composer.joined([one.said for one in found], missed, asking.setting)
        return Answer(
            found=True,
            facts=said.facts,
            lines=said.lines,
            source=said.source,
            validity_note=said.validity_note,
            day=said.day,
            day_kind=said.day_kind,
            day_confirmed=said.day_confirmed,
            suggestions=() if found[-1].choices else self._related(said.facts, asking.asker),
            alternatives=found[-1].choices,
            english=asking.setting.english,
            sure=found[0].sure,
            context=found[-1].context,
        )

    def _related(self, facts: Sequence[str], asker: Asker) -> tuple[str, ...]:
        ids = dict.fromkeys(i for fact in facts for i in self._facts[fact].related if i not in facts)
        return tuple(
            self._facts[i].question for i in ids if not (asker.in_channel and self._facts[i].internal)
        )[:SUGGESTIONS]

    def _declined(self, question: Question, asking: _Asking) -> Answer:
        """Say honestly that there is no answer; near the field with questions that have one."""
        english, asker = asking.setting.english, asking.asker
        if not self._field.has(question):
            return Answer(found=False, declined_reason="outside", english=english)
        near = self._field.near(question, asker.region, asker.in_channel)
        return Answer(found=False, declined_reason="unknown", suggestions=near, english=english)
