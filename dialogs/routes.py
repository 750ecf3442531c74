"""Which handler a card's verb or a command word leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogs import ask, demo, greet, handle, inquiries, leader, leaders_inquiries, send_in, strangers
from dialogs import payloads as p
from dialogs.replies import HelpText, Reply, Say, What
from dialogs.report import answering, beginning, finishing
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
    return answering.back(turn)


def _later(turn: Turn, payload: p.Later) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT and payload.report == turn.state.subject:
        send_in.keep_filled_in(turn, payload)
    elif turn.state.flow is Flow.REPORT:
        answering.keep_filled_in(turn, payload)
    return beginning.later(turn)


def _continue(turn: Turn) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.send_in(turn, p.SendIn())
    replies = beginning.continue_(turn)
    nothing = replies == [Say(What.NOTHING_OPEN)]
    return send_in.send_in(turn, p.SendIn()) if nothing and rights.owners(turn.roles) else replies


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
    p.Continue: lambda t, x: beginning.continue_(t, x.report),
    p.AnswerStep: answering.answer_card,
    p.AnswerOwners: send_in.answer_card,
    p.Back: answering.back,
    p.Change: answering.change_card,
    p.ChangeOwners: lambda t, x: send_in.change(t, x.report, x.inputs.get("change", "")),
    p.KeepPending: answering.keep_pending,
    p.Submit: finishing.submit,
    p.Later: _later,
    p.Discard: lambda t, x: beginning.discard(t, x.report),
    p.MyReports: lambda t, _: beginning.mine(t),
    p.ToHandle: handle.to_handle,
    p.ApproveChosen: handle.approve_chosen,
    p.ApproveAll: handle.approve_all,
    p.ReadChosen: handle.read_chosen,
    p.ReadOne: lambda t, x: handle.read(t, x.report),
    p.ApproveOne: handle.approve_one,
    p.ReturnOne: handle.return_one,
    p.NotForward: handle.not_forward,
    p.SendIn: send_in.send_in,
    p.SubmitOwners: send_in.submit,
    p.Nudge: handle.nudge,
    p.Bind: lambda t, x: leader.bind(t, x.network),
    p.Summary: leader.summary,
    p.WhoIsMissing: leader.who_is_missing,
    p.Excel: leader.excel_link,
    p.DemoAs: demo.demo_card,
    p.DemoOff: lambda t, _: demo.demo_off(t),
    p.WayIn: strangers.way_in,
    p.RequestAccess: strangers.request,
    p.AnswerAccess: leader.answer_access,
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
    Command.APPROVE_ALL: lambda t, _: handle.approve_all_words(t),
    Command.TO_HANDLE: lambda t, _: handle.to_handle(t, p.ToHandle()),
    Command.SEND_IN: lambda t, _: send_in.send_in(t, p.SendIn()),
    Command.EXCEL: lambda t, _: leader.excel_link(t, p.Excel()),
    Command.BIND: leader.bind_words,
    Command.UNBIND: lambda t, _: leader.unbind(t),
    Command.SUMMARY: lambda t, _: leader.summary(t, p.Summary()),
    Command.DEADLINES: lambda t, _: ask.deadlines(t),
    Command.MY_REPORTS: lambda t, _: beginning.mine(t),
    Command.BACK: lambda t, _: _back(t),
    Command.CHANGE: answering.change_words,
    Command.CANCEL: lambda t, _: beginning.later(t),
    Command.STOP: lambda t, _: [Say(What.STOP_WHAT)],
    Command.DEMO: demo.demo_words,
    Command.ASK: lambda t, _: [Say(What.ASK_AWAY)],
    Command.ASK_LEADER: inquiries.ask_words,
    Command.INQUIRIES: lambda t, _: leaders_inquiries.inquiries_words(t),
    Command.UNANSWERED: lambda t, _: leaders_inquiries.unanswered_questions(t, p.Unanswered()),
    Command.SHARED_ANSWERS: lambda t, _: leaders_inquiries.shared_answers(t, p.SharedAnswers()),
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
    }
)
"""The commands that are answered where everybody can read; the others move to the personal chat."""

CHANNEL_CARDS = (p.Bind, p.Summary, p.Help, p.Deadlines, p.AskSomething, p.AskLeader)
"""The same for cards."""
