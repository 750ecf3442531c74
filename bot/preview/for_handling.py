"""Examples of an owner's handling: the lists, reading, deciding, and the heads' own date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.preview.for_heads import comment
from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.form import needs_form
from domain.needs.lifecycle import Act, acts_from
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners.changes import changes
from domain.needs.owners.desk import View
from domain.needs.owners.reply_by import DayProblem, ReplyBy
from domain.norwegian.misdated import Misdated
from domain.register.models import Municipality, Role

Variants = Iterator[tuple[str, r.Reply]]


def waiting(s: Scene) -> Variants:
    """What an owner has before it, and the pages of it."""
    items = tuple(r.Listed(s.kindergarten(n), s.need(number=n, late=n == 2, rank=n + 1), 3) for n in range(8))
    sizes = dict.fromkeys(View, 0) | {View.WAITING: 1}
    one = r.Waiting(
        owner=s.owner,
        view=View.WAITING,
        items=items[:1],
        page=0,
        pages=1,
        total=1,
        sizes=sizes,
        counts=s.counts(1, 0, 0),
        today=s.today,
        all_ids=(101,),
    )
    yield "one", one
    few = replace(one, items=items[:3], total=3, all_ids=(101, 102, 103), counts=s.counts(3, 1, 2))
    few = replace(few, sizes=sizes | {View.WAITING: 3, View.UNANSWERED: 2}, as_owner=True)
    yield "three", few
    ids = tuple(range(101, 161))
    many = replace(few, items=items, total=60, pages=8, all_ids=ids)
    many = replace(many, sizes=dict(zip(View, (60, 2, 12, 30, 9), strict=True)))
    yield "first-page", replace(many, ticked=(101, 103))
    yield "middle-page", replace(many, page=3, ticked=(101, 155, 156), places=_towns(s))
    yield "last-page", replace(many, items=items[:4], page=7, places=_towns(s), place=1)
    nothing = replace(
        one, items=(), total=0, all_ids=(), counts=s.counts(4, 1, 0), sizes=dict.fromkeys(View, 0)
    )
    yield "nothing", nothing
    ready = sizes | {View.WAITING: 0, View.APPROVED: 3, View.UNANSWERED: 2}
    yield "nothing-but-approved", replace(nothing, counts=s.counts(4, 1, 2), sizes=ready)
    yield "nothing-here", replace(nothing, places=_towns(s), place=2, sizes=ready)
    for view in (View.SENT_BACK, View.APPROVED, View.SENT, View.UNANSWERED):
        yield f"no-{view.value}", replace(nothing, view=view, sizes=ready | {view: 0})


def other_lists(s: Scene) -> Variants:
    """What came back, what is approved, and who has not answered."""
    sizes = dict(zip(View, (3, 2, 2, 8, 30), strict=True))
    status = Status.RETURNED_TO_OWNER
    back = tuple(
        r.Listed(s.kindergarten(n), s.need(status, n, comment=comment(s), covers=(7, 8) if n else ()))
        for n in range(2)
    )
    two = r.Waiting(s.owner, View.SENT_BACK, back, 0, 1, 2, sizes, s.counts(9, 0, 30), s.today)
    yield "sent-back", two
    yield "one-sent-back", replace(two, items=back[:1], total=1, sizes=sizes | {View.SENT_BACK: 1})
    approved = tuple(r.Listed(s.kindergarten(n), s.need(Status.APPROVED, n)) for n in range(2))
    yield "approved", replace(two, view=View.APPROVED, items=approved)
    states = (Status.REPORTED, Status.PRIORITISED, Status.GRANTED, Status.NOT_PRIORITISED)
    sent = tuple(r.Listed(s.kindergarten(n), s.need(state, n)) for n, state in enumerate(states * 2))
    yield "sent", replace(two, view=View.SENT, items=sent, total=8, places=_towns(s))
    yield "one-sent", replace(two, view=View.SENT, items=sent[:1], total=1, sizes=sizes | {View.SENT: 1})
    missing = replace(two, view=View.UNANSWERED, items=(), total=30, pages=2)
    missing = replace(missing, missing=tuple(s.kindergarten(n) for n in range(20)), reply_by=_reply_by(s))
    yield "unanswered", replace(missing, places=_towns(s))
    yield "unanswered-here", replace(missing, page=1, places=_towns(s), place=1)
    passed = replace(
        missing, missing=missing.missing[:1], total=1, pages=1, reply_by=_reply_by(s, passed=True)
    )
    yield "one-unanswered-late", passed


def _towns(s: Scene) -> tuple[tuple[Municipality, int], ...]:
    names = (s.words.municipality, "Oppdal")
    return tuple((Municipality(id=n, name=name, network_id=1), 30) for n, name in enumerate(names, 1))


def reading(s: Scene) -> Variants:
    """A whole need, in each state that an owner can meet."""
    head, place_name = s.kari.name, s.kindergarten().name
    form = needs_form()
    whole = s.answers(form, everything=True)

    def shown(need: NeedsReport, **other: Any) -> r.ReadReport:
        acts = acts_from(need.status, (Role.OWNER,))
        values = {"owner": s.owner.name, "acts": acts, **other}
        return r.ReadReport(need, place_name, head, **values)

    yield "waits", shown(s.need())
    again = s.need(answers=whole, revision=2, late=True, rank=2, covers=(2, 3))
    other = {**whole, "today": s.text(form.field("title") or form.fields[0]), "themes": ["play"]}
    other.pop("better")
    everything = shown(
        again,
        covers=(s.kindergarten(1).name, s.kindergarten(2).name),
        changes=changes(form, other, whole),
        asked_for=comment(s),
        number_of_needs=3,
        around_the_child=True,
        as_owner=True,
        place=1,
    )
    yield "everything-late-again", everything
    yield "nothing-changed", shown(s.need(revision=2), changes=())
    written = s.need(assessment=comment(s))
    yield "personal-assessment", shown(written, written="Ring 99 99 99 99 om dette.", remark="personal")
    yield "long-assessment", shown(written, written="for mye " * 110, remark="too_long")
    for source in Source:
        yield f"came-{source.name.lower()}", shown(s.need(source=source))
    for status in Status:
        if status not in (Status.DRAFT, Status.SENT_TO_OWNER):
            yield status.name.lower(), shown(s.need(status, assessment=comment(s), comment=comment(s)))


def deciding(s: Scene) -> Variants:
    """Approved, returned, not forwarded, and the comment that it takes."""
    titles = tuple(s.title(n) for n in range(60))
    yield "one", r.Approved(titles[:1], 0, 3, 1, 1)
    yield "last", r.Approved(titles[:1], 0, 0, 4, 1, alone=True)
    yield "several-some-before", r.Approved(titles[:4], 2, 1, 4, 1, others=(s.per.name,), place=1)
    yield "sixty", r.Approved(titles, 0, 0, 60, 1)
    yield "again", r.ReportedAgain(s.need(Status.REPORTED), s.network.name, 1, 0)
    yield "again-more-left", r.ReportedAgain(s.need(Status.REPORTED), s.network.name, 1, 2)
    place_name = s.kindergarten().name
    back = r.Returned(s.title(), place_name, Act.RETURN, owner_id=1, waiting=3)
    yield "back", back
    yield "back-pointed", replace(back, steps=("Mål", "Tid"), place=1)
    yield "no-further", replace(back, act=Act.NOT_FORWARD, waiting=0)
    yield "taken-back", replace(back, act=Act.WITHDRAW, waiting=0)
    need = s.need()
    ask = r.AskComment(need, place_name, Act.RETURN, 600)
    yield "asks-return", ask
    yield "asks-again", replace(ask, written="Ring 99 99 99 99.", remark="personal", steps=("goal",), place=1)
    yield "asks-reason", replace(ask, act=Act.NOT_FORWARD)
    yield "asks-withdraw", replace(ask, act=Act.WITHDRAW)
    yield "asks-withdraw-approved", replace(ask, act=Act.WITHDRAW, report=s.need(Status.APPROVED))
    yield "too-long", replace(ask, written=comment(s) + " og mer" * 100, remark="too_long")
    yield "short", replace(ask, written="ok", remark="short")


def reply_by(s: Scene) -> Variants:
    """The heads' own date."""
    now = _reply_by(s)
    ask = r.AskReplyBy(now, s.today)
    yield "usual", ask
    yield "chosen", replace(ask, now=replace(now, day=now.day + timedelta(days=1)))
    yield "passed", replace(ask, now=_reply_by(s, passed=True))
    yield "closed", replace(ask, now=_reply_by(s, closed=True))
    yield "not-a-date", replace(ask, given=comment(s)[:100])
    for problem in (DayProblem.PAST, DayProblem.TOO_LATE):
        yield problem.value, replace(ask, problem=problem, given="1. mai", day=s.today - timedelta(days=9))
    yield "understood", r.ConfirmReplyBy(now, s.today + timedelta(days=2), s.today)
    saturday = s.today + timedelta(days=(5 - s.today.weekday()) % 7)
    day_off = r.ConfirmReplyBy(now, saturday, s.today, works_before=saturday - timedelta(days=1))
    yield "understood-day-off", day_off
    misdated = Misdated(saturday, saturday + timedelta(days=2))
    yield "understood-misdated", replace(day_off, misdated=misdated, other=misdated.weekdays)
    yield "set", r.ReplyBySet(now, s.today)
    yield "set-one-hears", r.ReplyBySet(now, s.today, told=1)
    yield "set-many-hear", r.ReplyBySet(now, s.today, told=33)
    yield "for-head", r.HeadsReplyBy(now.day, s.today)
    yield "for-head-passed", r.HeadsReplyBy(s.today - timedelta(days=2), s.today)


def _reply_by(s: Scene, *, passed: bool = False, closed: bool = False) -> ReplyBy:
    """The heads' date ahead, behind, or in a round whose own date is behind."""
    day = s.today + timedelta(days=-3 if passed or closed else 9)
    return ReplyBy(s.owner, day, day, s.today + timedelta(days=-1 if closed else 23))
