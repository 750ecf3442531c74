"""Whose need it is, and which: the one that is open, one's drafts, one's kindergartens."""

from __future__ import annotations

from dialogs.chosen import id_in
from dialogs.replies import ChooseKindergarten, Reply, Say, What
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.heads import head
from domain.needs.models import EDITABLE, NeedsReport, Source
from domain.register import rights
from domain.register.models import Kindergarten

_REPORTING = ("start_report", "no_need", "copy")


def current(turn: Turn) -> NeedsReport | None:
    """The need that is open in the conversation, while it can be written in."""
    if turn.state.flow is not Flow.REPORT or turn.state.subject is None:
        return None
    report = turn.uow.needs.get(turn.state.subject)
    if report is None or report.status not in EDITABLE:
        return None
    return access.own_report(turn.uow, turn.me.id, report.id)


def open_drafts(turn: Turn) -> list[NeedsReport]:
    """Every need that waits for its head to go on, in all of one's kindergartens, the newest first."""
    found = [
        draft
        for kindergarten in own_kindergartens(turn)
        for draft in head.open_drafts(turn.uow, turn.me.id, kindergarten.id, turn.now)
    ]
    return sorted(found, key=lambda d: (d.updated_at, d.id), reverse=True)


def registered_drafts(turn: Turn) -> list[NeedsReport]:
    """What one has begun to write on behalf of kindergartens, the newest first."""
    found = [
        report
        for current_ in turn.uow.rounds.all_current(turn.today)
        for report in turn.uow.needs.in_round(current_.id, tuple(EDITABLE))
        if report.created_by == turn.me.id and report.source is not Source.BOT
    ]
    mine = [r for r in found if access.roles_for(turn.uow, turn.me.id, r)]
    return sorted(mine, key=lambda d: (d.updated_at, d.id), reverse=True)


def newest_draft(turn: Turn) -> NeedsReport | None:
    """The draft of one's own kindergartens that was written in last."""
    return next(iter(open_drafts(turn)), None)


def own_kindergartens(turn: Turn) -> list[Kindergarten]:
    """The kindergartens that one is head of, by name."""
    found = [turn.uow.register.kindergarten(i) for i in rights.heads(turn.roles)]
    return sorted((k for k in found if k.active), key=lambda k: k.name)


def which_kindergarten(
    turn: Turn, kindergarten_id: int | None, chosen: str | None, verb: str, *wishes: str
) -> Kindergarten | list[Reply]:
    """The kindergarten that is meant, or what to say when it is not clear."""
    kindergarten_id = id_in(chosen or "") or kindergarten_id
    if kindergarten_id is not None:
        return access.own_kindergarten(turn.uow, turn.me.id, kindergarten_id)
    own = own_kindergartens(turn)
    if not own:
        reports = verb in _REPORTING and rights.owners(turn.roles)
        return [Say(What.OWNER_REPORTS if reports else What.NOT_A_HEAD)]
    if len(own) > 1:
        return [ChooseKindergarten(verb, tuple(own), wishes)]
    return own[0]


def owner_of(turn: Turn, report: NeedsReport) -> str:
    """The name of the kindergarten's owner."""
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    return turn.uow.register.owner(kindergarten.owner_id).name
