"""What Teams takes from one app in one tenant and in one conversation, and when there is room for one more.

Teams names, for one app: 30 requests a second in a tenant; 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour in
a conversation (Microsoft, «Optimize your bot with rate limiting in Teams»). One less is used of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

Windows = tuple[tuple[int, float], ...]
"""So many requests in so many seconds, whichever seconds one looks at."""

PER_SECOND = 25.0
"""Scheduled sends in a tenant."""

MARGIN = 0.2
"""Seconds by which requests may come closer to each other on their way to Teams."""

_FOR_REPLIES = 4
_CONVERSATION: Windows = ((6, 1.0), (7, 2.0), (59, 30.0), (1799, 3600.0))
_SCHEDULED: Windows = ((1, 1.0),)
_LATE = 10
_PUSHED_AT_MOST = 2.0
FORGOTTEN_AFTER = 3600.0 + MARGIN


@dataclass(frozen=True)
class Limits:
    """The limits of a tenant: `gap` seconds between scheduled sends, and the windows of everything."""

    gap: float
    all: Windows
    conversation: Windows
    scheduled_conversation: Windows

    @classmethod
    def of(cls, per_second: float) -> Limits:
        """Scheduled sends at this rate, and four more requests a second for replies; 0: no limits at all."""
        if not per_second:
            return cls(0.0, (), (), ())
        room = int(per_second) + _FOR_REPLIES
        return cls(1 / per_second, ((room, 1.0),), _CONVERSATION, _CONVERSATION + _SCHEDULED)

    def halved(self) -> Limits:
        """What one of two processes may use without asking the other."""
        half = tuple((number // 2, seconds) for number, seconds in self.all)
        return Limits(self.gap * 2, half, self.conversation, self.scheduled_conversation)

    @property
    def room(self) -> int:
        """Requests in one second, 0 without limits."""
        return self.all[0][0] if self.all else 0


class Why(Enum):
    """What a request waits for."""

    CLOSED = "the end of a cool-off"
    TENANT = "room in the tenant"
    CONVERSATION = "room in the conversation"


@dataclass(frozen=True)
class Wait:
    """A request has to wait so many seconds and ask again."""

    seconds: float
    why: Why


@dataclass
class Page:
    """What went into one tenant, and of it into one conversation, at a moment `now`; oldest first.

    All moments are seconds of one clock.
    """

    limits: Limits
    now: float
    sent: list[float] = field(default_factory=list)
    conversation: list[float] = field(default_factory=list)
    next_at: float = 0.0
    closed_until: float = 0.0

    def reserve(self) -> Wait | None:
        """The next slot for a scheduled send, to be waited for if it is TENANT, asked for again if CLOSED."""
        if self.closed_until > self.now:
            return Wait(self.closed_until - self.now, Why.CLOSED)
        if not self.limits.gap:
            return None
        # Who comes a little late keeps the rhythm; after a rest it starts anew, without a crowd.
        at = self.next_at if self.next_at > self.now - _LATE * self.limits.gap else self.now
        self.next_at = at + self.limits.gap
        return Wait(at - self.now, Why.TENANT) if at > self.now else None

    def take(self, *, scheduled: bool, though_closed: bool = False) -> Wait | None:
        """Counts one request, or says what it has to wait for."""
        limits = self.limits
        if self.closed_until > self.now and not though_closed:
            return Wait(self.closed_until - self.now, Why.CLOSED)
        own = limits.scheduled_conversation if scheduled else limits.conversation
        if (seconds := _until_room(self.conversation, own, self.now)) > 0:
            return Wait(seconds, Why.CONVERSATION)
        if (seconds := _until_room(self.sent, limits.all, self.now)) > 0:
            return Wait(seconds, Why.TENANT)
        self._count(scheduled)
        return None

    def close(self, seconds: float) -> bool:
        """Begins or prolongs a cool-off; whether it began."""
        began = self.closed_until <= self.now
        self.closed_until = max(self.closed_until, self.now + seconds)
        return began

    def _count(self, scheduled: bool) -> None:
        if not self.limits.all:
            return
        self.sent = [*self.sent, self.now][-self.limits.room :]
        since = self.now - FORGOTTEN_AFTER
        self.conversation = [at for at in self.conversation if at > since] + [self.now]
        if not scheduled:
            pushed = max(self.next_at, self.now) + self.limits.gap
            self.next_at = max(self.next_at, min(pushed, self.now + _PUSHED_AT_MOST))


def _until_room(sent: Sequence[float], windows: Windows, now: float) -> float:
    """Seconds until one more is within all the windows."""
    return max(
        (sent[-number] + seconds + MARGIN - now for number, seconds in windows if len(sent) >= number),
        default=0.0,
    )
