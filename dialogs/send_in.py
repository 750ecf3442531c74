"""The owner's conversation about sending to the network: the obligatory answers, the summary, the receipt."""

from __future__ import annotations

from dialogs import answers_in
from dialogs.greet import last_sent, main_owner, networks_of
from dialogs.payloads import AnswerOwners, Later, SendIn, SubmitOwners
from dialogs.replies import (
    AskStep,
    CardSettled,
    ChooseNetwork,
    NothingToSend,
    OwnersReceipt,
    Reply,
    ReviewOwners,
    Say,
    StepSettled,
    What,
)
from dialogs.state import Flow
from dialogs.turn import Turn, leader_of
from domain.needs import access, overview, owner, sending
from domain.needs.errors import NotReady, Stale
from domain.needs.flow import Place, next_place, place_of, previous_place
from domain.needs.form import owners_form
from domain.needs.models import OwnersReport, OwnersStatus
from domain.needs.overview import latest_sent
from domain.needs.reading import Hint, Problem, Reading
from domain.norwegian.choices import yes_or_no
from domain.register.models import Owner
from domain.rounds.models import DeadlineKind


def send_in(turn: Turn, payload: SendIn) -> list[Reply]:
    """«Send til nettverket»: to the one network that has something, or asks which."""
    mine = main_owner(turn, payload.owner)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    networks = networks_of(turn, mine)
    if payload.network is not None:
        networks = [n for n in networks if n.id == payload.network]
    ready = [n for n in networks if _has_something(turn, mine, n.id)]
    if not ready:
        return [_nothing(turn, mine)]
    if len(ready) > 1:
        return [ChooseNetwork("send_in", mine.id, tuple(ready))]
    report = sending.prepare(turn.uow, turn.me.id, mine.id, ready[0].id, turn.now)
    return ask(turn, report)


def _has_something(turn: Turn, mine: Owner, network_id: int) -> bool:
    if owner.approved(turn.uow, mine.id, network_id, turn.now):
        return True
    current = turn.uow.rounds.current(network_id, turn.today)
    if current is None:
        return False
    earlier = turn.uow.owners_reports.of_owner(mine.id, network_id, current.id)
    return latest_sent(earlier) is None and sending.all_without_need(turn.uow, mine.id, network_id, turn.now)


def _nothing(turn: Turn, mine: Owner) -> Reply:
    kindergartens = turn.uow.register.kindergartens_of_owner(mine.id)
    return NothingToSend(
        owner=mine,
        waiting=len(owner.waiting(turn.uow, mine.id, turn.now)),
        sent=last_sent(turn, mine) is not None,
        unanswered=overview.counts(overview.standings(turn.uow, kindergartens, turn.now)).unanswered,
    )


def ask(
    turn: Turn, report: OwnersReport, *, saved: bool = False, hints: tuple[Hint, ...] = ()
) -> list[Reply]:
    """The next obligatory question, or the summary."""
    place = next_place(owners_form(), report.answers, sending.circumstances(report))
    return ask_at(turn, report, place, saved=saved, hints=hints)


def ask_at(
    turn: Turn,
    report: OwnersReport,
    place: Place,
    *,
    saved: bool = False,
    refill: bool = False,
    hints: tuple[Hint, ...] = (),
    problems: tuple[Problem, ...] = (),
    given: dict[str, str] | None = None,
) -> list[Reply]:
    """One question of the owner's form."""
    turn.state = turn.state.model_copy(
        update={
            "flow": Flow.OWNERS_REPORT,
            "subject": report.id,
            "step": place.step.id,
            "refill": refill,
            "pending": None,
            "held": None,
        }
    )
    mine = turn.uow.register.owner(report.owner_id)
    titles = tuple(_titles(turn, report))
    if place.step.closes:
        network = turn.uow.register.network(report.network_id)
        return [ReviewOwners(report, mine, network, place, titles, saved)]
    return [
        AskStep(
            verb="answer_owners",
            subject=report.id,
            version=report.version,
            place=place,
            fields=tuple(answers_in.shown_fields(place.step, report.answers)),
            answers={**report.answers, **(given or {})},
            about=mine.name,
            saved=saved,
            changing=refill,
            hints=hints,
            problems=problems,
            ranked=tuple(f"{title} ({kindergarten})" for title, kindergarten in titles),
        )
    ]


def _titles(turn: Turn, report: OwnersReport) -> list[tuple[str, str]]:
    found = []
    for need_id in report.report_ids:
        need = turn.uow.needs.get(need_id)
        if need is not None:
            found.append((need.title or "", turn.uow.register.kindergarten(need.kindergarten_id).name))
    return found


def answer_card(turn: Turn, payload: AnswerOwners) -> list[Reply]:
    """An answer from a card; an old card changes nothing."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    place = place_of(owners_form(), payload.step, sending.circumstances(report))
    if report.status is not OwnersStatus.DRAFT or place is None or report.version != payload.v:
        return stale(turn, report)
    reading = answers_in.from_card(
        place.step, payload.inputs, payload.choice, report.answers, turn.today, len(report.report_ids)
    )
    return _take(turn, report, place, reading, given=dict(payload.inputs))


def answer_text(turn: Turn, text: str) -> list[Reply]:
    """A typed answer."""
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    place = place_of(owners_form(), turn.state.step or "", sending.circumstances(report))
    if report.status is not OwnersStatus.DRAFT or place is None:
        return stale(turn, report)
    if place.step.closes:
        if yes_or_no(text) or text.strip().lower().startswith("send"):
            return submit(turn, SubmitOwners(report=report.id, v=report.version))
        return [Say(What.NOT_UNDERSTOOD), *ask_at(turn, report, place)]
    reading = answers_in.from_text(
        place.step,
        text,
        report.answers,
        turn.today,
        refill=turn.state.refill,
        ranked=len(report.report_ids),
    )
    return _take(turn, report, place, reading)


def _take(
    turn: Turn, report: OwnersReport, place: Place, reading: Reading, given: dict[str, str] | None = None
) -> list[Reply]:
    if not reading.values:
        settled: list[Reply] = [CardSettled("moved")] if given is not None else []
        return settled + ask_at(
            turn,
            report,
            place,
            refill=turn.state.refill,
            problems=reading.problems,
            given=given,
        )
    report = sending.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)
    turn.effect = {"owners_report": report.id, "step": place.step.id}
    return [
        StepSettled("owners", place.step.id, report.answers),
        *ask(turn, report, saved=True, hints=reading.hints),
    ]


def keep_filled_in(turn: Turn, payload: Later) -> None:
    """Stores what stands in the current card when the form is put aside."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report or 0)
    place = place_of(owners_form(), payload.step or "", sending.circumstances(report))
    inputs = {k: v for k, v in payload.inputs.items() if v.strip()}
    if place is None or not inputs or report.version != payload.v or report.status is not OwnersStatus.DRAFT:
        return
    ranked = len(report.report_ids)
    reading = answers_in.from_card(place.step, inputs, None, report.answers, turn.today, ranked)
    if reading.values:
        sending.answer(turn.uow, turn.me.id, report.id, report.version, reading.values, turn.now)


def back(turn: Turn) -> list[Reply]:
    """`tilbake` in the owner's form."""
    report = access.own_owners_report(turn.uow, turn.me.id, turn.state.subject or 0)
    circumstances = sending.circumstances(report)
    place = previous_place(owners_form(), turn.state.step or "", circumstances)
    if place is None:
        return [Say(What.FIRST_STEP), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def change(turn: Turn, report_id: int, step_id: str) -> list[Reply]:
    """One answer again, from the summary."""
    report = access.own_owners_report(turn.uow, turn.me.id, report_id)
    place = place_of(owners_form(), step_id, sending.circumstances(report))
    if report.status is not OwnersStatus.DRAFT:
        return stale(turn, report)
    if place is None or place.step.closes:
        return [Say(What.CHOOSE_SOMETHING), *ask(turn, report)]
    return [CardSettled("moved"), *ask_at(turn, report, place, refill=True)]


def stale(turn: Turn, report: OwnersReport) -> list[Reply]:
    """An old card: the current question again, or that it has been sent."""
    if report.status is OwnersStatus.SENT:
        turn.state = turn.state.closed()
        return [CardSettled("handled"), Say(What.ALREADY_HANDLED, {"status": report.status.value})]
    return [CardSettled("stale"), Say(What.STALE), *ask(turn, report)]


def submit(turn: Turn, payload: SubmitOwners) -> list[Reply]:
    """Sends to the network and gives a receipt."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    if report.status is OwnersStatus.SENT or report.version != payload.v:
        return stale(turn, report)
    ready = {r.id for _, r in owner.approved(turn.uow, report.owner_id, report.network_id, turn.now)}
    if set(report.report_ids) != ready:
        refreshed = sending.prepare(turn.uow, turn.me.id, report.owner_id, report.network_id, turn.now)
        return [CardSettled("stale"), Say(What.STALE), *ask(turn, refreshed)]
    try:
        sent = sending.send_in(turn.uow, turn.me.id, report.id, payload.v, turn.now)
    except NotReady:
        return ask(turn, report)
    except Stale:
        return stale(turn, report)
    turn.state = turn.state.closed()
    mine = turn.uow.register.owner(sent.owner_id)
    current = turn.uow.rounds.get(sent.round_id)
    kindergartens = turn.uow.register.kindergartens_of_owner(mine.id, sent.network_id)
    return [
        CardSettled("sent_in", mine.name),
        OwnersReceipt(
            report=sent,
            owner=mine,
            network=turn.uow.register.network(sent.network_id).name,
            leader=leader_of(turn.uow, sent.network_id),
            deadline=current.deadline(DeadlineKind.NEEDS) if current else None,
            unanswered=overview.counts(overview.standings(turn.uow, kindergartens, turn.now)).unanswered,
        ),
    ]
