"""Reminders of what is left to do, and what their recipients can choose."""
