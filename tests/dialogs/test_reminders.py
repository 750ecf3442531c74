"""The buttons of reminders at other states than they were made for, and what somebody wants to be reminded of."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.outbox import MessageKind, OutboxMessage
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.reminding.putting_off import put_off
from domain.rounds.models import Deadline, DeadlineKind, round_label, round_period
from tests.dialogs.heads import KARI, PER, SOLBAKKEN, need, sent_by_whole_card, text
from tests.transcripts.stage import Stage, oslo

GURI = "Guri Stavne"
INGRID = "Ingrid Moen"
HELENE = "Helene Vik"
NEXT_YEAR = oslo("2027-11-10 09:00")


def remind(
    stage: Stage, name: str, kind: MessageKind = MessageKind.HEAD_REMINDER, step: str = "start", **params: Any
) -> dict[str, dict[str, Any]]:
    """A reminder arrives; its buttons by title, to be pressed whenever."""
    stage.say(name, "hei")
    with stage.work() as uow:
        person = stage.people[name]
        current = uow.rounds.current(1, stage.now.date())
        assert current is not None
        uow.outbox.add(
            OutboxMessage(
                key=f"{kind.value}:{current.id}:{step}:p{person.id}",
                kind=kind,
                person_id=person.id,
                params={"round": current.id, "step": step, **params},
                due_at=stage.now,
            )
        )
    stage._deliver()
    made = stage.chat(name).messages[-1].outgoing
    return {a["title"]: a["data"] for a in (made.card or {})["actions"]}


def kindergarten(stage: Stage, name: str) -> int:
    """The id of a kindergarten."""
    with stage.work() as uow:
        return next(k.id for k in uow.register.kindergartens_in_network(1) if k.name == name)


def owner_of(stage: Stage, name: str) -> int:
    """The id of the owner that somebody acts for."""
    with stage.work() as uow:
        return next(
            r.scope.id for r in uow.register.roles_of(stage.people[name].id) if r.role.value == "eier"
        )


def press(stage: Stage, name: str, data: dict[str, Any], **inputs: str) -> str:
    """A button of an old card."""
    return text(stage.send_payload(name, {**data, **inputs}, None))


def next_round(stage: Stage) -> None:
    """The year after: the round of the reminder is over."""
    starts, ends = round_period(2027)
    with stage.work() as uow:
        before = uow.rounds.current(1, stage.now.date())
        assert before is not None
        later = tuple(_a_year_on(d) for d in before.deadlines)
        values = {"id": 0, "label": round_label(2027), "starts": starts, "ends": ends, "deadlines": later}
        uow.rounds.save(before.model_copy(update=values))
    stage.now = NEXT_YEAR


def _a_year_on(deadline: Deadline) -> Deadline:
    return deadline.model_copy(update={"day": deadline.day.replace(year=deadline.day.year + 1)})


# --- the head's buttons ---------------------------------------------------------------------------------------


def test_the_reminder_leads_straight_to_the_need(stage: Stage) -> None:
    buttons = remind(stage, KARI, kindergarten=kindergarten(stage, SOLBAKKEN))
    assert list(buttons) == ["Meld behov", "Ingen behov i år", "Minn meg senere"]
    assert "Spørsmål 1 av 10" in press(stage, KARI, buttons["Meld behov"])
    stage.say(KARI, "ja")
    assert "Spørsmål 2 av 10" in press(stage, KARI, buttons["Meld behov"])
    begun = remind(stage, KARI, step="eve", kindergarten=kindergarten(stage, SOLBAKKEN))
    assert "Spørsmål 2 av 10" in press(stage, KARI, begun["Fortsett utkastet"])


def test_a_head_who_has_sent_sees_where_it_stands(stage: Stage) -> None:
    buttons = remind(stage, KARI, kindergarten=kindergarten(stage, SOLBAKKEN))
    sent_by_whole_card(stage)
    for title in ("Meld behov", "Ingen behov i år"):
        said = press(stage, KARI, buttons[title])
        assert "Solbakken barnehage har svart: «Lek for alle» er sendt til eier." in said
    assert "ikke noe jeg trenger å minne deg om" in press(stage, KARI, buttons["Minn meg senere"])
    with stage.work() as uow:
        assert uow.needs.get(2) is None


def test_the_draft_that_came_back_is_what_the_reminder_leads_to(stage: Stage) -> None:
    buttons = remind(stage, KARI, kindergarten=kindergarten(stage, SOLBAKKEN))
    sent_by_whole_card(stage)
    stage.say(PER, "til behandling")
    version = need(stage).version
    stage.send_payload(
        PER, {"verb": "return", "report": 1, "v": version, "comment": "Si litt mer om hverdagen."}, None
    )
    assert "Si litt mer om hverdagen." in press(stage, KARI, buttons["Meld behov"])


@pytest.mark.parametrize("title", ["Meld behov", "Ingen behov i år", "Minn meg senere"])
def test_a_heads_old_reminder_in_the_next_round(stage: Stage, title: str) -> None:
    buttons = remind(stage, KARI, kindergarten=kindergarten(stage, SOLBAKKEN))
    stage.say(KARI, "meld behov")
    stage.say(KARI, "ja")
    next_round(stage)
    said = press(stage, KARI, buttons[title])
    expected = {
        "Meld behov": "Spørsmål 1 av 10",
        "Ingen behov i år": "ikke har behov i år?",
        "Minn meg senere": "Når skal jeg minne deg igjen?",
    }
    assert expected[title] in said
    assert need(stage).answers == {"need": "new"}
    with stage.work() as uow:
        begun = uow.needs.get(2)
    if title == "Meld behov":
        assert begun is not None
        assert begun.round_id != need(stage).round_id
    else:
        assert begun is None


@pytest.mark.parametrize("title", ["Meld behov", "Ingen behov i år", "Minn meg senere"])
def test_a_heads_old_reminder_between_rounds_and_for_a_head_no_more(stage: Stage, title: str) -> None:
    place = kindergarten(stage, SOLBAKKEN)
    buttons = remind(stage, KARI, kindergarten=place)
    stage.now = NEXT_YEAR
    said = press(stage, KARI, buttons[title])
    assert "ingen åpen runde" in said or "ikke noe jeg trenger å minne deg om" in said
    stage.now = oslo("2026-11-10 10:00")
    foreign = press(stage, GURI, buttons[title])
    if title == "Minn meg senere":
        assert "ikke noe jeg trenger å minne deg om" in foreign
    else:
        assert "Det har du ikke tilgang til." in foreign


def test_a_head_of_several_is_asked_which_among_those_left(stage: Stage) -> None:
    with stage.work() as uow:
        own = [r.scope.id for r in uow.register.roles_of(stage.people[GURI].id)]
        names = [uow.register.kindergarten(i).name for i in own]
    buttons = remind(stage, GURI, kindergarten=own[0])
    said = text_of(stage, GURI)
    assert "Ingen av dine to barnehager har svart." in said
    asked = press(stage, GURI, buttons["Ingen behov i år"])
    assert all(name in asked for name in names)
    stage.press(GURI, "Gå videre")
    stage.press(GURI, "Ja, ingen behov i år")
    assert f"at {names[1]} ikke har behov i år?" in press(stage, GURI, buttons["Ingen behov i år"])
    stage.press(GURI, "Ja, ingen behov i år")
    assert "Alle de to barnehagene dine har svart." in press(stage, GURI, buttons["Meld behov"])


def text_of(stage: Stage, name: str) -> str:
    """The last message in somebody's chat."""
    made = stage.chat(name).messages[-1].outgoing
    return str(made.card)


# --- the owner's ----------------------------------------------------------------------------------------------


def test_the_owners_old_buttons_say_where_things_stand(stage: Stage) -> None:
    sent_by_whole_card(stage)
    mine = owner_of(stage, PER)
    buttons = remind(stage, PER, MessageKind.OWNER_REMINDER, owner=mine)
    assert list(buttons) == ["Les og godkjenn", "Minn dem", "Minn meg senere"]
    stage.say(PER, "godkjenn alle")
    assert "Ingen behov venter" in press(stage, PER, buttons["Les og godkjenn"])
    approved = remind(stage, PER, MessageKind.OWNER_REMINDER, step="late", owner=mine)
    assert list(approved) == ["Send til nettverket", "Minn dem", "Minn meg senere"]
    assert "Jeg minner" in press(stage, PER, buttons["Minn dem"])
    assert "allerede minnet" in press(stage, PER, buttons["Minn dem"])
    next_round(stage)
    assert "Ingen behov venter" in press(stage, PER, buttons["Les og godkjenn"])
    assert "ikke noe å sende" in press(stage, PER, approved["Send til nettverket"])
    assert "Når skal jeg minne deg igjen?" in press(stage, PER, buttons["Minn meg senere"])
    stage.now = NEXT_YEAR.replace(year=2029)
    assert "ikke noe jeg trenger å minne deg om" in press(stage, PER, buttons["Minn meg senere"])
    assert (
        press(stage, KARI, buttons["Minn dem"])
        == "Det har du ikke tilgang til. Skriv «hei» for å se det som er ditt."
    )


# --- what one wants -------------------------------------------------------------------------------------------


def choice(stage: Stage, name: str = KARI) -> ReminderChoice:
    """What somebody has chosen."""
    with stage.work() as uow:
        return uow.outreach.choice(stage.people[name].id)


def test_an_old_card_changes_nothing(stage: Stage) -> None:
    stage.say(KARI, "påminnelser")
    made = stage.chat(KARI).messages[-1].outgoing
    old = {a["title"]: a["data"] for a in (made.card or {})["actions"]}
    stage.say(KARI, "minn meg sjeldnere")
    for title, inputs in (("Slå av påminnelser", {}), ("Ta pause", {"pause_until": "om en uke"})):
        assert "Det kortet var gammelt" in press(stage, KARI, old[title], **inputs)
        assert choice(stage).level is Level.FEWER
        assert choice(stage).paused_until is None
    assert "gammelt" not in press(stage, KARI, old["Bare den siste før en frist"])


def test_pressing_twice_acts_once(stage: Stage) -> None:
    stage.say(KARI, "påminnelser")
    made = stage.chat(KARI).messages[-1].outgoing
    off = next(a["data"] for a in (made.card or {})["actions"] if a["title"] == "Slå av påminnelser")
    assert press(stage, KARI, off) == press(stage, KARI, off)
    assert choice(stage).level is Level.OFF


@pytest.mark.parametrize("said", ["ikke minn meg mer", "slutt å mase", "Stopp påminnelsene!"])
def test_words_that_turn_reminders_off(stage: Stage, said: str) -> None:
    assert "Påminnelsene er slått av." in text(stage.say(KARI, said))
    assert choice(stage) == ReminderChoice(person_id=stage.people[KARI].id, level=Level.OFF)


def test_a_text_in_a_form_that_names_no_day_is_its_answer(stage: Stage) -> None:
    for said in ("meld behov", "ja", "lek"):
        stage.say(KARI, said)
    stage.say(KARI, "Pause i leken er vanskelig")
    assert need(stage).answers["today"] == "Pause i leken er vanskelig"
    stage.say(KARI, "minn meg om at barna leker")
    assert "minn meg om at barna leker" in str(need(stage).answers)


def test_putting_off_in_a_form_keeps_what_is_written(stage: Stage) -> None:
    for said in ("meld behov", "ja", "lek"):
        stage.say(KARI, said)
    said = text(stage.say(KARI, "minn meg på fredag"))
    assert "Utkastet er lagret." in said
    assert "Jeg minner deg fredag 13. november kl. 08." in said
    assert need(stage).answers == {"need": "new", "themes": ["play"]}
    with stage.work() as uow:
        assert len(put_off(uow, stage.people[KARI].id, stage.now)) == 1


def test_a_head_of_several_puts_off_all_of_them(stage: Stage) -> None:
    assert "Det gjelder svarene fra to av barnehagene dine." in text(stage.say(GURI, "minn meg på fredag"))


def test_the_reminder_after_the_svarfrist_says_when_the_owners_own_date_is_today(stage: Stage) -> None:
    stage.say(KARI, "hei")
    stage.now = oslo("2026-12-01 09:00")
    remind(stage, KARI, step="late", kindergarten=kindergarten(stage, SOLBAKKEN))
    assert "Svarfristen var tirsdag 17. november. Eiers frist er i dag" in text_of(stage, KARI)


def test_what_comes_anyway_and_who_sees_it(stage: Stage) -> None:
    shown = text(stage.say(KARI, "påminnelser"))
    assert "når eier purrer, og når en dato eller et møte endres" in shown
    assert "Lederen for nettverket kan se hvem som har tatt pause eller slått av." in shown


def test_in_a_channel_it_moves_to_the_own_chat(stage: Stage) -> None:
    stage.say(KARI, "hei")
    heard = text(stage.say(KARI, "minn meg på fredag", "gauldal"))
    assert "egen chat" in heard
    assert "[Minn meg senere] [Se hvor jeg står]" in heard, "what was asked for is one press away"
    with stage.work() as uow:
        assert not put_off(uow, stage.people[KARI].id, stage.now)


@pytest.mark.parametrize(
    "payload",
    [
        {"verb": "snooze", "kind": "need_arrived"},
        {"verb": "snooze", "kind": "head_reminder", "kindergarten": 999999, "day": "2026-11-12"},
        {"verb": "snooze", "kind": "owner_reminder", "round": 999999, "owner": 1},
        {"verb": "snooze", "kind": "basis_reminder", "round": 1, "deadline": "needs"},
        {"verb": "snooze", "day": "i morgen"},
        {"verb": "set_reminders", "level": "none", "seen": "all:"},
        {"verb": "stop", "what": "nothing"},
        {"verb": "reminded", "kindergarten": 999999},
        {"verb": "task_done", "round": 999999, "kind": "decision_basis"},
        {"verb": "task_done", "round": 1, "kind": "needs"},
        {"verb": "task_done", "round": 1, "kind": "decision_basis", "owner": 1},
    ],
)
def test_what_no_card_of_ours_would_send_changes_nothing(stage: Stage, payload: dict[str, Any]) -> None:
    stage.say(KARI, "hei")
    assert text(stage.send_payload(KARI, payload, None))
    with stage.work() as uow:
        assert not put_off(uow, stage.people[KARI].id, stage.now)
        assert uow.outreach.choices() == {}
        assert uow.outreach.done(1) == []


# --- tasks ----------------------------------------------------------------------------------------------------


def test_done_is_said_once_for_the_network_and_can_be_taken_back(stage: Stage) -> None:
    basis = DeadlineKind.DECISION_BASIS.value
    theirs = remind(stage, HELENE, MessageKind.BASIS_REMINDER, deadline=basis)
    mine = remind(stage, INGRID, MessageKind.BASIS_REMINDER, deadline=basis)
    assert "er merket som ferdig" in press(stage, HELENE, theirs["Ferdig"])
    assert "allerede merket som ferdig av Helene Vik" in press(stage, INGRID, mine["Ferdig"])
    assert "ikke noe jeg trenger å minne deg om" in press(stage, INGRID, mine["Minn meg senere"])
    assert "er ikke ferdig" in text(stage.press(INGRID, "Angre"))
    stage.now += timedelta(days=1)
    assert "Når skal jeg" in press(stage, INGRID, mine["Minn meg senere"])
    assert "Det har du ikke tilgang til." in press(stage, KARI, mine["Ferdig"])


def test_an_old_ferdig_in_the_next_round_leaves_the_new_one_open(stage: Stage) -> None:
    mine = remind(stage, INGRID, MessageKind.BASIS_REMINDER, deadline=DeadlineKind.DECISION_BASIS.value)
    next_round(stage)
    press(stage, INGRID, mine["Ferdig"])
    with stage.work() as uow:
        current = uow.rounds.current(1, stage.now.date())
        assert current is not None
        assert uow.outreach.done(current.id) == []
    assert "er merket som ferdig" in text(stage.say(INGRID, "beslutningsgrunnlaget er sendt"))
    with stage.work() as uow:
        assert [t.round_id for t in uow.outreach.done(current.id)] == [current.id]


def test_what_was_said_to_be_done_is_undone_with_a_word(stage: Stage) -> None:
    """Only just after, and never by a yes."""

    def done() -> int:
        with stage.work() as uow:
            current = uow.rounds.current(1, stage.now.date())
            assert current is not None
            return len(uow.outreach.done(current.id))

    for said in ("beslutningsgrunnlaget er sendt", "rapporteringen er sendt"):
        stage.say(INGRID, said)
        assert done() == 1, said
        stage.say(INGRID, "angre")
        assert done() == 0, said
    stage.say(INGRID, "beslutningsgrunnlaget er sendt")
    stage.say(INGRID, "ja")
    assert done() == 1
    stage.say(INGRID, "hei")
    stage.say(INGRID, "angre")
    assert done() == 1
