"""The start of a head's conversation about a need: begin, copy, go on, put aside, take back."""

from __future__ import annotations

from datetime import date

from dialogs.chosen import id_in
from dialogs.payloads import Continue, Copy, StartReport, TakeBack
from dialogs.replies import (
    AskCancel,
    CardSettled,
    ConfirmTakeBack,
    CopyForm,
    DraftKept,
    Reply,
    Say,
    What,
)
from dialogs.report import own, whole
from dialogs.report.asking import ask, current, open_drafts, owner_of, registered_drafts, which_kindergarten
from dialogs.report.own import own_need
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.heads import copying, head, own_needs
from domain.needs.lifecycle import Act, acts_from
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from domain.register.models import Kindergarten


def start(turn: Turn, payload: StartReport) -> list[Reply]:
    """«Meld behov»: which kindergarten when there are several, an open draft before a new one."""
    wishes = [name for name in ("new", "whole") if getattr(payload, name)]
    chosen = which_kindergarten(
        turn, payload.kindergarten, payload.inputs.get("kindergarten"), "start_report", *wishes
    )
    if not isinstance(chosen, Kindergarten):
        return chosen
    draft = None if payload.new else head.open_draft(turn.uow, turn.me.id, chosen.id, turn.now)
    report = draft or head.start_another(turn.uow, turn.me.id, chosen.id, turn.now)
    if payload.whole:
        return whole.show(turn, report)
    return ask(turn, report, first=draft is None or not draft.answers)


def copy(turn: Turn, payload: Copy) -> list[Reply]:
    """«Kopier fra i fjor»: which need when there are several, then a draft with its answers."""
    chosen = which_kindergarten(turn, payload.kindergarten, payload.inputs.get("kindergarten"), "copy")
    if not isinstance(chosen, Kindergarten):
        return chosen
    offered = copying.earlier_needs(turn.uow, turn.me.id, chosen.id, turn.now)
    source = id_in(payload.inputs.get("source", "")) or payload.source
    if not offered:
        return [Say(What.NOTHING_TO_COPY)]
    if len(offered) == 1 and source is None:
        source = offered[0].id
    if source is None:
        rounds = tuple(turn.uow.rounds.get(r.round_id).label for r in offered)
        return [CardSettled("moved"), CopyForm(chosen, offered, rounds)]
    report = copying.copy(turn.uow, turn.me.id, chosen.id, source, turn.now)
    name = next((r.title for r in offered if r.id == source), None)
    return [CardSettled("moved"), *ask(turn, report, copied=name or "")]


def continue_(turn: Turn, payload: Continue | None = None) -> list[Reply]:
    """`fortsett`: the need that is named or chosen, else the one draft, else the list to choose from."""
    report_id = id_in(payload.inputs.get("report", "")) or payload.report if payload else None
    if report_id is not None:
        report = own_needs.readable(turn.uow, turn.me.id, report_id)
        return ask(turn, report) if report.status in EDITABLE else [own_need(turn, report)]
    here = current(turn)
    drafts = [here] if here else open_drafts(turn) or registered_drafts(turn)[:1]
    if not drafts:
        return [Say(What.NOTHING_OPEN)]
    if len(drafts) > 1:
        return own.mine(turn, choose_draft=True)
    return ask(turn, drafts[0])


def later(turn: Turn, *, settled: bool = True) -> list[Reply]:
    """Puts the draft aside; it is stored already."""
    report = current(turn)
    sending = turn.state.flow is Flow.OWNERS_REPORT
    turn.state = turn.state.closed()
    first: list[Reply] = [CardSettled("later")] if settled else []
    if report is None:
        return [*first, DraftKept(None, 0) if sending else Say(What.NOTHING_OPEN)]
    return [*first, DraftKept(report.title, len(report.answers), reply_by=_reply_by(turn, report))]


def _reply_by(turn: Turn, report: NeedsReport) -> date | None:
    """The heads' date, while it is ahead; only for one who answers for the kindergarten."""
    if report.source is not Source.BOT:
        return None
    owner_id = turn.uow.register.kindergarten(report.kindergarten_id).owner_id
    day = turn.uow.rounds.get(report.round_id).reply_by(turn.uow.rounds.reply_by(owner_id, report.round_id))
    return day if day >= turn.today else None


def cancel(turn: Turn) -> list[Reply]:
    """`avbryt`: asks whether the draft is to be kept; one with nothing in it is just put aside."""
    report = current(turn)
    if report is None or not report.answers:
        return later(turn)
    turn.state = turn.state.model_copy(update={"asked": "cancel", "pending": None, "held": None})
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    return [CardSettled("moved"), AskCancel(report, kindergarten.name)]


def take_back(turn: Turn, payload: TakeBack) -> list[Reply]:
    """[Trekk]: asks first, as it cannot be undone."""
    report_id = id_in(payload.inputs.get("report", "")) or payload.report
    if report_id is None:
        return [Say(What.CHOOSE_SOMETHING), *own.mine(turn)]
    return take_back_one(turn, access.own_report(turn.uow, turn.me.id, report_id))


def take_back_one(turn: Turn, report: NeedsReport) -> list[Reply]:
    """Is this need really to be withdrawn?"""
    allowed = acts_from(report.status, access.roles_for(turn.uow, turn.me.id, report))
    if Act.WITHDRAW not in allowed or report.status not in (*EDITABLE, Status.SENT_TO_OWNER):
        return [own_need(turn, report)]
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    return [ConfirmTakeBack(report, kindergarten.name, owner_of(turn, report))]


def discard(turn: Turn, report_id: int) -> list[Reply]:
    """Withdraws a draft or a need that the owner has not approved."""
    before = access.own_report(turn.uow, turn.me.id, report_id)
    report = head.withdraw(turn.uow, turn.me.id, report_id, turn.now)
    if turn.state.subject == report_id:
        turn.state = turn.state.closed()
    what = What.DISCARDED if before.submitted_at is None else What.WITHDRAWN
    if before.status is Status.SENT_TO_OWNER:
        what = What.TAKEN_BACK
    return [CardSettled("withdrawn", report.title or ""), Say(what, {"title": report.title or ""})]
