"""The owner approves needs: one that was read, those that are ticked, all; and sends one back to the network."""

from __future__ import annotations

from dialogs.chosen import ids_in
from dialogs.greet import main_owner
from dialogs.owners.reading_needs import changed_meanwhile, handled_by_another, reading
from dialogs.payloads import ApproveAll, ApproveChosen, ApproveOne, ReportAgain
from dialogs.replies import Approved, CardSettled, Reply, ReportedAgain, Say, What
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import Stale, WrongState
from domain.needs.history import last_act
from domain.needs.models import NeedsReport, Status
from domain.needs.owners import owner
from domain.needs.owners.desk import View, desk
from domain.needs.owners.merging import LONGEST_ASSESSMENT
from domain.norwegian.hygiene import clean, likely_personal
from domain.register import rights


def approve_all_words(turn: Turn) -> list[Reply]:
    """`godkjenn alle`: everything that waits now, for every owner one acts for."""
    held = rights.owners(turn.roles)
    if not held:
        return [Say(What.NOT_AN_OWNER)]
    mine = main_owner(turn)
    ids = [r.id for i in held for _, r in owner.waiting(turn.uow, i, turn.now)]
    if not ids:
        return [Say(What.NOTHING_WAITING)]
    return _approve(turn, ids, mine.id if mine else held[0])


def approve_all(turn: Turn, payload: ApproveAll) -> list[Reply]:
    """Approves what the card counted, no more."""
    return _approve(turn, payload.reports, payload.owner, place=payload.place)


def approve_chosen(turn: Turn, payload: ApproveChosen) -> list[Reply]:
    """Approves those that were ticked, on this page and on the others."""
    ids = [*ids_in(payload.inputs.get("chosen", "")), *payload.ticked]
    if not ids:
        return [Say(What.CHOOSE_SOMETHING)]
    return _approve(turn, ids, payload.owner, place=payload.place)


def approve_one(turn: Turn, payload: ApproveOne) -> list[Reply]:
    """Approves the need that was read, with the owner's view of it; not if it changed meanwhile."""
    expected = (Status.SENT_TO_OWNER,)
    if changed := changed_meanwhile(turn, payload.report, payload.v, expected):
        return changed
    report = access.owned_report(turn.uow, turn.me.id, payload.report)
    written = clean(payload.inputs.get("assessment", ""))
    if remark := _remark(written, payload.sure):
        return [
            CardSettled("moved"),
            reading(turn, report, place=payload.place, written=written, remark=remark),
        ]
    assessment = written if "assessment" in payload.inputs else None
    return _approve(turn, [report.id], _owner_of(turn, report), place=payload.place, assessment=assessment)


def _approve(
    turn: Turn, ids: list[int], owner_id: int, *, place: int | None = None, assessment: str | None = None
) -> list[Reply]:
    mine = access.owned(turn.uow, turn.me.id, owner_id)
    done = owner.approve(turn.uow, turn.me.id, ids, turn.now, assessment)
    if not done.now:
        raise WrongState(done.before[0].status, done.before[0].id)
    if turn.state.flow is Flow.COMMENT:
        turn.state = turn.state.closed()
    after = desk(turn.uow, mine, turn.now)
    titles = tuple(r.title or "" for r in done.now)
    return [
        CardSettled("approved", "\n".join(titles[:12])),
        Approved(
            titles=titles,
            already=len(done.before),
            others=_others(turn, done.before),
            waiting=len(after.needs(View.WAITING)),
            approved=len(after.needs(View.APPROVED)),
            owner_id=owner_id,
            place=place,
            alone=_is_head(turn, done.now),
        ),
    ]


def _others(turn: Turn, reports: list[NeedsReport]) -> tuple[str, ...]:
    """Who had handled those that were handled before, as far as it is somebody else."""
    acts = [last_act(turn.uow, r.id) for r in reports[:20]]
    names = (a.person for a in acts if a is not None and a.person_id != turn.me.id)
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _is_head(turn: Turn, reports: list[NeedsReport]) -> bool:
    """Whether all these needs are the person's own as head: then nobody else is told."""
    own = set(rights.heads(turn.roles))
    return all(own.issuperset(r.kindergartens) for r in reports)


def report_again(turn: Turn, payload: ReportAgain) -> list[Reply]:
    """«Send på nytt»: what the network sent back goes to it again."""
    if changed := changed_meanwhile(turn, payload.report, payload.v, (Status.RETURNED_TO_OWNER,)):
        return changed
    report = access.owned_report(turn.uow, turn.me.id, payload.report)
    written = clean(payload.inputs.get("assessment", report.assessment or ""))
    if remark := _remark(written, payload.sure):
        return [
            CardSettled("moved"),
            reading(turn, report, place=payload.place, written=written, remark=remark),
        ]
    try:
        after = owner.report_again(turn.uow, turn.me.id, report.id, payload.v, turn.now, written or None)
    except Stale:
        raise handled_by_another(turn, report.id, report.status) from None
    network = turn.uow.register.network_of_kindergarten(report.kindergarten_id)
    mine = turn.uow.register.owner(_owner_of(turn, report))
    left = len(desk(turn.uow, mine, turn.now).needs(View.SENT_BACK))
    return [
        CardSettled("sent_in", after.title or ""),
        ReportedAgain(after, network.name, mine.id, left),
    ]


def _remark(written: str, sure: bool) -> str | None:
    """Why what is written is not taken yet: `too_long`, or `personal` until it has been seen."""
    if len(written) > LONGEST_ASSESSMENT:
        return "too_long"
    return "personal" if likely_personal(written) and not sure else None


def _owner_of(turn: Turn, report: NeedsReport) -> int:
    return turn.uow.register.kindergarten(report.kindergarten_id).owner_id
