"""Needs at the network: read by those who may, and acted on by its leader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from dialogs.attached import files_of
from dialogs.chosen import id_in
from dialogs.payloads import ChangeAct, ChooseAct, DoAct, NetworkNeed, NetworkNeeds, PrepareAct
from dialogs.replies import (
    ActConfirm,
    ActDone,
    ActForm,
    ActProblem,
    CardSettled,
    NetworkNeedCard,
    NetworkNeedsList,
    Reply,
    Say,
    What,
)
from dialogs.turn import Turn
from domain.needs.acting import perform
from domain.needs.errors import Stale, UnknownReport
from domain.needs.history import last_act
from domain.needs.lifecycle import Act, Arrow, Condition, Party, arrow
from domain.needs.models import Status
from domain.needs.networks import network
from domain.needs.networks.network import Readable, Reported
from domain.norwegian.hygiene import clean, has_words, likely_personal
from domain.norwegian.past_dates import understand_past_date
from domain.register.models import Role

PAGE = 8
MOST_READ = 4
LONGEST_NOTE = 600
NOT_DECIDED = frozenset({Status.REPORTED, Status.UNDER_CONSIDERATION})


def needs(turn: Turn, payload: NetworkNeeds) -> list[Reply]:
    """`meldte behov`: what owners have sent, a page at a time, for everybody who may read of it."""
    if not turn.event.personal:
        return [Say(What.PERSONAL_PLEASE)]
    found = _readable(turn, payload.network)
    if found is None:
        return [Say(What.NOT_A_READER)]
    state, owner = _filter(payload)
    wanted = [n for n in found.shown if state in (None, n.report.status) and owner in (None, n.owner.id)]
    pages = max(1, -(-len(wanted) // PAGE))
    page = min(payload.page, pages - 1)
    states = Counter(n.report.status for n in found.shown)
    owners = Counter((n.owner.id, n.owner.name) for n in found.shown)
    return [
        NetworkNeedsList(
            network=found.network.name,
            network_id=found.network.id,
            role=found.role,
            among_roles=bool(turn.other_roles()),
            items=tuple(wanted[page * PAGE : (page + 1) * PAGE]),
            page=page,
            pages=pages,
            total=len(wanted),
            only_counted=len(found.needs) - len(found.shown),
            themes=found.themes,
            states=tuple((s, states[s]) for s in Status if states[s]),
            owners=tuple((i, name, n) for (i, name), n in owners.items()),
            state=state,
            owner=owner,
            elsewhere=tuple(
                (n.id, n.name)
                for n in network.networks_to_read(turn.uow, turn.me.id)
                if n.id != found.network.id
            ),
        )
    ]


def _readable(turn: Turn, network_id: int | None) -> Readable | None:
    """What the person reads of: the network asked for, else their own, else the first that they read of."""
    mine = turn.network()
    ids = [n.id for n in network.networks_to_read(turn.uow, turn.me.id)]
    wanted = [i for i in (network_id, mine.id if mine else None, *ids) if i in ids]
    if not wanted:
        return None
    return network.readable(turn.uow, turn.me.id, wanted[0], turn.now, turn.role)


def _filter(payload: NetworkNeeds) -> tuple[Status | None, int | None]:
    kind, _, value = payload.inputs.get("need_filter", "").partition(":")
    if kind == "state" and value in set(Status):
        return Status(value), None
    if kind == "owner" and (owner := id_in(value)) is not None:
        return None, owner
    return (None, None) if kind == "all" else (payload.state, payload.owner)


def need(turn: Turn, payload: NetworkNeed) -> list[Reply]:
    """One whole need, or those that were ticked, a few at a time."""
    ids = [payload.need] if payload.need else [i for i, _ in _chosen(payload.inputs)]
    if not ids:
        return [Say(What.CHOOSE_SOMETHING)]
    return [reply for i in ids[:MOST_READ] for reply in _with_files(turn, i)]


def _with_files(turn: Turn, report_id: int) -> list[Reply]:
    card = _card(turn, report_id)
    report = turn.uow.needs.get(report_id)
    return [*(files_of(turn, report) if report else []), card]


def _card(turn: Turn, report_id: int) -> Reply:
    found = network.readable_need(turn.uow, turn.me.id, report_id, turn.role)
    where = turn.uow.register.network_of_kindergarten(found.report.kindergarten_id)
    roles = network.reading_roles(turn.uow, turn.me.id, where.id)
    done = last_act(turn.uow, report_id) if found.report.status is not Status.REPORTED else None
    return NetworkNeedCard(
        need=found,
        network=where.name,
        network_id=where.id,
        role=turn.role if turn.role in roles else roles[0],
        among_roles=bool(turn.other_roles()),
        act=done,
    )


# --- what the leader does -------------------------------------------------------------------------------------


def choose(turn: Turn, payload: ChooseAct) -> list[Reply]:
    """«Hva skal skje?» with those that were ticked; the only one in the list needs no tick."""
    chosen = _chosen(payload.inputs) or ([payload.only] if payload.only else [])
    if not chosen:
        return [Say(What.CHOOSE_SOMETHING)]
    return [_form(turn, _as_seen(turn, chosen))]


def prepare(turn: Turn, payload: PrepareAct) -> list[Reply]:
    """Reads the act, the reason and the day, and shows them before anything happens."""
    shown = _as_seen(turn, payload.needs)
    note, day = clean(payload.inputs.get("act_note", "")), clean(payload.inputs.get("act_day", ""))
    act = next((a for a in Act if a.value == payload.inputs.get("act")), None)
    arrows = _arrows(shown, act) if act is not None else []
    if act is None or len(arrows) != len(shown):
        return [CardSettled("moved"), _form(turn, shown, None, note, day, ActProblem.NO_ACT)]
    asked = frozenset().union(*(a.conditions for a in arrows))
    found = understand_past_date(day, turn.today) if Condition.DAY in asked and day else None
    if problem := _problem(asked, note, day, found, turn.today):
        return [CardSettled("moved"), _form(turn, shown, act, note, day, problem)]
    if not asked and not any(a.tells for a in arrows):
        return do(turn, DoAct(needs=payload.needs, act=act))
    told = _told(arrows)
    return [
        CardSettled("moved"),
        ActConfirm(shown, act, note or None, found, told, bool(likely_personal(note))),
    ]


def _problem(
    asked: frozenset[Condition], note: str, day: str, found: date | None, today: date
) -> ActProblem | None:
    if len(note) > LONGEST_NOTE:
        return ActProblem.NOTE_TOO_LONG
    if Condition.NOTE in asked and not has_words(note):
        return ActProblem.NOTE_MISSING
    if Condition.DAY not in asked:
        return None
    if not day:
        return ActProblem.DAY_MISSING
    if found is None:
        return ActProblem.DAY_NOT_UNDERSTOOD
    return ActProblem.DAY_IN_FUTURE if found > today else None


def change(turn: Turn, payload: ChangeAct) -> list[Reply]:
    """«Endre»: the form again, as it was filled in."""
    day = payload.day.strftime("%d.%m.%Y") if payload.day else ""
    return [
        CardSettled("moved"),
        _form(turn, _as_seen(turn, payload.needs), payload.act, payload.note or "", day),
    ]


def do(turn: Turn, payload: DoAct) -> list[Reply]:
    """«Registrer»: all of them, or none when one has been handled meanwhile."""
    shown = _seen(turn, payload.needs)
    arrows = _arrows(shown, payload.act)
    for report_id, version in payload.needs:
        perform(
            turn.uow,
            turn.me.id,
            report_id,
            payload.act,
            turn.now,
            version=version,
            note=payload.note,
            day=payload.day,
        )
    where = turn.uow.register.network_of_kindergarten(shown[0].report.kindergarten_id)
    after = network.readable(turn.uow, turn.me.id, where.id, turn.now, turn.role)
    left = sum(1 for n in after.needs if n.report.status in NOT_DECIDED)
    titles = tuple(n.title or "" for n in shown)
    return [
        CardSettled("registered", "\n".join(titles[:12])),
        ActDone(titles, payload.act, payload.day, _told(arrows), where.id, left),
    ]


def _as_seen(turn: Turn, chosen: Sequence[tuple[int, int]]) -> tuple[Reported, ...]:
    """The needs, for somebody who leads; Stale when one is not as the card showed it."""
    versions, found = dict(chosen), _seen(turn, chosen)
    if any(n.report.version != versions[n.report.id] for n in found):
        raise Stale
    return found


def _seen(turn: Turn, chosen: Sequence[tuple[int, int]]) -> tuple[Reported, ...]:
    role = _leading(turn)
    return tuple(network.readable_need(turn.uow, turn.me.id, i, role) for i in dict(chosen))


def _leading(turn: Turn) -> Role:
    held = {r.role for r in turn.roles}
    if not held & {Role.LEADER, Role.COORDINATOR}:
        raise UnknownReport
    return Role.LEADER if Role.LEADER in held else Role.COORDINATOR


def _form(
    turn: Turn,
    shown: tuple[Reported, ...],
    act: Act | None = None,
    note: str = "",
    day: str = "",
    problem: ActProblem | None = None,
) -> Reply:
    acts = tuple(a for a in Act if all(a in n.acts for n in shown))
    where = turn.uow.register.network_of_kindergarten(shown[0].report.kindergarten_id)
    return ActForm(shown, acts, where.id, act, note[:LONGEST_NOTE], day[:100], problem)


def _arrows(shown: Sequence[Reported], act: Act) -> list[Arrow]:
    found = (arrow(act, n.report.status, Role.LEADER) for n in shown)
    return [a for a in found if a is not None]


def _told(arrows: Sequence[Arrow]) -> tuple[Party, ...]:
    found = {party for a in arrows for party, _ in a.tells}
    return tuple(party for party in (Party.OWNER, Party.HEAD) if party in found)


def _chosen(inputs: dict[str, str]) -> list[tuple[int, int]]:
    """What was ticked: «id:version» of each need."""
    pairs = (part.strip().partition(":") for part in inputs.get("chosen_needs", "").split(","))
    found = ((id_in(need), id_in(version)) for need, _, version in pairs)
    return [(need, version) for need, version in found if need is not None and version is not None][:PAGE]
