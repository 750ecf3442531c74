"""An owner's handling: lists that survive paging, pointed returns, what came back, two owners, roles, dates."""

from __future__ import annotations

from typing import Any

import pytest

from domain.clock import local_day
from domain.needs.models import NeedsReport, Source, Status
from domain.outreach.planning.facts import facts_of
from domain.outreach.planning.plan import plan
from domain.register.models import Role
from tests.protocol.need import ANSWERS
from tests.transcripts.reading import find_button
from tests.transcripts.stage import Heard, Stage, oslo, shown

PER, CAMILLA, OYSTEIN = "Per Aune", "Camilla Rød", "Øystein Brekke"


def needs(stage: Stage, owner: str, status: Status, how_many: int, **changes: Any) -> list[NeedsReport]:
    """So many needs of an owner's kindergartens in a state, one after the other round them all."""
    with stage.work() as uow:
        person = stage.people[owner].id
        mine = next(r.scope.id for r in uow.register.roles_of(person) if r.role is Role.OWNER)
        places = uow.register.kindergartens_of_owner(mine)
        made = []
        for n in range(how_many):
            place = places[n % len(places)]
            network = uow.register.network_of_kindergarten(place.id)
            current = uow.rounds.current(network.id, stage.now.date())
            assert current is not None
            need = NeedsReport(
                id=0,
                round_id=current.id,
                kindergarten_id=place.id,
                status=status,
                revision=1,
                answers={**ANSWERS, "title": f"Behov {n + 1}"},
                form_version=current.form_version,
                number=f"2026-{mine}-{n:03d}",
                created_by=person,
                created_at=stage.now,
                updated_at=stage.now,
                submitted_at=stage.now,
            )
            made.append(uow.needs.add(need.model_copy(update=changes)))
            uow.needs.freeze(made[-1])
        return made


def said(heard: list[Heard]) -> str:
    return "\n".join(shown(h) for h in heard)


def stored(stage: Stage, need: NeedsReport) -> NeedsReport:
    with stage.work() as uow:
        found = uow.needs.get(need.id)
    assert found is not None
    return found


def statuses(stage: Stage, made: list[NeedsReport]) -> list[Status]:
    return [stored(stage, need).status for need in made]


# --- lists ----------------------------------------------------------------------------------------------------


def test_ticks_survive_paging_there_and_back(stage: Stage) -> None:
    """And can be taken away again on the page that shows them."""
    made = needs(stage, PER, Status.SENT_TO_OWNER, 20)
    first = said(stage.say(PER, "til behandling"))
    assert "20 behov venter på deg" in first
    assert "Side 1 av 3." in first
    listed = find_button(stage.chat(PER).messages, "Godkjenn valgte", {})[0].outgoing.card
    ids = [c["value"] for b in listed["body"] if b.get("id") == "chosen" for c in b["choices"]]
    second = said(stage.press(PER, "Neste side", {"chosen": f"{ids[0]},{ids[1]}"}))
    assert "2 andre er også krysset av." in second
    back = said(stage.press(PER, "Forrige side"))
    assert back.count("(x)") >= 2
    stage.press(PER, "Neste side", {"chosen": ids[0]})
    assert "er godkjent" in said(stage.press(PER, "Godkjenn valgte"))
    approved = [n for n in made if stored(stage, n).status is Status.APPROVED]
    assert [str(n.id) for n in approved] == [ids[0]]


def test_a_municipality_is_kept_from_page_to_page_and_until_it_is_done(stage: Stage) -> None:
    """The chain has kindergartens in four; when those of one are approved the rest come."""
    made = needs(stage, CAMILLA, Status.SENT_TO_OWNER, 24)
    with stage.work() as uow:
        town = {n.id: uow.register.kindergarten(n.kindergarten_id).municipality_id for n in made}
        melhus = next(m.id for m in uow.register.municipalities(1) if m.name == "Melhus") if town else 0
    stage.say(CAMILLA, "til behandling")
    assert "12 behov venter på deg i Melhus" in said(stage.press(CAMILLA, "Vis", {"list_place": str(melhus)}))
    assert "Side 2 av 2." in said(stage.press(CAMILLA, "Neste side"))
    assert "12 behov er godkjent." in said(stage.press(CAMILLA, "Godkjenn alle 12 i Melhus"))
    assert {town[n.id] for n in made if stored(stage, n).status is Status.APPROVED} == {melhus}
    assert "12 behov venter på deg\n" in said(stage.press(CAMILLA, "Les og godkjenn flere"))


def test_only_those_of_the_municipality_are_reminded(stage: Stage) -> None:
    for name in ("Linda Hovin", "Wenche Rian"):
        stage.say(name, "hei")
    stage.say(CAMILLA, "til behandling")
    stage.press(CAMILLA, "Ikke svart (6)")
    with stage.work() as uow:
        place = str(uow.register.kindergarten(stage_place(stage, "Wenche Rian")).municipality_id)
    assert "1 barnehage har ikke svart i Ørland" in said(stage.press(CAMILLA, "Vis", {"list_place": place}))
    heard = stage.press(CAMILLA, "Minn den")
    assert {h.chat for h in heard} == {f"a:{CAMILLA}", "a:Wenche Rian"}


def form_off(stage: Stage) -> None:
    """The leader of Gauldal takes needs in another way."""
    stage.say("Ingrid Moen", "slå av skjemaet")
    stage.press("Ingrid Moen", "Ja, slå av skjemaet")


ANOTHER_WAY = "Gauldal tar imot behov på en annen måte i år. Spør lederen, Ingrid Moen."


def test_with_the_form_off_nobody_is_asked_to_begin(stage: Stage) -> None:
    """Neither by the greeting nor by a reminder that the owner asks for; «ingen behov» is refused at once."""
    old = said(stage.say(PER, "hei"))
    assert "[Minn de ni]" in old
    form_off(stage)
    for heard in (stage.press(PER, "Minn de ni"), stage.say(PER, "purr")):
        assert ANOTHER_WAY in said(heard)
        assert "minner" not in said(heard)
    owner = said(stage.say(PER, "hei"))
    assert owner.count(ANOTHER_WAY) == 1
    assert not [t for t in ("Minn", "[Svarfrist]", "Fristen", "svart") if t in owner]
    head = said(stage.say("Silje Gravråk", "hei"))
    assert head.count(ANOTHER_WAY) == 1
    assert not [t for t in ("[Meld behov]", "[Ingen behov", "Svar gjerne") if t in head]
    refused = said(stage.say("Silje Gravråk", "ingen behov"))
    assert ANOTHER_WAY in refused
    assert "Skal jeg si til" not in refused


def test_with_the_form_off_those_who_have_begun_are_reminded(stage: Stage) -> None:
    """By the owner and by the bot, and the others are not."""
    stage.say("Kari Nordli", "hei")
    stage.say("Silje Gravråk", "hei")
    stage.say("Kari Nordli", "meld behov")
    stage.say("Kari Nordli", "ja")
    form_off(stage)
    assert "[Fortsett]" in said(stage.say("Kari Nordli", "hei"))
    heard = said(stage.say(PER, "purr"))
    assert "Jeg minner én styrer på det nå." in heard
    assert ANOTHER_WAY in heard
    planned = stage_plan(stage)
    assert {(k, n) for k, n in planned if k in ("head_reminder", "owner_reminder")} == {
        ("head_reminder", "Kari Nordli")
    }
    stage.press("Kari Nordli", "Ingen behov i år")
    assert "Da er dere ferdige for i år." in said(stage.press("Kari Nordli", "Ja, ingen behov i år"))
    with stage.work() as uow:
        kept = uow.needs.get(1)
    assert kept is not None
    assert kept.status is Status.NO_NEED


def test_with_the_form_off_an_owner_is_reminded_of_what_waits(stage: Stage) -> None:
    """And of that alone."""
    form_off(stage)
    assert "owner_reminder" not in {k for k, _ in stage_plan(stage)}
    needs(stage, PER, Status.SENT_TO_OWNER, 1)
    assert {n for k, n in stage_plan(stage) if k == "owner_reminder"} >= {PER}
    stage.say(PER, "hei")
    told = said(stage.pass_time(oslo("2026-11-27 10:00")))
    assert "1 behov venter på deg" in told
    assert "har ikke svart" not in told


def stage_plan(stage: Stage) -> set[tuple[str, str]]:
    """Kind and recipient of all that is planned in Gauldal from the beginning of the round."""
    with stage.work() as uow:
        gauldal = uow.register.network_by_name("Gauldal")
        assert gauldal is not None
        names = {p.id: p.name for p in uow.register.all_people()}
        current = uow.rounds.current(gauldal.id, local_day(stage.now))
        assert current is not None
        facts = facts_of(uow, current, stage.now)
    return {(m.kind.value, names[m.person_id]) for m in plan(facts) if m.person_id is not None}


def stage_place(stage: Stage, head: str) -> int:
    """The kindergarten of a head."""
    with stage.work() as uow:
        return uow.register.roles_of(stage.people[head].id)[0].scope.id


def test_a_late_one_and_a_ranked_one_are_marked(stage: Stage) -> None:
    needs(stage, "Sverre Nyvoll", Status.SENT_TO_OWNER, 2, late=True, rank=2)
    heard = said(stage.say("Sverre Nyvoll", "til behandling"))
    assert "Behov 1 – Fjellsnerpa barnehage, nr. 2 av 2 (etter frist)" in heard


def test_nobody_else_sees_the_list(stage: Stage) -> None:
    needs(stage, PER, Status.SENT_TO_OWNER, 1)
    assert "Bare eiere" in said(stage.say("Kari Nordli", "til behandling"))
    with stage.work() as uow:
        mine = next(r.scope.id for r in uow.register.roles_of(stage.people[PER].id) if r.role is Role.OWNER)
    presses: list[dict[str, Any]] = [
        {"verb": "show_handling", "view": "waiting"},
        {"verb": "approve_all", "reports": [1]},
        {"verb": "nudge"},
        {"verb": "set_reply_by"},
    ]
    for press in presses:
        heard = said(stage.send_payload("Kari Nordli", press | {"owner": mine}, None))
        assert "ikke tilgang" in heard


# --- reading and deciding -------------------------------------------------------------------------------------


def test_a_return_reopens_the_steps_pointed_at(stage: Stage) -> None:
    """A core question by itself, the further ones by group."""
    (need,) = needs(stage, PER, Status.SENT_TO_OWNER, 1)
    payload = {"verb": "return", "report": need.id, "v": need.version, "return_steps": "goal,goals"}
    heard = said(stage.send_payload(PER, payload | {"comment": "Skriv mer om målet."}, None))
    after = stored(stage, need)
    assert after.status is Status.RETURNED
    assert after.comment == "Skriv mer om målet."
    assert after.reopened[0] == "goal"
    assert {"signs", "framework_plan"} <= set(after.reopened)
    assert "Styrer kan endre: Mål" in heard


def test_what_is_written_and_ticked_is_kept_when_it_cannot_be_taken(stage: Stage) -> None:
    """Too long, too short at the first try, or about a person."""
    (need,) = needs(stage, PER, Status.SENT_TO_OWNER, 1)
    base = {"verb": "return", "report": need.id, "v": need.version, "return_steps": "goal"}
    for text, remark in (
        ("mer " * 200, "for lang"),
        ("mer", "Det er kort."),
        ("Ring Kari på 41 23 45 67 først.", "personopplysninger"),
    ):
        heard = said(stage.send_payload(PER, base | {"comment": text}, None))
        assert text.strip() in heard
        assert remark in heard
        assert "(x) Mål" in heard
        assert stored(stage, need) == need
    stage.press(PER, "Send tilbake")
    assert stored(stage, need).comment == "Ring Kari på 41 23 45 67 først."


def test_what_was_meant_as_an_assessment_becomes_the_comment(stage: Stage) -> None:
    """Somebody who writes first and then sees that the need must go back loses nothing."""
    needs(stage, PER, Status.SENT_TO_OWNER, 1)
    stage.say(PER, "til behandling")
    stage.press(PER, "Les")
    heard = said(stage.press(PER, "Send tilbake", {"assessment": "Vi ser ikke helt målet her."}))
    assert "<Kommentar til styrer: Vi ser ikke helt målet her.>" in heard


def test_the_assessment_follows_and_may_be_left_empty(stage: Stage) -> None:
    one, other = needs(stage, PER, Status.SENT_TO_OWNER, 2)
    for need, text in ((one, "Passer med planen."), (other, "")):
        payload = {"verb": "approve", "report": need.id, "v": need.version, "assessment": text}
        stage.send_payload(PER, payload, None)
    assert (stored(stage, one).assessment, stored(stage, other).assessment) == ("Passer med planen.", None)


@pytest.mark.parametrize("text", ["for mye " * 200, "Ring Ola Nordmann på 41 23 45 67."])
def test_an_assessment_that_is_not_taken_approves_nothing(stage: Stage, text: str) -> None:
    (need,) = needs(stage, PER, Status.SENT_TO_OWNER, 1)
    payload = {"verb": "approve", "report": need.id, "v": need.version, "assessment": text}
    assert text.strip() in said(stage.send_payload(PER, payload, None))
    assert stored(stage, need) == need


def test_a_need_that_was_sent_anew_is_shown_before_it_is_approved(stage: Stage) -> None:
    """The old card approves nothing."""
    (need,) = needs(stage, PER, Status.SENT_TO_OWNER, 1)
    payload = {"verb": "approve", "report": need.id, "v": need.version}
    with stage.work() as uow:
        again = need.model_copy(
            update={"version": need.version + 1, "revision": 2, "answers": {**need.answers, "headcount": 99}}
        )
        uow.needs.save(again)
    heard = said(stage.send_payload(PER, payload, None))
    assert "ingenting er endret" in heard
    assert "Endret siden sist" in heard
    assert "99" in heard
    assert stored(stage, need).status is Status.SENT_TO_OWNER


def test_who_registered_it_is_said(stage: Stage) -> None:
    (need,) = needs(stage, PER, Status.SENT_TO_OWNER, 1, source=Source.EMAIL)
    heard = said(stage.send_payload(PER, {"verb": "read", "report": need.id}, None))
    assert "Kom på e-post, registrert av Per Aune." in heard


# --- what is with the network ---------------------------------------------------------------------------------


def test_what_is_sent_to_the_network_is_listed_with_its_state_and_read(stage: Stage) -> None:
    """With the acts that its state leaves to the owner: here to withdraw it with a reason."""
    (sent,) = needs(stage, PER, Status.REPORTED, 1)
    needs(stage, PER, Status.NOT_PRIORITISED, 1, number="2026-98")
    needs(stage, PER, Status.RETURNED_TO_OWNER, 1, number="2026-99")
    stage.say(PER, "til behandling")
    heard = said(stage.press(PER, "Sendt til nettverket (2)"))
    assert "2 behov er sendt til nettverket" in heard
    assert ": meldt til nettverket" in heard
    assert ": ikke prioritert" in heard
    read = said(stage.press(PER, "Les", {"chosen": str(sent.id)}))
    assert "Status: meldt til nettverket." in read
    stage.press(PER, "Trekk behovet")
    assert stored(stage, sent) == sent
    stage.say(PER, "Barnehagen har fått hjelp på en annen måte.")
    assert stored(stage, sent).status is Status.WITHDRAWN


def test_the_owner_tells_how_it_goes_after_the_grant(stage: Stage) -> None:
    """One step at a time; an old card does nothing twice."""
    (need,) = needs(stage, PER, Status.GRANTED, 1)
    stage.say(PER, "til behandling")
    stage.press(PER, "Sendt til nettverket (1)")
    stage.press(PER, "Les")
    begun = find_button(stage.chat(PER).messages, "Meld at det er i gang", {})[1]
    assert "Status: i gang." in said(stage.press(PER, "Meld at det er i gang"))
    assert "allerede behandlet" in said(stage.send_payload(PER, begun, None))
    assert stored(stage, need).status is Status.ONGOING
    stage.press(PER, "Meld at det er rapportert")
    assert "Status: avsluttet." in said(stage.press(PER, "Meld at det er avsluttet"))
    assert stored(stage, need).status is Status.CLOSED


def test_nobody_else_tells_how_it_goes(stage: Stage) -> None:
    (need,) = needs(stage, PER, Status.GRANTED, 1)
    press = {"verb": "progress", "report": need.id, "v": need.version, "act": "i_gang"}
    for name in ("Kari Nordli", CAMILLA):
        assert "ikke tilgang" in said(stage.send_payload(name, press, None))
    assert "Det kortet kan jeg ikke bruke" in said(
        stage.send_payload(PER, press | {"act": "send_tilbake"}, None)
    )
    assert stored(stage, need) == need


# --- what the network sent back -------------------------------------------------------------------------------


def test_what_the_network_sent_back_is_shown_with_its_reason_and_sent_again(stage: Stage) -> None:
    """The leader hears of it, and the two acts are noted."""
    stage.say("Ingrid Moen", "hei")
    (need,) = needs(stage, PER, Status.RETURNED_TO_OWNER, 1, comment="Hvor mange skal delta?")
    assert "1 behov er sendt tilbake fra nettverket." in said(stage.say(PER, "hei"))
    assert "Hvor mange skal delta?" in said(stage.press(PER, "Se hva nettverket skrev"))
    assert "Nettverket skrev: Hvor mange skal delta?" in said(stage.press(PER, "Les"))
    heard = stage.press(PER, "Send på nytt", {"assessment": "Ti fra hver avdeling."})
    assert "på nytt" in said(heard)
    assert {h.chat for h in heard} == {f"a:{PER}", "a:Ingrid Moen"}
    after = stored(stage, need)
    assert (after.status, after.assessment) == (Status.REPORTED, "Ti fra hver avdeling.")
    with stage.work() as uow:
        assert [r.role for r in uow.audit.of("needs_report", need.id)] == ["eier"]


def test_what_the_network_sent_back_can_go_on_to_the_head(stage: Stage) -> None:
    (need,) = needs(stage, PER, Status.RETURNED_TO_OWNER, 1, comment="Hvor mange skal delta?")
    stage.say(PER, "til behandling")
    stage.press(PER, "Les")
    stage.press(PER, "Send tilbake")
    stage.say(PER, "Nettverket vil vite hvor mange som skal delta.")
    assert stored(stage, need).status is Status.RETURNED


# --- two at once, and roles -----------------------------------------------------------------------------------


def test_the_second_of_two_owners_hears_who_was_first(stage: Stage) -> None:
    """Whatever the second wanted to do with it."""
    (need,) = needs(stage, CAMILLA, Status.SENT_TO_OWNER, 1)
    acts = {"verb": "approve", "report": need.id, "v": need.version}
    stage.send_payload(OYSTEIN, acts, None)
    after = stored(stage, need)
    for verb in ("approve", "not_forward"):
        heard = said(
            stage.send_payload(CAMILLA, acts | {"verb": verb, "comment": "Vi løser det selv."}, None)
        )
        assert "allerede behandlet av Øystein Brekke" in heard
    assert stored(stage, need) == after


def test_some_of_all_were_approved_by_the_other(stage: Stage) -> None:
    made = needs(stage, CAMILLA, Status.SENT_TO_OWNER, 3)
    stage.say(CAMILLA, "til behandling")
    stage.send_payload(OYSTEIN, {"verb": "approve", "report": made[0].id, "v": made[0].version}, None)
    heard = said(stage.press(CAMILLA, "Godkjenn alle 3"))
    assert "2 behov er godkjent." in heard
    assert "1 var allerede behandlet av Øystein Brekke." in heard
    assert statuses(stage, made) == [Status.APPROVED] * 3


def test_a_municipality_is_two_roles(stage: Stage) -> None:
    """The greeting says which one is met, and the authority has nothing to approve with."""
    needs(stage, PER, Status.SENT_TO_OWNER, 1)
    greeting = said(stage.say(PER, "hei"))
    assert "Du er eier for Melhus kommune." in greeting
    assert "Du er også barnehagemyndighet." in greeting
    as_authority = said(stage.press(PER, "Bytt til barnehagemyndighet"))
    assert "godkjenn" not in as_authority.lower()
    assert "Du handler som eier for Melhus kommune." in said(stage.say(PER, "til behandling"))
    assert "Du er eier for Melhus kommune." in said(stage.say(PER, "hei"))


def test_who_is_head_too_approves_with_one_press_more(stage: Stage) -> None:
    """Two acts in two roles, and no message to oneself."""
    (need,) = needs(stage, "Anne Haugen", Status.DRAFT, 1, revision=0, submitted_at=None, number=None)
    stage.say("Anne Haugen", "fortsett")
    sent = said(stage.say("Anne Haugen", "send"))
    assert "Nå handler du som eier." in sent
    heard = stage.press("Anne Haugen", "Godkjenn som eier")
    assert {h.chat for h in heard} == {"a:Anne Haugen"}
    assert "[Send til nettverket]" in said(heard)
    with stage.work() as uow:
        rows = [(r.role, r.after) for r in uow.audit.of("needs_report", need.id)]
    assert rows == [("styrer", Status.SENT_TO_OWNER.value), ("eier", Status.APPROVED.value)]


# --- taking back, and the heads' date -------------------------------------------------------------------------


def test_an_approved_need_can_go_back_or_be_withdrawn_before_the_sending(stage: Stage) -> None:
    back, away = needs(stage, PER, Status.APPROVED, 2)
    payload = {"verb": "return", "report": back.id, "v": back.version, "comment": "Ta med våren også."}
    stage.send_payload(PER, payload, None)
    stage.send_payload(PER, {"verb": "read", "report": away.id}, None)
    stage.press(PER, "Trekk behovet")
    stage.press(PER, "Trekk behovet")
    assert statuses(stage, [back, away]) == [Status.RETURNED, Status.WITHDRAWN]


def test_what_is_with_the_network_is_not_withdrawn_without_a_reason(stage: Stage) -> None:
    (need,) = needs(stage, PER, Status.REPORTED, 1)
    payload = {"verb": "withdraw_need", "report": need.id, "v": need.version, "comment": "", "sure": True}
    heard = said(stage.send_payload(PER, payload, None))
    assert "Hvorfor trekkes behovet?" in heard
    assert stored(stage, need) == need


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("svarfrist 20. november", "fredag 20. november 2026"),
        ("svarfrist: fredag 20/11", "fredag 20. november 2026"),
        ("Svarfrist 24.11.2026", "tirsdag 24. november 2026"),
        ("sett svarfristen til fredag i neste uke", "fredag 20. november 2026"),
    ],
)
def test_a_date_as_people_write_it(stage: Stage, written: str, understood: str) -> None:
    """What was understood is shown with its weekday, and holds when it is confirmed."""
    assert f"Skal svarfristen være {understood}?" in said(stage.say(PER, written))
    assert "Svarfristen er tirsdag 17. november." in said(stage.say(PER, "svarfrist"))
    stage.say(PER, written)
    assert "er nå" in said(stage.press(PER, "Ja, endre svarfristen"))
    assert understood.rsplit(" ", 1)[0] in said(stage.say("Kari Nordli", "svarfrist"))


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("svarfrist 9. november 2026", "har vært"),
        ("svarfrist 2. desember", "etter fristen til nettverket"),
        ("svarfrist når det passer", "forsto ikke datoen"),
    ],
)
def test_a_date_that_cannot_be(stage: Stage, written: str, why: str) -> None:
    """Says what to do, and changes nothing; a question in the middle is answered."""
    assert why in said(stage.say(PER, written))
    assert "kilde" in said(stage.say(PER, "hva gjør barnehageeier?")).lower()
    assert "Svarfristen er tirsdag 17. november." in said(stage.say(PER, "svarfrist"))


def test_a_date_from_an_old_card_is_looked_at_again(stage: Stage) -> None:
    """What was possible when it was shown may not be so now."""
    stage.say(PER, "svarfrist 12. november")
    message, payload = find_button(stage.chat(PER).messages, "Ja, endre svarfristen", {})
    stage.pass_time(oslo("2026-11-13 09:00"))
    assert "har vært" in said(stage.send_payload(PER, payload, message.id))
    assert "Svarfristen er tirsdag 17. november." in said(stage.say(PER, "svarfrist"))


def test_somebody_who_acts_for_two_owners_approves_for_both(stage: Stage) -> None:
    made = needs(stage, CAMILLA, Status.SENT_TO_OWNER, 2) + needs(stage, PER, Status.SENT_TO_OWNER, 1)
    with stage.work() as uow:
        mine = next(r.scope for r in uow.register.roles_of(stage.people[CAMILLA].id) if r.role is Role.OWNER)
        uow.register.add_person_role(PER, stage.people[PER].email, Role.OWNER, mine)
    assert "3 behov er godkjent." in said(stage.say(PER, "godkjenn alle"))
    assert statuses(stage, made) == [Status.APPROVED] * 3
