"""The plan: right people, right days, every kind and anchor of the schedule; pure."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from domain.clock import OSLO, local_day
from domain.outbox import SCHEDULED, MessageKind
from domain.outreach.planning.plan import NetworkFacts, Recipient, occasions, plan
from domain.outreach.planning.steps import STEPS, Group, step_of, urgency
from domain.rounds.models import (
    Audience,
    Certainty,
    Deadline,
    DeadlineKind,
    Meeting,
    OwnDate,
    Round,
    round_period,
)

DAYS = {
    DeadlineKind.NEEDS: date(2026, 12, 1),
    DeadlineKind.DECISION_BASIS: date(2027, 2, 1),
    DeadlineKind.RECOMMENDATION: date(2027, 3, 15),
    DeadlineKind.GRANT_LETTER: date(2027, 4, 15),
    DeadlineKind.REPORTING_UNITS: date(2027, 5, 15),
    DeadlineKind.REPORTING_NETWORK: date(2027, 6, 15),
}
MEETING = Meeting(
    id=2,
    title="Nettverksmøte",
    starts=datetime(2027, 1, 11, 9, tzinfo=OSLO),
    ends=datetime(2027, 1, 11, 11, tzinfo=OSLO),
)


def round_(
    days: dict[DeadlineKind, date] | None = None,
    certainty: Certainty = Certainty.AGREED,
    *,
    confirmed: bool = True,
    **more: object,
) -> Round:
    """A round with these dates; without any, the date for needs alone on Tuesday 1 December 2026."""
    starts, ends = round_period(2026)
    given_ = days or {DeadlineKind.NEEDS: DAYS[DeadlineKind.NEEDS]}
    deadlines = tuple(
        Deadline(kind=kind, day=day, source="LP", certainty=certainty, confirmed=confirmed)
        for kind, day in given_.items()
    )
    return Round.model_validate(
        {
            "id": 7,
            "network_id": 1,
            "label": "2026/27",
            "starts": starts,
            "ends": ends,
            "deadlines": deadlines,
            "form_version": "1",
            **more,
        }
    )


def everybody(current: Round, **groups: tuple[Recipient, ...]) -> NetworkFacts:
    """One person in each group, numbered in their order, a channel for posts."""
    found = {
        group: (Recipient(binding_id=9) if group.value.startswith("channels") else Recipient(number),)
        for number, group in enumerate(Group, 1)
    }
    return NetworkFacts(current, {**found, **{Group(name): people for name, people in groups.items()}})


def said(facts: NetworkFacts) -> list[str]:
    """Day, kind and step of everything, in order of time."""
    return [
        f"{local_day(m.due_at):%Y-%m-%d} {m.kind.value} {m.params['step']}"
        for m in sorted(plan(facts), key=lambda m: (m.due_at, m.kind.value, m.params["step"]))
    ]


def test_the_whole_year() -> None:
    """Every step on its day. The heads' dates hang on the svarfrist, 17 November."""
    current = round_(
        DAYS,
        own_dates=(OwnDate(id=1, title="Innspill", day=date(2027, 2, 10), audience=Audience.OWNERS),),
        meetings=(MEETING,),
    )
    assert said(everybody(current)) == [
        "2026-08-17 dates_to_confirm start",
        "2026-10-01 head_reminder season",
        "2026-11-03 head_reminder start",
        "2026-11-10 people_not_reached three_weeks",
        "2026-11-16 head_reminder eve",
        "2026-11-18 owner_digest after",
        "2026-11-24 authority_digest week",
        "2026-11-24 channel_summary week",
        "2026-11-24 head_reminder late",
        "2026-11-24 leader_digest week",
        "2026-11-27 owner_reminder eve",
        "2026-12-02 authority_digest after",
        "2026-12-02 channel_summary after",
        "2026-12-02 county_digest after",
        "2026-12-02 leader_digest after",
        "2026-12-02 uh_digest after",
        "2027-01-04 basis_reminder month",
        "2027-01-04 channel_meeting week",
        "2027-01-08 meeting_reminder eve",
        "2027-01-18 basis_reminder fortnight",
        "2027-01-29 basis_reminder eve",
        "2027-02-03 date_reminder week",
        "2027-02-09 date_reminder eve",
        "2027-04-16 reporting_reminder month",
        "2027-04-22 outcomes_missing week",
        "2027-04-29 outcome_digest fortnight",
        "2027-05-07 reporting_reminder week",
        "2027-05-18 reporting_reminder month",
        "2027-06-01 reporting_reminder fortnight",
        "2027-06-11 reporting_reminder eve",
    ]


def test_every_scheduled_kind_has_its_steps_and_its_last() -> None:
    """Nothing that the bot may say by the calendar is forgotten, and nobody who wants fewer misses the last one."""
    assert {s.kind for s in STEPS} == SCHEDULED
    lasting = {s.kind for s in STEPS if s.last}
    channels = {MessageKind.CHANNEL_SUMMARY, MessageKind.SUMMARY_UPDATE, MessageKind.CHANNEL_MEETING}
    assert lasting == SCHEDULED - channels - {MessageKind.OWNER_DIGEST}


def test_steps_of_one_kind_and_name_are_alike() -> None:
    """What is asked of a message is found by these two alone."""
    for step in STEPS:
        found = step_of(step.kind, step.name)
        assert found is not None
        assert (found.last, found.days) == (step.last, step.days)
    assert step_of(MessageKind.HEAD_REMINDER, "asked") is None
    assert urgency(MessageKind.HEAD_REMINDER, "asked") < urgency(MessageKind.MEETING_REMINDER, "eve")


def test_what_is_nearest_its_date_is_the_most_urgent() -> None:
    """And what looks back comes last."""
    wanted = [
        (MessageKind.HEAD_REMINDER, "eve"),
        (MessageKind.MEETING_REMINDER, "eve"),
        (MessageKind.OWNER_REMINDER, "eve"),
        (MessageKind.BASIS_REMINDER, "fortnight"),
        (MessageKind.OWNER_DIGEST, "after"),
        (MessageKind.LEADER_DIGEST, "after"),
    ]
    assert sorted(wanted, key=lambda each: urgency(*each)) == wanted


def test_an_owners_own_date_moves_its_heads_and_its_digest() -> None:
    """Those of the others keep theirs, and nothing comes after the network's own date."""
    own = date(2026, 11, 26)
    heads = (
        Recipient(1, params={"kindergarten": 11}),
        Recipient(2, params={"kindergarten": 12}, reply_by=own),
    )
    owners = (Recipient(3, params={"owner": 21}), Recipient(4, params={"owner": 22}, reply_by=own))
    groups = {Group.UNANSWERED_HEADS: heads, Group.OWNERS_WITH_SOMETHING_LEFT: owners}
    facts = NetworkFacts(round_(), groups, frozenset({own}))
    days = [(m.person_id, m.params["step"], local_day(m.due_at).isoformat()) for m in plan(facts)]
    assert days == [
        (1, "season", "2026-10-01"),
        (2, "season", "2026-10-01"),
        (1, "start", "2026-11-03"),
        (2, "start", "2026-11-12"),
        (1, "eve", "2026-11-16"),
        (3, "after", "2026-11-18"),
        (1, "late", "2026-11-24"),
        (2, "eve", "2026-11-25"),
        (4, "after", "2026-11-27"),
        (3, "eve", "2026-11-27"),
        (4, "eve", "2026-11-27"),
    ]


def test_who_is_to_begin_soon_is_not_told_of_the_season() -> None:
    """With a svarfrist in October, 1 October is less than a week from the first reminder, or after it."""
    head = Recipient(1, reply_by=date(2026, 10, 16))
    facts = NetworkFacts(round_(), {Group.UNANSWERED_HEADS: (head,)}, frozenset({date(2026, 10, 16)}))
    assert [m.params["step"] for m in plan(facts)] == ["start", "eve", "late"]


def test_a_date_that_is_moved_gives_new_messages() -> None:
    """What was said about the one date does not stand in the way of the other; the season is told once."""
    days = (None, date(2026, 11, 20), date(2026, 11, 24))
    chosen = [
        {
            m.key
            for m in plan(
                NetworkFacts(
                    round_(),
                    {Group.UNANSWERED_HEADS: (Recipient(1, reply_by=d),)},
                    frozenset({d} if d else ()),
                )
            )
        }
        for d in days
    ]
    assert len(set.intersection(*chosen)) == 1
    assert len(set().union(*chosen)) == sum(map(len, chosen)) - 2
    moved = round_({DeadlineKind.NEEDS: date(2026, 12, 8)})
    before, after = ({m.key for m in plan(everybody(r))} for r in (round_(), moved))
    assert {k.split(":")[2] for k in before & after} == {"autumn", "season"}


def test_a_head_of_several_kindergartens_is_told_of_them_in_one() -> None:
    """One message for each date that the owners have chosen."""
    day = date(2026, 11, 20)
    heads = (
        Recipient(1, params={"kindergarten": 11}),
        Recipient(1, params={"kindergarten": 12}, reply_by=day),
        Recipient(1, params={"kindergarten": 13}, reply_by=day),
        Recipient(1, params={"kindergarten": 13}, reply_by=day),
    )
    told = plan(NetworkFacts(round_(), {Group.UNANSWERED_HEADS: heads}, frozenset({day})))
    eves = [m.params for m in told if m.params["step"] == "eve"]
    assert [p["kindergarten"] for p in eves] == [11, 12]
    assert eves[1]["also"] == [["head_reminder", {"round": 7, "step": "eve", "kindergarten": 13}]]


def test_nobody_with_nothing_to_do_is_reminded() -> None:
    """Only what is told whatever has been done is left when nobody is in a group that has something to do."""
    facts = NetworkFacts(
        round_(DAYS), {Group.LEADERS: (Recipient(3),), Group.CHANNELS: (Recipient(binding_id=4),)}
    )
    assert {m.kind for m in plan(facts)} == {MessageKind.LEADER_DIGEST, MessageKind.CHANNEL_SUMMARY}


def test_what_the_leader_has_stopped_is_left_out() -> None:
    """By its name; what goes to the county is not the leader's to stop."""
    names = {o.name for o in occasions(round_(DAYS))}
    assert {"head_reminder:needs:eve", "county_digest:needs:after", "leader_digest:needs:week"} <= names
    stopped = round_(DAYS, stopped=("head_reminder:needs:eve", "county_digest:needs:after"))
    gone = set(said(everybody(round_(DAYS)))) - set(said(everybody(stopped)))
    assert gone == {"2026-11-16 head_reminder eve"}


def test_every_week_when_the_leader_wants_it() -> None:
    """On Mondays from October, but not in a week that has its summary anyway; a holiday moves it."""
    weekly = said(everybody(round_(weekly=True)))
    mondays = [d[:10] for d in weekly if d.endswith("channel_summary weekly")]
    assert mondays == [
        "2026-10-05",
        "2026-10-12",
        "2026-10-19",
        "2026-10-26",
        "2026-11-02",
        "2026-11-09",
        "2026-11-16",
    ]
    assert [d[:10] for d in weekly if d.endswith("leader_digest weekly")] == mondays


def test_what_a_channel_shows_is_looked_at_until_two_months_after() -> None:
    """On the day itself, and not without a day."""

    def updates(day: date) -> list[str]:
        return [m.key for m in plan(everybody(round_()), day) if m.kind is MessageKind.SUMMARY_UPDATE]

    assert updates(date(2026, 12, 9)) == ["summary_update:7:posted:20261209:update:b9"]
    assert updates(date(2027, 1, 30)) != []
    assert updates(date(2027, 1, 31)) == []


def test_a_date_to_confirm_asks_the_leader_a_month_before() -> None:
    """Each that is not confirmed, doubtful or not."""
    days = {DeadlineKind.NEEDS: date(2026, 12, 1), DeadlineKind.REPORTING_NETWORK: date(2027, 1, 15)}
    asked = said(everybody(round_(days, Certainty.DOUBTFUL, confirmed=False)))
    assert asked == [
        "2026-08-17 dates_to_confirm start",
        "2026-11-03 dates_to_confirm month",
        "2026-12-18 dates_to_confirm month",
    ]


def test_a_meeting_that_is_cancelled_is_not_reminded_of() -> None:
    kept = round_(meetings=(MEETING,))
    gone = round_(meetings=(MEETING.model_copy(update={"cancelled": True}),))
    assert set(said(everybody(kept))) - set(said(everybody(gone))) == {
        "2027-01-04 channel_meeting week",
        "2027-01-08 meeting_reminder eve",
    }


def test_one_message_to_the_county_from_many_networks() -> None:
    """Its key has the year, not the network."""
    keys = {
        m.key
        for id in (7, 8)
        for m in plan(everybody(round_().model_copy(update={"id": id})))
        if m.kind is MessageKind.COUNTY_DIGEST
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    ("certainty", "confirmed", "reminds", "reports"),
    [
        (Certainty.AGREED, False, True, False),
        (Certainty.DOUBTFUL, False, False, False),
        (Certainty.SINGLE, False, False, False),
        (Certainty.DOUBTFUL, True, True, True),
    ],
)
def test_doubtful_dates_do_not_remind(
    certainty: Certainty, confirmed: bool, reminds: bool, reports: bool
) -> None:
    """Until somebody has confirmed them; reporting waits for that even where two sources agree."""
    kinds = {m.kind for m in plan(everybody(round_(DAYS, certainty, confirmed=confirmed)))}
    assert (MessageKind.HEAD_REMINDER in kinds) is reminds
    assert (MessageKind.BASIS_REMINDER in kinds) is reminds
    assert (MessageKind.REPORTING_REMINDER in kinds) is reports
