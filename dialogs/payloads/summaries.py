"""What the cards with a network's summary may send back."""

from __future__ import annotations

from typing import Literal

from dialogs.payloads.base import Id, Payload


class Weekly(Payload):
    """The network's channel is to have a summary every week, or no longer."""

    verb: Literal["weekly"] = "weekly"
    on: bool
    network: Id | None = None
