"""Deputies (stedfortredere): who acts with somebody's role between two days, and who may say so."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from domain.audit import AuditRow
from domain.clock import local_day
from domain.register.care import role_text
from domain.register.errors import AlreadyChanged, HeldAnyway, InvalidPeriod
from domain.register.leading import leading_role
from domain.register.models import Person, Role, RoleAssignment, Scope, ScopeKind
from domain.register.rights import NotAllowed

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

LONGEST: Final = 366
"""Days; whoever acts for longer has the role itself."""

_OWN: Final = (Role.HEAD, Role.OWNER, Role.LEADER, Role.COORDINATOR)
_OF_PLACE: Final = {ScopeKind.KINDERGARTEN: Role.HEAD, ScopeKind.OWNER: Role.OWNER}


def own(uow: UnitOfWork, person_id: int) -> list[RoleAssignment]:
    """The roles that somebody holds for good, and may let a deputy act with."""
    return [r for r in uow.register.roles_of(person_id) if r.role in _OWN and not r.for_a_time]


def acting_role(uow: UnitOfWork, person_id: int, role: Role, scope: Scope) -> Role | None:
    """The role in which somebody may appoint a deputy for this one: the role itself, or leading the network."""
    if any((r.role, r.scope) == (role, scope) for r in own(uow, person_id)):
        return role
    if _OF_PLACE.get(scope.kind) is not role:
        return None
    leading = leading_role(uow, person_id, scope)
    return leading if any(r.role is leading for r in own(uow, person_id)) else None


def appoint(
    uow: UnitOfWork,
    person_id: int,
    role: Role,
    scope: Scope,
    name: str,
    email: str,
    starts: date,
    ends: date,
    now: datetime,
) -> Person:
    """Lets somebody act with a role from one day to another, both included; earlier days are replaced.

    Raises NotAllowed, InvalidPeriod, HeldAnyway, InvalidPerson or NotInRegister.
    """
    acting = _required(uow, person_id, role, scope)
    if ends < max(starts, local_day(now)) or (ends - starts).days >= LONGEST:
        raise InvalidPeriod(starts, ends, LONGEST)
    known = uow.register.person_by_email(email)
    if known is not None and any(
        (r.role, r.scope) == (role, scope) and not r.for_a_time for r in uow.register.roles_of(known.id)
    ):
        raise HeldAnyway(known.id, role, scope)
    before = {(d.person_id, d.role, d.scope): d for d in uow.register.deputies()}
    deputy = uow.register.add_person_role(name, email, role, scope, starts, ends)
    earlier = before.get((deputy.id, role, scope))
    if earlier is not None and (earlier.starts, earlier.ends) == (starts, ends):
        return deputy
    _write(uow, person_id, acting, deputy.id, earlier, _text(role, scope, starts, ends), now)
    return deputy


def end(
    uow: UnitOfWork, person_id: int, deputy_id: int, role: Role, scope: Scope, now: datetime
) -> RoleAssignment:
    """Ends a deputy's time at once, begun or not; raises NotAllowed, or AlreadyChanged when it is over."""
    acting = _required(uow, person_id, role, scope)
    held = next((d for d in uow.register.deputies() if d.key == (deputy_id, role, scope)), None)
    if held is None:
        raise AlreadyChanged
    uow.register.remove_person_role(deputy_id, role, scope)
    _write(uow, person_id, acting, deputy_id, held, "ended", now)
    return held


def managed(uow: UnitOfWork, person_id: int) -> list[RoleAssignment]:
    """The deputies, present and coming, that somebody may end."""
    return [d for d in uow.register.deputies() if acting_role(uow, person_id, d.role, d.scope) is not None]


def _required(uow: UnitOfWork, person_id: int, role: Role, scope: Scope) -> Role:
    acting = acting_role(uow, person_id, role, scope)
    if acting is None:
        raise NotAllowed(role)
    return acting


def _text(role: Role, scope: Scope, starts: date | None, ends: date | None) -> str:
    return f"{role_text(role, scope)} {starts}/{ends}"


def _write(
    uow: UnitOfWork,
    person_id: int,
    acting: Role,
    deputy_id: int,
    before: RoleAssignment | None,
    after: str,
    now: datetime,
) -> None:
    earlier = _text(before.role, before.scope, before.starts, before.ends) if before else None
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=acting.value,
            subject="deputy",
            subject_id=deputy_id,
            before=earlier,
            after=after,
        )
    )
