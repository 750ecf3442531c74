"""A message ready to send: text or card, as plain JSON values."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Outgoing(BaseModel):
    """One message. `summary` is what a notification shows of a card.

    `settles`: it replaces the card that was acted on instead of being a new message; `settles_open`: the one that
    stood open, whichever was acted on.
    `tracks`: later answers settle this card, so its activity id is to be remembered.
    `posted_in`: the bound channel whose summary this is, which is kept up to date in its place.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = None
    card: dict[str, Any] | None = None
    summary: str | None = None
    settles: bool = False
    settles_open: bool = False
    tracks: bool = False
    posted_in: int | None = None

    def marked(self, mark: str) -> Outgoing:
        """The same message with a line in front that says whom it is for (local mode's persona switch)."""
        if self.card is None:
            return self.model_copy(update={"text": f"{mark}\n\n{self.text}"})
        block = {"type": "TextBlock", "text": mark, "wrap": True, "isSubtle": True, "weight": "Bolder"}
        return self.model_copy(update={"card": {**self.card, "body": [block, *self.card.get("body", [])]}})
