"""`mine meldinger`: what one has in the round, and the order of importance among several."""

from __future__ import annotations

from dataclasses import replace

from dialogs.payloads import AskRank, Rank
from dialogs.replies import CardSettled, MyReportsList, OwnNeed, Ranked, RankForm, Reply, Say, What
from dialogs.report.asking import open_drafts, own_kindergartens, owner_of, which_kindergarten
from dialogs.turn import Turn
from domain.needs import access, overview
from domain.needs.errors import Stale
from domain.needs.heads import own_needs, ranking
from domain.needs.lifecycle import Act, acts_from
from domain.needs.models import EDITABLE, NeedsReport, Source, Status
from domain.register.models import Kindergarten


def mine(turn: Turn, *, choose_draft: bool = False) -> list[Reply]:
    """Drafts and sent needs of all one's kindergartens."""
    kindergartens = own_kindergartens(turn)
    if not kindergartens:
        return [Say(What.NOT_A_HEAD)]
    gone = own_needs.withdrawn(turn.uow, kindergartens, turn.now)
    standings = tuple(
        _known(s, gone.get(s.kindergarten.id, []))
        for s in overview.standings(turn.uow, kindergartens, turn.now)
    )
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
    drafts = open_drafts(turn)
    return [
        MyReportsList(
            standings,
            open=tuple(drafts),
            sent=tuple({r.id: r for r in sent}.values()),
            others=_others(standings, {r.id for r in (*drafts, *sent)}),
            rankable=_rankable(turn, kindergartens),
            choose_draft=choose_draft,
        )
    ]


def own_need(turn: Turn, report: NeedsReport) -> OwnNeed:
    """A need that cannot be written in now, to read, with what may be done to it."""
    roles = access.roles_for(turn.uow, turn.me.id, report)
    acts = acts_from(report.status, roles) if report.merged_into is None else ()
    history = own_needs.history(turn.uow, report)
    return OwnNeed(
        report=report,
        kindergarten=turn.uow.register.kindergarten(report.kindergarten_id).name,
        owner=owner_of(turn, report),
        can_take_back=report.status is Status.SENT_TO_OWNER and Act.WITHDRAW in acts,
        can_reopen=Act.REOPEN in acts,
        sent=history.sent,
        reason=history.reason,
    )


def _known(
    standing: overview.KindergartenStanding, withdrawn: list[NeedsReport]
) -> overview.KindergartenStanding:
    """With what is withdrawn, and without what the owner has begun to write for the kindergarten and not finished."""
    reports = (r for r in standing.reports if r.submitted_at is not None or r.source is not Source.OWNER)
    return replace(standing, reports=(*withdrawn, *reports))


def _others(standings: tuple[overview.KindergartenStanding, ...], known: set[int]) -> tuple[NeedsReport, ...]:
    """The other needs that can be read, the newest first."""
    found = {r.id: r for s in standings for r in s.reports if r.status not in EDITABLE and r.id not in known}
    return tuple(found[i] for i in sorted(found, reverse=True))


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
