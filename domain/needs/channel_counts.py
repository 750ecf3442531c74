"""What everybody in a channel may see of a network: counts and themes, too rough to point at anybody."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.needs.models import WITH_NETWORK
from domain.register.models import Ownership

if TYPE_CHECKING:
    from domain.needs.overview import KindergartenStanding, NetworkStanding

SMALLEST_GROUP = 3
"""No group below this is shown, and none that is left when one takes what is shown from the whole."""

MOST_THEMES = 5


class Rough(StrEnum):
    """What is said where a number would show a small group: one or two, all but one or two, or just some."""

    FEW = "few"
    MOST = "most"
    SOME = "some"


Shown = int | Rough


@dataclass(frozen=True)
class ChannelCounts:
    """What may be shown in a channel. `municipal` and `private` are owners that have sent, of all of that kind.

    `counted` is how many kindergartens the figures stand for, which is not shown. `later`: something has changed
    that the figures do not show yet.
    """

    owners_sent: int
    owners_total: int
    with_need: Shown
    without_need: Shown
    themes: tuple[tuple[str, Shown], ...]
    municipal: tuple[int, int] | None = None
    private: tuple[int, int] | None = None
    counted: int = 0
    later: bool = False


def rough(number: int, of: int) -> Shown:
    """The number, or what is said instead when it, or what is left of the whole, is one or two.

    `of` is known to the reader. Where only one number could be meant by «few» or «most», it is «some».
    """
    left = of - number
    if of >= SMALLEST_GROUP and (number == 0 or left == 0 or min(number, left) >= SMALLEST_GROUP):
        return number
    if of < 2 * SMALLEST_GROUP - 1:
        return Rough.SOME
    return Rough.FEW if number < SMALLEST_GROUP else Rough.MOST


def channel_counts(whole: NetworkStanding) -> ChannelCounts:
    """Counts and themes of what owners have sent, by kindergarten.

    How many owners have sent is said as it is: it says nothing of what they sent. The split between municipal and
    private owners is there when at least three of either kind have sent, so that it never names a whole kind as
    missing. Kindergartens with a need and without are seen against all kindergartens of the network, whose number
    everybody can find out; a theme against those with a need, or against all when that number is not shown.
    A theme of fewer than three kindergartens is not named. What is not shown can so not be worked out from the rest.
    """
    everybody = [s for o in whole.owners for s in o.kindergartens]
    by_theme = Counter(theme for s in everybody for theme in _themes(s))
    with_need = rough(whole.reported, len(everybody))
    of = whole.reported if isinstance(with_need, int) else len(everybody)
    themes = [(t, rough(n, of)) for t, n in by_theme.items() if n >= SMALLEST_GROUP]
    named = sorted((p for p in themes if p[1] is not Rough.SOME), key=lambda p: (-_weight(p[1], of), p[0]))
    municipal, private = (_sent(whole, kind) for kind in (Ownership.MUNICIPAL, Ownership.PRIVATE))
    split = min(municipal[0], private[0]) >= SMALLEST_GROUP
    return ChannelCounts(
        owners_sent=whole.owners_sent,
        owners_total=len(whole.owners),
        with_need=with_need,
        without_need=rough(whole.no_need, len(everybody)),
        themes=tuple(named[:MOST_THEMES]),
        municipal=municipal if split else None,
        private=private if split else None,
        counted=whole.reported + whole.no_need,
    )


def since(now: ChannelCounts, before: ChannelCounts | None) -> ChannelCounts:
    """The counts to show to those who have seen `before`: the difference may not point at anybody either.

    The owners are counted as they are. What they have sent is shown anew when the figures stand for at least three
    kindergartens more or fewer; until then the figures stay as they were, and it is said that something has
    changed. Figures that stood for fewer than three kindergartens showed nothing exact, so they hold nothing back.
    """
    if before is None or before.counted < SMALLEST_GROUP:
        return now
    kept = replace(
        now,
        with_need=before.with_need,
        without_need=before.without_need,
        themes=before.themes,
        counted=before.counted,
    )
    if kept == now or abs(now.counted - before.counted) >= SMALLEST_GROUP:
        return now
    return replace(kept, later=True)


def _themes(one: KindergartenStanding) -> set[str]:
    """The themes of what a kindergarten has at the network; a common need is that of each it holds for."""
    needs = (r for r in one.reports if r.status in WITH_NETWORK and r.merged_into is None)
    return {theme for need in needs for theme in need.answers.get("themes", [])}


def _weight(number: Shown, of: int) -> int:
    # All that are «most» weigh the same: their order would tell them apart.
    return number if isinstance(number, int) else of


def _sent(whole: NetworkStanding, kind: Ownership) -> tuple[int, int]:
    owners = [o for o in whole.owners if o.owner.ownership is kind]
    return sum(o.sent for o in owners), len(owners)
