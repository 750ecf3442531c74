"""What answers are looked up with, made from the description and the examples, and kept between starts.

Making it takes some seconds. It is kept beside the compiled modules, as they are kept and in their format: made anew
when anything it is made from has changed.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from domain.scheme.examples import SILENT, UNCLEAR, load_examples
from domain.scheme.lexicon import Aliases, Lexicon, aliases_of, load_lexicon, words_of
from domain.scheme.model import Description, Frozen, load
from domain.scheme.retrieval import Model, build
from domain.scheme.understanding import Understanding

OFTEN = 3
"""A word that stands in so many examples is rightly spelled."""

MADE_FROM = ("scheme/*.py", "scheme/*.yaml", "scheme/*/*.yaml", "scheme/*/*.txt", "norwegian/*.yaml")


class Prepared(Frozen):
    """A description, what its concepts are called, the words that people often use, the model of the questions."""

    description: Description
    aliases: Aliases
    words: frozenset[str]
    model: Model


def prepare(description: Description, examples: Mapping[str, Sequence[str]]) -> Prepared:
    """Make it from a description and example questions."""
    used = Counter(word for text in chain.from_iterable(examples.values()) for word in words_of(text))
    words = frozenset(word for word, times in used.items() if times >= OFTEN)
    texts: dict[str, Sequence[str]] = {
        fact.id: (fact.question, fact.statement, *examples.get(fact.id, ())) for fact in description.facts
    }
    texts |= {name: lines for name, lines in examples.items() if name.startswith((SILENT, UNCLEAR))}
    aliases = aliases_of(description)
    understanding = Understanding(Lexicon(aliases, load_lexicon(), words))
    return Prepared(description=description, aliases=aliases, words=words, model=build(texts, understanding))


@cache
def prepared() -> Prepared:
    """What comes with the package (once): as it was kept, else made and kept."""
    place = _place()
    kept = _read(place)
    if kept is None:
        kept = prepare(load(), load_examples())
        _write(place, kept)
    return kept


def _place() -> Path:
    """Where it is kept: the name changes with everything it is made from."""
    domain = Path(str(files("domain")))
    digest = hashlib.sha256()
    for path in sorted(path for pattern in MADE_FROM for path in domain.glob(pattern)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    name = f"prepared.{digest.hexdigest()[:16]}.{sys.implementation.cache_tag}"
    return domain / "scheme" / "__pycache__" / name


def _read(place: Path) -> Prepared | None:
    try:
        description, aliases, words, model = marshal.loads(place.read_bytes())  # noqa: S302
        return Prepared.model_construct(
            description=Description.model_validate_json(description),
            aliases=Aliases(*aliases),
            words=words,
            model=Model.model_construct(**model),
        )
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _write(place: Path, made: Prepared) -> None:
    """Keeps it, whole or not at all; without leave to write there it is made at every start."""
    try:
        place.parent.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, suffix=".part", delete=False) as written:
            written.write(marshal.dumps(_plain(made)))
        Path(written.name).chmod(0o644)
        Path(written.name).replace(place)
        for old in place.parent.glob(f"prepared.*{place.suffix}"):
            if old != place:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _plain(made: Prepared) -> tuple[Any, ...]:
    """What can be kept."""
    description = made.description.model_dump_json().encode()
    return description, tuple(made.aliases), made.words, made.model.model_dump()
