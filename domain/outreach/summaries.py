"""What a bound channel may see of its network, and which of its messages shows it: facts read when it is sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from domain.clock import local_day
from domain.needs import access, overview
from domain.needs.channel_counts import ChannelCounts, channel_counts, since
from domain.outreach.models import PostedSummary
from domain.rounds.models import Certainty, Deadline, DeadlineKind
from domain.rounds.trace import note

if TYPE_CHECKING:
    from datetime import date, datetime

    from domain.needs.overview import NetworkStanding
    from domain.outbox import OutboxMessage
    from domain.ports import UnitOfWork
    from domain.rounds.models import Round

PATH = (DeadlineKind.DECISION_BASIS, DeadlineKind.RECOMMENDATION, DeadlineKind.GRANT_LETTER)
"""The way of the needs once they are at the network."""


@dataclass(frozen=True)
class ChannelSummary:
    """Into a bound channel: only what may be shown to everybody there.

    `counts` is None while the form is off: what owners have sent is then not known here. `following` is the next
    date on the needs' way. `updates` is the message in the channel that this one replaces.
    """

    network: str
    network_id: int
    round_id: int
    deadline: Deadline
    following: Deadline | None
    counts: ChannelCounts | None
    updates: str | None = None


def channel_summary(uow: UnitOfWork, network_id: int, now: datetime) -> ChannelSummary | None:
    """The summary of a network for its channel; None outside a round."""
    today = local_day(now)
    network = uow.register.network(network_id)
    current = uow.rounds.current(network_id, today)
    deadline = current.deadline(DeadlineKind.NEEDS) if current else None
    if current is None or deadline is None:
        return None
    whole = overview.network_standing(uow, network, current, now)
    return ChannelSummary(
        network=network.name,
        network_id=network.id,
        round_id=current.id,
        deadline=deadline,
        following=next_date(current, today),
        counts=_counts(uow, whole),
    )


def bound_summary(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> ChannelSummary | None:
    """The summary for the channel of a message; None when it is not bound any more."""
    binding = uow.identity.binding(message.binding_id or 0)
    return channel_summary(uow, binding.network_id, now) if binding else None


def outdated(uow: UnitOfWork, whole: NetworkStanding) -> list[int]:
    """The network's bound channels whose last summary shows something else than it would now."""
    posts = [uow.outreach.posted(b.id) for b in uow.identity.bindings(whole.network.id)]
    shown = [p for p in posts if p is not None and p.activity_id and p.round_id == whole.round.id]
    now = _counts(uow, whole) if shown else None
    return [post.binding_id for post in shown if post.shown != now]


def summary_update(uow: UnitOfWork, message: OutboxMessage, now: datetime) -> ChannelSummary | None:
    """What the last summary in the channel of a message should show by now; None when it shows that."""
    last = uow.outreach.posted(message.binding_id or 0)
    if last is None or not last.activity_id:
        return None
    content = bound_summary(uow, message, now)
    if content is None or content.round_id != last.round_id or content.counts == last.shown:
        return None
    return replace(content, updates=last.activity_id)


def posted(
    uow: UnitOfWork, binding_id: int, content: ChannelSummary, activity_id: str, now: datetime
) -> None:
    """Notes what the last summary in a channel shows, and which message it is (empty: told by `arrived`)."""
    if content.counts is None:
        uow.outreach.forget_posted(binding_id)
        return
    uow.outreach.save_posted(
        PostedSummary(
            binding_id=binding_id,
            round_id=content.round_id,
            activity_id=activity_id,
            posted_at=now,
            shown=content.counts,
        )
    )


def arrived(uow: UnitOfWork, binding_id: int, activity_id: str) -> None:
    """Which message the summary became that somebody asked for in a channel."""
    last = uow.outreach.posted(binding_id)
    if last is not None and not last.activity_id:
        uow.outreach.save_posted(last.model_copy(update={"activity_id": activity_id}))


def switch_weekly(uow: UnitOfWork, person_id: int, network_id: int, on: bool, now: datetime) -> bool:
    """Whether the network's channels get a summary every week; False when it was so already.

    Raises UnknownReport for somebody who does not lead the network, NoOpenRound outside a round.
    """
    current = access.round_to_change(uow, person_id, network_id, now)
    if current.weekly is on:
        return False
    uow.rounds.save(current.model_copy(update={"weekly": on}))
    note(uow, person_id, current, _weekly(current.weekly), _weekly(on), now)
    return True


def _counts(uow: UnitOfWork, whole: NetworkStanding) -> ChannelCounts | None:
    if not whole.round.form_on:
        return None
    return since(channel_counts(whole), _last_shown(uow, whole.round))


def _weekly(on: bool) -> str:
    return "ukentlig sammendrag på" if on else "ukentlig sammendrag av"


def next_date(current: Round, today: date) -> Deadline | None:
    """The next date on the needs' way from this day on; doubtful ones do not count."""
    found = (current.deadline(kind) for kind in PATH)
    sure = (d for d in found if d is not None and (d.confirmed or d.certainty is not Certainty.DOUBTFUL))
    return min((d for d in sure if d.day >= today), key=lambda d: d.day, default=None)


def _last_shown(uow: UnitOfWork, current: Round) -> ChannelCounts | None:
    """What was shown last in any of the network's channels in this round."""
    found = [uow.outreach.posted(b.id) for b in uow.identity.bindings(current.network_id)]
    shown = [p for p in found if p is not None and p.round_id == current.id]
    return max(shown, key=lambda p: p.posted_at).shown if shown else None
