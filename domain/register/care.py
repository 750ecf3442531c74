"""What a leader changes in the register by hand: each change checked, done and written in the audit."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.audit import AuditRow
from domain.register.errors import AlreadyChanged
from domain.register.leading import leading_role, required_leading_role
from domain.register.models import Person, Role, RoleAssignment, Scope, ScopeKind
from domain.register.names import clean_email
from domain.register.rows import MAX_LENGTH

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

LEADERS_CARE: Final = frozenset({Role.HEAD, Role.OWNER, Role.AUTHORITY, Role.PPT, Role.MEMBER, Role.UH})
"""The roles that a leader takes away; who leads a network is for the file to say."""

Id = Annotated[int, Field(ge=1, le=2**53)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_LENGTH)]


class _Change(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Held(_Change):
    """One role that somebody has."""

    role: Role
    scope: Scope


class NewPerson(_Change):
    """Somebody becomes head or owner; those in `instead_of` are it no more."""

    kind: Literal["new_person"] = "new_person"
    role: Literal[Role.HEAD, Role.OWNER]
    scope_id: Id
    name: Text
    email: Text
    instead_of: Annotated[tuple[Id, ...], Field(max_length=20)] = ()

    @property
    def scope(self) -> Scope:
        """What the role is held for."""
        kind = ScopeKind.KINDERGARTEN if self.role is Role.HEAD else ScopeKind.OWNER
        return Scope(kind=kind, id=self.scope_id)


class Left(_Change):
    """Somebody has left: exactly these roles end."""

    kind: Literal["left"] = "left"
    person: Id
    roles: Annotated[tuple[Held, ...], Field(min_length=1, max_length=50)]


class Closed(_Change):
    """A kindergarten is closed (nedlagt)."""

    kind: Literal["closed"] = "closed"
    kindergarten: Id


class Moved(_Change):
    """A kindergarten has another owner than `before`."""

    kind: Literal["moved"] = "moved"
    kindergarten: Id
    owner: Id
    before: Id


class Renamed(_Change):
    """A kindergarten is called something else than `before`."""

    kind: Literal["renamed"] = "renamed"
    kindergarten: Id
    name: Text
    before: Text


class Added(_Change):
    """A new kindergarten."""

    kind: Literal["added"] = "added"
    orgnr: Annotated[str, Field(max_length=20)]
    name: Text
    municipality: Id
    owner: Id


Change = Annotated[NewPerson | Left | Closed | Moved | Renamed | Added, Field(discriminator="kind")]


def perform(uow: UnitOfWork, person_id: int, change: Change, now: datetime) -> None:
    """Makes a change. Raises NotAllowed, AlreadyChanged, NotInRegister, or what its values are refused with."""
    act = _Act(uow, person_id, now)
    match change:
        case NewPerson():
            _new_person(act, change)
        case Left():
            _left(act, change)
        case Closed():
            _closed(act, change)
        case Moved():
            _moved(act, change)
        case Renamed():
            _renamed(act, change)
        case Added():
            _added(act, change)


def ending_roles(uow: UnitOfWork, person_id: int, leaving: int) -> tuple[RoleAssignment, ...]:
    """The roles of somebody that a leader may end."""
    held = (r for r in uow.register.roles_of(leaving) if r.role in LEADERS_CARE)
    return tuple(r for r in held if leading_role(uow, person_id, r.scope) is not None)


class _Act:
    """Who changes what, and when."""

    def __init__(self, uow: UnitOfWork, person_id: int, now: datetime) -> None:
        self.uow, self.register = uow, uow.register
        self.person_id, self.now = person_id, now

    def leads(self, scope: Scope) -> Role:
        return required_leading_role(self.uow, self.person_id, scope)

    def kindergarten(self, id: int) -> Role:
        role = self.leads(Scope(kind=ScopeKind.KINDERGARTEN, id=id))
        if not self.register.kindergarten(id).active:
            raise AlreadyChanged
        return role

    def write(self, role: Role, subject: str, id: int, before: str | None, after: str) -> None:
        self.uow.audit.add(
            AuditRow(
                at=self.now,
                person_id=self.person_id,
                role=role.value,
                subject=subject,
                subject_id=id,
                before=before,
                after=after,
            )
        )

    def end_role(self, acting: Role, person_id: int, role: Role, scope: Scope) -> None:
        self.register.remove_person_role(person_id, role, scope)
        self.write(acting, "person", person_id, role_text(role, scope), "left")


def role_text(role: Role, scope: Scope) -> str:
    """A role as the audit has it, e.g. «styrer kindergarten 3»."""
    return f"{role.value} {scope.kind.value} {scope.id}"


def _new_person(act: _Act, change: NewPerson) -> None:
    acting = act.leads(change.scope)
    holding = {p.id: p.email for p in _lasting(act, change.role, change.scope)}
    leaving = [i for i in change.instead_of if i in holding and holding[i] != clean_email(change.email)]
    if clean_email(change.email) in holding.values() and not leaving:
        raise AlreadyChanged
    person = act.register.add_person_role(change.name, change.email, change.role, change.scope)
    act.write(acting, "person", person.id, None, role_text(change.role, change.scope))
    for person_id in leaving:
        act.end_role(acting, person_id, change.role, change.scope)


def _lasting(act: _Act, role: Role, scope: Scope) -> list[Person]:
    """Those who have the role for good."""
    return [
        p
        for p in act.register.people_with(role, scope)
        if any((r.role, r.scope) == (role, scope) and not r.for_a_time for r in act.register.roles_of(p.id))
    ]


def _left(act: _Act, change: Left) -> None:
    may_end = {(r.role, r.scope) for r in ending_roles(act.uow, act.person_id, change.person)}
    ending = [held for held in change.roles if (held.role, held.scope) in may_end]
    if not ending:
        raise AlreadyChanged
    for held in ending:
        act.end_role(act.leads(held.scope), change.person, held.role, held.scope)


def _closed(act: _Act, change: Closed) -> None:
    acting = act.kindergarten(change.kindergarten)
    act.register.retire_kindergarten(change.kindergarten)
    act.write(acting, "kindergarten", change.kindergarten, "active", "closed")


def _moved(act: _Act, change: Moved) -> None:
    acting = act.kindergarten(change.kindergarten)
    if act.register.kindergarten(change.kindergarten).owner_id != change.before:
        raise AlreadyChanged
    act.register.move_kindergarten(change.kindergarten, change.owner)
    act.write(acting, "kindergarten", change.kindergarten, f"owner {change.before}", f"owner {change.owner}")


def _renamed(act: _Act, change: Renamed) -> None:
    acting = act.kindergarten(change.kindergarten)
    if act.register.kindergarten(change.kindergarten).name != change.before:
        raise AlreadyChanged
    act.register.rename_kindergarten(change.kindergarten, change.name)
    act.write(acting, "kindergarten", change.kindergarten, f"name {change.before}", f"name {change.name}")


def _added(act: _Act, change: Added) -> None:
    acting = act.leads(Scope(kind=ScopeKind.MUNICIPALITY, id=change.municipality))
    added = act.register.add_kindergarten(change.orgnr, change.name, change.municipality, change.owner)
    act.write(acting, "kindergarten", added.id, None, f"added, owner {change.owner}")
