"""The e-mail to those whom the bot cannot write to: what the date is, what to do, and how to answer."""

from __future__ import annotations

from dialogs.replies import ReadyEmail
from domain.outreach.reaching.reach import Group
from messages import words

INSTALL = "I Teams: Åpne «Apper», søk etter Rekompis, legg den til og skriv «hei»."

HEAD_QUESTIONS = (
    "Har dere et behov i år: ja, nei, eller fortsetter dere med noe?",
    "Hva handler det om, og hva i hverdagen gjør at dere trenger det?",
    "Hva vil dere bli bedre til, og hva skal barna merke?",
    "Hvem har vært med på å finne behovet, og hvordan?",
    "Hvem skal delta, omtrent hvor mange, og fra når?",
)
OWNER_QUESTIONS = (
    "Hvilke barnehager har et behov i år, og hvilke har ikke?",
    "Hva er behovene, med det viktigste først?",
    "Hvordan henger de sammen med planen deres?",
    "Er det drøftet med tillitsvalgte?",
)


def written(reply: ReadyEmail) -> tuple[str, str]:
    """Subject and text."""
    match reply.group:
        case Group.HEADS:
            return _to_heads(reply)
        case Group.OWNERS:
            return _to_owners(reply)
        case Group.OTHERS:
            return _to_others(reply)


def _to_heads(reply: ReadyEmail) -> tuple[str, str]:
    dates = sorted({u.reply_by for u in reply.people if u.reply_by is not None})
    last = reply.found.needs.day
    day = dates[0] if len(dates) == 1 else last
    if day < reply.today:
        subject = "Behov for kompetanseutvikling: vi mangler svar fra dere"
        when = f"Svarfristen var {words.day(day)}, men svar gjerne likevel."
    elif len(dates) == 1:
        subject = f"Behov for kompetanseutvikling: svar innen {words.short_day(day)}"
        when = f"Eier ønsker svar fra barnehagen din innen {words.whole_day(day)}."
    else:
        subject = f"Behov for kompetanseutvikling: svar før {words.short_day(day)}"
        when = f"Svar innen fristen du har fått av eier. Eier sender videre {words.whole_day(day)}."
    return subject, _text(
        f"Nettverket {reply.found.network.name} samler behov for kompetanseutvikling i barnehagene. {when} "
        "«Ingen behov i år» er også et svar.",
        "Det er ti korte spørsmål.",
        HEAD_QUESTIONS,
        reply.sender,
    )


def _to_owners(reply: ReadyEmail) -> tuple[str, str]:
    needs = reply.found.needs
    where = f"til nettverket {reply.found.network.name}"
    if needs.day < reply.today:
        subject = "Behov for kompetanseutvikling: vi mangler svar fra dere"
        day = words.day(needs.day)
        when = f"Fristen for å sende barnehagenes behov {where} var {day}, men send gjerne likevel."
    else:
        sure = "" if needs.confirmed else " (trolig dato)"
        subject = f"Behov for kompetanseutvikling: send innen {words.short_day(needs.day)}"
        when = f"Fristen for å sende barnehagenes behov {where} er {words.whole_day(needs.day)}{sure}."
    return subject, _text(
        f"{when} Har dere ingen behov i år, er det også et svar.",
        "Der leser og godkjenner du det barnehagene har meldt, og sender alt samlet.",
        OWNER_QUESTIONS,
        reply.sender,
    )


def _to_others(reply: ReadyEmail) -> tuple[str, str]:
    network, basis = reply.found.network.name, reply.found.basis
    when = f" Beslutningsgrunnlaget skal være klart {words.whole_day(basis.day)}." if basis else ""
    return f"Behov for kompetanseutvikling i {network}", _paragraphs(
        "Hei!",
        f"Nettverket {network} samler behov for kompetanseutvikling i barnehagene.{when}",
        f"Oversikten og påminnelsene kommer fra appen Rekompis.\n{INSTALL}",
        "Vil du heller ha det på e-post? Svar på denne e-posten, så sender jeg det du trenger.",
        f"Hilsen\n{reply.sender}",
    )


def _text(first: str, in_teams: str, questions: tuple[str, ...], sender: str) -> str:
    asked = "\n".join(f"- {question}" for question in questions)
    return _paragraphs(
        "Hei!",
        first,
        "Du kan svare på to måter:",
        f"1. {INSTALL} {in_teams}",
        f"2. På e-post: Svar på denne e-posten med dette:\n{asked}",
        "Skriv ikke om enkeltbarn eller enkeltansatte.",
        f"Hilsen\n{sender}",
    )


def _paragraphs(*parts: str) -> str:
    return "\n\n".join(parts)
