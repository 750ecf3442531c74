"""The command words of the conversation, which are data in commands.yaml."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from domain.data import packaged_yaml
from domain.norwegian.spoken import bokmal_words

MOST_CHARACTERS: Final = 120
_SIGN = re.compile(r"[^\w'/&-]|_")
_FORGIVING_FROM: Final = 6
"""Letters from which a word may have a slip: shorter ones are too near each other."""


class Command(StrEnum):
    """What can be asked for with a word, wherever the conversation stands."""

    HELLO = "hello"
    HELP = "help"
    REPORT = "report"
    NO_NEED = "no_need"
    CONTINUE = "continue"
    WHAT_NOW = "what_now"
    STATUS = "status"
    WHO_IS_MISSING = "who_is_missing"
    WHO_IS_NOT_REACHED = "who_is_not_reached"
    REMIND_THEM = "remind_them"
    APPROVE_ALL = "approve_all"
    TO_HANDLE = "to_handle"
    REPLY_BY = "reply_by"
    SEND_IN = "send_in"
    COMMON_NEED = "common_need"
    MERGE = "merge"
    SPLIT = "split"
    JOINT_REPORT = "joint_report"
    EXCEL = "excel"
    EMPTY_SHEET = "empty_sheet"
    STAFF_SHEET = "staff_sheet"
    ATTACHMENTS = "attachments"
    BIND = "bind"
    UNBIND = "unbind"
    SUMMARY = "summary"
    COMING = "coming"
    WEEKLY_ON = "weekly_on"
    WEEKLY_OFF = "weekly_off"
    DEADLINES = "deadlines"
    CONFIRM_DATES = "confirm_dates"
    CHANGE_DATES = "change_dates"
    OWN_DATE = "own_date"
    OWN_DATES = "own_dates"
    ANNUAL_WHEEL = "annual_wheel"
    CALENDAR = "calendar"
    MEETINGS = "meetings"
    NEW_MEETING = "new_meeting"
    MY_REPORTS = "my_reports"
    BACK = "back"
    CHANGE = "change"
    WHOLE_FORM = "whole_form"
    ONE_BY_ONE = "one_by_one"
    MORE = "more"
    SKIP = "skip"
    TO_REVIEW = "to_review"
    COPY = "copy"
    RANK = "rank"
    CANCEL = "cancel"
    STOP = "stop"
    REMINDERS = "reminders"
    REMINDERS_OFF = "reminders_off"
    REMINDERS_FEWER = "reminders_fewer"
    REMINDERS_ON = "reminders_on"
    PAUSE = "pause"
    SNOOZE = "snooze"
    BASIS_DONE = "basis_done"
    REPORTING_DONE = "reporting_done"
    DEMO = "demo"
    ASK = "ask"
    ASK_LEADER = "ask_leader"
    INQUIRIES = "inquiries"
    UNANSWERED = "unanswered"
    SHARED_ANSWERS = "shared_answers"
    NETWORK_NEEDS = "network_needs"
    END_ROUND = "end_round"
    FORM_OFF = "form_off"
    FORM_ON = "form_on"
    REGISTER_FOR = "register_for"
    REGISTER_CARE = "register_care"
    DEPUTY = "deputy"
    DEPUTIES = "deputies"
    ASK_STAFF = "ask_staff"
    STAFF_ANSWERS = "staff_answers"
    FORGET_ME = "forget_me"


@dataclass(frozen=True, slots=True)
class CommandReading:
    """A command, with the words after it if it takes an argument (as they were written)."""

    command: Command
    argument: str | None = None


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CommandWords(_Data):
    """The forms of one command."""

    words: tuple[str, ...]
    leads: tuple[str, ...] = ()
    longest: int = 0
    open: bool = False
    stop_at: frozenset[str] = frozenset()


class Lexicon(_Data):
    """All command words, and the politeness around them."""

    polite_before: tuple[str, ...]
    polite_after: tuple[str, ...]
    commands: dict[Command, CommandWords]

    def forms(self) -> dict[str, Command]:
        """Every whole message and its command."""
        return {form: command for command, entry in self.commands.items() for form in entry.words}


@cache
def lexicon() -> Lexicon:
    """The command words, read once."""
    return Lexicon.model_validate(packaged_yaml(__package__, "commands.yaml"))


@cache
def _forms() -> dict[str, Command]:
    return lexicon().forms()


@cache
def _forms_in_bokmal() -> dict[str, Command]:
    """The same, with words of a dialect put over as those of a message are."""
    return {_in_bokmal(form): command for form, command in _forms().items()}


@cache
def _open_leads() -> tuple[tuple[Command, re.Pattern[str]], ...]:
    """Commands whose argument is the rest of the message. Without a sign between, it must end as a question."""
    # The longest first: nothing that is taken is given back, however long the text.
    polite = "|".join(map(re.escape, sorted(lexicon().polite_before, key=len, reverse=True)))
    return tuple(
        (
            command,
            re.compile(
                rf"[\s/!]*+(?:(?:{polite})\b[\s,.!]*+)*+(?:{'|'.join(map(re.escape, entry.leads))})\b"
                rf"(?:\s*+[:,;–—-]\s*+(?P<said>\S.*)|\s++(?P<asked>\S.*\?))\s*",
                re.IGNORECASE | re.DOTALL,
            ),
        )
        for command, entry in lexicon().commands.items()
        if entry.open
    )


@cache
def _leads() -> Mapping[str, Sequence[tuple[str, Command]]]:
    """What stands before an argument, by its first word: command after command, the longest first."""
    found: dict[str, list[tuple[str, Command]]] = {}
    for command, entry in lexicon().commands.items():
        for lead in () if entry.open else sorted(entry.leads, key=len, reverse=True):
            found.setdefault(lead.partition(" ")[0], []).append((lead, command))
    return found


@cache
def _forgiving_words() -> Mapping[tuple[int, tuple[str, ...]], Mapping[str, Command]]:
    """The words that may have a slip with their commands, by the place in a form and the other words of it."""
    found: dict[tuple[int, tuple[str, ...]], dict[str, Command]] = {}
    for form, command in _forms().items():
        words = tuple(form.split())
        for at, word in enumerate(words):
            if len(word) >= _FORGIVING_FROM:
                found.setdefault((at, words[:at] + words[at + 1 :]), {})[word] = command
    return found


def understand_command(text: str) -> CommandReading | None:
    """The command that the whole message is; None for a sentence that merely holds a command word."""
    if (reading := _with_the_rest(text)) is not None:
        return reading
    if len(text) > MOST_CHARACTERS:
        return None
    spoken = _bare(text.lstrip().lstrip("/!"))
    if not spoken:
        return None
    return _read(spoken, text, _forms()) or _read(_in_bokmal(spoken), text, _forms_in_bokmal())


def _read(spoken: str, text: str, forms: Mapping[str, Command]) -> CommandReading | None:
    variants = _without_politeness(spoken)
    for variant in variants:
        if variant.lower() in forms:
            return CommandReading(forms[variant.lower()])
    for variant in variants:
        if (reading := _with_argument(variant, text)) is not None:
            return reading
    for variant in variants:
        if (command := _with_a_slip(variant.lower())) is not None:
            return CommandReading(command)
    return None


def is_unknown_command(text: str) -> bool:
    """Whether the text begins like a command (/ or !) and is none that we know."""
    return text.lstrip().startswith(("/", "!")) and understand_command(text) is None


def _bare(text: str) -> str:
    """The words alone, on one line: without emoji, and without punctuation except inside a word."""
    shown = _SIGN.sub(_shown, unicodedata.normalize("NFC", text))
    words = [word.strip("-'/&") or word for word in shown.split()]
    return " ".join([word for word in words if word not in {"-", "'", "/"}])


def _shown(sign: re.Match[str]) -> str:
    """What stands for a sign: nothing for a part of an emoji, itself for a mark on a letter, else a space."""
    character = sign[0]
    if character in "\ufe0e\ufe0f\u200d\u20e3":
        return ""
    return character if unicodedata.category(character) == "Mn" else " "


def _in_bokmal(spoken: str) -> str:
    """The same words, those of a dialect put over to bokmål."""
    known = bokmal_words()
    return " ".join(known.get(word.lower(), word) for word in spoken.split())


def _without_politeness(spoken: str) -> list[str]:
    """The message as it is, then with one polite phrase after another taken away."""
    variants = [spoken]
    known = lexicon()
    for variant in variants:
        lowered = variant.lower()
        shorter: list[str] = []
        if lowered.startswith(known.polite_before):
            before = [phrase for phrase in known.polite_before if lowered.startswith(phrase + " ")]
            shorter += [variant[len(phrase) + 1 :] for phrase in before]
        if lowered.endswith(known.polite_after):
            after = [phrase for phrase in known.polite_after if lowered.endswith(" " + phrase)]
            shorter += [variant[: -len(phrase) - 1] for phrase in after]
        variants += [each for each in shorter if each and each not in variants]
        if len(variants) > 16:
            break
    return variants


def _with_argument(spoken: str, text: str) -> CommandReading | None:
    lowered = spoken.lower()
    for lead, command in _leads().get(lowered.partition(" ")[0], ()):
        if not lowered.startswith(lead + " "):
            continue
        entry = lexicon().commands[command]
        argument = spoken[len(lead) + 1 :].split()
        if len(argument) <= entry.longest and argument[0].lower() not in entry.stop_at:
            return CommandReading(command, _as_written(argument, text))
        return None
    return None


def _with_the_rest(text: str) -> CommandReading | None:
    for command, pattern in _open_leads():
        if found := pattern.fullmatch(unicodedata.normalize("NFC", text)):
            return CommandReading(command, (found["said"] or found["asked"]).strip())
    return None


def _as_written(argument: list[str], text: str) -> str:
    """The same words with the punctuation that stood between them."""
    composed = unicodedata.normalize("NFC", text)
    found = re.findall(r"[^\w\n]+".join(map(re.escape, argument)), composed)
    return str(found[-1]) if found else " ".join(argument)


def _with_a_slip(spoken: str) -> Command | None:
    """The one command whose form differs by a slip in one of its longer words."""
    words = tuple(spoken.split())
    found: set[Command] = set()
    for at, word in enumerate(words):
        rights = _forgiving_words().get((at, words[:at] + words[at + 1 :]))
        if rights:
            near = extract(word, rights.keys(), scorer=OSA.distance, score_cutoff=1, limit=None)
            found.update(rights[right] for right, distance, _ in near if distance)
    return found.pop() if len(found) == 1 else None
