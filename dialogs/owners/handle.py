"""The owner's lists: what waits, what came back, what is approved, and who has not answered."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.chosen import id_in, ids_in
from dialogs.greet import main_owner
from dialogs.networks import closing
from dialogs.owners.declining import comment
from dialogs.owners.reply_by import answer_day
from dialogs.payloads import Nudge, ShowHandling, ToHandle
from dialogs.replies import CardSettled, Listed, Nudged, Reply, Say, Waiting, What
from dialogs.state import Flow
from dialogs.turn import Turn
from domain.needs import access, notices
from domain.needs.errors import NoOpenRound
from domain.needs.overview import Answer
from domain.needs.owners import reply_by
from domain.needs.owners.desk import Desk, View, desk
from domain.register.models import Municipality, Owner, Role
from domain.register.names import sort_key

PAGE = 8
NAMES_ON_A_PAGE = 20


def to_handle(turn: Turn, payload: ToHandle) -> list[Reply]:
    """`til behandling`: the needs that wait, a page at a time; or another list of what the owner has before it."""
    mine = main_owner(turn, payload.owner)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    found = desk(turn.uow, mine, turn.now)
    view = payload.view or _first_with_something(found.sizes())
    # The municipality that one went through is done: on to the others.
    place = payload.place if view is View.UNANSWERED or found.needs(view, payload.place) else None
    ticked = [*payload.ticked, *ids_in(payload.inputs.get("chosen", ""))]
    return [_listed(turn, found, view, place, payload.page, frozenset(ticked))]


def show(turn: Turn, payload: ShowHandling) -> list[Reply]:
    """What is chosen in the card's lists, from its first page."""
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    wanted = payload.inputs.get("list_view", "")
    view = View(wanted) if wanted in set(View) else payload.view
    place = payload.inputs.get("list_place", "")
    ticked = [*payload.ticked, *ids_in(payload.inputs.get("chosen", ""))]
    found = desk(turn.uow, mine, turn.now)
    return [_listed(turn, found, view, id_in(place), 0, frozenset(ticked))]


def _listed(
    turn: Turn, found: Desk, view: View, place: int | None, page: int, ticked: frozenset[int]
) -> Waiting:
    # Whoever has several roles acts as owner from here.
    if turn.other_roles():
        turn.state = turn.state.model_copy(update={"role": Role.OWNER.value})
    places = found.places(view)
    place = place if place in places and len(places) > 1 else None
    missing = found.unanswered(place) if view is View.UNANSWERED else []
    needs = [] if view is View.UNANSWERED else found.needs(view, place)
    size = NAMES_ON_A_PAGE if view is View.UNANSWERED else PAGE
    total = len(missing) + len(needs)
    pages = max(1, -(-total // size))
    page = min(page, pages - 1)
    here = slice(page * size, (page + 1) * size)
    shown = needs[here]
    waiting = {r.id for _, r in found.needs(View.WAITING)}
    return Waiting(
        owner=found.owner,
        view=view,
        items=tuple(Listed(k, r, found.number_of_needs(k.id)) for k, r in shown),
        missing=tuple(missing[here]),
        page=page,
        pages=pages,
        total=total,
        sizes=found.sizes(),
        places=_towns(turn, places, place),
        place=place,
        all_ids=tuple(r.id for _, r in needs) if view is View.WAITING else (),
        ticked=tuple(sorted(ticked & waiting)) if view is View.WAITING else tuple(sorted(ticked)),
        counts=found.counts,
        reply_by=_reply_by(turn, found.owner) if view is View.UNANSWERED else None,
        today=turn.today,
        as_owner=bool(turn.other_roles()),
    )


def _towns(turn: Turn, places: Mapping[int, int], chosen: int | None) -> tuple[tuple[Municipality, int], ...]:
    """The municipalities with something of this list, and the one that is chosen, by name."""
    found = [(turn.uow.register.municipality(i), n) for i, n in places.items() if n or i == chosen]
    if chosen is None and len(found) < 2:
        return ()
    return tuple(sorted(found, key=lambda pair: sort_key(pair[0].name)))


def _first_with_something(sizes: dict[View, int]) -> View:
    """What waits goes first, then what came back; an empty list of what waits when nothing does."""
    return next((v for v in (View.WAITING, View.SENT_BACK) if sizes[v]), View.WAITING)


def _reply_by(turn: Turn, mine: Owner) -> reply_by.ReplyBy | None:
    try:
        return reply_by.of_owner(turn.uow, mine, turn.now)
    except NoOpenRound:
        return None


def nudge(turn: Turn, payload: Nudge) -> list[Reply]:
    """«Minn dem»: asks the heads who have not answered, once a day at most.

    Where the network takes needs in another way, only those who have begun are asked.
    """
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    found = desk(turn.uow, mine, turn.now)
    missing = found.unanswered(payload.place)
    begun = {s.kindergarten.id for s in found.standings if s.answer is Answer.BEGUN}
    off = {n.id for n in found.networks if closing.all_off(turn, [n])}
    left_alone = [k for k in missing if k.id not in begun and found.network_ids[k.municipality_id] in off]
    elsewhere = sorted({found.network_ids[k.municipality_id] for k in left_alone})
    other_ways = [closing.form_is_off(turn, i) for i in elsewhere]
    asked = [k for k in missing if k not in left_alone]
    if other_ways and not asked:
        return [*other_ways]
    told = notices.nudge(turn.uow, asked, turn.today.isoformat(), turn.me.id, turn.now)
    return [Nudged(told, len(asked)), *other_ways]


def nudge_words(turn: Turn) -> list[Reply]:
    """`purr`."""
    mine = main_owner(turn)
    return nudge(turn, Nudge(owner=mine.id)) if mine else [Say(What.NOT_AN_OWNER)]


def cancel(turn: Turn) -> list[Reply]:
    """`avbryt` where a comment or a date was asked for: nothing is changed, and the list comes again."""
    turn.state = turn.state.closed()
    return [CardSettled("not_kept"), *to_handle(turn, ToHandle())]


def comment_text(turn: Turn, text: str) -> list[Reply]:
    """The typed text that was asked for: a comment on a need, or the heads' date."""
    return answer_day(turn, text) if turn.state.flow is Flow.REPLY_BY else comment(turn, text)
