"""Whatever the rules refuse, the person gets a sentence about what to do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.conduct import conduct
from dialogs.events import Event, EventKind, Who
from dialogs.payloads import BadPayload
from domain.address import Address
from domain.errors import DomainError
from domain.needs import errors
from domain.needs.errors import (
    DayMissing,
    FormOff,
    Locked,
    Merged,
    NoOpenRound,
    NotAlone,
    NoteMissing,
    NotReady,
    Stale,
    UnknownReport,
    WrongState,
)
from domain.needs.models import Status
from domain.register.errors import NotInRegister
from messages import short
from messages.render import render_all
from tests.transcripts.stage import TENANT, Stage, oslo, shown

REFUSALS: tuple[DomainError, ...] = (
    Stale(),
    NoOpenRound(),
    UnknownReport(),
    *(WrongState(status) for status in Status),
    NoteMissing(),
    DayMissing(),
    DayMissing(in_future=True),
    NotAlone(),
    Merged(999),
    Locked(("themes",)),
    FormOff(1),
    BadPayload(),
    NotInRegister("person", 999),
)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A stage a week before the svarfrist."""
    made = Stage(tmp_path, oslo("2026-11-10 09:00"))
    yield made
    made.close()


def test_no_error_of_the_needs_is_left_out() -> None:
    """A new error wants its sentence: `NotReady` is answered where it arises, the others in one place."""
    of_needs = {c for c in DomainError.__subclasses__() if c.__module__ == errors.__name__}
    assert of_needs | {BadPayload, NotInRegister} == {type(r) for r in REFUSALS} | {NotReady}


@pytest.mark.parametrize("refused", REFUSALS, ids=lambda r: "-".join([type(r).__name__, *map(str, r.args)]))
@pytest.mark.parametrize("kind", [EventKind.SAID, EventKind.PRESSED])
def test_a_refusal_has_a_sentence(stage: Stage, refused: DomainError, kind: EventKind) -> None:
    """Rolled back and called again with the error, the turn answers in words."""
    kari = stage.people["Kari Nordli"]
    event = Event(
        key="1",
        kind=kind,
        activity_id="1",
        address=Address(
            tenant_id=TENANT,
            service_url="https://smba.trafficmanager.net/emea/",
            conversation_id="a:kari",
            kind="personal",
            bot_id="28:bot",
            user_id="29:kari",
            aad_object_id="kari",
        ),
        who=Who(TENANT, "kari", kari.name, (kari.email,)),
        text="send",
    )
    with stage.work() as uow:
        conducted = conduct(event, uow, stage.now, stage.world, refused)
    said = [m for m in render_all(conducted.replies, oslo("2026-11-10 09:00").date(), str) if not m.settles]
    assert said
    assert all((m.text or m.summary or "").rstrip().endswith((".", "?")) for m in said)


def test_not_ready_says_what_is_missing(stage: Stage) -> None:
    """Only the head was involved: the need is not sent, and the question comes again."""
    answers = (
        *("ja", "lek", "Noen barn blir ofte stående utenfor leken ute.", "Å støtte leken når den stopper."),
        *("Alle har noen å leke med.", "bare jeg", "Jeg tenkte på det alene.", "hele personalet, 12"),
        *("høsten 2027, ett år", "nei", "Lek for alle"),
    )
    stage.say("Kari Nordli", "meld behov")
    for answer in answers:
        stage.say("Kari Nordli", answer)
    heard = "\n".join(shown(h) for h in stage.say("Kari Nordli", "send"))
    assert short.NOT_SUBMITTED["only_head"] in heard
    assert "Hvem har vært med" in heard


@pytest.mark.parametrize("stored", [True, False])
def test_a_failure_says_whether_it_is_stored(stored: bool) -> None:
    """Said only when it is so, with a code to name."""
    text = short.failure("a1b2c3", stored=stored).text or ""
    assert "a1b2c3" in text
    assert ("er lagret" in text) is stored
    assert ("ikke lagret" in text) is not stored
