"""Every reply of the conversation to its message: one table, complete by test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dialogs import replies as r
from messages import (
    answers,
    forms,
    greetings,
    inquiries,
    leader,
    leaders_inquiries,
    notices,
    owner,
    report,
    sending,
    short,
)
from messages.outgoing import Outgoing

RENDERERS: dict[type[r.Reply], Callable[[Any], Outgoing]] = {
    r.HeadGreeting: greetings.head,
    r.OwnerGreeting: greetings.owner,
    r.LeaderGreeting: greetings.leader,
    r.AuthorityGreeting: greetings.authority,
    r.PlainGreeting: greetings.plain,
    r.Stranger: greetings.stranger,
    r.AccessForm: greetings.access_form,
    r.AccessAsked: greetings.access_asked,
    r.AccessAnswered: greetings.access_answered,
    r.AskStep: forms.ask_step,
    r.StepSettled: forms.step_settled,
    r.PendingAnswer: forms.pending,
    r.ChooseKindergarten: report.choose_kindergarten,
    r.ReviewReport: report.review,
    r.CardSettled: report.card_settled,
    r.Receipt: report.receipt,
    r.NoNeedConfirm: report.no_need_confirm,
    r.NoNeedReceipt: report.no_need_receipt,
    r.DraftKept: report.draft_kept,
    r.MyReportsList: report.my_reports,
    r.Corrected: report.corrected,
    r.Waiting: owner.waiting,
    r.ReadReport: owner.read,
    r.Approved: owner.approved,
    r.Returned: owner.returned,
    r.AskComment: owner.ask_comment,
    r.ReviewOwners: sending.review_owners,
    r.OwnersReceipt: sending.owners_receipt,
    r.ChooseNetwork: sending.choose_network,
    r.NothingToSend: sending.nothing_to_send,
    r.Nudged: owner.nudged,
    r.Bound: leader.bound,
    r.Missing: leader.missing,
    r.DeadlineList: leader.deadlines,
    r.HelpText: leader.help_text,
    r.DemoPeople: leader.demo_people,
    r.AskLeaderForm: inquiries.ask_form,
    r.LeaderAsked: inquiries.asked,
    r.AskedBefore: inquiries.asked_before,
    r.InquiryRefused: inquiries.refused,
    r.InquiryCard: inquiries.card,
    r.OpenInquiries: leaders_inquiries.waiting,
    r.InquiryClosed: leaders_inquiries.closed,
    r.ShareForm: leaders_inquiries.share_form,
    r.AnswerShared: leaders_inquiries.shared,
    r.UnansweredList: leaders_inquiries.unanswered,
    r.SharedList: leaders_inquiries.shared_list,
    r.Said: answers.said,
    r.Say: short.say,
}


def render(reply: r.Reply, today: date, file_url: Callable[[str], str]) -> Outgoing:
    """The message for one reply. `file_url` makes the address of a file from its token."""
    if isinstance(reply, r.ContentReply):
        return notices.render_content(reply.content, today)
    if isinstance(reply, r.ExcelLink):
        return leader.excel_link(reply, file_url(reply.token))
    return RENDERERS[type(reply)](reply)


def render_all(replies: Sequence[r.Reply], today: date, file_url: Callable[[str], str]) -> list[Outgoing]:
    """The messages of a turn, in order."""
    return [render(reply, today, file_url) for reply in replies]
