"""Words as they are spoken or typed: dialect, nynorsk and English put over to bokmål, and words that mean alike."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from domain.data import packaged_yaml


@cache
def bokmal_words() -> Mapping[str, str]:
    """The bokmål word for each word that dialect.yaml and english.yaml list (read once)."""
    found: dict[str, str] = {}
    for name in ("english.yaml", "dialect.yaml"):
        for bokmal, written in packaged_yaml(__package__, name).items():
            found.update(dict.fromkeys(written.split(), bokmal))
    return MappingProxyType(found)


@cache
def synonym_groups() -> Mapping[str, str]:
    """The group of each word that synonyms.yaml lists: words that ask for the same here (read once)."""
    groups = packaged_yaml(__package__, "synonyms.yaml")
    return MappingProxyType({word: group for group, words in groups.items() for word in words.split()})
