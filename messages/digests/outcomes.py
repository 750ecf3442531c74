"""What became of needs: what the leader has not registered yet, and in spring what heads and owners hear."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from domain.needs.owners.desk import View
from domain.outreach.digests.outcomes import End, Outcome, OutcomeDigest, OutcomesMissing
from messages import cards, words
from messages.outgoing import Outgoing

MOST_SHOWN = 10
MOST_STATES = 3
LONGEST_TITLE = 80
LONGEST_REASON = 300

ONE = {
    End.GRANTED: "«{title}» har fått tilsagn.",
    End.RECOMMENDED: "«{title}» er innstilt, men ikke avgjort ennå.",
    End.PRIORITISED: "«{title}» er prioritert, men ikke avgjort ennå.",
    End.OPEN: "«{title}» er ikke avgjort ennå.",
    End.ON_HOLD: "«{title}» er satt på vent.",
    End.NOT_PRIORITISED: "«{title}» ble ikke prioritert denne gangen.",
    End.REFUSED: "«{title}» fikk dessverre avslag.",
}
MANY = {
    End.GRANTED: "har fått tilsagn",
    End.RECOMMENDED: "er innstilt, men ikke avgjort ennå",
    End.PRIORITISED: "er prioritert, men ikke avgjort ennå",
    End.OPEN: "er ikke avgjort ennå",
    End.ON_HOLD: "er satt på vent",
    End.NOT_PRIORITISED: "ble ikke prioritert denne gangen",
    End.REFUSED: "fikk avslag",
}
COUNTED = {
    End.GRANTED: "tilsagn",
    End.RECOMMENDED: "innstilt",
    End.PRIORITISED: "prioritert",
    End.OPEN: "ikke avgjort",
    End.ON_HOLD: "på vent",
    End.NOT_PRIORITISED: "ikke prioritert",
    End.REFUSED: "avslag",
}
AGAIN = frozenset({End.ON_HOLD, End.NOT_PRIORITISED, End.REFUSED})
"""What can be reported again in the next round."""

WAITS = frozenset({End.RECOMMENDED, End.PRIORITISED, End.OPEN})


def missing(content: OutcomesMissing, _today: date) -> Outgoing:
    """How many needs nobody below knows the outcome of, and the way to register it."""
    heading = f"{words.count(content.total, 'behov', 'behov')} i {content.network} mangler utfall."
    body = [
        cards.heading(heading),
        cards.line(
            f"Tilsagnsbrevet var ventet {words.day(content.letter.day)}. "
            "Registrer hvordan det gikk, så får eierne og styrerne vite det."
        ),
        cards.facts([(words.STATUS[s].capitalize(), str(n)) for s, n in content.states]),
    ]
    network, several = content.network_id, len(content.states) > 1
    actions = [
        cards.button(
            f"Registrer: {words.STATUS[state]}" if several else "Registrer",
            "network_needs",
            main=n == 0,
            network=network,
            state=state.value,
        )
        for n, (state, _) in enumerate(content.states[:MOST_STATES])
    ]
    if len(content.states) > MOST_STATES:
        actions.append(cards.button("Se alle behov", "network_needs", network=network))
    return cards.card(body, actions, summary=heading)


def digest(content: OutcomeDigest, _today: date) -> Outgoing:
    """What became of each need, the best first, why, and what one can do."""
    only = content.outcomes[0] if len(content.outcomes) == 1 else None
    ends = {o.end for o in content.outcomes}
    went = "står" if ends & WAITS else "gikk"
    several = f"Slik {went} det med behovene deres i {content.network}"
    heading = ONE[only.end].format(title=_title(only)) if only else several
    body: list[Any] = [cards.heading(heading)]
    if only:
        body += [*_reason(only), cards.small(_where(only))]
    else:
        body += _all(content)
    body += [cards.line(text) for text in _advice(ends, several=only is None)]
    actions: list[Any] = []
    if content.owner_id is not None:
        view = View.SENT.value
        actions.append(cards.button("Se behovene", "to_handle", main=True, owner=content.owner_id, view=view))
    else:
        actions.append(cards.button("Mine meldinger", "my_reports", main=True))
    actions.append(cards.button("Spør lederen", "ask_leader"))
    return cards.card(body, actions, summary=heading)


def _all(content: OutcomeDigest) -> list[Any]:
    counted = Counter(o.end for o in content.outcomes)
    body: list[Any] = []
    if len(counted) > 1 and len(content.outcomes) > 2:
        body.append(cards.line(f"{words.listed([f'{counted[e]} {COUNTED[e]}' for e in End if counted[e]])}."))
    for one in content.outcomes[:MOST_SHOWN]:
        body.append(cards.line(f"{_title(one)} ({_where(one)})", strong=True))
        body += [cards.item(f"{MANY[one.end].capitalize()}."), *_reason(one)]
    return body + cards.more(len(content.outcomes) - MOST_SHOWN)


def _advice(ends: set[End], *, several: bool) -> list[str]:
    said = []
    if End.GRANTED in ends:
        said.append("Lederen for nettverket kan si mer om oppstart.")
    if ends & WAITS:
        said.append(f"Du får beskjed når {'resten' if ends - WAITS else 'det'} er avgjort.")
    if ends & AGAIN:
        what = "Det som ikke nådde opp," if several else "Behovet"
        said.append(f"{what} kan meldes på nytt i neste runde.")
    said.append("Takk for at dere meldte behov!")
    return said


def _reason(one: Outcome) -> list[Any]:
    return cards.named("Begrunnelse", cards.cut(one.reason, LONGEST_REASON)) if one.reason else []


def _title(one: Outcome) -> str:
    return cards.cut(one.title or "Uten navn", LONGEST_TITLE)


def _where(one: Outcome) -> str:
    return words.covering(one.kindergarten, one.more)
