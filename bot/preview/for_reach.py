"""Examples of who cannot be written to: the list, the e-mails, and the notice before the date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.outreach.content import Content
from domain.outreach.reaching.reach import Group, NotReached, PeopleNotReached, Unreached, Why
from domain.register.models import Person, Role
from domain.rounds.models import DeadlineKind

REASONS = tuple(Why)
MANY = 100


def listed(s: Scene) -> Iterator[tuple[str, r.Reply]]:
    """Who is not reached."""
    found = _found(s)
    more = s.other_network.model_copy(update={"id": 3, "name": "Orkland"})
    yield "everybody", r.NotReachedList(found, (s.other_network, more, s.network))
    yield "hundred", r.NotReachedList(_found(s, MANY), (s.other_network,))
    yield "one", r.NotReachedList(replace(found, people=found.people[:1], total=1))
    yield "nobody", r.AllReached(s.network.name, 41)
    yield "nothing-left", r.AllReached(s.network.name, 0)


def emails(s: Scene) -> Iterator[tuple[str, r.Reply]]:
    """What to send them, before the date and after it."""
    for group in Group:
        found = _found(s)
        yield group.value, _email(s, found, group)
        late = replace(found, needs=s.deadline(passed=True))
        yield f"{group.value}-late", _email(s, late, group, late=True)
        only = replace(found, people=tuple(u for u in found.people if u.group is group)[:1])
        yield f"{group.value}-only", _email(s, only, group)
    many = _found(s, MANY)
    several = tuple(
        replace(u, reply_by=s.today + timedelta(days=n % 3)) for n, u in enumerate(many.people) if u.reply_by
    )
    first = replace(_email(s, many, Group.HEADS), people=several, pages=2)
    yield "first-page-several-dates", first
    unsure = replace(_found(s), needs=s.deadline(confirmed=False), basis=None)
    yield "owners-unconfirmed", _email(s, unsure, Group.OWNERS)
    yield "others-no-basis", _email(s, unsure, Group.OTHERS)


def contents(s: Scene) -> Iterator[tuple[str, Content]]:
    """The notice to the leader."""
    yield "few", PeopleNotReached(s.kari, _found(s))
    yield "many", PeopleNotReached(s.kari, _found(s, MANY))
    one = _found(s)
    yield "one", PeopleNotReached(s.kari, replace(one, people=one.people[:1], total=1))


def _found(s: Scene, heads: int = 4) -> NotReached:
    people = [
        Unreached(
            Person(id=n + 10, name=f"{s.kari.name} {n}", email=f"styrer.nummer{n}@barnehage.example"),
            Role.HEAD,
            (s.kindergarten(n).name,) if n else (s.kindergarten(0).name, s.kindergarten(1).name),
            REASONS[n % len(REASONS)],
            s.today + timedelta(days=3),
        )
        for n in range(heads)
    ]
    people.append(Unreached(s.per, Role.OWNER, (s.owner.name,), Why.REFUSED))
    people.append(Unreached(s.kari, Role.UH, (s.network.name,), Why.NOT_INSTALLED))
    basis = next(d for d in s.deadlines if d.kind is DeadlineKind.DECISION_BASIS)
    return NotReached(s.network, s.deadline(), basis, tuple(people), heads + 37)


def _email(s: Scene, found: NotReached, group: Group, *, late: bool = False) -> r.ReadyEmail:
    people = tuple(u for u in found.people if u.group is group)
    if late:
        people = tuple(replace(u, reply_by=s.today - timedelta(days=9)) if u.reply_by else u for u in people)
    return r.ReadyEmail(found, group, people, s.kari.name, s.today)
