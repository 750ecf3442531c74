"""The summary of a need, the receipts, and what becomes of the cards."""

from __future__ import annotations

from typing import Any

from dialogs.replies import (
    CardSettled,
    ChooseKindergarten,
    Corrected,
    DraftKept,
    MyReportsList,
    NoNeedConfirm,
    NoNeedReceipt,
    Receipt,
    ReviewReport,
)
from domain.needs.form import Form, needs_form
from domain.needs.models import EDITABLE, NeedsReport, Status
from messages import cards, forms, words
from messages.outgoing import Outgoing

SETTLED = {
    "moved": "Se neste melding.",
    "later": "Lagt til side. Svarene er lagret.",
    "stale": "Dette kortet er gammelt. Se neste melding.",
    "handled": "Dette er allerede behandlet.",
    "undecided": "Ikke bestemt ennå.",
    "not_kept": "Ikke lagret.",
    "withdrawn": "Trukket.",
    "submitted": "Sendt til eier.",
    "no_need": "Ingen behov i år.",
    "undone": "Angret.",
    "approved": "Godkjent.",
    "returned": "Sendt tilbake til styrer.",
    "not_forwarded": "Ikke meldt videre.",
    "sent_in": "Sendt til nettverket.",
    "asked_leader": "Sendt til lederen.",
    "answered": "Besvart.",
    "no_answer": "Avsluttet uten svar.",
    "shared": "Delt med nettverket.",
    "removed": "Fjernet.",
}


def content_lines(form: Form, answers: dict[str, Any]) -> list[Any]:
    """Everything answered, question by question."""
    body: list[Any] = []
    for step in form.steps:
        for field, text in words.answered(step, answers):
            if field.id != "title":
                body += cards.named(words.name_of(field), text)
    return body


def review(reply: ReviewReport) -> Outgoing:
    """«Stemmer alt?»"""
    form, report = needs_form(), reply.report
    where = f"Spørsmål {reply.place.number} av {reply.place.total}."
    status = f"Lagret. {where}" if reply.saved else where
    body: list[Any] = [cards.small(f"{status} {reply.kindergarten}")]
    body += forms.noted(reply.stored, report.answers)
    body += forms.hints(reply.hints)
    body.append(cards.heading(reply.place.step.question))
    body.append(cards.line(report.title or "Uten navn", strong=True))
    body += content_lines(form, report.answers)
    if report.comment:
        body.append(cards.hint(f"{reply.owner} ba om: {report.comment}"))
    if reply.personal:
        labels = words.listed([f"«{field.label}»" for field in reply.personal])
        body.append(
            cards.notice(
                f"Det kan stå personopplysninger i {labels}. Ta dem bort før du sender. Du kan sende likevel, "
                "hvis jeg tar feil."
            )
        )
    if reply.only_head:
        body.append(
            cards.notice("Minst én gruppe i tillegg til styrer må ha vært med. Endre svaret før du sender.")
        )
    if reply.place.step.help:
        body.append(cards.small(reply.place.step.help))
    options = [(s.id, s.short or s.question) for s in form.steps if not s.closes]
    body.append(cards.choices("change", "Hva vil du endre?", options, compact=True))
    actions = [
        cards.button(
            f"Send til {_short(reply.owner)}", "submit", main=True, report=report.id, v=report.version
        ),
        cards.button("Endre det valgte", "change", report=report.id),
        cards.button("Fortsett senere", "later"),
    ]
    return cards.card(body, actions, summary=f"{status} Stemmer alt?", tracks=True)


def _short(owner: str) -> str:
    return owner if len(owner) <= 30 else "eier"


def receipt(reply: Receipt) -> Outgoing:
    """The need is with the owner: number, time, what happens next."""
    report = reply.report
    title = report.title or "Behovet"
    late = " Fristen er ute, så den er merket «etter frist»." if report.late else ""
    next_ = (
        "Nå handler du som eier." if reply.also_owner is not None else "Du får beskjed når eier har svart."
    )
    body: list[Any] = [
        cards.heading(f"Sendt til {reply.owner}."),
        cards.line(f"«{title}» er sendt. {next_}{late}"),
        cards.facts([("Nummer", report.number or ""), ("Barnehage", reply.kindergarten), *_again(report)]),
    ]
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
        actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=reply.also_owner))
    actions += [
        cards.button("Meld et behov til", "start_report"),
        cards.button("Mine meldinger", "my_reports"),
    ]
    return cards.card(body, actions, summary=f"Sendt til {reply.owner}. Nummer {report.number}.")


def _again(report: NeedsReport) -> list[tuple[str, str]]:
    return [("Versjon", str(report.revision))] if report.revision > 1 else []


def choose_kindergarten(reply: ChooseKindergarten) -> Outgoing:
    """A head of several says which."""
    question = "Hvilken barnehage gjelder det?"
    options = [(str(k.id), k.name) for k in reply.kindergartens]
    return cards.card(
        [
            cards.heading(question),
            cards.choices("kindergarten", "Barnehage", options, value=options[0][0]),
            cards.small("Er du styrer i flere barnehager, lager du én melding for hver."),
        ],
        [cards.button("Gå videre", reply.verb, main=True)],
        summary=question,
    )


def no_need_confirm(reply: NoNeedConfirm) -> Outgoing:
    """The second of the two presses."""
    question = f"Skal jeg si til {reply.owner} at {reply.kindergarten.name} ikke har behov i år?"
    return cards.card(
        [
            cards.heading(question),
            cards.small("Det er helt greit å svare nei. Da vet eier at dere har tenkt gjennom det."),
        ],
        [
            cards.button(
                "Ja, ingen behov i år", "no_need_yes", main=True, kindergarten=reply.kindergarten.id
            ),
            cards.button("Nei, meld behov", "start_report", kindergarten=reply.kindergarten.id),
        ],
        summary=question,
        tracks=True,
    )


def no_need_receipt(reply: NoNeedReceipt) -> Outgoing:
    """The answer «no need» is with the owner."""
    body: list[Any] = [
        cards.heading("Takk! Da er dere ferdige for i år."),
        cards.line(f"{reply.owner} har fått beskjed om at {reply.kindergarten} ikke har behov i år."),
        cards.facts([("Nummer", reply.report.number or "")]),
    ]
    if reply.late:
        body.append(cards.small("Fristen er ute, så svaret er merket «etter frist»."))
    actions = [cards.button("Angre, vi har et behov", "undo_no_need", report=reply.report.id)]
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
    return cards.text(f"{what} er lagret. Skriv «fortsett» når du vil gå videre.")


def my_reports(reply: MyReportsList) -> Outgoing:
    """`mine meldinger`"""
    body: list[Any] = [cards.heading("Meldingene dine i år")]
    draft = None
    for standing in reply.standings:
        body.append(cards.line(standing.kindergarten.name, strong=True))
        pairs = []
        for report in standing.reports[-10:]:
            name = report.title or ("Ingen behov" if report.status is Status.NO_NEED else "Uten navn ennå")
            number = f" ({report.number})" if report.number else ""
            pairs.append((name, words.STATUS[report.status] + number))
            draft = report if report.status in EDITABLE else draft
        body.append(cards.facts(pairs) if pairs else cards.small("Ikke svart ennå."))
    actions: list[Any] = []
    if draft is not None:
        actions.append(cards.button("Fortsett utkastet", "continue", main=True, report=draft.id))
        actions.append(cards.button("Trekk utkastet", "discard", report=draft.id))
    actions.append(
        cards.button(
            "Meld behov" if draft is None else "Se menyen", "start_report" if draft is None else "menu"
        )
    )
    actions.append(cards.button("Excel", "excel"))
    return cards.card(body, actions, summary="Meldingene dine i år")


def corrected(reply: Corrected) -> Outgoing:
    """An edited message changed its answer."""
    return cards.text(f"Rettet og lagret: {reply.label}: {reply.value}")


def card_settled(reply: CardSettled) -> Outgoing:
    """What an acted-on card becomes: a line to read, nothing to press."""
    words_ = SETTLED[reply.what]
    body: list[Any] = [cards.small(words_)]
    if reply.detail:
        body += [cards.line(part) for part in reply.detail.split("\n")]
    return cards.card(body, summary=words_, settles=True)
