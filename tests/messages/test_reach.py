"""The e-mail that a leader copies: what opens in a mail program is what stands in the fields."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from bot.preview import for_reach
from bot.preview.scene import Scene
from dialogs.replies import ReadyEmail
from messages.networks import reach
from messages.outgoing import Outgoing
from tests.messages.looking import TODAY, actions, inputs

SCENE = Scene(TODAY)
EMAILS = dict(for_reach.emails(SCENE))


def written(name: str) -> tuple[dict[str, str], str | None]:
    """The fields of the example with this name, and the address that starts a mail program."""
    reply = EMAILS[name]
    assert isinstance(reply, ReadyEmail)
    made: Outgoing = reach.email(reply)
    assert made.card is not None
    links = [a["url"] for a in actions(made.card) if a["type"] == "Action.OpenUrl"]
    return {i["id"]: i["value"] for i in inputs(made.card)}, links[0] if links else None


def test_the_link_opens_the_same_as_can_be_copied() -> None:
    fields, link = written("heads")
    assert link is not None
    assert len(link) <= reach.LONGEST_LINK
    parts = urlsplit(link)
    asked = parse_qs(parts.query)
    assert (parts.scheme, parts.path) == ("mailto", "")
    assert asked["bcc"] == [fields["mail_to"]]
    assert asked["subject"] == [fields["mail_subject"]]
    assert asked["body"] == [fields["mail_text"].replace("\n", "\r\n")]


def test_too_many_for_a_link_can_still_be_copied() -> None:
    fields, link = written("first-page-several-dates")
    assert link is None
    assert fields["mail_to"].count(";") == for_reach.MANY - 1


def test_an_address_is_there_once() -> None:
    reply = EMAILS["heads"]
    assert isinstance(reply, ReadyEmail)
    twice = ReadyEmail(reply.found, reply.group, reply.people * 2, reply.sender, reply.today)
    made = reach.email(twice)
    assert made.card is not None
    assert {i["id"]: i["value"] for i in inputs(made.card)}["mail_to"] == written("heads")[0]["mail_to"]


def test_heads_are_given_the_date_that_is_theirs() -> None:
    theirs = TODAY + timedelta(days=3)
    assert f"innen onsdag {theirs.day}. november 2026" in written("heads")[0]["mail_text"]
    assert "Svar innen fristen du har fått av eier" in written("first-page-several-dates")[0]["mail_text"]
    assert "svar gjerne likevel" in written("heads-late")[0]["mail_text"]


def test_an_owner_hears_that_a_date_is_not_certain() -> None:
    assert "(trolig dato)" in written("owners-unconfirmed")[0]["mail_text"]
    assert "(trolig dato)" not in written("owners")[0]["mail_text"]
