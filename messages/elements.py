"""The elements that our Adaptive Cards are made of: those of Microsoft's package, by the same names.

The package is loaded with the first card, or beside the first turns (`warm_up`), and each of its hundred models is
made ready when it is first used: together a quarter of a second of every start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pydantic import BaseModel

if TYPE_CHECKING:
    from microsoft_teams.cards import (
        AdaptiveCard,
        Choice,
        ChoiceSetInput,
        Column,
        ColumnSet,
        Container,
        Fact,
        FactSet,
        HorizontalBarChart,
        HorizontalBarChartDataValue,
        Image,
        OpenUrlAction,
        SubmitAction,
        TeamsImageProperties,
        TextBlock,
        TextInput,
        ThemedUrl,
    )

__all__ = [
    "AdaptiveCard",
    "Choice",
    "ChoiceSetInput",
    "Column",
    "ColumnSet",
    "Container",
    "Fact",
    "FactSet",
    "HorizontalBarChart",
    "HorizontalBarChartDataValue",
    "Image",
    "OpenUrlAction",
    "SubmitAction",
    "TeamsImageProperties",
    "TextBlock",
    "TextInput",
    "ThemedUrl",
]

_ON_MOST_CARDS: Final = (
    "AdaptiveCard",
    "ChoiceSetInput",
    "Container",
    "FactSet",
    "OpenUrlAction",
    "SubmitAction",
)


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    BaseModel.model_config["defer_build"] = True
    try:
        from microsoft_teams import cards
    finally:
        BaseModel.model_config.pop("defer_build", None)
    globals().update({element: getattr(cards, element) for element in __all__})
    return globals()[name]


def warm_up() -> None:
    """Makes ready what most cards hold, so that the first of them need not wait for it."""
    for name in _ON_MOST_CARDS:
        __getattr__(name).model_rebuild()
