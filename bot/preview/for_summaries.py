"""Examples of summaries: for channels, for the leader, for the county."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.channel_counts import ChannelCounts, Rough
from domain.outreach.digests.county import CountySummary
from domain.outreach.summaries import ChannelSummary
from domain.register.models import Role
from domain.rounds.models import DeadlineKind

THEMES = (("inclusion", 9), ("play", 6), ("language", 4), ("leadership", 3), ("safety", 3))
USUAL = ChannelCounts(9, 12, 20, 7, THEMES, (5, 6), (4, 6), 27)
NOBODY = ChannelCounts(0, 12, 0, 0, ())
SMALL = ChannelCounts(1, 12, Rough.FEW, 0, (), counted=2)
NEARLY = ChannelCounts(12, 12, 24, Rough.FEW, (("inclusion", Rough.MOST), *THEMES[1:]), counted=26)


def contents(s: Scene) -> Iterator[tuple[str, ChannelSummary | CountySummary]]:
    """What is posted in channels, and what the county is sent."""
    usual = _summary(s)
    yield "usual", usual
    yield "split-hidden", replace(usual, counts=replace(USUAL, municipal=None, private=None))
    yield "nobody", replace(usual, counts=NOBODY, deadline=s.deadline(confirmed=False))
    yield "too-few-passed", replace(usual, counts=SMALL, deadline=s.deadline(passed=True))
    yield "nearly-all", replace(usual, counts=NEARLY)
    yield "held-back-updated", replace(usual, counts=replace(USUAL, later=True), updates="1")
    yield "form-off", replace(usual, counts=None)
    for kind in (DeadlineKind.RECOMMENDATION, DeadlineKind.GRANT_LETTER):
        following = next(d for d in s.deadlines if d.kind is kind)
        yield f"next-{kind.value}", replace(usual, deadline=s.deadline(passed=True), following=following)
    yield "nothing-next", replace(usual, deadline=s.deadline(passed=True), following=None)
    yield "side-by-side", _county(s, 10)
    yield "one", _county(s, 1)
    all_off = tuple(replace(n, counts=None) for n in _county(s, 2).networks)
    yield "all-off-thirty", CountySummary(s.kari, all_off * 15)


def replies(s: Scene) -> Iterator[tuple[str, r.Reply]]:
    """What those get who ask."""
    yield "asked", r.ChannelPost(_summary(s), 1, s.today)
    for_leader = r.LeadersSummary(_summary(s), weekly=False, bound=True, today=s.today)
    yield "bound", for_leader
    yield "weekly", replace(for_leader, weekly=True)
    yield "unbound", replace(for_leader, bound=False)
    switched = r.WeeklySwitched(s.network.name, on=True, bound=True)
    yield "on", switched
    yield "on-unbound", replace(switched, bound=False)
    yield "off", replace(switched, on=False)
    yield "off-already", replace(switched, on=False, already=True)
    greeting = r.CountyGreeting(s.kari, _county(s, 2), s.today)
    yield "two", greeting
    what_now = r.WhatNow(s.today, Role.COUNTY, "Statsforvalteren tildeler tilskudd.", "fylkets plan")
    yield "what-now-roles", replace(greeting, what_now=what_now, other_roles=tuple(Role))


def _summary(s: Scene) -> ChannelSummary:
    following = next(d for d in s.deadlines if d.kind is DeadlineKind.DECISION_BASIS)
    return ChannelSummary(s.network.name, 1, 1, s.deadline(), following, USUAL)


def _county(s: Scene, networks: int) -> CountySummary:
    """So many networks, one of them with the form off and one with a date of its own."""
    each = [USUAL, SMALL, None, NOBODY, NEARLY]
    found = [replace(_summary(s), counts=each[n % len(each)]) for n in range(networks)]
    if networks > 2:
        other = found[1].deadline.model_copy(update={"day": s.today + timedelta(days=16), "confirmed": False})
        found[1] = replace(found[1], network=s.other_network.name, deadline=other)
    return CountySummary(s.kari, tuple(found))
