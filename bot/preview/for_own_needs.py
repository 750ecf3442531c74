"""Examples of what a head sees beside the questions: everything on one card, further questions, one's own needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.preview.for_heads import comment
from bot.preview.scene import Scene
from dialogs import replies as r
from dialogs.payloads.reports import Part
from domain.needs.flow import groups, more_steps
from domain.needs.form import needs_form
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.overview import Answer
from domain.needs.reading import Hint, HintKind, Problem, ProblemKind

Variants = Iterator[tuple[str, r.Reply]]


def whole(s: Scene) -> Variants:
    """The card with everything: empty, full, with problems at every field, sent back, and the further questions."""
    form = needs_form()
    core = tuple((step, step.fields) for step in form.core if not step.closes)
    empty = r.WholeCard(
        report=s.need(Status.DRAFT, answered=False),
        part=Part.CORE,
        steps=core,
        answers={},
        about=s.kindergarten().name,
        owner=s.owner.name,
    )
    everything = s.answers(form, everything=True)
    full = replace(empty, report=s.need(Status.DRAFT, answers=everything), answers=everything, saved=True)
    wrong: dict[str, Any] = {f.id: "Dette er altfor langt. " * 200 for _, fields in core for f in fields[-1:]}
    fields = [f for _, of_step in core for f in of_step]
    yield "empty", empty
    yield "full", replace(full, stored=("themes", "start", "duration"))
    yield "suggested", replace(empty, suggestion=s.title(), answers={"themes": ["play"]})
    yield (
        "problem-everywhere",
        replace(
            full,
            answers={**everything, **wrong},
            problems=tuple(Problem(f, ProblemKind.TOO_LONG, 4600, f.max_length) for f in fields),
            hints=tuple(Hint(f, kind) for f in fields[2:4] for kind in HintKind),
        ),
    )
    yield "unsaved", replace(full, saved=False, unsaved=True)
    pointed = tuple((step, of_step) for step, of_step in core if step.id in ("goal", "time"))
    back = s.need(Status.RETURNED, answers=everything, comment=comment(s), reopened=("goal", "time"))
    yield "sent-back", replace(full, report=back, steps=pointed, asked_for=comment(s), saved=False)
    further = tuple((step, step.fields) for step in more_steps(form, everything))
    yield "more", replace(full, part=Part.MORE, steps=further)
    yield "more-empty", replace(empty, part=Part.MORE, steps=further)


def more(s: Scene) -> Variants:
    """«Utdyp»"""
    form, everything = needs_form(), s.answers(needs_form(), everything=True)
    none = r.MoreGroups(101, s.kindergarten().name, tuple(groups(form, {})))
    field = form.field("amount")
    assert field is not None
    yield "none-answered", none
    yield (
        "all-answered",
        replace(none, groups=tuple(groups(form, everything)), saved=True, stored=((field, 150_000),)),
    )


def own(s: Scene) -> Variants:
    """Taking back, asking twice, reading what was sent."""
    draft, nameless = s.need(Status.DRAFT), s.need(Status.DRAFT, answered=False)
    sent, where, owner = s.need(), s.kindergarten().name, s.owner.name
    yield "named", r.AskCancel(draft, where)
    yield "nameless", r.AskCancel(nameless, where)
    yield "returned", r.AskCancel(s.need(Status.RETURNED), where)
    yield "draft", r.ConfirmTakeBack(nameless, where, owner)
    yield "sent", r.ConfirmTakeBack(sent, where, owner)
    yield "open", r.SimilarNeed(draft, s.need(Status.DRAFT, 1), editable=True)
    yield "sent", r.SimilarNeed(draft, sent, editable=False)
    yield "sent", r.OwnNeed(sent, where, owner, can_take_back=True)
    ended = s.need(Status.NOT_FORWARDED, comment=comment(s))
    days = (s.today, s.today)
    yield (
        "ended",
        r.OwnNeed(ended, where, owner, can_take_back=False, sent=days, reason=comment(s)),
    )
    yield "no-need", r.OwnNeed(s.need(Status.NO_NEED), where, owner, can_take_back=False, can_reopen=True)
    for field_id, value in (("headcount", 12), ("start", "H27"), ("themes", ["play"])):
        field = needs_form().field(field_id)
        assert field is not None
        yield field_id, r.Rectified(field, value)


def ranking(s: Scene) -> Variants:
    """The order of importance."""
    two = (s.need(Status.DRAFT), s.need(Status.SENT_TO_OWNER, 1))
    twelve = tuple(s.need(Status.DRAFT, n) for n in range(12))
    yield "two", r.RankForm(s.kindergarten(), two)
    yield "twelve", r.RankForm(s.kindergarten(), twelve)
    yield "again", r.RankForm(s.kindergarten(), two, given=("1", "1"))
    yield "two", r.Ranked(_in_order(two), s.kindergarten().name, s.owner.name)
    yield "twelve", r.Ranked(_in_order(twelve), s.kindergarten().name, s.owner.name)


def _in_order(needs: tuple[NeedsReport, ...]) -> tuple[NeedsReport, ...]:
    return tuple(need.model_copy(update={"rank": n}) for n, need in enumerate(needs, 1))


def copying(s: Scene) -> Variants:
    """Needs of earlier rounds."""
    held, told = s.need(Status.ON_HOLD), s.need(Status.GRANTED, 1)
    yield "two", r.CopyForm(s.kindergarten(), (held, told), ("2025/26", "2024/25"))
    many = tuple(s.need(Status.NOT_PRIORITISED, n) for n in range(60))
    yield "sixty", r.CopyForm(s.kindergarten(), many, ("2025/26",) * 60)


def mine(s: Scene) -> Variants:
    """`mine meldinger`"""
    many = tuple(s.need(status, n) for n, status in enumerate(Status))
    yield "none", r.MyReportsList(s.standings([Answer.NONE]))
    one = s.need()
    yield "sent", r.MyReportsList(s.standings([Answer.NEED]), sent=(one,))
    yield "approved", r.MyReportsList(s.standings([Answer.NEED]), others=(s.need(Status.APPROVED),))
    begun = s.need(Status.DRAFT, answered=False)
    standing = replace(s.standing(Answer.BEGUN), reports=(begun,))
    yield "draft", r.MyReportsList((standing,), open=(begun,))
    registered = s.need(Status.SENT_TO_OWNER, source=Source.EMAIL, rank=2, id=150)
    standing = replace(s.standing(Answer.NEED), reports=(registered, begun))
    yield (
        "two",
        r.MyReportsList(
            (standing,), open=(begun,), sent=(registered,), rankable=(s.kindergarten(),), choose_draft=True
        ),
    )
    drafts = tuple(s.need(Status.DRAFT, n, id=500 + n) for n in range(50))
    everywhere = (replace(s.standing(Answer.NEED), reports=many * 2), *s.standings(list(Answer)))
    yield (
        "many",
        r.MyReportsList(
            everywhere, open=drafts[:20], sent=many[:4], others=many[4:], rankable=(s.kindergarten(),)
        ),
    )
