"""What the leader sees of questions: those that wait, those without answers, and what is shared."""

from __future__ import annotations

from typing import Any

from dialogs.replies import (
    AnswerShared,
    InquiryClosed,
    OpenInquiries,
    SharedList,
    ShareForm,
    UnansweredList,
)
from domain.inquiries.models import LONGEST_ANSWER, LONGEST_QUESTION
from messages import cards, words
from messages.inquiries import day, who
from messages.outgoing import Outgoing

LONGEST_SHOWN = 300
LONGEST_CHOICE = 80


def waiting(reply: OpenInquiries) -> Outgoing:
    """`spørsmål`"""
    if not reply.total:
        return cards.text("Ingen spørsmål venter på svar.")
    heading = f"{reply.total} spørsmål venter på svar."
    body: list[Any] = [cards.heading(heading)]
    for inquiry, asker in reply.items:
        name = f"{who(inquiry, asker)}, {day(inquiry.asked_at)}"
        body += cards.named(name, cards.cut(inquiry.question, LONGEST_SHOWN))
    options = [(str(i.id), cards.cut(f"{asker}: {i.question}", LONGEST_CHOICE)) for i, asker in reply.items]
    body.append(cards.choices("chosen_inquiry", "Hvilket vil du svare på?", options))
    actions = [
        cards.button("Svar på det valgte", "show_inquiry", main=True),
        *_pages("inquiries", reply.page, reply.pages),
    ]
    return cards.card(body, actions, summary=heading)


def _pages(verb: str, page: int, pages: int) -> list[Any]:
    found = []
    if page + 1 < pages:
        found.append(cards.button("Vis flere", verb, page=page + 1))
    if page > 0:
        found.append(cards.button("Vis forrige", verb, page=page - 1))
    return found


def closed(reply: InquiryClosed) -> Outgoing:
    """How a question stands, and what can be done with the answer."""
    inquiry, answered = reply.inquiry, reply.inquiry.answer is not None
    by = "deg" if reply.own else reply.closed_by or "noen andre"
    when = f" {day(inquiry.closed_at)}" if inquiry.closed_at else ""
    if reply.already:
        done = "besvart" if answered else "avsluttet uten svar"
        heading = f"Spørsmålet er allerede {done} av {by}{when}."
    else:
        heading = f"Svaret er sendt til {reply.asker}." if answered else "Spørsmålet er avsluttet uten svar."
    body: list[Any] = [cards.heading(heading)]
    if reply.already:
        body += cards.named(f"{who(inquiry, reply.asker)} spurte", inquiry.question)
        body += cards.named("Svaret", inquiry.answer) if inquiry.answer is not None else []
    elif not answered:
        body.append(cards.line(f"{reply.asker} får beskjed."))
    actions: list[Any] = []
    if answered and not reply.shared:
        body.append(cards.small("Kan andre ha nytte av svaret? Du ser over teksten før noen andre får den."))
        actions.append(cards.button("Del med nettverket", "share_inquiry", main=True, inquiry=inquiry.id))
    elif reply.shared:
        body.append(cards.small("Svaret er delt med nettverket."))
    if reply.left:
        actions.append(cards.button(f"Se det som venter ({reply.left})", "inquiries"))
    return cards.card(body, actions, summary=heading)


def share_form(reply: ShareForm) -> Outgoing:
    """Question and answer to look over before everybody may see them."""
    written = reply.answer is not None
    heading = "Se over før du deler" if written else "Skriv et svar til hele nettverket"
    source = {"inquiry": reply.inquiry} if reply.inquiry is not None else {"unanswered": reply.unanswered}
    body: list[Any] = [
        cards.heading(heading),
        cards.line(
            "Alle i nettverket som spør om det samme, får dette svaret, også i kanaler. "
            "Ta bort navn og annet som handler om enkeltpersoner."
        ),
        cards.text_input(
            "shared_question", "Spørsmålet", value=reply.question, multiline=True, longest=LONGEST_QUESTION
        ),
        cards.text_input(
            "shared_answer", "Svaret", value=reply.answer, multiline=True, longest=LONGEST_ANSWER
        ),
    ]
    actions = [cards.button("Publiser for nettverket", "publish", main=True, **source)]
    return cards.card(body, actions, summary=heading)


def shared(reply: AnswerShared) -> Outgoing:
    """The network has it."""
    already = "allerede " if reply.already else ""
    heading = f"Svaret er {already}delt med {reply.network}."
    body = [
        cards.heading(heading),
        cards.line("De som spør om det samme, får det fra meg."),
        cards.small("Skriv «delte svar» for å se eller fjerne det du har delt."),
    ]
    actions = [cards.button("Svar på et til", "unanswered", main=True)] if reply.left else []
    actions.append(cards.button("Se delte svar", "shared_answers"))
    return cards.card(body, actions, summary=heading)


def unanswered(reply: UnansweredList) -> Outgoing:
    """`ubesvarte`"""
    if not reply.items:
        return cards.text("Ingen har spurt om noe jeg ikke fant svar på.")
    heading = "Dette fant jeg ikke svar på"
    rows = [
        f"· {q.text} ({words.count(q.count, 'gang', 'ganger')}, sist {words.short_day(q.last_day)})"
        for q in reply.items
    ]
    options = [(str(q.id), cards.cut(q.text, LONGEST_CHOICE)) for q in reply.items]
    body: list[Any] = [
        cards.heading(heading),
        cards.small("Det folk har spurt mest om, står først. Jeg noterer ikke hvem som spurte."),
        *(cards.item(row) for row in rows),
        cards.choices("unanswered_question", "Hvilket vil du svare på?", options, compact=True),
    ]
    actions = [cards.button("Svar på et av dem", "write_answer", main=True)]
    return cards.card(body, actions, summary=heading)


def shared_list(reply: SharedList) -> Outgoing:
    """`delte svar`"""
    if not reply.total:
        return cards.text("Ingen svar er delt med nettverket nå.")
    heading = f"{reply.total} svar er delt med nettverket."
    body: list[Any] = [cards.heading(heading)]
    for shared_ in reply.items:
        body += cards.named(
            f"{cards.cut(shared_.question, LONGEST_SHOWN)} (svart {words.short_day(shared_.answered_on)})",
            cards.cut(shared_.answer, LONGEST_SHOWN),
        )
    options = [(str(a.id), cards.cut(a.question, LONGEST_CHOICE)) for a in reply.items]
    body.append(cards.choices("published_answer", "Hvilket vil du fjerne?", options))
    actions = [
        cards.button("Fjern det valgte", "withdraw_answer"),
        *_pages("shared_answers", reply.page, reply.pages),
    ]
    return cards.card(body, actions, summary=heading)
