"""Examples of what the bot says by itself, and of the short things it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.preview import (
    for_coming,
    for_dates,
    for_digests,
    for_inquiries,
    for_meetings,
    for_network_needs,
    for_reach,
    for_reminders,
    for_sending,
    for_summaries,
)
from bot.preview.for_heads import comment
from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.models import Status
from domain.norwegian.commands import Command
from domain.outbox import MessageKind
from domain.outreach.content import Content
from domain.outreach.notices.coming_in import AccessNotice, MovedHere
from domain.outreach.notices.needs import NeedNotice
from domain.outreach.notices.owners import OwnerReported
from messages.heads.report import SETTLED

Contents = Iterator[tuple[str, Content]]

NOTICES = {
    MessageKind.NEED_ARRIVED: Status.SENT_TO_OWNER,
    MessageKind.NO_NEED_ARRIVED: Status.NO_NEED,
    MessageKind.NEED_APPROVED: Status.APPROVED,
    MessageKind.NEED_RETURNED: Status.RETURNED,
    MessageKind.NEED_NOT_FORWARDED: Status.NOT_FORWARDED,
    MessageKind.NEED_REPORTED: Status.REPORTED,
    MessageKind.NEED_REPORTED_AGAIN: Status.REPORTED,
    MessageKind.NEED_SENT_BACK: Status.RETURNED_TO_OWNER,
    MessageKind.NEED_WITHDRAWN: Status.WITHDRAWN,
    MessageKind.NEED_DECIDED: Status.PRIORITISED,
    MessageKind.NEED_REGISTERED: Status.SENT_TO_OWNER,
}


def contents(s: Scene) -> Contents:
    """Every kind of message that nobody asked for."""
    yield from _notices(s)
    yield from for_reminders.contents(s)
    yield from for_coming.bundles(s)
    yield from _for_networks(s)
    yield from for_dates.notices(s)


def _notices(s: Scene) -> Contents:
    for kind, status in NOTICES.items():
        need = s.need(status, comment=comment(s), answered=status is not Status.NO_NEED)
        notice = NeedNotice(kind, need, s.kindergarten().name, s.owner.name, s.network.name, s.per)
        yield kind.value, notice
    again = s.need(revision=2)
    yield (
        "need_arrived-again",
        NeedNotice(
            MessageKind.NEED_ARRIVED, again, s.kindergarten().name, s.owner.name, s.network.name, s.per
        ),
    )
    silent = s.need(Status.RETURNED)
    yield (
        "need_returned-without-comment",
        NeedNotice(
            MessageKind.NEED_RETURNED, silent, s.kindergarten().name, s.owner.name, s.network.name, s.per
        ),
    )
    for kind in (MessageKind.ACCESS_REQUESTED, MessageKind.ACCESS_GRANTED):
        name, email = s.kari.name, s.kari.email
        yield kind.value, AccessNotice(kind, 1, name, email, "styrer", s.kindergarten().name)
    asked, place = MessageKind.ACCESS_REQUESTED, s.kindergarten().name
    yield "second-account", AccessNotice(asked, 1, s.kari.name, s.kari.email, "styrer", place, second=True)
    yield from for_inquiries.notices(s)
    yield from for_network_needs.notices(s)
    yield from for_sending.notices(s)
    yield from for_meetings.contents(s)
    yield "moved_here", MovedHere(s.kari)
    yield "moved_here_asking", MovedHere(s.kari, Command.COMING)
    yield from for_reach.contents(s)


def _for_networks(s: Scene) -> Contents:
    first = OwnerReported(s.owner.name, 1, 1, 12, 0, False, 9, 12)
    yield "first", first
    yield "supplement-late", replace(first, needs=1, sequence=1, late=True)
    yield "none", replace(first, needs=0)
    yield from for_digests.contents(s)
    yield from for_summaries.contents(s)


def short_ones(s: Scene) -> Iterator[tuple[str, r.Reply]]:
    """Every short thing, with the values that it takes; and every way a card can be settled."""
    values: dict[r.What, dict[str, str | int]] = {
        r.What.TOO_LONG: {"length": 12345, "most": 6000},
        r.What.ALREADY_HANDLED: {"status": Status.APPROVED.value},
        r.What.HANDLED_BY: {
            "who": s.kari.name,
            "when": s.now.isoformat(),
            "status": Status.APPROVED.value,
        },
        r.What.MERGED: {"title": s.title()},
        r.What.NOTHING_OPEN_IN_ROUND: {"label": "2026/27"},
        r.What.NO_SUMMARY_OF: {"names": f"{s.network.name}, Fosen"},
        r.What.UNKNOWN_NETWORK: {"names": f"{s.network.name}, Fosen"},
        r.What.TAKEN_BACK: {"title": s.title()},
        r.What.WITHDRAWN: {"title": s.title()},
        r.What.LOCKED: {"names": "Mål, Tid"},
        r.What.DEMO_ON: {"name": s.kari.name, "role": f"styrer, {s.kindergarten().name}"},
        r.What.NOT_SUBMITTED: {"why": "missing"},
    }
    for what in r.What:
        yield what.value, r.Say(what, values.get(what, {}))
    yield "not_submitted-only-head", r.Say(r.What.NOT_SUBMITTED, {"why": "only_head"})
    yield "already_handled-sent", r.Say(r.What.ALREADY_HANDLED, {"status": "sendt"})
    for name in SETTLED:
        yield f"settled-{name}", r.CardSettled(name)
    yield "settled-with-titles", r.CardSettled("approved", "\n".join(s.title(n) for n in range(12)))
