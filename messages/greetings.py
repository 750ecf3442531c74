"""How each role is met: where things stand first, then what one can do."""

from __future__ import annotations

from typing import Any

from dialogs.replies import (
    AccessAnswered,
    AccessAsked,
    AccessForm,
    AuthorityGreeting,
    HeadGreeting,
    LeaderGreeting,
    OwnerGreeting,
    PlainGreeting,
    Stranger,
    WhatNow,
)
from domain.needs.networks.network import READERS
from domain.needs.overview import Answer, Counts
from domain.needs.owners.desk import View
from domain.register.models import Role
from domain.rounds.models import Deadline
from domain.scheme.datewords import day_name
from messages import cards, words
from messages.networks.closing import other_way
from messages.outgoing import Outgoing

MOST_ROWS = 40

ANSWER = {
    Answer.NEED: "har meldt behov",
    Answer.NO_NEED: "ingen behov i år",
    Answer.BEGUN: "ikke svart",
    Answer.NONE: "ikke svart",
}


def switches(roles: tuple[Role, ...], room: int) -> list[Any]:
    """A button for each of one's other roles, as many as there is room for."""
    return [
        cards.button(f"Bytt til {words.ROLE[role]}", "switch_role", role=role.value)
        for role in roles[: max(room, 0)]
    ]


def _also(roles: tuple[Role, ...]) -> list[Any]:
    if not roles:
        return []
    return [cards.small(f"Du er også {words.listed([words.ROLE[r] for r in roles])}.")]


def opening(reply: Any, introduction: str, status: str = "") -> list[Any]:
    """How a greeting begins: with who the bot is, or, for `hva nå`, with the day and one's role."""
    now: WhatNow | None = reply.what_now
    if now is None:
        words_ = f"{introduction} {status}".strip()
        return [cards.heading(f"Hei, {reply.person.first_name}!"), cards.line(words_)]
    body = [
        cards.heading("Hva nå?"),
        cards.line(f"I dag er det {day_name(now.today)}. Du er {words.ROLE[now.role]}."),
    ]
    if now.task:
        body += [cards.line(now.task), cards.small(f"Kilde: {now.source}")]
    return body + ([cards.line(status)] if status else [])


def head(reply: HeadGreeting) -> Outgoing:
    """«Hei, Kari! …»"""
    hello = f"Hei, {reply.person.first_name}!"
    why = f"Jeg er Rekompis. {reply.owner} bruker meg til å samle behov for kompetanseutvikling."
    body: list[Any] = opening(reply, why)
    if reply.also_owner and not reply.form_off:
        body.append(cards.line("Beskriv behovet først. Så sender du det som eier."))
    left = [k for k in reply.kindergartens if k.answer in (Answer.NONE, Answer.BEGUN)]
    if reply.reply_by and not left:
        body.append(cards.line("Dere har svart. Takk!"))
    elif reply.form_off:
        body.append(cards.line(other_way(reply.form_off)))
    elif reply.reply_by:
        if reply.reply_by >= reply.today:
            body.append(
                cards.line(
                    f"Svar gjerne innen {words.short_day(reply.reply_by)} "
                    f"({words.distance(reply.reply_by, reply.today)})."
                )
            )
        else:
            body.append(
                cards.line(f"Svarfristen var {words.short_day(reply.reply_by)}. Du kan fortsatt svare.")
            )
    else:
        body.append(cards.line("Nettverket har ingen åpen runde akkurat nå."))
    if len(reply.kindergartens) > 1 or any(k.answer is not Answer.NONE for k in reply.kindergartens):
        body.append(cards.facts([(k.kindergarten.name, _standing(k)) for k in reply.kindergartens[:20]]))
    actions: list[Any] = []
    if reply.draft is not None and (reply.draft.answers or reply.draft.revision):
        actions.append(cards.button("Fortsett", "continue", main=True, report=reply.draft.id))
    elif reply.reply_by and not reply.form_off:
        actions.append(cards.button("Meld behov", "start_report", main=True))
    if reply.reply_by and left and not reply.form_off:
        actions.append(cards.button("Ingen behov i år", "no_need"))
    actions.append(cards.button("Still et spørsmål", "ask"))
    if any(k.reports for k in reply.kindergartens):
        actions.append(cards.button("Mine meldinger", "my_reports"))
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=f"{hello} {why}")


def _standing(standing: Any) -> str:
    latest = standing.reports[-1] if standing.reports else None
    if latest is None or standing.answer is Answer.NONE:
        return ANSWER[standing.answer]
    return words.STATUS[latest.status]


def owner(reply: OwnerGreeting) -> Outgoing:
    """«Hei, Per! Av 23 barnehager har 14 meldt behov …»"""
    c = reply.counts
    status = _who_has_answered(c)
    if reply.form_off and c.unanswered == c.total:
        status = other_way(reply.form_off)
    body: list[Any] = opening(reply, f"Jeg er Rekompis. Du er eier for {reply.owner.name}.", status)
    if reply.form_off and c.unanswered < c.total:
        body.append(cards.line(other_way(reply.form_off)))
    if reply.waiting:
        body.append(cards.line(f"{words.count(reply.waiting, 'behov', 'behov')} venter på deg."))
    if reply.sent_back:
        back = words.count(reply.sent_back, "behov er", "behov er")
        body.append(cards.line(f"{back} sendt tilbake fra nettverket."))
    if reply.approved:
        body.append(
            cards.line(f"{words.count(reply.approved, 'behov er', 'behov er')} godkjent og kan sendes.")
        )
    if reply.sent:
        body.append(cards.line(f"Dere har sendt til nettverket (nummer {reply.sent.number})."))
    if not reply.form_off or reply.waiting or reply.sent_back or reply.approved:
        body += _deadline(reply.deadline, reply.today, "Fristen til nettverket er")
    body += _also(reply.other_roles)
    if reply.also_head and not reply.form_off:
        body.append(cards.small("Beskriv behovet først, og send det så som eier."))
    asks = c.unanswered and not reply.form_off and not (reply.also_head and c.total == 1)
    waits = bool(reply.waiting or reply.sent_back)
    actions: list[Any] = []
    if waits:
        read = "Les og godkjenn" if reply.waiting else "Se hva nettverket skrev"
        actions.append(cards.button(read, "to_handle", main=True, owner=reply.owner.id))
    if reply.sendable:
        title = "Send tillegg" if reply.sent else "Send til nettverket"
        actions.append(cards.button(title, "send_in", main=not waits, owner=reply.owner.id))
    if reply.also_head and not reply.form_off:
        actions.append(cards.button("Meld behov", "start_report"))
    if asks:
        who = "den" if c.unanswered == 1 else f"de {words.number(c.unanswered)}"
        actions.append(cards.button(f"Minn {who}", "nudge", owner=reply.owner.id))
        actions.append(
            cards.button("Hvem mangler", "to_handle", owner=reply.owner.id, view=View.UNANSWERED.value)
        )
    # Whoever has several roles can always change between them.
    room = cards.MOST_ACTIONS - (1 if reply.other_roles else 0)
    if asks and len(actions) < room:
        actions.append(cards.button("Svarfrist", "reply_by", owner=reply.owner.id))
    if len(actions) < room:
        actions.append(cards.button("Still et spørsmål", "ask"))
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=f"Hei, {reply.person.first_name}! {status}")


def _who_has_answered(c: Counts) -> str:
    if c.unanswered == c.total:
        who = "Barnehagen" if c.total == 1 else f"Ingen av de {words.number(c.total)} barnehagene"
        return f"{who} har {'ikke ' if c.total == 1 else ''}svart ennå."
    if c.total == 1:
        return "Barnehagen har meldt behov." if c.need else "Barnehagen har svart at den ikke har behov."
    return words.answers(c.total, c.need, c.no_need, c.unanswered)


def _deadline(deadline: Deadline | None, today: Any, lead: str) -> list[Any]:
    if deadline is None:
        return []
    sure = "" if deadline.confirmed else " (trolig, ikke bekreftet)"
    if deadline.day < today:
        return [cards.line(f"Fristen var {words.day(deadline.day)}.")]
    return [cards.line(f"{lead} {words.day(deadline.day)}, {words.distance(deadline.day, today)}{sure}.")]


def leader(reply: LeaderGreeting) -> Outgoing:
    """«Hei, Ingrid! 9 av 12 eiere har sendt.»"""
    status = f"{reply.owners_sent} av {reply.owners_total} eiere har sendt."
    passed = reply.deadline is not None and reply.deadline.day < reply.today
    leads = "koordinerer" if reply.coordinates else "leder"
    body: list[Any] = opening(
        reply,
        f"Jeg er Rekompis. Du {leads} nettverket {reply.network.name}.",
        f"Fristen er ute. {status}" if passed else status,
    )
    if not passed:
        body += _deadline(reply.deadline, reply.today, "Fristen for behov er")
    if not reply.bound:
        body.append(
            cards.small(
                f"Vil du ha sammendrag i en kanal? Legg meg til i kanalen og skriv «koble {reply.network.slug}» der."
            )
        )
    network = reply.network.id
    sent = reply.owners_sent > 0
    sure = not reply.unconfirmed
    if not sure:
        body.append(cards.line("Noen av fristene er ikke bekreftet ennå."))
    body += [cards.line(text) for text in waits_for_leader(reply.questions, reply.requests)]
    actions: list[Any] = [
        *([] if sure else [cards.button("Bekreft frister", "round_dates", main=True, network=network)]),
        *([cards.button("Meldte behov", "network_needs", main=sure, network=network)] if sent else []),
        cards.button("Hvem mangler", "missing", main=sure and not sent, network=network),
        *([cards.button("Svar på spørsmål", "inquiries")] if reply.questions else []),
        *([cards.button("Slipp inn nye", "open_requests", network=network)] if reply.requests else []),
        cards.button("Excel", "excel", network=network),
        cards.button("Sammendrag", "summary"),
        *([cards.button("Frister", "deadlines")] if sure else []),
    ]
    # Whoever has several roles can always change between them.
    actions = actions[: cards.MOST_ACTIONS - (1 if reply.other_roles else 0)]
    if not (sent and reply.other_roles) and len(actions) < cards.MOST_ACTIONS:
        actions.append(cards.button("Still et spørsmål", "ask"))
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=f"Hei, {reply.person.first_name}! {status}")


def waits_for_leader(questions: int, requests: int) -> list[str]:
    """What others wait for a leader to answer."""
    said = []
    if questions:
        said.append(f"{words.count(questions, 'spørsmål', 'spørsmål')} venter på svar fra deg.")
    if requests:
        said.append(f"{words.count(requests, 'person', 'personer')} ber om å bli lagt inn.")
    return said


def authority(reply: AuthorityGreeting) -> Outgoing:
    """«Her ser du hvem i Melhus som har svart, også private.»"""
    c = reply.counts
    status = f"{c.need + c.no_need} av {c.total} har svart."
    body: list[Any] = [
        *opening(reply, f"Her ser du hvem i {reply.municipality} som har svart, også private.", status),
        cards.facts([(s.kindergarten.name, ANSWER[s.answer]) for s in reply.standings[:MOST_ROWS]]),
        *cards.more(len(reply.standings) - MOST_ROWS),
        cards.small(
            "Som barnehagemyndighet ser du hvem som har svart, og et sammendrag av det eierne har sendt."
        ),
        *_also(reply.other_roles),
    ]
    actions: list[Any] = [
        cards.button("Meldte behov", "network_needs"),
        cards.button("Frister", "deadlines"),
        cards.button("Still et spørsmål", "ask"),
    ]
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=f"{reply.municipality}: {status}")


def plain(reply: PlainGreeting) -> Outgoing:
    """For those who ask and read."""
    role = f" Du er {words.ROLE[reply.role]}." if reply.role else ""
    hello = f"Hei, {reply.person.first_name}! Jeg er Rekompis.{role}"
    body = opening(
        reply,
        f"Jeg er Rekompis.{role} Spør meg om roller, oppgaver, frister og penger i kompetansenettverkene. "
        "Jeg svarer med kilde.",
    )
    actions: list[Any] = [
        *([cards.button("Meldte behov", "network_needs")] if reply.role in READERS else []),
        cards.button("Frister", "deadlines", main=True),
        cards.button("Hvem gjør hva?", "ask", question="Hva gjør kompetansenettverket?"),
        cards.button("Still et spørsmål", "ask"),
    ]
    actions += switches(reply.other_roles, cards.MOST_ACTIONS - len(actions))
    return cards.card(body, actions, summary=hello)


def stranger(reply: Stranger) -> Outgoing:
    """The way in, and nothing else."""
    words_ = "Hei! Jeg finner deg ikke i lista. Skal jeg be lederen legge deg inn?"
    body: list[Any] = [cards.heading(words_)]
    if reply.local:
        body.append(
            cards.small("Dette er en prøve uten Azure. Skriv «demo» for å prøve som en person i lista.")
        )
    return cards.card(body, [cards.button("Be om å bli lagt inn", "way_in", main=True)], summary=words_)


def access_form(reply: AccessForm) -> Outgoing:
    """Who one is and where."""
    body: list[Any] = [cards.heading("Hvem er du?")]
    if reply.unknown_place:
        near = f" Mente du {words.listed(list(reply.places))}?" if reply.places else ""
        body.append(cards.notice(f"Jeg finner ikke «{reply.unknown_place}». Skriv hele navnet.{near}"))
    body += [
        cards.choices(
            "role",
            "Jeg er",
            [(Role.HEAD.value, "Styrer i en barnehage"), (Role.OWNER.value, "Eier, eller handler for eier")],
            value=Role.HEAD.value,
        ),
        cards.text_input("place", "Navn eller organisasjonsnummer (barnehagen eller eieren)", longest=120),
        cards.small("Lederen for nettverket får navnet og adressen din fra Teams, og det du svarer her."),
    ]
    return cards.card(
        body, [cards.button("Send til lederen", "request_access", main=True)], summary="Hvem er du?"
    )


def access_asked(reply: AccessAsked) -> Outgoing:
    """The question has been passed on."""
    who = reply.leader or "Lederen for nettverket"
    return cards.text(f"Takk! {who} har fått spørsmålet. Du får beskjed her når du er lagt inn.")


def access_answered(reply: AccessAnswered) -> Outgoing:
    """To the leader, after one press."""
    name = reply.name
    if reply.already:
        return cards.card([cards.line(f"{name} er allerede behandlet.")], summary="Behandlet", settles=True)
    done = f"{name} er lagt inn, og får beskjed." if reply.granted else f"{name} er ikke lagt inn."
    return cards.card([cards.line(done)], summary=done, settles=True)
