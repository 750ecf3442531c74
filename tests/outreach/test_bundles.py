"""One reminder a day and person: what goes, what is said in it, and how it reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.outbox import REMINDERS, MessageKind, OutboxMessage
from domain.outreach.content import content_of
from domain.outreach.planning.bundles import Bundle, bundle
from domain.outreach.reminding.reminders import HeadReminder
from domain.register.models import Role, Scope, ScopeKind
from messages.bundles import HEADINGS
from messages.notices import render_content
from tests.messages.looking import actions, elements
from tests.transcripts.reading import as_text
from tests.transcripts.stage import Stage, oslo


def message(kind: MessageKind, person: int | None, step: str = "eve", **params: Any) -> OutboxMessage:
    return OutboxMessage(
        key=f"{kind.value}:{step}:{person}:{params}",
        kind=kind,
        person_id=person,
        binding_id=None if person else 1,
        params={"round": 1, "step": step, **params},
        due_at=oslo("2026-11-27 08:00"),
    )


def test_a_person_gets_one_the_most_urgent_first() -> None:
    """And the others are said in it; a channel's posts are no reminders."""
    summary = message(MessageKind.CHANNEL_SUMMARY, None, "week")
    digest = message(MessageKind.LEADER_DIGEST, 1, "after")
    meeting = message(MessageKind.MEETING_REMINDER, 1, meeting=4)
    owner = message(MessageKind.OWNER_REMINDER, 1, owner=2)
    other = message(MessageKind.HEAD_REMINDER, 2, kindergarten=3)
    found = bundle([summary, digest, meeting, owner, other])
    assert [(m.kind, m.key) for m in found.chosen] == [
        (MessageKind.CHANNEL_SUMMARY, summary.key),
        (MessageKind.MEETING_REMINDER, meeting.key),
        (MessageKind.HEAD_REMINDER, other.key),
    ]
    assert found.chosen[1].params["also"] == [
        ["owner_reminder", owner.params],
        ["leader_digest", digest.params],
    ]
    assert [m.key for m in found.covered] == [owner.key, digest.key]
    assert found.chosen[1].parts == [
        (MessageKind.MEETING_REMINDER, meeting.params),
        (MessageKind.OWNER_REMINDER, owner.params),
        (MessageKind.LEADER_DIGEST, digest.params),
    ]


def test_who_has_had_the_days_reminder_waits() -> None:
    found = bundle([message(MessageKind.HEAD_REMINDER, 1), message(MessageKind.HEAD_REMINDER, 2)], {2})
    assert [m.person_id for m in found.chosen] == [1]
    assert found.covered == []


def test_the_same_thing_is_said_once() -> None:
    """Two dates to confirm give one question, and an owner's reminder says what the digest would have said."""
    asked = [message(MessageKind.DATES_TO_CONFIRM, 1, step) for step in ("month", "start")]
    owner = [
        message(MessageKind.OWNER_DIGEST, 2, "after", owner=5),
        message(MessageKind.OWNER_REMINDER, 2, owner=5),
    ]
    found = bundle([*asked, *owner])
    assert all("also" not in m.params for m in found.chosen)
    assert [m.kind for m in found.chosen] == [MessageKind.DATES_TO_CONFIRM, MessageKind.OWNER_REMINDER]
    assert len(found.covered) == 2


def test_two_owners_of_one_person_are_both_told_of() -> None:
    """What is about another owner is another thing."""
    both = message(
        MessageKind.OWNER_REMINDER, 1, owner=5, also=[["owner_reminder", {"round": 1, "owner": 6}]]
    )
    found = bundle([both, message(MessageKind.OWNER_DIGEST, 1, "after", owner=6)])
    assert [m.params["also"] for m in found.chosen] == [[["owner_reminder", {"round": 1, "owner": 6}]]]


def test_every_reminder_has_its_heading() -> None:
    assert HEADINGS.keys() == REMINDERS


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, oslo("2026-11-16 08:00"))
    yield made
    made.close()


def current_round(stage: Stage) -> int:
    with stage.work() as uow:
        gauldal = uow.register.network_by_name("Gauldal")
        assert gauldal is not None
        current = uow.rounds.current(gauldal.id, date(2026, 11, 16))
        assert current is not None
        return current.id


def two(stage: Stage, kind: MessageKind, name: str, what: str) -> OutboxMessage:
    """A reminder of both things that somebody has the same role for."""
    with stage.work() as uow:
        roles = uow.register.roles_of(stage.people[name].id)
        first, second = [r.scope.id for r in roles if r.role in (Role.HEAD, Role.OWNER)][:2]
    asked = message(kind, stage.people[name].id)
    mine = {**asked.params, "round": current_round(stage), what: first}
    return asked.model_copy(update={"params": {**mine, "also": [[kind.value, {**mine, what: second}]]}})


def test_a_bundle_reads_as_one_message(stage: Stage) -> None:
    """One greeting, a heading for each thing, buttons that can be told apart, one that stands out."""
    with stage.work() as uow:
        per = stage.people["Per Aune"]
        rennebu = next(o for o in uow.register.all_owners() if o.name == "Rennebu kommune")
        owner = Scope(kind=ScopeKind.OWNER, id=rennebu.id)
        uow.register.add_person_role(per.name, per.email, Role.OWNER, owner)
    asked = two(stage, MessageKind.OWNER_REMINDER, per.name, "owner")
    with stage.work() as uow:
        content = content_of(uow, asked, stage.now)
    assert isinstance(content, Bundle)
    made = render_content(content, date(2026, 11, 16))
    assert made.card is not None
    text = as_text(made)
    assert text.count("Hei, Per!") == 1
    assert "Fristen til nettverket: Melhus kommune" in text
    assert "Fristen til nettverket: Rennebu kommune" in text
    titles = [a["title"] for a in actions(made.card)]
    assert len(titles) == len(set(titles)) <= 6
    assert sum(t.endswith(": Rennebu kommune") for t in titles) == 1
    assert [a.get("style") for a in actions(made.card)].count("positive") <= 1
    ids = [e["id"] for e in elements(made.card) if "id" in e]
    assert len(ids) == len(set(ids))


def test_what_has_been_done_meanwhile_is_not_said(stage: Stage) -> None:
    """A head of two kindergartens hears of the one that is left; of nothing when it is somebody else's."""
    both = two(stage, MessageKind.HEAD_REMINDER, "Guri Stavne", "kindergarten")
    with stage.work() as uow:
        content = content_of(uow, both, stage.now)
    assert isinstance(content, HeadReminder)
    assert (content.kindergarten, content.unanswered) == ("Lyngheia barnehage", 2)
    stage.say("Guri Stavne", "ingen behov")
    stage.press("Guri Stavne", "Gå videre", {"Barnehage": "Lyngheia barnehage"})
    stage.press("Guri Stavne", "Ja, ingen behov i år")
    with stage.work() as uow:
        content = content_of(uow, both, stage.now)
    assert isinstance(content, HeadReminder)
    assert (content.kindergarten, content.unanswered) == ("Soltun barnehage", 1)
    gone = both.model_copy(update={"person_id": stage.people["Kari Nordli"].id})
    with stage.work() as uow:
        assert content_of(uow, gone, stage.now) is None
