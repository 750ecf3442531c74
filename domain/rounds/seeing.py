"""Who sees which network's year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.register import rights
from domain.register.leading import networks_of
from domain.register.models import Network, RoleAssignment
from domain.rounds.year import YearEntry, audiences, year_of

if TYPE_CHECKING:
    from datetime import date

    from domain.ports import UnitOfWork
    from domain.rounds.models import Round


def networks_seen(uow: UnitOfWork, roles: Iterable[RoleAssignment]) -> list[Network]:
    """The active networks whose dates concern somebody with these roles, by name."""
    held = list(roles)
    mine = {n for role in held for n in networks_of(uow, role.scope)}
    return [n for n in uow.register.networks() if n.id in mine or rights.everywhere(held)]


def year_seen(
    current: Round, roles: Iterable[RoleAssignment], heads_reply_by: date | None = None
) -> tuple[YearEntry, ...]:
    """The entries of a round's year for somebody with these roles."""
    return year_of(current, audiences(r.role for r in roles), heads_reply_by)
