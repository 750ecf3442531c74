"""Several needs of one kindergarten: drafts, the order of importance, taking back, copying, sent back."""

from __future__ import annotations

from datetime import date

import pytest

from domain.needs import registering
from domain.needs.errors import Locked, Stale, UnknownReport
from domain.needs.heads import head, ranking
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners import owner
from domain.register import rights
from domain.rounds.models import Round, standard_deadlines
from tests.dialogs.heads import CORE, KARI, PER, need, sent_by_whole_card, text
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Stage


def two(stage: Stage) -> tuple[NeedsReport, NeedsReport]:
    """One need sent, another begun."""
    sent_by_whole_card(stage)
    stage.press(KARI, "Meld et behov til")
    stage.press(KARI, "Ja, noe nytt")
    return need(stage, 1), need(stage, 2)


def test_the_order_is_stored_and_each_place_is_given_once(stage: Stage) -> None:
    """S41, by compare and set."""
    first, second = two(stage)
    me, at = stage.people[KARI].id, stage.now
    there = first.kindergarten_id
    with stage.work() as uow:
        ranked = ranking.set_order(uow, me, there, [(2, second.version), (1, first.version)], at)
    assert [(r.id, r.rank) for r in ranked] == [(2, 1), (1, 2)]
    assert (need(stage, 1).rank, need(stage, 2).rank) == (2, 1)
    with stage.work() as uow, pytest.raises(Stale):
        ranking.set_order(uow, me, there, [(1, first.version), (2, second.version)], at)
    now = need(stage, 2).version
    with stage.work() as uow, pytest.raises(Stale):
        ranking.set_order(uow, me, there, [(2, now)], at)
    with stage.work() as uow, pytest.raises(UnknownReport):
        ranking.set_order(uow, stage.people["Silje Gravråk"].id, there, [(1, 1), (2, 1)], at)
    assert (need(stage, 1).rank, need(stage, 2).rank) == (2, 1)


def test_an_old_card_of_the_order_changes_nothing(stage: Stage) -> None:
    """Pressed again after something has changed."""
    two(stage)
    stage.say(KARI, "sett rekkefølge")
    _, payload = find_button(stage.chat(KARI).messages, "Lagre rekkefølgen", {"rank_1": "2", "rank_2": "1"})
    stage.send_payload(KARI, payload, None)
    before = need(stage, 1), need(stage, 2)
    assert "gammelt" in text(stage.send_payload(KARI, payload, None))
    assert (need(stage, 1), need(stage, 2)) == before


def test_a_sent_need_is_taken_back_after_asking(stage: Stage) -> None:
    """The owner is told, and it counts no more."""
    stage.say(PER, "hei")
    sent_by_whole_card(stage)
    stage.say(KARI, "mine meldinger")
    assert "Vil du trekke «Lek for alle»?" in text(stage.press(KARI, "Trekk meldingen"))
    assert need(stage).status is Status.SENT_TO_OWNER
    stage.press(KARI, "Ja, trekk det")
    assert need(stage).status is Status.WITHDRAWN


def test_an_approved_need_is_not_taken_back(stage: Stage) -> None:
    """It is shown as it stands."""
    sent_by_whole_card(stage)
    stage.say(KARI, "mine meldinger")
    with stage.work() as uow:
        owner.approve(uow, stage.people[PER].id, [1], stage.now)
    heard = text(stage.press(KARI, "Trekk meldingen"))
    assert need(stage).status is Status.APPROVED
    assert "Godkjent av eier" in heard


def test_every_need_in_the_list_can_be_read(stage: Stage) -> None:
    """An approved one alone by its button; taken back by the owner also with the reason and when it was sent."""
    sent_by_whole_card(stage)
    per = stage.people[PER].id
    with stage.work() as uow:
        owner.approve(uow, per, [1], stage.now)
    stage.say(KARI, "mine meldinger")
    heard = text(stage.press(KARI, "Vis meldingen"))
    assert "Godkjent av eier." in heard
    assert CORE["today"] in heard
    assert "Trekk" not in heard
    with stage.work() as uow:
        owner.withdraw(uow, per, 1, need(stage).version, "Dere får hjelp fra PPT i stedet.", stage.now)
    stage.say(KARI, "mine meldinger")
    heard = text(stage.press(KARI, "Vis meldingen"))
    assert "Trukket." in heard
    assert "Begrunnelse: Dere får hjelp fra PPT i stedet." in heard
    assert "Versjon 1: sendt tirsdag 10. november" in heard
    sent_by_whole_card(stage, title="Språk for alle")
    stage.say(KARI, "mine meldinger")
    assert "Trukket." in text(stage.press(KARI, "Åpne den valgte", {"report": "1"}))


def test_a_draft_that_was_deleted_is_not_listed(stage: Stage) -> None:
    stage.say(KARI, "meld behov")
    stage.press(KARI, "Ja, noe nytt")
    stage.say(KARI, "mine meldinger")
    stage.press(KARI, "Slett utkastet")
    stage.press(KARI, "Ja, slett det")
    assert need(stage).status is Status.WITHDRAWN
    assert "Ikke svart ennå." in text(stage.say(KARI, "mine meldinger"))


def test_what_owner_and_leader_write_to_each_other_is_not_the_heads(stage: Stage) -> None:
    """A need that the network sent back to the owner is read without why."""
    sent_by_whole_card(stage)
    with stage.work() as uow:
        back = need(stage).model_copy(
            update={
                "status": Status.RETURNED_TO_OWNER,
                "comment": "Henger dette på greip?",
                "version": need(stage).version + 1,
            }
        )
        uow.needs.save(back)
    stage.say(KARI, "mine meldinger")
    heard = text(stage.press(KARI, "Vis meldingen"))
    assert "Sendt tilbake til eier." in heard
    assert "greip" not in heard


def test_a_need_that_the_owner_wrote_for_the_kindergarten_is_read_by_its_head_alone(stage: Stage) -> None:
    sent_by_whole_card(stage)
    with stage.work() as uow:
        common = need(stage).model_copy(
            update={"status": Status.APPROVED, "source": Source.OWNER, "version": need(stage).version + 1}
        )
        uow.needs.save(common)
    press = {"verb": "continue", "report": 1}
    assert CORE["today"] in text(stage.send_payload(KARI, press, None))
    assert "ikke tilgang" in text(stage.send_payload("Silje Gravråk", press, None))


def test_no_need_is_read_and_can_be_undone(stage: Stage) -> None:
    stage.say(KARI, "ingen behov")
    stage.press(KARI, "Ja, ingen behov i år")
    stage.say(KARI, "mine meldinger")
    stage.press(KARI, "Vis meldingen")
    stage.press(KARI, "Angre, vi har et behov")
    assert need(stage).status is Status.DRAFT


def send_back(stage: Stage, *steps: str) -> NeedsReport:
    """The owner wants more about some questions."""
    sent_by_whole_card(stage)
    version = need(stage).version
    with stage.work() as uow:
        return owner.return_to_head(
            uow, stage.people[PER].id, 1, version, "Skriv mer om målet.", stage.now, steps
        )


def test_only_what_is_pointed_at_is_asked_and_can_be_changed(stage: Stage) -> None:
    """One after the other with the owner's words, then the summary."""
    send_back(stage, "goal", "time")
    heard = text(stage.say(KARI, "fortsett"))
    assert "Melhus kommune ba om: Skriv mer om målet." in heard
    assert f"<Dette vil vi bli bedre til: {CORE['better']}>" in heard
    heard = text(
        stage.press(KARI, "Lagre og gå videre", {"better": "Å lede leken ute hver eneste dag i år."})
    )
    assert "<Start (for eksempel høsten 2027): høsten 2027>" in heard
    assert "Eier har bare bedt om nye svar på" in text(stage.say(KARI, "endre tema"))
    heard = text(stage.press(KARI, "Lagre og gå videre"))
    assert "<Hva vil du endre?: ( ) Mål ( ) Tid>" in heard
    assert "Eier har bare bedt" in text(stage.say(KARI, "nei, 20 ansatte"))
    assert need(stage).answers["headcount"] == 14
    heard = text(stage.say(KARI, "send"))
    assert "Versjon: 2" in heard
    assert need(stage).reopened == ()


def test_the_domain_locks_what_was_not_pointed_at(stage: Stage) -> None:
    """Whatever a card claims."""
    after = send_back(stage, "goal")
    with stage.work() as uow, pytest.raises(Locked):
        head.answer(uow, stage.people[KARI].id, 1, after.version, {"title": "Noe annet"}, stage.now)
    stage.say(KARI, "hele skjemaet")
    _, payload = find_button(stage.chat(KARI).messages, "Lagre", {})
    stage.send_payload(KARI, {**payload, "title": "Noe annet", "better": "Å lede leken hver dag i år."}, None)
    assert need(stage).title == CORE["title"]
    assert need(stage).answers["better"] == "Å lede leken hver dag i år."


def test_sent_back_without_pointing_opens_everything(stage: Stage) -> None:
    """The summary with the owner's words."""
    send_back(stage)
    heard = text(stage.say(KARI, "fortsett"))
    assert "Melhus kommune ba om: Skriv mer om målet." in heard
    stage.say(KARI, "endre tema")
    stage.say(KARI, "overganger")
    assert need(stage).answers["themes"] == ["transitions"]


def test_a_need_on_hold_from_last_year_is_offered_first(stage: Stage) -> None:
    """Its answers become a draft that knows where it came from; a start that is past is asked again."""
    sent_by_whole_card(stage)
    sent = need(stage)
    with stage.work() as uow:
        current = uow.rounds.get(sent.round_id)
        last = uow.rounds.save(
            Round(
                network_id=current.network_id,
                label="2025/26",
                starts=date(2025, 8, 1),
                ends=date(2026, 7, 31),
                deadlines=standard_deadlines(2025),
                form_version="2026.1",
            )
        )
        old = sent.model_copy(update={"round_id": last.id, "form_version": "2026.1", "number": None})
        answers = {**old.answers, "start": "H26", "gone": "Et felt som ikke finnes nå"}
        uow.needs.add(
            old.model_copy(update={"status": Status.GRANTED, "answers": {**answers, "title": "Ute"}})
        )
        held = uow.needs.add(old.model_copy(update={"status": Status.ON_HOLD, "answers": answers}))
    heard = text(stage.say(KARI, "kopier fra i fjor"))
    assert "(x) Lek for alle (2025/26, satt på vent)" in heard
    message, payload = find_button(stage.chat(KARI).messages, "Kopier den valgte", {})
    assert "Starten er passert" in text(stage.send_payload(KARI, payload, message.id))
    stage.send_payload(KARI, payload, message.id)
    copied = need(stage, 4)
    assert copied.copied_from == held.id
    assert copied.answers == {k: v for k, v in answers.items() if k not in ("start", "gone")}
    with stage.work() as uow:
        assert [row.after for row in uow.audit.of("needs_report", 4)] == ["utkast"]
        assert uow.needs.get(held.id) == held
        assert uow.needs.get(5) is None


def test_who_writes_on_behalf_goes_on_and_is_told_where_it_lies(stage: Stage) -> None:
    """The owner who registers what came by telephone: no word of it as the writer's own need."""
    with stage.work() as uow:
        there = uow.register.kindergartens_of_owner(
            rights.owners(uow.register.roles_of(stage.people[PER].id))[0]
        )
        registering.begin(uow, stage.people[PER].id, [there[0].id], Source.ORAL, stage.now)
    assert "Spørsmål 1 av 10" in text(stage.say(PER, "fortsett"))
    stage.say(PER, "hele skjemaet")
    heard = text(stage.press(PER, "Send til Melhus kommune", CORE))
    assert "Behovet ligger hos Melhus kommune." in heard
    assert "Mine meldinger" not in heard
    assert need(stage).status is Status.SENT_TO_OWNER


@pytest.mark.parametrize("written", ["endre tema", "tilbake"])
def test_a_sent_need_is_said_to_lie_with_the_owner(stage: Stage, written: str) -> None:
    """Nothing is open, but the owner can send it back; before anything is sent there is nothing."""
    assert "Du har ikke noe påbegynt." in text(stage.say(KARI, written))
    sent_by_whole_card(stage)
    assert "Be eier sende det tilbake" in text(stage.say(KARI, written))
    assert "Be eier sende det tilbake" in text(stage.say(KARI, "nei, 12 ansatte"))
    assert "Be eier" not in text(stage.say(KARI, "nei, hva er fristen?"))
    with stage.work() as uow:
        owner.approve(uow, stage.people[PER].id, [1], stage.now)
    assert "Be eier sende det tilbake" in text(stage.say(KARI, written))


def test_a_need_that_has_left_the_owner_is_not_promised_back(stage: Stage) -> None:
    """Nor one that the head has withdrawn."""
    sent_by_whole_card(stage)
    with stage.work() as uow:
        head.withdraw(uow, stage.people[KARI].id, 1, stage.now)
    assert "Du har ikke noe påbegynt." in text(stage.say(KARI, "endre tema"))


def test_a_draft_is_withdrawn_and_said_to_be(stage: Stage) -> None:
    """The text agrees with the state that is kept."""
    stage.say(KARI, "meld behov")
    stage.press(KARI, "Ja, noe nytt")
    stage.say(KARI, "mine meldinger")
    stage.press(KARI, "Slett utkastet")
    assert "Utkastet er trukket." in text(stage.press(KARI, "Ja, slett det"))
    assert need(stage).status is Status.WITHDRAWN


def test_an_owner_who_reports_is_pointed_to_what_owners_do(stage: Stage) -> None:
    """Heads answer for one kindergarten each; the owner has two other ways."""
    heard = text(stage.say(PER, "meld behov"))
    assert "«felles behov»" in heard
    assert "«registrer behov for»" in heard
    assert "felles behov" not in text(stage.say(PER, "ark til personalmøtet"))
