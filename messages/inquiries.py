"""Questions to the leader: the card to ask with, the notices that go back and forth, and what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from dialogs.replies import AskedBefore, AskLeaderForm, ForgetMe, InquiryCard, InquiryRefused, LeaderAsked
from domain.clock import local_day
from domain.inquiries import errors
from domain.inquiries.models import LONGEST_ANSWER, LONGEST_QUESTION, Inquiry
from domain.inquiries.texts import FORGET_ME
from domain.norwegian.hygiene import PersonalKind
from domain.outbox import MessageKind
from domain.outreach.notices.inquiries import InquiryNotice
from domain.register.models import Role
from messages import cards, words
from messages.outgoing import Outgoing

PERSONAL = {
    PersonalKind.NATIONAL_ID: "et fødselsnummer",
    PersonalKind.PHONE: "et telefonnummer",
    PersonalKind.EMAIL: "en e-postadresse",
    PersonalKind.NAMED_CHILD: "navnet på et barn",
}
NOBODY_NAMED = "Ikke skriv om enkeltpersoner."


def _personal(error: errors.PersonalData) -> str:
    found = words.listed([PERSONAL[kind] for kind in error.kinds])
    return f"Teksten ser ut til å inneholde {found}. Ta det bort, og send på nytt. Ingenting er lagret."


def _wrong_length(error: errors.WrongLength) -> str:
    if error.given < error.least:
        return "Teksten er for kort. Skriv litt mer, og send på nytt."
    return f"Teksten er for lang ({error.given} tegn). Skriv høyst {error.most} tegn."


def _no_leader(error: errors.NoLeader) -> str:
    if error.own:
        return "Du leder nettverket selv. Skriv «spørsmål» for å se det andre har spurt deg om."
    return "Jeg finner ingen leder for nettverket ditt i lista, så jeg fikk ikke spurt."


SENTENCES: dict[type[errors.InquiryError], Callable[[Any], str]] = {
    errors.NotYours: lambda _: "Det har du ikke tilgang til. Skriv «hei» for å se det som er ditt.",
    errors.NotALeader: lambda _: "Bare lederen for nettverket kan gjøre det.",
    errors.NoLeader: _no_leader,
    errors.TooManyOpen: lambda e: (
        f"Du har {words.number(e.most)} spørsmål som venter på svar. Vent til lederen har svart på noen av dem."
    ),
    errors.Closed: lambda _: "Spørsmålet er allerede behandlet.",
    errors.Gone: lambda _: "Det er allerede besvart eller fjernet. Ingenting er endret.",
    errors.NoWords: lambda _: "Jeg fant ikke noe spørsmål der. Skriv det med ord, og send på nytt.",
    errors.WrongLength: _wrong_length,
    errors.PersonalData: _personal,
    errors.Changed: lambda _: "Noen var så vidt før deg. Prøv en gang til for å se hvordan det står.",
}
"""Why nothing was done, and what to do."""


def refused(reply: InquiryRefused) -> Outgoing:
    """The sentence for what stood in the way; what is one's own is not told in a channel."""
    if reply.in_channel and not isinstance(reply.error, errors.PersonalData):
        return cards.text("Det fikk jeg ikke sendt herfra. Skriv «spør lederen» til meg i egen chat.")
    return cards.text(SENTENCES[type(reply.error)](reply.error))


# --- the one who asks -----------------------------------------------------------------------------------------


def ask_form(reply: AskLeaderForm) -> Outgoing:
    """«Hva vil du spørre lederen om?»"""
    if reply.in_channel:
        return cards.text("Skriv «spør leder:» og spørsmålet. Du kan også skrive til meg i egen chat.")
    heading = "Hva vil du spørre lederen om?"
    body: list[Any] = [
        cards.heading(heading),
        cards.text_input("leader_question", "Spørsmålet ditt", multiline=True, longest=LONGEST_QUESTION),
        cards.small(f"{_leader(reply.leader)} får navnet ditt, rollen din og spørsmålet. {NOBODY_NAMED}"),
    ]
    return cards.card(body, [cards.button("Send til lederen", "ask_leader", main=True)], summary=heading)


def forget_me(reply: ForgetMe) -> Outgoing:
    """What goes, what stays, and who does it; asked before anything happens."""
    heading = "Vil du bli slettet fra Rekompis?"
    leader = reply.leader
    how = f"{leader} tar deg ut av lista. Den som drifter Rekompis, sletter resten."
    if leader is None:
        how = "Be den som drifter Rekompis om det. En leder kan ikke gjøre det i chatten."
    body: list[Any] = [
        cards.heading(heading),
        *cards.named(
            "Dette blir borte",
            "Navnet, e-posten og rollene dine, koblingen til kontoen din, chatten, og det du har valgt for påminnelser",
        ),
        *cards.named(
            "Dette blir stående",
            "Det som er skrevet og sendt for en barnehage eller eier, og hva som er gjort når, men uten navnet ditt",
        ),
        cards.line(how),
        cards.small("Vil du bare slippe påminnelser, skriv «slå av påminnelser»."),
    ]
    actions: list[Any] = [cards.button("Nei, la det være", "menu")]
    if leader:
        asks = cards.button("Ja, be om å bli slettet", "ask_leader", main=True, question=reply.question)
        actions.insert(0, asks)
    return cards.card(body, actions, summary=heading)


def asked(reply: LeaderAsked) -> Outgoing:
    """The question is with the leader."""
    if reply.in_channel:
        return cards.text("Jeg har spurt lederen. Svaret kommer i egen chat.")
    before = "" if reply.new else "Det har du allerede spurt om. "
    return cards.text(f"{before}{_leader(reply.leader)} har fått spørsmålet. Svaret kommer her.")


def asked_before(reply: AskedBefore) -> Outgoing:
    """The same question again: what became of it."""
    inquiry = reply.inquiry
    heading = "Det har du spurt om før."
    body: list[Any] = [cards.heading(heading), *cards.named("Du spurte", inquiry.question)]
    if inquiry.answer is not None:
        body += cards.named(f"{_leader(reply.closed_by)} svarte", inquiry.answer)
    else:
        body.append(cards.line(f"{_leader(reply.closed_by)} hadde ikke noe svar på det."))
    body.append(cards.small("Vil du spørre igjen, må du skrive det på en annen måte."))
    actions = [cards.button("Spør om noe mer", "ask_leader")]
    return cards.card(body, actions, summary=heading)


def _leader(name: str | None) -> str:
    return name or "Lederen for nettverket"


# --- what goes out --------------------------------------------------------------------------------------------


def notice(content: InquiryNotice) -> Outgoing:
    """To the leader when it is asked, to the asker when it is closed."""
    inquiry = content.inquiry
    match content.kind:
        case MessageKind.INQUIRY_ASKED:
            return to_answer(inquiry, content.asker)
        case MessageKind.INQUIRY_ANSWERED:
            heading = f"{_leader(content.closed_by)} har svart deg"
            body = [
                cards.heading(heading),
                *cards.named("Du spurte", inquiry.question),
                *cards.named("Svaret", inquiry.answer or ""),
            ]
        case _:
            heading = f"{_leader(content.closed_by)} har sett spørsmålet ditt, men har ikke noe svar på det."
            body = [cards.heading(heading), *cards.named("Du spurte", inquiry.question)]
    return cards.card(body, [cards.button("Spør om noe mer", "ask_leader")], summary=heading)


def card(reply: InquiryCard) -> Outgoing:
    """A question, with room for the answer."""
    return to_answer(reply.inquiry, reply.asker)


def to_answer(inquiry: Inquiry, asker: str) -> Outgoing:
    """The leader's card: who asks what, and room for the answer."""
    heading = f"{who(inquiry, asker)} spør:"
    body: list[Any] = [
        cards.heading(heading),
        cards.line(inquiry.question),
        cards.small(f"Spurt {day(inquiry.asked_at)}."),
        cards.text_input("inquiry_answer", "Svaret ditt", multiline=True, longest=LONGEST_ANSWER),
        cards.small(f"{asker} får svaret i egen chat. {NOBODY_NAMED}"),
    ]
    if inquiry.question == FORGET_ME:
        how = f"Skriv «{asker} har sluttet», og si fra til den som drifter Rekompis, som sletter resten."
        body.insert(2, cards.hint(how))
    actions = [
        cards.button("Send svaret", "answer_inquiry", main=True, inquiry=inquiry.id),
        cards.button("Ikke noe å svare på", "decline_inquiry", inquiry=inquiry.id),
    ]
    return cards.card(body, actions, summary=f"{heading} {inquiry.question}")


def who(inquiry: Inquiry, asker: str) -> str:
    """«Kari Nordli (styrer)»"""
    return f"{asker} ({words.ROLE[Role(inquiry.role)]})"


def day(moment: datetime) -> str:
    """«tirsdag 17. november»"""
    return words.day(local_day(moment))
