"""Cards about needs that hold for several kindergartens: written once, merged, taken apart."""

from __future__ import annotations

from typing import Any

from dialogs.payloads.sending import EVERY, OF_MUNICIPALITY
from dialogs.replies import (
    ChooseCovered,
    ChooseToMerge,
    ChooseToSplit,
    CommonBegun,
    CommonReceipt,
    Merged,
    NameCommon,
    NothingToMerge,
    OnlyOne,
    Split,
)
from domain.needs.owners.merging import LONGEST_TITLE, SHORTEST_TITLE, WhyNot
from domain.outreach.notices.joint import MergedNotice
from messages import cards, words
from messages.outgoing import Outgoing
from messages.owners.sending import name_of

MOST_LINES = 30

REFUSED = {
    WhyNot.TOO_FEW: "Kryss av for minst to behov.",
    WhyNot.NOT_TOGETHER: "Behovene må høre til samme eier og samme nettverk. Velg på nytt.",
    WhyNot.NOT_OPEN: "Ett av behovene er sendt eller slått sammen fra før. Velg på nytt.",
    WhyNot.TITLE: f"Skriv et navn på {SHORTEST_TITLE} til {LONGEST_TITLE} tegn.",
}


def choose_covered(reply: ChooseCovered) -> Outgoing:
    """«Hvilke barnehager gjelder behovet?»: all of them beforehand."""
    question = "Hvilke barnehager gjelder behovet?"
    body: list[Any] = [cards.heading(question)]
    if reply.nothing_chosen:
        body.append(cards.notice("Velg minst én barnehage."))
    body.append(
        cards.small(
            "Du skriver behovet én gang. Styrerne ser det og får beskjed når det er sendt til nettverket."
        )
    )
    several = len(reply.municipalities) > 1
    options: list[tuple[str, str]] = []
    if reply.within is None:
        every = "Begge" if reply.total == 2 else f"Alle {words.number(reply.total)}"
        options.append((EVERY, f"{every} barnehagene"))
    if several:
        shown = [(m, n) for m, n in reply.municipalities if reply.within in (None, m)]
        options += [(f"{OF_MUNICIPALITY}{m.id}", f"Alle i {m.name} ({n})") for m, n in shown]
    options += [(str(k.id), k.name) for k in reply.kindergartens]
    body.append(cards.choices("covered", "Barnehager", options, many=True, compact=True, value=options[0][0]))
    owner, network = reply.owner.id, reply.network.id
    actions = [cards.button("Gå videre", "begin_common", main=True, owner=owner, network=network)]
    if not reply.kindergartens:
        places = [(str(m.id), f"{m.name} ({n})") for m, n in reply.municipalities]
        body.append(cards.choices("municipality", "Kommune, for å velge enkeltvis", places, compact=True))
        actions.append(
            cards.button("Vis barnehagene i kommunen", "common_need", owner=owner, network=network, new=True)
        )
    return cards.card(body, actions, summary=question)


def common_begun(reply: CommonBegun) -> Outgoing:
    """A common need is begun already."""
    title = f"«{reply.draft.title}»" if reply.draft.title else "et felles behov"
    heading = f"Du har begynt på {title} for {words.count(reply.kindergartens, 'barnehage', 'barnehager')}."
    return cards.card(
        [cards.heading(heading)],
        [
            cards.button("Fortsett på det", "continue", main=True, report=reply.draft.id),
            cards.button(
                "Skriv et nytt", "common_need", owner=reply.owner.id, network=reply.network.id, new=True
            ),
        ],
        summary=heading,
    )


def only_one(reply: OnlyOne) -> Outgoing:
    """There is only one kindergarten to write for."""
    text = f"{reply.owner.name} har bare én barnehage her. Der melder styreren behovet."
    return cards.card([cards.line(text)], [cards.button("Til behandling", "to_handle")], summary=text)


def common_receipt(reply: CommonReceipt) -> Outgoing:
    """Written and approved in one; it goes with the consolidated report."""
    report = reply.report
    heading = f"«{report.title or 'Behovet'}» er lagret og godkjent."
    body: list[Any] = [
        cards.heading(heading),
        cards.line("Det går til nettverket når du sender den samlede meldingen."),
        cards.facts(
            [
                ("Nummer", report.number or ""),
                ("Gjelder", words.count(reply.kindergartens, "barnehage", "barnehager")),
                ("Nettverk", reply.network.name),
            ]
        ),
    ]
    if report.late:
        body.append(cards.small("Fristen er ute, så behovet er merket «etter frist»."))
    owner, network = reply.owner.id, reply.network.id
    actions = [
        cards.button("Send til nettverket", "send_in", main=True, owner=owner, network=network),
        cards.button("Et felles behov til", "common_need", owner=owner, network=network),
    ]
    return cards.card(body, actions, summary=f"{heading} Nummer {report.number}.")


def choose_to_merge(reply: ChooseToMerge) -> Outgoing:
    """Which needs are to become one."""
    question = "Hvilke behov vil du slå sammen?"
    body: list[Any] = [cards.heading(question)]
    if reply.refused is not None:
        body.append(cards.notice(REFUSED[reply.refused]))
    body.append(
        cards.small(
            "De blir ett felles behov for alle barnehagene, og er da godkjent. Originalene beholdes, "
            "og du kan dele opp igjen til du har sendt."
        )
    )
    if reply.alike:
        body.append(cards.hint("Jeg har krysset av for dem som har samme tema."))
    options = [(str(i), name_of(need)) for i, need in reply.needs]
    ticked = ",".join(str(i) for i, _ in reply.needs if i in reply.alike)
    body.append(cards.choices("to_merge", "Behov", options, many=True, value=ticked or None))
    data: dict[str, Any] = {"owner": reply.owner.id, "network": reply.network.id}
    actions = [
        cards.button("Gå videre", "merge_chosen", main=True, **data),
        cards.button("Send uten å slå sammen", "send_in", **data),
    ]
    return cards.card(body, actions, summary=question)


def name_common(reply: NameCommon) -> Outgoing:
    """The name of the common need, suggested from the themes."""
    question = "Hva skal det felles behovet hete?"
    body: list[Any] = [cards.heading(question)]
    if reply.refused is not None:
        body.append(cards.notice(REFUSED[reply.refused]))
    body += [cards.item(f"· {name_of(need)}") for _, need in reply.needs[:MOST_LINES]]
    body += cards.more(len(reply.needs) - MOST_LINES)
    body.append(
        cards.text_input(
            "common_title",
            f"Navn ({SHORTEST_TITLE} til {LONGEST_TITLE} tegn)",
            value=reply.title,
            longest=LONGEST_TITLE if len(reply.title or "") <= LONGEST_TITLE else None,
        )
    )
    ids = [i for i, _ in reply.needs]
    actions = [
        cards.button(f"Slå sammen {words.number(len(ids))} behov", "merge_named", main=True, reports=ids)
    ]
    return cards.card(body, actions, summary=question, tracks=True)


def merged(reply: Merged) -> Outgoing:
    """They are one now."""
    heading = f"{words.number(len(reply.needs)).capitalize()} behov er slått sammen til «{reply.report.title or ''}»."
    body: list[Any] = [cards.heading(heading)]
    body += [cards.item(f"· {name_of(need)}") for need in reply.needs[:MOST_LINES]]
    body += cards.more(len(reply.needs) - MOST_LINES)
    body += [
        cards.line("Styrerne får beskjed. Det felles behovet er godkjent og klart til å sendes."),
        cards.small(f"Nummer {reply.report.number}. Skriv «del opp» hvis du vil dele det opp igjen."),
    ]
    report = reply.report
    actions = [
        cards.button(
            "Send til nettverket", "send_in", main=True, owner=reply.owner_id, network=reply.network_id
        ),
        cards.button("Les det felles behovet", "read", report=report.id),
        cards.button("Del opp igjen", "split_need", report=report.id, v=report.version),
    ]
    return cards.card(body, actions, summary=heading)


def nothing_to_merge(reply: NothingToMerge) -> Outgoing:
    """Fewer than two needs are open."""
    text = "Du har ikke to behov å slå sammen nå. Det må være minst to som ikke er sendt til nettverket."
    return cards.card(
        [cards.line(text)],
        [cards.button("Til behandling", "to_handle", owner=reply.owner.id)],
        summary=text,
    )


def choose_to_split(reply: ChooseToSplit) -> Outgoing:
    """Which common need is to be taken apart."""
    if not reply.needs:
        return cards.text("Du har ingen sammenslåtte behov å dele opp. Det som er sendt, kan ikke deles opp.")
    question = "Hvilket behov vil du dele opp igjen?"
    options = [(f"{report.id}:{report.version}", name_of(need)) for report, need in reply.needs]
    return cards.card(
        [cards.heading(question), cards.choices("to_split", "Felles behov", options, value=options[0][0])],
        [cards.button("Del opp", "split_need", main=True)],
        summary=question,
    )


def split(reply: Split) -> Outgoing:
    """The needs stand for themselves again."""
    heading = f"«{reply.title}» er delt opp igjen."
    body: list[Any] = [cards.heading(heading), cards.line("Disse er godkjent og sendes hver for seg:")]
    body += [cards.item(f"· {name_of(need)}") for need in reply.needs[:MOST_LINES]]
    body += cards.more(len(reply.needs) - MOST_LINES)
    body.append(cards.small("Styrerne får beskjed."))
    actions = [
        cards.button(
            "Send til nettverket", "send_in", main=True, owner=reply.owner_id, network=reply.network_id
        )
    ]
    return cards.card(body, actions, summary=heading)


def merged_notice(content: MergedNotice) -> Outgoing:
    """To a head: the need goes on as part of a common one, or stands for itself again."""
    title = f"«{content.report.title or 'Uten navn'}»"
    if content.title is None:
        heading = f"{content.owner} har delt opp igjen. {title} står for seg selv."
        body: list[Any] = [cards.line("Behovet er godkjent. Du får beskjed når det er sendt til nettverket.")]
    else:
        heading = f"{content.owner} har godkjent {title} og slått det sammen med andre behov."
        shown = [*content.others[:MOST_LINES]]
        left = len(content.others) - len(shown)
        others = words.listed([*shown, f"{left} til"] if left else shown)
        body = [
            cards.line(f"Det felles behovet heter «{content.title}» og gjelder også {others}."),
            cards.line(
                "Det du har skrevet, er tatt vare på. Du får beskjed når det er sendt til nettverket."
            ),
        ]
    body.append(cards.small(f"Nummer {content.report.number}."))
    actions = [cards.button("Mine meldinger", "my_reports")]
    return cards.card([cards.heading(heading), *body], actions, summary=heading)
