"""The cards of a question to the staff: the one in their chat, and what came back, for the head."""

from __future__ import annotations

from typing import Any

from dialogs.replies import (
    HowToAskStaff,
    NetworksChannel,
    StaffCard,
    StaffCardClosed,
    StaffCardUpdated,
    StaffResults,
)
from domain.needs.heads.staff import FEWEST_SHOWN, LONGEST_LINE, MOST_THEMES, themes_field
from messages import cards, words
from messages.outgoing import Outgoing

QUESTION = "Hva trenger vi å bli bedre på?"
MOST_LINES = 30


def card(reply: StaffCard) -> Outgoing:
    """The short card in the kindergarten's own chat."""
    return _card(reply, settles=False)


def updated(reply: StaffCardUpdated) -> Outgoing:
    """The same card with one more answer."""
    return _card(reply, settles=True)


def _card(reply: StaffCard, *, settles: bool) -> Outgoing:
    options = [(o.value, o.label) for o in themes_field().options if o.value != "other"]
    body: list[Any] = [
        cards.heading(QUESTION),
        cards.line(
            f"{reply.kindergarten} skal melde behov for kompetanseutvikling. "
            f"Velg inntil {words.number(MOST_THEMES)} temaer, skriv gjerne en linje, og trykk Svar."
        ),
    ]
    if reply.answered:
        body.append(cards.hint(f"Takk! {words.number(reply.answered).capitalize()} har svart så langt."))
    if reply.line_left_out:
        body.append(
            cards.notice(
                "En linje ble ikke lagret, fordi den så ut til å handle om en enkeltperson. "
                "Skriv den gjerne på nytt, uten navn, telefon eller e-post."
            )
        )
    body += [
        cards.choices("staff_themes", "Temaer", options, many=True),
        cards.text_input("staff_line", "Med egne ord (valgfritt)", longest=LONGEST_LINE),
        cards.small(
            "Svarene samles uten navn. Styrer ser bare antall og linjer. Svarer du igjen, gjelder det siste."
        ),
    ]
    actions = [cards.button("Svar", "answer_staff", main=True, question=reply.question)]
    return cards.card(body, actions, summary=QUESTION, settles=settles)


def closed(_reply: StaffCardClosed) -> Outgoing:
    """The question is over."""
    said = "Spørsmålet er avsluttet. Takk til alle som svarte."
    return cards.card([cards.heading(QUESTION), cards.line(said)], summary=said, settles=True)


def how_to(_reply: HowToAskStaff) -> Outgoing:
    """Where the staff can be asked."""
    return cards.text(
        "Legg meg til i gruppechatten eller kanalen til barnehagen, og skriv «@Rekompis spør personalet» der. "
        "Da legger jeg ut et kort som alle kan svare på uten navn. "
        "Skriv «svar fra personalet» her når du vil se hva de svarte."
    )


def networks_channel(_reply: NetworksChannel) -> Outgoing:
    """Not in a channel that a network uses."""
    return cards.text("Dette er kanalen til nettverket. Spør personalet i barnehagens egen chat eller kanal.")


def results(reply: StaffResults) -> Outgoing:
    """Counts and lines, for the head alone."""
    found = reply.results
    over = found.question.closed_at is not None
    heading = f"{words.count(found.answered, 'svar', 'svar')} fra personalet"
    body: list[Any] = [cards.small(found.kindergarten), cards.heading(heading)]
    if not found.shown:
        fewest = words.number(FEWEST_SHOWN)
        body.append(
            cards.line(f"Jeg viser svarene når minst {fewest} har svart, så ingen kan kjennes igjen.")
        )
    if found.themes:
        field = themes_field()
        body.append(cards.facts([(field.label_of(theme), str(n)) for theme, n in found.themes]))
    if found.lines:
        body.append(cards.line("Med egne ord", strong=True))
        body += [cards.item(f"– {line}") for line in found.lines[:MOST_LINES]]
        body += cards.more(len(found.lines) - MOST_LINES)
    if over:
        body.append(cards.small("Spørsmålet er avsluttet."))
    actions: list[Any] = []
    if found.shown:
        actions.append(
            cards.button("Ta med i utkastet", "take_in_staff", main=True, kindergarten=reply.kindergarten_id)
        )
    if not over:
        actions.append(cards.button("Avslutt spørsmålet", "close_staff", kindergarten=reply.kindergarten_id))
        actions.append(cards.button("Se etter nye svar", "staff_answers", kindergarten=reply.kindergarten_id))
    return cards.card(body, actions, summary=heading)
