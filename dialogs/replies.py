"""What the conversation wants to say, without wording: messages/ turns each into text and cards."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.needs.flow import Place
from domain.needs.form import Answers, FormField
from domain.needs.models import NeedsReport, OwnersReport
from domain.needs.overview import Counts, KindergartenStanding
from domain.needs.reading import Hint, Problem
from domain.outreach.content import Content
from domain.register.models import Kindergarten, Network, Owner, Person, Role
from domain.rounds.models import Deadline
from domain.scheme.answers import Answer


class Reply:
    """The base of everything that can be said. `settles`: it replaces the card that was open."""

    settles: bool = False
    tracks: bool = False


# --- greetings ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HeadGreeting(Reply):
    person: Person
    owner: str
    kindergartens: tuple[KindergartenStanding, ...]
    reply_by: date | None
    confirmed: bool
    today: date
    draft: NeedsReport | None
    other_roles: tuple[Role, ...] = ()
    also_owner: bool = False


@dataclass(frozen=True)
class OwnerGreeting(Reply):
    person: Person
    owner: Owner
    counts: Counts
    waiting: int
    approved: int
    sendable: bool
    deadline: Deadline | None
    today: date
    sent: OwnersReport | None
    also_head: bool
    other_roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class LeaderGreeting(Reply):
    person: Person
    network: Network
    deadline: Deadline | None
    today: date
    owners_sent: int
    owners_total: int
    bound: bool
    other_roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class AuthorityGreeting(Reply):
    person: Person
    municipality: str
    counts: Counts
    standings: tuple[KindergartenStanding, ...]
    other_roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class PlainGreeting(Reply):
    """For those who only ask and read: UH, PPT, members, the county."""

    person: Person
    role: Role | None
    other_roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Stranger(Reply):
    """Somebody the register does not know: the way in, and nothing else."""

    local: bool


@dataclass(frozen=True)
class AccessForm(Reply):
    unknown_place: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccessAsked(Reply):
    leader: str | None


@dataclass(frozen=True)
class AccessAnswered(Reply):
    name: str
    granted: bool
    already: bool = False
    settles = True


# --- the form -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """Something to choose that comes from the register, not the form."""

    value: str
    label: str


@dataclass(frozen=True)
class AskStep(Reply):
    """A question of a form. `verb` is the payload to send the answer with; `saved` that the last one is stored."""

    verb: str
    subject: int
    version: int
    place: Place
    fields: tuple[FormField, ...]
    answers: Answers
    about: str
    saved: bool = False
    first: bool = False
    changing: bool = False
    partly: bool = False
    hints: tuple[Hint, ...] = ()
    problems: tuple[Problem, ...] = ()
    suggestion: str | None = None
    ranked: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    tracks = True


@dataclass(frozen=True)
class ChooseKindergarten(Reply):
    """A head of several kindergartens says which."""

    verb: str
    kindergartens: tuple[Kindergarten, ...]


@dataclass(frozen=True)
class ReviewReport(Reply):
    """Everything answered, before it is sent: «Stemmer alt?»"""

    report: NeedsReport
    kindergarten: str
    owner: str
    place: Place
    saved: bool
    personal: tuple[FormField, ...] = ()
    only_head: bool = False
    hints: tuple[Hint, ...] = ()
    stored: tuple[str, ...] = ()
    tracks = True


@dataclass(frozen=True)
class StepSettled(Reply):
    """What the question card becomes once it is answered."""

    form: str
    step_id: str
    answers: Answers
    settles = True


@dataclass(frozen=True)
class CardSettled(Reply):
    """What another card becomes once it has been acted on."""

    what: str
    detail: str = ""
    settles = True


@dataclass(frozen=True)
class Receipt(Reply):
    """The need is with the owner."""

    report: NeedsReport
    kindergarten: str
    owner: str
    deadline: Deadline | None
    also_owner: int | None = None


@dataclass(frozen=True)
class NoNeedConfirm(Reply):
    kindergarten: Kindergarten
    owner: str
    tracks = True


@dataclass(frozen=True)
class NoNeedReceipt(Reply):
    report: NeedsReport
    kindergarten: str
    owner: str
    late: bool = False
    also_owner: int | None = None


@dataclass(frozen=True)
class DraftKept(Reply):
    """The flow is put aside; what has been answered is stored."""

    title: str | None
    answered: int
    undecided: bool = False


@dataclass(frozen=True)
class MyReportsList(Reply):
    standings: tuple[KindergartenStanding, ...]


@dataclass(frozen=True)
class PendingAnswer(Reply):
    """A typed text that may be a command or an answer: asks which."""

    text: str
    report: int
    step: str
    question: str
    tracks = True


@dataclass(frozen=True)
class Corrected(Reply):
    """An edited message changed the answer it had given."""

    label: str
    value: str
    title: str | None


# --- the owner ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting(Reply):
    """The needs that wait for the owner's decision, one page of them."""

    owner: Owner
    items: tuple[tuple[Kindergarten, NeedsReport], ...]
    page: int
    pages: int
    total: int
    counts: Counts
    approved: int
    networks: tuple[Network, ...] = ()
    all_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadReport(Reply):
    """A whole need, as the owner reads it."""

    report: NeedsReport
    kindergarten: str
    head: str
    comment_missing: bool = False


@dataclass(frozen=True)
class Approved(Reply):
    titles: tuple[str, ...]
    already: int
    waiting: int
    approved: int
    owner_id: int


@dataclass(frozen=True)
class Returned(Reply):
    title: str
    kindergarten: str
    forwarded: bool = True
    owner_id: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class AskComment(Reply):
    report: NeedsReport
    kindergarten: str
    forward: bool
    given: int
    limit: int
    tracks = True


@dataclass(frozen=True)
class ReviewOwners(Reply):
    """The consolidated report before it is sent."""

    report: OwnersReport
    owner: Owner
    network: Network
    place: Place
    titles: tuple[tuple[str, str], ...]
    saved: bool
    tracks = True


@dataclass(frozen=True)
class OwnersReceipt(Reply):
    report: OwnersReport
    owner: Owner
    network: str
    leader: str | None
    deadline: Deadline | None
    unanswered: int


@dataclass(frozen=True)
class ChooseNetwork(Reply):
    verb: str
    owner_id: int | None
    networks: tuple[Network, ...]


@dataclass(frozen=True)
class NothingToSend(Reply):
    owner: Owner
    waiting: int
    sent: bool
    unanswered: int


@dataclass(frozen=True)
class Nudged(Reply):
    told: int
    missing: int


# --- leader, channel, questions -------------------------------------------------------------------------------


@dataclass(frozen=True)
class ContentReply(Reply):
    """Something that the bot also says by itself, here because somebody asked."""

    content: Content


@dataclass(frozen=True)
class Bound(Reply):
    network: str
    already: bool = False


@dataclass(frozen=True)
class Missing(Reply):
    """Who has not sent (for a leader) or answered (for an owner)."""

    network: str
    sent: int
    total: int
    owners: tuple[tuple[str, Counts], ...] = ()
    kindergartens: tuple[tuple[str, str], ...] = ()
    owner_id: int | None = None
    network_id: int | None = None


@dataclass(frozen=True)
class ExcelLink(Reply):
    rows: int
    token: str
    what: str


@dataclass(frozen=True)
class DeadlineList(Reply):
    network: str
    deadlines: tuple[Deadline, ...]
    today: date
    reply_by: date | None = None


@dataclass(frozen=True)
class Said(Reply):
    """An answer from the scheme's description."""

    answer: Answer
    network_leader: str | None
    in_channel: bool
    today: date
    keep: tuple[int, str] | None = None


@dataclass(frozen=True)
class HelpText(Reply):
    role: Role | None
    in_channel: bool = False
    network: str | None = None
    can_bind: tuple[Network, ...] = ()
    local: bool = False


@dataclass(frozen=True)
class DemoPeople(Reply):
    people: tuple[tuple[int, str, str], ...]
    acting_as: str | None
    unknown: str | None = None
    examples: tuple[tuple[int, str], ...] = ()


class What(StrEnum):
    """Short things to say that need at most a few values."""

    NOT_UNDERSTOOD = "not_understood"
    UNKNOWN_COMMAND = "unknown_command"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    NO_WORDS = "no_words"
    NOT_YOURS = "not_yours"
    STALE = "stale"
    BAD_CARD = "bad_card"
    NO_ROUND = "no_round"
    NOTHING_OPEN = "nothing_open"
    ALREADY_HANDLED = "already_handled"
    NOTHING_WAITING = "nothing_waiting"
    NOT_A_HEAD = "not_a_head"
    NOT_AN_OWNER = "not_an_owner"
    NOT_A_LEADER = "not_a_leader"
    FIRST_STEP = "first_step"
    CANNOT_CHANGE = "cannot_change"
    CHOOSE_SOMETHING = "choose_something"
    PERSONAL_PLEASE = "personal_please"
    CHANNEL_ONLY = "channel_only"
    NOT_BOUND = "not_bound"
    UNBOUND = "unbound"
    UNKNOWN_NETWORK = "unknown_network"
    ASK_AWAY = "ask_away"
    STOP_WHAT = "stop_what"
    DEMO_ON = "demo_on"
    DEMO_OFF = "demo_off"
    DEMO_UNAVAILABLE = "demo_unavailable"
    CLAIMED_TWICE = "claimed_twice"
    EDIT_TOO_LATE = "edit_too_late"
    UNKNOWN_FIELD = "unknown_field"
    NOT_SUBMITTED = "not_submitted"
    CHANNEL_HELLO = "channel_hello"
    DISCARDED = "discarded"
    COMMENT_SHORT = "comment_short"


@dataclass(frozen=True)
class Say(Reply):
    """One of the short things, with the numbers and names it needs."""

    what: What
    values: dict[str, str | int] = field(default_factory=dict)
