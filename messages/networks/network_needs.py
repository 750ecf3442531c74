"""Needs at the network, as cards: the list, and one whole need as its reader may see it."""

from __future__ import annotations

from typing import Any

from dialogs.replies import NetworkNeedCard, NetworkNeedsList
from domain.needs.form import needs_form
from domain.needs.networks.network import Level, Reported
from domain.register.models import Role
from messages import cards, words
from messages.heads.report import content_lines
from messages.networks.network_acts import LONGEST_TITLE, MOST_TITLES, act_inputs
from messages.outgoing import Outgoing

MOST_OWNERS = 60

SEES = {
    Role.LEADER: "Du leser alt som er meldt til nettverket.",
    Role.COORDINATOR: "Du leser alt som er meldt til nettverket.",
    Role.UH: "Du leser alt som er meldt til nettverket.",
    Role.AUTHORITY: "Du ser et sammendrag fra kommunen din, også fra private.",
    Role.PPT: "Du leser behov som gjelder PPT eller andre rundt barnet.",
    Role.MEMBER: "Du ser et sammendrag, og hele teksten der eier har valgt det.",
}


def listed(reply: NetworkNeedsList) -> Outgoing:
    """`meldte behov`"""
    all_of = sum(n for _, n in reply.states) + reply.only_counted
    heading = f"{words.count(all_of, 'behov', 'behov')} meldt til {reply.network}"
    body: list[Any] = [cards.heading(heading), _as_whom(reply.role, reply.among_roles)]
    body += _themes(reply)
    if reply.only_counted:
        counted = words.count(reply.only_counted, "behov", "behov")
        body.append(cards.line(f"{counted} vises bare som tall, fordi du også representerer en privat eier."))
    if not reply.items:
        text = "Ingen eier har sendt behov ennå." if not all_of else "Ingen behov i dette utvalget."
        body += [cards.line(text)] if not all_of or reply.states else []
    elif _acts(reply):
        body.append(_choice_of_needs(reply))
    else:
        for need in reply.items:
            body += cards.named(_title(need), _where(need))
    body += _filter(reply)
    return cards.card(body, _list_actions(reply), summary=heading, tracks=True)


def _acts(reply: NetworkNeedsList) -> bool:
    return reply.role in (Role.LEADER, Role.COORDINATOR, Role.UH, Role.PPT, Role.MEMBER)


def _choice_of_needs(reply: NetworkNeedsList) -> Any:
    options = [(f"{n.report.id}:{n.report.version}", f"{_title(n)} – {_where(n)}") for n in reply.items]
    page = f" (side {reply.page + 1} av {reply.pages})" if reply.pages > 1 else ""
    return cards.choices("chosen_needs", f"Kryss av ett eller flere{page}", options, many=True)


def _as_whom(role: Role, among_roles: bool) -> Any:
    seen_as = f"Du ser dette som {words.ROLE[role]}. " if among_roles else ""
    return cards.small(seen_as + SEES[role])


def _themes(reply: NetworkNeedsList) -> list[Any]:
    most = sorted(reply.themes.items(), key=lambda t: (-t[1], t[0]))[:5]
    if not most:
        return []
    names = words.theme_words(needs_form(), [t for t, _ in most])
    shown = ", ".join(f"{name} ({n})" for name, (_, n) in zip(names, most, strict=True))
    return [cards.line(f"Temaer: {shown}.")]


def _title(need: Reported) -> str:
    return cards.cut(need.title or "Uten navn", LONGEST_TITLE)


def _where(need: Reported) -> str:
    """«Solbakken (Melhus kommune nr. 2) – til vurdering i nettverket (etter frist)»"""
    first, *others = need.kindergartens
    more = f" og {len(others)} til" if others else ""
    state = words.STATUS[need.report.status] + (" (etter frist)" if need.report.late else "")
    return f"{first.name}{more} ({need.owner.name}{_order(need)}) – {state}"


def _order(need: Reported) -> str:
    if need.place is None:
        return ""
    return f" nr. {need.place}" + (" i tillegg" if need.supplement else "")


def _filter(reply: NetworkNeedsList) -> list[Any]:
    if sum(n for _, n in reply.states) <= len(reply.items) and reply.state is None and reply.owner is None:
        return []
    states = [(f"state:{s.value}", f"{words.STATUS[s]} ({n})") for s, n in reply.states]
    owners = [(f"owner:{i}", f"{name} ({n})") for i, name, n in reply.owners[:MOST_OWNERS]]
    chosen = f"state:{reply.state.value}" if reply.state else f"owner:{reply.owner}" if reply.owner else "all"
    options = [("all", "Alle"), *states, *owners]
    if chosen not in dict(options):
        name = words.STATUS[reply.state] if reply.state else "Den valgte eieren"
        options.append((chosen, name))
    return [cards.choices("need_filter", "Vis bare", options, compact=True, value=chosen)]


def _list_actions(reply: NetworkNeedsList) -> list[Any]:
    here: dict[str, Any] = {"network": reply.network_id}
    actions: list[Any] = []
    if len(reply.items) == 1 and _acts(reply):
        only = reply.items[0].report.id
        actions.append(cards.button("Les", "network_need", main=True, need=only))
    elif reply.items and _acts(reply):
        actions.append(cards.button("Les", "network_need", main=True))
    if reply.items and reply.role in (Role.LEADER, Role.COORDINATOR):
        seen = [[n.report.id, n.report.version] for n in reply.items]
        meant: dict[str, Any] = {"only": seen[0]} if len(seen) == 1 else {}
        actions.append(cards.button("Hva skal skje?", "choose_act", **meant))
    if _filter(reply):
        actions.append(cards.button("Vis utvalget", "network_needs", **here))
    kept: dict[str, Any] = {"state": reply.state.value} if reply.state else {}
    kept |= {"owner": reply.owner} if reply.owner else {}
    if reply.page + 1 < reply.pages:
        actions.append(_page("Neste side", reply.page + 1, here | kept))
    if reply.page > 0:
        actions.append(_page("Forrige side", reply.page - 1, here | kept))
    room = cards.MOST_ACTIONS - len(actions)
    actions += [cards.button(f"Vis {name}", "network_needs", network=i) for i, name in reply.elsewhere[:room]]
    return actions


def _page(title: str, page: int, data: dict[str, Any]) -> Any:
    # «need_filter» is said here as well, so that a choice not yet pressed does not turn the page into another.
    return cards.button(title, "network_needs", page=page, need_filter="", **data)


def card(reply: NetworkNeedCard) -> Outgoing:
    """A whole need, as much of it as the reader may see."""
    need, report = reply.need, reply.need.report
    body: list[Any] = [
        cards.heading(need.title or "Uten navn"),
        _as_whom(reply.role, reply.among_roles),
        cards.facts(_facts(reply)),
        *content_lines(needs_form(report.form_version), dict(need.answers)),
    ]
    if need.level is Level.ALL and report.assessment:
        body += cards.named("Eiers vurdering", report.assessment)
    if reply.act is not None and need.level is Level.ALL:
        body += cards.named("Sist gjort", _done_by(reply))
        body += [cards.hint(reply.act.note)] if reply.act.note else []
    actions: list[Any] = []
    if need.acts:
        body += act_inputs(need.acts, None, "", "")
        seen = [[report.id, report.version]]
        actions.append(cards.button("Gå videre", "prepare_act", main=True, needs=seen))
    actions.append(cards.button("Se alle behov", "network_needs", network=reply.network_id))
    return cards.card(body, actions, summary=f"Behov fra {need.owner.name}", tracks=True)


def _facts(reply: NetworkNeedCard) -> list[tuple[str, str]]:
    need, report = reply.need, reply.need.report
    names = [k.name for k in need.kindergartens]
    shown = names[:MOST_TITLES] + ([f"{len(names) - MOST_TITLES} til"] if len(names) > MOST_TITLES else [])
    facts = [
        ("Barnehage" if len(names) == 1 else "Barnehager", words.listed(shown)),
        ("Eier", need.owner.name + (f" (prioritet {need.place})" if need.place else "")),
        ("Status", words.STATUS[report.status]),
        ("Nummer", (report.number or "–") + (", kom etter fristen" if report.late else "")),
    ]
    if report.decided_on is not None:
        facts.append(("Dag", words.whole_day(report.decided_on)))
    if need.around_the_child:
        facts.append(("Foreslått ordning", "laget rundt barnet (kommunen og PPT må med)"))
    return facts


def _done_by(reply: NetworkNeedCard) -> str:
    act = reply.act
    if act is None:
        return ""
    return f"{words.STATUS[act.after].capitalize()}, {words.moment(act.at)}" + (
        f", av {act.person}" if act.person else ""
    )
