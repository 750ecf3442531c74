"""Short things to say that need at most a few values."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dialogs.replies.base import Reply


class What(StrEnum):
    """Short things to say that need at most a few values."""

    NOT_UNDERSTOOD = "not_understood"
    AS_IT_WAS = "as_it_was"
    NOTHING_ASKED = "nothing_asked"
    UNKNOWN_COMMAND = "unknown_command"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    NOT_YOURS = "not_yours"
    STALE = "stale"
    BAD_CARD = "bad_card"
    NO_ROUND = "no_round"
    NO_ROUND_OF_YOURS = "no_round_of_yours"
    NOTHING_OPEN = "nothing_open"
    WITH_OWNER = "with_owner"
    ALREADY_HANDLED = "already_handled"
    NOTHING_WAITING = "nothing_waiting"
    NOT_A_HEAD = "not_a_head"
    OWNER_REPORTS = "owner_reports"
    NOT_AN_OWNER = "not_an_owner"
    NOT_A_LEADER = "not_a_leader"
    NOT_FOR_MISSING = "not_for_missing"
    NO_REQUESTS = "no_requests"
    NOT_FOR_EXCEL = "not_for_excel"
    EVERY_NETWORK = "every_network"
    NO_SUMMARY_OF = "no_summary_of"
    NOT_A_READER = "not_a_reader"
    NOT_A_REGISTRAR = "not_a_registrar"
    NOTHING_OPEN_IN_ROUND = "nothing_open_in_round"
    HANDLED_BY = "handled_by"
    NOTE_MISSING = "note_missing"
    DAY_MISSING = "day_missing"
    DAY_IN_FUTURE = "day_in_future"
    NOT_ALONE = "not_alone"
    MERGED = "merged"
    FIRST_STEP = "first_step"
    CHOOSE_SOMETHING = "choose_something"
    PERSONAL_PLEASE = "personal_please"
    ALONE_PLEASE = "alone_please"
    CHANNEL_ONLY = "channel_only"
    NOT_BOUND = "not_bound"
    UNBOUND = "unbound"
    UNKNOWN_NETWORK = "unknown_network"
    ASK_AWAY = "ask_away"
    DEMO_ON = "demo_on"
    DEMO_OFF = "demo_off"
    DEMO_UNAVAILABLE = "demo_unavailable"
    EDIT_TOO_LATE = "edit_too_late"
    UNKNOWN_FIELD = "unknown_field"
    NOT_SUBMITTED = "not_submitted"
    CHANNEL_HELLO = "channel_hello"
    DISCARDED = "discarded"
    IMPORT_DROPPED = "import_dropped"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    WHOLE_FORM_OPEN = "whole_form_open"
    LOCKED = "locked"
    NO_MORE = "no_more"
    NOTHING_TO_COPY = "nothing_to_copy"
    NOTHING_TO_RANK = "nothing_to_rank"
    OWNER_SENDS = "owner_sends"
    NEW_OWNER_HOW = "new_owner_how"
    NEW_LEADER_HOW = "new_leader_how"


@dataclass(frozen=True)
class Say(Reply):
    """One of the short things, with the numbers and names it needs."""

    what: What
    values: dict[str, str | int] = field(default_factory=dict)
