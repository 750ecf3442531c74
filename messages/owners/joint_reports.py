"""Cards and notices about joint reports: who asks, what it means, who has answered, that it is sent."""

from __future__ import annotations

from typing import Any

from dialogs.replies import JointAnswered, JointAsked, JointOverview, JointRefused, NoOthers
from domain.needs.models import JointState
from domain.outbox import MessageKind
from domain.outreach.notices.joint import JointNotice
from messages import cards, words
from messages.outgoing import Outgoing
from messages.owners.sending import JOINT

MOST_OWNERS = 100


def overview(reply: JointOverview) -> Outgoing:
    """To the one who sends: the others and their answers, and whom one may ask."""
    report = reply.report
    heading = f"Felles melding til nettverket {reply.network.name}"
    body: list[Any] = [cards.heading(heading)]
    if reply.waits_for:
        names = words.listed(list(reply.waits_for))
        body.append(cards.notice(f"{names} har ikke svart. Vent på svar, eller ta dem ut før du sender."))
    if reply.just_asked:
        body.append(
            cards.line(f"{words.count(reply.just_asked, 'eier er', 'eiere er')} spurt og får beskjed nå.")
        )
    if reply.asked:
        body.append(cards.facts([(owner.name, _state(state, n)) for owner, state, n in reply.asked]))
    else:
        body.append(
            cards.line(
                "Du sender, og de andre eierne bekrefter for seg. Da går de godkjente behovene deres i samme melding."
            )
        )
    data: dict[str, Any] = {"report": report.id, "v": report.version}
    actions: list[Any] = []
    if reply.free:
        options = [(str(o.id), o.name) for o in reply.free[:MOST_OWNERS]]
        body.append(cards.choices("invited", "Spør disse eierne", options, many=True, compact=True))
        actions.append(cards.button("Spør de valgte", "invite_owners", main=not reply.asked, **data))
    taken = [(o, s) for o, s, _ in reply.asked if s is not JointState.DECLINED]
    if taken:
        options = [(str(o.id), o.name) for o, _ in taken]
        body.append(cards.choices("taken_out", "Ta ut disse eierne", options, many=True, compact=True))
        actions.append(cards.button("Ta ut de valgte", "take_out_owners", **data))
    actions.append(
        cards.button(
            "Til oppsummeringen",
            "send_in",
            main=bool(reply.asked),
            owner=report.owner_id,
            network=report.network_id,
        )
    )
    return cards.card(body, actions, summary=heading)


def _state(state: JointState, needs: int) -> str:
    if state is JointState.CONFIRMED:
        return f"er med, {words.count(needs, 'behov', 'behov')}"
    return JOINT[state]


def asked(reply: JointAsked) -> Outgoing:
    """To an owner that is asked, or has confirmed."""
    heading, lines = (
        f"{reply.sender} vil sende felles melding med dere.",
        _meaning(reply.sender, reply.approved),
    )
    if reply.state is JointState.CONFIRMED:
        heading = f"Dere er med i felles melding fra {reply.sender}."
        ready = words.count(reply.confirmed, "behov er", "behov er")
        lines = [
            f"{ready} med. {reply.sender} sender til nettverket {reply.network}, og dere får kvittering."
        ]
    data: dict[str, Any] = {"report": reply.report.id, "owner": reply.owner.id}
    yes = cards.button("Bekreft", "answer_joint", main=True, joins=True, **data)
    no = cards.button("Nei takk", "answer_joint", joins=False, **data)
    if reply.state is JointState.CONFIRMED:
        no = cards.button("Trekk dere ut", "answer_joint", joins=False, **data)
        actions = [no]
        if reply.approved > reply.confirmed:
            new = words.count(reply.approved - reply.confirmed, "nytt behov", "nye behov")
            lines.append(f"{new} er godkjent siden dere bekreftet.")
            actions.insert(0, cards.button("Ta med de nye", "answer_joint", main=True, joins=True, **data))
    else:
        actions = [yes, no]
    body = [cards.heading(heading), *(cards.line(text) for text in lines), cards.small(reply.owner.name)]
    return cards.card(body, actions, summary=heading)


def _meaning(sender: str, needs: int) -> list[str]:
    ready = (
        f"De {words.number(needs)} behovene dere har godkjent, går i samme melding."
        if needs > 1
        else "Behovet dere har godkjent, går i samme melding."
        if needs
        else "Dere har ingen godkjente behov ennå. Godkjenn dem først, så går de i samme melding."
    )
    return [
        f"{ready} {sender} ser hva behovene heter, setter rekkefølgen og sender.",
        "Dere kan trekke dere ut til meldingen er sendt. Kommer det flere behov, sender dere et tillegg selv.",
    ]


def answered(reply: JointAnswered) -> Outgoing:
    """The answer is stored."""
    data: dict[str, Any] = {"report": reply.report.id, "owner": reply.owner.id}
    if not reply.joins:
        heading = "Greit. Dere sender selv."
        body: list[Any] = [cards.heading(heading), cards.line(f"{reply.sender} får beskjed.")]
        actions = [
            cards.button(
                "Send til nettverket",
                "send_in",
                main=True,
                owner=reply.owner.id,
                network=reply.report.network_id,
            )
        ]
        return cards.card(body, actions, summary=heading)
    heading = (
        f"Bekreftet. {words.count(reply.needs, 'behov', 'behov')} går i felles melding fra {reply.sender}."
    )
    body = [cards.heading(heading), cards.line("Dere får kvittering når den er sendt.")]
    return cards.card(
        body, [cards.button("Trekk dere ut", "answer_joint", joins=False, **data)], summary=heading
    )


def refused(reply: JointRefused) -> Outgoing:
    """Only one joint report at a time."""
    if reply.own:
        text = "Dere har selv spurt andre om felles melding. Ta dem ut først, så kan dere bekrefte her."
    else:
        text = f"Dere er med i felles melding fra {reply.sender}. Trekk dere ut av den først."
    return cards.card(
        [cards.line(text)], [cards.button("Se felles melding", "joint_report", main=True)], summary=text
    )


def no_others(reply: NoOthers) -> Outgoing:
    """There is no joint report now."""
    text = (
        "Du har ikke noe å sende nå. Godkjenn behovene først. Så kan du spørre andre eiere om felles melding."
    )
    return cards.card(
        [cards.line(text)],
        [cards.button("Til behandling", "to_handle", main=True, owner=reply.owner.id)],
        summary=text,
    )


def notice(content: JointNotice) -> Outgoing:
    """What somebody did with a joint report."""
    needs = words.count(content.needs, "behov", "behov")
    mine: dict[str, Any] = {"owner": content.owner_id, "network": content.network_id}
    body: list[Any] = []
    actions: list[Any] = []
    match content.kind:
        case MessageKind.JOINT_ASKED:
            heading = f"{content.by} hos {content.sender} vil sende felles melding med {content.owner}."
            body = [cards.line(text) for text in _meaning(content.sender, content.needs)]
            data: dict[str, Any] = {"report": content.report_id, "owner": content.owner_id}
            actions = [
                cards.button("Bekreft", "answer_joint", main=True, joins=True, **data),
                cards.button("Nei takk", "answer_joint", joins=False, **data),
            ]
        case MessageKind.JOINT_ANSWERED:
            heading = f"{content.owner} sender selv, og er ikke med i felles melding."
            body = []
            if content.joins:
                heading = f"{content.owner} er med i felles melding, med {needs}."
            actions = [cards.button("Se felles melding", "joint_report", main=True, report=content.report_id)]
        case MessageKind.JOINT_TAKEN_OUT:
            heading = f"{content.sender} sender uten {content.owner}."
            body = [cards.line("Dere sender selv til nettverket. De godkjente behovene er klare.")]
            actions = [cards.button("Send til nettverket", "send_in", main=True, **mine)]
        case _:
            heading = (
                f"Felles melding er sendt til nettverket {content.network}, med {needs} fra {content.owner}."
            )
            body = [
                cards.line("Kommer det flere, sender dere et tillegg. Styrerne har fått beskjed."),
                cards.facts(
                    [("Nummer", content.number or ""), ("Sendt av", f"{content.by}, {content.sender}")]
                ),
            ]
    return cards.card([cards.heading(heading), *body], actions, summary=heading)
