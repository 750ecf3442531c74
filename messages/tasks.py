"""The decision basis and the reporting: the reminder, and that they are done."""

from __future__ import annotations

from datetime import date
from typing import Any

from dialogs.replies import HasAnswered, NoTask, TaskMarked, TaskReopened, TaskWhere
from domain.needs.overview import Answer
from domain.outbox import MessageKind
from domain.outreach.reminding.tasks import Task, TaskReminder
from domain.rounds.models import DeadlineKind
from messages import cards, words
from messages.outgoing import Outgoing
from messages.reminders import how_sure, later

NAME = {
    DeadlineKind.DECISION_BASIS: "beslutningsgrunnlaget",
    DeadlineKind.REPORTING_NETWORK: "rapporteringen",
    DeadlineKind.REPORTING_UNITS: "rapporteringen",
}
TO_WHOM = {
    DeadlineKind.DECISION_BASIS: "samarbeidsforum",
    DeadlineKind.REPORTING_NETWORK: "Statsforvalteren",
    DeadlineKind.REPORTING_UNITS: "nettverket",
}


def reminder(content: TaskReminder, today: date) -> Outgoing:
    """What is due when, what the network has, and how to say that it is done."""
    what = f"Fristen for {NAME[content.kind]} fra {content.place}"
    when = f"var {words.day(content.day)}."
    if content.day >= today:
        when = f"er {words.day(content.day)}, {words.distance(content.day, today)}."
    text = " ".join([f"Hei, {content.recipient.first_name}! {what} {when}", *_counts(content)])
    actions: list[Any] = [_done(content.kind, content.round_id, content.owner_id, main=True)]
    if content.owner_id is None:
        actions = [
            cards.button("Meldte behov", "network_needs", main=True, network=content.network_id),
            cards.button("Excel", "excel", network=content.network_id),
            _done(content.kind, content.round_id, None),
        ]
    ids: dict[str, Any] = {"owner": content.owner_id} if content.owner_id is not None else {}
    kind = MessageKind.REPORTING_REMINDER
    if content.kind is DeadlineKind.DECISION_BASIS:
        kind = MessageKind.BASIS_REMINDER
    actions.append(later(kind, round=content.round_id, deadline=content.kind.value, **ids))
    body = [
        cards.line(text),
        cards.small(how_sure(content.confirmed, content.source)),
        cards.small("Trykk «Ferdig» når det er sendt. Da minner jeg ingen om det mer."),
    ]
    return cards.card(body, actions, summary=text)


def _counts(content: TaskReminder) -> list[str]:
    if not content.needs:
        return []
    if content.kind is not DeadlineKind.DECISION_BASIS:
        return [f"{words.count(content.needs, 'behov', 'behov')} har fått tilsagn."]
    said = [f"Nettverket har {words.count(content.needs, 'behov', 'behov')}."]
    if content.undecided:
        said.append(f"{words.number(content.undecided).capitalize()} mangler en avgjørelse.")
    return said


def _done(kind: DeadlineKind, round_id: int, owner_id: int | None, *, main: bool = False) -> Any:
    ids: dict[str, Any] = {"owner": owner_id} if owner_id is not None else {}
    return cards.button("Ferdig", "task_done", main=main, round=round_id, kind=kind.value, **ids)


def _of(task: Task) -> dict[str, Any]:
    ids: dict[str, Any] = {"round": task.round.id, "kind": task.deadline.kind.value}
    units = task.deadline.kind is DeadlineKind.REPORTING_UNITS
    return {**ids, "owner": task.scope.id} if units else ids


def marked(reply: TaskMarked) -> Outgoing:
    """It is done, and who said so."""
    task = reply.task
    what = f"{NAME[task.deadline.kind].capitalize()} fra {task.place}"
    if reply.already and reply.by:
        text = f"{what} er allerede merket som ferdig av {reply.by} {words.moment(reply.at)}."
    elif reply.already:
        text = f"{what} er allerede merket som ferdig. Du gjorde det {words.moment(reply.at)}."
    else:
        text = f"{what} er merket som ferdig. Jeg minner ingen om det mer."
    undo = cards.button("Angre", "task_done", undo=True, **_of(task))
    not_sent = cards.small(f"Jeg sender ingenting til {TO_WHOM[task.deadline.kind]}. Det gjør dere selv.")
    return cards.card([cards.line(text), *([] if reply.already else [not_sent])], [undo], summary=text)


def reopened(reply: TaskReopened) -> Outgoing:
    """It is to be done after all."""
    deadline = reply.task.deadline
    what = f"{NAME[deadline.kind].capitalize()} fra {reply.task.place}"
    return cards.text(f"Angret. {what} er ikke ferdig. Fristen er {words.whole_day(deadline.day)}.")


def where(reply: TaskWhere) -> Outgoing:
    """Which one is it?"""
    question = "Hva er ferdig?"
    actions = [
        cards.button(f"{NAME[t.deadline.kind].capitalize()}, {t.place}", "task_done", **_of(t))
        for t in reply.tasks
    ]
    return cards.card([cards.heading(question)], actions, summary=question)


def none(_reply: NoTask) -> Outgoing:
    """Not this person's to say, or no such date in the round."""
    return cards.text(
        "Jeg finner ingen slik frist som du skal melde fra om. Skriv «frister» for å se datoene i runden."
    )


def has_answered(reply: HasAnswered) -> Outgoing:
    """To a head who presses a reminder's button when everything is done."""
    another, place = "Meld et behov til", dict[str, Any]()
    if len(reply.standings) == 1:
        one = reply.standings[0]
        latest = one.reports[-1] if one.reports else None
        how = "ingen behov i år" if one.answer is Answer.NO_NEED or latest is None else _how(latest)
        text = f"{one.kindergarten.name} har svart: {how}."
        place = {"kindergarten": one.kindergarten.id}
        another = "Meld behov likevel" if one.answer is Answer.NO_NEED else another
    else:
        text = f"Alle de {words.number(len(reply.standings))} barnehagene dine har svart."
    actions = [
        cards.button("Mine meldinger", "my_reports", main=True),
        cards.button(another, "start_report", new=True, **place),
    ]
    return cards.card([cards.line(text)], actions, summary=text)


def _how(report: Any) -> str:
    title = f"«{report.title}» " if report.title else "behovet "
    status = words.STATUS[report.status]
    return f"{title}er {status}"
