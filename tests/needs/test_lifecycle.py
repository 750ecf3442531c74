"""The life cycle: only the arrows that are drawn, each with its audit row."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.needs.errors import WrongState
from domain.needs.lifecycle import TRANSITIONS, Act, transition
from domain.needs.models import NeedsReport, Status

NOW = datetime(2026, 11, 10, 9, tzinfo=UTC)
DRAWN = {(t.act, t.before): t for t in TRANSITIONS}


def report(status: Status) -> NeedsReport:
    """A need in some state."""
    return NeedsReport(
        id=7,
        round_id=1,
        kindergarten_id=2,
        status=status,
        version=3,
        form_version="2026.1",
        created_by=1,
        created_at=NOW,
        updated_at=NOW,
    )


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("act", list(Act))
def test_every_act_in_every_state(act: Act, status: Status) -> None:
    """A drawn arrow is taken, counts the version up and says who did it; any other is refused."""
    arrow = DRAWN.get((act, status))
    if arrow is None:
        with pytest.raises(WrongState):
            transition(report(status), act, 5, NOW)
        return
    after, row = transition(report(status), act, 5, NOW, note="n")
    assert (after.status, after.version) == (arrow.after, 4)
    assert (row.before, row.after, row.person_id, row.role) == (
        status.value,
        arrow.after.value,
        5,
        arrow.role.value,
    )


def test_no_arrow_is_drawn_twice() -> None:
    """Else the second would never be taken."""
    assert len(DRAWN) == len(TRANSITIONS)


def test_what_is_reported_is_not_changed_from_here() -> None:
    """Ends have no arrows out."""
    ends = {Status.REPORTED, Status.NOT_FORWARDED, Status.WITHDRAWN}
    assert not [t for t in TRANSITIONS if t.before in ends]
