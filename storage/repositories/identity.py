"""Accounts, conversation addresses, bindings of channels and requests to come in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, and_, select

from domain.address import Address
from domain.identity import AccessRequest, Account, Binding, RequestState
from storage.session import Session
from storage.statements import batches
from storage.tables import access_request as requests
from storage.tables import account as accounts
from storage.tables import address as addresses
from storage.tables import binding as channels

_PERSONAL: Final = "personal"
_OF_ACCOUNT: Final = and_(
    addresses.c.tenant_id == accounts.c.tenant_id,
    addresses.c.aad_object_id == accounts.c.aad_object_id,
)
_LATEST: Final = (addresses.c.updated_at.desc(), addresses.c.id.desc())
_ACCOUNT_FIELDS: Final = tuple(Account.model_fields)


class SqlIdentity:
    """An IdentityRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def account(self, tenant_id: str, aad_object_id: str) -> Account | None:
        row = self._session.find(accounts, tenant_id=tenant_id, aad_object_id=aad_object_id)
        return _account(row) if row else None

    def save_account(self, account: Account) -> None:
        self._session.upsert(accounts, ("tenant_id", "aad_object_id"), account.model_dump())

    def account_of_person(self, person_id: int) -> list[Account]:
        """The one that was known first comes first."""
        found = select(accounts).where(accounts.c.person_id == person_id).order_by(accounts.c.id)
        return [_account(row) for row in self._session.rows(found)]

    def accounts_of(self, person_ids: Sequence[int]) -> list[Account]:
        """By id, so that the one that was known first comes first."""
        return [
            _account(row)
            for batch in batches(person_ids)
            for row in self._session.rows(
                select(accounts).where(accounts.c.person_id.in_(batch)).order_by(accounts.c.id)
            )
        ]

    def with_chat(self, person_ids: Sequence[int]) -> set[int]:
        # Local mode's persona switch counts as well: the chat shows what is sent to whom it acts as.
        return {
            row[0]
            for whose in (accounts.c.person_id, accounts.c.acting_as)
            for batch in batches(person_ids)
            for row in self._session.rows(
                select(whose)
                .join(addresses, _OF_ACCOUNT)
                .where(addresses.c.kind == _PERSONAL, whose.in_(batch))
            )
        }

    def address(self, conversation_id: str) -> Address | None:
        row = self._session.find(addresses, conversation_id=conversation_id)
        return _address(row) if row else None

    def save_address(self, address: Address, now: datetime) -> None:
        self._session.upsert(
            addresses,
            ("conversation_id",),
            {**asdict(address), "kind": str(address.kind), "updated_at": now},
        )
        if address.kind != _PERSONAL:
            # Teams may move a conversation to another service address; its binding moves along.
            moved = channels.c.conversation_id == address.conversation_id
            elsewhere = channels.c.service_url != address.service_url
            new = {"service_url": address.service_url}
            self._session.write(channels.update().where(moved, elsewhere).values(new))

    def forget_address(self, conversation_id: str) -> None:
        self._session.write(addresses.delete().where(addresses.c.conversation_id == conversation_id))

    def personal_address(self, person_id: int) -> Address | None:
        own = accounts.c.person_id == person_id, addresses.c.kind == _PERSONAL
        # A chat with a guest fails on some clients: an account at home goes first.
        order = accounts.c.guest, *_LATEST
        found = select(addresses).join(accounts, _OF_ACCOUNT).where(*own).order_by(*order).limit(1)
        row = self._session.first(found)
        return _address(row) if row else None

    def demo_addresses(self) -> list[tuple[Address, Account]]:
        acting = accounts.c.acting_as.is_not(None), addresses.c.kind == _PERSONAL
        of_account = [accounts.c[name].label(f"account_{name}") for name in _ACCOUNT_FIELDS]
        found = select(addresses, *of_account).join(accounts, _OF_ACCOUNT).where(*acting).order_by(*_LATEST)
        return [(_address(row), _account(row, "account_")) for row in self._session.rows(found)]

    def bind(self, network_id: int, address: Address, person_id: int, now: datetime) -> Binding:
        """Bound again to the same network, a conversation keeps its binding's id."""
        other = (
            channels.c.conversation_id == address.conversation_id,
            channels.c.network_id != network_id,
        )
        self._session.write(channels.delete().where(*other))
        values = {
            **asdict(address),
            "kind": str(address.kind),
            "network_id": network_id,
            "bound_by": person_id,
            "bound_at": now,
        }
        return _binding(self._session.upsert(channels, ("conversation_id",), values))

    def unbind(self, conversation_id: str) -> bool:
        gone = channels.delete().where(channels.c.conversation_id == conversation_id)
        return bool(self._session.returning(gone.returning(channels.c.id)))

    def binding(self, binding_id: int) -> Binding | None:
        row = self._session.find(channels, id=binding_id)
        return _binding(row) if row else None

    def binding_of(self, conversation_id: str) -> Binding | None:
        row = self._session.find(channels, conversation_id=conversation_id)
        return _binding(row) if row else None

    def bindings(self, network_id: int) -> list[Binding]:
        """Oldest first."""
        found = select(channels).where(channels.c.network_id == network_id).order_by(channels.c.id)
        return [_binding(row) for row in self._session.rows(found)]

    def add_request(self, request: AccessRequest) -> AccessRequest:
        id = self._session.insert(requests, _request_values(request))
        return request.model_copy(update={"id": id})

    def request(self, request_id: int) -> AccessRequest | None:
        row = self._session.find(requests, id=request_id)
        return AccessRequest.model_validate(row._mapping) if row else None

    def open_request(self, tenant_id: str, aad_object_id: str) -> AccessRequest | None:
        """The latest one."""
        theirs = requests.c.tenant_id == tenant_id, requests.c.aad_object_id == aad_object_id
        is_open = requests.c.state == RequestState.OPEN.value
        found = select(requests).where(*theirs, is_open).order_by(requests.c.id.desc()).limit(1)
        row = self._session.first(found)
        return AccessRequest.model_validate(row._mapping) if row else None

    def open_requests(self, network_id: int) -> list[AccessRequest]:
        waiting = requests.c.network_id == network_id, requests.c.state == RequestState.OPEN.value
        rows = self._session.rows(select(requests).where(*waiting).order_by(requests.c.id))
        return [AccessRequest.model_validate(row._mapping) for row in rows]

    def save_request(self, request: AccessRequest) -> None:
        self._session.replace(requests, _request_values(request), id=request.id)


def _account(row: Row[Any], prefix: str = "") -> Account:
    values = row._mapping
    return Account.model_validate({name: values[prefix + name] for name in _ACCOUNT_FIELDS})


def _address(row: Row[Any]) -> Address:
    return Address(
        tenant_id=row.tenant_id,
        service_url=row.service_url,
        conversation_id=row.conversation_id,
        kind=row.kind,
        bot_id=row.bot_id,
        user_id=row.user_id,
        aad_object_id=row.aad_object_id,
    )


def _binding(row: Row[Any]) -> Binding:
    return Binding(
        id=row.id,
        network_id=row.network_id,
        address=_address(row),
        bound_by=row.bound_by,
        bound_at=row.bound_at,
    )


def _request_values(request: AccessRequest) -> dict[str, Any]:
    return {**request.model_dump(exclude={"id"}), "state": request.state.value}
