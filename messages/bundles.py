"""Several things for one person in one card: the most urgent first, each under its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any, Final

from domain.outbox import MessageKind
from domain.outreach.planning.bundles import Bundle, Part
from messages import cards, words
from messages.outgoing import Outgoing

MOST_PARTS: Final = 6

_K = MessageKind

HEADINGS: Final = {
    _K.OWNER_REMINDER: "Fristen til nettverket",
    _K.OWNER_DIGEST: "Svarene fra barnehagene dine",
    _K.HEAD_REMINDER: "Behov fra barnehagen",
    _K.BASIS_REMINDER: "Beslutningsgrunnlaget",
    _K.REPORTING_REMINDER: "Rapportering",
    _K.DATE_REMINDER: "En dato i nettverket",
    _K.MEETING_REMINDER: "Møte i nettverket",
    _K.DATES_TO_CONFIRM: "Frister og møter",
    _K.PEOPLE_NOT_REACHED: "Noen jeg ikke når",
    _K.OUTCOMES_MISSING: "Hva ble det til?",
    _K.LEADER_DIGEST: "Slik står det i nettverket",
    _K.AUTHORITY_DIGEST: "Barnehagene i kommunen",
    _K.UH_DIGEST: "Behovene i nettverket",
    _K.COUNTY_DIGEST: "Alle nettverkene",
    _K.OUTCOME_DIGEST: "Hva ble det til?",
}
"""What each kind of reminder is about, in a few words."""


_SUBJECTS: Final = {
    _K.OWNER_REMINDER: "owner",
    _K.OWNER_DIGEST: "owner",
    _K.HEAD_REMINDER: "kindergarten",
}
"""Where somebody may have several of a kind: what tells them apart."""

_PUTS_OFF: Final = "snooze"
_Block = dict[str, Any]


def bundle(content: Bundle, parts: Sequence[Outgoing]) -> Outgoing:
    """One card of several; `parts` are the cards that each would have been alone."""
    number = len(content.parts)
    greeting = f"Hei, {content.recipient.first_name}!"
    text = f"{greeting} {words.number(number).capitalize()} ting i dag:"
    shown = list(zip(content.parts, parts, strict=True))[:MOST_PARTS]
    body: list[_Block] = [cards.line(text)]
    seen: set[str] = set()
    for part, made in shown:
        body += [_heading(_about(part)), *_without(greeting, made, seen)]
    body += cards.more(number - len(shown))
    named = words.listed([_about(p) if i == 0 else _inside(_about(p)) for i, (p, _) in enumerate(shown)])
    return cards.card(body, _actions(shown), summary=f"{text} {named}.")


def _about(part: Part) -> str:
    # The digest begins with the owner's name itself.
    named = part.kind is not _K.OWNER_DIGEST
    subject = getattr(part.content, _SUBJECTS.get(part.kind, ""), None) if named else None
    return f"{HEADINGS[part.kind]}: {subject}" if subject else HEADINGS[part.kind]


def _inside(heading: str) -> str:
    return heading[:1].lower() + heading[1:]


def _heading(text: str) -> _Block:
    return {**cards.heading(text), "spacing": "Large"}


def _without(greeting: str, made: Outgoing, seen: set[str]) -> Iterator[_Block]:
    """The blocks of a card: the one greeting above is enough, and so is one input of a kind."""
    hello = cards.plain(greeting) + " "
    for block in (made.card or {}).get("body", ()):
        id_ = block.get("id")
        if id_ in seen:
            continue
        if id_ is not None:
            seen.add(id_)
        text = block.get("text")
        yield {**block, "text": text.removeprefix(hello)} if isinstance(text, str) else block


def _actions(shown: Sequence[tuple[Part, Outgoing]]) -> list[_Block]:
    """The first button of each, then the second of each, as many as a card has room for.

    Those of the most urgent thing stand first, and only its first stands out. What may be put off is so as a whole.
    """
    theirs = [[_told_apart(a, part) for a in (made.card or {}).get("actions", ())] for part, made in shown]
    found: dict[str, tuple[int, _Block]] = {}
    for turn in zip_longest(*theirs):
        for number, pair in enumerate(turn):
            if pair is None:
                continue
            action, apart = pair
            title, whole = action["title"], action.get("tooltip")
            if title in found and found[title][1]["data"] != action["data"] and apart is not None:
                title, whole = cards.cut(apart, cards.LONGEST_TITLE), apart
            if title not in found and len(found) < cards.MOST_ACTIONS:
                tooltip = {"tooltip": whole} if whole is not None and whole != title else {}
                bare = {k: v for k, v in action.items() if k != "tooltip"}
                found[title] = number, {**bare, "title": title, **tooltip}
    ordered = [action for _, action in sorted(found.values(), key=lambda f: f[0])]
    return [{k: v for k, v in action.items() if k != "style" or i == 0} for i, action in enumerate(ordered)]


def _told_apart(action: _Block, part: Part) -> tuple[_Block, str | None]:
    """A button, and its name where there is another of the same name."""
    subject = getattr(part.content, _SUBJECTS.get(part.kind, ""), None)
    verb = action.get("data", {}).get("verb", "")
    title = action.get("tooltip", action["title"])
    return action, f"{title}: {subject}" if subject and not verb.startswith(_PUTS_OFF) else None
