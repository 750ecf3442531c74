"""Needs from a sheet that a leader or an owner sends: read and shown first, registered with one press."""

from __future__ import annotations

from typing import Any

from dialogs.events import IncomingFile
from dialogs.payloads.documents import DropImport, RegisterImport
from dialogs.replies import CardSettled, EmptySheetLink, ImportDone, ImportRead, Reply, Say, What
from dialogs.turn import Turn
from domain.needs.errors import Stale
from domain.needs.sheets import importing
from domain.needs.sheets.import_file import LooseRow, LooseSheet
from domain.needs.sheets.importing import ImportReading
from domain.ports import StoredConversation, UnitOfWork

MOST_FAULTS = 10
"""Faults that a card names; the returned sheet has them all."""


def may_import(turn: Turn) -> bool:
    """Whether this person registers needs on behalf of others: a network's leadership, or who acts for an owner."""
    return importing.may_import(turn.roles)


def empty_sheet(turn: Turn) -> list[Reply]:
    """`tomt ark`: a short-lived link to the empty sheet, for those who may send it back filled in."""
    if not may_import(turn):
        return [Say(What.NOT_A_REGISTRAR)]
    token = turn.world.sign({"kind": "empty_sheet", "id": turn.me.id, "person": turn.me.id})
    return [EmptySheetLink(token)]


def receive(turn: Turn, file: IncomingFile, sheet: LooseSheet) -> list[Reply]:
    """Keeps the sheet and tells what is in it; nothing is registered yet."""
    stored = turn.uow.conversations.get(_key(turn.me.id))
    turn.uow.conversations.save(StoredConversation(stored.key, _as_state(file.name, sheet), stored.version))
    return [
        _shown(turn, file.name, importing.judge(turn.uow, turn.me.id, sheet, turn.now), stored.version + 1)
    ]


def _shown(turn: Turn, name: str, reading: ImportReading, version: int) -> Reply:
    return ImportRead(
        name=name,
        rows=reading.rows,
        ready=len(reading.ready),
        already=len(reading.already),
        faulty=len(reading.faulty),
        faults=reading.faults[:MOST_FAULTS],
        missing=reading.missing,
        unknown=reading.unknown,
        personal=tuple(row.row for row in reading.ready if row.personal),
        version=version,
        token=_faults_token(turn) if reading.faults else None,
    )


def register(turn: Turn, payload: RegisterImport) -> list[Reply]:
    """«Registrer 15 behov»: judged once more, so that nothing is there twice and no right has gone."""
    stored = turn.uow.conversations.get(_key(turn.me.id))
    if stored.state.get("done") == payload.v:
        return [CardSettled("imported"), ImportDone(stored.state.get("count", 0), 0, 0, again=True)]
    sheet = _sheet(stored)
    if sheet is None or stored.version != payload.v:
        raise Stale
    reading = importing.judge(turn.uow, turn.me.id, sheet, turn.now)
    done = importing.register(turn.uow, turn.me.id, reading, turn.now)
    faulty = set(reading.faulty)
    left = LooseSheet(sheet.headings, tuple(r for r in sheet.rows if r.number in faulty), sheet.merged)
    # What is registered is not kept here any more; what must be mended can still be fetched.
    state = {**_as_state(str(stored.state.get("name", "")), left), "done": payload.v, "count": len(done)}
    turn.uow.conversations.save(StoredConversation(stored.key, state, stored.version))
    owners = {turn.uow.register.kindergarten(report.kindergarten_id).owner_id for report in done}
    return [
        CardSettled("imported", str(stored.state.get("name", ""))),
        ImportDone(len(done), len(owners), len(faulty), _faults_token(turn) if faulty else None),
    ]


def drop(turn: Turn, payload: DropImport) -> list[Reply]:
    """«Ikke registrer»: forgets the sheet."""
    stored = turn.uow.conversations.get(_key(turn.me.id))
    if stored.version != payload.v or "rows" not in stored.state:
        raise Stale
    turn.uow.conversations.save(StoredConversation(stored.key, {}, stored.version))
    return [CardSettled("import_dropped"), Say(What.IMPORT_DROPPED)]


def stored_sheet(uow: UnitOfWork, person_id: int) -> LooseSheet | None:
    """The sheet that a person sent last and has not put away."""
    return _sheet(uow.conversations.get(_key(person_id)))


def _key(person_id: int) -> str:
    return f"import|{person_id}"


def _faults_token(turn: Turn) -> str:
    return turn.world.sign({"kind": "import_faults", "id": turn.me.id, "person": turn.me.id})


def _as_state(name: str, sheet: LooseSheet) -> dict[str, Any]:
    rows = [[row.number, *row.cells] for row in sheet.rows]
    return {"name": name, "headings": list(sheet.headings), "rows": rows, "merged": sheet.merged}


def _sheet(stored: StoredConversation) -> LooseSheet | None:
    state = stored.state
    if "rows" not in state or "headings" not in state:
        return None
    rows = tuple(LooseRow(int(row[0]), tuple(row[1:])) for row in state["rows"])
    return LooseSheet(tuple(state["headings"]), rows, bool(state.get("merged")))
