"""Confirming dates, dates of the network's own, who may, and what reminds of them."""

from __future__ import annotations

from datetime import date

import pytest

from domain.needs.errors import UnknownReport
from domain.outbox import OutboxMessage
from domain.outreach.content import Content, content_of
from domain.outreach.dates import moving as moving_dates
from domain.outreach.dates.moving import TooManyDates
from domain.outreach.dates.notices import DateReminder, DatesToConfirm
from domain.rounds.confirming import MOST_OWN_DATES, days_of
from domain.rounds.models import Audience, DeadlineKind
from tests.outreach.dates_town import (
    BASIS,
    INGRID,
    KARI,
    NEEDS,
    NEW,
    NOW,
    OLA,
    PER,
    TUVA,
    K,
    Town,
    backend,
    databases,
    filled,
    oslo,
    town,
)

__all__ = ["backend", "databases", "filled", "town"]


def test_confirming_all_and_some(town: Town) -> None:
    """Each date that was not confirmed gets a row in the trace; a coordinator acts in that role."""
    kinds = set(DeadlineKind)
    current = town.round.model_copy(
        update={"deadlines": tuple(d.model_copy(update={"confirmed": False}) for d in town.round.deadlines)}
    )
    town.uow.rounds.save(current)
    seen, tuva = days_of(current), town.people[TUVA]
    assert moving_dates.confirm(town.uow, tuva, current.id, seen, {NEEDS}, NOW) == (NEEDS,)
    assert not town.round.confirmed
    assert set(moving_dates.confirm(town.uow, tuva, current.id, seen, None, NOW)) == kinds - {NEEDS}
    assert town.round.confirmed
    assert moving_dates.confirm(town.uow, tuva, current.id, seen, None, NOW) == ()
    rows = town.uow.audit.of("deadline", current.id)
    assert len(rows) == len(kinds)
    assert {r.role for r in rows} == {"koordinator"}


@pytest.mark.parametrize("name", [OLA, PER, KARI, "Helene Vik", "Bodil Strøm"])
def test_only_who_leads_the_network_acts(town: Town, name: str) -> None:
    """Whatever they send."""
    seen, person, round_ = days_of(town.round), town.people[name], town.round.id
    with pytest.raises(UnknownReport):
        moving_dates.confirm(town.uow, person, round_, seen, None, NOW)
    with pytest.raises(UnknownReport):
        moving_dates.move(town.uow, person, round_, {NEEDS: NEW}, seen, NOW)
    with pytest.raises(UnknownReport):
        moving_dates.add_own(town.uow, person, round_, "Fagdag", NEW, Audience.HEADS, NOW)
    with pytest.raises(UnknownReport):
        moving_dates.remove_own(town.uow, person, 4711, 1, NOW)


def test_a_date_of_ones_own_reminds_those_it_is_for(town: Town) -> None:
    """From being set to being gone."""
    ingrid, day = town.people[INGRID], date(2027, 1, 11)
    _, own = moving_dates.add_own(town.uow, ingrid, town.round.id, "Innspill", day, Audience.OWNERS, NOW)
    _, same = moving_dates.add_own(town.uow, ingrid, town.round.id, "Innspill", day, Audience.OWNERS, NOW)
    assert (own, town.round.own_dates) == (same, (own,))
    message, near = town.planned(K.DATE_REMINDER, PER, "week"), oslo("2027-01-04 09:00")
    content = content_of(town.uow, message, near)
    assert isinstance(content, DateReminder)
    assert content.own == own
    for name in (KARI, "Helene Vik"):
        other = message.model_copy(update={"person_id": town.people[name]})
        assert content_of(town.uow, other, near) is None
    assert content_of(town.uow, message, oslo("2027-01-12 09:00")) is None
    moving_dates.remove_own(town.uow, ingrid, town.round.id, own.id, NOW)
    assert content_of(town.uow, message, near) is None
    assert moving_dates.remove_own(town.uow, ingrid, town.round.id, own.id, NOW)[1] is None
    assert len(town.uow.audit.of("own_date", town.round.id)) == 2


def test_there_is_room_for_so_many(town: Town) -> None:
    """Then no more."""
    ingrid, round_ = town.people[INGRID], town.round.id
    for n in range(MOST_OWN_DATES):
        moving_dates.add_own(town.uow, ingrid, round_, f"Dato {n}", NEW, Audience.HEADS, NOW)
    with pytest.raises(TooManyDates):
        moving_dates.add_own(town.uow, ingrid, round_, "En til", NEW, Audience.HEADS, NOW)


def test_the_leader_is_asked_to_confirm(town: Town) -> None:
    """While something is left; the meetings only when the round begins."""
    ingrid, round_ = town.people[INGRID], town.round.id

    def said(step: str, person: int = ingrid) -> Content | None:
        params = {"round": round_, "step": step}
        nudge = OutboxMessage(key="x", kind=K.DATES_TO_CONFIRM, person_id=person, params=params, due_at=NOW)
        return content_of(town.uow, nudge, NOW)

    assert said("month") is None
    begins = said("start")
    assert isinstance(begins, DatesToConfirm)
    assert begins.meetings.anything
    assert begins.unconfirmed == ()
    doubtful = [d.model_copy(update={"confirmed": d.kind is not BASIS}) for d in town.round.deadlines]
    town.uow.rounds.save(town.round.model_copy(update={"deadlines": tuple(doubtful)}))
    nudged = said("month")
    assert isinstance(nudged, DatesToConfirm)
    assert [d.kind for d in nudged.unconfirmed] == [BASIS]
    assert not nudged.meetings.anything
    assert said("month", town.people[OLA]) is None
    assert said("month", town.people[PER]) is None
