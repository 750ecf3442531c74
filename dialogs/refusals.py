"""What stood in the way of a change to a need, as replies: each error of the needs has its own."""

from __future__ import annotations

from dialogs.networks.closing import form_is_off
from dialogs.networks.here import no_round
from dialogs.replies import CardSettled, Reply, Say, What
from dialogs.report.asking import current
from dialogs.report.changing import locked
from dialogs.turn import Turn
from domain.errors import DomainError
from domain.needs import access
from domain.needs.errors import (
    DayMissing,
    FormOff,
    Locked,
    Merged,
    NoOpenRound,
    NotAlone,
    NoteMissing,
    WrongState,
)
from domain.needs.history import last_act
from domain.needs.models import NeedsReport


def in_replies(turn: Turn, refused: DomainError) -> list[Reply] | None:
    """What is said to an error of the needs; None for one that is not answered here. Nothing has been stored."""
    match refused:
        case WrongState():
            return [CardSettled("handled"), _handled(turn, refused)]
        case NoOpenRound():
            return [no_round(turn)]
        case FormOff():
            return [form_is_off(turn, refused.network_id)]
        case NoteMissing():
            return [Say(What.NOTE_MISSING)]
        case DayMissing():
            return [Say(What.DAY_IN_FUTURE if refused.in_future else What.DAY_MISSING)]
        case NotAlone():
            return [Say(What.NOT_ALONE)]
        case Merged():
            return [CardSettled("handled"), _merged(turn, refused.common_id)]
        case Locked():
            report = current(turn)
            return locked(turn, report) if report is not None else [Say(What.NOTHING_OPEN)]
        case _:
            return None


def handled(turn: Turn, report: NeedsReport) -> Reply:
    """«Dette er allerede behandlet av … kl. …»: who and when, where the trace knows and the person may know."""
    act = last_act(turn.uow, report.id)
    values: dict[str, str | int] = {"status": report.status.value}
    if act is None or act.person is None or not access.roles_for(turn.uow, turn.me.id, report):
        return Say(What.ALREADY_HANDLED, values)
    who = "deg" if act.person_id == turn.me.id else act.person
    return Say(What.HANDLED_BY, {**values, "who": who, "when": act.at.isoformat()})


def _handled(turn: Turn, refused: WrongState) -> Reply:
    report_id = refused.report_id or _pressed_on(turn)
    report = turn.uow.needs.get(report_id) if report_id is not None else None
    if report is None or report.status is not refused.status:
        return Say(What.ALREADY_HANDLED, {"status": refused.status.value})
    return handled(turn, report)


def _pressed_on(turn: Turn) -> int | None:
    """The need that the card was about."""
    pressed = turn.event.payload.get("report")
    return pressed if isinstance(pressed, int) and 0 < pressed < 2**53 else turn.state.subject


def _merged(turn: Turn, common_id: int) -> Reply:
    common = turn.uow.needs.get(common_id)
    title = common.title if common is not None and access.roles_for(turn.uow, turn.me.id, common) else None
    return Say(What.MERGED, {"title": title or "et felles behov"})
