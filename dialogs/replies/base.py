"""What every reply has in common."""

from __future__ import annotations


class Reply:
    """The base of everything that can be said. `settles`: it replaces the card that was open."""

    settles: bool = False
    tracks: bool = False
