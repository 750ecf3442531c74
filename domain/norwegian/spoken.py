"""Words as they are spoken or typed: dialect, nynorsk and English put over to bokmål, and words that mean alike."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def bokmal_words() -> Mapping[str, str]:
    """The bokmål word for each word that dialect.yaml and english.yaml list (read once)."""
    found: dict[str, str] = {}
    for name in ("english.yaml", "dialect.yaml"):
        text = files("domain.norwegian").joinpath(name).read_text(encoding="utf-8")
        for bokmal, written in yaml.load(text, SAFE).items():  # noqa: S506 -- the safe one, in C where it exists
            found.update(dict.fromkeys(written.split(), bokmal))
    return MappingProxyType(found)


@cache
def synonym_groups() -> Mapping[str, str]:
    """The group of each word that synonyms.yaml lists: words that ask for the same here (read once)."""
    text = files("domain.norwegian").joinpath("synonyms.yaml").read_text(encoding="utf-8")
    return MappingProxyType(
        {word: group for group, words in yaml.load(text, SAFE).items() for word in words.split()}  # noqa: S506 -- the safe one, in C where it exists
    )
