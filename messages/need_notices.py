"""Notices of what somebody did with a need, or with a consolidated report."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.needs.models import NeedsReport, Source, Status
from domain.outbox import MessageKind
from domain.outreach.notices.needs import NeedNotice
from domain.outreach.notices.owners import OwnerReported
from domain.register.models import Role
from messages import cards, words
from messages.networks import decided
from messages.outgoing import Outgoing


def need(content: NeedNotice, _today: date) -> Outgoing:
    """To the one it concerns: what was done, why, and what to do now."""
    if content.kind is MessageKind.NEED_DECIDED:
        return decided.decided(content)
    report = content.report
    title = f"«{report.title or 'Uten navn'}»"
    place, owner = content.kindergarten, content.owner
    body: list[Any] = []
    actions: list[Any] = []
    match content.kind:
        case MessageKind.NEED_ARRIVED:
            again = "på nytt " if report.revision > 1 else ""
            heading = f"{place} har {again}meldt et behov: {title}"
            if by := _registered_by(content):
                heading = f"{by} har {again}registrert et behov for {place}: {title}"
            actions = [
                cards.button("Les", "read", main=True, report=report.id),
                cards.button("Godkjenn", "approve", report=report.id, v=report.version),
                cards.button("Se alle som venter", "to_handle"),
            ]
        case MessageKind.NO_NEED_ARRIVED:
            heading = f"{place} har svart: ingen behov i år."
            if by := _registered_by(content):
                body = [cards.small(f"Registrert av {by}.")]
        case MessageKind.NEED_APPROVED:
            heading = f"{owner} har godkjent {title}."
            body = [cards.line("Du får beskjed når det er sendt til nettverket.")]
        case MessageKind.NEED_RETURNED:
            heading = f"{owner} vil gjerne ha litt mer før {title} sendes videre."
            body = [
                *_comment(report),
                cards.line("Det du har skrevet, er lagret. Endre det som trengs, og send på nytt."),
            ]
            actions = [cards.button("Fortsett", "continue", main=True, report=report.id)]
        case MessageKind.NEED_NOT_FORWARDED:
            heading = f"{owner} melder ikke {title} videre i år."
            body = _comment(report)
        case MessageKind.NEED_REPORTED_AGAIN:
            heading = f"{owner} har sendt {title} til nettverket på nytt."
            actions = [cards.button("Les", "network_need", main=True, need=report.id)]
        case MessageKind.NEED_SENT_BACK:
            heading = f"Nettverket {content.network} vil gjerne ha litt mer om {title}."
            body = [
                *_comment(report),
                cards.line("Send det på nytt når det er klart, eller send det tilbake til styrer."),
            ]
            actions = [cards.button("Les", "read", main=True, report=report.id)]
        case MessageKind.NEED_WITHDRAWN:
            heading = f"{_who_withdrew(content)} har trukket {title}."
            body = [*_reason(content), cards.small(place)]
        case MessageKind.NEED_REGISTERED:
            heading, body = _registered(content, title)
            actions = [cards.button("Mine meldinger", "my_reports", main=True)]
        case _:
            heading = f"{title} er sendt til nettverket {content.network}."
            body = [
                cards.line(
                    "Nettverket går gjennom behovene og prioriterer. Svar kommer etter planen i april."
                )
            ]
    if report.number and report.status is not Status.NO_NEED:
        body.append(cards.small(f"Nummer {report.number}."))
    return cards.card([cards.heading(heading), *body], actions, summary=heading)


def _registered_by(content: NeedNotice) -> str | None:
    """Who has written it down for the kindergarten, when the head did not write it."""
    on_behalf = content.report.source is not Source.BOT and content.report.revision <= 1
    return content.act.person if on_behalf and content.act else None


def _registered(content: NeedNotice, title: str) -> tuple[str, list[Any]]:
    """To the head: somebody has written down what the kindergarten said in another way."""
    report, by = content.report, _registered_by(content) or content.owner
    if report.status is Status.NO_NEED:
        heading = f"{by} har registrert at {content.kindergarten} ikke har behov i år."
    elif report.source is Source.OWNER:
        heading = f"{by} har meldt et behov som også gjelder {content.kindergarten}: {title}"
    else:
        heading = f"{by} har registrert et behov for {content.kindergarten}: {title}"
    how = {
        Source.ORAL: "Det kom muntlig.",
        Source.EMAIL: "Det kom på e-post.",
        Source.EXCEL: "Det kom i et regneark.",
    }
    body: list[Any] = [cards.line(how[report.source])] if report.source in how else []
    return heading, [*body, cards.line("Stemmer det ikke, si fra til eier.")]


def _who_withdrew(content: NeedNotice) -> str:
    """The owner in a head's or leader's message, the kindergarten in an owner's; whoever did it when unknown."""
    return content.kindergarten if content.role is Role.OWNER else content.owner


def _reason(content: NeedNotice) -> list[Any]:
    return [cards.hint(content.act.note)] if content.act and content.act.note else []


def _comment(report: NeedsReport) -> list[Any]:
    return [cards.hint(report.comment)] if report.comment else []


def owner_reported(content: OwnerReported, _today: date) -> Outgoing:
    """To the leader: an owner has sent."""
    what = words.count(content.needs, "behov", "behov") if content.needs else "ingen behov i år"
    kind = "et tillegg: " if content.sequence else ""
    who = words.listed([content.owner, *content.others])
    heading = f"{who} har sendt {kind}{what}."
    body: list[Any] = [
        cards.heading(heading),
        cards.line(f"{content.sent} av {content.total} eiere har sendt."),
    ]
    if content.late:
        body.append(cards.small("Kom etter fristen."))
    actions = [
        cards.button("Excel", "excel", network=content.network_id),
        cards.button("Hvem mangler", "missing", network=content.network_id),
    ]
    if content.needs:
        actions.insert(0, cards.button("Se behovene", "network_needs", main=True, network=content.network_id))
    return cards.card(body, actions, summary=heading)
