"""Examples of a round's dates: as everybody sees them, as the leader confirms and changes them, and the notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.norwegian.misdated import Misdated
from domain.outreach.content import Content
from domain.outreach.dates.notices import DateChanged, DateReminder, DatesToConfirm, HeadsPart, OwnersPart
from domain.rounds.confirming import MOST_OWN_DATES, DayFault, confirmed, unconfirmed
from domain.rounds.meeting_people import Told
from domain.rounds.meeting_rules import Missing
from domain.rounds.models import (
    Audience,
    Certainty,
    DeadlineKind,
    Meeting,
    OwnDate,
    Round,
    round_label,
    round_period,
    round_start_year,
)
from domain.rounds.year import year_of

Variants = Iterator[tuple[str, r.Reply]]

TITLE = "Innspill til planen"


def listed(s: Scene) -> Variants:
    """`frister`, for each who may ask."""
    current = _round(s)
    plain = r.DeadlineList(s.network.name, 1, year_of(current, ()), s.today)
    yield "unconfirmed", plain
    yield "in-channel", replace(plain, in_channel=True)
    everything = year_of(_full(s, current), tuple(Audience))
    yield "for-a-leader", replace(plain, entries=everything, leads=True, unconfirmed=6)
    sure = year_of(_full(s, _confirmed(current)), tuple(Audience))
    yield "for-a-leader-confirmed", replace(plain, entries=sure, leads=True)
    yield "for-a-head", replace(plain, entries=sure[:4], reply_by=s.today + timedelta(days=1))
    needs = current.deadline(DeadlineKind.NEEDS)
    rows = ((1, s.network.name, needs), (2, s.other_network.name, None))
    yield "two-networks", r.DeadlinesEverywhere(rows, s.today)
    many = tuple((n, f"{n} {s.network.name}", needs) for n in range(1, 51))
    yield "fifty-networks", r.DeadlinesEverywhere(many, s.today)


def confirming(s: Scene) -> Variants:
    """What the leader confirms."""
    current = _round(s)
    card = r.RoundDatesCard(s.network.name, current, s.today)
    yield "nothing-confirmed", replace(card, lacks=True)
    yield "choose", replace(card, state=r.DatesState.CHOOSE)
    kinds = tuple(DeadlineKind)
    some = confirmed(current, kinds[1:])
    yield "one-left", replace(card, round=some, state=r.DatesState.CONFIRMED, new=kinds[1:])
    for state in (r.DatesState.SHOWN, r.DatesState.CONFIRMED, r.DatesState.ALREADY):
        yield f"all-{state.value}", replace(card, round=_confirmed(current), state=state)
    for state in (r.DatesState.OUTDATED, r.DatesState.UNCHANGED):
        yield state.value, replace(card, state=state)


def changing(s: Scene) -> Variants:
    """What the leader changes, from the card to the receipt."""
    current = _round(s)
    kinds = tuple(DeadlineKind)
    form = r.EditDatesCard(s.network.name, current, s.today)
    yield "empty", form
    faults = dict(zip(kinds, DayFault, strict=False))
    wrote = s.words.text or "5. desember"
    day = date(current.starts.year, 12, 5)
    given = dict.fromkeys(faults, wrote[:100])
    understood = {k: day for k, fault in faults.items() if fault is not DayFault.UNKNOWN}
    yield "every-fault", replace(form, given=given, faults=faults, understood=understood)
    one = {kinds[0]: DayFault.UNKNOWN}
    yield "nothing-written", replace(form, given={kinds[0]: ""}, faults=one)
    new = {kinds[0]: day + timedelta(days=2)}
    asked = r.ConfirmMove(s.network.name, current, new, s.today, told=Told(), rest=0)
    yield "one", asked
    heads = s.today + timedelta(days=3)
    yield "one-and-heads", replace(asked, told=Told(frozenset(range(12))), rest=5, heads=heads)
    all_ = {d.kind: d.day + timedelta(days=3) for d in current.deadlines}
    moved = new[kinds[0]]
    misdated = {kinds[0]: Misdated(moved, moved - timedelta(days=1))}
    yield "one-misdated", replace(asked, misdated=misdated)
    yield "one-either-way", replace(asked, other=moved - timedelta(days=14))
    many = Told(frozenset(range(400)), frozenset({1}))
    yield "all", replace(asked, days=all_, told=many, rest=1, order=((kinds[0], kinds[1]),))
    pairs = tuple((d, d.model_copy(update={"day": all_[d.kind]})) for d in current.deadlines)
    done = r.DatesMoved(s.network.name, 1, pairs[:1], told=Told(), left=0)
    yield "one", done
    yield "one-told", replace(done, told=Told(bindings=frozenset({1})), left=1, heads=heads)
    yield "all", replace(done, moved=pairs, told=Told(frozenset(range(37)), frozenset({1, 2})), left=2)
    yield "rest-confirmed", replace(done, told=Told(frozenset({1}), frozenset({1})), rest=4)


def own(s: Scene) -> Variants:
    """Dates of the network's own."""
    current = _full(s, _round(s))
    dates = current.own_dates
    none = r.OwnDatesList(s.network.name, 1, (), s.today)
    yield "none", none
    yield "three", replace(none, own=dates)
    yield "removed", replace(none, own=dates[1:], gone=dates[0])
    yield "removed-before", replace(none, own=dates, already=True)
    yield "choose", replace(none, own=dates, choose=True)
    most = tuple(dates[0].model_copy(update={"id": n}) for n in range(1, MOST_OWN_DATES + 1))
    yield "most", replace(none, own=most)
    form = r.OwnDateCard(s.network.name, current)
    yield "empty", form
    for fault in r.OwnFault:
        yield fault.value, replace(form, title=dates[0].title, fault=fault, audience=Audience.OWNERS)
    for day_fault in DayFault:
        written = replace(form, day_text="5. desember", day_fault=day_fault, day=dates[0].day)
        yield f"day-{day_fault.value}", written
    sunday = date(current.ends.year, 1, 10)
    for audience in Audience:
        asked = r.ConfirmOwnDate(s.network.name, 1, dates[0].title, sunday, audience, s.today)
        yield audience.value, asked
        yield audience.value, r.OwnDateSet(s.network.name, 1, dates[0], s.today)
    yield "day-off", replace(asked, works_before=sunday - timedelta(days=2))
    yield "misdated", replace(asked, misdated=Misdated(sunday, sunday - timedelta(days=1)))


def notices(s: Scene) -> Iterator[tuple[str, Content]]:
    """What the bot says by itself."""
    current = _full(s, _round(s))
    for own_date in current.own_dates:
        yield own_date.audience.value, DateReminder(s.kari, s.network.name, 1, own_date)
    for deadline in current.deadlines:
        day = deadline.day + timedelta(days=3)
        yield deadline.kind.value, DateChanged(None, s.network.name, 1, deadline.kind, deadline.day, day)
    needs = DateChanged(s.per, s.network.name, 1, DeadlineKind.NEEDS, s.today, s.today + timedelta(days=3))
    yield "person", needs
    for begun in (False, True):
        part = HeadsPart(s.kindergarten().name, 1, begun)
        yield f"head-{'begun' if begun else 'new'}", replace(needs, head=part)
    for waiting, approved in ((3, 0), (0, 2), (3, 2), (0, 0)):
        yield f"owner-{waiting}-{approved}", replace(needs, owner=OwnersPart(1, waiting, approved))
    left = unconfirmed(current)
    nudge = DatesToConfirm(s.kari, s.network.name, current, left)
    yield "all", replace(nudge, meetings=Missing(meetings=2))
    yield "one", replace(nudge, unconfirmed=left[:1])
    yield "only-meetings", replace(nudge, unconfirmed=(), meetings=Missing(meetings=1))


def _round(s: Scene) -> Round:
    """A round of which nothing is confirmed, with a date of each certainty."""
    year = round_start_year(s.today)
    starts, ends = round_period(year)
    doubtful = s.deadlines[-1].model_copy(update={"certainty": Certainty.DOUBTFUL})
    return Round(
        id=1,
        network_id=1,
        label=round_label(year),
        starts=starts,
        ends=ends,
        deadlines=(*s.deadlines[:-1], doubtful),
        form_version="2026.2",
    )


def _confirmed(current: Round) -> Round:
    return confirmed(current, tuple(DeadlineKind))


def _full(s: Scene, current: Round) -> Round:
    """The same with meetings, and dates of its own for each audience."""
    title = (s.words.text or TITLE)[:80].strip()
    day = date(current.ends.year, 1, 11)
    starts = datetime.combine(day, time(8), UTC)
    meeting = Meeting(id=9, title=title, starts=starts, ends=starts + timedelta(hours=2))
    held = (
        meeting,
        meeting.model_copy(update={"id": 10, "place": "Røros hotell", "physical": True}),
        meeting.model_copy(update={"id": 11, "place": "Teams", "physical": False}),
    )
    dates = tuple(
        OwnDate(id=n, title=title, day=day + timedelta(days=n), audience=audience)
        for n, audience in enumerate(Audience, 1)
    )
    return current.model_copy(update={"own_dates": dates, "meetings": held, "last_id": 11})
