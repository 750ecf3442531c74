"""The summary of a channel: what it says, what it replaces, how often it comes; and the county's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from domain.address import Address
from domain.clock import OSLO
from domain.needs.channel_counts import Rough
from domain.needs.errors import UnknownReport
from domain.needs.models import Status
from domain.needs.networks import closing
from domain.needs.overview import NetworkStanding, network_standing
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach import summaries
from domain.outreach.content import content_of
from domain.outreach.digests import county
from domain.outreach.summaries import ChannelSummary
from domain.ports import UnitOfWork
from domain.rounds.models import DeadlineKind
from tests.needs.town import COMPLETE, NOW, Town

LATER = NOW + timedelta(days=1)
MELHUS = ("Solbakken", "Bekkefaret", "Tirilstien", "Nøtteliten")


@pytest.fixture
def channel(town: Town, work: UnitOfWork) -> int:
    """A channel of Gauldal."""
    address = Address(
        "tenant", "https://smba.example/", "19:gauldal", "channel", "28:bot", "29:ingrid", "ingrid"
    )
    return work.identity.bind(town.networks["Gauldal"].id, address, town.people["Ingrid Moen"], NOW).id


def row(kind: MessageKind, **to: int) -> OutboxMessage:
    """A message of a kind, to a channel or a person."""
    return OutboxMessage(key="key", kind=kind, due_at=NOW, **to)


def said(work: UnitOfWork, channel: int, kind: MessageKind, now: datetime = NOW) -> ChannelSummary | None:
    """What a message of the kind says in the channel now."""
    content = content_of(work, row(kind, binding_id=channel), now)
    assert content is None or isinstance(content, ChannelSummary)
    if kind is MessageKind.SUMMARY_UPDATE and (binding := work.identity.binding(channel)) is not None:
        found = summaries.outdated(work, standing(work, binding.network_id, now))
        assert (channel in found) == bool(content)
    return content


def standing(work: UnitOfWork, network_id: int, now: datetime) -> NetworkStanding:
    """How the channel's network stands."""
    current = work.rounds.current(network_id, now.date())
    assert current is not None
    return network_standing(work, work.register.network(network_id), current, now)


def posted(work: UnitOfWork, channel: int, activity_id: str, now: datetime = NOW) -> ChannelSummary:
    """A summary has gone into the channel."""
    content = said(work, channel, MessageKind.CHANNEL_SUMMARY, now)
    assert content is not None
    summaries.posted(work, channel, content, activity_id, now)
    return content


def report(town: Town, work: UnitOfWork, *places: str, status: Status = Status.REPORTED) -> None:
    """The owner of these sends what they have."""
    needs = [town.need(work, status, place) for place in places]
    town.sent(work, *needs)


def test_only_what_owners_have_sent(town: Town, work: UnitOfWork, channel: int) -> None:
    """Sent to the owner or approved is not with the network; without a need counts once the owner has sent."""
    for place in ("Steinrøysa", "Blåklokka", "Reinlia"):
        town.need(work, Status.SENT_TO_OWNER, place)
    report(town, work, *MELHUS)
    for place in ("Elvesvingen", "Grankongla", "Smørblomsten"):
        town.need(work, Status.NO_NEED, place, answers={"need": "no"})
    found = said(work, channel, MessageKind.CHANNEL_SUMMARY)
    assert found is not None
    assert found.counts is not None
    assert (found.counts.owners_sent, found.counts.with_need, found.counts.without_need) == (1, 4, 3)
    assert dict(found.counts.themes) == dict.fromkeys(COMPLETE["themes"], 4)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2026, 11, 22), DeadlineKind.DECISION_BASIS),
        (date(2027, 2, 1), DeadlineKind.DECISION_BASIS),
        (date(2027, 2, 2), DeadlineKind.RECOMMENDATION),
        (date(2027, 4, 1), DeadlineKind.GRANT_LETTER),
        (date(2027, 5, 1), None),
    ],
)
def test_what_comes_next(work: UnitOfWork, channel: int, today: date, kind: DeadlineKind | None) -> None:
    """The next date on the needs' way, on its own day too; reporting is not on it."""
    found = said(
        work,
        channel,
        MessageKind.CHANNEL_SUMMARY,
        datetime(today.year, today.month, today.day, 9, tzinfo=OSLO),
    )
    assert found is not None
    assert (found.following.kind if found.following else None) is kind


def test_an_update_comes_when_the_counts_differ(town: Town, work: UnitOfWork, channel: int) -> None:
    """It takes the place of the last post; that they are the same says nothing new."""
    assert said(work, channel, MessageKind.SUMMARY_UPDATE) is None
    posted(work, channel, "1")
    assert said(work, channel, MessageKind.SUMMARY_UPDATE, LATER) is None
    report(town, work, *MELHUS)
    update = said(work, channel, MessageKind.SUMMARY_UPDATE, LATER)
    assert update is not None
    assert update.counts is not None
    assert (update.updates, update.counts.with_need) == ("1", 4)
    summaries.posted(work, channel, update, "1", LATER)
    assert said(work, channel, MessageKind.SUMMARY_UPDATE, LATER) is None


def test_one_owner_with_one_kindergarten_is_no_difference_to_see(
    town: Town, work: UnitOfWork, channel: int
) -> None:
    """The owners are counted at once; figures wait until three kindergartens stand behind the change.

    The same holds in another channel of the network, also one that was bound just now.
    """
    report(town, work, *MELHUS)
    posted(work, channel, "1")
    report(town, work, "Tyttebærtua")
    address = Address("tenant", "https://smba.example/", "19:other", "channel", "28:bot", "29:i", "i")
    other = work.identity.bind(town.networks["Gauldal"].id, address, town.people["Ingrid Moen"], NOW).id
    for where in (channel, other):
        found = posted(work, where, "2", LATER)
        assert found.counts is not None
        assert (found.counts.owners_sent, found.counts.with_need, found.counts.later) == (2, 4, True)
    report(town, work, "Fjellvåken", "Reinlia")
    found = posted(work, channel, "3", LATER)
    assert found.counts is not None
    assert (found.counts.with_need, found.counts.later) == (7, False)


def test_a_new_round_begins_anew(town: Town, work: UnitOfWork, channel: int) -> None:
    """What was shown last year holds nothing back, and its post stays as it is."""
    before = posted(work, channel, "1")
    last = work.outreach.posted(channel)
    current = work.rounds.get(before.round_id)
    ended = work.rounds.save(
        current.model_copy(
            update={"id": 0, "label": "2025/26", "starts": date(2025, 8, 1), "ends": date(2026, 7, 31)}
        )
    )
    assert last is not None
    work.outreach.save_posted(last.model_copy(update={"round_id": ended.id}))
    report(town, work, *MELHUS)
    assert said(work, channel, MessageKind.SUMMARY_UPDATE) is None
    found = said(work, channel, MessageKind.CHANNEL_SUMMARY)
    assert found is not None
    assert found.counts is not None
    assert found.counts.with_need == 4


def test_a_summary_that_somebody_asked_for_is_the_one_that_is_updated(
    town: Town, work: UnitOfWork, channel: int
) -> None:
    """Until its message is known nothing can be updated, and what it shows counts all the same."""
    posted(work, channel, "")
    report(town, work, *MELHUS)
    assert said(work, channel, MessageKind.SUMMARY_UPDATE) is None
    summaries.arrived(work, channel, "7")
    summaries.arrived(work, channel, "8")
    update = said(work, channel, MessageKind.SUMMARY_UPDATE)
    assert update is not None
    assert update.updates == "7"


def test_with_the_form_off_nobody_is_counted(town: Town, work: UnitOfWork, channel: int) -> None:
    """A post with counts is made to say so, and is left alone after that."""
    posted(work, channel, "1")
    leader = town.people["Ingrid Moen"]
    closing.switch_form(work, leader, town.networks["Gauldal"].id, False, NOW)
    update = said(work, channel, MessageKind.SUMMARY_UPDATE)
    assert update is not None
    assert (update.counts, update.updates) == (None, "1")
    summaries.posted(work, channel, update, "1", LATER)
    assert work.outreach.posted(channel) is None
    assert said(work, channel, MessageKind.SUMMARY_UPDATE) is None


def test_nothing_goes_to_a_channel_that_is_not_bound_any_more(work: UnitOfWork, channel: int) -> None:
    """Neither new nor in place."""
    posted(work, channel, "1")
    work.identity.unbind("19:gauldal")
    assert said(work, channel, MessageKind.CHANNEL_SUMMARY) is None
    assert said(work, channel, MessageKind.SUMMARY_UPDATE) is None


@pytest.mark.parametrize("name", ["Ingrid Moen", "Tuva Sørgård"])
def test_the_leader_chooses_a_summary_every_week(town: Town, work: UnitOfWork, name: str) -> None:
    """On and off, each once, with a row in the log."""
    network, me = town.networks["Gauldal"].id, town.people[name]
    assert summaries.switch_weekly(work, me, network, True, NOW)
    assert not summaries.switch_weekly(work, me, network, True, NOW)
    current = work.rounds.current(network, NOW.date())
    assert current is not None
    assert current.weekly
    assert summaries.switch_weekly(work, me, network, False, LATER)
    rows = [(r.person_id, r.before, r.after) for r in work.audit.of("round", current.id)]
    off, on = "ukentlig sammendrag av", "ukentlig sammendrag på"
    assert rows[-2:] == [(me, off, on), (me, on, off)]


@pytest.mark.parametrize("name", ["Ola Fossen", "Per Aune", "Bodil Strøm"])
def test_nobody_else_does(town: Town, work: UnitOfWork, name: str) -> None:
    """Another network's leader, an owner, the county."""
    with pytest.raises(UnknownReport):
        summaries.switch_weekly(work, town.people[name], town.networks["Gauldal"].id, True, NOW)


def test_the_county_sees_what_every_channel_may_see(town: Town, work: UnitOfWork, channel: int) -> None:
    """All networks side by side, with the same figures and the same held back."""
    report(town, work, *MELHUS)
    posted(work, channel, "1")
    report(town, work, "Tyttebærtua")
    bodil = town.people["Bodil Strøm"]
    found = content_of(work, row(MessageKind.COUNTY_DIGEST, person_id=bodil), NOW)
    assert isinstance(found, county.CountySummary)
    assert [n.network for n in found.networks] == ["Fosen", "Gauldal"]
    assert found.networks[1] == said(work, channel, MessageKind.CHANNEL_SUMMARY)
    counts = found.networks[0].counts
    assert counts is not None
    assert (counts.owners_sent, counts.owners_total, counts.with_need) == (0, 8, 0)


@pytest.mark.parametrize("name", ["Sindre Holm", "Ingrid Moen", "Helene Vik"])
def test_nobody_but_the_county_gets_the_countys(town: Town, work: UnitOfWork, name: str) -> None:
    """Not the administrator, though that role too is for all networks."""
    assert content_of(work, row(MessageKind.COUNTY_DIGEST, person_id=town.people[name]), NOW) is None


def test_a_single_need_is_said_in_words(town: Town, work: UnitOfWork, channel: int) -> None:
    """One kindergarten, and no theme of it; kept so, and no reason to change the post."""
    report(town, work, "Tyttebærtua")
    found = posted(work, channel, "1")
    assert said(work, channel, MessageKind.SUMMARY_UPDATE, LATER) is None
    assert found.counts is not None
    assert (found.counts.with_need, found.counts.themes) == (Rough.FEW, ())
