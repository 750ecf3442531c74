"""The phrases in which people name a child: «barnet Ola», «mor til Emma», «Jonas (4 år)», «lille Nora»."""

import re
from collections.abc import Iterator
from typing import Final

from domain.norwegian.wordlists import words

_GAP: Final = r"[ \u00a0]+"
_NAME: Final = r"(?P<name>[^\W\d_]+(?:-[^\W\d_]+)?)"
_ONE: Final = (
    r"(?:barnet|barnebarnet|jenta|jenten|gutten|guten|eleven|ungen|sønnen|datteren|dattera|tvillingen|brukeren"
    r"|pasienten)"
)
_CHILD: Final = rf"(?:{_ONE}|jente|gutt|gut|elev|unge|sønn|datter|tvilling)"
_KIN: Final = (
    r"(?:mor|mora|moren|mamma|mammaen|far|faren|pappa|pappaen|foreldre|foreldra|foreldrene|bror|broren|søster"
    r"|søstera|søsteren|besteforeldrene|bestemor|bestefar)"
)
_CALLED: Final = rf"(?:(?:som{_GAP})?(?:heter|heiter|kalles)|ved{_GAP}navn|med{_GAP}navn|med{_GAP}namn)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_ONE}{_GAP}(?:(?:vår|vårt|min|mitt|deres|hennes|hans|dykkar)(?:,?{_GAP}))?(?:{_CALLED}{_GAP})?{_NAME}",
        rf"\b(?:{_CHILD}|barn){_GAP}{_CALLED}{_GAP}{_NAME}",
        rf"\b{_CHILD}[ \u00a0]?[,(«\"“]{{1,2}}[ \u00a0]?{_NAME}[ \u00a0]?[,)»\"”]",
        rf"\b{_KIN}{_GAP}(?:til|åt){_GAP}{_NAME}",
        rf"\b(?:søsknene|søsken|tvillingene|brødrene|søstrene|barna|jentene|guttene){_GAP}{_NAME}{_GAP}og{_GAP}[^\W\d_]+",
        rf"\b{_NAME}{_GAP}sin{_GAP}{_KIN}\b",
        rf"(?<!avdeling )(?<!gruppa )(?<!gruppe )\b{_NAME} ?(?:\(|på{_GAP})[1-6]{_GAP}år\b",
        rf"\b(?:lille|vesle|litle){_GAP}{_NAME}(?!{_GAP}(?:barnehage|avdeling|skole))\b",
    )
)
_POSSESSIVE: Final = re.compile(rf"\b(?P<name>[^\W\d_]+)s['’]?{_GAP}{_KIN}\b")
_INITIALS: Final = re.compile(rf"\b{_ONE}{_GAP}[A-ZÆØÅ]\.(?:[ \u00a0]?[A-ZÆØÅ]\.)?")
_DEFINITE: Final = ("en", "et", "ene", "nes")
_NOT_NAMES: Final = words(
    "alle at av begge bli blir da de den der det dette du eller en er et for fra får føler gjør ha har hos"
    " hun han hva hvis hvor i ikke ikkje jeg kan kommer leker lærer må med mellom men mot når og om over"
    " på pga samt selv ser sin sitt skal slik som står til trenger under uten var ved vi vil viser å"
    " barn barna barnet barnehage barnehagen barnehagene gruppa gruppe gruppen avdeling avdelingen jenter gutter jente"
    " gutt elever elev ungene foreldre personalet ansatte noen mange flere andre deres dere hans hennes dem vår vårt våre"
    " storbarn småbarn tvillinger søsken fn norge kommunen kommune særlig også ofte bare dei"
)
_NOT_OWNERS: Final = words(
    "barna barn andre alle dere henne hen han hvem noen begge jenta mi di årene året dagen"
)


def named_children(text: str) -> Iterator[tuple[int, int]]:
    """Where a single child seems to be named, as positions in the text; they may overlap."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if _is_name(match["name"]):
                yield match.start(), match.end()
    for match in _POSSESSIVE.finditer(text):
        owner = match["name"]
        if _is_name(owner) and owner.lower() not in _NOT_OWNERS and not owner.endswith(_DEFINITE):
            yield match.start(), match.end()
    for match in _INITIALS.finditer(text):
        yield match.start(), match.end()


def _is_name(word: str) -> bool:
    parts = word.split("-")
    capitalised = all(part[0].isupper() and (part[1:].islower() or not part[1:]) for part in parts)
    return len(word) >= 2 and capitalised and word.lower() not in _NOT_NAMES
