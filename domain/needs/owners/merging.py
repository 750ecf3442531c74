"""Several needs of one owner become one common need, and can be taken apart again until it is sent (B05)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from domain.errors import DomainError
from domain.needs import access, history, notices, registering
from domain.needs.acting import perform
from domain.needs.errors import Stale, UnknownReport, WrongState
from domain.needs.form import needs_form
from domain.needs.heads import head
from domain.needs.lifecycle import Act, Party
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners.merged_answers import merged_answers, title_for
from domain.norwegian.hygiene import clean, has_words
from domain.outbox import MessageKind
from domain.register.models import Role

if TYPE_CHECKING:
    from datetime import datetime

    from domain.ports import UnitOfWork

SHORTEST_TITLE, LONGEST_TITLE = 5, 80
LONGEST_ASSESSMENT = 800
MERGEABLE = (Status.SENT_TO_OWNER, Status.APPROVED)
MERGED, SPLIT = "slått sammen", "delt opp"


class WhyNot(StrEnum):
    """What keeps needs from being merged."""

    TOO_FEW = "too_few"
    NOT_TOGETHER = "not_together"
    NOT_OPEN = "not_open"
    TITLE = "title"


class CannotMerge(DomainError):
    """These needs cannot become one, or the name will not do; nothing is changed."""

    def __init__(self, reason: WhyNot) -> None:
        super().__init__(reason)
        self.reason = reason


def merge(
    uow: UnitOfWork, person_id: int, report_ids: Sequence[int], title: str, now: datetime
) -> NeedsReport:
    """One common need, approved, for all the kindergartens; the originals are kept and follow it.

    What waited is approved by this. Raises CannotMerge before anything is stored, and UnknownReport.
    """
    parts = together(uow, person_id, report_ids)
    title = clean(title)
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE or not has_words(title):
        raise CannotMerge(WhyNot.TITLE)
    # By id, as everywhere that several needs are locked: two who lock the same ones never wait for each other.
    waiting = sorted((p for p in parts if p.status is not Status.APPROVED), key=lambda p: p.id)
    now_approved = {p.id: perform(uow, person_id, p.id, Act.APPROVE, now, version=p.version) for p in waiting}
    approved = [now_approved.get(p.id, p) for p in parts]
    common = _common(uow, person_id, approved, title, now)
    for part in sorted(approved, key=lambda p: p.id):
        _follow(uow, person_id, part, common, now)
    return common


def together(uow: UnitOfWork, person_id: int, report_ids: Sequence[int]) -> list[NeedsReport]:
    """The needs, when they can become one. Raises CannotMerge and UnknownReport."""
    parts = [access.owned_report(uow, person_id, i) for i in dict.fromkeys(report_ids)]
    if len(parts) < 2:
        raise CannotMerge(WhyNot.TOO_FEW)
    owners = {uow.register.kindergarten(p.kindergarten_id).owner_id for p in parts}
    if len(owners) > 1 or len({p.round_id for p in parts}) > 1:
        raise CannotMerge(WhyNot.NOT_TOGETHER)
    if len(mergeable(parts)) < len(parts) or any(uow.needs.merged_into(p.id) for p in parts):
        raise CannotMerge(WhyNot.NOT_OPEN)
    return parts


def mergeable(reports: Sequence[NeedsReport]) -> list[NeedsReport]:
    """Those of an owner's needs in a round that may still be merged with others. Pure."""
    commons = {r.merged_into for r in reports}
    return [r for r in reports if r.status in MERGEABLE and r.merged_into is None and r.id not in commons]


def suggested(reports: Sequence[NeedsReport]) -> str | None:
    """A name for these needs as one."""
    return title_for(needs_form(reports[0].form_version), [r.answers for r in reports])


def split(
    uow: UnitOfWork, person_id: int, common_id: int, version: int, now: datetime
) -> tuple[NeedsReport, ...]:
    """Takes a common need apart before it is sent: it is withdrawn, and the originals stand for themselves again.

    Raises UnknownReport for a need that nothing was merged into, WrongState after sending, and Stale.
    """
    common = access.owned_report(uow, person_id, common_id)
    parts = uow.needs.merged_into(common.id)
    if not parts:
        raise WrongState(common.status) if common.status is Status.WITHDRAWN else UnknownReport
    if common.status is not Status.APPROVED:
        raise WrongState(common.status)
    if common.version != version:
        raise Stale
    freed = tuple(_follow(uow, person_id, part, None, now) for part in parts)
    perform(uow, person_id, common.id, Act.WITHDRAW, now, version=version, note=SPLIT)
    return freed


def similar(reports: Sequence[NeedsReport]) -> list[tuple[NeedsReport, ...]]:
    """Groups of needs on the same themes, the largest first; each need stands in one group at most.

    Two needs are alike when the themes of one hold all those of the other. Pure.
    """
    by_themes: dict[frozenset[str], list[NeedsReport]] = {}
    for report in reports:
        themes = frozenset(report.answers.get("themes", ())) - {"other"}
        if themes:
            by_themes.setdefault(themes, []).append(report)
    groups = []
    left = sorted(
        by_themes, key=lambda t: (-sum(len(by_themes[o]) for o in by_themes if _alike(t, o)), sorted(t))
    )
    while left:
        seed = left[0]
        alike = [t for t in left if _alike(seed, t)]
        left = [t for t in left if t not in alike]
        group = tuple(r for t in alike for r in by_themes[t])
        if len(group) > 1:
            groups.append(group)
    return sorted(groups, key=len, reverse=True)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


def _common(
    uow: UnitOfWork, person_id: int, parts: Sequence[NeedsReport], title: str, now: datetime
) -> NeedsReport:
    covered = dict.fromkeys(k for p in parts for k in p.kindergartens)
    draft = registering.begin(uow, person_id, tuple(covered), Source.OWNER, now)
    named = [(_names(uow, p), p.answers) for p in parts]
    answers = merged_answers(needs_form(parts[0].form_version), named, title)
    views = [f"{_names(uow, p)}: {p.assessment}" for p in parts if p.assessment]
    written = head.answer(uow, person_id, draft.id, draft.version, answers, now)
    sent = perform(uow, person_id, written.id, Act.SUBMIT, now, version=written.version)
    return perform(
        uow,
        person_id,
        sent.id,
        Act.APPROVE,
        now,
        version=sent.version,
        assessment="\n\n".join(views)[:LONGEST_ASSESSMENT] or None,
    )


def _names(uow: UnitOfWork, report: NeedsReport) -> str:
    name = uow.register.kindergarten(report.kindergarten_id).name
    return f"{name} +{len(report.covers)}" if report.covers else name


def _follow(
    uow: UnitOfWork, person_id: int, part: NeedsReport, common: NeedsReport | None, now: datetime
) -> NeedsReport:
    """The need follows a common one from now on, or none; its heads are told."""
    after = part.model_copy(
        update={
            "merged_into": common.id if common else None,
            "version": part.version + 1,
            "updated_at": now,
        }
    )
    uow.needs.save(after)
    note = f"{MERGED}: {common.number}" if common else SPLIT
    history.write(uow, person_id, Role.OWNER, part.id, part.status, after.status, now, note)
    notices.tell(uow, Party.HEAD, MessageKind.NEED_MERGED, after, person_id, now)
    return after
