"""Examples of what an owner sees: greeting, needs that wait, reading, sending to the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.preview.for_heads import comment
from bot.preview.scene import Scene, place
from dialogs import replies as r
from domain.needs.form import needs_form, owners_form
from domain.needs.models import Status
from domain.register.models import Role

Variants = Iterator[tuple[str, r.Reply]]


def greetings(s: Scene) -> Variants:
    """How an owner is met."""
    usual = r.OwnerGreeting(
        person=s.per,
        owner=s.owner,
        counts=s.counts(14, 5, 4),
        waiting=12,
        approved=2,
        sendable=True,
        deadline=s.deadline(),
        today=s.today,
        sent=None,
        also_head=False,
    )
    sent = s.owners_report(12)
    yield "usual", usual
    yield "everything", replace(usual, also_head=True, other_roles=tuple(Role), sent=sent)
    nobody = replace(usual, counts=s.counts(0, 0, 9), waiting=0, approved=0, sendable=False)
    yield "nobody-answered", replace(nobody, deadline=s.deadline(confirmed=False))
    yield "one-waits", replace(usual, counts=s.counts(1, 0, 1), waiting=1, approved=1, deadline=None)
    done = replace(nobody, counts=s.counts(9, 0, 0), sent=sent, deadline=s.deadline(passed=True))
    yield "all-done", done
    single = replace(nobody, counts=s.counts(0, 0, 1), also_head=True)
    yield "single-kindergarten", replace(single, other_roles=(Role.HEAD,))


def waiting(s: Scene) -> Variants:
    """The needs that wait, and their pages."""
    items = tuple((s.kindergarten(n), s.need(number=n, late=n == 2)) for n in range(8))
    one = r.Waiting(s.owner, items[:1], 0, 1, 1, s.counts(1, 0, 0), 0, (s.network,), (101,))
    yield "one", one
    few = replace(one, items=items[:3], total=3, all_ids=(101, 102, 103), counts=s.counts(3, 1, 2))
    yield "three", few
    ids = tuple(range(101, 161))
    yield "first-page", replace(few, items=items, total=60, pages=8, all_ids=ids)
    yield "middle-page", replace(few, items=items, page=3, total=60, pages=8, all_ids=ids, approved=12)
    yield "last-page", replace(few, items=items[:4], page=7, total=60, pages=8, all_ids=ids, approved=1)
    nothing = replace(one, items=(), total=0, all_ids=(), counts=s.counts(4, 1, 0))
    yield "nothing", nothing
    yield "nothing-but-approved", replace(nothing, approved=3, counts=s.counts(4, 1, 2))


def reading(s: Scene) -> Variants:
    """A whole need, in each state that an owner can meet."""
    head, place_name = s.kari.name, s.kindergarten().name
    whole = s.answers(needs_form(), everything=True)
    yield "waits", r.ReadReport(s.need(), place_name, head)
    again = s.need(answers=whole, revision=2, late=True)
    yield "everything-late-again", r.ReadReport(again, place_name, head)
    for status in (Status.APPROVED, Status.REPORTED, Status.NOT_FORWARDED, Status.RETURNED):
        yield status.name.lower(), r.ReadReport(s.need(status), place_name, head)


def deciding(s: Scene) -> Variants:
    """Approved, returned, not forwarded, and the comment that it takes."""
    titles = tuple(s.title(n) for n in range(60))
    yield "one", r.Approved(titles[:1], 0, 3, 1, 1)
    yield "last", r.Approved(titles[:1], 0, 0, 4, 1)
    yield "several-some-before", r.Approved(titles[:4], 2, 1, 4, 1)
    yield "sixty", r.Approved(titles, 0, 0, 60, 1)
    yield "back", r.Returned(s.title(), s.kindergarten().name, True, 1, 3)
    yield "no-further", r.Returned(s.title(), s.kindergarten().name, False, 1, 0)
    need = s.need()
    yield "asks-return", r.AskComment(need, s.kindergarten().name, True, 0, 600)
    yield "asks-reason", r.AskComment(need, s.kindergarten().name, False, 0, 600)
    yield "too-long", r.AskComment(need, s.kindergarten().name, True, len(comment(s)) + 700, 600)


def sending(s: Scene) -> Variants:
    """The consolidated report and its receipt."""
    where = place(owners_form(), "authority")
    three = r.ReviewOwners(s.owners_report(3), s.owner, s.network, where, s.titles(3), True)
    yield "three", three
    yield "sixty", replace(three, report=s.owners_report(60), titles=s.titles(60))
    yield "seventy", replace(three, report=s.owners_report(70), titles=s.titles(70))
    supplement = s.owners_report(1, sequence=2, answers={})
    yield "supplement", replace(three, report=supplement, titles=s.titles(1), saved=False)
    yield "none", replace(three, report=s.owners_report(0), titles=())
    receipt = r.OwnersReceipt(s.owners_report(12), s.owner, s.network.name, "Ingrid Moen", s.deadline(), 0)
    yield "sent", receipt
    late = s.owners_report(1, sequence=1, late=True)
    yield "late-supplement", replace(receipt, report=late, unanswered=3)
    yield "sent-none", replace(receipt, report=s.owners_report(0), leader=None)
    yield "two-networks", r.ChooseNetwork("send_in", 1, (s.network, s.other_network))
    many = tuple(s.network.model_copy(update={"id": n}) for n in range(1, 9))
    yield "eight-networks", r.ChooseNetwork("send_in", None, many)
    yield "something-waits", r.NothingToSend(s.owner, 3, False, 1)
    yield "nobody-answered", r.NothingToSend(s.owner, 0, False, 4)
    yield "all-sent", r.NothingToSend(s.owner, 0, True, 0)
    yield "nobody", r.Nudged(0, 0)
    yield "today-already", r.Nudged(0, 4)
    yield "one", r.Nudged(1, 4)
    yield "many", r.Nudged(23, 23)
