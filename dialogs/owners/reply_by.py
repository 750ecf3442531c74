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
from domain.outreach.dates import moving_reply_by
from domain.register.models import Owner, Role

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
    return _shown(turn, mine) if answer is False else _understood(turn, mine, text)


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
    found = understand_date(text, turn.today)
    if found is None:
        return _shown(turn, mine, text=text)
    now = reply_by.of_owner(turn.uow, mine, turn.now)
    if problem := now.problem(found.day, turn.today):
        return _shown(turn, mine, problem, text, found.day)
    settled: list[Reply] = [CardSettled("moved")] if turn.state.flow is Flow.REPLY_BY else []
    turn.state = turn.state.closed().model_copy(
        update={"flow": Flow.REPLY_BY, "subject": mine.id, "pending": found.day.isoformat()}
    )
    return [*settled, ConfirmReplyBy(now, found.day, turn.today)]


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
