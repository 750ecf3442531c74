"""The root of everything that the domain refuses."""

from __future__ import annotations


class DomainError(Exception):
    """Something the domain's rules refuse; it carries data, never text: `messages` has the sentence."""
