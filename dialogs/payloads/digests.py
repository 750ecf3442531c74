"""What the cards with digests may send back."""

from __future__ import annotations

from typing import Literal

from dialogs.payloads.base import Id, Payload


class OpenRequests(Payload):
    """Those who ask to be let in to a network."""

    verb: Literal["open_requests"] = "open_requests"
    network: Id
