"""Examples of needs at the network: the list, one need, acts on it, the end of a round, registering for others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.preview.scene import Scene
from dialogs import replies as r
from dialogs.networks.network_needs import LONGEST_NOTE, PAGE
from domain.needs.form import needs_form
from domain.needs.history import LastAct
from domain.needs.lifecycle import Act, Party, acts_from
from domain.needs.models import WITH_NETWORK, Source, Status
from domain.needs.networks.network import READERS, Level, Reported
from domain.needs.overview import Answer
from domain.outbox import MessageKind
from domain.outreach.notices.needs import NeedNotice
from domain.register.models import Role
from messages.networks.decided import HEADINGS

Variants = Iterator[tuple[str, r.Reply]]

REASON = "Behovet er tydelig, og flere barnehager i regionen har det samme."
_BOTH = (Party.OWNER, Party.HEAD)


def reason(s: Scene) -> str:
    """A reason, as long as it may be in a scene of extremes."""
    return REASON if s.words.text is None else (s.words.text * 20)[:LONGEST_NOTE].strip()


def lists(s: Scene) -> Variants:
    """`meldte behov`, for each of those who read."""
    few = _list(s, tuple(_reported(s, n) for n in range(3)))
    yield "leader", few
    for role, level in READERS.items():
        seen = tuple(_reported(s, n, level=level) for n in range(2))
        yield f"as-{role.name.lower()}", replace(few, role=role, among_roles=True, items=seen)
    states = tuple((status, 7) for status in Status if status in WITH_NETWORK)
    owners = tuple((n, f"{s.owner.name} {n}", 20 - n % 9) for n in range(1, 121))
    many = replace(
        _list(s, tuple(_reported(s, n, covers=(2, 3)) for n in range(PAGE))),
        page=1,
        pages=13,
        total=98,
        states=states,
        owners=owners,
    )
    yield "many", many
    yield "filtered", replace(many, state=Status.REPORTED, page=0)
    yield "of-one-owner", replace(many, owner=3, elsewhere=((2, "Fosen"), (3, s.network.name)))
    none: dict[str, Any] = {"items": (), "total": 0, "themes": {}}
    yield "nothing", replace(few, **none, states=(), owners=())
    yield "nothing-chosen", replace(few, **none, state=Status.GRANTED)
    yield "only-counted", replace(few, **none, states=(), owners=(), only_counted=7, role=Role.MEMBER)


def one(s: Scene) -> Variants:
    """One whole need, in every state."""
    shown = r.NetworkNeedCard(_reported(s), s.network.name, 1, Role.LEADER, among_roles=False)
    yield "leader", shown
    for status in sorted(WITH_NETWORK):
        acts = acts_from(status, (Role.LEADER,))
        act = LastAct(s.kari.name, 1, s.now, Status.REPORTED, status, reason(s))
        yield (
            f"state-{status.name.lower()}",
            replace(shown, need=_reported(s, status=status, acts=acts), act=act),
        )
    yield "uh", replace(shown, need=_reported(s, acts=()), role=Role.UH, among_roles=True)
    brief = _reported(s, level=Level.SUMMARY, acts=())
    yield "summary", replace(shown, need=brief, role=Role.AUTHORITY, among_roles=True)
    everything = s.answers(needs_form(), everything=True)
    common = _reported(s, answers=everything, covers=tuple(range(2, 60)), late=True, assessment=reason(s))
    yield "common-late", replace(shown, need=replace(common, supplement=1))


def acting(s: Scene) -> Variants:
    """What is to happen, as it is filled in, looked over and registered."""
    three = tuple(_reported(s, n) for n in range(3))
    acts = acts_from(Status.UNDER_CONSIDERATION, (Role.LEADER,))
    form = r.ActForm(three, acts, 1)
    yield "form", form
    yield "form-one", replace(form, needs=three[:1])
    yield "form-nothing-in-common", replace(form, acts=(Act.EXPIRE,))
    for problem in r.ActProblem:
        yield (
            f"form-{problem.value}",
            replace(form, act=Act.PRIORITISE, note=reason(s), day="i går", problem=problem),
        )
    confirm = r.ActConfirm(three, Act.PRIORITISE, reason(s), s.today, _BOTH)
    yield "confirm", confirm
    yield "confirm-personal", replace(confirm, personal=True)
    eight = tuple(_reported(s, n) for n in range(PAGE))
    yield "confirm-eight", replace(confirm, needs=eight)
    yield "confirm-day-only", replace(confirm, act=Act.RECOMMEND, note=None, told=())
    yield "confirm-note-only", replace(confirm, act=Act.RETURN_TO_OWNER, day=None, told=_BOTH[:1])
    leaders = dict.fromkeys(a for status in Status for a in acts_from(status, (Role.LEADER,)))
    for act in (a for a in leaders if a in _CHOSEN):
        yield f"done-{act.name.lower()}", r.ActDone((s.title(),), act, s.today, _BOTH, 1, 0)
    yield "done-many", r.ActDone(tuple(s.title(n) for n in range(30)), Act.PRIORITISE, s.today, (), 1, 4)
    yield "done-more-left", r.ActDone((s.title(),), Act.CONSIDER, None, (), 1, 4)


_CHOSEN = frozenset(Act) - {Act.SUBMIT, Act.NO_NEED, Act.REOPEN, Act.WITHDRAW}


def rounds(s: Scene) -> Variants:
    """The end of a round, and the form on and off."""
    ending = r.EndRoundConfirm(s.network.name, 1, 1, "2026/27", s.today, 12, over=False)
    yield "ending", ending
    yield "ending-one-over", replace(ending, open=1, over=True)
    yield "ended", r.RoundEnded(s.network.name, "2026/27", 12)
    for on in (True, False):
        name = "on" if on else "off"
        yield f"switch-{name}", r.SwitchFormConfirm(s.network.name, 1, on)
        yield f"switched-{name}", r.FormSwitched(s.network.name, on)
        yield f"switched-{name}-already", r.FormSwitched(s.network.name, on, already=True)
    yield "off", r.FormIsOff(s.network.name, s.kari.name)
    yield "off-no-leader", r.FormIsOff(s.network.name, None)
    yield "off-for-the-leader", r.FormIsOff(s.network.name, s.kari.name, own=True)


def registering(s: Scene) -> Variants:
    """For which kindergarten, how it came, and the receipt."""
    some = tuple((n, s.kindergarten(n).name) for n in range(1, 5))
    yield "where", r.RegisterWhere(some)
    yield "where-near", r.RegisterWhere(some, s.kindergarten().name)
    yield "where-thousand", r.RegisterWhere(some * 250, None, some)
    how = r.RegisterHow(1, s.kindergarten().name, s.owner.name, Role.LEADER, Answer.NONE)
    for answer in Answer:
        yield f"how-{answer.value}", replace(how, answer=answer)
    yield "how-owner", replace(how, role=Role.OWNER, no_source=True)
    done = r.NoNeedRegistered(s.kindergarten().name, s.owner.name, late=False, role=Role.LEADER)
    yield "no-need", done
    yield "no-need-late-by-owner", replace(done, late=True, role=Role.OWNER)


def notices(s: Scene) -> Iterator[tuple[str, NeedNotice]]:
    """What became of needs, as those below hear of it; and of what was registered for them."""
    place, owner, network = s.kindergarten().name, s.owner.name, s.network.name
    for status in sorted(HEADINGS):
        need = s.need(status, decided_on=s.today)
        act = LastAct(s.kari.name, 1, s.now, Status.UNDER_CONSIDERATION, status, reason(s))
        told = NeedNotice(MessageKind.NEED_DECIDED, need, place, owner, network, s.per, Role.OWNER, act)
        yield f"decided-{status.name.lower()}", told
        yield f"decided-{status.name.lower()}-head", replace(told, role=Role.HEAD, act=None)
    out = LastAct(s.kari.name, 1, s.now, Status.IN_BASIS, Status.PRIORITISED, reason(s))
    prioritised = replace(told, report=s.need(Status.PRIORITISED, decided_on=s.today), act=out)
    yield "decided-taken-out", prioritised
    yield "decided-many", replace(prioritised, act=None, titles=tuple(s.title(n) for n in range(30)))
    withdrawn = replace(told, kind=MessageKind.NEED_WITHDRAWN, report=s.need(Status.WITHDRAWN))
    yield "withdrawn-by-owner", replace(withdrawn, role=Role.HEAD)
    registered = replace(told, kind=MessageKind.NEED_REGISTERED, role=Role.HEAD, act=out)
    for source in (Source.ORAL, Source.EMAIL, Source.EXCEL, Source.OWNER):
        yield f"registered-{source.name.lower()}", replace(registered, report=s.need(source=source))
    none = s.need(Status.NO_NEED, answered=False, source=Source.ORAL)
    yield "registered-no-need", replace(registered, report=none)
    yield (
        "registered-to-owner",
        replace(
            registered,
            kind=MessageKind.NEED_ARRIVED,
            role=Role.OWNER,
            report=s.need(source=Source.ORAL),
        ),
    )
    yield (
        "registered-no-need-to-owner",
        replace(registered, kind=MessageKind.NO_NEED_ARRIVED, role=Role.OWNER, report=none),
    )


def _list(s: Scene, items: tuple[Reported, ...]) -> r.NetworkNeedsList:
    return r.NetworkNeedsList(
        network=s.network.name,
        network_id=1,
        role=Role.LEADER,
        among_roles=False,
        items=items,
        page=0,
        pages=1,
        total=len(items),
        only_counted=0,
        themes={"play": 3, "inclusion": 2, "language": 1},
        states=((Status.UNDER_CONSIDERATION, len(items)),),
        owners=((1, s.owner.name, len(items)),),
    )


def _reported(
    s: Scene,
    number: int = 0,
    *,
    status: Status = Status.UNDER_CONSIDERATION,
    level: Level = Level.ALL,
    acts: tuple[Act, ...] | None = None,
    **changes: Any,
) -> Reported:
    need = s.need(status, number, **changes)
    kept = {"title", "themes"} if level is Level.SUMMARY else set(need.answers)
    return Reported(
        report=need,
        kindergartens=tuple(s.kindergarten(i - 1) for i in need.kindergartens),
        owner=s.owner,
        level=level,
        answers={k: v for k, v in need.answers.items() if k in kept},
        place=number + 1,
        acts=acts_from(status, (Role.LEADER,)) if acts is None else acts,
    )
