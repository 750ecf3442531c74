"""The conversation about needs that hold for several kindergartens: write one for all, merge, take apart."""

from __future__ import annotations

from dialogs.chosen import id_in, ids_in
from dialogs.greet import main_owner, networks_of
from dialogs.owners.owners_asking import listed_need
from dialogs.payloads import BeginCommon, CommonNeed, MergeChosen, MergeNamed, MergeNeeds, SplitNeed
from dialogs.payloads.sending import EVERY, OF_MUNICIPALITY
from dialogs.replies import (
    CardSettled,
    ChooseCovered,
    ChooseNetwork,
    ChooseToMerge,
    ChooseToSplit,
    CommonBegun,
    CommonReceipt,
    ListedNeed,
    Merged,
    NameCommon,
    NothingToMerge,
    OnlyOne,
    Reply,
    Say,
    Split,
    What,
)
from dialogs.report.asking import ask
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.models import NeedsReport, Status
from domain.needs.owners import common, merging, owner
from domain.needs.owners.merging import CannotMerge
from domain.register import rights
from domain.register.models import Kindergarten, Municipality, Network, Owner

MOST_LISTED = 100
"""Kindergartens or needs on one card; more are chosen by municipality."""


def start(turn: Turn, payload: CommonNeed) -> list[Reply]:
    """«Felles behov»: which network and which kindergartens; an open draft comes first."""
    found = _where(turn, payload.owner, payload.network, "common_need")
    if not isinstance(found, tuple):
        return found
    mine, network = found
    if len(turn.uow.register.kindergartens_of_owner(mine.id, network.id)) < 2:
        return [OnlyOne(mine)]
    if not payload.new and "municipality" not in payload.inputs:
        drafts = common.open_drafts(turn.uow, turn.me.id, mine.id, turn.now)
        here = [d for d in drafts if access.network_of(turn.uow, d.kindergarten_id).id == network.id]
        if here:
            return [CommonBegun(mine, network, here[0], len(here[0].kindergartens))]
    return [_choose(turn, mine, network, payload.inputs.get("municipality", ""))]


def newest_draft(turn: Turn) -> NeedsReport | None:
    """The common need that one has begun last, for any owner one acts for."""
    found = [
        d for i in rights.owners(turn.roles) for d in common.open_drafts(turn.uow, turn.me.id, i, turn.now)
    ]
    return max(found, key=lambda d: d.updated_at, default=None)


def begin(turn: Turn, payload: BeginCommon) -> list[Reply]:
    """The chosen kindergartens: the first question of the form."""
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    network = turn.uow.register.network(payload.network)
    chosen = _covered(turn, mine, network, payload.inputs.get("covered", ""))
    if not chosen:
        return [_choose(turn, mine, network, "", nothing_chosen=True)]
    report = common.begin(turn.uow, turn.me.id, mine.id, chosen, turn.now)
    return [CardSettled("moved"), *ask(turn, report, first=True)]


def receipt(turn: Turn, report: NeedsReport) -> list[Reply]:
    """After a common need was sent and approved in one."""
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    return [
        CardSettled("approved", report.title or ""),
        CommonReceipt(
            report=report,
            owner=turn.uow.register.owner(kindergarten.owner_id),
            network=access.network_of(turn.uow, kindergarten.id),
            kindergartens=len(report.kindergartens),
        ),
    ]


def _choose(
    turn: Turn, mine: Owner, network: Network, municipality: str, *, nothing_chosen: bool = False
) -> ChooseCovered:
    kindergartens = turn.uow.register.kindergartens_of_owner(mine.id, network.id)
    places = _municipalities(turn, kindergartens)
    within = next((m for m, _ in places if str(m.id) == municipality), None)
    if within is not None:
        shown = [k for k in kindergartens if k.municipality_id == within.id]
    else:
        shown = kindergartens if len(kindergartens) <= MOST_LISTED else []
    return ChooseCovered(
        owner=mine,
        network=network,
        kindergartens=tuple(shown[:MOST_LISTED]),
        municipalities=tuple(places),
        total=len(kindergartens),
        within=within,
        nothing_chosen=nothing_chosen,
    )


def _municipalities(turn: Turn, kindergartens: list[Kindergarten]) -> list[tuple[Municipality, int]]:
    """The municipalities that the kindergartens lie in, by name, with how many."""
    ids = [k.municipality_id for k in kindergartens]
    found = [turn.uow.register.municipality(i) for i in dict.fromkeys(ids)]
    return [(m, ids.count(m.id)) for m in sorted(found, key=lambda m: m.name)]


def _covered(turn: Turn, mine: Owner, network: Network, chosen: str) -> tuple[int, ...]:
    """The kindergartens that a choice means, each once."""
    wanted = {part.strip() for part in chosen.split(",") if part.strip()}
    return tuple(
        k.id
        for k in turn.uow.register.kindergartens_of_owner(mine.id, network.id)
        if wanted & {EVERY, f"{OF_MUNICIPALITY}{k.municipality_id}", str(k.id)}
    )


# --- merging --------------------------------------------------------------------------------------------------


def choose_to_merge(turn: Turn, payload: MergeNeeds) -> list[Reply]:
    """«Slå sammen»: which needs; those on the same themes are ticked."""
    found = _where(turn, payload.owner, payload.network, "merge_needs")
    if not isinstance(found, tuple):
        return found
    mine, network = found
    needs = _mergeable(turn, mine, network)
    if len(needs) < 2:
        return [NothingToMerge(mine)]
    return [_ask_which(turn, mine, network, needs)]


def _ask_which(
    turn: Turn, mine: Owner, network: Network, needs: list[NeedsReport], refused: CannotMerge | None = None
) -> ChooseToMerge:
    groups = merging.similar(needs)
    return ChooseToMerge(
        owner=mine,
        network=network,
        needs=tuple((n.id, listed_need(turn, n, mine.id)) for n in needs[:MOST_LISTED]),
        alike=frozenset(n.id for n in groups[0]) if groups else frozenset(),
        refused=refused.reason if refused else None,
    )


def merge_chosen(turn: Turn, payload: MergeChosen) -> list[Reply]:
    """The chosen ones: what are they to be called?"""
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    network = turn.uow.register.network(payload.network)
    ids = ids_in(payload.inputs.get("to_merge", ""))
    try:
        parts = merging.together(turn.uow, turn.me.id, ids)
    except CannotMerge as refused:
        return [_ask_which(turn, mine, network, _mergeable(turn, mine, network), refused)]
    return [CardSettled("moved"), _ask_name(turn, parts, merging.suggested(parts))]


def merge_named(turn: Turn, payload: MergeNamed) -> list[Reply]:
    """They become one, under this name."""
    title = payload.inputs.get("common_title", "")
    try:
        report = merging.merge(turn.uow, turn.me.id, payload.reports, title, turn.now)
    except CannotMerge as refused:
        if refused.reason is merging.WhyNot.TITLE:
            parts = merging.together(turn.uow, turn.me.id, payload.reports)
            return [CardSettled("moved"), _ask_name(turn, parts, title, refused)]
        return [CardSettled("stale"), Say(What.STALE), *choose_to_merge(turn, MergeNeeds())]
    parts = turn.uow.needs.merged_into(report.id)
    kindergarten = turn.uow.register.kindergarten(report.kindergarten_id)
    return [
        CardSettled("moved"),
        Merged(
            report=report,
            needs=tuple(listed_need(turn, n, kindergarten.owner_id) for n in parts),
            owner_id=kindergarten.owner_id,
            network_id=access.network_of(turn.uow, kindergarten.id).id,
        ),
    ]


def _ask_name(
    turn: Turn, parts: list[NeedsReport], title: str | None, refused: CannotMerge | None = None
) -> NameCommon:
    needs = tuple((n.id, listed_need(turn, n, _owner_of(turn, n))) for n in parts)
    return NameCommon(needs, title, refused.reason if refused else None)


def _mergeable(turn: Turn, mine: Owner, network: Network) -> list[NeedsReport]:
    found = owner.needs_of(turn.uow, mine.id, network.id, turn.now)
    return merging.mergeable([r for _, r in found])


def split(turn: Turn, payload: SplitNeed) -> list[Reply]:
    """«Del opp»: the common need that is meant, or the question which."""
    need, _, seen = payload.inputs.get("to_split", "").partition(":")
    report_id, version = id_in(need), id_in(seen)
    if report_id is None or version is None:
        report_id, version = payload.report, payload.v
    if report_id is None or version is None:
        return _ask_which_to_split(turn)
    common_one = access.owned_report(turn.uow, turn.me.id, report_id)
    freed = merging.split(turn.uow, turn.me.id, report_id, version, turn.now)
    owner_id = _owner_of(turn, common_one)
    return [
        CardSettled("moved"),
        Split(
            title=common_one.title or "",
            needs=tuple(listed_need(turn, n, owner_id) for n in freed),
            owner_id=owner_id,
            network_id=access.network_of(turn.uow, common_one.kindergarten_id).id,
        ),
    ]


def _ask_which_to_split(turn: Turn) -> list[Reply]:
    held = rights.owners(turn.roles)
    if not held:
        return [Say(What.NOT_AN_OWNER)]
    found: list[tuple[NeedsReport, ListedNeed]] = []
    for owner_id in held:
        needs = [r for _, r in owner.needs_of(turn.uow, owner_id, None, turn.now)]
        commons = {r.merged_into for r in needs}
        open_ = [r for r in needs if r.id in commons and r.status is Status.APPROVED]
        found += [(r, listed_need(turn, r, owner_id)) for r in open_]
    return [ChooseToSplit(tuple(found))]


def _where(
    turn: Turn, owner_id: int | None, network_id: int | None, verb: str
) -> tuple[Owner, Network] | list[Reply]:
    """The owner and the one network that is meant, or what to say when it is not clear."""
    mine = main_owner(turn, owner_id)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    networks = [n for n in networks_of(turn, mine) if network_id in (None, n.id)]
    if not networks:
        return [Say(What.NOT_YOURS)]
    if len(networks) > 1:
        return [ChooseNetwork(verb, mine.id, tuple(networks))]
    return mine, networks[0]


def _owner_of(turn: Turn, report: NeedsReport) -> int:
    return turn.uow.register.kindergarten(report.kindergarten_id).owner_id
