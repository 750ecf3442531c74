"""The summary of a need, which kindergarten it is about, and what becomes of the cards."""

from __future__ import annotations

from typing import Any

from dialogs.replies import CardSettled, ChooseKindergarten, NoNeedConfirm, ReviewReport
from domain.needs.crosschecks import FindingKind
from domain.needs.form import Form, needs_form
from domain.needs.models import NeedsReport, Source
from messages import cards, problems, words
from messages.heads import forms
from messages.outgoing import Outgoing

MOST_REMARKS = 3

REPORTING = ("start_report", "no_need")
"""What a head does that leads to an answer from the kindergarten."""

SETTLED = {
    "moved": "Se neste melding.",
    "later": "Lagt til side. Svarene er lagret.",
    "stale": "Dette kortet er gammelt. Se neste melding.",
    "handled": "Dette er allerede behandlet.",
    "undecided": "Ikke bestemt ennå.",
    "not_kept": "Ikke lagret.",
    "as_it_was": "Ingenting er endret.",
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
    "registered": "Registrert.",
    "imported": "Registrert fra arket.",
    "import_dropped": "Ikke registrert.",
    "expired": "Utløpt.",
    "switched": "Endret.",
    "saved": "Lagret. Se neste melding.",
    "ranked": "Rekkefølgen er lagret.",
    "taken_in": "Tatt med i utkastet.",
}


def content_lines(form: Form, answers: dict[str, Any]) -> list[Any]:
    """Everything answered, question by question, under the labels of the form."""
    body: list[Any] = []
    for step in form.steps:
        for field, text in words.answered(step, answers):
            if field.id != "title":
                body += cards.named(words.name_of(field), text)
    return body


def review(reply: ReviewReport) -> Outgoing:
    """«Stemmer alt?»"""
    report = reply.report
    form = needs_form(report.form_version)
    where = f"Spørsmål {reply.place.number} av {reply.place.total}."
    status = f"Lagret. {where}" if reply.saved else where
    body: list[Any] = []
    if reply.copied is not None:
        body.append(cards.line(forms.copied(reply.copied)))
    body += [cards.small(f"{status} {words.covering(reply.kindergarten, len(report.covers))}")]
    body += forms.noted(reply.stored, report.answers, report.form_version)
    body += _just_stored(reply)
    body.append(cards.heading(reply.place.step.question))
    body.append(cards.line(report.title or "Uten navn", strong=True))
    body += content_lines(form, report.answers)
    if report.comment:
        body.append(forms.asked_for(reply.owner, report.comment))
    body += _before_sending(reply)
    if reply.place.step.help:
        body.append(cards.small(reply.place.step.help))
    options = [(s.id, s.short or s.question) for s in reply.may_change]
    if report.reopened and options:
        body.append(cards.small("Eier har bare bedt om nye svar på dette. Resten står som det er."))
    actions = [
        cards.button(sends(reply.owner, report), "submit", main=True, report=report.id, v=report.version)
    ]
    if options:
        body.append(cards.choices("change", "Hva vil du endre?", options, compact=True))
        actions.append(cards.button("Endre det valgte", "change", report=report.id))
    if reply.can_elaborate:
        actions.append(cards.button("Utdyp", "more", report=report.id))
    actions += [
        cards.button("Hele skjemaet", "whole_form", report=report.id),
        cards.button("Fortsett senere", "later"),
    ]
    return cards.card(body, actions, summary=f"{status} Stemmer alt?", tracks=True)


def _before_sending(reply: ReviewReport) -> list[Any]:
    """What should be looked at first: what stops the need, what may be personal, then a few remarks."""
    form = needs_form(reply.report.form_version)
    fields = [form.field(f.field or "") for f in reply.findings if f.kind is FindingKind.PERSONAL]
    labels = words.listed([f"«{words.name_of(field)}»" for field in fields if field is not None])
    body: list[Any] = [cards.notice(problems.finding(f, form)) for f in reply.findings if f.hard]
    if labels:
        body.append(cards.notice(problems.FINDINGS[FindingKind.PERSONAL].format(field=labels)))
    soft = [f for f in reply.findings if not f.hard and f.kind is not FindingKind.PERSONAL]
    return body + [cards.hint(problems.finding(f, form)) for f in soft[:MOST_REMARKS]]


def _just_stored(reply: ReviewReport) -> list[Any]:
    """Remarks on the last answer that are not said of the whole as well."""
    said = {f.kind.value for f in reply.findings}
    return problems.hints(tuple(h for h in reply.hints if h.kind.value not in said))


def sends(owner: str, report: NeedsReport) -> str:
    """What the button says that sends a need; one that the owner writes itself is approved with it."""
    if report.source is Source.OWNER:
        return "Lagre og godkjenn"
    return f"Send til {owner if len(owner) <= 30 else 'eier'}"


def choose_kindergarten(reply: ChooseKindergarten) -> Outgoing:
    """A head of several says which."""
    question = "Hvilken barnehage gjelder det?"
    options = [(str(k.id), k.name) for k in reply.kindergartens]
    body = [
        cards.heading(question),
        cards.choices("kindergarten", "Barnehage", options, value=options[0][0]),
    ]
    if reply.verb in REPORTING:
        body.append(cards.small("Er du styrer i flere barnehager, lager du én melding for hver."))
    return cards.card(
        body,
        [cards.button("Gå videre", reply.verb, main=True, **dict.fromkeys(reply.wishes, True))],
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
                "Ja, ingen behov i år",
                "no_need_yes",
                main=True,
                kindergarten=reply.kindergarten.id,
                **({"report": reply.report} if reply.report else {}),
            ),
            cards.button("Nei, gå videre", "continue", report=reply.report)
            if reply.report
            else cards.button("Nei, meld behov", "start_report", kindergarten=reply.kindergarten.id),
        ],
        summary=question,
        tracks=True,
    )


def card_settled(reply: CardSettled) -> Outgoing:
    """What an acted-on card becomes: a line to read, nothing to press."""
    words_ = SETTLED[reply.what]
    body: list[Any] = [cards.small(words_)]
    if reply.detail:
        body += [cards.line(part) for part in reply.detail.split("\n")]
    settled = cards.card(body, summary=words_, settles=True)
    return settled.model_copy(update={"settles_open": True}) if reply.open else settled
