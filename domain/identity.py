"""Who somebody is in Teams, and which channel belongs to which network."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from domain.address import Address


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)


class Account(_Frozen):
    """A Teams account: tenant and AAD object id, bound to a person of the register at first contact.

    `acting_as` is the person that local mode's persona switch shows; never set when an app id is. `user_id`,
    `service_url` and `bot_id` are how Teams knows the account, for a chat that the bot opens itself; None until known.
    `guest`: of the tenant, or from one that is not let in; no chat is opened with a guest.
    """

    tenant_id: str
    aad_object_id: str
    person_id: int | None = None
    acting_as: int | None = None
    name: str | None = None
    email: str | None = None
    user_id: str | None = None
    service_url: str | None = None
    bot_id: str | None = None
    guest: bool = False

    @property
    def can_be_opened(self) -> bool:
        """Whether the bot knows enough to open a chat with it."""
        return bool(self.user_id and self.service_url and self.bot_id) and not self.guest


class Binding(_Frozen):
    """A channel or group chat that a network uses."""

    id: int
    network_id: int
    address: Address
    bound_by: int
    bound_at: datetime


class RequestState(StrEnum):
    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


class AccessRequest(_Frozen):
    """Somebody whom the register does not know asks to come in as the head of a kindergarten or as an owner."""

    id: int
    tenant_id: str
    aad_object_id: str
    name: str
    email: str
    role: str
    scope_kind: str
    scope_id: int
    network_id: int
    state: RequestState = RequestState.OPEN
    created_at: datetime
    answered_by: int | None = None
