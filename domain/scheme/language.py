"""Whether a question is written in English."""

import re

from domain.norwegian.wordlists import words

WORD = re.compile(r"[a-zæøå']+")
ENGLISH = words(
    "what when where who whom whose which why how the is are was were do does did has have can could should must"
    " may will would of to from we our us you your it its they their there this that these those if not be been"
    " an and or with about much many often long need needs who's what's when's get gets"
)
NORWEGIAN = words(
    "hva hvem når hvor hvordan hvorfor hvilke hvilken hvilket er det den de en et og til fra som vi jeg du ikke"
    " skal må kan har får blir om på av med ka kem kæm kor koffer kva kven korleis æ eg dere"
)
"""Words that only one of the two languages has, but for «for», «i», «at», «me», «so»: those are left out."""


def is_english(text: str) -> bool:
    """More English than Norwegian function words, and at least two of them."""
    found = WORD.findall(text.lower())
    english = sum(word in ENGLISH for word in found)
    return english >= 2 and english > 2 * sum(word in NORWEGIAN for word in found)
