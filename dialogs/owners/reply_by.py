"""`svarfrist`: the day by which an owner's heads are asked to answer."""

from __future__ import annotations

from datetime import date

from dialogs import ask
from dialogs.greet import heads_reply_by, main_owner
from dialogs.payloads import ReplyBy, SetReplyBy
from dialogs.replies import AskReplyBy, CardSettled, ConfirmReplyBy, HeadsReplyBy, Reply, ReplyBySet
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.owners import reply_by
from domain.needs.owners.reply_by import DayProblem, DayRefused
from domain.norwegian.choices import yes_or_no
from domain.norwegian.dates import understand_date
from domain.norwegian.hygiene import clean
from domain.norwegian.misdated import read_misdated
from domain.norwegian.shifts import read_shift
from domain.outreach.dates import moving_reply_by
from domain.register.models import Owner, Role
from domain.rounds.confirming import working_day_before
from domain.rounds.date_orders import read_order

LONGEST_SHOWN = 100


def words(turn: Turn, text: str | None) -> list[Reply]:
    """`svarfrist`, alone or with a day."""
    mine = None if turn.role is Role.HEAD else main_owner(turn)
    if mine is not None:
        return _understood(turn, mine, text) if text else _shown(turn, mine)
    heads = heads_reply_by(turn)
    return [HeadsReplyBy(heads, turn.today)] if heads is not None else ask.deadlines(turn)


def card(turn: Turn, payload: ReplyBy) -> list[Reply]:
    """Shows the date, or understands the one that was written."""
    mine = main_owner(turn, payload.owner)
    if mine is None:
        return words(turn, None)
    text = clean(payload.inputs.get("reply_by_day", ""))
    return _understood(turn, mine, text) if "reply_by_day" in payload.inputs else _shown(turn, mine)


def answer_day(turn: Turn, text: str) -> list[Reply]:
    """The typed day that was asked for."""
    mine = access.owned(turn.uow, turn.me.id, turn.state.subject or 0)
    answer = yes_or_no(text) if turn.state.pending else None
    if answer is True:
        return set_(turn, SetReplyBy(owner=mine.id, day=date.fromisoformat(turn.state.pending or "")))
    if answer is False:
        return _shown(turn, mine)
    order = read_order(text)
    return _understood(turn, mine, order.said if order is not None and order.said else text)


def _shown(
    turn: Turn,
    mine: Owner,
    problem: DayProblem | None = None,
    text: str | None = None,
    day: date | None = None,
) -> list[Reply]:
    now = reply_by.of_owner(turn.uow, mine, turn.now)
    settled: list[Reply] = [CardSettled("moved")] if turn.state.flow is Flow.REPLY_BY else []
    turn.state = turn.state.closed()
    if now.latest >= turn.today:
        turn.state = turn.state.model_copy(update={"flow": Flow.REPLY_BY, "subject": mine.id})
    given = text[:LONGEST_SHOWN] if text is not None else None
    return [*settled, AskReplyBy(now, turn.today, problem=problem, given=given, day=day)]


def _understood(turn: Turn, mine: Owner, text: str) -> list[Reply]:
    now = reply_by.of_owner(turn.uow, mine, turn.now)
    shift, misdated = read_shift(text), read_misdated(text, turn.today)
    found = understand_date(text, turn.today)
    days = [
        *([shift.of(now.day)] if shift is not None else []),
        *([shift.other_way().of(now.day)] if shift is not None and shift.either else []),
        *([misdated.day, misdated.weekdays] if misdated is not None else []),
        *([found.day] if found is not None else []),
    ]
    if not days:
        return _shown(turn, mine, text=text)
    # Of two days that may be meant, one that cannot be chosen is not asked about.
    may_be = [day for day in days if now.problem(day, turn.today) is None]
    if not may_be:
        return _shown(turn, mine, now.problem(days[0], turn.today), text, days[0])
    day, *others = may_be
    before = working_day_before(day)
    offers = before is not None and before >= turn.today and before != now.day
    settled: list[Reply] = [CardSettled("moved")] if turn.state.flow is Flow.REPLY_BY else []
    turn.state = turn.state.closed().model_copy(
        update={"flow": Flow.REPLY_BY, "subject": mine.id, "pending": day.isoformat()}
    )
    asked = ConfirmReplyBy(
        now=now,
        day=day,
        today=turn.today,
        works_before=before if offers else None,
        misdated=misdated,
        other=others[0] if others else None,
    )
    return [*settled, asked]


def set_(turn: Turn, payload: SetReplyBy) -> list[Reply]:
    """The date that was shown is the heads' date from now on."""
    try:
        done = moving_reply_by.move(turn.uow, turn.me.id, payload.owner, payload.day, turn.now)
    except DayRefused as refused:
        mine = access.owned(turn.uow, turn.me.id, payload.owner)
        return _shown(turn, mine, refused.problem, day=payload.day)
    if turn.state.flow is Flow.REPLY_BY:
        turn.state = turn.state.closed()
    return [CardSettled("moved"), ReplyBySet(done.now, turn.today, done.told)]
