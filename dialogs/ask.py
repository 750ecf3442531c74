"""Questions about the scheme, alone or in the middle of something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from dialogs import greet, inquiries
from dialogs.networks.here import networks_here, no_round
from dialogs.replies import DeadlineList, DeadlinesEverywhere, HeadsReplyBy, Reply, Said, WhatNow
from dialogs.turn import Turn
from domain.inquiries.models import PublishedAnswer
from domain.inquiries.texts import key_of
from domain.needs.owners import reply_by
from domain.register import rights
from domain.register.models import Network, Role
from domain.rounds.confirming import unconfirmed
from domain.rounds.models import Deadline, DeadlineKind, Round
from domain.rounds.seeing import year_seen
from domain.scheme.answers import Answer, Asker, DatedDeadline

LONGEST_QUESTION = 1000

ACTORS = {
    Role.HEAD: "head",
    Role.OWNER: "owner",
    Role.AUTHORITY: "authority",
    Role.PPT: "ppt",
    Role.LEADER: "leader",
    Role.COORDINATOR: "leader",
    Role.MEMBER: "network",
    Role.UH: "uh",
    Role.COUNTY: "governor",
}
"""Which actor of the description somebody with a role is."""


def what_now(turn: Turn) -> list[Reply]:
    """`hva nå`: the day, what one's role does, where things stand and the next step."""
    if turn.role is None:
        return greet.greet(turn)
    first, *others = greet.greet(turn)
    task = turn.world.scheme.task_of(ACTORS.get(turn.role, ""), turn.today)
    opening = WhatNow(turn.today, turn.role, *(task or (None, None)))
    if isinstance(first, greet.GREETINGS):
        first = replace(first, what_now=opening)
    return [first, *others]


def is_question_within(turn: Turn, text: str) -> bool:
    """Whether a text is a question although an answer was asked for: strict, since answers are many."""
    if text.rstrip().endswith("?"):
        return True
    if len(text) > 100 or "." in text.strip(" .") or not turn.world.scheme.looks_like_question(text):
        return False
    return answer_of(turn, text).found


def answer(turn: Turn, text: str, *, keep: tuple[int, str] | None = None) -> list[Reply]:
    """The answer from the description, with its source; `keep` offers to store the text as an answer."""
    found = answer_of(turn, text)
    return [*_own_date(turn, found), _said(turn, text, found, keep)]


def answer_if_asked(turn: Turn, text: str) -> list[Reply]:
    """The answer to a text that is a question, or that the description has something to say to; else nothing."""
    if turn.event.personal and turn.world.scheme.asks_what_now(text):
        return what_now(turn)
    found = answer_of(turn, text)
    if found.sure or turn.world.scheme.looks_like_question(text):
        return [*_own_date(turn, found), _said(turn, text, found)]
    return []


def _own_date(turn: Turn, found: Answer) -> list[Reply]:
    """Before the owners' date, the one that a head who has not answered is to keep."""
    if found.day_kind != DeadlineKind.NEEDS or not turn.event.personal or turn.role is not Role.HEAD:
        return []
    network = turn.network()
    if found.context is not None and found.context.region not in (None, network.slug if network else None):
        return []  # It was asked about another network.
    day = greet.heads_reply_by(turn, left_only=True)
    return [HeadsReplyBy(day, turn.today)] if day is not None else []


def _said(turn: Turn, question: str, answer: Answer, keep: tuple[int, str] | None = None) -> Said:
    if answer.context is not None:
        turn.world.recent.keep(_conversation(turn), answer.context, turn.now)
    shared = _shared(turn, question, answer)
    if shared is None and answer.declined_reason == "unknown" and keep is None:
        inquiries.note_unanswered(turn, question)
    return Said(
        question=question[:LONGEST_QUESTION],
        answer=answer,
        network_leader=turn.leader_name(),
        in_channel=not turn.event.personal,
        today=turn.today,
        keep=keep,
        shared=shared,
    )


def _shared(turn: Turn, question: str, answer: Answer) -> PublishedAnswer | None:
    """What the network's leader has answered and shared: to these very words, or where the description is silent."""
    network = turn.network()
    published = turn.uow.inquiries.published(network.id) if network else []
    if answer.found:
        asked = key_of(question)
        return next((each for each in published if key_of(each.question) == asked), None)
    at = turn.world.scheme.most_alike(question, [each.question for each in published])
    return published[at] if at is not None else None


def answer_of(turn: Turn, text: str) -> Answer:
    """The answer to a text, seen from the asker's role and network, and from what was asked just before."""
    network = turn.network()
    asker = Asker(
        role_actor=ACTORS.get(turn.role) if turn.role else None,
        region=network.slug if network else None,
        in_channel=not turn.event.personal,
    )
    current = turn.round(network) if network else None
    dates = dated(current.deadlines) if current else ()
    earlier = turn.world.recent.of(_conversation(turn), turn.now)
    return turn.world.scheme.answer(text[:LONGEST_QUESTION], asker, turn.today, dates, earlier)


def _conversation(turn: Turn) -> str:
    who = turn.person.id if turn.person else turn.event.who.aad_object_id
    return f"{turn.event.address.conversation_id}|{who}"


def dated(deadlines_: Iterable[Deadline]) -> Sequence[DatedDeadline]:
    """A round's dates in the form that answers use; the facts themselves carry the sources."""
    return [DatedDeadline(kind=d.kind.value, day=d.day, confirmed=d.confirmed, source="") for d in deadlines_]


def deadlines(turn: Turn, network_id: int | None = None) -> list[Reply]:
    """`frister`: the round's dates, with the one that the head has to keep first.

    In a channel those of its network; who has several networks sees the date for needs in each.
    """
    networks = networks_here(turn, network_id)
    if len(networks) > 1:
        held = [(n.id, n.name, turn.needs_deadline(n)) for n in networks]
        return [DeadlinesEverywhere(tuple(held), turn.today)]
    current = turn.round(networks[0]) if networks else None
    if current is None:
        return [no_round(turn)]
    network = networks[0]
    mine = turn.event.personal
    return [
        DeadlineList(
            network=network.name,
            network_id=network.id,
            entries=year_seen(current, turn.roles if mine else ()),
            today=turn.today,
            reply_by=_heads_date(turn, network, current) if mine and turn.role is Role.HEAD else None,
            leads=mine and network.id in rights.led_networks(turn.roles),
            unconfirmed=len(unconfirmed(current)),
            in_channel=not mine,
        )
    ]


def _heads_date(turn: Turn, network: Network, current: Round) -> date | None:
    """The first day by which an owner of the head's kindergartens in the network asks for an answer."""
    register = turn.uow.register
    own = [register.kindergarten(i) for i in rights.heads(turn.roles)]
    here = [k for k in own if k.active and register.network_of_kindergarten(k.id).id == network.id]
    return min((reply_by.of_round(turn.uow, k.owner_id, current) for k in here), default=None)
