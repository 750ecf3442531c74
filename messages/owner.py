"""The owner's cards: what waits, reading, approving, returning."""

from __future__ import annotations

from typing import Any

from dialogs.replies import (
    Approved,
    AskComment,
    Nudged,
    ReadReport,
    Returned,
    Waiting,
)
from domain.needs.form import needs_form
from domain.needs.models import Status
from messages import cards, words
from messages.outgoing import Outgoing
from messages.report import content_lines

MOST_APPROVED = 30


def waiting(reply: Waiting) -> Outgoing:
    """«Kryss av for dem du godkjenner.»"""
    owner = reply.owner.id
    if not reply.items:
        return _nothing_waits(reply)
    heading = f"{words.count(reply.total, 'behov', 'behov')} venter på deg"
    options = [
        (str(r.id), f"{r.title or 'Uten navn'} – {k.name}" + (" (etter frist)" if r.late else ""))
        for k, r in reply.items
    ]
    body: list[Any] = [cards.heading(heading)]
    if reply.pages > 1:
        body.append(cards.small(f"Side {reply.page + 1} av {reply.pages}."))
    if reply.total > 1:
        body.append(cards.choices("chosen", "Kryss av for dem du godkjenner.", options, many=True))
    else:
        body.append(cards.line(options[0][1]))
    if reply.counts.unanswered:
        body.append(
            cards.small(f"{words.count(reply.counts.unanswered, 'barnehage', 'barnehager')} har ikke svart.")
        )
    all_of = "Godkjenn" if reply.total == 1 else f"Godkjenn alle {reply.total}"
    actions: list[Any] = []
    if reply.total > 1:
        actions.append(cards.button("Godkjenn valgte", "approve_chosen", main=True, owner=owner))
    actions += [
        cards.button(all_of, "approve_all", main=reply.total == 1, owner=owner, reports=list(reply.all_ids)),
        cards.button("Les", "read_chosen", owner=owner),
    ]
    if reply.page + 1 < reply.pages:
        actions.append(cards.button("Neste side", "to_handle", owner=owner, page=reply.page + 1))
    if reply.page > 0:
        actions.append(cards.button("Forrige side", "to_handle", owner=owner, page=reply.page - 1))
    if reply.approved:
        actions.append(cards.button(f"Send {reply.approved} til nettverket", "send_in", owner=owner))
    return cards.card(body, actions, summary=heading, tracks=True)


def _nothing_waits(reply: Waiting) -> Outgoing:
    body: list[Any] = [cards.heading("Ingen behov venter på deg nå.")]
    if reply.counts.unanswered:
        body.append(
            cards.line(f"{words.count(reply.counts.unanswered, 'barnehage', 'barnehager')} har ikke svart.")
        )
    actions: list[Any] = []
    if reply.approved:
        body.append(
            cards.line(f"{words.count(reply.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
        )
        actions.append(cards.button("Send til nettverket", "send_in", main=True, owner=reply.owner.id))
    if reply.counts.unanswered:
        actions.append(cards.button("Hvem mangler", "missing"))
        actions.append(cards.button("Minn dem", "nudge", owner=reply.owner.id))
    return cards.card(body, actions, summary="Ingen behov venter på deg nå.")


def read(reply: ReadReport) -> Outgoing:
    """A whole need, with the owner's choices under it."""
    report = reply.report
    body: list[Any] = [
        cards.heading(report.title or "Uten navn"),
        cards.small(
            f"{reply.kindergarten}. Skrevet av {reply.head}. "
            f"Nummer {report.number}." + (f" Versjon {report.revision}." if report.revision > 1 else "")
        ),
        *content_lines(needs_form(), report.answers),
    ]
    if report.late:
        body.append(cards.small("Kom etter fristen."))
    actions: list[Any] = []
    if report.status is Status.SENT_TO_OWNER:
        body.append(
            cards.text_input(
                "comment",
                "Kommentar til styrer (bare når du ikke godkjenner)",
                multiline=True,
                longest=600,
                placeholder="Skriv vennlig og konkret. Styreren ser dette.",
            )
        )
        data: dict[str, Any] = {"report": report.id, "v": report.version}
        actions = [
            cards.button("Godkjenn", "approve", main=True, **data),
            cards.button("Send tilbake", "return", **data),
            cards.button("Ikke meld videre", "not_forward", **data),
        ]
    else:
        body.append(cards.line(f"Status: {words.STATUS[report.status]}.", strong=True))
        if report.status is Status.APPROVED:
            body.append(cards.text_input("comment", "Kommentar til styrer", multiline=True, longest=600))
            actions = [cards.button("Send tilbake", "return", report=report.id, v=report.version)]
    return cards.card(body, actions, summary=f"Behov fra {reply.kindergarten}", tracks=True)


def approved(reply: Approved) -> Outgoing:
    """What was approved, and what is next."""
    n = len(reply.titles)
    heading = f"«{reply.titles[0]}» er godkjent." if n == 1 else f"{n} behov er godkjent."
    body: list[Any] = [cards.heading(heading)]
    if n > 1:
        body += [cards.item(f"· {title}") for title in reply.titles[:MOST_APPROVED]]
        body += cards.more(n - MOST_APPROVED)
    body.append(cards.line("Styrer får beskjed." if n == 1 else "Styrerne får beskjed."))
    if reply.already:
        body.append(cards.small(f"{reply.already} var allerede behandlet."))
    if reply.waiting:
        body.append(cards.line(f"{words.count(reply.waiting, 'behov', 'behov')} venter fortsatt."))
    actions: list[Any] = []
    if reply.approved:
        actions.append(
            cards.button("Send til nettverket", "send_in", main=not reply.waiting, owner=reply.owner_id)
        )
    if reply.waiting:
        actions.append(cards.button("Les og godkjenn flere", "to_handle", main=True, owner=reply.owner_id))
    return cards.card(body, actions, summary=heading)


def returned(reply: Returned) -> Outgoing:
    """The need went back, or goes no further."""
    title, place = reply.title, reply.kindergarten
    if reply.forwarded:
        words_ = f"«{title}» er sendt tilbake til {place} med kommentaren din."
    else:
        words_ = f"«{title}» blir ikke meldt videre. {place} får begrunnelsen din."
    actions: list[Any] = []
    if reply.waiting:
        actions.append(cards.button("Neste behov", "to_handle", main=True, owner=reply.owner_id))
    return cards.card([cards.line(words_)], actions, summary=words_)


def ask_comment(reply: AskComment) -> Outgoing:
    """A comment is needed before a need can go back."""
    question = "Hva vil du si til styrer?" if reply.forward else "Hvorfor meldes ikke behovet videre?"
    body: list[Any] = [cards.heading(question)]
    if reply.given > reply.limit:
        body.append(
            cards.notice(f"Kommentaren er for lang ({reply.given} tegn). Skriv høyst {reply.limit} tegn.")
        )
    body += [
        cards.small(f"Gjelder «{reply.report.title or ''}» fra {reply.kindergarten}."),
        cards.text_input(
            "comment",
            "Kommentar til styrer",
            multiline=True,
            longest=reply.limit,
            placeholder="Skriv vennlig og konkret. Styreren ser dette.",
        ),
    ]
    verb, title = ("return", "Send tilbake") if reply.forward else ("not_forward", "Ikke meld videre")
    actions = [cards.button(title, verb, main=True, report=reply.report.id, v=reply.report.version)]
    return cards.card(body, actions, summary=question, tracks=True)


def nudged(reply: Nudged) -> Outgoing:
    """How many were reminded."""
    if reply.missing == 0:
        return cards.text("Alle har svart. Det er ingen å minne på det.")
    if reply.told == 0:
        return cards.text("De er allerede minnet på det i dag.")
    return cards.text(
        f"Jeg minner {words.number(reply.told)} {'styrer' if reply.told == 1 else 'styrere'} på det nå."
    )
