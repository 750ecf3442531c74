"""Conducts one turn: who it is, what was meant, which handler answers. (event, unit of work) → replies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dialogs import accounts, answers_in, ask, demo, documents, in_words, refusals, snoozing, tasks
from dialogs import payloads as p
from dialogs.crossroads import help_text
from dialogs.events import Event, EventKind
from dialogs.greet import greet
from dialogs.networks import dates, meeting_orders, waiting
from dialogs.one_question import settled, settling
from dialogs.owners import send_in
from dialogs.owners.handle import comment_text
from dialogs.register import register_care, strangers
from dialogs.replies import (
    CardSettled,
    HowToAskStaff,
    Rectified,
    Reply,
    Say,
    StaffCardClosed,
    What,
)
from dialogs.report import answering, asking, changing
from dialogs.routes import CARDS, CHANNEL_CARDS, IN_CHANNEL, WORDS
from dialogs.state import Flow, read_state
from dialogs.turn import Turn, World
from domain.errors import DomainError
from domain.identity import Account
from domain.needs.errors import Stale, UnknownReport
from domain.needs.heads.staff import NothingAsked, QuestionGone
from domain.needs.reading import LONGEST_MESSAGE
from domain.norwegian.choices import yes_or_no
from domain.norwegian.commands import Command, CommandReading, is_unknown_command, understand_command
from domain.norwegian.hygiene import clean, has_words
from domain.outbox import MessageKind, OutboxMessage
from domain.ports import StoredConversation
from domain.register.errors import NotInRegister

if TYPE_CHECKING:
    from domain.ports import UnitOfWork


@dataclass(frozen=True)
class Conducted:
    """What a turn led to. `card` is the card that stood open before it, which a settling reply replaces."""

    replies: list[Reply]
    key: str
    card: str | None
    effect: dict[str, Any] | None = None


def conduct(
    event: Event, uow: UnitOfWork, now: datetime, world: World, refused: DomainError | None = None
) -> Conducted:
    """One turn. A DomainError that escapes means: roll back, and call again with it as `refused`."""
    account = accounts.account_of(uow, event, now, local=world.local)
    person_id = _acting(account, world)
    key = _key(event, person_id)
    stored = uow.conversations.get(key)
    turn = Turn(event, uow, now, world, account, read_state(stored.state))
    before = turn.state
    if person_id is not None:
        turn.person = uow.register.person(person_id)
        turn.roles = uow.register.roles_of(person_id)
    replies = _refusal(turn, refused) if refused is not None else _respond(turn)
    replies, card = settling(replies, event, before)
    # A crash before the new card is noted must not let a later answer settle the old one again.
    turn.state = turn.state.without(settled(replies, event, card))
    if turn.state != before:
        uow.conversations.save(
            StoredConversation(key, turn.state.model_dump(exclude_defaults=True), stored.version)
        )
    return Conducted(replies, key, card, turn.effect)


def conversation_key(event: Event, uow: UnitOfWork, world: World) -> str:
    """Under which key the conversation of an event, for whoever acts in it, keeps its state."""
    account = uow.identity.account(*event.who.account)
    return _key(event, _acting(account, world) if account else None)


def is_known(event: Event, uow: UnitOfWork, world: World) -> bool:
    """Whether the account of an event is, or will be at this contact, somebody of the register."""
    account = uow.identity.account(*event.who.account)
    if account is not None and _acting(account, world) is not None:
        return True
    return any(uow.register.person_by_email(email) for email in event.who.emails)


# --- who ------------------------------------------------------------------------------------------------------


def _acting(account: Account, world: World) -> int | None:
    return accounts.acting(account, local=world.local)


def _key(event: Event, person_id: int | None) -> str:
    return f"{event.address.conversation_id}|{person_id or event.who.aad_object_id}"


# --- what was meant -------------------------------------------------------------------------------------------


def _respond(turn: Turn) -> list[Reply]:
    event = turn.event
    if event.kind is EventKind.REMOVED:
        return []
    if event.kind is EventKind.INSTALLED:
        return _installed(turn)
    if turn.person is None:
        return _stranger(turn)
    if event.kind is EventKind.PRESSED:
        return _pressed(turn)
    if event.files:
        return documents.receive(turn) + _beside_files(turn)
    text = clean(event.text)
    if event.kind is EventKind.EDITED and event.personal:
        corrected = _edited(turn, text)
        if corrected is not None:
            return corrected
    return _said(turn, text)


def _beside_files(turn: Turn) -> list[Reply]:
    """What was written with a file: an order or the answer to the question that is open, else just company."""
    text = clean(turn.event.text)
    if text and (turn.state.flow is not Flow.NONE or understand_command(text) is not None):
        return _said(turn, text)
    return _open_question(turn)


def _installed(turn: Turn) -> list[Reply]:
    if not turn.event.personal:
        if turn.person is None:
            return [Say(What.CHANNEL_HELLO)]
        return help_text(turn)
    if turn.state.welcomed:
        return []
    if turn.person is None:
        turn.state = turn.state.model_copy(update={"welcomed": True})
        return strangers.meet(turn)
    return greet(turn)


def _stranger(turn: Turn) -> list[Reply]:
    event = turn.event
    if event.kind is EventKind.PRESSED:
        payload = p.read_payload(event.payload)
        if isinstance(payload, p.WayIn | p.RequestAccess) and event.personal:
            return CARDS[type(payload)](turn, payload)
        if isinstance(payload, p.AnswerStaff) and not event.personal:
            return CARDS[type(payload)](turn, payload)
        if turn.world.local and isinstance(payload, p.DemoAs | p.DemoOff):
            return CARDS[type(payload)](turn, payload)
    elif turn.world.local and demo.is_demo_command(event.text):
        reading = understand_command(event.text)
        return demo.demo_words(turn, reading.argument if reading else None)
    return strangers.meet(turn) if event.personal else [Say(What.ALONE_PLEASE)]


def _pressed(turn: Turn) -> list[Reply]:
    payload = p.read_payload(turn.event.payload)
    if not turn.event.personal and not isinstance(payload, CHANNEL_CARDS):
        return _move(turn)
    in_words.set_aside(turn)
    if not isinstance(payload, p.EditDates):
        waiting.put_aside(turn)  # What is settled is the pressed card; the other can still be used.
    return CARDS[type(payload)](turn, payload)


def _said(turn: Turn, text: str) -> list[Reply]:
    if not text:
        return _again(turn, Say(What.EMPTY))
    if len(text) > LONGEST_MESSAGE:
        return _again(turn, Say(What.TOO_LONG, {"length": len(text), "most": LONGEST_MESSAGE}))
    reading = understand_command(text)
    if reading is not None and _is_meant(turn, reading.command, reading.argument):
        if not turn.event.personal and reading.command not in IN_CHANNEL:
            return _move(turn, reading.command)
        return _commanded(turn, reading)
    if not turn.event.personal:
        return _in_channel(turn, text)
    return _at_large(turn, text) if turn.state.flow in (Flow.NONE, Flow.DATES) else _within(turn, text)


def _commanded(turn: Turn, reading: CommandReading) -> list[Reply]:
    """What a command leads to; what could be answered in words is not asked any more, and its card settled once."""
    if reading.command in (Command.CANCEL, Command.BACK):
        return WORDS[reading.command](turn, reading.argument)
    in_words.set_aside(turn)
    aside = waiting.put_aside(turn)
    replies = WORDS[reading.command](turn, reading.argument)
    return [*aside, *(r for r in replies if not (aside and isinstance(r, CardSettled)))]


def _at_large(turn: Turn, text: str) -> list[Reply]:
    """A text outside a form: what was asked in a card, an order, or a question."""
    if (worded := in_words.answer(turn, text)) is not None:
        return worded if isinstance(worded, list) else CARDS[type(worded)](turn, worded)
    for read in (
        waiting.answer,
        meeting_orders.ordered,
        dates.ordered,
        register_care.ordered,
        changing.after_sending,
        snoozing.not_now,
        tasks.done_in_short,
    ):
        if (replies := read(turn, text)) is not None:
            return replies
    if yes_or_no(text) is not None:
        return [Say(What.NOTHING_ASKED), *greet(turn)]
    again = waiting.again(turn)
    if is_unknown_command(text) and has_words(text):
        return [Say(What.UNKNOWN_COMMAND), *(again or help_text(turn))]
    if not has_words(text):
        return [Say(What.NO_WORDS), *(again or greet(turn))]
    if asked := ask.answer_if_asked(turn, text):
        return [*asked, *again]
    return [Say(What.NOT_UNDERSTOOD), *(again or greet(turn))]


def _is_meant(turn: Turn, command: Command, argument: str | None) -> bool:
    """Whether a word that is both a command and a likely answer is the command, where the conversation stands."""
    if command is Command.STOP and in_words.is_about_stopping(turn):
        return False
    if command is Command.CHANGE and waiting.waits(turn):
        return False
    if turn.state.flow is Flow.NONE or (turn.state.pending is not None and command is not Command.HELLO):
        return True
    if command is Command.CONTINUE and turn.state.step == "need":
        return False
    if command is Command.NO_NEED and turn.state.step == "need":
        return False
    if command is Command.CHANGE and argument:
        return answering.names_a_step(argument)
    if command is Command.SUMMARY and argument:
        return False
    return command not in (Command.BIND, Command.MEETINGS)


def _within(turn: Turn, text: str) -> list[Reply]:
    """A text while a question is open: another question, or the answer."""
    if is_unknown_command(text) and has_words(text):
        return _again(turn, Say(What.UNKNOWN_COMMAND))
    if ask.is_question_within(turn, text) and turn.state.flow is not Flow.COMMENT:
        return _question_within(turn, text)
    match turn.state.flow:
        case Flow.REPORT:
            return answering.answer_text(turn, text)
        case Flow.OWNERS_REPORT:
            return send_in.answer_text(turn, text)
        case _:
            return comment_text(turn, text)


def _question_within(turn: Turn, text: str) -> list[Reply]:
    report = asking.current(turn)
    keep = None
    step = asking.form_of(report).step(turn.state.step or "") if report is not None else None
    if report is not None and step is not None:
        free = answers_in.takes_free_text(step, report.answers, refill=turn.state.refill)
        keep = (report.id, step.id) if free else None
    replies = [*ask.answer(turn, text, keep=keep), *_open_question(turn)]
    if keep is not None:
        turn.state = turn.state.model_copy(update={"held": text})
    return replies


def _again(turn: Turn, said: Reply) -> list[Reply]:
    """Something that could not be taken, then the question that is open."""
    return [said, *(_open_question(turn) if turn.event.personal else [])]


def _open_question(turn: Turn) -> list[Reply]:
    """The question that is open, shown again; nothing when none is."""
    if turn.state.flow is Flow.REPORT and (report := asking.current(turn)) is not None:
        return [CardSettled("moved"), *answering.repeat(turn, report)]
    if turn.state.flow is Flow.OWNERS_REPORT and turn.state.subject is not None:
        return [CardSettled("moved"), *send_in.send_in(turn, p.SendIn())]
    return waiting.again(turn)


def _in_channel(turn: Turn, text: str) -> list[Reply]:
    if not has_words(text):
        return help_text(turn)
    if meeting_orders.wanted(turn, text) or dates.wanted(turn, text):
        return _move(turn)
    return ask.answer_if_asked(turn, text) or [Say(What.NOT_UNDERSTOOD), *help_text(turn)]


def _move(turn: Turn, command: Command | None = None) -> list[Reply]:
    """Something personal in a channel: a short word here, the rest in the personal chat."""
    turn.uow.outbox.add(
        OutboxMessage(
            key=f"moved_here:{turn.me.id}:{turn.event.key}"[:190],
            kind=MessageKind.MOVED_HERE,
            person_id=turn.me.id,
            params={"command": command.value} if command is not None else {},
            due_at=turn.now,
        )
    )
    return [Say(What.PERSONAL_PLEASE)]


def _edited(turn: Turn, text: str) -> list[Reply] | None:
    """An edited message corrects the answer it gave; None when it gave none."""
    effect = turn.uow.inbox.effect_of(turn.event.address.conversation_id, turn.event.activity_id)
    if effect is None or "report" not in effect:
        return None
    corrected = answering.correct(turn, effect, text)
    if corrected is None:
        return [Say(What.EDIT_TOO_LATE), *_open_question(turn)]
    report, field_id = corrected
    field = asking.form_of(report).field(field_id)
    said: list[Reply] = [Rectified(field, report.answers[field_id])] if field else []
    again = answering.repeat(turn, report) if turn.state.flow is Flow.REPORT else []
    settled: list[Reply] = [CardSettled("moved")] if again else []
    return [*settled, *said, *again]


# --- what stood in the way ------------------------------------------------------------------------------------


def _refusal(turn: Turn, refused: DomainError) -> list[Reply]:
    if (said := refusals.in_replies(turn, refused)) is not None:
        return said
    match refused:
        case Stale():
            return [CardSettled("stale"), Say(What.STALE), *(_open_question(turn) or greet(turn))]
        case QuestionGone():
            return [StaffCardClosed()]
        case NothingAsked():
            return [HowToAskStaff()]
        case p.BadPayload():
            return [Say(What.BAD_CARD), *_open_question(turn)]
        case UnknownReport() | NotInRegister():
            if turn.state.flow is not Flow.NONE and turn.event.kind is not EventKind.PRESSED:
                turn.state = turn.state.closed()
            return [Say(What.NOT_YOURS)]
        case _:
            raise refused
