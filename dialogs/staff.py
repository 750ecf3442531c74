"""Asking the staff: the question in the kindergarten's own chat, the answers without names, and back to the draft."""

from __future__ import annotations

from dialogs.payloads import AnswerStaff, AskStaff, CloseStaff, StaffAnswers, TakeInStaff
from dialogs.replies import (
    CardSettled,
    HowToAskStaff,
    NetworksChannel,
    Reply,
    StaffCard,
    StaffCardUpdated,
    StaffResults,
)
from dialogs.report.asking import ask, which_kindergarten
from dialogs.turn import Turn
from domain.needs.heads import staff
from domain.register.models import Kindergarten


def ask_staff(turn: Turn, payload: AskStaff) -> list[Reply]:
    """`spør personalet`: puts the question into this chat; in the personal chat it says where that can be done."""
    if turn.event.personal:
        return [HowToAskStaff()]
    address = turn.event.address
    if turn.uow.identity.binding_of(address.conversation_id) is not None:
        return [NetworksChannel()]
    chosen = which_kindergarten(turn, None, payload.inputs.get("kindergarten"), "ask_staff")
    if not isinstance(chosen, Kindergarten):
        return chosen
    asked = staff.ask(turn.uow, turn.me.id, chosen.id, address.conversation_id, turn.now)
    return [StaffCard(asked.id, chosen.name, len(turn.uow.staff.answers(asked.id)))]


def answer(turn: Turn, payload: AnswerStaff) -> list[Reply]:
    """One of the staff answers; who it is need not be known, and is not kept."""
    who = turn.event.who
    themes = payload.inputs.get("staff_themes", "").split(",")
    taken = staff.answer(
        turn.uow,
        payload.question,
        turn.event.address.conversation_id,
        f"{who.tenant_id}/{who.aad_object_id}",
        [theme.strip() for theme in themes if theme.strip()],
        payload.inputs.get("staff_line", ""),
    )
    return [StaffCardUpdated(taken.question.id, taken.kindergarten, taken.answered, taken.line_left_out)]


def answers(turn: Turn, payload: StaffAnswers) -> list[Reply]:
    """`svar fra personalet`: counts and lines for the head."""
    found = which_kindergarten(
        turn, payload.kindergarten, payload.inputs.get("kindergarten"), "staff_answers"
    )
    if not isinstance(found, Kindergarten):
        return found
    return [StaffResults(staff.results(turn.uow, turn.me.id, found.id, turn.now), found.id)]


def take_in(turn: Turn, payload: TakeInStaff) -> list[Reply]:
    """«Ta med i utkastet»: what the staff answered goes into the draft, and the form goes on."""
    report = staff.take_in(turn.uow, turn.me.id, payload.kindergarten, turn.now)
    return [CardSettled("taken_in"), *ask(turn, report, saved=True)]


def close(turn: Turn, payload: CloseStaff) -> list[Reply]:
    """«Avslutt spørsmålet»."""
    found = staff.close(turn.uow, turn.me.id, payload.kindergarten, turn.now)
    return [StaffResults(found, payload.kindergarten)]
