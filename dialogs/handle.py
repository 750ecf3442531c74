"""The owner's conversation: what waits, reading, approving, returning."""

from __future__ import annotations

from dialogs.greet import approved_count, main_owner, networks_of
from dialogs.payloads import (
    ApproveAll,
    ApproveChosen,
    ApproveOne,
    NotForward,
    Nudge,
    ReadChosen,
    ReturnOne,
    ToHandle,
)
from dialogs.replies import (
    Approved,
    AskComment,
    CardSettled,
    Nudged,
    ReadReport,
    Reply,
    Returned,
    Say,
    Waiting,
    What,
)
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access, notices, overview, owner
from domain.needs.errors import Stale, WrongState
from domain.needs.models import NeedsReport, Status
from domain.needs.overview import Answer
from domain.norwegian.hygiene import clean, has_words
from domain.register import rights

PAGE = 8
LONGEST_COMMENT = 600


def to_handle(turn: Turn, payload: ToHandle) -> list[Reply]:
    """`til behandling`: the needs that wait, a page at a time."""
    mine = main_owner(turn, payload.owner)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    waiting = owner.waiting(turn.uow, mine.id, turn.now)
    pages = max(1, -(-len(waiting) // PAGE))
    page = min(payload.page, pages - 1)
    networks = networks_of(turn, mine)
    kindergartens = turn.uow.register.kindergartens_of_owner(mine.id)
    return [
        Waiting(
            owner=mine,
            items=tuple(waiting[page * PAGE : (page + 1) * PAGE]),
            page=page,
            pages=pages,
            total=len(waiting),
            counts=overview.counts(overview.standings(turn.uow, kindergartens, turn.now)),
            approved=approved_count(turn, mine),
            networks=tuple(networks),
            all_ids=tuple(r.id for _, r in waiting),
        )
    ]


def approve_all_words(turn: Turn) -> list[Reply]:
    """`godkjenn alle`: everything that waits now, for every owner one acts for."""
    held = rights.owners(turn.roles)
    if not held:
        return [Say(What.NOT_AN_OWNER)]
    ids = [r.id for i in held for _, r in owner.waiting(turn.uow, i, turn.now)]
    if not ids:
        return [Say(What.NOTHING_WAITING)]
    mine = main_owner(turn)
    return _approve(turn, ids, mine.id if mine else held[0])


def approve_all(turn: Turn, payload: ApproveAll) -> list[Reply]:
    """Approves what the card showed, no more."""
    return _approve(turn, payload.reports, payload.owner)


def approve_chosen(turn: Turn, payload: ApproveChosen) -> list[Reply]:
    """Approves those that were ticked."""
    ids = _ids(payload.inputs.get("chosen", ""))
    if not ids:
        return [Say(What.CHOOSE_SOMETHING)]
    return _approve(turn, ids, payload.owner)


def approve_one(turn: Turn, payload: ApproveOne) -> list[Reply]:
    """Approves the need that was read; not if it changed meanwhile."""
    report = access.owned_report(turn.uow, turn.me.id, payload.report)
    if report.status is Status.SENT_TO_OWNER and report.version != payload.v:
        raise Stale
    return _approve(turn, [report.id], _owner_of(turn, report))


def _approve(turn: Turn, ids: list[int], owner_id: int) -> list[Reply]:
    done = owner.approve(turn.uow, turn.me.id, ids, turn.now)
    if not done.now:
        first = done.before[0]
        return [CardSettled("handled"), Say(What.ALREADY_HANDLED, {"status": first.status.value})]
    _forget_comment(turn)
    left = owner.waiting(turn.uow, owner_id, turn.now)
    mine = turn.uow.register.owner(owner_id)
    ready = approved_count(turn, mine)
    titles = tuple(r.title or "" for r in done.now)
    return [
        CardSettled("approved", "\n".join(titles[:12])),
        Approved(titles, len(done.before), len(left), ready, owner_id),
    ]


def read_chosen(turn: Turn, payload: ReadChosen) -> list[Reply]:
    """Shows those that were ticked, at most four at a time; the first that waits when none is."""
    ids = _ids(payload.inputs.get("chosen", ""))
    if not ids:
        ids = [r.id for _, r in owner.waiting(turn.uow, payload.owner, turn.now)][:1]
    if not ids:
        return [Say(What.NOTHING_WAITING)]
    return [reply for i in ids[:4] for reply in read(turn, i)]


def read(turn: Turn, report_id: int) -> list[Reply]:
    """One whole need."""
    report = access.owned_report(turn.uow, turn.me.id, report_id)
    return [_reading(turn, report)]


def _reading(turn: Turn, report: NeedsReport) -> ReadReport:
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    author = turn.uow.register.person(report.created_by)
    return ReadReport(report, kindergarten.name, author.name)


def return_one(turn: Turn, payload: ReturnOne) -> list[Reply]:
    """«Send tilbake»: with the comment from the card, or asks for one."""
    return _decline(turn, payload.report, payload.v, payload.inputs.get("comment", ""), forward=True)


def not_forward(turn: Turn, payload: NotForward) -> list[Reply]:
    """«Ikke meld videre», with a reason."""
    return _decline(turn, payload.report, payload.v, payload.inputs.get("comment", ""), forward=False)


def comment_text(turn: Turn, text: str) -> list[Reply]:
    """The typed comment that was asked for."""
    report = access.owned_report(turn.uow, turn.me.id, turn.state.subject or 0)
    return _decline(turn, report.id, report.version, text, forward=turn.state.step != "not_forward")


def _decline(turn: Turn, report_id: int, version: int, comment: str, *, forward: bool) -> list[Reply]:
    report = access.owned_report(turn.uow, turn.me.id, report_id)
    if report.status not in (Status.SENT_TO_OWNER, Status.APPROVED):
        raise WrongState(report.status)
    comment = clean(comment)
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    if not has_words(comment) or len(comment) > LONGEST_COMMENT:
        turn.state = turn.state.closed().model_copy(
            update={
                "flow": Flow.COMMENT,
                "subject": report.id,
                "step": "return" if forward else "not_forward",
            }
        )
        return [AskComment(report, kindergarten.name, forward, len(comment), LONGEST_COMMENT)]
    act = owner.return_to_head if forward else owner.not_forward
    after = act(turn.uow, turn.me.id, report_id, version, comment, turn.now)
    _forget_comment(turn)
    waiting = owner.waiting(turn.uow, kindergarten.owner_id, turn.now)
    return [
        CardSettled("returned" if forward else "not_forwarded", after.title or ""),
        Returned(after.title or "", kindergarten.name, forward, kindergarten.owner_id, len(waiting)),
    ]


def nudge(turn: Turn, payload: Nudge) -> list[Reply]:
    """«Minn dem»: asks the heads who have not answered, once a day at most."""
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    standings = overview.standings(turn.uow, turn.uow.register.kindergartens_of_owner(mine.id), turn.now)
    missing = [s.kindergarten for s in standings if s.answer in (Answer.NONE, Answer.BEGUN)]
    told = notices.nudge(turn.uow, missing, turn.today.isoformat(), turn.me.id, turn.now)
    return [Nudged(told, len(missing))]


def nudge_words(turn: Turn) -> list[Reply]:
    """`purr`."""
    mine = main_owner(turn)
    return nudge(turn, Nudge(owner=mine.id)) if mine else [Say(What.NOT_AN_OWNER)]


def _forget_comment(turn: Turn) -> None:
    if turn.state.flow is Flow.COMMENT:
        turn.state = turn.state.closed()


def _owner_of(turn: Turn, report: NeedsReport) -> int:
    return turn.uow.register.kindergarten(report.kindergarten_id).owner_id


def _ids(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.strip().isdigit()][:500]
