"""Examples of sending to the network: needs for several, merging, joint reports, the summary, the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.preview.scene import Scene, place
from dialogs import replies as r
from domain.needs.flow import Circumstances, groups, place_of
from domain.needs.form import owners_form
from domain.needs.models import JointOwner, JointState, OwnersReport, Source, Status
from domain.needs.owners.merging import WhyNot
from domain.outbox import MessageKind
from domain.outreach.notices.joint import JointNotice, MergedNotice
from domain.register.models import Municipality, Owner

Variants = Iterator[tuple[str, r.Reply]]
EVERYTHING = Circumstances(several_needs=True, support=True)


def listed(s: Scene, number: int, **other: Any) -> tuple[r.ListedNeed, ...]:
    """So many needs in a list."""
    return tuple(r.ListedNeed(s.title(i), s.kindergarten(i).name, **other) for i in range(number))


def ordering(s: Scene) -> Variants:
    """Which needs come first."""
    where = place(owners_form(), "order")
    three = r.RankNeeds(s.owners_report(3), s.owner.name, where, listed(s, 3))
    yield "three", three
    yield "two-wrong", replace(three, report=s.owners_report(2), needs=listed(s, 2), wrong=True)
    yield "many", replace(three, report=s.owners_report(70), needs=listed(s, 70, more=2), saved=True)
    yield "changing", replace(three, changing=True)
    yield "settled", r.OrderSettled(listed(s, 12))


def further(s: Scene) -> Variants:
    """A further question of the consolidated report, asked because of what the needs are about."""
    step = owners_form().step("team")
    where = place_of(owners_form(), "team", EVERYTHING)
    if step is None or where is None:
        raise LookupError("team")
    asked = r.AskStep(
        verb="answer_owners",
        subject=201,
        version=4,
        place=where,
        fields=step.fields,
        answers={},
        about=s.owner.name,
        skips=True,
    )
    yield "owners-further", asked


def sending(s: Scene) -> Variants:
    """The consolidated report and its receipt."""
    form, where = owners_form(), place(owners_form(), "authority")
    more = tuple(groups(form, s.answers(form), EVERYTHING))
    three = r.ReviewOwners(
        s.owners_report(3), s.owner, s.network, where, form, listed(s, 3), True, groups=more
    )
    yield "three", three
    titles = tuple(s.title(n) for n in range(4))
    yield "mergeable", replace(three, may_merge=True, alike=titles, may_join=True)
    joint = tuple((s.owner.name, state) for state in JointState)
    theirs = (*listed(s, 2, more=3), *listed(s, 1, owner=s.owner.name))
    yield "joint", replace(three, may_merge=True, may_join=True, joint=joint, needs=theirs)
    everything = s.owners_report(3, answers=s.answers(form, everything=True))
    yield "everything", replace(three, report=everything)
    yield "sixty", replace(three, report=s.owners_report(60), needs=listed(s, 60))
    yield "seventy", replace(three, report=s.owners_report(70), needs=listed(s, 70))
    supplement = s.owners_report(1, sequence=2, answers={})
    yield "supplement", replace(three, report=supplement, needs=listed(s, 1), saved=False, groups=())
    yield "none", replace(three, report=s.owners_report(0), needs=())
    receipt = r.OwnersReceipt(
        s.owners_report(12), s.owner, s.network.name, "Ingrid Moen", s.deadline(), 0, s.now
    )
    yield "sent", receipt
    yield "sent-next-network", replace(receipt, next_network=s.other_network, unanswered=2)
    yield "sent-joint", replace(receipt, others=(s.owner.name, s.owner.name))
    late = s.owners_report(1, sequence=1, late=True)
    yield "late-supplement", replace(receipt, report=late, unanswered=3)
    yield "sent-none", replace(receipt, report=s.owners_report(0), leader=None)
    yield "two-networks", r.ChooseNetwork("send_in", 1, (s.network, s.other_network))
    many = tuple(s.network.model_copy(update={"id": n}) for n in range(1, 9))
    yield "eight-networks", r.ChooseNetwork("send_in", None, many)
    yield "common-two-networks", r.ChooseNetwork("common_need", 1, (s.network, s.other_network))
    yield "something-waits", r.NothingToSend(s.owner, 3, False, 1)
    yield "nobody-answered", r.NothingToSend(s.owner, 0, False, 4)
    yield "all-sent", r.NothingToSend(s.owner, 0, True, 0)


def common(s: Scene) -> Variants:
    """One need for several kindergartens."""
    own = tuple(s.kindergarten(n) for n in range(9))
    places = tuple((Municipality(id=i, name=f"{s.words.municipality} {i}", network_id=1), 3) for i in (1, 2))
    few = r.ChooseCovered(s.owner, s.network, own, places[:1], 9)
    yield "nine", few
    yield "nothing-chosen", replace(few, nothing_chosen=True, municipalities=places)
    hundred = tuple(s.kindergarten(n) for n in range(100))
    yield "hundred", replace(few, kindergartens=hundred, municipalities=places, total=100)
    yield "thousand", replace(few, kindergartens=(), municipalities=places, total=1000)
    yield "of-one-municipality", replace(few, municipalities=places, total=1000, within=places[0][0])
    draft = s.need(Status.DRAFT, source=Source.OWNER)
    yield "begun", r.CommonBegun(s.owner, s.network, draft, 9)
    unnamed = s.need(Status.DRAFT, answered=False, source=Source.OWNER)
    yield "begun-unnamed", r.CommonBegun(s.owner, s.network, unnamed, 1)
    yield "only-one", r.OnlyOne(s.owner)
    need = s.need(Status.APPROVED, source=Source.OWNER)
    yield "stored", r.CommonReceipt(need, s.owner, s.network, 9)
    yield "stored-late", r.CommonReceipt(s.need(Status.APPROVED, late=True), s.owner, s.network, 100)


def merging(s: Scene) -> Variants:
    """Several needs become one, and are taken apart."""
    needs = tuple((101 + i, need) for i, need in enumerate(listed(s, 4)))
    choose = r.ChooseToMerge(s.owner, s.network, needs)
    yield "choose", choose
    yield "choose-alike", replace(choose, alike=frozenset({101, 103}))
    hundred = tuple((101 + i, need) for i, need in enumerate(listed(s, 100, more=2)))
    yield "choose-hundred", replace(choose, needs=hundred)
    for why in WhyNot:
        yield f"refused-{why.value}", replace(choose, refused=why)
    name = r.NameCommon(needs[:2], s.title())
    yield "name", name
    yield "name-wrong", replace(name, title="Kurs", refused=WhyNot.TITLE)
    yield "name-hundred", replace(name, needs=hundred, title=None)
    report = s.need(Status.APPROVED, source=Source.OWNER)
    yield "merged", r.Merged(report, listed(s, 2), 1, 1)
    yield "merged-hundred", r.Merged(report, listed(s, 100), 1, 1)
    yield "nothing", r.NothingToMerge(s.owner)
    yield "split-which", r.ChooseToSplit(((report, listed(s, 1, more=2)[0]),))
    yield "split-none", r.ChooseToSplit(())
    yield "split", r.Split(s.title(), listed(s, 3), 1, 1)
    yield "split-hundred", r.Split(s.title(), listed(s, 100), 1, 1)


def joint(s: Scene) -> Variants:
    """A joint report, as the sender and the others see it."""
    owners = tuple(_owner(s, n) for n in range(2, 62))
    report = s.owners_report(3)
    start = r.JointOverview(report, s.network, (), owners)
    yield "start", start
    asked = tuple((owners[n], state, n) for n, state in enumerate(JointState))
    yield "answers", replace(start, report=_joint(s), asked=asked, just_asked=1)
    names = (owners[0].name, owners[1].name)
    yield "waits-for", replace(start, asked=asked, free=(), waits_for=names)
    own = r.JointAsked(report, owners[0].name, s.owner, s.network.name, JointState.ASKED, 0, 3)
    yield "asked", own
    yield "asked-one", replace(own, approved=1)
    yield "asked-none", replace(own, approved=0)
    inside = replace(own, state=JointState.CONFIRMED, confirmed=2)
    yield "confirmed", replace(inside, approved=2)
    yield "confirmed-more", inside
    yield "yes", r.JointAnswered(report, owners[0].name, s.owner, True, 2)
    yield "no", r.JointAnswered(report, owners[0].name, s.owner, False, 0)
    yield "elsewhere", r.JointRefused(owners[0].name, False)
    yield "own", r.JointRefused(s.owner.name, True)
    yield "nobody", r.NoOthers(s.owner)


def notices(s: Scene) -> Iterator[tuple[str, JointNotice | MergedNotice]]:
    """What the other owners, the sender and the heads are told."""
    for kind in (
        MessageKind.JOINT_ASKED,
        MessageKind.JOINT_ANSWERED,
        MessageKind.JOINT_TAKEN_OUT,
        MessageKind.JOINT_SENT,
    ):
        notice = JointNotice(
            kind=kind,
            recipient=s.per,
            report_id=201,
            version=4,
            number="2026-E001",
            network=s.network.name,
            network_id=1,
            sender=s.owner.name,
            sender_id=1,
            owner=s.owner.name,
            owner_id=2,
            by=s.per.name,
            needs=2,
        )
        yield kind.value, notice
        yield f"{kind.value}-yes", replace(notice, joins=True, needs=1)
        yield f"{kind.value}-none", replace(notice, needs=0)
    merged = MergedNotice(s.kari, s.need(Status.APPROVED), s.owner.name, s.title(), (s.kindergarten(1).name,))
    yield "need_merged", merged
    many = tuple(s.kindergarten(n).name for n in range(60))
    yield "need_merged-many", replace(merged, others=many)
    yield "need_merged-split", replace(merged, title=None, others=())


def _owner(s: Scene, number: int) -> Owner:
    return s.owner.model_copy(update={"id": number, "name": f"{s.owner.name} {number}"})


def _joint(s: Scene) -> OwnersReport:
    return s.owners_report(
        3, joint=tuple(JointOwner(owner_id=n, state=x) for n, x in enumerate(JointState, 2))
    )
