"""What one word or button means depends on what is open: where it leads is chosen here."""

from __future__ import annotations

from dialogs import (
    ask,
    greet,
    in_words,
    tasks,
)
from dialogs import payloads as p
from dialogs.networks import waiting
from dialogs.owners import (
    common_needs,
    handle,
    send_in,
)
from dialogs.replies import CardSettled, HelpText, Reply, Say, What
from dialogs.report import asking, beginning, more, moving, whole
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.register import rights


def help_text(turn: Turn) -> list[Reply]:
    """What one can do here, for the role one has."""
    led = rights.led_networks(turn.roles)
    binding = (
        None if turn.event.personal else turn.uow.identity.binding_of(turn.event.address.conversation_id)
    )
    return [
        HelpText(
            role=turn.role,
            in_channel=not turn.event.personal,
            network=turn.uow.register.network(binding.network_id).name if binding else None,
            can_bind=tuple(turn.uow.register.network(i) for i in led),
            local=turn.world.local,
        )
    ]


def ask_card(turn: Turn, payload: p.AskSomething) -> list[Reply]:
    if payload.question is None:
        return [Say(What.ASK_AWAY)]
    return ask.answer(turn, payload.question)


def switch(turn: Turn, payload: p.SwitchRole) -> list[Reply]:
    turn.state = turn.state.closed().model_copy(update={"role": payload.role})
    return greet.greet(turn)


def back(turn: Turn) -> list[Reply]:
    if waiting.waits(turn):
        return waiting.cancel(turn)
    if (undo := in_words.undoing(turn)) is not None:
        return tasks.is_done(turn, undo)
    if (unchanged := _only_looked(turn)) is not None:
        return unchanged
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.back(turn)
    return moving.back(turn)


def later(turn: Turn, payload: p.Later) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT and payload.report == turn.state.subject:
        send_in.keep_filled_in(turn, payload)
    elif turn.state.flow is Flow.REPORT:
        moving.keep_filled_in(turn, payload)
    return beginning.later(turn)


def go_on(turn: Turn) -> list[Reply]:
    if turn.state.flow is Flow.OWNERS_REPORT:
        return send_in.send_in(turn, p.SendIn())
    replies = beginning.continue_(turn)
    nothing = replies == [Say(What.NOTHING_OPEN)]
    if nothing and (draft := common_needs.newest_draft(turn)) is not None:
        return asking.ask(turn, draft)
    return send_in.send_in(turn, p.SendIn()) if nothing and rights.owners(turn.roles) else replies


def whole_form(turn: Turn, payload: p.WholeForm) -> list[Reply]:
    moving.keep_filled_in(turn, payload)
    return whole.open_card(turn, payload.report, payload.part) if payload.report else whole.words(turn)


def skip(turn: Turn, payload: p.Skip) -> list[Reply]:
    if payload.leave:
        moving.keep_filled_in(turn, payload)
    return more.skip(turn, payload)


def send_in_words(turn: Turn) -> list[Reply]:
    """`send til nettverket`: the owner's to do; a head is told so, and keeps the place."""
    if rights.owners(turn.roles) or not rights.heads(turn.roles):
        return send_in.send_in(turn, p.SendIn())
    report = asking.current(turn)
    here = [CardSettled("moved"), *moving.repeat(turn, report)] if report else []
    return [Say(What.OWNER_SENDS), *here]


def cancel(turn: Turn) -> list[Reply]:
    if turn.state.flow in (Flow.COMMENT, Flow.REPLY_BY):
        return handle.cancel(turn)
    if waiting.waits(turn):
        return waiting.cancel(turn)
    if (unchanged := _only_looked(turn)) is not None:
        return unchanged
    return beginning.cancel(turn) if turn.state.flow is Flow.REPORT else beginning.later(turn)


def _only_looked(turn: Turn) -> list[Reply] | None:
    """What is said to somebody who has nothing begun to put aside; None to one who may have."""
    if turn.state.flow is not Flow.NONE or (rights.heads(turn.roles) and not in_words.waits(turn)):
        return None
    in_words.set_aside(turn)
    return [CardSettled("as_it_was"), Say(What.AS_IT_WAS)]
