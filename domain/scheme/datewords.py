"""Dates as a sentence says them, in Norwegian and in English."""

from datetime import date

from domain.norwegian import calendar_words

WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = tuple(calendar_words.MONTHS)
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


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


def in_full_english(day: date, today: date) -> str:
    """The same in English: «Tuesday 1 December 2026, in 10 days»."""
    name = f"{ENGLISH_WEEKDAYS[day.weekday()]} {day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
    distance = (day - today).days
    if distance < 0:
        return f"was {name}"
    if distance == 0:
        return f"{name}, today"
    if distance == 1:
        return f"{name}, tomorrow"
    return f"{name}, in {distance} days"
