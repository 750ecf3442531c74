"""The owner's lists: what waits, what came back, what is approved, and who has not answered."""

from __future__ import annotations

from typing import Any

from dialogs.replies import Listed, Nudged, Waiting
from domain.needs.owners.desk import View
from messages import cards, words
from messages.outgoing import Outgoing

VIEW = {
    View.WAITING: "Venter på deg",
    View.SENT_BACK: "Tilbake fra nettverket",
    View.APPROVED: "Godkjent, ikke sendt",
    View.SENT: "Sendt til nettverket",
    View.UNANSWERED: "Ikke svart",
}
NOTHING = {
    View.WAITING: "Ingen behov venter på deg nå.",
    View.SENT_BACK: "Nettverket har ikke sendt noe tilbake.",
    View.APPROVED: "Ingen godkjente behov venter på å bli sendt.",
    View.SENT: "Ingen behov er sendt til nettverket ennå.",
    View.UNANSWERED: "Alle har svart.",
}
_OTHERS = {
    View.SENT_BACK: "sendt tilbake fra nettverket",
    View.APPROVED: "godkjent, men ikke sendt",
    View.SENT: "sendt til nettverket",
}
EVERYWHERE = "0"


def waiting(reply: Waiting) -> Outgoing:
    """A page of one of the lists."""
    if not reply.total:
        return _nothing(reply)
    match reply.view:
        case View.WAITING:
            return _waiting(reply)
        case View.UNANSWERED:
            return _unanswered(reply)
        case _:
            return _others(reply)


def _waiting(reply: Waiting) -> Outgoing:
    """«Kryss av for dem du godkjenner.»"""
    heading = f"{words.count(reply.total, 'behov', 'behov')} venter på deg{_where(reply)}"
    body, one = [*_opening(reply, heading)], reply.total == 1
    if reply.sizes[View.SENT_BACK]:
        back = words.count(reply.sizes[View.SENT_BACK], "behov er", "behov er")
        body.append(cards.hint(f"{back} sendt tilbake fra nettverket."))
    body += _options(reply, "Kryss av for dem du godkjenner.")
    data = _kept(reply)
    actions: list[Any] = []
    if not one:
        actions.append(cards.button("Godkjenn valgte", "approve_chosen", main=True, **data))
    title = "Godkjenn" if one else f"Godkjenn alle {reply.total}{_where(reply)}"
    place = _place(reply)
    actions.append(
        cards.button(
            title, "approve_all", main=one, owner=reply.owner.id, reports=list(reply.all_ids), **place
        )
    )
    actions.append(cards.button("Les", "read_chosen", **data))
    return _card(reply, heading, body, actions)


def _others(reply: Waiting) -> Outgoing:
    """What the network sent back, with why; what is approved and has not gone on; what is with the network."""
    heading = f"{words.count(reply.total, 'behov er', 'behov er')} {_OTHERS[reply.view]}"
    back = reply.view is View.SENT_BACK
    body = _opening(reply, heading + _where(reply))
    body += _options(reply, "Kryss av for dem du vil lese.")
    if back:
        for item in reply.items:
            body += cards.named(_name(item), item.report.comment or "")
    send = reply.view is View.APPROVED
    actions = [cards.button("Les", "read_chosen", main=not send, view=reply.view.value, **_kept(reply))]
    return _card(reply, heading, body, actions, main_send=send)


def _unanswered(reply: Waiting) -> Outgoing:
    """«Ikke svart»: who, and a button that reminds them."""
    heading = f"{words.count(reply.total, 'barnehage', 'barnehager')} har ikke svart{_where(reply)}"
    body = _opening(reply, heading)
    if reply.reply_by is not None:
        is_ = "er" if reply.reply_by.day >= reply.today else "var"
        body.append(cards.line(f"Svarfristen {is_} {words.day(reply.reply_by.day)}."))
    towns = {m.id: m.name for m, _ in reply.places} if reply.place is None else {}
    for kindergarten in reply.missing:
        town = towns.get(kindergarten.municipality_id)
        body.append(cards.item(f"· {kindergarten.name}" + (f" ({town})" if town else "")))
    remind = "Minn den" if reply.total == 1 else f"Minn de {words.number(reply.total)}"
    actions = [
        cards.button(remind, "nudge", main=True, owner=reply.owner.id, **_place(reply)),
        cards.button("Svarfrist", "reply_by", owner=reply.owner.id),
    ]
    return _card(reply, heading, body, actions)


def _nothing(reply: Waiting) -> Outgoing:
    heading = NOTHING[reply.view]
    body = _opening(reply, heading)
    if reply.view is not View.WAITING:
        return _card(reply, heading, body, [])
    if reply.counts.unanswered:
        n = words.count(reply.counts.unanswered, "barnehage", "barnehager")
        body.append(cards.line(f"{n} har ikke svart."))
    if reply.sizes[View.APPROVED]:
        n = words.count(reply.sizes[View.APPROVED], "behov er", "behov er")
        body.append(cards.line(f"{n} godkjent og kan sendes."))
    actions: list[Any] = []
    if reply.counts.unanswered:
        actions.append(cards.button("Minn dem", "nudge", owner=reply.owner.id))
    if reply.counts.total > 1:
        actions.append(cards.button("Felles behov", "common_need", owner=reply.owner.id))
    return _card(reply, heading, body, actions, main_send=True)


# --- pieces ---------------------------------------------------------------------------------------------------


def _opening(reply: Waiting, heading: str) -> list[Any]:
    body: list[Any] = [cards.heading(heading)]
    if reply.as_owner:
        body.append(cards.small(f"Du handler som eier for {reply.owner.name}."))
    if reply.pages > 1:
        body.append(cards.small(f"Side {reply.page + 1} av {reply.pages}."))
    return body


def _options(reply: Waiting, label: str) -> list[Any]:
    if reply.total == 1:
        return [cards.line(_option(reply, reply.items[0]))]
    shown = [str(i.report.id) for i in reply.items]
    ticked = ",".join(i for i in shown if int(i) in set(reply.ticked))
    options = [(str(i.report.id), _option(reply, i)) for i in reply.items]
    body: list[Any] = [cards.choices("chosen", label, options, many=True, value=ticked or None)]
    if elsewhere := _elsewhere(reply):
        n = len(elsewhere)
        body.append(cards.small(f"{words.count(n, 'annet', 'andre')} er også krysset av."))
    return body


def _option(reply: Waiting, item: Listed) -> str:
    """A need in the list; where they stand differently, with how."""
    state = f": {words.STATUS[item.report.status]}" if reply.view is View.SENT else ""
    return _name(item) + state


def _name(item: Listed) -> str:
    report = item.report
    more = f" og {len(report.covers)} til" if report.covers else ""
    rank = f", nr. {report.rank} av {item.number_of_needs}" if _is_ranked(item) else ""
    late = " (etter frist)" if report.late else ""
    return f"{report.title or 'Uten navn'} – {item.kindergarten.name}{more}{rank}{late}"


def _is_ranked(item: Listed) -> bool:
    return item.report.rank is not None and item.number_of_needs > 1


def _elsewhere(reply: Waiting) -> list[int]:
    return sorted(set(reply.ticked) - {i.report.id for i in reply.items})


def _place(reply: Waiting) -> dict[str, Any]:
    return {} if reply.place is None else {"place": reply.place}


def _kept(reply: Waiting) -> dict[str, Any]:
    """What goes along from card to card: the owner, the municipality, and what is ticked on other pages."""
    elsewhere = _elsewhere(reply)
    return {"owner": reply.owner.id, **_place(reply), **({"ticked": elsewhere} if elsewhere else {})}


def _where(reply: Waiting) -> str:
    name = next((m.name for m, _ in reply.places if m.id == reply.place), None)
    return f" i {name}" if name else ""


def _card(
    reply: Waiting, summary: str, body: list[Any], actions: list[Any], *, main_send: bool = False
) -> Outgoing:
    """The list with its pages and the ways to the other lists; the last button gives way when there is no room."""
    view = {} if reply.view is View.WAITING else {"view": reply.view.value}
    kept = _kept(reply) | view
    if reply.page + 1 < reply.pages:
        actions.append(cards.button("Neste side", "to_handle", page=reply.page + 1, **kept))
    if reply.page > 0:
        actions.append(cards.button("Forrige side", "to_handle", page=reply.page - 1, **kept))
    approved = reply.sizes[View.APPROVED]
    send = cards.button(f"Send {approved} til nettverket", "send_in", main=main_send, owner=reply.owner.id)
    others = [v for v in View if reply.sizes[v] and v is not reply.view]
    if main_send and approved:
        actions.insert(0, send)
    room = cards.MOST_ACTIONS - len(actions) - (1 if approved and not main_send else 0)
    if reply.places or len(others) > room:
        body += _lists(reply, others)
        kept.pop("place", None)
        actions.append(cards.button("Vis", "show_handling", **(kept | {"view": reply.view.value})))
    else:
        actions += [
            cards.button(f"{VIEW[v]} ({reply.sizes[v]})", "to_handle", owner=reply.owner.id, view=v.value)
            for v in others
        ]
    if approved and not main_send:
        actions.append(send)
    return cards.card(body, actions[: cards.MOST_ACTIONS], summary=summary, tracks=True)


def _lists(reply: Waiting, others: list[View]) -> list[Any]:
    """What can be listed, and in which municipality."""
    body: list[Any] = []
    if others:
        views = [v for v in View if v is reply.view or v in others]
        options = [(v.value, f"{VIEW[v]} ({reply.sizes[v]})") for v in views]
        body.append(cards.choices("list_view", "Liste", options, compact=True, value=reply.view.value))
    if reply.places:
        towns = [(str(m.id), f"{m.name} ({n})") for m, n in reply.places]
        options = [(EVERYWHERE, f"Alle ({sum(n for _, n in reply.places)})"), *towns]
        chosen = EVERYWHERE if reply.place is None else str(reply.place)
        body.append(cards.choices("list_place", "Kommune", options, compact=True, value=chosen))
    return body


def nudged(reply: Nudged) -> Outgoing:
    """How many were reminded."""
    if reply.missing == 0:
        return cards.text("Alle har svart. Det er ingen å minne på det.")
    if reply.told == 0:
        return cards.text("De er allerede minnet på det i dag.")
    return cards.text(
        f"Jeg minner {words.number(reply.told)} {'styrer' if reply.told == 1 else 'styrere'} på det nå."
    )
