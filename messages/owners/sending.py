"""The owner's cards for sending to the network: which, the order, the summary, the receipt."""

from __future__ import annotations

from typing import Any

from dialogs.payloads.sending import GROUP, PLACES
from dialogs.replies import (
    ChooseNetwork,
    ListedNeed,
    NothingToSend,
    OrderSettled,
    OwnersReceipt,
    RankNeeds,
    ReviewOwners,
)
from domain.clock import OSLO
from domain.needs.flow import GroupStanding
from domain.needs.models import JointState
from messages import cards, words
from messages.outgoing import Outgoing

MOST_TITLES = 60
MOST_RANKED = 100
"""Needs that can be chosen as the first ones on a card; any can be named by its number in writing."""
LONGEST_OPTION = 50
MOST_SETTLED = 3
RANKS = ("Viktigst", "Nest viktigst", "Tredje viktigst")

JOINT = {
    JointState.ASKED: "har ikke svart",
    JointState.CONFIRMED: "er med",
    JointState.DECLINED: "sender selv",
}


def name_of(need: ListedNeed) -> str:
    """«Lek for alle (Solbakken barnehage og 3 til)», with the owner where it is another's."""
    owner = f", {need.owner}" if need.owner else ""
    return f"{need.title or 'Uten navn'} ({words.covering(need.kindergarten, need.more)}{owner})"


def numbered(needs: tuple[ListedNeed, ...], most: int = MOST_TITLES) -> list[Any]:
    """The needs under each other, with their numbers; how many more when there are too many."""
    lines = [cards.item(f"{n}. {name_of(need)}") for n, need in enumerate(needs[:most], 1)]
    return [*lines, *cards.more(len(needs) - most)]


def rank_needs(reply: RankNeeds) -> Outgoing:
    """Which needs come first: a choice for each of the first places, the rest keep their order."""
    place, report = reply.place, reply.report
    where = f"Spørsmål {place.number} av {place.total}."
    status = "Her kan du endre svaret." if reply.changing else f"Lagret. {where}" if reply.saved else where
    body: list[Any] = [cards.small(f"{status} {reply.owner}"), cards.heading(place.step.question)]
    if reply.wrong:
        last = len(reply.needs)
        body.append(
            cards.notice(
                f"Velg hvert behov bare én gang. Du kan også skrive numre fra 1 til {last}, for eksempel «2, 1»."
            )
        )
    if place.step.help:
        body.append(cards.small(place.step.help))
    body += numbered(reply.needs)
    options = [
        (str(n), f"{n}: {cards.cut(need.title or 'Uten navn', LONGEST_OPTION)}")
        for n, need in enumerate(reply.needs[:MOST_RANKED], 1)
    ]
    for input_id, label in zip(PLACES[: len(reply.needs) - 1], RANKS, strict=False):
        body.append(cards.choices(input_id, label, options, compact=True))
    body.append(cards.small("De andre beholder rekkefølgen. Velger du ingen, blir den som nå."))
    data: dict[str, Any] = {"report": report.id, "step": place.step.id, "v": report.version}
    actions = [
        cards.button("Lagre rekkefølgen", "answer_owners", main=True, **data),
        cards.button("Fortsett senere", "later", **data),
    ]
    return cards.card(body, actions, summary=f"{status} {place.step.question}", tracks=True)


def order_settled(reply: OrderSettled) -> Outgoing:
    """The question about the order after its answer."""
    body = [cards.small("Rekkefølgen er lagret."), *numbered(reply.needs, MOST_SETTLED)]
    return cards.card(body, summary="Besvart: Rekkefølge", settles=True)


def review_owners(reply: ReviewOwners) -> Outgoing:
    """The consolidated report before it goes."""
    report = reply.report
    where = f"Spørsmål {reply.place.number} av {reply.place.total}."
    status = f"Lagret. {where}" if reply.saved else where
    kind = "Tillegg" if report.is_supplement else "Samlet melding"
    body: list[Any] = [
        cards.small(f"{status} {reply.owner.name}"),
        cards.heading(reply.place.step.question),
        cards.line(f"{kind} til nettverket {reply.network.name}", strong=True),
    ]
    if reply.needs:
        body += numbered(reply.needs)
    else:
        body.append(cards.line("Ingen av barnehagene har behov i år."))
    body += _joint(reply)
    for step in reply.form.steps:
        for field, text in words.answered(step, report.answers):
            if field.id != "order":
                body += cards.named(words.name_of(field), text)
    if reply.alike:
        titles = words.listed([f"«{title or 'Uten navn'}»" for title in reply.alike])
        body.append(cards.hint(f"{titles} har samme tema. Du kan slå dem sammen til ett behov."))
    if reply.place.step.help:
        body.append(cards.small(reply.place.step.help))
    options = _changes(reply)
    if options:
        body.append(cards.choices("change", "Hva vil du endre eller utdype?", options, compact=True))
    return cards.card(
        body,
        _review_actions(reply, bool(options)),
        summary=f"{status} {reply.place.step.question}",
        tracks=True,
    )


def _joint(reply: ReviewOwners) -> list[Any]:
    if not reply.joint:
        return []
    states = words.listed([f"{name} {JOINT[state]}" for name, state in reply.joint])
    return [cards.line(f"Felles melding: {states}.")]


def _changes(reply: ReviewOwners) -> list[tuple[str, str]]:
    """What can be changed, and the groups of further questions, in one list."""
    answered = [
        (s.id, s.short or s.question)
        for s in reply.form.core
        if any(f.id in reply.report.answers for f in s.fields)
    ]
    return [*answered, *((f"{GROUP}{g.group.id}", _group(g)) for g in reply.groups)]


def _group(standing: GroupStanding) -> str:
    return f"Utdyp: {standing.group.label} ({standing.answered} av {standing.total} besvart)"


def _review_actions(reply: ReviewOwners, has_choice: bool) -> list[Any]:
    report, owner, network = reply.report, reply.owner.id, reply.network.id
    actions = [
        cards.button(
            "Ja, send til nettverket", "submit_owners", main=True, report=report.id, v=report.version
        )
    ]
    if has_choice:
        actions.append(cards.button("Endre eller utdyp", "change_owners", report=report.id))
    if reply.may_merge:
        actions.append(cards.button("Slå sammen behov", "merge_needs", owner=owner, network=network))
    if reply.may_join:
        actions.append(cards.button("Felles melding", "joint_report", report=report.id))
    actions.append(cards.button("Fortsett senere", "later"))
    return actions


def owners_receipt(reply: OwnersReceipt) -> Outgoing:
    """«12 behov er sendt. Kommer det flere, sender du et tillegg.»"""
    report = reply.report
    n = len(report.report_ids)
    what = (
        f"{words.count(n, 'behov er', 'behov er')} sendt til nettverket."
        if n
        else "Dere har meldt at ingen har behov i år."
    )
    when = reply.sent_at.astimezone(OSLO)
    version = f"tillegg {report.sequence}" if report.is_supplement else "første melding"
    body: list[Any] = [
        cards.heading(("Tillegget er sendt. " if report.is_supplement else "") + what),
        cards.line("Kommer det flere, sender du et tillegg."),
        cards.facts(
            [
                ("Nummer", report.number or ""),
                ("Versjon", version),
                ("Nettverk", reply.network),
                ("Sendt", f"{words.day(when.date())} kl. {when:%H.%M}"),
                *([("Sammen med", words.listed(list(reply.others)))] if reply.others else []),
            ]
        ),
        cards.small("Lederen kan lese alt, kanalen ser bare tall og temaer. Styrerne har fått beskjed."),
        cards.small("Nettverket går gjennom behovene og prioriterer. Du får beskjed om hva som skjer."),
    ]
    if report.late:
        body.append(cards.small("Fristen er ute, så meldingen er merket «etter frist»."))
    if reply.unanswered:
        body.append(
            cards.line(f"{words.count(reply.unanswered, 'barnehage', 'barnehager')} har ikke svart ennå.")
        )
    actions: list[Any] = []
    if reply.next_network is not None:
        body.append(cards.line(f"Du har også noe å sende til nettverket {reply.next_network.name}."))
        actions.append(
            cards.button(
                f"Send til {reply.next_network.name}",
                "send_in",
                main=True,
                owner=reply.owner.id,
                network=reply.next_network.id,
            )
        )
    if reply.unanswered:
        actions.append(cards.button("Hvem mangler", "missing"))
    return cards.card(body, actions, summary=f"{what} Nummer {report.number}.")


def choose_network(reply: ChooseNetwork) -> Outgoing:
    """An owner with kindergartens in several networks sends one report to each."""
    sends = reply.verb == "send_in"
    question = "Hvilket nettverk vil du sende til først?" if sends else "Hvilket nettverk gjelder det?"
    actions = [
        cards.button(n.name, reply.verb, main=i == 0, owner=reply.owner_id, network=n.id)
        for i, n in enumerate(reply.networks[: cards.MOST_ACTIONS])
    ]
    each = (
        "Du sender én samlet melding til hvert nettverk."
        if sends
        else "Behov i ulike nettverk holdes hver for seg."
    )
    return cards.card(
        [cards.heading(question), cards.small(each)],
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
