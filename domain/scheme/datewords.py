"""Dates as a Norwegian sentence says them."""

from datetime import date

from domain.norwegian import calendar_words

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = tuple(calendar_words.MONTHS)


def day_name(day: date) -> str:
    """Say a day with weekday and year: «tirsdag 1. desember 2026»."""
    return f"{WEEKDAYS[day.weekday()]} {day.day}. {MONTHS[day.month - 1]} {day.year}"


def in_full(day: date, today: date) -> str:
    """Say a day with its distance from today: «tirsdag 1. desember 2026, om 10 dager»."""
    distance = (day - today).days
    if distance < 0:
        return f"var {day_name(day)}"
    if distance == 0:
        return f"{day_name(day)}, i dag"
    if distance == 1:
        return f"{day_name(day)}, i morgen"
    return f"{day_name(day)}, om {distance} dager"
