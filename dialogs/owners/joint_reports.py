"""The conversation about a joint report: ask other owners, answer for one's own, see who has answered."""

from __future__ import annotations

from dialogs.chosen import ids_in
from dialogs.greet import main_owner, networks_of
from dialogs.payloads import AnswerJoint, InviteOwners, JointReport, TakeOutOwners
from dialogs.replies import (
    CardSettled,
    JointAnswered,
    JointAsked,
    JointOverview,
    JointRefused,
    NoOthers,
    Reply,
    Say,
    What,
)
from dialogs.turn import Turn
from domain.needs import access
from domain.needs.errors import NotReady
from domain.needs.models import JointOwner, JointState, OwnersReport, OwnersStatus
from domain.needs.owners import joint, owner, sending
from domain.register.models import Network, Owner


def joint_report(turn: Turn, payload: JointReport) -> list[Reply]:
    """«Felles melding»: what one is asked about, else the report that one sends oneself, and whom to ask."""
    if payload.report is not None:
        report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
        if report.status is OwnersStatus.SENT:
            return _sent(report)
        return [_overview(turn, report)]
    mine = main_owner(turn)
    if mine is None:
        return [Say(What.NOT_AN_OWNER)]
    networks = networks_of(turn, mine)
    if asked := standing(turn, mine, networks):
        return asked
    for network in networks:
        prepared = _prepared(turn, mine, network)
        if prepared is not None:
            return [_overview(turn, prepared)]
    return [NoOthers(mine)]


def _prepared(turn: Turn, mine: Owner, network: Network) -> OwnersReport | None:
    """The owner's own report to a network, where it has something and there are others to send with."""
    if len(turn.uow.register.owners(network.id)) < 2 or turn.round(network) is None:
        return None
    try:
        return sending.prepare(turn.uow, turn.me.id, mine.id, network.id, turn.now)
    except NotReady:
        return None


def standing(turn: Turn, mine: Owner, networks: list[Network]) -> list[Reply]:
    """The joint reports of others that the owner is asked about or has confirmed; the newest first."""
    found = []
    for network in networks:
        current = turn.round(network)
        for report in turn.uow.owners_reports.in_round(current.id) if current else ():
            place = _place(report, mine.id)
            if place and report.status is OwnersStatus.DRAFT and place.state is not JointState.DECLINED:
                found.append(report)
    found.sort(key=lambda r: r.updated_at, reverse=True)
    return [_asked(turn, r, mine.id) for r in found]


def show(turn: Turn, report_id: int, owner_id: int) -> list[Reply]:
    """A joint report as one of its owners sees it: the sender whom it waits for, the others their own answer."""
    report = turn.uow.owners_reports.get(report_id)
    if report is None:
        return [Say(What.NOT_YOURS)]
    if report.owner_id == owner_id:
        return [_overview(turn, report)]
    return [_asked(turn, report, owner_id)]


def waits_for(turn: Turn, report: OwnersReport, owner_ids: tuple[int, ...]) -> list[Reply]:
    """It cannot be sent before these have answered, or are taken out."""
    names = tuple(turn.uow.register.owner(i).name for i in owner_ids)
    return [_overview(turn, report, waits_for=names)]


def invite(turn: Turn, payload: InviteOwners) -> list[Reply]:
    """«Spør de valgte»."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    if (old := _overtaken(turn, report, payload.v)) is not None:
        return old
    ids = ids_in(payload.inputs.get("invited", ""))
    if not ids:
        return [Say(What.CHOOSE_SOMETHING), _overview(turn, report)]
    try:
        after = joint.invite(turn.uow, turn.me.id, report.id, payload.v, ids, turn.now)
    except joint.InJoint as elsewhere:
        return [_refused(turn, elsewhere)]
    asked = len(joint.unanswered(after)) - len(joint.unanswered(report))
    return [CardSettled("moved"), _overview(turn, after, just_asked=asked)]


def take_out(turn: Turn, payload: TakeOutOwners) -> list[Reply]:
    """«Ta ut de valgte»."""
    report = access.own_owners_report(turn.uow, turn.me.id, payload.report)
    if (old := _overtaken(turn, report, payload.v)) is not None:
        return old
    ids = ids_in(payload.inputs.get("taken_out", ""))
    if not ids:
        return [Say(What.CHOOSE_SOMETHING), _overview(turn, report)]
    after = joint.take_out(turn.uow, turn.me.id, report.id, payload.v, ids, turn.now)
    return [CardSettled("moved"), _overview(turn, after)]


def answer(turn: Turn, payload: AnswerJoint) -> list[Reply]:
    """«Bekreft» or «Nei takk», for one's own needs."""
    mine = access.owned(turn.uow, turn.me.id, payload.owner)
    report = turn.uow.owners_reports.get(payload.report)
    if report is None or _place(report, mine.id) is None:
        return [CardSettled("stale"), Say(What.NOT_YOURS)]
    if report.status is OwnersStatus.SENT:
        return _sent(report)
    act = joint.confirm if payload.joins else joint.decline
    try:
        after = act(turn.uow, turn.me.id, report.id, mine.id, turn.now)
    except joint.InJoint as elsewhere:
        return [_refused(turn, elsewhere)]
    place = _place(after, mine.id)
    sender = turn.uow.register.owner(after.owner_id).name
    needs = len(place.report_ids) if place else 0
    return [CardSettled("moved"), JointAnswered(after, sender, mine, payload.joins, needs)]


def _asked(turn: Turn, report: OwnersReport, owner_id: int) -> JointAsked:
    place = _place(report, owner_id) or JointOwner(owner_id=owner_id)
    register = turn.uow.register
    return JointAsked(
        report=report,
        sender=register.owner(report.owner_id).name,
        owner=register.owner(owner_id),
        network=register.network(report.network_id).name,
        state=place.state,
        confirmed=len(place.report_ids),
        approved=len(owner.approved(turn.uow, owner_id, report.network_id, turn.now)),
    )


def _overview(
    turn: Turn, report: OwnersReport, *, waits_for: tuple[str, ...] = (), just_asked: int = 0
) -> JointOverview:
    register = turn.uow.register
    taken = {j.owner_id for j in report.joint if j.state is not JointState.DECLINED}
    return JointOverview(
        report=report,
        network=register.network(report.network_id),
        asked=tuple((register.owner(j.owner_id), j.state, len(j.report_ids)) for j in report.joint),
        free=tuple(o for o in joint.others(turn.uow, report) if o.id not in taken),
        waits_for=waits_for,
        just_asked=just_asked,
    )


def _overtaken(turn: Turn, report: OwnersReport, version: int) -> list[Reply] | None:
    """What an old card of the sender's gets; None for the current one."""
    if report.status is OwnersStatus.SENT:
        return _sent(report)
    if report.version != version:
        return [CardSettled("stale"), Say(What.STALE), _overview(turn, report)]
    return None


def _refused(turn: Turn, elsewhere: joint.InJoint) -> JointRefused:
    report = turn.uow.owners_reports.get(elsewhere.report_id)
    sender = turn.uow.register.owner(report.owner_id).name if report else ""
    return JointRefused(sender, elsewhere.own)


def _sent(report: OwnersReport) -> list[Reply]:
    return [CardSettled("handled"), Say(What.ALREADY_HANDLED, {"status": report.status.value})]


def _place(report: OwnersReport, owner_id: int) -> JointOwner | None:
    return next((j for j in report.joint if j.owner_id == owner_id), None)
