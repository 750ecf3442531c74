"""Which handler a card's verb or a command word leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogs import ask, demo, documents, greet, importing, inquiries, staff
from dialogs import payloads as p
from dialogs.networks import closing, leader, leaders_inquiries, network_needs, registering
from dialogs.owners import (
    approving,
    common_needs,
    declining,
    handle,
    joint_reports,
    progress,
    reading_needs,
    reply_by,
    send_in,
)
from dialogs.register import deputies, register_care, strangers
from dialogs.replies import CardSettled, HelpText, Reply, Say, What
from dialogs.report import answering, asking, beginning, changing, finishing, more, moving, own, whole
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.norwegian.commands import Command
from domain.register import rights

CardHandler = Callable[[Turn, Any], list[Reply]]
WordHandler = Callable[[Turn, str | None], list[Reply]]


def help_text(turn: Turn) -> list[Reply]:
    """What one can do here, for the role one has."""
    led = rights.led_networks(turn.roles)
    binding = (
        None if turn.event.personal else turn.uow.identity.binding_of(turn.event.address.conversation_id)
    )
    return [
        HelpText(
            role=turn.role,
            in_channel=not turn.event.personal,
            network=turn.uow.register.network(binding.network_id).name if binding else None,
            can_bind=tuple(turn.uow.register.network(i) for i in led),
            local=turn.world.local,
        )
    ]


def _ask_card(turn: Turn, payload: p.AskSomething) -> list[Reply]:
    if payload.question is None:
        return [Say(What.ASK_AWAY)]
    return ask.answer(turn, payload.question)


def _switch(turn: Turn, payload: p.SwitchRole) -> list[Reply]:
    turn.state = turn.state.closed().model_copy(update={"role": payload.role})
    return greet.greet(turn)


def _back(turn: Turn) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.back(turn)
    return moving.back(turn)


def _later(turn: Turn, payload: p.Later) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT and payload.report == turn.state.subject:
        send_in.keep_filled_in(turn, payload)
    elif turn.state.flow is Flow.REPORT:
        moving.keep_filled_in(turn, payload)
    return beginning.later(turn)


def _continue(turn: Turn) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.send_in(turn, p.SendIn())
    replies = beginning.continue_(turn)
    nothing = replies == [Say(What.NOTHING_OPEN)]
    if nothing and (draft := common_needs.newest_draft(turn)) is not None:
        return asking.ask(turn, draft)
    return send_in.send_in(turn, p.SendIn()) if nothing and rights.owners(turn.roles) else replies


def _whole_form(turn: Turn, payload: p.WholeForm) -> list[Reply]:
    moving.keep_filled_in(turn, payload)
    return whole.open_card(turn, payload.report, payload.part) if payload.report else whole.words(turn)


def _skip(turn: Turn, payload: p.Skip) -> list[Reply]:
    if payload.leave:
        moving.keep_filled_in(turn, payload)
    return more.skip(turn, payload)


def _send_in_words(turn: Turn) -> list[Reply]:
    """`send til nettverket`: the owner's to do; a head is told so, and keeps the place."""
    if rights.owners(turn.roles) or not rights.heads(turn.roles):
        return send_in.send_in(turn, p.SendIn())
    report = asking.current(turn)
    here = [CardSettled("moved"), *moving.repeat(turn, report)] if report else []
    return [Say(What.OWNER_SENDS), *here]


def _cancel(turn: Turn) -> list[Reply]:
    if turn.state.flow in (Flow.COMMENT, Flow.REPLY_BY):
        return handle.cancel(turn)
    return beginning.cancel(turn) if turn.state.flow is Flow.REPORT else beginning.later(turn)


CARDS: dict[type[p.Payload], CardHandler] = {
    p.Menu: lambda t, _: greet.greet(t),
    p.Help: lambda t, _: help_text(t),
    p.Deadlines: lambda t, _: ask.deadlines(t),
    p.AskSomething: _ask_card,
    p.SwitchRole: _switch,
    p.StartReport: beginning.start,
    p.NoNeed: lambda t, x: finishing.no_need(t, x.kindergarten, x.inputs.get("kindergarten")),
    p.NoNeedYes: finishing.no_need_yes,
    p.UndoNoNeed: lambda t, x: finishing.undo_no_need(t, x.report),
    p.Continue: beginning.continue_,
    p.AnswerStep: answering.answer_card,
    p.AnswerOwners: send_in.answer_card,
    p.WholeForm: _whole_form,
    p.AnswerWhole: whole.answer,
    p.More: more.open_groups,
    p.Skip: _skip,
    p.Back: moving.back,
    p.Change: changing.change_card,
    p.ChangeOwners: lambda t, x: send_in.change(t, x.report, x.inputs.get("change", "")),
    p.KeepPending: answering.keep_pending,
    p.Submit: finishing.submit,
    p.Later: _later,
    p.Discard: lambda t, x: beginning.discard(t, x.report),
    p.TakeBack: beginning.take_back,
    p.MyReports: lambda t, _: own.mine(t),
    p.AskRank: own.ask_rank,
    p.Rank: own.rank,
    p.Copy: beginning.copy,
    p.ToHandle: handle.to_handle,
    p.ShowHandling: handle.show,
    p.ApproveChosen: approving.approve_chosen,
    p.ApproveAll: approving.approve_all,
    p.ReadChosen: reading_needs.read_chosen,
    p.ReadOne: lambda t, x: reading_needs.read(t, x.report),
    p.ApproveOne: approving.approve_one,
    p.ReportAgain: approving.report_again,
    p.Progress: progress.report,
    p.ReturnOne: declining.return_one,
    p.NotForward: declining.not_forward,
    p.WithdrawNeed: declining.withdraw,
    p.ReplyBy: reply_by.card,
    p.SetReplyBy: reply_by.set_,
    p.SendIn: send_in.send_in,
    p.SkipOwners: send_in.skip,
    p.SubmitOwners: send_in.submit,
    p.CommonNeed: common_needs.start,
    p.BeginCommon: common_needs.begin,
    p.MergeNeeds: common_needs.choose_to_merge,
    p.MergeChosen: common_needs.merge_chosen,
    p.MergeNamed: common_needs.merge_named,
    p.SplitNeed: common_needs.split,
    p.JointReport: joint_reports.joint_report,
    p.InviteOwners: joint_reports.invite,
    p.TakeOutOwners: joint_reports.take_out,
    p.AnswerJoint: joint_reports.answer,
    p.Nudge: handle.nudge,
    p.Bind: lambda t, x: leader.bind(t, x.network),
    p.Summary: leader.summary,
    p.NetworkNeeds: network_needs.needs,
    p.NetworkNeed: network_needs.need,
    p.ChooseAct: network_needs.choose,
    p.PrepareAct: network_needs.prepare,
    p.DoAct: network_needs.do,
    p.ChangeAct: network_needs.change,
    p.EndRoundYes: closing.end_round_yes,
    p.SwitchForm: closing.switch_form,
    p.RegisterFor: registering.register_for,
    p.BeginRegistering: registering.begin,
    p.WhoIsMissing: leader.who_is_missing,
    p.Excel: leader.excel_link,
    p.StaffSheet: documents.sheet,
    p.EmptySheet: lambda t, _: importing.empty_sheet(t),
    p.RemoveAttachment: documents.remove,
    p.RegisterImport: importing.register,
    p.DropImport: importing.drop,
    p.DemoAs: demo.demo_card,
    p.DemoOff: lambda t, _: demo.demo_off(t),
    p.WayIn: strangers.way_in,
    p.RequestAccess: strangers.request,
    p.AnswerAccess: leader.answer_access,
    p.RegisterCare: lambda t, _: register_care.menu(t),
    p.OpenCareForm: register_care.open_form,
    p.ReadCare: register_care.read_form,
    p.DoCare: register_care.do,
    p.CancelCare: register_care.cancel,
    p.Deputies: lambda t, _: deputies.listed(t),
    p.AppointDeputy: deputies.appoint,
    p.ShowDeputy: deputies.show,
    p.EndDeputy: deputies.end,
    p.AskLeader: inquiries.ask_leader,
    p.Inquiries: leaders_inquiries.inquiries,
    p.ShowInquiry: leaders_inquiries.show,
    p.AnswerInquiry: leaders_inquiries.answer,
    p.DeclineInquiry: leaders_inquiries.decline,
    p.ShareInquiry: leaders_inquiries.share,
    p.Unanswered: leaders_inquiries.unanswered_questions,
    p.WriteAnswer: leaders_inquiries.write_answer,
    p.Publish: leaders_inquiries.publish,
    p.SharedAnswers: leaders_inquiries.shared_answers,
    p.Withdraw: leaders_inquiries.withdraw,
    p.AskStaff: staff.ask_staff,
    p.AnswerStaff: staff.answer,
    p.StaffAnswers: staff.answers,
    p.TakeInStaff: staff.take_in,
    p.CloseStaff: staff.close,
}

WORDS: dict[Command, WordHandler] = {
    Command.HELLO: lambda t, _: greet.greet(t),
    Command.HELP: lambda t, _: help_text(t),
    Command.REPORT: lambda t, _: beginning.start(t, p.StartReport()),
    Command.NO_NEED: lambda t, _: finishing.no_need(t, None),
    Command.CONTINUE: lambda t, _: _continue(t),
    Command.WHAT_NOW: lambda t, _: ask.what_now(t),
    Command.STATUS: lambda t, _: greet.greet(t),
    Command.WHO_IS_MISSING: lambda t, _: leader.who_is_missing(t, p.WhoIsMissing()),
    Command.REMIND_THEM: lambda t, _: handle.nudge_words(t),
    Command.APPROVE_ALL: lambda t, _: approving.approve_all_words(t),
    Command.REPLY_BY: reply_by.words,
    Command.TO_HANDLE: lambda t, _: handle.to_handle(t, p.ToHandle()),
    Command.SEND_IN: lambda t, _: _send_in_words(t),
    Command.COMMON_NEED: lambda t, _: common_needs.start(t, p.CommonNeed()),
    Command.MERGE: lambda t, _: common_needs.choose_to_merge(t, p.MergeNeeds()),
    Command.SPLIT: lambda t, _: common_needs.split(t, p.SplitNeed()),
    Command.JOINT_REPORT: lambda t, _: joint_reports.joint_report(t, p.JointReport()),
    Command.STAFF_SHEET: lambda t, _: documents.sheet(t, p.StaffSheet()),
    Command.ATTACHMENTS: lambda t, _: documents.shown(t),
    Command.EXCEL: lambda t, _: leader.excel_link(t, p.Excel()),
    Command.EMPTY_SHEET: lambda t, _: importing.empty_sheet(t),
    Command.BIND: leader.bind_words,
    Command.UNBIND: lambda t, _: leader.unbind(t),
    Command.NETWORK_NEEDS: lambda t, _: network_needs.needs(t, p.NetworkNeeds()),
    Command.END_ROUND: lambda t, _: closing.end_round(t),
    Command.FORM_OFF: lambda t, _: closing.switch_form(t, p.SwitchForm(on=False)),
    Command.FORM_ON: lambda t, _: closing.switch_form(t, p.SwitchForm(on=True)),
    Command.REGISTER_FOR: registering.register_words,
    Command.REGISTER_CARE: lambda t, _: register_care.menu(t),
    Command.DEPUTY: lambda t, _: deputies.open_form(t),
    Command.DEPUTIES: lambda t, _: deputies.listed(t),
    Command.SUMMARY: lambda t, _: leader.summary(t, p.Summary()),
    Command.DEADLINES: lambda t, _: ask.deadlines(t),
    Command.MY_REPORTS: lambda t, _: own.mine(t),
    Command.WHOLE_FORM: lambda t, _: whole.words(t),
    Command.ONE_BY_ONE: lambda t, _: whole.one_by_one(t),
    Command.MORE: lambda t, _: send_in.more_words(t) or more.words(t),
    Command.TO_REVIEW: lambda t, _: send_in.skip_words(t, leave=True) or more.leave_words(t) or _continue(t),
    Command.SKIP: lambda t, _: send_in.skip_words(t) or more.skip_words(t) or _continue(t),
    Command.COPY: lambda t, _: beginning.copy(t, p.Copy()),
    Command.RANK: lambda t, _: own.ask_rank(t, p.AskRank()),
    Command.BACK: lambda t, _: _back(t),
    Command.CHANGE: changing.change_words,
    Command.CANCEL: lambda t, _: _cancel(t),
    Command.STOP: lambda t, _: [Say(What.STOP_WHAT)],
    Command.DEMO: demo.demo_words,
    Command.ASK: lambda t, _: [Say(What.ASK_AWAY)],
    Command.ASK_LEADER: inquiries.ask_words,
    Command.INQUIRIES: lambda t, _: leaders_inquiries.inquiries_words(t),
    Command.UNANSWERED: lambda t, _: leaders_inquiries.unanswered_questions(t, p.Unanswered()),
    Command.SHARED_ANSWERS: lambda t, _: leaders_inquiries.shared_answers(t, p.SharedAnswers()),
    Command.ASK_STAFF: lambda t, _: staff.ask_staff(t, p.AskStaff()),
    Command.STAFF_ANSWERS: lambda t, _: staff.answers(t, p.StaffAnswers()),
}

IN_CHANNEL = frozenset(
    {
        Command.HELLO,
        Command.HELP,
        Command.BIND,
        Command.UNBIND,
        Command.SUMMARY,
        Command.DEADLINES,
        Command.ASK,
        Command.ASK_LEADER,
        Command.INQUIRIES,
        Command.ASK_STAFF,
    }
)
"""The commands that are answered where everybody can read; the others move to the personal chat."""

CHANNEL_CARDS = (
    p.Bind,
    p.Summary,
    p.Help,
    p.Deadlines,
    p.AskSomething,
    p.AskLeader,
    p.AskStaff,
    p.AnswerStaff,
)
"""The same for cards."""
