"""From a question as people write it to what is asked: intents, concepts and region."""

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.scheme.lexicon import AT_ONCE, REGION, Lexicon, Reading, words_of

SUPPOSED = "about"
"""The intent of what asks nothing by itself."""

DATED = frozenset({"deadline", "date"})
GROUP = "intent"
"""How the groups of the pattern are called, with the number of the intent after it."""

MAY_BE_WHEN = frozenset({"about", "which", "how", "does", "may"})
"""The intents that ask for a day when a deadline is named."""


@dataclass(frozen=True)
class Understood:
    """What a question asks: its intent, the concepts named, and what was not known.

    `asks_by_itself` says whether an intent was found at all, and not only supposed. `intents` has «when» besides
    when days may be meant, too.
    """

    words: tuple[str, ...]
    asks_by_itself: bool
    intents: tuple[str, ...]
    concepts: frozenset[str]
    region: str | None
    unknown: tuple[str, ...]
    first_person: bool
    own_task: bool

    def about_own_part(self, soft: frozenset[str]) -> bool:
        """Whether somebody asks what they do themselves, and names nothing but the soft concepts."""
        return self.first_person and self.own_task and not self.concepts - soft


class Understanding:
    """Understands questions with a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._lead_in = re.compile(lexicon.data.lead_in)
        self._names = tuple(name for name, _ in lexicon.data.intents)
        # Of several that match at one place the first listed is taken, as alternatives of a pattern are.
        self._intents = re.compile(
            "|".join(
                rf"(?P<{GROUP}{rank}>{pattern})"
                if pattern[0] == "^"
                else rf"(?P<{GROUP}{rank}>\b(?:{pattern}))"
                for rank, (_, pattern) in enumerate(lexicon.data.intents)
            )
        )
        self._of_words = lru_cache(maxsize=AT_ONCE)(self._understood)

    def understand(self, text: str) -> Understood:
        """Say what a text asks. While it is answered it is looked at several times, with and without its signs."""
        return self._of_words(words_of(text))

    def _understood(self, spoken: tuple[str, ...]) -> Understood:
        reading = self._lexicon.read(spoken)
        intent, asked_from = self._intent(reading)
        named = reading.concepts
        region = next((c.removeprefix(REGION) for c in sorted(named) if c.startswith(REGION)), None)
        words = set(reading.words)
        data = self._lexicon.data
        return Understood(
            words=reading.words,
            asks_by_itself=intent is not None,
            intents=self._intents_of(intent or SUPPOSED, named, words),
            concepts=frozenset(c for c in named if not c.startswith(REGION)),
            region=region,
            unknown=tuple(word for at, word in reading.unknown if at >= asked_from),
            first_person=bool(words & data.first_person),
            own_task=bool(words & data.own_task),
        )

    def _intent(self, reading: Reading) -> tuple[str | None, int]:
        """The intent that stands first, if there is one, and the number of the word where the question begins."""
        text = " ".join(reading.words)
        openings = [match.end() for match in self._lead_in.finditer(text)]
        best = self._first_intent(text, openings[-1]) if openings else None
        best = best or self._first_intent(text, 0)
        if best is None:
            return None, 0
        return best[1], text[: best[0]].count(" ")

    def _first_intent(self, text: str, start: int) -> tuple[int, str] | None:
        """The place and name of the first intent from a place on; at one place the earlier listed wins."""
        found = self._intents.search(text, start)
        if found is None or found.lastgroup is None:
            return None
        return found.start(), self._names[int(found.lastgroup.removeprefix(GROUP))]

    def _intents_of(self, intent: str, named: frozenset[str], words: set[str]) -> tuple[str, ...]:
        """The intent, and «when» beside it where several deadlines are meant; a single one is asked for by its day."""
        if not named & DATED or intent not in MAY_BE_WHEN:
            return (intent,)
        several = intent == "which" or bool(words & self._lexicon.data.deadline_plural)
        return (intent, "when") if several else ("when",)
