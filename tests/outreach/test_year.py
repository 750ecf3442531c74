"""A whole year, every message that goes out: approved line by line in year.txt.

`UPDATE_TRANSCRIPTS=1` writes it anew; then it is to be read as the people who get it would.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.needs.acting import perform
from domain.needs.heads import head
from domain.needs.lifecycle import Act as NeedAct
from domain.needs.models import Status
from domain.needs.owners import owner, reply_by, sending
from domain.outreach.dates import moving as moving_dates
from domain.outreach.models import Level, ReminderChoice
from domain.outreach.reminding import tasks
from domain.outreach.summaries import switch_weekly
from domain.ports import UnitOfWork
from domain.register.models import Role
from domain.rounds import meeting_acts
from domain.rounds.confirming import days_of
from domain.rounds.meetings import MeetingPlan
from domain.rounds.models import Audience, DeadlineKind, Round
from tests.outreach.year import Act, Do, Year
from tests.protocol.need import ANSWERS
from tests.transcripts.stage import oslo

APPROVED = Path(__file__).parent / "year.txt"
INGRID, OLA = "Ingrid Moen", "Ola Fossen"
SILENT = frozenset({"Trude Losen"})
OBLIGATORY = {"plan": "Lek er satsing i planen vår.", "union": "yes"}
THEMES = (["play", "language"], ["inclusion", "play"], ["leadership"])


class Script:
    """Who does what when, by name."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.people = {name: p.id for name, p in year.stage.people.items()}
        self.acts: list[Act] = []

    def at(self, when: str, told: str, do: Do) -> None:
        self.acts.append(Act(oslo(when), told, do))

    def round(self, uow: UnitOfWork, network: str, now: datetime) -> Round:
        found = uow.register.network_by_name(network)
        assert found is not None
        current = uow.rounds.current(found.id, now.date())
        assert current is not None
        return current

    def scopes(self, uow: UnitOfWork, name: str, role: Role) -> list[int]:
        return [r.scope.id for r in uow.register.roles_of(self.people[name]) if r.role is role]

    def no_need(self, when: str, name: str) -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            for place in self.scopes(uow, name, Role.HEAD):
                head.declare_no_need(uow, self.people[name], place, now)

        self.at(when, f"{name} svarer: ingen behov i år", do)

    def draft(self, when: str, name: str) -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            self._write(uow, name, now, {"need": "new", "themes": ["play"]})

        self.at(when, f"{name} begynner på et behov", do)

    def need(self, when: str, name: str, theme: int = 0) -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            answers = {**ANSWERS, "themes": THEMES[theme], "title": f"Lek hos {name.split()[0]}"}
            written = self._write(uow, name, now, answers)
            head.submit(uow, self.people[name], written.id, written.version, now)

        self.at(when, f"{name} sender et behov til eier", do)

    def _write(self, uow: UnitOfWork, name: str, now: datetime, answers: dict[str, Any]) -> Any:
        me, place = self.people[name], self.scopes(uow, name, Role.HEAD)[0]
        draft = head.open_draft(uow, me, place, now) or head.start(uow, me, place, now)
        return head.answer(uow, me, draft.id, draft.version, answers, now)

    def sends(self, when: str, name: str, network: str = "Gauldal") -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            me, mine = self.people[name], self.scopes(uow, name, Role.OWNER)[0]
            waiting = [r.id for _, r in owner.waiting(uow, mine, now)]
            if waiting:
                owner.approve(uow, me, waiting, now)
            current = self.round(uow, network, now)
            report = sending.prepare(uow, me, mine, current.network_id, now)
            count = len(report.report_ids)
            order = {"order": list(range(1, count + 1))} if count > 1 else {}
            report = sending.answer(uow, me, report.id, report.version, {**OBLIGATORY, **order}, now)
            sending.send_in(uow, me, report.id, report.version, now)

        self.at(when, f"{name} godkjenner alt og sender til {network}", do)

    def decide(self, when: str, leader: str, network: str, act: NeedAct, told: str, but: int = 0) -> None:
        """The same for every need of the network that can take it, all but so many of them."""

        def do(uow: UnitOfWork, now: datetime) -> None:
            current = self.round(uow, network, now)
            before = BEFORE[act]
            found = uow.needs.in_round(current.id, [before])
            for report in found[: len(found) - but]:
                perform(
                    uow,
                    self.people[leader],
                    report.id,
                    act,
                    now,
                    note="Vi ser disse sammen.",
                    day=now.date(),
                )

        self.at(when, f"{leader}: {told}", do)

    def meeting(self, when: str, leader: str, network: str, starts: str, title: str, **more: Any) -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            begins = oslo(starts)
            plan = MeetingPlan(title=title, starts=begins, ends=begins + timedelta(hours=2), **more)
            meeting_acts.add(uow, self.people[leader], self.round(uow, network, now).id, plan, now)

        self.at(when, f"{leader} legger inn møte: {title} {starts}", do)

    def done(self, when: str, name: str, network: str, kind: DeadlineKind, told: str) -> None:
        def do(uow: UnitOfWork, now: datetime) -> None:
            units = kind is DeadlineKind.REPORTING_UNITS
            mine = self.scopes(uow, name, Role.OWNER)[0] if units else None
            tasks.mark_done(uow, self.people[name], self.round(uow, network, now).id, kind, now, mine)

        self.at(when, f"{name} sier at {told} er ferdig", do)


BEFORE = {
    NeedAct.CONSIDER: Status.REPORTED,
    NeedAct.PRIORITISE: Status.UNDER_CONSIDERATION,
    NeedAct.PUT_IN_BASIS: Status.PRIORITISED,
    NeedAct.SEND_TO_FORUM: Status.IN_BASIS,
    NeedAct.RECOMMEND: Status.SENT_TO_FORUM,
    NeedAct.GRANT: Status.RECOMMENDED,
}


def autumn(s: Script) -> None:
    """What is set up, and the answers from the heads."""
    s.at(
        "2026-08-03 09:00",
        "Ingrid kobler en kanal til Gauldal",
        lambda uow, _: s.year.bind(INGRID, "Gauldal", uow),
    )
    s.at("2026-08-04 09:00", "Ola kobler en kanal til Fosen", lambda uow, _: s.year.bind(OLA, "Fosen", uow))
    s.meeting(
        "2026-08-20 10:00",
        INGRID,
        "Gauldal",
        "2026-09-24 09:00",
        "Nettverksmøte",
        physical=True,
        place="Støren",
    )
    s.meeting(
        "2026-08-20 10:02",
        INGRID,
        "Gauldal",
        "2026-11-05 12:00",
        "Nettverksmøte",
        place="Teams",
        physical=False,
    )
    s.meeting("2026-08-20 10:04", INGRID, "Gauldal", "2027-01-14 09:00", "Prioriteringsmøte", physical=True)
    s.meeting(
        "2026-08-20 10:06",
        INGRID,
        "Gauldal",
        "2027-04-08 12:00",
        "Nettverksmøte",
        place="Teams",
        physical=False,
    )
    s.meeting(
        "2026-10-19 10:00", OLA, "Fosen", "2026-12-03 12:00", "Nettverksmøte", place="Teams", physical=False
    )
    s.at("2026-10-12 11:00", "Ola vil ha sammendrag hver uke", weekly(s))
    s.at("2026-10-20 09:30", "Randi Bones setter svarfrist 24. november", own_reply_by(s))
    s.at(
        "2026-10-21 09:30",
        "Knut Langland tar pause til 15. desember",
        pause(s, "Knut Langland", until=date(2026, 12, 15)),
    )
    s.at("2026-10-21 09:31", "Silje Gravråk vil ha færre påminnelser", pause(s, "Silje Gravråk", Level.FEWER))
    s.at("2026-11-12 09:00", "Ola bekrefter fristene i Fosen", confirm(s))
    s.at("2026-11-20 10:00", "Ola flytter fristen i Fosen til 4. desember", move(s))
    s.draft("2026-10-28 12:00", "Kari Nordli")
    for n, name in enumerate(
        ("Marit Eidsmo", "Lise Enodd", "Mona Vognild", "Linda Hovin", "Grete Askjem"), 5
    ):
        s.need(f"2026-10-{n:02} 13:00", name, n % 3)
    for n, name in enumerate(
        ("Anne Haugen", "Maja Nordfjell", "Janne Foros", "Merete Sollie", "Guri Stavne"), 9
    ):
        s.no_need(f"2026-11-{n:02} 09:15", name)
    for n, name in enumerate(
        ("Kari Nordli", "Hanne Bollandsås", "Tone Varmbu", "Jon Horvli", "Ellen Rokseth"), 16
    ):
        s.need(f"2026-11-{n:02} 14:00", name, n % 3)
    s.need("2026-11-26 14:00", "Siri Lund")
    s.no_need("2026-11-27 09:00", "Gry Monstad")


def owners(s: Script) -> None:
    """The owners send: most in time, some late."""
    s.sends("2026-11-19 10:00", "Anne Haugen")
    s.sends("2026-11-25 10:00", "Olav Gunnes")
    s.sends("2026-11-26 10:00", "Eli Dørrem")
    s.sends("2026-11-30 10:00", "Per Aune")
    s.sends("2026-12-01 15:00", "Randi Bones")
    s.sends("2026-12-08 09:00", "Camilla Rød")
    s.sends("2026-12-02 09:00", "Line Sæther", "Fosen")
    s.sends("2026-12-03 15:00", "Arne Hoøen", "Fosen")


def spring(s: Script) -> None:
    """The network's work, the letter of grant, and reporting."""
    d = DeadlineKind
    for leader, network, days in (
        (INGRID, "Gauldal", ("12-14", "01-14", "01-20", "01-29", "03-15")),
        (OLA, "Fosen", ("12-15", "01-18", "01-22", "01-30", "03-16")),
    ):
        for (act, told), day in zip(WORK, days, strict=True):
            year = "2026" if day.startswith("12") else "2027"
            s.decide(f"{year}-{day} 14:00", leader, network, act, told)
    s.done("2027-01-12 09:00", OLA, "Fosen", d.REPORTING_NETWORK, "rapporteringen")
    s.done("2027-01-21 09:00", "Helene Vik", "Gauldal", d.DECISION_BASIS, "beslutningsgrunnlaget")
    s.done("2027-01-31 12:00", OLA, "Fosen", d.DECISION_BASIS, "beslutningsgrunnlaget")
    s.at("2027-02-02 10:00", "Ingrid legger inn en dato for eierne 10. mars", own_date(s))
    s.decide("2027-04-16 10:00", INGRID, "Gauldal", NeedAct.GRANT, "alle unntatt to har fått tilsagn", but=2)
    s.decide("2027-04-26 10:00", INGRID, "Gauldal", NeedAct.GRANT, "de to siste har fått tilsagn")
    s.done("2027-05-04 09:00", "Per Aune", "Gauldal", d.REPORTING_UNITS, "rapporteringen fra Melhus")
    s.done("2027-06-03 09:00", INGRID, "Gauldal", d.REPORTING_NETWORK, "rapporteringen")


WORK = (
    (NeedAct.CONSIDER, "behovene er til vurdering"),
    (NeedAct.PRIORITISE, "behovene er prioritert"),
    (NeedAct.PUT_IN_BASIS, "de prioriterte er med i beslutningsgrunnlaget"),
    (NeedAct.SEND_TO_FORUM, "beslutningsgrunnlaget er sendt samarbeidsforum"),
    (NeedAct.RECOMMEND, "samarbeidsforum har innstilt"),
)


def weekly(s: Script) -> Do:
    return lambda uow, now: switch_weekly(
        uow, s.people[OLA], s.round(uow, "Fosen", now).network_id, True, now
    )


def own_reply_by(s: Script) -> Do:
    def do(uow: UnitOfWork, now: datetime) -> None:
        randi = "Randi Bones"
        mine = s.scopes(uow, randi, Role.OWNER)[0]
        reply_by.choose(uow, s.people[randi], mine, date(2026, 11, 24), now)

    return do


def pause(s: Script, name: str, level: Level = Level.ALL, until: date | None = None) -> Do:
    def do(uow: UnitOfWork, _: datetime) -> None:
        uow.outreach.save_choice(ReminderChoice(person_id=s.people[name], level=level, paused_until=until))

    return do


def confirm(s: Script) -> Do:
    def do(uow: UnitOfWork, now: datetime) -> None:
        current = s.round(uow, "Fosen", now)
        moving_dates.confirm(uow, s.people[OLA], current.id, days_of(current), None, now)

    return do


def move(s: Script) -> Do:
    def do(uow: UnitOfWork, now: datetime) -> None:
        current = s.round(uow, "Fosen", now)
        days = {DeadlineKind.NEEDS: date(2026, 12, 4)}
        moving_dates.move(uow, s.people[OLA], current.id, days, days_of(current), now)

    return do


def own_date(s: Script) -> Do:
    def do(uow: UnitOfWork, now: datetime) -> None:
        current, title = s.round(uow, "Gauldal", now), "Innspill til langsiktig plan"
        day = date(2027, 3, 10)
        moving_dates.add_own(uow, s.people[INGRID], current.id, title, day, Audience.OWNERS, now)

    return do


def unconfirmed(uow: UnitOfWork, script: Script, now: datetime) -> None:
    """Nobody in Fosen has confirmed anything yet."""
    current = script.round(uow, "Fosen", now)
    dates = tuple(d.model_copy(update={"confirmed": False}) for d in current.deadlines)
    uow.rounds.save(current.model_copy(update={"deadlines": dates}))


def test_a_year(tmp_path: Path) -> None:
    """1 August 2026 to 31 July 2027."""
    year = Year(tmp_path, oslo("2026-08-01 08:00"), SILENT)
    try:
        script = Script(year)
        parts: tuple[Callable[[Script], None], ...] = (autumn, owners, spring)
        for part in parts:
            part(script)
        with year.stage.work() as uow:
            unconfirmed(uow, script, year.stage.now)
        found = year.run(oslo("2027-07-31 23:00"), script.acts)
    finally:
        year.close()
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        APPROVED.write_text(found, encoding="utf-8")
    assert found == APPROVED.read_text(encoding="utf-8")
