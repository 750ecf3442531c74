"""What is said of meetings is looked at again when it is sent; whoever had heard of one hears of every change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.clock import OSLO, local_day
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from domain.outreach.content import content_of
from domain.outreach.dates.meetings import MeetingAhead, MeetingChanged, MeetingReminder
from domain.outreach.planning.planner import plan_due
from domain.ports import UnitOfWork
from domain.register.models import Network, Role, Scope, ScopeKind
from domain.rounds import meeting_acts
from domain.rounds.meeting_people import called
from domain.rounds.meetings import MeetingPlan
from domain.rounds.models import Meeting
from messages import words
from tests.dialogs.heads import text
from tests.transcripts.stage import Stage, oslo

THURSDAY = date(2027, 1, 14)
INGRID, HELENE, CAMILLA, RUNE = "Ingrid Moen", "Helene Vik", "Camilla Rød", "Rune Aasen"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, oslo("2026-12-10 09:00"))
    yield made
    made.close()


def plan(day: date = THURSDAY, hour: int = 9, **other: Any) -> MeetingPlan:
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
    return MeetingPlan(**{"title": "Møte", "starts": starts, "ends": starts + timedelta(hours=2), **other})


def gauldal(uow: UnitOfWork) -> Network:
    network = uow.register.network_by_name("Gauldal")
    assert network is not None
    return network


def round_id(stage: Stage, uow: UnitOfWork) -> int:
    current = uow.rounds.current(gauldal(uow).id, local_day(stage.now))
    assert current is not None
    return current.id


def added(stage: Stage, **other: Any) -> Meeting:
    """A meeting that Ingrid has planned."""
    with stage.work() as uow:
        ingrid = stage.people[INGRID].id
        return meeting_acts.add(uow, ingrid, round_id(stage, uow), plan(**other), stage.now).meeting


def changed(stage: Stage, meeting: Meeting, by: str = INGRID, **other: Any) -> Meeting:
    with stage.work() as uow:
        who, where = stage.people[by].id, round_id(stage, uow)
        acted = meeting_acts.change(uow, who, where, meeting.id, meeting.changes, plan(**other), stage.now)
        return acted.meeting


def cancelled(stage: Stage, meeting: Meeting) -> Meeting:
    with stage.work() as uow:
        who, where = stage.people[INGRID].id, round_id(stage, uow)
        return meeting_acts.cancel(uow, who, where, meeting.id, meeting.changes, stage.now).meeting


def message(
    stage: Stage, uow: UnitOfWork, to: str, meeting: Meeting, kind: MessageKind = MessageKind.MEETING_REMINDER
) -> OutboxMessage:
    """The reminder of a meeting as it is in a model, under the key that the planner gives it."""
    here = round_id(stage, uow)
    day = local_day(meeting.starts)
    person = stage.people[to].id
    return OutboxMessage(
        key=f"{kind.value}:{here}:meeting{meeting.id}:{day:%Y%m%d}:eve:p{person}",
        kind=kind,
        person_id=person,
        params={"round": here, "step": "eve", "meeting": meeting.id},
        due_at=stage.now,
    )


def sent(
    stage: Stage, to: str, meeting: Meeting, state: OutboxState = OutboxState.SENT, **other: Any
) -> None:
    """The reminder, on its way or there."""
    with stage.work() as uow:
        made = message(stage, uow, to, meeting).model_copy(update=other)
        uow.outbox.add(made)
        if state is OutboxState.HANDED:
            uow.outbox.handed([made.key])
        elif state is not OutboxState.WAITING:
            uow.outbox.finish(made.key, state, stage.now)


def notices(stage: Stage) -> list[OutboxMessage]:
    """The notices of changes that wait."""
    with stage.work() as uow:
        return uow.outbox.begins_with(MessageKind.MEETING_CHANGED.value, OutboxState.WAITING)


def names(stage: Stage, messages: list[OutboxMessage]) -> set[str]:
    return {name for name, person in stage.people.items() if person.id in {m.person_id for m in messages}}


def said(stage: Stage, to: str, meeting: Meeting) -> object:
    with stage.work() as uow:
        return content_of(uow, message(stage, uow, to, meeting), stage.now)


def test_those_who_are_called_are_each_reminded_once_on_the_working_day_before(stage: Stage) -> None:
    """A meeting on a Monday reminds on the Friday."""
    added(stage, day=date(2027, 1, 18))
    stage.now = oslo("2027-01-15 08:00")
    with stage.work() as uow:
        plan_due(uow, stage.now)
        due = uow.outbox.begins_with(MessageKind.MEETING_REMINDER.value, OutboxState.WAITING)
        assert {m.person_id for m in due} == {p.id for p in called(uow, gauldal(uow).id)}
        assert len(due) == len({m.person_id for m in due})
    everybody = {INGRID, HELENE, CAMILLA, RUNE, "Tuva Sørgård", "Stein Kvikne", "Grethe Volden"}
    assert names(stage, due) == everybody


def test_the_reminder_says_the_meeting_as_it_is(stage: Stage) -> None:
    meeting = added(stage, place="Melhus rådhus", physical=True)
    stage.now = oslo("2027-01-13 08:00")
    found = said(stage, HELENE, meeting)
    assert isinstance(found, MeetingReminder)
    assert found.meeting == meeting
    assert found.theme == ("beslutningsgrunnlag", "GA, Organisering")
    renamed = changed(stage, meeting, title="Annet møte", place="Melhus rådhus", physical=True)
    again = said(stage, HELENE, meeting)
    assert isinstance(again, MeetingReminder)
    assert again.meeting == renamed


def test_a_waiting_reminder_of_a_moved_or_cancelled_meeting_is_not_sent(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-13 08:00")
    moved = changed(stage, meeting, day=date(2027, 1, 15))
    assert said(stage, HELENE, meeting) is None
    assert said(stage, HELENE, moved) is None, "its day has not come"
    stage.now = oslo("2027-01-14 08:00")
    assert isinstance(said(stage, HELENE, moved), MeetingReminder)
    assert said(stage, HELENE, cancelled(stage, moved)) is None


def test_putting_off_past_the_meeting_is_said(stage: Stage) -> None:
    meeting = added(stage)
    day = local_day(meeting.starts)
    stage.now = meeting.starts - timedelta(days=1)
    sent(stage, HELENE, meeting, due_at=stage.now)
    asked = text(stage.say(HELENE, "minn meg på fredag"))
    assert f"Det er etter møtet, som er {words.day(day)}." in asked
    assert f"Det gjelder {meeting.title} i Gauldal." in asked


def test_a_meeting_that_has_begun_reminds_nobody(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-14 09:00")
    assert said(stage, HELENE, meeting) is None


def test_whoever_is_not_called_any_more_is_not_reminded(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-13 08:00")
    with stage.work() as uow:
        scope = Scope(kind=ScopeKind.NETWORK, id=gauldal(uow).id)
        uow.register.remove_person_role(stage.people[HELENE].id, Role.UH, scope)
    assert said(stage, HELENE, meeting) is None
    assert said(stage, "Kari Nordli", meeting) is None
    assert said(stage, "Marte Elden", meeting) is None, "of another network"


def test_a_message_about_no_meeting_says_nothing(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-13 08:00")
    with stage.work() as uow:
        made = message(stage, uow, HELENE, meeting)
        for params in ({}, {"round": 99, "meeting": 1}, {**made.params, "meeting": 99}):
            assert content_of(uow, made.model_copy(update={"params": params}), stage.now) is None


def test_nobody_is_told_of_a_change_before_anybody_has_heard(stage: Stage) -> None:
    meeting = added(stage)
    sent(stage, HELENE, meeting, OutboxState.WAITING)
    moved = changed(stage, meeting, day=date(2027, 1, 15))
    cancelled(stage, moved)
    assert notices(stage) == []


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.HANDED, OutboxState.AMBIGUOUS])
def test_whoever_may_have_heard_is_told_once_of_a_move(stage: Stage, state: OutboxState) -> None:
    """But not the leader who moved it, and nobody whom the reminder never reached."""
    meeting = added(stage)
    sent(stage, HELENE, meeting, state)
    sent(stage, INGRID, meeting)
    sent(stage, RUNE, meeting, OutboxState.UNREACHABLE)
    moved = changed(stage, meeting, day=date(2027, 1, 15))
    (notice,) = notices(stage)
    with stage.work() as uow:
        content = content_of(uow, notice, stage.now)
        person = uow.register.person(stage.people[HELENE].id)
        assert content == MeetingChanged(gauldal(uow), moved, meeting.starts, person)
    assert isinstance(content, MeetingChanged)
    assert content.moved


def test_whoever_heard_of_it_among_other_things_is_told_too(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-13 08:00")
    with stage.work() as uow:
        here = round_id(stage, uow)
    also = [["meeting_reminder", {"round": here, "step": "eve", "meeting": meeting.id}]]
    sent(
        stage,
        CAMILLA,
        meeting,
        key="owner_digest:1:x:p1",
        kind=MessageKind.OWNER_DIGEST,
        params={"also": also},
    )
    sent(
        stage, RUNE, meeting, key="owner_digest:1:x:p2", kind=MessageKind.OWNER_DIGEST, params={"round": here}
    )
    cancelled(stage, meeting)
    assert names(stage, notices(stage)) == {CAMILLA}


def test_a_new_name_alone_is_not_told(stage: Stage) -> None:
    meeting = added(stage)
    sent(stage, HELENE, meeting)
    changed(stage, meeting, title="Nettverksmøte")
    assert notices(stage) == []


def test_a_later_change_says_all_and_the_earlier_notice_is_dropped(stage: Stage) -> None:
    """Whoever has not read the first notice knows the meeting as it was before."""
    meeting = added(stage)
    sent(stage, HELENE, meeting)
    twice = changed(stage, changed(stage, meeting, day=date(2027, 1, 15)), day=date(2027, 1, 18))
    first, second = notices(stage)
    with stage.work() as uow:
        assert content_of(uow, first, stage.now) is None
        content = content_of(uow, second, stage.now)
    assert isinstance(content, MeetingChanged)
    assert (content.was, content.meeting) == (meeting.starts, twice)
    with stage.work() as uow:
        uow.outbox.finish(first.key, OutboxState.OBSOLETE, stage.now)
        uow.outbox.finish(second.key, OutboxState.SENT, stage.now)
    cancelled(stage, twice)
    (third,) = notices(stage)
    with stage.work() as uow:
        last = content_of(uow, third, stage.now)
    assert isinstance(last, MeetingChanged)
    assert (last.was, last.meeting.cancelled) == (twice.starts, True)


def test_no_notice_comes_after_both_the_old_and_the_new_time(stage: Stage) -> None:
    meeting = added(stage)
    sent(stage, HELENE, meeting)
    changed(stage, meeting, hour=11)
    (notice,) = notices(stage)
    with stage.work() as uow:
        assert content_of(uow, notice, oslo("2027-01-14 11:00")) is not None
        assert content_of(uow, notice, oslo("2027-01-14 11:01")) is None


def test_a_reminder_does_not_repeat_the_notice_of_the_same_day(stage: Stage) -> None:
    meeting = added(stage)
    stage.now = oslo("2027-01-13 08:00")
    sent(stage, HELENE, meeting)
    moved = changed(stage, meeting, hour=12)
    assert said(stage, HELENE, moved) is None
    assert isinstance(said(stage, RUNE, moved), MeetingReminder)


def test_a_channel_hears_a_week_before_and_of_every_change(stage: Stage) -> None:
    stage.install(INGRID, "gauldal")
    stage.say(INGRID, "koble gauldal", "gauldal")
    added(stage)
    stage.now = oslo("2027-01-07 08:00")
    with stage.work() as uow:
        plan_due(uow, stage.now)
        (post,) = uow.outbox.begins_with(MessageKind.CHANNEL_MEETING.value, OutboxState.WAITING)
        found = content_of(uow, post, stage.now)
        assert isinstance(found, MeetingAhead)
        uow.outbox.finish(post.key, OutboxState.SENT, stage.now)
    moved = changed(stage, found.meeting, day=date(2027, 1, 15))
    (notice,) = notices(stage)
    assert notice.binding_id == post.binding_id
    with stage.work() as uow:
        assert isinstance(content_of(uow, notice, stage.now), MeetingChanged)
        # The post a week before the new day would say the same again.
        again = post.model_copy(update={"key": post.key.replace("20270114", "20270115")})
        assert content_of(uow, again, oslo("2027-01-08 08:00")) is None
        assert isinstance(content_of(uow, again, oslo("2027-01-11 08:00")), MeetingAhead)
        uow.identity.unbind("19:gauldal")
        assert content_of(uow, again, oslo("2027-01-11 08:00")) is None
        assert content_of(uow, notice, stage.now) is None
    assert moved.changes == 1


def test_every_act_is_traced_without_names_or_places(stage: Stage) -> None:
    meeting = added(stage, title="Om Kari", place="Hos Kari")
    cancelled(stage, changed(stage, meeting, day=date(2027, 1, 15), title="Om Kari"))
    with stage.work() as uow:
        rows = [(r.role, r.before, r.after) for r in uow.audit.of("round", round_id(stage, uow))]
    first, second = "møte 1: 2027-01-14T08:00:00+00:00", "møte 1: 2027-01-15T08:00:00+00:00"
    assert rows == [
        ("leder", None, first),
        ("leder", first, second),
        ("leder", second, "møte 1: avlyst"),
    ]
