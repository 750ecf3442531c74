"""What `hjelp` promises, and what is said beside a choice of kindergarten."""

from __future__ import annotations

import re

import pytest

from dialogs.replies import HelpText
from domain.norwegian.commands import understand_command
from domain.register.models import Role
from domain.register.orders import read_order
from messages.networks.leader import help_text
from messages.outgoing import Outgoing
from tests.messages.looking import actions, carded, visible

NEEDED = {
    Role.HEAD: "hele skjemaet, utdyp, kopier fra i fjor, sett rekkefølge, excel, spør personalet, "
    "svar fra personalet, ark til personalmøtet, mine meldinger",
    Role.OWNER: "svarfrist, felles behov, slå sammen, del opp, felles melding, registrer behov for, stedfortreder",
    Role.UH: "meldte behov, excel",
    Role.AUTHORITY: "meldte behov, excel, sammendrag",
    Role.COUNTY: "sammendrag, møter, påminnelser",
    Role.PPT: "møter, påminnelser",
    Role.MEMBER: "møter, påminnelser",
}
FOR_ALL = ("årshjul", "legg i kalenderen", "påminnelser")
MOST_UNDER_A_HEADING = 6


def _is_an_order(word: str) -> bool:
    """Whether it leads somewhere; some want a name after it."""
    named = f"{word} Solbakken" if word.endswith(" for") else word
    return understand_command(named) is not None or read_order(named) is not None


def read(outgoing: Outgoing) -> str:
    """Everything that a person reads of it."""
    return "\n".join(visible(outgoing))


@pytest.mark.parametrize("role", NEEDED)
def test_help_names_what_the_role_has(role: Role) -> None:
    """Each where the role can use it."""
    shown = read(help_text(HelpText(role)))
    assert [word for word in NEEDED[role].split(", ") if f"«{word}»" not in shown] == []


@pytest.mark.parametrize("role", Role)
def test_help_names_what_everybody_has(role: Role) -> None:
    shown = read(help_text(HelpText(role)))
    assert [word for word in FOR_ALL if f"«{word}»" not in shown] == []


@pytest.mark.parametrize("role", Role)
def test_what_help_promises_is_understood(role: Role) -> None:
    """Every word in quotation marks is an order, and the lines are no wall."""
    shown = read(help_text(HelpText(role)))
    promised = re.findall(r"«([^»?]+)»", shown)
    assert promised
    assert [word for word in promised if not _is_an_order(word)] == []
    for part in re.split(r"\n(?!· )", shown):
        assert part.count("\n· ") <= MOST_UNDER_A_HEADING


def test_the_staff_are_offered_where_they_can_be_asked() -> None:
    """In a chat of its own; not in the channel of a network."""
    own = HelpText(Role.HEAD, in_channel=True)
    assert "«spør personalet»" in read(help_text(own))
    assert "«spør personalet»" not in read(help_text(HelpText(Role.HEAD, in_channel=True, network="Gauldal")))


def test_one_need_for_each_kindergarten_is_said_of_reporting_only() -> None:
    """Asking the staff, copying or printing a sheet makes no need for each."""
    cards = [c for _, c in carded() if "Hvilken barnehage gjelder det?" in read(Outgoing(card=c))]
    said = {
        actions(card)[0]["data"]["verb"]: "lager du én melding for hver" in read(Outgoing(card=card))
        for card in cards
    }
    assert said == {"start_report": True, "no_need": True, "staff_sheet": False}
