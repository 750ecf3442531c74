"""Whatever the dates of a round are, the plan keeps to its hours and its keys; pure."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.clock import OSLO
from domain.outreach.planning.hours import may_go_out, opens_at
from domain.outreach.planning.plan import NetworkFacts, Recipient, plan
from domain.outreach.planning.steps import Group
from domain.rounds.models import Audience, DeadlineKind, OwnDate, Round
from tests.outreach.test_plan import MEETING, everybody, round_

IN_ROUND = st.dates(date(2026, 8, 1), date(2027, 7, 31))
ROUNDS = st.builds(
    lambda days, weekly, confirmed, own, met: round_(
        dict(zip(DeadlineKind, days, strict=True)),
        confirmed=confirmed,
        weekly=weekly,
        own_dates=tuple(
            OwnDate(id=i, title="Egen dato", day=d, audience=Audience.HEADS) for i, d in enumerate(own, 1)
        ),
        meetings=tuple(
            MEETING.model_copy(update={"id": i, "starts": opens_at(d)}) for i, d in enumerate(met, 10)
        ),
    ),
    st.lists(IN_ROUND, min_size=len(DeadlineKind), max_size=len(DeadlineKind)),
    st.booleans(),
    st.booleans(),
    st.lists(IN_ROUND, max_size=3),
    st.lists(IN_ROUND, max_size=3),
)


@given(ROUNDS, st.none() | IN_ROUND)
def test_whatever_the_dates_it_keeps_to_the_hours(current: Round, own: date | None) -> None:
    """From eight on reminder days, each thing once, under a short key of numbers and our own words."""
    head = Recipient(123_456, params={"kindergarten": 7}, reply_by=own)
    facts = NetworkFacts(
        current,
        {**everybody(current).groups, Group.UNANSWERED_HEADS: (head,)},
        frozenset({own} if own else ()),
    )
    found = plan(facts, date(2026, 11, 5))
    assert [m.key for m in plan(facts, date(2026, 11, 5))] == [m.key for m in found]
    assert len({m.key for m in found}) == len(found)
    for message in found:
        assert may_go_out(message.due_at)
        assert message.due_at.astimezone(OSLO).hour == 8
        assert message.expires_at is not None
        assert timedelta() < message.expires_at - message.due_at < timedelta(days=45)
        assert len(message.key) <= 100
        assert set(message.key) <= set("abcdefghijklmnopqrstuvwxyz_:/0123456789")
        assert all(isinstance(v, int | str) for v in message.params.values())
