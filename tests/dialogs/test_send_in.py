"""The owner's cards: old, foreign and simultaneous presses change nothing that they should not, and say so."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from domain.needs.heads import head as heads
from domain.needs.models import OwnersReport, OwnersStatus, Source, Status
from domain.needs.owners import owner as owners
from domain.register import rights
from tests.protocol.need import ANSWERS as COMPLETE
from tests.storage.seeds import at_once
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, shown

PER, ANNE, CAMILLA, OYSTEIN = "Per Aune", "Anne Haugen", "Camilla Rød", "Øystein Brekke"


def approved(stage: Stage, head: str, owner: str, title: str = "Lek for alle", **other: Any) -> int:
    """A need of the head's kindergarten that its owner has approved."""

    with stage.work() as uow:
        me = stage.people[head].id
        place = rights.heads(uow.register.roles_of(me))[0]
        draft = heads.start(uow, me, place, stage.now)
        written = heads.answer(
            uow, me, draft.id, draft.version, {**COMPLETE, "title": title, **other}, stage.now
        )
        sent = heads.submit(uow, me, written.id, written.version, stage.now)
        return owners.approve(uow, stage.people[owner].id, [sent.id], stage.now).now[0].id


def reports(stage: Stage, network_of: int) -> list[OwnersReport]:
    """The consolidated reports of the round that a need stands in."""
    with stage.work() as uow:
        need = uow.needs.get(network_of)
        assert need is not None
        return uow.owners_reports.in_round(need.round_id)


def status(stage: Stage, need_id: int) -> Status:
    with stage.work() as uow:
        need = uow.needs.get(need_id)
    assert need is not None
    return need.status


def said(heard: list[Heard]) -> str:
    return "\n".join(shown(h) for h in heard)


def at_the_summary(stage: Stage, who: str = PER) -> tuple[str, dict[str, Any]]:
    """Everything obligatory is answered; the button that sends, to be pressed later."""
    stage.say(who, "send inn")
    stage.say(who, "Lek er satsing i planen vår fram til 2028.")
    stage.say(who, "ja")
    return button(stage, who, "Ja, send til nettverket")


def button(stage: Stage, who: str, title: str) -> tuple[str, dict[str, Any]]:
    message, payload = find_button(stage.chat(who).messages, title, {})
    return message.id, payload


def test_what_the_needs_call_for_is_one_question_also_when_asked_again(stage: Stage) -> None:
    """It stands alone, however many the group has; and one can write oneself past it."""
    approved(stage, "Kari Nordli", PER, special=["support"], support=["ppt"], ppt="asked")
    stage.say(PER, "send inn")
    stage.say(PER, "Lek er satsing i planen vår fram til 2028.")
    assert "spørsmål 1 av 1" in said(stage.say(PER, "ja"))
    again = said(stage.say(PER, "blåbær"))
    assert "spørsmål 1 av 1" in again
    assert "av 3" not in again
    assert "[Ja, send til nettverket]" in said(stage.say(PER, "Til oppsummeringen"))


def test_sent_twice_is_sent_once(stage: Stage) -> None:
    """The second press of the same card hears that it is done."""
    need = approved(stage, "Kari Nordli", PER)
    message, payload = at_the_summary(stage)
    first = stage.send_payload(PER, payload, message)
    assert "1 behov er sendt" in said(first)
    again = stage.send_payload(PER, payload, message)
    assert "allerede behandlet" in said(again)
    assert [r.status for r in reports(stage, need)] == [OwnersStatus.SENT]


def test_a_need_approved_meanwhile_is_shown_before_anything_goes(stage: Stage) -> None:
    """What is sent is what was seen."""
    first = approved(stage, "Kari Nordli", PER)
    message, payload = at_the_summary(stage)
    second = approved(stage, "Silje Gravråk", PER, "De minstes lek")
    heard = stage.send_payload(PER, payload, message)
    assert "gammelt" in said(heard)
    assert "De minstes lek" in said(heard)
    assert {status(stage, i) for i in (first, second)} == {Status.APPROVED}


FOREIGN: list[dict[str, Any]] = [
    {"verb": "submit_owners", "report": 1, "v": 3},
    {"verb": "change_owners", "report": 1, "change": "plan"},
    {"verb": "answer_owners", "report": 1, "step": "plan", "v": 3, "plan": "Ikke deres."},
    {"verb": "skip_owners", "report": 1, "step": "input", "v": 3},
    {"verb": "joint_report", "report": 1},
    {"verb": "invite_owners", "report": 1, "v": 3, "invited": "7"},
    {"verb": "take_out_owners", "report": 1, "v": 3, "taken_out": "7"},
    {"verb": "answer_joint", "report": 1, "owner": 1, "joins": True},
    {"verb": "begin_common", "owner": 1, "network": 1, "covered": "all"},
    {"verb": "merge_chosen", "owner": 1, "network": 1, "to_merge": "1,2"},
    {"verb": "merge_named", "reports": [1, 2], "common_title": "Lek for alle"},
    {"verb": "split_need", "report": 1, "v": 4},
]


@pytest.mark.parametrize("who", ["Kari Nordli", ANNE, "Ingrid Moen"])
def test_what_is_another_owners_cannot_be_touched(stage: Stage, who: str) -> None:
    """Whatever the card claims, the rights are looked up: for the head, another owner, the leader."""
    need = approved(stage, "Kari Nordli", PER)
    approved(stage, "Silje Gravråk", PER, "De minstes lek")
    stage.say(PER, "send inn")
    stage.say(PER, "1, 2")
    before = reports(stage, need)
    for payload in FOREIGN:
        assert "ikke tilgang" in said(stage.send_payload(who, payload, None)), payload["verb"]
    assert reports(stage, need) == before
    assert status(stage, need) is Status.APPROVED


def test_what_was_written_on_an_overtaken_card_is_not_lost(stage: Stage) -> None:
    """The report changed under it: nothing is stored, and the text stands in the card that comes."""
    approved(stage, "Kari Nordli", PER)
    stage.say(PER, "send inn")
    message, payload = button(stage, PER, "Lagre og gå videre")
    payload["plan"] = "Lek er satsing i planen vår."
    need = approved(stage, "Silje Gravråk", PER, "De minstes lek")
    stage.say(PER, "send inn")
    heard = stage.send_payload(PER, payload, message)
    assert "plan" not in reports(stage, need)[0].answers
    assert "Lek er satsing i planen vår." in said(heard)


def test_an_order_that_is_none_is_asked_for_again(stage: Stage) -> None:
    """With one sentence about what to do; nothing is stored."""
    need = approved(stage, "Kari Nordli", PER)
    approved(stage, "Silje Gravråk", PER, "De minstes lek")
    stage.say(PER, "send inn")
    for text in ("4", "1, 1", "0", "lek først", "🙂", "2" * 500):
        assert "bare én gang" in said(stage.say(PER, text)), text
    assert "order" not in reports(stage, need)[0].answers


def test_one_number_puts_a_need_first(stage: Stage) -> None:
    """The others keep their order."""
    one = approved(stage, "Kari Nordli", PER)
    two = approved(stage, "Silje Gravråk", PER, "De minstes lek")
    three = approved(stage, "Marit Eidsmo", PER, "Språk i alle rom")
    stage.say(PER, "send inn")
    before = reports(stage, one)[0].report_ids
    stage.say(PER, "3")
    after = reports(stage, one)[0].report_ids
    assert set(after) == {one, two, three}
    assert after == (before[2], before[0], before[1])


def test_common_needs_can_be_for_one_municipality(stage: Stage) -> None:
    """Chosen together with one from another; nothing chosen is asked for again."""
    stage.say(CAMILLA, "felles behov")
    stage.press(CAMILLA, "Gauldal")
    heard = stage.press(CAMILLA, "Gå videre", {"Barnehager": ""})
    assert "Velg minst én" in said(heard)
    stage.press(CAMILLA, "Gå videre", {"Barnehager": "Alle i Melhus (3), Trollgnisten Eplehagen"})
    with stage.work() as uow:
        found = [uow.needs.get(i) for i in range(1, 4)]
    drafts = [r for r in found if r is not None]
    assert [(r.source, len(r.kindergartens)) for r in drafts] == [(Source.OWNER, 3)]


def test_an_owner_with_one_kindergarten_has_nothing_to_write_for_several(stage: Stage) -> None:
    """And is told who reports there."""
    assert "bare én barnehage" in said(stage.say(ANNE, "felles behov"))


def test_merging_is_the_owners(stage: Stage) -> None:
    """A head who writes the words is told so."""
    for words in ("slå sammen", "del opp", "felles behov", "felles melding"):
        assert "eier" in said(stage.say("Kari Nordli", words)).lower()


def test_confirming_what_is_sent_changes_nothing(stage: Stage) -> None:
    """An old card of the asked owner's."""
    mine, theirs = approved(stage, "Kari Nordli", PER), approved(stage, ANNE, ANNE, "Lek på tvers")
    at_the_summary(stage)
    stage.press(PER, "Felles melding")
    stage.say(ANNE, "hei")
    stage.press(PER, "Spør de valgte", {"Spør disse eierne": "Tyttebærtua barnehage AS"})
    stage.say(ANNE, "felles melding")
    message, payload = button(stage, ANNE, "Bekreft")
    stage.press(PER, "Ta ut de valgte", {"Ta ut disse eierne": "Tyttebærtua barnehage AS"})
    assert "ikke tilgang" in said(stage.send_payload(ANNE, payload, message))
    stage.press(PER, "Til oppsummeringen")
    assert "1 behov er sendt" in said(stage.press(PER, "Ja, send til nettverket"))
    assert (status(stage, mine), status(stage, theirs)) == (Status.REPORTED, Status.APPROVED)


def test_two_people_of_an_owner_press_at_once(stage: Stage) -> None:
    """One receipt; the other hears that it is done, and nobody meets an exception."""
    need = approved(stage, "Linda Hovin", CAMILLA)
    at_the_summary(stage, CAMILLA)
    stage.say(OYSTEIN, "send inn")

    def press(who: str) -> str:
        message, payload = button(stage, who, "Ja, send til nettverket")
        return said(stage.send_payload(who, payload, message))

    heard = at_once(*(partial(press, who) for who in (CAMILLA, OYSTEIN)))
    assert not [h for h in heard if isinstance(h, Exception)]
    assert sum("1 behov er sendt" in str(h) for h in heard) == 1
    assert sum("allerede behandlet" in str(h) for h in heard) == 1
    assert status(stage, need) is Status.REPORTED
