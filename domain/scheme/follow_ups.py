"""Questions that lean on the one before: «og for Gauldal?», «når da?», «hva med eier?», «hvem gjør det?»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.scheme.model import Description, Frozen
from domain.scheme.understanding import Understood

SHORT = 5
"""The most words of a question that cannot stand alone although nothing in it points back."""

OPENING = re.compile(
    r"^(?:(?:hei|takk|tusen takk|ok|okei|ja|jo|nei|fint|flott|hm+|javel|supert)[\s,.!]+)*"
    r"(?:og|men|enn|hva (?:da )?med|hva så med|hvordan (?:er det |blir det )?(?:med|for|i|hos)|hva for|så|and|samme for)\b"
)
POINTER = re.compile(
    r"\b(?:det|den|dette|denne|disse|de|dem|da|der|dit|deres|han|hun|den planen|det møtet|it|that|this|they|them|then"
    r"|samme|så)\b"
)


BACK = re.compile(
    r"\b(?:for|om|av|med|på|til|i|hos|fra|etter) (?:det|den|dette|denne|dem|disse)(?! (?:som|er|at))\b"
    r"|\b(?:det|den|dette|dem|da|der|deres)$"
)
"""A pointer that hardly means anything but what was spoken of."""


class Context(Frozen):
    """What a conversation was about last: enough to understand the next question, nothing of who asked."""

    words: tuple[str, ...]
    intents: tuple[str, ...]
    concepts: frozenset[str]
    region: str | None
    facts: tuple[str, ...]
    open: bool = False
    """Whether the last answer offered alternatives, so that a bare word is a choice among them."""


@dataclass(frozen=True)
class Leaning:
    """Whether a question may lean on the one before, and whether that is the likelier reading."""

    at_all: bool
    first: bool


class FollowUps:
    """Makes whole questions of those that lean on an earlier one."""

    def __init__(self, description: Description) -> None:
        self._actors = description.actors.keys()
        self._schemes = description.schemes.keys()
        self._soft = description.soft

    def rest(self, words: Sequence[str]) -> str:
        """A question without the words that only say that it follows: «hva med eier» → «eier»."""
        text = " ".join(words)
        return OPENING.sub("", text, count=1).strip() or text

    def leaning(self, asked: Understood, rest: Understood, earlier: Context) -> Leaning:
        """How a question leans on the earlier one; `rest` is the question without its opening."""
        text = " ".join(asked.words)
        opening = OPENING.match(text) is not None
        points = POINTER.search(text) is not None
        named = len(rest.concepts - self._soft)
        short = len(asked.words) <= SHORT
        bare = not named and short
        chosen = earlier.open and short
        back = BACK.search(text) is not None
        elliptic = opening and not rest.asks_by_itself
        return Leaning(
            at_all=opening or points or bare or chosen,
            first=bare or chosen or elliptic or (back and named <= 1) or (points and not named),
        )

    def whole(self, rest: Understood, earlier: Context) -> tuple[Understood, Understood]:
        """The whole question that a leaning one stands for, and the earlier one that it leans on.

        One that asks nothing by itself («og på Fosen?») is the earlier one with something put in its place.
        """
        kept = self._kept(earlier.concepts, rest.concepts)
        before = replace(
            rest,
            words=earlier.words,
            asks_by_itself=not rest.asks_by_itself,
            intents=earlier.intents,
            concepts=kept,
            region=rest.region or earlier.region,
            unknown=(),
        )
        if rest.asks_by_itself:
            return replace(rest, region=before.region), before
        named = before.concepts | rest.concepts
        if rest.concepts - self._actors - self._schemes - self._soft:
            whole = replace(rest, asks_by_itself=True, intents=earlier.intents, concepts=named)
            return replace(whole, region=before.region), before
        return replace(
            before, words=(*earlier.words, *rest.words), concepts=named, unknown=rest.unknown
        ), before

    def _kept(self, before: frozenset[str], now: frozenset[str]) -> frozenset[str]:
        """The earlier concepts without those of a kind that is named anew: actor for actor, topic for topic."""
        kept = before
        for names in (self._actors, self._schemes):
            if now & names:
                kept = kept - names
        if now - self._actors - self._schemes - self._soft:
            kept = frozenset(c for c in kept if c in self._actors or c in self._schemes or c in self._soft)
        return kept
