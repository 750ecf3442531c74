"""Dates and meetings: reminders of them, and what is said when they are moved."""
