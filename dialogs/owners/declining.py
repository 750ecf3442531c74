"""The owner sends a need back with a comment, ends it there with a reason, or takes it back."""

from __future__ import annotations

from dialogs.events import EventKind
from dialogs.owners.reading_needs import changed_meanwhile, handled_by_another
from dialogs.payloads import NotForward, ReturnOne, WithdrawNeed
from dialogs.replies import AskComment, CardSettled, Reply, Returned
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import Stale, WrongState
from domain.needs.form import Form, needs_form
from domain.needs.lifecycle import Act, arrow
from domain.needs.models import NeedsReport, Status
from domain.needs.owners import owner
from domain.needs.owners.desk import View, desk
from domain.norwegian.hygiene import clean, has_words, likely_personal
from domain.register.models import Role

SHORTEST_COMMENT = 10
"""Characters; a shorter one says too little to be kind, but is taken at the second try."""
LONGEST_COMMENT = 600


def return_one(turn: Turn, payload: ReturnOne) -> list[Reply]:
    """«Send tilbake»: with the comment and the questions from the card, or asks for them."""
    return _decline(turn, payload, Act.RETURN)


def not_forward(turn: Turn, payload: NotForward) -> list[Reply]:
    """«Ikke meld videre», with a reason."""
    return _decline(turn, payload, Act.NOT_FORWARD)


def withdraw(turn: Turn, payload: WithdrawNeed) -> list[Reply]:
    """«Trekk»: an approved need, or one that is with the network."""
    return _decline(turn, payload, Act.WITHDRAW)


def comment(turn: Turn, text: str) -> list[Reply]:
    """The typed comment that was asked for."""
    report = access.owned_report(turn.uow, turn.me.id, turn.state.subject or 0)
    act = next((a for a in _PAYLOADS if a.value == turn.state.step), Act.RETURN)
    payload = _PAYLOADS[act](report=report.id, v=report.version, inputs={"comment": text})
    return _decline(turn, payload, act)


_PAYLOADS: dict[Act, type[ReturnOne | NotForward | WithdrawNeed]] = {
    Act.RETURN: ReturnOne,
    Act.NOT_FORWARD: NotForward,
    Act.WITHDRAW: WithdrawNeed,
}
_SETTLED = {Act.RETURN: "returned", Act.NOT_FORWARD: "not_forwarded", Act.WITHDRAW: "withdrawn"}


def _decline(turn: Turn, payload: ReturnOne | NotForward | WithdrawNeed, act: Act) -> list[Reply]:
    report = access.owned_report(turn.uow, turn.me.id, payload.report)
    if arrow(act, report.status, Role.OWNER) is None:
        raise WrongState(report.status, report.id)
    if changed := changed_meanwhile(turn, report.id, payload.v, (report.status,)):
        return changed
    form = needs_form(report.form_version)
    written = clean(payload.inputs.get("comment", "") or payload.inputs.get("assessment", ""))
    steps = _steps(form, payload.inputs.get("return_steps", ""))
    personal = bool(likely_personal(written)) and not payload.sure
    optional = act is Act.WITHDRAW and report.status is Status.APPROVED
    enough = has_words(written) or (optional and not written)
    asked = "comment" in payload.inputs or (optional and payload.sure)
    short = enough and len(written) < SHORTEST_COMMENT and not optional and not payload.sure
    if not asked or personal or short or not enough or len(written) > LONGEST_COMMENT:
        remark = _remark(written, personal=personal, short=short)
        return _ask(turn, report, act, written, steps, place=payload.place, remark=remark)
    try:
        after = _done(turn, report, act, written, steps)
    except Stale:
        raise handled_by_another(turn, report.id, report.status) from None
    if turn.state.flow is Flow.COMMENT:
        turn.state = turn.state.closed()
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    left = desk(turn.uow, turn.uow.register.owner(kindergarten.owner_id), turn.now)
    return [
        CardSettled(_SETTLED[act], after.title or ""),
        Returned(
            title=after.title or "",
            kindergarten=kindergarten.name,
            act=act,
            steps=tuple(s.short or s.question for s in form.steps if s.id in steps),
            owner_id=kindergarten.owner_id,
            waiting=len(left.needs(View.WAITING)),
            place=payload.place,
        ),
    ]


def _steps(form: Form, chosen: str) -> tuple[str, ...]:
    """The steps pointed at; the further ones are chosen a group at a time."""
    values = set(filter(None, chosen.split(",")))
    return tuple(s.id for s in form.steps if not s.closes and (s.group or s.id) in values)


def _remark(written: str, *, personal: bool, short: bool) -> str | None:
    """Why what is written is not taken yet; the last two only until they have been seen."""
    if len(written) > LONGEST_COMMENT:
        return "too_long"
    return "personal" if personal else "short" if short else None


def _ask(
    turn: Turn,
    report: NeedsReport,
    act: Act,
    written: str,
    steps: tuple[str, ...],
    *,
    place: int | None,
    remark: str | None,
) -> list[Reply]:
    typed = turn.event.kind is not EventKind.PRESSED
    again = turn.state.flow is Flow.COMMENT and (typed or turn.event.reply_to == turn.state.card)
    settled: list[Reply] = [CardSettled("moved")] if again else []
    turn.state = turn.state.closed().model_copy(
        update={"flow": Flow.COMMENT, "subject": report.id, "step": act.value}
    )
    ask = AskComment(
        report=report,
        kindergarten=turn.uow.register.kindergarten(report.kindergarten_id).name,
        act=act,
        written=written,
        steps=steps,
        limit=LONGEST_COMMENT,
        remark=remark,
        place=place,
    )
    return [*settled, ask]


def _done(turn: Turn, report: NeedsReport, act: Act, written: str, steps: tuple[str, ...]) -> NeedsReport:
    acted = turn.uow, turn.me.id, report.id, report.version
    match act:
        case Act.RETURN:
            return owner.return_to_head(*acted, written, turn.now, steps)
        case Act.NOT_FORWARD:
            return owner.not_forward(*acted, written, turn.now)
        case _:
            return owner.withdraw(*acted, written or None, turn.now)
