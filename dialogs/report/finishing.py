"""The end of a head's conversation: the need goes to the owner, or there is none this year."""

from __future__ import annotations

from dialogs import in_words
from dialogs.owners import common_needs
from dialogs.payloads import NoNeedYes, Submit
from dialogs.replies import CardSettled, NoNeedConfirm, NoNeedReceipt, Receipt, Reply, Say, SimilarNeed, What
from dialogs.report.asking import ask, ask_at, form_of, owner_of, place_in, stand, which_kindergarten
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import FormOff, NotReady
from domain.needs.heads import copying, head
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from domain.needs.owners import common
from domain.needs.reading import Hint, HintKind
from domain.register import rights
from domain.register.models import Kindergarten
from domain.rounds.models import DeadlineKind


def submit(turn: Turn, payload: Submit, stored: tuple[str, ...] = ()) -> list[Reply]:
    """Sends the need to the owner and gives a receipt; `stored` is what was understood in this very turn."""
    try:
        report = common.submit(turn.uow, turn.me.id, payload.report, payload.v, turn.now)
    except NotReady as obstacle:
        report = access.own_report(turn.uow, turn.me.id, payload.report)
        place = place_in(report, obstacle.steps[0])
        what = "only_head" if obstacle.only_head else "missing"
        replies: list[Reply] = [Say(What.NOT_SUBMITTED, {"why": what})]
        if place is None:
            return replies
        hints: tuple[Hint, ...] = ()
        if obstacle.only_head:
            field = place.step.fields[0]
            hints = (Hint(field, HintKind.ONLY_HEAD),)
        return [*replies, *ask_at(turn, report, place, refill=obstacle.only_head, hints=hints)]
    turn.state = turn.state.closed()
    if report.status is Status.APPROVED:
        return common_needs.receipt(turn, report)
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    owner = turn.uow.register.owner(kindergarten.owner_id)
    current = turn.uow.rounds.get(report.round_id)
    return [
        CardSettled("submitted", report.title or ""),
        Receipt(
            report=report,
            kindergarten=kindergarten.name,
            owner=owner.name,
            deadline=current.deadline(DeadlineKind.NEEDS) if current else None,
            also_owner=owner.id if owner.id in rights.owners(turn.roles) else None,
            stored=stored,
        ),
    ]


def no_need(turn: Turn, kindergarten_id: int | None, chosen: str | None = None) -> list[Reply]:
    """«Ingen behov i år», first press: asks once, unless the network takes needs elsewhere."""
    found = which_kindergarten(turn, kindergarten_id, chosen, "no_need")
    if not isinstance(found, Kindergarten):
        return found
    draft = _only_draft(turn, found)
    in_words.wait(turn, NoNeedYes(kindergarten=found.id, report=draft))
    return [NoNeedConfirm(found, turn.uow.register.owner(found.owner_id).name, draft)]


def _only_draft(turn: Turn, place: Kindergarten) -> int | None:
    """With the form off, the draft that «no need» is the end of; FormOff when nothing is begun."""
    try:
        access.open_round(turn.uow, access.network_of(turn.uow, place.id).id, turn.today)
    except FormOff:
        draft = head.open_draft(turn.uow, turn.me.id, place.id, turn.now)
        if draft is None or draft.status is not Status.DRAFT or not draft.answers:
            raise
        return draft.id
    return None


def no_need_yes(turn: Turn, payload: NoNeedYes) -> list[Reply]:
    """«Ingen behov i år», second press."""
    if payload.report is not None:
        return _no_need_receipt(turn, head.no_need_in(turn.uow, turn.me.id, payload.report, turn.now))
    report = head.declare_no_need(turn.uow, turn.me.id, payload.kindergarten, turn.now)
    return _no_need_receipt(turn, report)


def undo_no_need(turn: Turn, report_id: int) -> list[Reply]:
    """«Angre»: the answer is taken back and the first question comes."""
    report = head.reopen(turn.uow, turn.me.id, report_id, turn.now)
    return [CardSettled("undone"), *ask(turn, report, first=True)]


def no_need_after_all(turn: Turn, report: NeedsReport) -> list[Reply]:
    """«Nei, ikke i år» in the form: done at once, unless the draft holds more than that."""
    on_behalf = report.id if report.source is not Source.BOT else None
    if set(report.answers) - {"need"} or report.status is not Status.DRAFT:
        kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
        return [NoNeedConfirm(kindergarten, owner_of(turn, report), on_behalf)]
    return _no_need_receipt(turn, head.no_need_in(turn.uow, turn.me.id, report.id, turn.now))


def _no_need_receipt(turn: Turn, report: NeedsReport) -> list[Reply]:
    turn.state = turn.state.closed()
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    owner = turn.uow.register.owner(kindergarten.owner_id)
    return [
        CardSettled("no_need", kindergarten.name),
        NoNeedReceipt(
            report,
            kindergarten.name,
            owner.name,
            report.late,
            owner.id if owner.id in rights.owners(turn.roles) else None,
        ),
    ]


def similar_need(turn: Turn, report: NeedsReport, changed: dict[str, object]) -> SimilarNeed | None:
    """A need that says the same already, asked about once: when the name or the themes have just become alike."""
    if not changed.keys() & {"title", "themes"}:
        return None
    other = copying.similar(turn.uow, report)
    if other is None:
        return None
    stand(turn, report, form_of(report).core[-1].id)
    return SimilarNeed(report, other, other.status in EDITABLE)
