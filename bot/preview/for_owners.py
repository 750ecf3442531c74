"""Examples of how an owner is met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.preview.scene import Scene
from dialogs import replies as r
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
    yield "sent-back", replace(usual, waiting=0, sent_back=2, other_roles=(Role.AUTHORITY,))
    yield "one-waits", replace(usual, counts=s.counts(1, 0, 1), waiting=1, approved=1, deadline=None)
    done = replace(nobody, counts=s.counts(9, 0, 0), sent=sent, deadline=s.deadline(passed=True))
    yield "all-done", done
    single = replace(nobody, counts=s.counts(0, 0, 1), also_head=True)
    off = r.FormIsOff(s.network.name, None)
    yield "form-off", replace(nobody, form_off=off, also_head=True)
    yield "form-off-some-answered", replace(usual, form_off=off)
    yield "single-kindergarten", replace(single, other_roles=(Role.HEAD,))


def nudging(s: Scene) -> Variants:
    """How many were reminded."""
    yield "nobody", r.Nudged(0, 0)
    yield "today-already", r.Nudged(0, 4)
    yield "one", r.Nudged(1, 4)
    yield "many", r.Nudged(23, 23)
