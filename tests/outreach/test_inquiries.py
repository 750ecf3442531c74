"""What is said of a question to the leader is looked at again when it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.inquiries import answering, asking
from domain.inquiries.models import Inquiry
from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.content import content_of
from domain.outreach.notices.inquiries import InquiryNotice
from domain.ports import UnitOfWork
from domain.register.models import Role
from tests.transcripts.stage import Stage, oslo


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    yield made
    made.close()


def ask(stage: Stage, uow: UnitOfWork) -> Inquiry:
    """Kari asks the leader of her network."""
    kari = stage.people["Kari Nordli"].id
    network = uow.register.network_by_name("Gauldal")
    assert network is not None
    return asking.ask(uow, kari, Role.HEAD, network.id, "Dekkes vikar?", stage.now).inquiry


def said(stage: Stage, uow: UnitOfWork, kind: MessageKind, to: str) -> InquiryNotice | None:
    """What the message of this kind says now."""
    message = OutboxMessage(
        key="x", kind=kind, person_id=stage.people[to].id, params={"inquiry": 1}, due_at=stage.now
    )
    found = content_of(uow, message, stage.now)
    assert found is None or isinstance(found, InquiryNotice)
    return found


def test_the_leader_is_told_while_it_is_open(stage: Stage) -> None:
    with stage.work() as uow:
        asked = ask(stage, uow)
        notice = said(stage, uow, MessageKind.INQUIRY_ASKED, "Ingrid Moen")
        assert notice == InquiryNotice(MessageKind.INQUIRY_ASKED, asked, "Kari Nordli")
        assert said(stage, uow, MessageKind.INQUIRY_ANSWERED, "Kari Nordli") is None
        done = answering.answer(uow, stage.people["Ingrid Moen"].id, asked.id, "Ja.", stage.now)
        assert said(stage, uow, MessageKind.INQUIRY_ASKED, "Ingrid Moen") is None
        notice = said(stage, uow, MessageKind.INQUIRY_ANSWERED, "Kari Nordli")
        assert notice == InquiryNotice(MessageKind.INQUIRY_ANSWERED, done, "Kari Nordli", "Ingrid Moen")
        assert said(stage, uow, MessageKind.INQUIRY_DECLINED, "Kari Nordli") is None


@pytest.mark.parametrize("name", ["Ola Fossen", "Per Aune"])
def test_only_who_leads_the_network_is_told(stage: Stage, name: str) -> None:
    with stage.work() as uow:
        ask(stage, uow)
        assert said(stage, uow, MessageKind.INQUIRY_ASKED, name) is None


def test_what_has_been_deleted_is_not_told_of(stage: Stage) -> None:
    with stage.work() as uow:
        assert said(stage, uow, MessageKind.INQUIRY_ASKED, "Ingrid Moen") is None
