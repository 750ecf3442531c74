"""Who the bot cannot write to, for the leader: the list, and a ready e-mail."""

from __future__ import annotations

from dialogs.payloads.reach import EmailToCopy, WhoIsNotReached
from dialogs.replies import AllReached, NotReachedList, ReadyEmail, Reply, Say, What
from dialogs.turn import Turn
from domain.outreach.reaching import reach
from domain.register import rights

ADDRESSES_A_PAGE = 100
"""What most mail services take at once, and a card too."""


def who_is_not_reached(turn: Turn, payload: WhoIsNotReached) -> list[Reply]:
    """`hvem når du ikke`"""
    found = _found(turn, payload.network)
    if found is None:
        return [Say(What.NOT_A_LEADER)]
    if not found.people:
        return [AllReached(found.network.name, found.total)]
    led = rights.led_networks(turn.roles)
    others = tuple(turn.uow.register.network(i) for i in led if i != found.network.id)
    return [NotReachedList(found, others)]


def email(turn: Turn, payload: EmailToCopy) -> list[Reply]:
    """The e-mail to those of a group who still cannot be written to."""
    found = _found(turn, payload.network)
    if found is None:
        return [Say(What.NOT_A_LEADER)]
    groups = found.groups()
    if not groups:
        return [AllReached(found.network.name, found.total)]
    group = payload.group if payload.group in groups else groups[0]
    people = tuple(u for u in found.people if u.group is group)
    pages = -(-len(people) // ADDRESSES_A_PAGE)
    page = min(payload.page, pages - 1)
    shown = people[page * ADDRESSES_A_PAGE : (page + 1) * ADDRESSES_A_PAGE]
    return [ReadyEmail(found, group, shown, turn.me.name, turn.today, page, pages)]


def _found(turn: Turn, network_id: int | None) -> reach.NotReached | None:
    led = rights.led_networks(turn.roles)
    if not led:
        return None
    chosen = network_id if network_id in led else led[0]
    return reach.not_reached(turn.uow, turn.me.id, chosen, turn.now)
