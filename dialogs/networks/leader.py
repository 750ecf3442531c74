"""The network leader's conversation: binding a channel, who is missing, Excel, the way in for others."""

from __future__ import annotations

from dialogs import accounts
from dialogs.payloads import AnswerAccess, Excel, WhoIsMissing
from dialogs.replies import AccessAnswered, Bound, ExcelLink, Missing, Reply, Say, What
from dialogs.turn import Turn
from domain.identity import AccessRequest, RequestState
from domain.needs import access, overview
from domain.needs.errors import NoOpenRound, UnknownReport
from domain.needs.models import AuditRow
from domain.needs.overview import Answer
from domain.needs.sheets import excel, excel_scopes
from domain.outbox import MessageKind, OutboxMessage
from domain.register import claims, rights
from domain.register.models import Kindergarten, Network, Person, Role, Scope, ScopeKind


def bind(turn: Turn, network_id: int) -> list[Reply]:
    """Binds the open channel or group chat to a network that one leads."""
    if turn.event.personal:
        return [Say(What.CHANNEL_ONLY)]
    try:
        network = access.led_network(turn.uow, turn.me.id, network_id)
    except UnknownReport:
        return [Say(What.NOT_A_LEADER)]
    address = turn.event.address
    before = turn.uow.identity.binding_of(address.conversation_id)
    if before is not None and before.network_id == network.id:
        return [Bound(network.name, already=True)]
    binding = turn.uow.identity.bind(network.id, address, turn.me.id, turn.now)
    turn.uow.audit.add(
        AuditRow(
            at=turn.now,
            person_id=turn.me.id,
            role=Role.LEADER.value,
            subject="binding",
            subject_id=binding.id,
            before=None,
            after=str(network.id),
        )
    )
    return [Bound(network.name)]


def bind_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`koble gauldal`; without a name, the network that one leads."""
    if argument:
        network = turn.uow.register.network_by_name(argument)
        if network is None:
            names = ", ".join(n.name for n in turn.uow.register.networks())
            return [Say(What.UNKNOWN_NETWORK, {"names": names})]
        return bind(turn, network.id)
    led = rights.led_networks(turn.roles)
    if len(led) != 1:
        names = ", ".join(n.name for n in turn.uow.register.networks())
        return [Say(What.UNKNOWN_NETWORK, {"names": names})]
    return bind(turn, led[0])


def unbind(turn: Turn) -> list[Reply]:
    """`koble fra`."""
    binding = turn.uow.identity.binding_of(turn.event.address.conversation_id)
    if binding is None:
        return [Say(What.NOT_BOUND)]
    if binding.network_id not in rights.led_networks(turn.roles):
        return [Say(What.NOT_A_LEADER)]
    turn.uow.identity.unbind(turn.event.address.conversation_id)
    return [Say(What.UNBOUND)]


def who_is_missing(turn: Turn, payload: WhoIsMissing) -> list[Reply]:
    """`hvem mangler`: owners for a leader, kindergartens for an owner or an authority."""
    if not turn.event.personal:
        return [Say(What.PERSONAL_PLEASE)]
    led = rights.led_networks(turn.roles)
    if led and turn.role in (Role.LEADER, Role.COORDINATOR):
        network_id = payload.network if payload.network in led else led[0]
        return [_missing_owners(turn, turn.uow.register.network(network_id))]
    owned = rights.owners(turn.roles)
    if owned and turn.role is not Role.AUTHORITY:
        kindergartens = [k for i in owned for k in turn.uow.register.kindergartens_of_owner(i)]
        return [_missing_kindergartens(turn, turn.uow.register.owner(owned[0]).name, kindergartens, owned[0])]
    if towns := rights.authority_for(turn.roles):
        kindergartens = [k for i in towns for k in turn.uow.register.kindergartens_in_municipality(i)]
        name = turn.uow.register.municipality(towns[0]).name
        return [_missing_kindergartens(turn, name, kindergartens, None)]
    return [Say(What.NOT_FOR_MISSING)]


def _missing_owners(turn: Turn, network: Network) -> Reply:
    current = turn.round(network)
    if current is None:
        raise NoOpenRound
    standing = overview.network_standing(turn.uow, network, current, turn.now)
    missing = tuple((o.owner.name, overview.counts(o.kindergartens)) for o in standing.owners if not o.sent)
    return Missing(
        network=network.name,
        sent=standing.owners_sent,
        total=len(standing.owners),
        owners=missing,
        network_id=network.id,
    )


def _missing_kindergartens(
    turn: Turn, name: str, kindergartens: list[Kindergarten], owner_id: int | None
) -> Reply:
    standings = overview.standings(turn.uow, kindergartens, turn.now)
    missing = tuple(
        (s.kindergarten.name, s.answer.value) for s in standings if s.answer in (Answer.NONE, Answer.BEGUN)
    )
    return Missing(
        network=name,
        sent=len(standings) - len(missing),
        total=len(standings),
        kindergartens=missing,
        owner_id=owner_id,
    )


def excel_link(turn: Turn, payload: Excel) -> list[Reply]:
    """`excel`: a short-lived link to every need that one may see, one row each."""
    if not turn.event.personal:
        return [Say(What.PERSONAL_PLEASE)]
    scope = excel_scopes.scope_for(turn.uow, turn.me.id, turn.role, payload.network)
    if scope is None:
        return [Say(What.NOT_FOR_EXCEL)]
    status = excel.status_rows(turn.uow, scope, turn.now)
    rows = status or excel.rows(turn.uow, turn.me.id, scope, turn.now)
    token = turn.world.sign({"kind": scope.kind.value, "ids": list(scope.ids), "person": turn.me.id})
    several = (scope.kind, len(scope.ids)) if len(scope.ids) > 1 else None
    return [ExcelLink(len(rows), token, scope.name, kindergartens=bool(status), several=several)]


def _let_in(turn: Turn, request: AccessRequest) -> Person:
    """The person of a request, with the role that was asked for; who has it keeps it as it is."""
    claims.take_over(turn.uow, request)
    register = turn.uow.register
    role, scope = Role(request.role), Scope(kind=ScopeKind(request.scope_kind), id=request.scope_id)
    known = register.person_by_email(request.email)
    if known is not None and any((r.role, r.scope) == (role, scope) for r in register.roles_of(known.id)):
        return known
    return register.add_person_role(request.name, request.email, role, scope)


def answer_access(turn: Turn, payload: AnswerAccess) -> list[Reply]:
    """One press: lets somebody in, or not."""
    request = turn.uow.identity.request(payload.request)
    if request is None or request.network_id not in rights.led_networks(turn.roles):
        raise UnknownReport
    if request.state is not RequestState.OPEN:
        return [AccessAnswered(request.name, request.state is RequestState.GRANTED, already=True)]
    state = RequestState.GRANTED if payload.grant else RequestState.REFUSED
    turn.uow.identity.save_request(request.model_copy(update={"state": state, "answered_by": turn.me.id}))
    if payload.grant:
        person = _let_in(turn, request)
        account = turn.uow.identity.account(request.tenant_id, request.aad_object_id)
        if account is not None:
            accounts.let_in(turn.uow, account, person.id, turn.now)
        turn.uow.outbox.add(
            OutboxMessage(
                key=f"access_granted:{request.id}",
                kind=MessageKind.ACCESS_GRANTED,
                person_id=person.id,
                params={"request": request.id},
                due_at=turn.now,
            )
        )
    turn.uow.audit.add(
        AuditRow(
            at=turn.now,
            person_id=turn.me.id,
            role=Role.LEADER.value,
            subject="access_request",
            subject_id=request.id,
            before=RequestState.OPEN.value,
            after=state.value,
        )
    )
    return [AccessAnswered(request.name, payload.grant)]
