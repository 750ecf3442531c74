"""The life cycle of a need as data: every arrow of the state machine (specification C4), and nothing else.

`domain.needs.acting.perform` is the one function that takes an arrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from domain.needs.models import Status
from domain.outbox import MessageKind
from domain.register.models import Role


class Act(StrEnum):
    """What somebody does to a need."""

    SUBMIT = "send_til_eier"
    NO_NEED = "ingen_behov"
    REOPEN = "gjenåpne"
    APPROVE = "godkjenn"
    RETURN = "send_tilbake"
    NOT_FORWARD = "ikke_meld_videre"
    REPORT = "meld_til_nettverket"
    WITHDRAW = "trekk"
    RETURN_TO_OWNER = "send_tilbake_til_eier"
    CONSIDER = "ta_til_vurdering"
    PRIORITISE = "prioriter"
    PUT_ON_HOLD = "sett_på_vent"
    NOT_PRIORITISE = "ikke_prioriter"
    PUT_IN_BASIS = "ta_med_i_beslutningsgrunnlaget"
    TAKE_OUT_OF_BASIS = "ta_ut_av_beslutningsgrunnlaget"
    SEND_TO_FORUM = "sendt_til_samarbeidsforum"
    RECOMMEND = "innstilt"
    GRANT = "tilsagn"
    REFUSE = "avslag"
    BEGIN = "i_gang"
    REPORT_BACK = "rapportert"
    CLOSE = "avslutt"
    EXPIRE = "la_utløpe"


class Condition(StrEnum):
    """What must hold before an arrow may be taken, beyond the state and the role."""

    COMPLETE = "complete"
    """Everything obligatory is answered, and somebody but the head was involved (K1, K3)."""
    ON_BEHALF = "on_behalf"
    """The need was registered on the kindergarten's behalf (its source is not the bot)."""
    NOTE = "note"
    """A reason is given."""
    DAY = "day"
    """The day of the meeting, the sending or the letter is given, and it is not in the future."""
    CONSOLIDATED = "consolidated"
    """It goes with the owner's consolidated report, not alone."""
    NOT_MERGED = "not_merged"
    """It is neither part of a common need nor one that others are part of."""


class Party(StrEnum):
    """Who is told of an act; never the one who acted."""

    HEAD = "head"
    OWNER = "owner"
    LEADER = "leader"


@dataclass(frozen=True)
class Arrow:
    """One arrow of the state machine: who may take it, on what conditions, and who is told what."""

    act: Act
    before: Status
    after: Status
    role: Role
    conditions: frozenset[Condition] = frozenset()
    tells: tuple[tuple[Party, MessageKind], ...] = ()


S, C, K, R = Status, Condition, MessageKind, Role
_REGISTRARS = (R.OWNER, R.LEADER)
_TO_OWNER = ((Party.OWNER, K.NEED_DECIDED),)
_OUTCOME = ((Party.OWNER, K.NEED_DECIDED), (Party.HEAD, K.NEED_DECIDED))
_AT_NETWORK = (S.REPORTED, S.UNDER_CONSIDERATION, S.PRIORITISED, S.ON_HOLD, S.RETURNED_TO_OWNER)
_WRITABLE = (S.DRAFT, S.RETURNED)
_DECISIONS = (
    (Act.PRIORITISE, S.PRIORITISED),
    (Act.PUT_ON_HOLD, S.ON_HOLD),
    (Act.NOT_PRIORITISE, S.NOT_PRIORITISED),
)
_AFTER_GRANT = (
    (Act.BEGIN, S.GRANTED, S.ONGOING),
    (Act.REPORT_BACK, S.ONGOING, S.REPORTED_BACK),
    (Act.CLOSE, S.REPORTED_BACK, S.CLOSED),
)


def _arrows(
    act: Act,
    before: tuple[Status, ...],
    after: Status,
    roles: tuple[Role, ...],
    *conditions: Condition,
    tells: tuple[tuple[Party, MessageKind], ...] = (),
) -> tuple[Arrow, ...]:
    return tuple(Arrow(act, b, after, role, frozenset(conditions), tells) for role in roles for b in before)


_UP_TO_THE_OWNER = (
    *_arrows(
        Act.SUBMIT, _WRITABLE, S.SENT_TO_OWNER, (R.HEAD,), C.COMPLETE, tells=((Party.OWNER, K.NEED_ARRIVED),)
    ),
    *_arrows(
        Act.SUBMIT,
        _WRITABLE,
        S.SENT_TO_OWNER,
        _REGISTRARS,
        C.COMPLETE,
        C.ON_BEHALF,
        tells=((Party.OWNER, K.NEED_ARRIVED), (Party.HEAD, K.NEED_REGISTERED)),
    ),
    *_arrows(Act.NO_NEED, (S.DRAFT,), S.NO_NEED, (R.HEAD,), tells=((Party.OWNER, K.NO_NEED_ARRIVED),)),
    *_arrows(
        Act.NO_NEED,
        (S.DRAFT,),
        S.NO_NEED,
        _REGISTRARS,
        C.ON_BEHALF,
        tells=((Party.OWNER, K.NO_NEED_ARRIVED), (Party.HEAD, K.NEED_REGISTERED)),
    ),
    *_arrows(Act.REOPEN, (S.NO_NEED,), S.DRAFT, (R.HEAD,)),
    *_arrows(Act.REOPEN, (S.NO_NEED,), S.DRAFT, _REGISTRARS, C.ON_BEHALF),
    *_arrows(Act.WITHDRAW, _WRITABLE, S.WITHDRAWN, (R.HEAD,)),
    *_arrows(Act.WITHDRAW, _WRITABLE, S.WITHDRAWN, _REGISTRARS, C.ON_BEHALF),
    *_arrows(
        Act.WITHDRAW, (S.SENT_TO_OWNER,), S.WITHDRAWN, (R.HEAD,), tells=((Party.OWNER, K.NEED_WITHDRAWN),)
    ),
)

_AT_THE_OWNER = (
    *_arrows(Act.APPROVE, (S.SENT_TO_OWNER,), S.APPROVED, (R.OWNER,), tells=((Party.HEAD, K.NEED_APPROVED),)),
    *_arrows(
        Act.RETURN,
        (S.SENT_TO_OWNER, S.APPROVED, S.RETURNED_TO_OWNER),
        S.RETURNED,
        (R.OWNER,),
        C.NOTE,
        C.NOT_MERGED,
        tells=((Party.HEAD, K.NEED_RETURNED),),
    ),
    *_arrows(
        Act.NOT_FORWARD,
        (S.SENT_TO_OWNER,),
        S.NOT_FORWARDED,
        (R.OWNER,),
        C.NOTE,
        tells=((Party.HEAD, K.NEED_NOT_FORWARDED),),
    ),
    *_arrows(
        Act.REPORT,
        (S.APPROVED,),
        S.REPORTED,
        (R.OWNER,),
        C.CONSOLIDATED,
        tells=((Party.HEAD, K.NEED_REPORTED),),
    ),
    *_arrows(
        Act.REPORT,
        (S.RETURNED_TO_OWNER,),
        S.REPORTED,
        (R.OWNER,),
        tells=((Party.LEADER, K.NEED_REPORTED_AGAIN),),
    ),
    *_arrows(Act.WITHDRAW, (S.APPROVED,), S.WITHDRAWN, (R.OWNER,), tells=((Party.HEAD, K.NEED_WITHDRAWN),)),
    *_arrows(
        Act.WITHDRAW,
        _AT_NETWORK,
        S.WITHDRAWN,
        (R.OWNER,),
        C.NOTE,
        tells=((Party.LEADER, K.NEED_WITHDRAWN), (Party.HEAD, K.NEED_WITHDRAWN)),
    ),
)

_IN_THE_NETWORK = (
    *_arrows(Act.CONSIDER, (S.REPORTED,), S.UNDER_CONSIDERATION, (R.LEADER,)),
    *_arrows(
        Act.RETURN_TO_OWNER,
        (S.REPORTED, S.UNDER_CONSIDERATION),
        S.RETURNED_TO_OWNER,
        (R.LEADER,),
        C.NOTE,
        tells=((Party.OWNER, K.NEED_SENT_BACK),),
    ),
    *(
        arrow
        for act, after in _DECISIONS
        for arrow in _arrows(act, (S.UNDER_CONSIDERATION,), after, (R.LEADER,), C.NOTE, C.DAY, tells=_OUTCOME)
    ),
    *_arrows(Act.PUT_IN_BASIS, (S.PRIORITISED,), S.IN_BASIS, (R.LEADER,), C.NOTE, tells=_TO_OWNER),
    *_arrows(Act.TAKE_OUT_OF_BASIS, (S.IN_BASIS,), S.PRIORITISED, (R.LEADER,), C.NOTE, tells=_TO_OWNER),
    *_arrows(Act.SEND_TO_FORUM, (S.IN_BASIS,), S.SENT_TO_FORUM, (R.LEADER,), C.DAY, tells=_TO_OWNER),
    *_arrows(Act.RECOMMEND, (S.SENT_TO_FORUM,), S.RECOMMENDED, (R.LEADER,), C.DAY),
    *_arrows(Act.GRANT, (S.RECOMMENDED,), S.GRANTED, (R.LEADER,), C.DAY, tells=_OUTCOME),
    *_arrows(Act.REFUSE, (S.RECOMMENDED,), S.REFUSED, (R.LEADER,), C.DAY, tells=_OUTCOME),
    *(
        arrow
        for act, before, after in _AFTER_GRANT
        for arrow in _arrows(act, (before,), after, (R.LEADER, R.OWNER))
    ),
    *_arrows(
        Act.EXPIRE,
        (*_WRITABLE, S.SENT_TO_OWNER, S.APPROVED, *_AT_NETWORK),
        S.EXPIRED,
        (R.LEADER,),
        tells=_TO_OWNER,
    ),
)

ARROWS: tuple[Arrow, ...] = (*_UP_TO_THE_OWNER, *_AT_THE_OWNER, *_IN_THE_NETWORK)

_BY_ACT = {(a.act, a.before, a.role): a for a in ARROWS}
assert len(_BY_ACT) == len(ARROWS), "two arrows for one act, state and role"


def arrow(act: Act, before: Status, role: Role) -> Arrow | None:
    """The arrow for an act in a state by a role; None when there is none."""
    return _BY_ACT.get((act, before, role))


def acts_from(before: Status, roles: Iterable[Role]) -> tuple[Act, ...]:
    """What these roles may do to a need in a state, in the order of Act; conditions not yet looked at."""
    held = set(roles)
    possible = {a.act for a in ARROWS if a.before is before and a.role in held}
    return tuple(act for act in Act if act in possible)
