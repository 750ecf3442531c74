"""Which account it is, whose it is, and where it can be written to: kept up to date with what Teams says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from dialogs.events import Event, EventKind, Who
from domain.identity import Account
from domain.outreach.models import OutOfReach, Unreachable
from domain.outreach.reaching import late
from domain.outreach.reaching.reach import why_not
from domain.register import claims

if TYPE_CHECKING:
    from domain.address import Address
    from domain.ports import UnitOfWork

_SPOKEN = (EventKind.SAID, EventKind.EDITED, EventKind.PRESSED)


def account_of(uow: UnitOfWork, event: Event, now: datetime, *, local: bool) -> Account:
    """The account, bound at first contact to the person whose address the Teams roster gives."""
    known = uow.identity.account(*event.who.account)
    account = _as_teams_says(uow, event.who, event.address, known, now, local=local, asked=True)
    if not event.personal and event.kind in _SPOKEN and acting(account, local=local) is None:
        # Perhaps one of the staff, who answers without a name: nothing about the account is kept.
        return account
    if event.kind is EventKind.REMOVED:
        _removed(uow, event, account, now)
    elif account != known or _address_is_new(uow, event):
        missed = account.person_id is not None and bool(why_not(uow, [account.person_id]))
        uow.identity.save_account(account)
        uow.identity.save_address(event.address, now)
        _heard_of(uow, account, now, missed=missed, speaks=event.personal)
    return account


def seen_in_roster(uow: UnitOfWork, members: list[tuple[Who, Address]], now: datetime) -> None:
    """Keeps how those who are in a team can be written to; nothing about people whom the register does not know."""
    for who, address in members:
        known = uow.identity.account(*who.account)
        account = _as_teams_says(uow, who, address, known, now, local=False, asked=False)
        if account.person_id is None:
            continue
        missed = bool(why_not(uow, [account.person_id]))
        if account != known:
            uow.identity.save_account(account)
        _heard_of(uow, account, now, missed=missed, speaks=account.can_be_opened)


def let_in(uow: UnitOfWork, account: Account, person_id: int, now: datetime) -> None:
    """Binds the account to the person, as a leader has said."""
    missed = bool(why_not(uow, [person_id]))
    bound = account.model_copy(update={"person_id": person_id})
    uow.identity.save_account(bound)
    _heard_of(uow, bound, now, missed=missed, speaks=True)


def acting(account: Account, *, local: bool) -> int | None:
    """The person that the account acts as: another than its own only with local mode's persona switch."""
    return account.acting_as if local and account.acting_as else account.person_id


def _as_teams_says(
    uow: UnitOfWork,
    who: Who,
    address: Address,
    known: Account | None,
    now: datetime,
    *,
    local: bool,
    asked: bool,
) -> Account:
    """The account as it is now. `asked`: somebody wants something, so a leader is shown a second account."""
    account = known or Account(tenant_id=who.tenant_id, aad_object_id=who.aad_object_id)
    changes: dict[str, object] = {}
    if who.emails:
        changes["guest"] = who.guest
        if account.email not in who.emails or account.name != who.name:
            changes |= {"name": who.name, "email": who.emails[0]}
    if not local and address.user_id:
        # A client of local mode is gone with its port: nobody is to be found there by this later.
        changes |= {
            "user_id": address.user_id,
            "service_url": address.service_url,
            "bot_id": address.bot_id,
        }
    account = account.model_copy(update=changes)
    if account.person_id is None:
        emails = who.emails or ((account.email,) if account.email else ())
        return _bound(uow, account, emails, now, local=local, asked=asked)
    if not uow.register.roles_of(account.person_id):
        return account.model_copy(update={"person_id": None})
    return account


def _bound(
    uow: UnitOfWork, account: Account, emails: tuple[str, ...], now: datetime, *, local: bool, asked: bool
) -> Account:
    for email in emails:
        person = uow.register.person_by_email(email)
        if person is None:
            continue
        others = claims.accounts_beside(uow, person.id, account.tenant_id, account.aad_object_id)
        if local or all(other.guest for other in others):
            # As a guest somewhere one is nobody else than at home.
            return account.model_copy(update={"person_id": person.id})
        if asked and not account.guest:
            claims.tell_leader(uow, account, person, now)
    return account


def _address_is_new(uow: UnitOfWork, event: Event) -> bool:
    """Whether the address is to be kept. One that was forgotten since a message was refused is new again."""
    if event.address_changed or not event.personal:
        return event.address_changed
    return uow.identity.address(event.address.conversation_id) != event.address


def _removed(uow: UnitOfWork, event: Event, account: Account, now: datetime) -> None:
    uow.identity.forget_address(event.address.conversation_id)
    if event.personal and account.person_id is not None:
        gone = Unreachable(person_id=account.person_id, reason=OutOfReach.REFUSED, seen_at=now)
        uow.outreach.save_unreachable(gone)


def _heard_of(uow: UnitOfWork, account: Account, now: datetime, *, missed: bool, speaks: bool) -> None:
    """What follows when somebody is heard of: with `missed` they could not be written to until now."""
    if account.person_id is None:
        return
    if missed and speaks:
        uow.outreach.reached(account.person_id)
    if missed and not why_not(uow, [account.person_id]):
        late.send_missed(uow, account.person_id, now)
