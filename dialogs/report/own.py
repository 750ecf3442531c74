"""`mine meldinger`: what one has in the round, and the order of importance among several."""

from __future__ import annotations

from dataclasses import replace

from dialogs.payloads import AskRank, Rank
from dialogs.replies import CardSettled, MyReportsList, Ranked, RankForm, Reply, Say, What
from dialogs.report.asking import open_drafts, own_kindergartens, owner_of, which_kindergarten
from dialogs.turn import Turn
from domain.needs import overview
from domain.needs.errors import Stale
from domain.needs.heads import ranking
from domain.needs.models import Source, Status
from domain.register.models import Kindergarten


def mine(turn: Turn, *, choose_draft: bool = False) -> list[Reply]:
    """Drafts and sent needs of all one's kindergartens."""
    kindergartens = own_kindergartens(turn)
    if not kindergartens:
        return [Say(What.NOT_A_HEAD)]
    standings = tuple(_known(s) for s in overview.standings(turn.uow, kindergartens, turn.now))
    mine = {k.id for k in kindergartens}
    sent = tuple(
        r
        for s in standings
        for r in s.reports
        if r.status is Status.SENT_TO_OWNER
        and r.kindergarten_id in mine
        and r.source is not Source.OWNER
        and r.merged_into is None
    )
    return [
        MyReportsList(
            standings,
            open=tuple(open_drafts(turn)),
            sent=tuple({r.id: r for r in sent}.values()),
            rankable=_rankable(turn, kindergartens),
            choose_draft=choose_draft,
        )
    ]


def _known(standing: overview.KindergartenStanding) -> overview.KindergartenStanding:
    """Without what the owner has begun to write for the kindergarten and not finished."""
    reports = (r for r in standing.reports if r.submitted_at is not None or r.source is not Source.OWNER)
    return replace(standing, reports=tuple(reports))


def _rankable(turn: Turn, kindergartens: list[Kindergarten]) -> tuple[Kindergarten, ...]:
    return tuple(k for k in kindergartens if ranking.rankable(turn.uow, turn.me.id, k.id, turn.now))


def ask_rank(turn: Turn, payload: AskRank) -> list[Reply]:
    """[Sett rekkefølge]: which need is the most important."""
    chosen, kindergarten_id = payload.inputs.get("kindergarten"), payload.kindergarten
    several = _rankable(turn, own_kindergartens(turn))
    if kindergarten_id is None and not chosen and len(several) == 1:
        kindergarten_id = several[0].id
    found = which_kindergarten(turn, kindergarten_id, chosen, "ask_rank")
    if not isinstance(found, Kindergarten):
        return found
    reports = ranking.rankable(turn.uow, turn.me.id, found.id, turn.now)
    if not reports:
        return [Say(What.NOTHING_TO_RANK)]
    return [RankForm(found, tuple(reports))]


def rank(turn: Turn, payload: Rank) -> list[Reply]:
    """The places that were given; each place once, the rest is asked again."""
    places = [payload.inputs.get(f"rank_{n}", "") for n in range(1, len(payload.reports) + 1)]
    found = which_kindergarten(turn, payload.kindergarten, None, "ask_rank")
    if not isinstance(found, Kindergarten):
        return found
    if sorted(places) != sorted(str(n) for n in range(1, len(payload.reports) + 1)):
        there = {r.id: r for r in ranking.rankable(turn.uow, turn.me.id, found.id, turn.now)}
        reports = tuple(there[i] for i, _ in payload.reports if i in there)
        if len(reports) != len(payload.reports):
            raise Stale
        return [CardSettled("moved"), RankForm(found, reports, given=tuple(places))]
    order = [pair for _, pair in sorted(zip(map(int, places), payload.reports, strict=True))]
    ranked = ranking.set_order(turn.uow, turn.me.id, found.id, order, turn.now)
    return [CardSettled("ranked"), Ranked(tuple(ranked), found.name, owner_of(turn, ranked[0]))]
