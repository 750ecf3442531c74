"""The needs that owners have sent to a network, and who may read how much of each (specification C5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from domain.clock import local_day
from domain.needs import access, whole_round
from domain.needs.crosschecks import around_the_child
from domain.needs.errors import NoOpenRound, UnknownReport
from domain.needs.form import needs_form
from domain.needs.lifecycle import Act, acts_from
from domain.needs.models import WITH_NETWORK, NeedsReport
from domain.register import rights
from domain.register.models import Kindergarten, Network, Owner, Ownership, Role, ScopeKind

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork
    from domain.register.models import RoleAssignment
    from domain.rounds.models import Round

OWNERS_EYES_ONLY: Final = "S42"
"""The message from head to owner follows no further."""

AMOUNTS: Final = "S40"
"""Sums of money are for the network's leadership (S40, E14)."""


class Level(StrEnum):
    """How much of a need somebody may read: the whole text, title and themes, or only that it counts."""

    ALL = "alt"
    SUMMARY = "sammendrag"
    COUNTS = "tall"


READERS: Final[Mapping[Role, Level]] = {
    Role.LEADER: Level.ALL,
    Role.COORDINATOR: Level.ALL,
    Role.UH: Level.ALL,
    Role.AUTHORITY: Level.SUMMARY,
    Role.PPT: Level.ALL,
    Role.MEMBER: Level.SUMMARY,
}
"""What each role reads of what is reported, the one met in first at the top; the other roles read nothing here.

An authority reads about its own municipality, PPT only about the team around the child. A member who acts for a
private owner represents the private ones without owning them, and may be a competitor: numbers only.
"""


@dataclass(frozen=True)
class Reported:
    """A need at the network. `place` is its number in the owner's order, `supplement` in which sending (0: the first).

    `answers` are those that this reader may see: all, only title and themes, or only themes. `acts` is what the
    reader may do next, conditions not yet looked at.
    """

    report: NeedsReport
    kindergartens: tuple[Kindergarten, ...]
    owner: Owner
    level: Level
    answers: Mapping[str, Any]
    place: int | None = None
    supplement: int = 0
    acts: tuple[Act, ...] = ()

    @property
    def title(self) -> str | None:
        """The need's name, where it may be read."""
        found = self.answers.get("title")
        return str(found) if found else None

    @property
    def around_the_child(self) -> bool:
        """Whether PPT or others around the child are asked for: then that scheme is suggested (K5).

        It comes from the answers, so only those who read all of them are told.
        """
        return self.level is Level.ALL and around_the_child(self.report.answers)


@dataclass(frozen=True)
class Readable:
    """What somebody reads of a network's round, in which role. `themes` count the needs that one knows of."""

    network: Network
    round: Round
    role: Role
    needs: tuple[Reported, ...]
    themes: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Reported, ...]:
        """Those of which more than the number is known."""
        return tuple(n for n in self.needs if n.level is not Level.COUNTS)


def reading_roles(uow: UnitOfWork, person_id: int, network_id: int) -> tuple[Role, ...]:
    """The roles in which somebody may read of a network's needs, the one to be met in first."""
    held = uow.register.roles_of(person_id)
    towns = {m.id for m in uow.register.municipalities(network_id)}
    found = {r.role for r in held if r.role in READERS and _concerns(r, network_id, towns)}
    return tuple(role for role in READERS if role in found)


def _concerns(held: RoleAssignment, network_id: int, towns: set[int]) -> bool:
    match held.scope.kind:
        case ScopeKind.NETWORK:
            return held.scope.id == network_id
        case ScopeKind.MUNICIPALITY:
            return held.scope.id in towns
        case _:
            return False


def networks_to_read(uow: UnitOfWork, person_id: int) -> list[Network]:
    """The networks whose needs somebody may read of, by name."""
    return [n for n in uow.register.networks() if reading_roles(uow, person_id, n.id)]


def readable(
    uow: UnitOfWork, person_id: int, network_id: int, now: datetime, role: Role | None = None
) -> Readable:
    """What somebody may read of a network's needs, in the role asked for, or the first that reads.

    By owner and the owner's order. Raises UnknownReport for somebody without a reading role, NoOpenRound.
    """
    roles = reading_roles(uow, person_id, network_id)
    if not roles:
        raise UnknownReport
    acting = role if role in roles else roles[0]
    current = uow.rounds.current(network_id, local_day(now))
    if current is None:
        raise NoOpenRound
    found = _seen(uow, person_id, acting, whole_round.reported(uow, current.id), current.id)
    found.sort(key=lambda n: (n.owner.name, n.supplement, n.place or 10_000, n.report.id))
    themes: Counter[str] = Counter()
    for need in found:
        themes.update(set(need.report.answers.get("themes", [])))
    return Readable(uow.register.network(network_id), current, acting, tuple(found), dict(themes))


def readable_need(uow: UnitOfWork, person_id: int, report_id: int, role: Role | None = None) -> Reported:
    """One need as somebody may read it; UnknownReport when that is nothing but a number."""
    report = uow.needs.get(report_id)
    if report is None or report.status not in WITH_NETWORK:
        raise UnknownReport
    roles = reading_roles(uow, person_id, access.network_of(uow, report.kindergarten_id).id)
    if not roles:
        raise UnknownReport
    acting = role if role in roles else roles[0]
    found = _seen(uow, person_id, acting, [report], report.round_id)
    if not found or found[0].level is Level.COUNTS:
        raise UnknownReport
    return found[0]


def _seen(
    uow: UnitOfWork, person_id: int, role: Role, reports: Sequence[NeedsReport], round_id: int
) -> list[Reported]:
    held = uow.register.roles_of(person_id)
    private = any(uow.register.owner(i).ownership is Ownership.PRIVATE for i in rights.owners(held))
    towns = {r.scope.id for r in held if r.role is role and r.scope.kind is ScopeKind.MUNICIPALITY}
    order, opened = _sent_with(uow, round_id)
    found = []
    for report in reports:
        kindergartens = tuple(uow.register.kindergarten(i) for i in report.kindergartens)
        if report.merged_into is not None or (
            towns and not towns & {k.municipality_id for k in kindergartens}
        ):
            continue
        level = level_for(role, report, private=private, opened=report.id in opened)
        if level is None:
            continue
        place, supplement = order.get(report.id, (None, 0))
        found.append(
            Reported(
                report=report,
                kindergartens=kindergartens,
                owner=uow.register.owner(kindergartens[0].owner_id),
                level=level,
                answers=_part(report, level, role),
                place=place,
                supplement=supplement,
                acts=acts_from(report.status, (Role.LEADER,)) if role in _LEADING else (),
            )
        )
    return found


_LEADING = (Role.LEADER, Role.COORDINATOR)


def level_for(role: Role, report: NeedsReport, *, private: bool, opened: bool) -> Level | None:
    """How much of a reported need a role reads; None: not even that it is there.

    `private`: the reader acts for a private owner; `opened`: the owner lets the network read the whole text (E20).
    """
    level = READERS.get(role)
    if role is Role.PPT and not around_the_child(report.answers):
        return None
    if role is Role.MEMBER and opened:
        return Level.ALL
    if role is Role.MEMBER and private:
        return Level.COUNTS
    return level


def _part(report: NeedsReport, level: Level, role: Role) -> dict[str, Any]:
    form = needs_form(report.form_version)
    kept_back = {OWNERS_EYES_ONLY} if role in _LEADING else {OWNERS_EYES_ONLY, AMOUNTS}
    hidden = {f.id for s in form.steps if kept_back & set(s.spec) for f in s.fields}
    wanted = {
        Level.ALL: set(report.answers) - hidden,
        Level.SUMMARY: {"title", "themes"},
        Level.COUNTS: {"themes"},
    }[level]
    return {k: v for k, v in report.answers.items() if k in wanted}


def _sent_with(uow: UnitOfWork, round_id: int) -> tuple[dict[int, tuple[int, int]], set[int]]:
    """Of each need that was sent: its place and in which sending; and those whose owner has opened the whole text."""
    order: dict[int, tuple[int, int]] = {}
    opened: set[int] = set()
    for sent in whole_round.sent(uow, round_id):
        order |= {i: (n, sent.sequence) for n, i in enumerate(sent.report_ids, 1)}
        if sent.answers.get("visibility") == "full":
            opened |= set(sent.report_ids)
    return order, opened
