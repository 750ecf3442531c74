"""Sheets in the chat: of all one's kindergartens or owners, and the empty one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.files import MAKERS, Download
from dialogs.replies import FileNotTaken, FileRefusal
from domain.needs.owners import owner
from domain.needs.sheets import excel, excel_scopes
from domain.needs.sheets.excel_scopes import ScopeOfRows
from domain.register.models import Role, Scope, ScopeKind
from messages.documents import not_taken
from tests.dialogs.heads import KARI, PER, sent_by_whole_card, text
from tests.transcripts.stage import Stage, oslo

SILJE = "Silje Gravråk"


class Sheets(Stage):
    """A stage that keeps what its links were signed for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, oslo("2026-11-10 09:00"))
        self.claims: list[dict[str, Any]] = []
        self.world = replace(self.world, sign=self._sign)

    def _sign(self, claims: dict[str, Any]) -> str:
        self.claims.append(claims)
        return "token"

    def give(self, name: str, role: Role, kind: ScopeKind, id_: int) -> None:
        """One more role."""
        with self.work() as uow:
            who = self.people[name]
            uow.register.add_person_role(who.name, who.email, role, Scope(kind=kind, id=id_))

    def take(self, name: str, role: Role, kind: ScopeKind, id_: int) -> None:
        """The role is gone."""
        with self.work() as uow:
            uow.register.remove_person_role(self.people[name].id, role, Scope(kind=kind, id=id_))

    def fetch(self) -> Download | None:
        """What the newest link leads to now."""
        claims = self.claims[-1]
        ids = tuple(claims.get("ids") or [claims["id"]])
        with self.work() as uow:
            return MAKERS[claims["kind"]](uow, ids, claims["person"], self.now)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Sheets]:
    made = Sheets(tmp_path)
    yield made
    made.close()


def shown(stage: Sheets, name: str, kind: ScopeOfRows) -> set[str]:
    """The kindergartens in the sheet of the newest link."""
    me = stage.people[name].id
    with stage.work() as uow:
        scope = excel_scopes.allowed(uow, me, kind, stage.claims[-1]["ids"])
        assert scope is not None
        return {row.kindergarten for row in excel.rows(uow, me, scope, stage.now)}


def place_of(stage: Sheets, name: str) -> int:
    with stage.work() as uow:
        return next(r.scope.id for r in uow.register.roles_of(stage.people[name].id) if r.role is Role.HEAD)


def test_a_head_of_two_gets_both_and_only_what_is_still_theirs(stage: Sheets) -> None:
    """The link names both; one that is not theirs any more is left out, and with none left there is no file."""
    sent_by_whole_card(stage)
    first, second = place_of(stage, KARI), place_of(stage, SILJE)
    assert "Excel for Solbakken barnehage: 1 behov" in text(stage.say(KARI, "excel"))
    stage.give(KARI, Role.HEAD, ScopeKind.KINDERGARTEN, second)
    assert "Excel for to barnehager: 1 behov" in text(stage.say(KARI, "excel"))
    assert set(stage.claims[-1]["ids"]) == {first, second}
    assert stage.fetch() is not None
    stage.take(KARI, Role.HEAD, ScopeKind.KINDERGARTEN, first)
    assert shown(stage, KARI, ScopeOfRows.HEAD) == set()
    stage.take(KARI, Role.HEAD, ScopeKind.KINDERGARTEN, second)
    assert stage.fetch() is None


def test_who_acts_for_two_owners_gets_both_and_nothing_that_came_later(stage: Sheets) -> None:
    sent_by_whole_card(stage)
    with stage.work() as uow:
        owner.approve(uow, stage.people[PER].id, [1], stage.now)
        mine = next(r.scope.id for r in uow.register.roles_of(stage.people[PER].id) if r.role is Role.OWNER)
        other, third = [o.id for o in uow.register.owners(1) if o.id != mine][:2]
    stage.give(PER, Role.OWNER, ScopeKind.OWNER, other)
    assert "Excel for to eiere: 1 behov" in text(stage.say(PER, "excel"))
    stage.give(PER, Role.OWNER, ScopeKind.OWNER, third)
    assert set(stage.claims[-1]["ids"]) == {mine, other}
    assert shown(stage, PER, ScopeOfRows.OWNER) == {"Solbakken barnehage"}
    stage.take(PER, Role.OWNER, ScopeKind.OWNER, mine)
    assert shown(stage, PER, ScopeOfRows.OWNER) == set()


@pytest.mark.parametrize("words", ["tomt ark", "Mal for Excel", "kan jeg få et tomt ark"])
def test_the_empty_sheet_is_had_by_those_who_may_send_it_back(stage: Sheets, words: str) -> None:
    """A leader or an owner; the right is looked at again when it is fetched."""
    assert "Last ned tomt ark" in text(stage.say("Ingrid Moen", words))
    found = stage.fetch()
    assert found is not None
    assert found.name == "behov-tomt-ark.xlsx"
    assert "Last ned tomt ark" in text(stage.say(PER, words))
    with stage.work() as uow:
        held = uow.register.roles_of(stage.people[PER].id)
    for role in held:
        stage.take(PER, role.role, role.scope.kind, role.scope.id)
    assert stage.fetch() is None
    assert "Bare eier og lederen" in text(stage.say(KARI, words))


@pytest.mark.parametrize(("why", "offered"), [(FileRefusal.NO_HEADINGS, True), (FileRefusal.NO_DRAFT, False)])
def test_a_sheet_that_is_not_understood_leads_to_the_empty_one(
    stage: Sheets, why: FileRefusal, offered: bool
) -> None:
    card = not_taken(FileNotTaken("behov.xlsx", why)).card or {}
    verbs = [action["data"]["verb"] for action in card.get("actions", [])]
    assert verbs == (["empty_sheet"] if offered else [])
    assert "Last ned tomt ark" in text(stage.send_payload(PER, {"verb": "empty_sheet"}, None))
