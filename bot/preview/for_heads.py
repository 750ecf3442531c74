"""Examples of what a head sees: greeting, the form, the summary, receipts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.preview.scene import Scene, place
from dialogs import replies as r
from domain.needs.crosschecks import Finding, FindingKind
from domain.needs.flow import Place
from domain.needs.form import Form, FormField, Step, needs_form, owners_form
from domain.needs.models import Source, Status
from domain.needs.overview import Answer
from domain.needs.reading import Hint, HintKind, Problem, ProblemKind
from domain.register.models import Role

Variants = Iterator[tuple[str, r.Reply]]

PROBLEM_FIELDS = {
    ProblemKind.EMPTY: "today",
    ProblemKind.TOO_LONG: "better",
    ProblemKind.NO_WORDS: "title",
    ProblemKind.ONLY_NUMBER: "today",
    ProblemKind.UNKNOWN_CHOICE: "themes",
    ProblemKind.TOO_MANY: "themes",
    ProblemKind.EXCLUSIVE: "special",
    ProblemKind.NOT_A_COUNT: "headcount",
    ProblemKind.OUT_OF_RANGE: "headcount",
    ProblemKind.NOT_A_TIME: "start",
    ProblemKind.NOT_A_DURATION: "duration",
    ProblemKind.NOT_A_RANKING: "order",
    ProblemKind.NOT_A_DATE: "discussed",
    ProblemKind.IN_FUTURE: "discussed",
    ProblemKind.NOT_KRONER: "amount",
    ProblemKind.NOT_WHOLE: "amount",
}
LIMITS = {ProblemKind.TOO_MANY: (5, 3), ProblemKind.NOT_A_RANKING: (2, 3)}


def greetings(s: Scene) -> Variants:
    """How a head is met."""
    new = r.HeadGreeting(
        person=s.kari,
        owner=s.owner.name,
        kindergartens=s.standings([Answer.NONE]),
        reply_by=s.today + timedelta(days=10),
        confirmed=True,
        today=s.today,
        draft=None,
    )
    each = s.standings([Answer.NEED, Answer.NO_NEED, Answer.BEGUN, Answer.NONE])
    yield "new", new
    yield "late", replace(new, reply_by=s.today - timedelta(days=2))
    yield "no-round", replace(new, reply_by=None)
    yield "draft", replace(new, kindergartens=each[2:3], draft=s.need(Status.DRAFT))
    off = replace(new, form_off=r.FormIsOff(s.network.name, s.per.name))
    yield "form-off", off
    yield "form-off-draft", replace(off, kindergartens=each[2:3], draft=s.need(Status.DRAFT))
    yield "also-owner", replace(new, also_owner=True, other_roles=(Role.OWNER,))
    yield "several", replace(new, kindergartens=each, draft=s.need(Status.DRAFT), other_roles=tuple(Role)[1:])


def form(s: Scene) -> Variants:
    """Every question of both forms: empty, filled in, half answered, changed, with problems and remarks."""
    for step in (st for st in needs_form().steps if not st.closes):
        yield from _variants(s, needs_form(), step, "answer", s.kindergarten().name)
    for step in (st for st in owners_form().steps if not st.closes):
        yield from _variants(s, owners_form(), step, "answer_owners", s.owner.name)
    for kind in ProblemKind:
        yield f"problem-{kind.value}", _problem(s, kind)
    themes, today = place(needs_form(), "themes"), place(needs_form(), "today")
    for hint in HintKind:
        yield f"hint-{hint.value}", replace(_ask(s, today), hints=(Hint(_field("involved"), hint),))
    everything = s.answers(needs_form(), everything=True)
    yield (
        "themes-fourteen",
        replace(
            _ask(s, themes), answers={**everything, "themes": [o.value for o in _field("themes").options]}
        ),
    )


def _variants(s: Scene, whole: Form, step: Step, verb: str, about: str) -> Variants:
    needs = whole.id == "needs"
    empty = _ask(s, place(whole, step.id)) if needs else _ask_owners(s, step.id)
    answers = s.answers(whole, everything=True)
    answers |= {"need": "continued"} if needs else {}
    name = step.id if needs else f"owners-{step.id}"
    yield (
        f"{name}-empty",
        replace(empty, first=needs and empty.place.number == 1, saved=empty.place.number > 1),
    )
    filled = replace(empty, answers=answers, fields=step.fields)
    yield f"{name}-prefilled", filled
    yield f"{name}-changing", replace(filled, changing=True)
    if len(step.fields) > 1:
        first = step.fields[0].id
        partly = {k: v for k, v in answers.items() if k == first}
        yield (
            f"{name}-partly",
            replace(empty, answers=partly, fields=step.fields[1:], partly=True, saved=True, stored=(first,)),
        )
    if step.id == "title":
        yield f"{name}-suggested", replace(empty, suggestion=s.title())
    if step.id == "need":
        yield f"{name}-can-copy", replace(empty, first=True, can_copy=True, kindergarten=1)
    if step.id == "time":
        yield f"{name}-copied", replace(empty, fields=step.fields[:1], partly=True, copied=s.title())
        yield f"{name}-sent-back", replace(filled, changing=True, asked_for=(s.owner.name, comment(s)))


def _ask(s: Scene, where: Place) -> r.AskStep:
    shown = tuple(f for f in where.step.fields if f.shown({}))
    return r.AskStep("answer", 101, 12, where, shown, {}, s.kindergarten().name, skips=where.step.more)


def _ask_owners(s: Scene, step_id: str) -> r.AskStep:
    where = place(owners_form(), step_id)
    return r.AskStep("answer_owners", 201, 4, where, where.step.fields, {}, s.owner.name)


def _problem(s: Scene, kind: ProblemKind) -> r.AskStep:
    field = _field(PROBLEM_FIELDS[kind])
    step = next(st for f in (needs_form(), owners_form()) for st in f.steps if field in st.fields)
    asked = _ask_owners(s, step.id) if field.id == "order" else _ask(s, place(needs_form(), step.id))
    given, limit = LIMITS.get(kind, (0, 0))
    wrong: dict[str, Any] = {field.id: "tull"}
    if kind is ProblemKind.TOO_LONG:
        wrong = {field.id: "Dette er altfor langt. " * 200}
        given, limit = len(wrong[field.id]), field.max_length
    if kind is ProblemKind.OUT_OF_RANGE:
        wrong, given, limit = {field.id: "5000"}, 5000, field.largest
    if kind is ProblemKind.NOT_A_TIME:
        wrong = {field.id: "12"}
    return replace(asked, answers=wrong, problems=(Problem(field, kind, given, limit),))


def _field(field_id: str) -> FormField:
    found = needs_form().field(field_id) or owners_form().field(field_id)
    if found is None:
        raise LookupError(field_id)
    return found


def settled(s: Scene) -> Variants:
    """What the question cards become."""
    for whole in (needs_form(), owners_form()):
        for step in whole.steps:
            answers = s.answers(whole, everything=True)
            yield f"{whole.id}-{step.id}", r.StepSettled(whole.id, step.id, answers)
    yield "unknown-step", r.StepSettled("needs", "gone", {})


def summary(s: Scene) -> Variants:
    """«Stemmer alt?»"""
    plain = r.ReviewReport(
        report=s.need(Status.DRAFT),
        kindergarten=s.kindergarten().name,
        owner=s.owner.name,
        place=place(needs_form(), "confirm"),
        saved=True,
        stored=("title",),
        may_change=tuple(step for step in needs_form().core if not step.closes),
        can_elaborate=True,
    )
    personal = ("today", "better", "children", "how", "title")
    full = s.need(Status.RETURNED, answers=s.answers(needs_form(), everything=True), comment=comment(s))
    yield "plain", plain
    yield "returned", replace(plain, report=full, saved=False)
    pointed = full.model_copy(update={"reopened": ("goal", "time")})
    steps = tuple(step for step in needs_form().core if step.id in pointed.reopened)
    yield "sent-back", replace(plain, report=pointed, may_change=steps, can_elaborate=False)
    yield "copied", replace(plain, saved=False, copied=s.title())
    yield (
        "everything-wrong",
        replace(
            plain,
            report=full,
            findings=(
                Finding(FindingKind.ONLY_HEAD, "involved"),
                *(Finding(FindingKind.PERSONAL, field) for field in personal),
                Finding(FindingKind.EARLY, "start", when="H27"),
                Finding(FindingKind.SHORT_TIME, "duration"),
                Finding(FindingKind.LATE),
                Finding(FindingKind.ONE_PERSON, "participants"),
            ),
            hints=tuple(_hints()),
            stored=("special",),
        ),
    )


def _hints() -> Iterator[Hint]:
    for kind in HintKind:
        yield Hint(_field("today"), kind)


def comment(s: Scene) -> str:
    """What an owner may have written."""
    ordinary = "Fint! Skriv gjerne litt mer om hvordan personalet var med."
    return (s.words.text * 10)[:600] if s.words.text else ordinary


def receipts(s: Scene) -> Variants:
    """Sent, put aside, or none this year."""
    sent = r.Receipt(s.need(), s.kindergarten().name, s.owner.name, s.deadline())
    yield "sent", sent
    yield "late", replace(sent, report=s.need(late=True), deadline=s.deadline(passed=True))
    yield "again-and-also-owner", replace(sent, report=s.need(revision=3), also_owner=1)
    yield "noted", replace(sent, stored=("themes", "headcount", "start", "duration"))
    registered = s.need(source=Source.EMAIL)
    yield "on-behalf", replace(sent, report=registered)
    yield "on-behalf-by-owner", replace(sent, report=registered, also_owner=1)
    yield "choose", r.ChooseKindergarten("start_report", tuple(s.kindergarten(i) for i in range(3)))
    yield (
        "choose-for-whole",
        r.ChooseKindergarten("start_report", tuple(s.kindergarten(i) for i in range(3)), ("new", "whole")),
    )
    yield "choose-for-no-need", r.ChooseKindergarten("no_need", tuple(s.kindergarten(i) for i in range(12)))
    yield "confirm", r.NoNeedConfirm(s.kindergarten(), s.owner.name)
    yield "confirm-on-behalf", r.NoNeedConfirm(s.kindergarten(), s.owner.name, report=101)
    no_need = s.need(Status.NO_NEED, answered=False)
    yield "no-need", r.NoNeedReceipt(no_need, s.kindergarten().name, s.owner.name)
    yield "no-need-late", r.NoNeedReceipt(no_need, s.kindergarten().name, s.owner.name, late=True)
    behalf = s.need(Status.NO_NEED, answered=False, source=Source.ORAL)
    yield "no-need-on-behalf", r.NoNeedReceipt(behalf, s.kindergarten().name, s.owner.name)
    yield "kept", r.DraftKept(s.title(), 9)
    yield "kept-with-date", r.DraftKept(s.title(), 9, reply_by=s.today)
    yield "kept-without-title", r.DraftKept(None, 2)
    yield "undecided", r.DraftKept(None, 1, undecided=True)
    yield "asks", r.PendingAnswer("kantine", 101, "today", "Hva i hverdagen gjør at dere trenger dette?")
