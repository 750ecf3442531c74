"""The owner's conversation about sending to the network: begin, answer, change, send, the receipt."""

from __future__ import annotations

import re

from dialogs import answers_in
from dialogs.chosen import id_in
from dialogs.greet import last_sent, main_owner, networks_of
from dialogs.owners import joint_reports
from dialogs.owners.owners_asking import ask, ask_at, listed, place_in, ranks
from dialogs.payloads import AnswerOwners, Later, SendIn, SkipOwners, SubmitOwners
from dialogs.payloads.sending import GROUP, PLACES
from dialogs.replies import (
    CardSettled,
    ChooseNetwork,
    NothingToSend,
    OrderSettled,
    OwnersReceipt,
    Reply,
    Say,
    StepSettled,
    What,
)
from dialogs.state import Flow
from dialogs.turn import Turn, leader_of
from domain.needs import access, overview
from domain.needs.errors import NotReady
from domain.needs.flow import Place, groups, next_more, previous_place
from domain.needs.models import OwnersReport, OwnersStatus
from domain.needs.owners import joint, owner, sending
from domain.needs.reading import Reading
from domain.norwegian.choices import yes_or_no
from domain.register import rights
from domain.register.models import Network, Owner
from domain.rounds.models import DeadlineKind


def send_in(turn: Turn, payload: SendIn) -> list[Reply]:
    """«Send til nettverket»: goes on with what is open, to the one network that has something, or asks which."""
    if payload.owner is None and payload.network is None and (found := _open(turn)) is not None:
        return found
    mine = main_owner(turn, payload.owner)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    networks = networks_of(turn, mine)
    if payload.network is not None:
        networks = [n for n in networks if n.id == payload.network]
    ready = ready_networks(turn, mine, networks)
    if not ready:
        return joint_reports.standing(turn, mine, networks) or [_nothing(turn, mine)]
    if len(ready) > 1:
        return [ChooseNetwork("send_in", mine.id, tuple(ready))]
    return begin(turn, mine.id, ready[0].id)


def begin(turn: Turn, owner_id: int, network_id: int) -> list[Reply]:
    """The report to one network, where it stands."""
    try:
        report = sending.prepare(turn.uow, turn.me.id, owner_id, network_id, turn.now)
    except NotReady:
        return [_nothing(turn, turn.uow.register.owner(owner_id))]
    except joint.InJoint as elsewhere:
        return joint_reports.show(turn, elsewhere.report_id, owner_id)
    return ask(turn, report, wanted=True)


def _open(turn: Turn) -> list[Reply] | None:
    """The report that is open in this conversation; None when there is none."""
    if turn.state.flow is not Flow.OWNERS_REPORT:
        return None
    report = turn.uow.owners_reports.get(turn.state.subject or 0)
    if report is None or report.owner_id not in rights.owners(turn.roles):
        return None
    if report.status is OwnersStatus.SENT:
        return stale(turn, report)
    step, refill = turn.state.step or "", turn.state.refill
    replies = begin(turn, report.owner_id, report.network_id)
    now_open = turn.uow.owners_reports.get(report.id)
    place = place_in(turn, now_open, step) if now_open and turn.state.subject == report.id else None
    if now_open is None or place is None or place.step.closes:
        return replies
    return ask_at(turn, now_open, place, refill=refill)


def ready_networks(turn: Turn, mine: Owner, networks: list[Network]) -> list[Network]:
    """Those of the networks that the owner has something to send to, and is not spoken for in."""
    return [n for n in networks if _has_something(turn, mine, n.id)]


def _has_something(turn: Turn, mine: Owner, network_id: int) -> bool:
    current = turn.uow.rounds.current(network_id, turn.today)
    if current is None or joint.membership(turn.uow, mine.id, current.id) is not None:
        return False
    if owner.approved(turn.uow, mine.id, network_id, turn.now):
        return True
    if joint.spoken_for(turn.uow, mine.id, current.id):
        return False
    return sending.all_without_need(turn.uow, mine.id, network_id, turn.now)


def _nothing(turn: Turn, mine: Owner) -> Reply:
    kindergartens = turn.uow.register.kindergartens_of_owner(mine.id)
    return NothingToSend(
        owner=mine,
        waiting=len(owner.waiting(turn.uow, mine.id, turn.now)),
        sent=last_sent(turn, mine) is not None,
        unanswered=overview.counts(overview.standings(turn.uow, kindergartens, turn.now)).unanswered,
    )


# --- answers --------------------------------------------------------------------------------------------------


def answer_card(turn: Turn, payload: AnswerOwners) -> list[Reply]:
    """An answer from a card; an old card changes nothing."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    place = place_in(turn, report, payload.step)
    if report.status is not OwnersStatus.DRAFT or place is None:
        return stale(turn, report)
    if report.version != payload.v:
        return _overtaken(turn, report, place, payload)
    if ranks(place.step):
        first = [n for name in PLACES if (n := id_in(payload.inputs.get(name, ""))) is not None]
        return _take_order(turn, report, place, first or [1])
    reading = answers_in.from_card(
        place.step, payload.inputs, payload.choice, report.answers, turn.today, len(report.report_ids)
    )
    return _take(turn, report, place, reading, given=dict(payload.inputs))


def _overtaken(turn: Turn, report: OwnersReport, place: Place, payload: AnswerOwners) -> list[Reply]:
    """The report has changed since the card was shown: what was written on it is shown again, not lost."""
    written = {k: v for k, v in payload.inputs.items() if v.strip() and k not in PLACES}
    if not written or not place.step.missing(report.answers):
        return stale(turn, report)
    return [CardSettled("stale"), Say(What.STALE), *ask_at(turn, report, place, given=written)]


def answer_text(turn: Turn, text: str) -> list[Reply]:
    """A typed answer."""
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    place = place_in(turn, report, turn.state.step or "")
    if report.status is not OwnersStatus.DRAFT or place is None:
        return stale(turn, report)
    if place.step.closes:
        if yes_or_no(text) or text.strip().lower().startswith("send"):
            return submit(turn, SubmitOwners(report=report.id, v=report.version))
        return [Say(What.NOT_UNDERSTOOD), *ask_at(turn, report, place)]
    if ranks(place.step):
        return _take_order(turn, report, place, [int(n) for n in re.findall(r"\d{1,4}", text)])
    reading = answers_in.from_text(
        place.step,
        text,
        report.answers,
        turn.today,
        refill=turn.state.refill,
        ranked=len(report.report_ids),
    )
    return _take(turn, report, place, reading)


def _take_order(turn: Turn, report: OwnersReport, place: Place, first: list[int]) -> list[Reply]:
    """The needs that come first, by their numbers; the others keep their order."""
    order = sending.order_of(first, len(report.report_ids))
    if order is None:
        again = ask_at(turn, report, place, refill=turn.state.refill, wrong=True)
        return [CardSettled("moved"), *again]
    report = sending.answer(
        turn.uow, turn.me.id, report.id, report.version, {place.step.fields[0].id: order}, turn.now
    )
    turn.effect = {"owners_report": report.id, "step": place.step.id}
    return [OrderSettled(listed(turn, report)), *ask(turn, report, saved=True, wanted=True)]


def _take(
    turn: Turn, report: OwnersReport, place: Place, reading: Reading, given: dict[str, str] | None = None
) -> list[Reply]:
    refill = turn.state.refill and turn.state.step == place.step.id
    if not reading.values and (reading.problems or not place.step.more):
        settled: list[Reply] = [CardSettled("moved")] if given is not None else []
        return settled + ask_at(turn, report, place, refill=refill, problems=reading.problems, given=given)
    if reading.values:
        report = sending.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)
        turn.effect = {"owners_report": report.id, "step": place.step.id}
    version = sending.form_of(turn.uow, report).version
    settled = [StepSettled("owners", place.step.id, report.answers, form_version=version)]
    if reading.problems:
        return settled + ask_at(
            turn, report, place, saved=True, refill=refill, problems=reading.problems, given=given
        )
    if not place.step.more:
        return settled + ask(
            turn, report, saved=True, hints=reading.hints, stored=tuple(reading.values), wanted=not refill
        )
    return settled + _after(turn, report, place, saved=bool(reading.values))


def _after(turn: Turn, report: OwnersReport, place: Place, *, saved: bool) -> list[Reply]:
    """The group's next question, or the summary when it ends or its questions were not gone through."""
    following = None
    if place.group is not None and not turn.state.refill and not place.step.only_when:
        form = sending.form_of(turn.uow, report)
        circumstances = sending.circumstances(turn.uow, report)
        following = next_more(form, report.answers, place.group.id, circumstances, after=place.step.id)
    if following is None:
        return ask(turn, report, saved=saved)
    return ask_at(turn, report, following, saved=saved)


def skip(turn: Turn, payload: SkipOwners) -> list[Reply]:
    """«Hopp over» a further question, or «til oppsummeringen»; what is filled in is kept."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    place = place_in(turn, report, payload.step)
    if report.status is not OwnersStatus.DRAFT or place is None or not place.step.more:
        return stale(turn, report)
    keep_filled_in(turn, payload)
    kept = turn.uow.owners_reports.get(report.id) or report
    saved = kept.version > report.version
    onwards = ask(turn, kept, saved=saved) if payload.leave else _after(turn, kept, place, saved=saved)
    return [CardSettled("moved"), *onwards]


def skip_words(turn: Turn, *, leave: bool = False) -> list[Reply]:
    """`hopp over`, and `til oppsummeringen`, at a further question of the report; nothing anywhere else."""
    if turn.state.flow is not Flow.OWNERS_REPORT:
        return []
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    place = place_in(turn, report, turn.state.step or "")
    if place is None or not place.step.more or report.status is not OwnersStatus.DRAFT:
        return []
    return [CardSettled("moved"), *(ask(turn, report) if leave else _after(turn, report, place, saved=False))]


def more_words(turn: Turn) -> list[Reply]:
    """`utdyp` while the consolidated report is open: the first group with something unanswered."""
    if turn.state.flow is not Flow.OWNERS_REPORT:
        return []
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    found = groups(sending.form_of(turn.uow, report), report.answers, sending.circumstances(turn.uow, report))
    if not found:
        return []
    chosen = next((g for g in found if g.answered < g.total), found[0])
    return change(turn, report.id, f"{GROUP}{chosen.group.id}")


def keep_filled_in(turn: Turn, payload: Later | SkipOwners) -> None:
    """Stores what stands in the current card when it is left without «Lagre»."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report or 0)
    place = place_in(turn, report, payload.step or "")
    inputs = {k: v for k, v in payload.inputs.items() if v.strip() and k not in PLACES}
    if place is None or not inputs or report.version != payload.v or report.status is not OwnersStatus.DRAFT:
        return
    reading = answers_in.from_card(place.step, inputs, None, report.answers, turn.today)
    if reading.values:
        sending.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)


def back(turn: Turn) -> list[Reply]:
    """`tilbake` in the owner's form; from a further question to the summary."""
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    here = place_in(turn, report, turn.state.step or "")
    if here is not None and here.step.more:
        return [CardSettled("moved"), *ask(turn, report)]
    if here is not None and not turn.state.refill and answers_in.half_answered(here.step, report.answers):
        return [CardSettled("moved"), *ask_at(turn, report, here, refill=True)]
    circumstances = sending.circumstances(turn.uow, report)
    place = previous_place(sending.form_of(turn.uow, report), turn.state.step or "", circumstances)
    if place is None:
        return [Say(What.FIRST_STEP), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def change(turn: Turn, report_id: int, wanted: str) -> list[Reply]:
    """One answer again, or a group of further questions, from the summary."""
    report = access.own_owners_report(turn.uow, turn.me.id, report_id)
    if report.status is not OwnersStatus.DRAFT:
        return stale(turn, report)
    if wanted.startswith(GROUP):
        form, circumstances = sending.form_of(turn.uow, report), sending.circumstances(turn.uow, report)
        first = next_more(form, report.answers, wanted.removeprefix(GROUP), circumstances)
        if first is not None:
            return [CardSettled("moved"), *ask_at(turn, report, first)]
    place = place_in(turn, report, wanted)
    if place is None or place.step.closes:
        return [Say(What.CHOOSE_SOMETHING), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def stale(turn: Turn, report: OwnersReport) -> list[Reply]:
    """An old card: the current question again, or that it has been sent."""
    if report.status is OwnersStatus.SENT:
        if turn.state.flow is Flow.OWNERS_REPORT and turn.state.subject == report.id:
            turn.state = turn.state.closed()
        return [CardSettled("handled"), Say(What.ALREADY_HANDLED, {"status": report.status.value})]
    return [CardSettled("stale"), Say(What.STALE), *ask(turn, report)]


# --- sending --------------------------------------------------------------------------------------------------


def submit(turn: Turn, payload: SubmitOwners) -> list[Reply]:
    """Sends to the network and gives a receipt."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    if report.status is OwnersStatus.SENT or report.version != payload.v:
        return stale(turn, report)
    if not sending.is_current(turn.uow, report, turn.now):
        again = begin(turn, report.owner_id, report.network_id)
        return [CardSettled("stale"), Say(What.STALE), *again]
    try:
        sent = sending.send_in(turn.uow, turn.me.id, report.id, payload.v, turn.now)
    except NotReady:
        return [CardSettled("moved"), *ask(turn, report)]
    except joint.NotAnswered as silent:
        return [CardSettled("moved"), *joint_reports.waits_for(turn, report, silent.owner_ids)]
    turn.state = turn.state.closed()
    mine = turn.uow.register.owner(sent.owner_id)
    return [CardSettled("sent_in", mine.name), _receipt(turn, mine, sent)]


def _receipt(turn: Turn, mine: Owner, sent: OwnersReport) -> OwnersReceipt:
    register = turn.uow.register
    current = turn.uow.rounds.get(sent.round_id)
    kindergartens = register.kindergartens_of_owner(mine.id, sent.network_id)
    left = ready_networks(turn, mine, [n for n in networks_of(turn, mine) if n.id != sent.network_id])
    return OwnersReceipt(
        report=sent,
        owner=mine,
        network=register.network(sent.network_id).name,
        leader=leader_of(turn.uow, sent.network_id),
        deadline=current.deadline(DeadlineKind.NEEDS) if current else None,
        unanswered=overview.counts(overview.standings(turn.uow, kindergartens, turn.now)).unanswered,
        sent_at=turn.now,
        others=tuple(register.owner(i).name for i in sent.senders if i != mine.id),
        next_network=left[0] if left else None,
    )
