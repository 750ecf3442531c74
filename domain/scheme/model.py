"""The scheme's description: typed facts with source, validity and visibility, loaded from package data."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache, cached_property
from importlib.resources import files
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Kind(StrEnum):
    """What sort of thing a fact tells."""

    ROLE = "role"
    TASK = "task"
    DEADLINE = "deadline"
    MEETING = "meeting"
    MONEY = "money"
    COMPOSITION = "composition"
    CRITERION = "criterion"
    PLAN = "plan"
    PROCESS = "process"
    REGION = "region"
    GLOSSARY = "glossary"
    HISTORY = "history"
    CONTRADICTION = "contradiction"
    SCHEME = "scheme"


class Visibility(StrEnum):
    """Who may see a fact; an internal one is never said in a channel."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Level(StrEnum):
    """How far a document reaches, which decides whose word counts (inventory A12.1)."""

    NATIONAL = "national"
    COUNTY = "county"
    REGION = "region"
    ORIENTATION = "orientation"
    PROJECT = "project"


class Frozen(BaseModel):
    """A value that never changes and accepts no unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Frozen):
    """A source document: title, year and what its facts inherit."""

    title: str
    year: int
    status: str
    level: Level
    valid_from: date | None = None
    valid_to: date | None = None
    visibility: Visibility = Visibility.PUBLIC


class Source(Frozen):
    """Where a fact stands: a document code or a public address, the section and the lines."""

    document: str
    section: str
    lines: str | None = None

    @property
    def public(self) -> bool:
        """Whether this is a public address and not one of the documents."""
        return self.document.startswith("https://")


class Value(Frozen):
    """What a fact says as numbers: a day of the year, months, an amount in kroner, a count or a list."""

    month: int | None = Field(default=None, ge=1, le=12)
    day: int | None = Field(default=None, ge=1, le=31)
    months: tuple[int, ...] = ()
    amount_kr: int | None = None
    count: int | None = None
    items: tuple[str, ...] = ()

    @property
    def is_day(self) -> bool:
        """Whether the value is a day of the year."""
        return self.month is not None and self.day is not None


def _as_source(given: Any) -> Any:
    if isinstance(given, list):
        return dict(zip(("document", "section", "lines"), given, strict=False))
    return given


class Fact(Frozen):
    """One thing the sources say, in our own words. How it is asked for stands in examples/, under its id.

    A region's fact may be said `instead_of` general ones to those who ask from there.
    """

    id: str
    kind: Kind
    question: str
    statement: str
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    region: str | None = None
    sources: tuple[Annotated[Source, BeforeValidator(_as_source)], ...]
    valid_from: date | None = None
    valid_to: date | None = None
    visibility: Visibility = Visibility.PUBLIC
    value: Value | None = None
    day_kind: str | None = None
    note: str | None = None
    covers: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    instead_of: tuple[str, ...] = ()

    @property
    def internal(self) -> bool:
        """Whether the fact must be kept out of channels."""
        return self.visibility is Visibility.INTERNAL

    def begun_by(self, day: date) -> bool:
        """Whether the fact's period has begun on a day."""
        return self.valid_from is None or self.valid_from <= day

    def ended_before(self, day: date) -> bool:
        """Whether the fact's period was over before a day."""
        return self.valid_to is not None and self.valid_to < day


class Concept(Frozen):
    """Something a question may name: an actor, topic, scheme or region, with the ways people write it."""

    name: str
    definite: str | None = None
    aliases: tuple[str, ...]
    generic: bool = False
    soft: bool = False
    undescribed: bool = False

    @model_validator(mode="after")
    def _aliases_differ(self) -> Self:
        if not self.aliases:
            raise ValueError(self.name)
        return self


class Rule(StrEnum):
    """How a contradiction between two sources is settled (inventory A12)."""

    NATIONAL = "national"
    COUNTY = "county"
    REGION = "region"
    NEWEST = "newest"
    BOTH = "both"
    UNKNOWN = "unknown"


class Contradiction(Frozen):
    """Something two sources say differently, the rule that settles it, and the facts that say the outcome."""

    id: str
    about: str
    rule: Rule
    outcome: str
    facts: tuple[str, ...]


class Ambiguity(Frozen):
    """A question that may mean several things: what to say first, and the facts it may mean.

    A question that names nothing but what is vague is one, too, when the likeliest fact is of the kind `if_vague`.
    """

    id: str
    lead: str
    english: str
    facts: tuple[str, ...]
    if_vague: Kind | None = None


class Description(Frozen):
    """All that is known of the schemes.

    `english` has the direct answer of a fact in English, by its id; `left_out` the reason why a statement of the
    sources has no fact, by the inventory's id.
    """

    facts: tuple[Fact, ...]
    ambiguities: tuple[Ambiguity, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    left_out: Mapping[str, str] = {}
    english: Mapping[str, str] = {}
    actors: Mapping[str, Concept]
    topics: Mapping[str, Concept]
    schemes: Mapping[str, Concept]
    regions: Mapping[str, Concept]
    sources: Mapping[str, Document]

    @cached_property
    def concepts(self) -> Mapping[str, Concept]:
        """All that a question may name, by id, the regions apart."""
        return {**self.actors, **self.topics, **self.schemes}

    @cached_property
    def soft(self) -> frozenset[str]:
        """The concepts that say little of what is asked about."""
        return frozenset(name for name, concept in self.concepts.items() if concept.soft)

    @cached_property
    def undescribed(self) -> frozenset[str]:
        """The concepts that no fact is about."""
        return frozenset(name for name, concept in self.concepts.items() if concept.undescribed)

    def fact(self, fact_id: str) -> Fact:
        """Find a fact by its id; KeyError when there is none."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)


def _inherit(raw: dict[str, Any], documents: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Give a fact its documents' validity (the one that lasts longest) and visibility (the strictest)."""
    cited = [documents[source[0]] for source in raw.get("sources", ()) if source[0] in documents]
    merged = dict(raw)
    if "valid_to" not in raw and cited and all("valid_to" in document for document in cited):
        merged["valid_to"] = max(document["valid_to"] for document in cited)
    begins = [document["valid_from"] for document in cited if "valid_from" in document]
    if begins:
        merged.setdefault("valid_from", min(begins))
    if any(document.get("visibility") == Visibility.INTERNAL for document in cited):
        merged.setdefault("visibility", Visibility.INTERNAL)
    return merged


def build(parts: Iterable[Mapping[str, Any]]) -> Description:
    """Put parsed files together to a description; pydantic's ValidationError when one is faulty."""
    merged: dict[str, Any] = {"facts": [], "contradictions": [], "ambiguities": []}
    for part in parts:
        for key, content in part.items():
            if isinstance(content, list):
                merged[key].extend(content)
            else:
                merged.setdefault(key, {}).update(content)
    merged["facts"] = [_inherit(raw, merged.get("sources", {})) for raw in merged["facts"]]
    return Description.model_validate(merged)


def read_yaml(name: str) -> Any:
    """Parse a data file of this package."""
    text = files("domain.scheme").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader)  # noqa: S506 -- Loader is the safe one, in C where it exists


@cache
def load() -> Description:
    """Load and validate the description that comes with the package (once)."""
    folder = files("domain.scheme").joinpath("description")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return build(read_yaml(f"description/{name}") for name in names if name != "lexicon.yaml")
