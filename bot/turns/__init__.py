"""Turns: one at a time in a conversation, stored before answered, each event once."""

from bot.turns.running import Turns

__all__ = ["Turns"]
