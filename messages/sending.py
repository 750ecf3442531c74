"""The owner's cards for sending to the network: which, the summary, the receipt."""

from __future__ import annotations

from typing import Any

from dialogs.replies import ChooseNetwork, NothingToSend, OwnersReceipt, ReviewOwners
from domain.needs.form import owners_form
from messages import cards, words
from messages.outgoing import Outgoing

MOST_TITLES = 60


def review_owners(reply: ReviewOwners) -> Outgoing:
    """The consolidated report before it goes."""
    report, form = reply.report, owners_form()
    where = f"Spørsmål {reply.place.number} av {reply.place.total}."
    status = f"Lagret. {where}" if reply.saved else where
    kind = "Tillegg" if report.is_supplement else "Samlet melding"
    body: list[Any] = [
        cards.small(f"{status} {reply.owner.name}"),
        cards.heading(reply.place.step.question),
        cards.line(f"{kind} til nettverket {reply.network.name}", strong=True),
    ]
    if reply.titles:
        body += [
            cards.item(f"{n}. {title} ({place})")
            for n, (title, place) in enumerate(reply.titles[:MOST_TITLES], 1)
        ]
        body += cards.more(len(reply.titles) - MOST_TITLES)
    else:
        body.append(cards.line("Ingen av barnehagene har behov i år."))
    for step in form.steps:
        for field, text in words.answered(step, report.answers):
            if field.id != "order":
                body += cards.named(words.name_of(field), text)
    if reply.place.step.help:
        body.append(cards.small(reply.place.step.help))
    options = [(s.id, s.short or s.question) for s in form.steps if not s.closes and s.fields]
    options = [(i, t) for i, t in options if i in {s.id for s in form.steps if _in_answers(s, report)}]
    actions = [
        cards.button(
            "Ja, send til nettverket", "submit_owners", main=True, report=report.id, v=report.version
        )
    ]
    if options:
        body.append(cards.choices("change", "Hva vil du endre?", options, compact=True))
        actions.append(cards.button("Endre det valgte", "change_owners", report=report.id))
    actions.append(cards.button("Fortsett senere", "later"))
    return cards.card(body, actions, summary=f"{status} {reply.place.step.question}", tracks=True)


def _in_answers(step: Any, report: Any) -> bool:
    return any(field.id in report.answers for field in step.fields)


def owners_receipt(reply: OwnersReceipt) -> Outgoing:
    """«12 behov er sendt. Kommer det flere, sender du et tillegg.»"""
    n = len(reply.report.report_ids)
    what = (
        f"{words.count(n, 'behov er', 'behov er')} sendt til nettverket."
        if n
        else "Dere har meldt at ingen har behov i år."
    )
    body: list[Any] = [
        cards.heading(("Tillegget er sendt. " if reply.report.is_supplement else "") + what),
        cards.line("Kommer det flere, sender du et tillegg."),
        cards.facts([("Nummer", reply.report.number or ""), ("Nettverk", reply.network)]),
        cards.small("Lederen kan lese alt, kanalen ser bare tall og temaer. Styrerne har fått beskjed."),
    ]
    if reply.report.late:
        body.append(cards.small("Fristen er ute, så meldingen er merket «etter frist»."))
    if reply.unanswered:
        body.append(
            cards.line(f"{words.count(reply.unanswered, 'barnehage', 'barnehager')} har ikke svart ennå.")
        )
    actions = [cards.button("Hvem mangler", "missing")] if reply.unanswered else []
    return cards.card(body, actions, summary=f"{what} Nummer {reply.report.number}.")


def choose_network(reply: ChooseNetwork) -> Outgoing:
    """An owner with kindergartens in several networks sends one report to each."""
    question = "Hvilket nettverk vil du sende til først?"
    actions = [
        cards.button(n.name, reply.verb, main=i == 0, owner=reply.owner_id, network=n.id)
        for i, n in enumerate(reply.networks[: cards.MOST_ACTIONS])
    ]
    return cards.card(
        [cards.heading(question), cards.small("Du sender én samlet melding til hvert nettverk.")],
        actions,
        summary=question,
    )


def nothing_to_send(reply: NothingToSend) -> Outgoing:
    """Why there is nothing to send, and what to do about it."""
    body: list[Any] = [cards.heading("Det er ikke noe å sende til nettverket nå.")]
    actions: list[Any] = []
    if reply.waiting:
        body.append(cards.line(f"{words.count(reply.waiting, 'behov', 'behov')} venter på at du godkjenner."))
        actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=reply.owner.id))
    elif reply.unanswered:
        body.append(
            cards.line(f"{words.count(reply.unanswered, 'barnehage', 'barnehager')} har ikke svart ennå.")
        )
        actions.append(cards.button("Hvem mangler", "missing", main=True))
    if reply.sent:
        body.append(cards.small("Det som var godkjent, er allerede sendt."))
    return cards.card(body, actions, summary="Det er ikke noe å sende nå.")
