"""Every reply of the conversation to its message: one table, complete by test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from dialogs import replies as r
from messages import answers, documents, greetings, inquiries, notices, short
from messages.heads import forms, own_needs, receipts, report, staff, whole_form
from messages.networks import closing, leader, leaders_inquiries, network_acts, network_needs, registering
from messages.outgoing import Outgoing
from messages.owners import common_needs, handling, joint_reports, owner, reply_by, sending
from messages.register import deputies, register_care

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
    r.Receipt: receipts.receipt,
    r.NoNeedConfirm: report.no_need_confirm,
    r.NoNeedReceipt: receipts.no_need_receipt,
    r.DraftKept: receipts.draft_kept,
    r.MyReportsList: own_needs.my_reports,
    r.Rectified: receipts.rectified,
    r.FileNotTaken: documents.not_taken,
    r.AttachmentRemoved: documents.removed,
    r.AskCancel: receipts.ask_cancel,
    r.ConfirmTakeBack: receipts.confirm_take_back,
    r.SimilarNeed: receipts.similar,
    r.WholeCard: whole_form.whole,
    r.MoreGroups: whole_form.more_groups,
    r.OwnNeed: own_needs.own_need,
    r.RankForm: own_needs.rank_form,
    r.Ranked: own_needs.ranked,
    r.CopyForm: own_needs.copy_form,
    r.Waiting: handling.waiting,
    r.ReadReport: owner.read,
    r.Approved: owner.approved,
    r.ReportedAgain: owner.reported_again,
    r.Returned: owner.returned,
    r.AskComment: owner.ask_comment,
    r.RankNeeds: sending.rank_needs,
    r.OrderSettled: sending.order_settled,
    r.ReviewOwners: sending.review_owners,
    r.OwnersReceipt: sending.owners_receipt,
    r.ChooseNetwork: sending.choose_network,
    r.NothingToSend: sending.nothing_to_send,
    r.ChooseCovered: common_needs.choose_covered,
    r.CommonBegun: common_needs.common_begun,
    r.OnlyOne: common_needs.only_one,
    r.CommonReceipt: common_needs.common_receipt,
    r.ChooseToMerge: common_needs.choose_to_merge,
    r.NameCommon: common_needs.name_common,
    r.Merged: common_needs.merged,
    r.NothingToMerge: common_needs.nothing_to_merge,
    r.ChooseToSplit: common_needs.choose_to_split,
    r.Split: common_needs.split,
    r.JointOverview: joint_reports.overview,
    r.JointAsked: joint_reports.asked,
    r.JointAnswered: joint_reports.answered,
    r.JointRefused: joint_reports.refused,
    r.NoOthers: joint_reports.no_others,
    r.Nudged: handling.nudged,
    r.AskReplyBy: reply_by.ask,
    r.ConfirmReplyBy: reply_by.confirm,
    r.ReplyBySet: reply_by.set_,
    r.HeadsReplyBy: reply_by.for_head,
    r.Bound: leader.bound,
    r.NetworkNeedsList: network_needs.listed,
    r.NetworkNeedCard: network_needs.card,
    r.ActForm: network_acts.act_form,
    r.ActConfirm: network_acts.act_confirm,
    r.ActDone: network_acts.act_done,
    r.EndRoundConfirm: closing.end_round,
    r.RoundEnded: closing.ended,
    r.SwitchFormConfirm: closing.switch_form,
    r.FormSwitched: closing.switched,
    r.FormIsOff: closing.is_off,
    r.RegisterWhere: registering.where,
    r.RegisterHow: registering.how,
    r.NoNeedRegistered: registering.no_need,
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
    r.StaffCard: staff.card,
    r.StaffCardUpdated: staff.updated,
    r.StaffCardClosed: staff.closed,
    r.HowToAskStaff: staff.how_to,
    r.NetworksChannel: staff.networks_channel,
    r.StaffResults: staff.results,
    r.Said: answers.said,
    r.CareMenu: register_care.menu,
    r.CareForm: register_care.form,
    r.ConfirmCare: register_care.confirm,
    r.CareDone: register_care.done,
    r.CareCancelled: register_care.cancelled,
    r.ConfirmDeputy: deputies.confirm,
    r.DeputyAppointed: deputies.appointed,
    r.DeputyList: deputies.listed,
    r.ConfirmEnd: deputies.confirm_end,
    r.DeputyEnded: deputies.ended,
    r.StandingIn: deputies.standing_in,
    r.Say: short.say,
}


WITH_LINKS: dict[type[r.Reply], Callable[[Any, Callable[[str], str]], Outgoing]] = {
    r.ExcelLink: lambda reply, file_url: leader.excel_link(reply, file_url(reply.token)),
    r.StaffSheetLink: documents.staff_sheet,
    r.EmptySheetLink: documents.empty_sheet,
    r.AttachmentList: documents.attachment_list,
    r.ImportRead: documents.import_read,
    r.ImportDone: documents.import_done,
}
"""The messages that lead to a file behind a signed link."""


def render(reply: r.Reply, today: date, file_url: Callable[[str], str]) -> Outgoing:
    """The message for one reply. `file_url` makes the address of a file from its token."""
    if isinstance(reply, r.ContentReply):
        return notices.render_content(reply.content, today)
    if with_links := WITH_LINKS.get(type(reply)):
        return with_links(reply, file_url)
    return RENDERERS[type(reply)](reply)


def render_all(replies: Sequence[r.Reply], today: date, file_url: Callable[[str], str]) -> list[Outgoing]:
    """The messages of a turn, in order."""
    return [render(reply, today, file_url) for reply in replies]
