"""The start of a head's conversation about a need: begin, go on, put aside, take back."""

from __future__ import annotations

from dialogs.payloads import StartReport
from dialogs.replies import CardSettled, DraftKept, MyReportsList, Reply, Say, What
from dialogs.report.asking import ask, current, own_kindergartens, resume, which_kindergarten
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access, head, overview
from domain.needs.errors import WrongState
from domain.needs.models import EDITABLE
from domain.register import rights
from domain.register.models import Kindergarten


def start(turn: Turn, payload: StartReport) -> list[Reply]:
    """«Meld behov»: which kindergarten when there are several, an open draft before a new one."""
    chosen = which_kindergarten(
        turn, payload.kindergarten, payload.inputs.get("kindergarten"), "start_report"
    )
    if not isinstance(chosen, Kindergarten):
        return chosen
    draft = head.open_draft(turn.uow, turn.me.id, chosen.id, turn.now)
    if draft is not None:
        return resume(turn, draft)
    return ask(turn, head.start(turn.uow, turn.me.id, chosen.id, turn.now), first=True)


def continue_(turn: Turn, report_id: int | None = None) -> list[Reply]:
    """`fortsett`: the open draft, or the newest of one's own."""
    if report_id is not None:
        report = access.own_report(turn.uow, turn.me.id, report_id)
        if report.status not in EDITABLE:
            raise WrongState(report.status)
        return resume(turn, report)
    drafts = [
        draft
        for kindergarten_id in rights.heads(turn.roles)
        if (draft := head.open_draft(turn.uow, turn.me.id, kindergarten_id, turn.now))
    ]
    if not drafts:
        return [Say(What.NOTHING_OPEN)]
    return resume(turn, max(drafts, key=lambda d: d.updated_at))


def later(turn: Turn) -> list[Reply]:
    """Puts the draft aside; it is stored already."""
    report = current(turn)
    sending = turn.state.flow is Flow.OWNERS_REPORT
    turn.state = turn.state.closed()
    settled: list[Reply] = [CardSettled("later")]
    if report is None and sending:
        return [*settled, DraftKept(None, 0)]
    if report is None:
        return [*settled, Say(What.NOTHING_OPEN)]
    return [*settled, DraftKept(report.title, len(report.answers))]


def discard(turn: Turn, report_id: int) -> list[Reply]:
    """Withdraws a draft or a need that the owner has not approved."""
    report = head.withdraw(turn.uow, turn.me.id, report_id, turn.now)
    if turn.state.subject == report_id:
        turn.state = turn.state.closed()
    return [CardSettled("withdrawn"), Say(What.DISCARDED, {"title": report.title or ""})]


def mine(turn: Turn) -> list[Reply]:
    """`mine meldinger`."""
    kindergartens = own_kindergartens(turn)
    if not kindergartens:
        return [Say(What.NOT_A_HEAD)]
    return [MyReportsList(tuple(overview.standings(turn.uow, kindergartens, turn.now)))]
