"""Examples of the personal digests: to leaders, owners, authorities, partners, and of what became of needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview.scene import ANSWERS, Scene
from domain.needs.models import Status
from domain.needs.overview import Counts
from domain.outreach.content import Content
from domain.outreach.digests.authority import AuthorityDigest
from domain.outreach.digests.leader import LeaderDigest, MissingOwner
from domain.outreach.digests.outcomes import UNDECIDED, End, Outcome, OutcomeDigest, OutcomesMissing
from domain.outreach.digests.owner import OwnerDigest
from domain.outreach.digests.since import Since
from domain.outreach.digests.uh import UhDigest, Wanted
from domain.rounds.models import Deadline, DeadlineKind

Contents = Iterator[tuple[str, Content]]

THEMES = (("inclusion", 9), ("play", 6), ("language", 4), ("leadership", 1))


def contents(s: Scene) -> Contents:
    """Every digest, ordinary and at its fullest."""
    yield from _leaders(s)
    yield from _owners(s)
    yield from _authorities(s)
    yield from _partners(s)
    yield from _outcomes(s)


def _date(s: Scene, kind: DeadlineKind) -> Deadline:
    return next(d for d in s.deadlines if d.kind is kind)


def _missing(s: Scene, number: int) -> tuple[MissingOwner, ...]:
    """Owners of each kind: nobody has answered, some have, all have, one kindergarten."""
    names = tuple(s.kindergarten(n).name for n in range(4))
    kinds = ((names, 4), (names[:2], 4), ((), 4), (names[:1], 1), ((), 1), (names, 23))
    return tuple(MissingOwner(s.owner.name, *kinds[n % len(kinds)]) for n in range(number))


def _leaders(s: Scene) -> Contents:
    usual = LeaderDigest(
        recipient=s.kari,
        network_id=1,
        network=s.network.name,
        deadline=s.deadline(),
        form_on=True,
        sent=9,
        total=12,
        needs=20,
        missing=_missing(s, 3),
        since=Since(s.now - timedelta(days=5), (1, 2), 4, 2, 1),
        new_owners=(s.owner.name,) * 2,
        comes_next=_date(s, DeadlineKind.DECISION_BASIS),
    )
    yield "before", usual
    yield "quiet", replace(usual, since=Since(s.now - timedelta(days=7)), missing=(), sent=12)
    yield "first", replace(usual, sent=0, needs=0, missing=_missing(s, 12), since=None)
    after = replace(usual, deadline=s.deadline(passed=True), missing=_missing(s, 6))
    yield "after", after
    many = Since(s.now - timedelta(days=1), tuple(range(1, 15)), 1, 0, 0)
    everything = replace(
        after,
        missing=_missing(s, 50),
        total=59,
        since=many,
        questions=2,
        requests=1,
        unreachable=3,
        unconfirmed=5,
        late=2,
        comes_next=_date(s, DeadlineKind.RECOMMENDATION),
    )
    yield "everything", everything
    yield "form-off", replace(usual, form_on=False, missing=(), since=None)
    yield "form-off-nothing", replace(usual, form_on=False, sent=0, needs=0, missing=(), since=None)


def _owners(s: Scene) -> Contents:
    usual = OwnerDigest(
        recipient=s.per,
        owner=s.owner.name,
        owner_id=1,
        network=s.network.name,
        several=False,
        reply_by=s.today - timedelta(days=1),
        deadline=s.deadline(),
        form_on=True,
        counts=Counts(23, 14, 5, 4),
        unanswered=tuple(s.kindergarten(n).name for n in range(4)),
        waiting=14,
        sent_back=1,
        approved=2,
        returned=1,
        reported=0,
        sent=False,
        sendable=True,
    )
    yield "usual", usual
    hundred = replace(usual, counts=Counts(100, 0, 0, 100), waiting=0, sent_back=0, approved=0, returned=0)
    names = tuple(s.kindergarten(n).name for n in range(100))
    yield "hundred", replace(hundred, unanswered=names, sendable=False, several=True)
    one = replace(usual, counts=Counts(1, 0, 0, 1), only=s.kindergarten().name, waiting=0, sent_back=0)
    one = replace(one, approved=0, returned=0, unanswered=(s.kindergarten().name,), sendable=False)
    yield "one-own", replace(one, own=1)
    yield "one", replace(one, reply_by=s.today + timedelta(days=1))
    yield "one-need", replace(one, counts=Counts(1, 1, 0, 0), unanswered=(), waiting=1)
    none = replace(one, counts=Counts(1, 0, 1, 0), unanswered=(), sendable=True)
    yield "one-none", none
    yield "none", replace(none, only=None, counts=Counts(9, 0, 9, 0))
    whole = replace(usual, counts=Counts(9, 6, 3, 0), unanswered=(), waiting=0, returned=0)
    yield "supplement", replace(whole, sent=True, sent_back=2, reported=4)
    yield "nothing-left", replace(whole, sent=True, approved=0, sent_back=0, reported=6, sendable=False)
    yield "form-off", replace(usual, form_on=False, deadline=s.deadline(confirmed=False))


def _authorities(s: Scene) -> Contents:
    usual = AuthorityDigest(
        recipient=s.per,
        municipality=s.words.municipality,
        network_id=1,
        network=s.network.name,
        deadline=s.deadline(),
        form_on=True,
        municipal=Counts(12, 8, 3, 1),
        private=Counts(6, 3, 1, 2),
        unanswered=tuple(s.kindergarten(n).name for n in range(3)),
        owners_sent=2,
        owners=4,
        titles=tuple(s.title(n) for n in range(9)),
        themes=THEMES,
    )
    yield "usual", usual
    silent = tuple(s.kindergarten(n).name for n in range(60))
    yield "nothing-sent", replace(usual, titles=(), themes=(), owners_sent=0, unanswered=silent)
    yield "after", replace(usual, deadline=s.deadline(passed=True), private=Counts(0, 0, 0, 0), unanswered=())
    yield "form-off", replace(usual, form_on=False)


def _partners(s: Scene) -> Contents:
    usual = UhDigest(
        recipient=s.kari,
        network_id=1,
        network=s.network.name,
        partners=s.network.uh,
        deadline=s.deadline(passed=True),
        owners_sent=9,
        owners=12,
        needs=20,
        themes=THEMES,
        wanted=tuple(Wanted(s.title(n), s.kindergarten(n).name, n % 3) for n in range(12)),
        talks=4,
        agreed=2,
        comes_next=_date(s, DeadlineKind.DECISION_BASIS),
    )
    yield "usual", usual
    yield "before", replace(usual, deadline=s.deadline(), wanted=(), talks=1, agreed=0, partners=())
    nothing = replace(usual, owners_sent=0, needs=0, themes=(), wanted=(), talks=0, agreed=0)
    yield "nothing", nothing
    yield "no-needs", replace(nothing, owners_sent=2)


def _outcomes(s: Scene) -> Contents:
    letter = _date(s, DeadlineKind.GRANT_LETTER)
    states = tuple((status, n + 1) for n, status in enumerate(UNDECIDED))
    every = OutcomesMissing(s.kari, 1, s.network.name, letter, states)
    yield "every-state", every
    yield "one", replace(every, states=((Status.RECOMMENDED, 1),))
    reason = str(ANSWERS["plan"]) if s.words.text is None else (s.words.text * 20)[:600]
    ends = tuple(
        Outcome(s.title(n), s.kindergarten(n).name, end, reason if n > 2 else None, n % 2)
        for n, end in enumerate(End)
    )
    several = OutcomeDigest(s.per, s.network.name, ends * 4, owner_id=1)
    yield "owner", several
    for one in ends:
        yield f"one-{one.end.value}", replace(several, outcomes=(one,), owner_id=None)
    yield "two", replace(several, outcomes=(ends[0], ends[2]), owner_id=None)
