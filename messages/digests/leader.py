"""To a leader: who has sent and who has not, what is new, and what waits for the leader."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.clock import local_day
from domain.outreach.digests.leader import LeaderDigest, MissingOwner
from domain.rounds.models import DeadlineKind
from messages import cards, words
from messages.digests import parts
from messages.greetings import waits_for_leader
from messages.outgoing import Outgoing

MOST_OWNERS = 10
MOST_KINDERGARTENS = 3
MOST_NEW_OWNERS = 3


def digest(content: LeaderDigest, today: date) -> Outgoing:
    """The main thing, then what is new, who is missing, what waits, and what comes."""
    passed = content.deadline.day < today
    heading = _heading(content, passed)
    body: list[Any] = [cards.heading(heading)]
    if not content.form_on:
        body.append(cards.line("Skjemaet er av, så jeg regner ingen som manglende."))
    if not passed:
        body.append(cards.line(parts.due(content.deadline, today)))
    if content.late:
        body.append(cards.line(f"{words.count(content.late, 'eier', 'eiere')} sendte etter fristen."))
    body += _since(content)
    body += _missing(content)
    body += [cards.line(text) for text in _waits(content)]
    body += _next(content, today, passed)
    if not passed:
        body.append(parts.source(content.deadline))
    return cards.card(body, _actions(content, passed), summary=heading)


def _heading(content: LeaderDigest, passed: bool) -> str:
    if not content.form_on:
        owners = words.count(content.sent, "eier", "eiere")
        return (
            f"{owners} i {content.network} har sendt behov her."
            if content.sent
            else (f"Ingen eiere i {content.network} har sendt behov her.")
        )
    sent = f"{content.sent} av {content.total} eiere i {content.network} har sendt"
    needs = f", til sammen {words.count(content.needs, 'behov', 'behov')}" if content.needs else ""
    return f"{'Fristen er ute. ' if passed else ''}{sent}{needs}."


def _since(content: LeaderDigest) -> list[Any]:
    new = content.since
    if new is None:
        return []
    day = words.day(local_day(new.at))
    if new.nothing:
        return [cards.line(f"Ikke noe nytt siden {day}.")]
    said = []
    if new.owners:
        few = len(new.owners) <= MOST_NEW_OWNERS
        who = words.listed(list(content.new_owners)) if few else f"{len(new.owners)} eiere"
        what = f" {words.count(new.needs, 'behov', 'behov')}" if new.needs else ""
        said.append(f"{who} har sendt{what}")
    if new.decided:
        said.append(f"{words.count(new.decided, 'behov', 'behov')} er avgjort")
    if new.withdrawn:
        said.append(f"{words.count(new.withdrawn, 'behov', 'behov')} er trukket")
    return [cards.line(f"Nytt siden {day}: {'. '.join(said)}.")]


def _missing(content: LeaderDigest) -> list[Any]:
    if not content.missing:
        return []
    shown = content.missing[: parts.fits(len(content.missing), MOST_OWNERS)]
    return [
        cards.line("Har ikke sendt:", strong=True),
        *(cards.item(f"· {_owner(o)}") for o in shown),
        *cards.more(len(content.missing) - len(shown)),
    ]


def _owner(missing: MissingOwner) -> str:
    silent = len(missing.unanswered)
    if not silent:
        answered = "barnehagen har svart" if missing.total == 1 else "alle barnehagene har svart"
        return f"{missing.name} ({answered})"
    if missing.total == 1:
        return f"{missing.name} (barnehagen har ikke svart)"
    if silent == missing.total:
        return f"{missing.name} (ingen av de {words.number(silent)} barnehagene har svart)"
    if silent <= MOST_KINDERGARTENS:
        return f"{missing.name} (ikke svart: {words.listed(list(missing.unanswered))})"
    return f"{missing.name} ({silent} av {missing.total} barnehager har ikke svart)"


def _waits(content: LeaderDigest) -> list[str]:
    said = waits_for_leader(content.questions, content.requests)
    if content.unreachable:
        people = words.count(content.unreachable, "person", "personer")
        said.append(f"{people} med noe igjen å gjøre når jeg ikke.")
    if content.unconfirmed:
        dates = words.count(content.unconfirmed, "frist er", "frister er")
        said.append(f"{dates} ikke bekreftet.")
    return said


def _next(content: LeaderDigest, today: date, passed: bool) -> list[Any]:
    if not passed:
        return parts.comes_next(content.comes_next, today, "Deretter")
    prioritising = content.comes_next and content.comes_next.kind is DeadlineKind.DECISION_BASIS
    now = [cards.line("Nå går nettverket gjennom behovene og prioriterer.")] if prioritising else []
    return now + parts.comes_next(content.comes_next, today)


def _actions(content: LeaderDigest, passed: bool) -> list[Any]:
    network = content.network_id
    missing = [("Hvem mangler", "missing", {"network": network})] if content.missing else []
    needs = [("Meldte behov", "network_needs", {"network": network})] if content.needs else []
    wanted: list[tuple[str, str, dict[str, Any]]] = [
        *(needs + missing if passed else missing + needs),
        *([("Svar på spørsmål", "inquiries", {})] if content.questions else []),
        *([("Slipp inn nye", "open_requests", {"network": network})] if content.requests else []),
        *([("Bekreft frister", "round_dates", {"network": network})] if content.unconfirmed else []),
        *([("Hvem når du ikke", "not_reached", {"network": network})] if content.unreachable else []),
        ("Excel", "excel", {"network": network}),
        ("Slik kanalen ser det", "summary", {"network": network}),
    ]
    return [
        cards.button(title, verb, main=n == 0, **data)
        for n, (title, verb, data) in enumerate(wanted[: cards.MOST_ACTIONS])
    ]
