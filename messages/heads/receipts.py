"""What a head is told when something is sent, put aside or taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogs.replies import (
    AskCancel,
    ConfirmTakeBack,
    DraftKept,
    NoNeedReceipt,
    Receipt,
    Rectified,
    SimilarNeed,
)
from domain.clock import OSLO
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from messages import cards, words
from messages.heads import forms
from messages.outgoing import Outgoing


def receipt(reply: Receipt) -> Outgoing:
    """The need is with the owner: number, version, time, what happens next."""
    report = reply.report
    on_behalf = report.source is not Source.BOT
    heading = f"Behovet ligger hos {reply.owner}." if on_behalf else f"Sendt til {reply.owner}."
    body: list[Any] = [
        cards.heading(heading),
        cards.line(_next(reply, on_behalf=on_behalf)),
        cards.facts([*_facts(report), ("Barnehage", reply.kindergarten)]),
    ]
    body += forms.noted(reply.stored, report.answers, report.form_version)
    if reply.deadline is not None:
        has = "hadde" if report.late else "har"
        body.append(
            cards.small(
                f"Eier {has} frist til nettverket {words.day(reply.deadline.day)} "
                f"(kilde: {words.source(reply.deadline.source)}). "
                "Du kan ikke endre behovet nå, men eier kan sende det tilbake."
            )
        )
    actions: list[Any] = []
    if reply.also_owner is not None:
        actions.append(_as_owner(report, reply.also_owner))
    if on_behalf:
        actions.append(cards.button("Se menyen", "menu"))
    else:
        actions += [
            cards.button("Meld et behov til", "start_report", kindergarten=report.kindergarten_id, new=True),
            cards.button("Mine meldinger", "my_reports"),
        ]
    return cards.card(body, actions, summary=f"{heading} Nummer {report.number}.")


def _as_owner(report: NeedsReport, owner_id: int) -> Any:
    """The next act of somebody who is the owner too: an approval of its own, then the sending."""
    if report.status is Status.SENT_TO_OWNER:
        return cards.button("Godkjenn som eier", "approve", main=True, report=report.id, v=report.version)
    return cards.button("Send til nettverket", "send_in", main=True, owner=owner_id)


def _next(reply: Receipt, *, on_behalf: bool) -> str:
    title = reply.report.title or "Behovet"
    late = " Fristen er ute, så den er merket «etter frist»." if reply.report.late else ""
    if reply.also_owner is not None:
        next_ = "Nå handler du som eier."
    elif on_behalf:
        next_ = "Eier har fått beskjed og behandler det."
    else:
        next_ = "Du får beskjed når eier har svart."
    return f"«{title}» er sendt. {next_}{late}"


def _facts(report: NeedsReport) -> list[tuple[str, str]]:
    facts = [("Nummer", report.number or ""), ("Versjon", str(report.revision))]
    return [*facts, ("Sendt", _moment(report.submitted_at))] if report.submitted_at else facts


def _moment(at: datetime) -> str:
    """«tirsdag 10. november 2026 kl. 09.04», in Oslo."""
    there = at.astimezone(OSLO)
    return f"{words.whole_day(there.date())} kl. {there:%H.%M}"


def no_need_receipt(reply: NoNeedReceipt) -> Outgoing:
    """The answer «no need» is with the owner."""
    on_behalf = reply.report.source is not Source.BOT
    heading = "Registrert: ingen behov i år." if on_behalf else "Takk! Da er dere ferdige for i år."
    body: list[Any] = [
        cards.heading(heading),
        cards.line(f"{reply.owner} har fått beskjed om at {reply.kindergarten} ikke har behov i år."),
        cards.facts(_facts(reply.report)),
    ]
    if reply.late:
        body.append(cards.small("Fristen er ute, så svaret er merket «etter frist»."))
    undo = "Angre" if on_behalf else "Angre, vi har et behov"
    actions = [cards.button(undo, "undo_no_need", report=reply.report.id)]
    if reply.also_owner is not None:
        body.append(cards.line("Som eier sier du det også til nettverket, når alle barnehagene har svart."))
        actions.insert(0, cards.button("Send til nettverket", "send_in", main=True, owner=reply.also_owner))
    return cards.card(
        body,
        actions,
        summary=f"Ingen behov i år er sendt til {reply.owner}. Nummer {reply.report.number}.",
    )


def draft_kept(reply: DraftKept) -> Outgoing:
    """The flow is put aside."""
    if reply.undecided:
        return cards.text(
            "Det er greit. Snakk gjerne med personalet først. Skriv «meld behov» når dere vet mer."
        )
    what = f"«{reply.title}»" if reply.title else "Utkastet"
    by = f" Svar gjerne innen {words.short_day(reply.reply_by)}." if reply.reply_by else ""
    return cards.text(f"{what} er lagret. Skriv «fortsett» når du vil gå videre.{by}")


def ask_cancel(reply: AskCancel) -> Outgoing:
    """Is the draft to be kept?"""
    report = reply.report
    what = f"«{report.title}»" if report.title else "utkastet"
    question = f"Vil du beholde {what}?"
    actions = [cards.button("Behold utkastet", "later", main=True)]
    if report.status is Status.DRAFT:
        actions.append(cards.button("Slett utkastet", "discard", report=report.id))
    actions.append(cards.button("Gå videre nå", "continue", report=report.id))
    kept = "Alt du har svart, er lagret."
    return cards.card(
        [cards.heading(question), cards.small(f"{kept} {reply.about}")],
        actions,
        summary=question,
        tracks=True,
    )


def confirm_take_back(reply: ConfirmTakeBack) -> Outgoing:
    """Is it really to be withdrawn?"""
    report = reply.report
    sent = report.status not in EDITABLE or report.submitted_at is not None
    name = f"«{report.title}»" if report.title else "utkastet uten navn"
    question = f"Vil du trekke {name}?" if sent else f"Vil du slette {name}?"
    what = f"{reply.owner} får beskjed." if report.status not in EDITABLE else reply.kindergarten
    return cards.card(
        [cards.heading(question), cards.small(f"{what} Det kan ikke angres." if sent else what)],
        [
            cards.button("Ja, trekk det" if sent else "Ja, slett det", "discard", report=report.id),
            cards.button("Nei, behold det", "my_reports"),
        ],
        summary=question,
    )


def similar(reply: SimilarNeed) -> Outgoing:
    """K7, asked once."""
    question = "Du har en lignende melding. Vil du fortsette på den?"
    other = reply.other
    number = f" ({other.number})" if other.number else ""
    body = [
        cards.heading(question),
        cards.line(f"«{other.title}»: {words.STATUS[other.status]}{number}. Navn og tema er de samme."),
        cards.small("Det du har skrevet nå, er lagret som et eget utkast."),
    ]
    way = "Fortsett på den" if reply.editable else "Vis den"
    return cards.card(
        body,
        [
            cards.button("Nei, dette er et nytt behov", "continue", main=True, report=reply.report.id),
            cards.button(way, "continue", report=other.id),
            cards.button("Slett dette utkastet", "take_back", report=reply.report.id),
        ],
        summary=question,
        tracks=True,
    )


def rectified(reply: Rectified) -> Outgoing:
    """«Nei, 12 ansatte»"""
    value = words.value(reply.field, reply.value)
    end = "" if value.endswith((".", "!", "?")) else "."
    return cards.text(f"Rettet og lagret: {words.name_of(reply.field)}: {value}{end}")
