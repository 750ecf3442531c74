"""A second Teams account that claims an address: the leader is shown it once, and says which one holds."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from domain.identity import AccessRequest, Account
from domain.outbox import MessageKind, OutboxMessage
from domain.register.leading import networks_of
from domain.register.models import Person, Role, RoleAssignment, Scope, ScopeKind

if TYPE_CHECKING:
    from domain.ports import UnitOfWork


def accounts_beside(uow: UnitOfWork, person_id: int, tenant_id: str, aad_object_id: str) -> list[Account]:
    """The accounts that are bound to a person, this one left out."""
    bound = uow.identity.account_of_person(person_id)
    return [a for a in bound if (a.tenant_id, a.aad_object_id) != (tenant_id, aad_object_id)]


def tell_leader(uow: UnitOfWork, account: Account, person: Person, now: datetime) -> None:
    """Shows the leader the account that claims somebody's address; the same account and person only once."""
    held = next((r for r in uow.register.roles_of(person.id) if r.role in (Role.HEAD, Role.OWNER)), None)
    if held is None or account.email is None:
        return
    network_id = min(networks_of(uow, held.scope))
    leaders = uow.register.people_with(Role.LEADER, Scope(kind=ScopeKind.NETWORK, id=network_id))
    claim = f"account_claimed:{account.tenant_id}:{account.aad_object_id}:{person.id}"[:150]
    keys = [f"{claim}:{leader.id}" for leader in leaders]
    if uow.outbox.known(keys) or uow.identity.open_request(account.tenant_id, account.aad_object_id):
        return
    asked = uow.identity.add_request(_request(account, person, held, network_id, now))
    for key, leader in zip(keys, leaders, strict=True):
        uow.outbox.add(
            OutboxMessage(
                key=key,
                kind=MessageKind.ACCESS_REQUESTED,
                person_id=leader.id,
                params={"request": asked.id},
                due_at=now,
            )
        )


def is_claim(uow: UnitOfWork, request: AccessRequest) -> bool:
    """Whether the address of a request belongs to somebody whom another account is bound to."""
    person = uow.register.person_by_email(request.email)
    return person is not None and bool(
        accounts_beside(uow, person.id, request.tenant_id, request.aad_object_id)
    )


def take_over(uow: UnitOfWork, request: AccessRequest) -> None:
    """Lets go of the accounts that were bound to the person before, unless the new one is only a guest's."""
    person = uow.register.person_by_email(request.email)
    new = uow.identity.account(request.tenant_id, request.aad_object_id)
    if person is None or (new is not None and new.guest):
        return
    for account in accounts_beside(uow, person.id, request.tenant_id, request.aad_object_id):
        uow.identity.save_account(account.model_copy(update={"person_id": None}))


def _request(
    account: Account, person: Person, held: RoleAssignment, network_id: int, now: datetime
) -> AccessRequest:
    return AccessRequest(
        id=0,
        tenant_id=account.tenant_id,
        aad_object_id=account.aad_object_id,
        name=account.name or person.name,
        email=person.email,
        role=held.role.value,
        scope_kind=held.scope.kind.value,
        scope_id=held.scope.id,
        network_id=network_id,
        created_at=now,
    )
