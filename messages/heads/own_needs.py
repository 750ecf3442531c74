"""`mine meldinger`, a need that is sent, the order of importance, and copying from an earlier round."""

from __future__ import annotations

from typing import Any

from dialogs.replies import CopyForm, MyReportsList, OwnNeed, Ranked, RankForm
from domain.needs.form import needs_form
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from domain.needs.titles import suggested_title
from messages import cards, words
from messages.heads.report import content_lines
from messages.outgoing import Outgoing

MOST_SHOWN = 10
MOST_CHOSEN = 40


def my_reports(reply: MyReportsList) -> Outgoing:
    """`mine meldinger`"""
    heading = "Hvilket utkast vil du gå videre med?" if reply.choose_draft else "Meldingene dine i år"
    body: list[Any] = [cards.heading(heading)]
    for standing in reply.standings:
        body.append(cards.line(standing.kindergarten.name, strong=True))
        shown = [(_name(r), _standing(r)) for r in standing.reports[-MOST_SHOWN:]]
        body.append(cards.facts(shown) if shown else cards.small("Ikke svart ennå."))
        body += cards.more(len(standing.reports) - MOST_SHOWN)
    body += _choice(reply)
    actions = _actions(reply)
    actions.append(cards.button("Excel", "excel"))
    return cards.card(body, actions, summary=heading)


def _choice(reply: MyReportsList) -> list[Any]:
    """The list to choose from; none when there is just one to go on with."""
    several = (*reply.open, *reply.sent, *reply.others)
    if len(several) < 2:
        return []
    where = {s.kindergarten.id: s.kindergarten.name for s in reply.standings}
    options = [
        (str(r.id), _in_list(r, where.get(r.kindergarten_id, "") if len(where) > 1 else ""))
        for r in several[:MOST_CHOSEN]
    ]
    return [cards.choices("report", "Velg en melding", options, compact=True, value=options[0][0])]


def _in_list(report: NeedsReport, where: str) -> str:
    return ", ".join(filter(None, (_name(report), where, words.STATUS[report.status])))


def _actions(reply: MyReportsList) -> list[Any]:
    several = len(reply.open) + len(reply.sent) + len(reply.others) > 1
    actions: list[Any] = []
    if several:
        actions.append(cards.button("Åpne den valgte", "continue", main=True))
        if reply.open or reply.sent:
            actions.append(cards.button("Trekk den valgte", "take_back"))
    elif reply.open:
        draft = reply.open[0]
        take = "Slett utkastet" if draft.submitted_at is None else "Trekk meldingen"
        actions.append(cards.button("Fortsett utkastet", "continue", main=True, report=draft.id))
        actions.append(cards.button(take, "take_back", report=draft.id))
    elif reply.sent:
        sent = reply.sent[0]
        actions.append(cards.button("Vis meldingen", "continue", report=sent.id))
        actions.append(cards.button("Trekk meldingen", "take_back", report=sent.id))
    elif reply.others:
        actions.append(cards.button("Vis meldingen", "continue", report=reply.others[0].id))
    if reply.rankable:
        actions.append(cards.button("Sett rekkefølge", "ask_rank"))
    actions.append(cards.button("Meld et nytt behov", "start_report", new=True))
    return actions


def _name(report: NeedsReport) -> str:
    """The need's name, or what is known of it instead."""
    if report.title or report.status is Status.NO_NEED:
        return report.title or "Ingen behov"
    about = suggested_title(needs_form(report.form_version), report.answers)
    return f"Uten navn ennå ({about[:1].lower()}{about[1:]})" if about else "Uten navn ennå"


def _standing(report: NeedsReport) -> str:
    number = f" ({report.number})" if report.number else ""
    rank = f", viktighet {report.rank}" if report.rank else ""
    on_behalf = f", registrert for dere ({report.source.value})" if report.source is not Source.BOT else ""
    if report.source is Source.OWNER:
        on_behalf = ", skrevet av eier"
    merged = ", slått sammen med andre" if report.merged_into is not None else ""
    return words.STATUS[report.status] + number + rank + on_behalf + merged


def own_need(reply: OwnNeed) -> Outgoing:
    """A need of one's own as it was sent, to read."""
    report = reply.report
    title = _name(report)
    body: list[Any] = [
        cards.heading(title),
        cards.small(f"{reply.kindergarten}. {words.STATUS[report.status].capitalize()}."),
    ]
    if reply.reason:
        body.append(cards.hint(f"Begrunnelse: {reply.reason}"))
    if report.number:
        sent = [(f"Versjon {n}", f"sendt {words.day(day)}") for n, day in enumerate(reply.sent, 1)]
        versions = sent[-MOST_SHOWN:] or [("Versjon", str(report.revision))]
        body.append(cards.facts([("Nummer", report.number), *versions]))
    body += content_lines(needs_form(report.form_version), report.answers)
    if report.status is Status.SENT_TO_OWNER:
        body.append(cards.small(f"Du kan ikke endre behovet nå, men {reply.owner} kan sende det tilbake."))
    actions = []
    if reply.can_take_back:
        actions.append(cards.button("Trekk meldingen", "take_back", report=report.id))
    if reply.can_reopen:
        actions.append(cards.button("Angre, vi har et behov", "undo_no_need", report=report.id))
    actions.append(cards.button("Mine meldinger", "my_reports"))
    return cards.card(body, actions, summary=f"{title}: {words.STATUS[report.status]}")


def rank_form(reply: RankForm) -> Outgoing:
    """Which need is the most important?"""
    question = "Hvilket behov er viktigst?"
    numbers = [(str(n), str(n)) for n in range(1, len(reply.reports) + 1)]
    body: list[Any] = [cards.heading(question), cards.small(f"{reply.kindergarten.name}. 1 er viktigst.")]
    if reply.given:
        body.append(cards.notice("Gi hvert behov sitt eget tall. Ingenting er lagret ennå."))
    for n, report in enumerate(reply.reports, 1):
        chosen = reply.given[n - 1] if reply.given else str(n)
        label = f"{cards.cut(_name(report), 80)} ({words.STATUS[report.status]})"
        body.append(cards.choices(f"rank_{n}", label, numbers, compact=True, value=chosen))
    actions = [
        cards.button(
            "Lagre rekkefølgen",
            "rank",
            main=True,
            kindergarten=reply.kindergarten.id,
            reports=[[r.id, r.version] for r in reply.reports],
        ),
        cards.button("Mine meldinger", "my_reports"),
    ]
    return cards.card(body, actions, summary=question)


def ranked(reply: Ranked) -> Outgoing:
    """The order is stored, and who sees it."""
    body: list[Any] = [
        cards.heading("Rekkefølgen er lagret."),
        *(cards.item(f"{r.rank}. {_name(r)}") for r in reply.reports),
        cards.small(f"{reply.owner} ser rekkefølgen sammen med behovene. {reply.kindergarten}"),
    ]
    actions = [cards.button("Mine meldinger", "my_reports")]
    if any(r.status in EDITABLE for r in reply.reports):
        actions.insert(0, cards.button("Fortsett utkastet", "continue", main=True))
    return cards.card(body, actions, summary="Rekkefølgen er lagret.")


def copy_form(reply: CopyForm) -> Outgoing:
    """Which earlier need is to be copied?"""
    question = "Hvilken melding vil du kopiere?"
    options = [
        (str(r.id), f"{_name(r)} ({round_}, {words.STATUS[r.status]})")
        for r, round_ in zip(reply.reports[:MOST_CHOSEN], reply.rounds, strict=False)
    ]
    body: list[Any] = [
        cards.heading(question),
        cards.small(
            f"Svarene blir et nytt utkast for {reply.kindergarten.name}. Den gamle meldingen endres ikke."
        ),
        cards.choices("source", "Melding", options, value=options[0][0]),
    ]
    actions = [
        cards.button("Kopier den valgte", "copy", main=True, kindergarten=reply.kindergarten.id),
        cards.button("Begynn uten kopi", "start_report", kindergarten=reply.kindergarten.id),
    ]
    return cards.card(body, actions, summary=question)
