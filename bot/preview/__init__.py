"""Writes every card the bot can make, to look at: as JSON, and as a page where the renderer is installed."""

from bot.preview.writing import write_preview

__all__ = ["write_preview"]
