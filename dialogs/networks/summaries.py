"""`sammendrag`: for the channel, for the leader, for the county and for everybody else; and how often it comes."""

from __future__ import annotations

from dialogs import digests
from dialogs.payloads import Summary, Weekly
from dialogs.replies import (
    ChannelPost,
    ContentReply,
    CountyGreeting,
    LeadersSummary,
    Reply,
    Say,
    WeeklySwitched,
    What,
)
from dialogs.turn import Turn
from domain.needs.errors import NoOpenRound
from domain.outreach import summaries
from domain.outreach.digests import county
from domain.outreach.summaries import ChannelSummary
from domain.register import rights
from domain.register.models import Network, Role, ScopeKind
from domain.rounds.seeing import networks_seen


def summary(turn: Turn, payload: Summary) -> list[Reply]:
    """`sammendrag`: the channel's network; in a personal chat the network that one leads or belongs to."""
    if not turn.event.personal:
        return _in_channel(turn)
    if payload.network is None and (own := digests.digest_for(turn)) is not None:
        return own
    if payload.network in rights.led_networks(turn.roles):
        return [_for_leader(turn, payload.network)]
    if turn.role is Role.COUNTY:
        return _for_county(turn)
    mine = turn.network()
    if mine is None:
        return [Say(What.EVERY_NETWORK if rights.everywhere(turn.roles) else What.NOT_BOUND)]
    return [ContentReply(_content(turn, mine.id))]


def summary_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`sammendrag`, and `sammendrag gauldal` for whoever follows several networks."""
    if argument is None or not turn.event.personal:
        return summary(turn, Summary())
    within = _within(turn)
    named = turn.uow.register.network_by_name(argument)
    if named is None or named.id not in {n.id for n in within}:
        names = ", ".join(n.name for n in within)
        return [Say(What.NO_SUMMARY_OF, {"names": names}) if names else Say(What.NOT_BOUND)]
    if (own := digests.digest_for(turn, named.id)) is not None:
        return own
    if named.id in rights.led_networks(turn.roles):
        return [_for_leader(turn, named.id)]
    return [ContentReply(_content(turn, named.id))]


def weekly(turn: Turn, payload: Weekly) -> list[Reply]:
    """`ukentlig sammendrag`, on or off."""
    led = rights.led_networks(turn.roles)
    if not turn.event.personal or not led:
        return [Say(What.NOT_A_LEADER)]
    network = turn.uow.register.network(payload.network if payload.network in led else led[0])
    changed = summaries.switch_weekly(turn.uow, turn.me.id, network.id, payload.on, turn.now)
    bound = bool(turn.uow.identity.bindings(network.id))
    return [WeeklySwitched(network.name, payload.on, bound, already=not changed)]


def county_greeting(turn: Turn) -> CountyGreeting | None:
    """How somebody at the county is met; None while none of their networks is in a round."""
    found = county.county_summary(turn.uow, turn.me, turn.now)
    return CountyGreeting(turn.me, found, turn.today, turn.other_roles()) if found else None


def _in_channel(turn: Turn) -> list[Reply]:
    binding = turn.uow.identity.binding_of(turn.event.address.conversation_id)
    if binding is None:
        return [Say(What.NOT_BOUND)]
    content = _content(turn, binding.network_id)
    # Always a new post: who asks looks for the answer where they asked, and a change further up is told to nobody.
    summaries.posted(turn.uow, binding.id, content, "", turn.now)
    return [ChannelPost(content, binding.id, turn.today)]


def _for_leader(turn: Turn, network_id: int) -> Reply:
    current = turn.uow.rounds.current(network_id, turn.today)
    return LeadersSummary(
        content=_content(turn, network_id),
        weekly=bool(current and current.weekly),
        bound=bool(turn.uow.identity.bindings(network_id)),
        today=turn.today,
    )


def _for_county(turn: Turn) -> list[Reply]:
    found = county.county_summary(turn.uow, turn.me, turn.now)
    if found is None:
        raise NoOpenRound
    return [ContentReply(found)]


def _content(turn: Turn, network_id: int) -> ChannelSummary:
    content = summaries.channel_summary(turn.uow, network_id, turn.now)
    if content is None:
        raise NoOpenRound
    return content


def _within(turn: Turn) -> list[Network]:
    """The networks that one may have the summary of: those one belongs to by any role, or follows at the county."""
    own = [r for r in turn.roles if r.scope.kind is not ScopeKind.ALL]
    ids = {n.id for n in (*networks_seen(turn.uow, own), *county.networks_of(turn.uow, turn.roles))}
    return [n for n in turn.uow.register.networks() if n.id in ids]
