"""What the bot says by itself: notices of what somebody did, reminders, digests, summaries."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.needs.models import NeedsReport, Source, Status
from domain.outbox import MessageKind
from domain.outreach.content import (
    AccessNotice,
    ChannelSummary,
    Content,
    HeadReminder,
    LeaderDigest,
    MovedHere,
    OwnerReminder,
    OwnerReported,
)
from domain.outreach.inquiries import InquiryNotice
from domain.outreach.joint import JointNotice, MergedNotice
from domain.outreach.needs import NeedNotice
from domain.register.models import Role
from messages import cards, inquiries, words
from messages.networks import decided, leader
from messages.outgoing import Outgoing
from messages.owners import common_needs, joint_reports

MOST_NAMES = 30


def render_content(content: Content, today: date, mark: str | None = None) -> Outgoing:
    """A message ready to send; `mark` is put in front when it is shown in somebody else's chat."""
    match content:
        case NeedNotice():
            made = _need(content)
        case OwnerReported():
            made = _owner_reported(content)
        case HeadReminder():
            made = _head_reminder(content)
        case OwnerReminder():
            made = _owner_reminder(content, today)
        case LeaderDigest():
            made = _digest(content)
        case ChannelSummary():
            made = leader.channel_summary(content, today)
        case AccessNotice():
            made = _access(content)
        case InquiryNotice():
            made = inquiries.notice(content)
        case JointNotice():
            made = joint_reports.notice(content)
        case MergedNotice():
            made = common_needs.merged_notice(content)
        case MovedHere():
            made = _moved(content)
    return made.marked(mark) if mark else made


def mark(name: str) -> str:
    """The line that says whom a message is for, in local mode's shared chat."""
    return cards.plain(f"Til {name}:")


def _need(content: NeedNotice) -> Outgoing:
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


def _owner_reported(content: OwnerReported) -> Outgoing:
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


def _head_reminder(content: HeadReminder) -> Outgoing:
    name = content.recipient.first_name
    if content.nudged_by:
        asks = f"{content.nudged_by} hos eier minner om svaret fra {content.kindergarten}."
    elif content.passed:
        asks = f"Svarfristen var {words.day(content.reply_by)}, men du rekker det ennå."
    else:
        asks = f"Eier ønsker svar innen {words.day(content.reply_by)}."
    left = ""
    if content.begun and content.left:
        n = words.number(content.left).capitalize()
        left = f" {n} spørsmål gjenstår."
    elif content.begun:
        left = " Alt er besvart. Du må bare sende."
    text = f"Hei, {name}! {asks}{left} Ingen behov er også et svar."
    start = (
        cards.button("Fortsett", "continue", main=True)
        if content.begun
        else cards.button("Meld behov", "start_report", main=True, kindergarten=content.kindergarten_id)
    )
    actions = [start, cards.button("Ingen behov i år", "no_need", kindergarten=content.kindergarten_id)]
    body = [
        cards.line(text),
        cards.small(f"{content.kindergarten}, eier: {content.owner}"),
    ]
    return cards.card(body, actions, summary=text)


def _owner_reminder(content: OwnerReminder, today: date) -> Outgoing:
    when = f"{words.day(content.deadline)}, {words.distance(content.deadline, today)}"
    sure = "" if content.confirmed else " (trolig)"
    parts = [f"Hei, {content.recipient.first_name}! Fristen til nettverket er {when}{sure}."]
    if content.waiting:
        parts.append(f"{words.count(content.waiting, 'behov', 'behov')} venter på deg.")
    if content.approved:
        parts.append(f"{words.count(content.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
    if content.unanswered:
        parts.append(f"{words.count(content.unanswered, 'barnehage', 'barnehager')} har ikke svart.")
    if content.all_without_need:
        parts.append("Ingen av barnehagene har behov i år. Si det til nettverket med noen få trykk.")
    else:
        parts.append("Send det som er klart, resten som tillegg.")
    text = " ".join(parts)
    actions: list[Any] = []
    if content.waiting:
        actions.append(cards.button("Les og godkjenn", "to_handle", main=True, owner=content.owner_id))
    if content.approved or content.all_without_need:
        actions.append(cards.button("Send til nettverket", "send_in", owner=content.owner_id))
    if content.unanswered:
        actions.append(cards.button("Minn dem", "nudge", owner=content.owner_id))
    return cards.card([cards.line(text), cards.small(content.owner)], actions, summary=text)


def _digest(content: LeaderDigest) -> Outgoing:
    text = f"Fristen er ute. {content.sent} av {content.total} eiere i {content.network} har sendt."
    body: list[Any] = [cards.heading(text)]
    if content.missing:
        body.append(cards.line(f"Mangler: {_named(content.missing)}."))
    actions = [
        cards.button("Meldte behov", "network_needs", main=True, network=content.network_id),
        cards.button("Excel", "excel", network=content.network_id),
        cards.button("Hvem mangler", "missing", network=content.network_id),
    ]
    return cards.card(body, actions, summary=text)


def _named(names: tuple[str, ...]) -> str:
    shown = list(names[:MOST_NAMES])
    return words.listed(shown if len(names) == len(shown) else [*shown, f"{len(names) - len(shown)} til"])


def _access(content: AccessNotice) -> Outgoing:
    if content.kind is MessageKind.ACCESS_GRANTED:
        text = f"Du er lagt inn som {content.role} i {content.place}. Velkommen!"
        return cards.card(
            [cards.heading(text)], [cards.button("Kom i gang", "menu", main=True)], summary=text
        )
    who = f"{content.name} ({content.email})"
    if content.second:
        return _second_account(content, who)
    text = f"{who} ber om å bli lagt inn som {content.role} i {content.place}."
    return cards.card(
        [
            cards.heading(text),
            cards.small("Navnet og adressen kommer fra Teams. Rolle og sted er det personen selv sier."),
        ],
        [
            cards.button("Legg inn", "answer_access", main=True, request=content.request_id, grant=True),
            cards.button("Ikke legg inn", "answer_access", request=content.request_id, grant=False),
        ],
        summary=text,
        tracks=True,
    )


def _second_account(content: AccessNotice, who: str) -> Outgoing:
    text = f"En ny Teams-konto bruker adressen til {who}, {content.role} i {content.place}."
    return cards.card(
        [
            cards.heading(text),
            cards.line("Adressen hører til en annen konto fra før. Skal den nye kontoen ta over?"),
            cards.small(
                "Er du i tvil, ring personen først. Den gamle kontoen slipper ikke inn etter byttet."
            ),
        ],
        [
            cards.button(
                "Ja, bytt til den nye kontoen",
                "answer_access",
                main=True,
                request=content.request_id,
                grant=True,
            ),
            cards.button("Nei", "answer_access", request=content.request_id, grant=False),
        ],
        summary=text,
        tracks=True,
    )


def _moved(content: MovedHere) -> Outgoing:
    text = f"Hei, {content.recipient.first_name}! Du skrev til meg i en kanal. Her kan vi snakke om det som gjelder deg."
    return cards.card([cards.line(text)], [cards.button("Se hvor jeg står", "menu", main=True)], summary=text)
