"""Examples of the care of the register and of deputies: forms, what was understood, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.register import care
from domain.register.models import Role, Scope, ScopeKind
from domain.register.orders import Care, Part

Variants = Iterator[tuple[str, r.Reply]]

ORGNR = "123456785"


def forms(s: Scene) -> Variants:
    """The menu, and the form for each kind: empty, filled in, and with everything that can be wrong."""
    yield "menu", r.CareMenu()
    said = _said(s)
    for kind in Care:
        yield f"{kind.value}-empty", r.CareForm(kind)
        yield f"{kind.value}-filled-in", r.CareForm(kind, said)
    for part in Part:
        kind = _with(part)
        problem, written = r.CareProblem.MISSING, said[part]
        yield f"missing-{part.value}", r.CareForm(kind, {}, problem=problem, part=part)
        if part in (Part.PLACE, Part.OWNER, Part.PERSON, Part.MUNICIPALITY):
            problem = r.CareProblem.UNKNOWN
            yield (
                f"unknown-{part.value}",
                r.CareForm(kind, said, problem=problem, part=part, detail=written),
            )
    options = {Part.PLACE: tuple((f"{i}", s.kindergarten(i).name) for i in range(4))}
    for problem in r.CareProblem:
        if problem not in (r.CareProblem.MISSING, r.CareProblem.UNKNOWN):
            yield (
                problem.value,
                r.CareForm(
                    Care.NEW_HEAD,
                    said,
                    options if problem is r.CareProblem.UNCLEAR else {},
                    problem,
                    Part.PLACE,
                    said[Part.PLACE],
                ),
            )
    yield "deputy-own-place", r.CareForm(Care.DEPUTY, said, asks_place=False)


def changes(s: Scene) -> Variants:
    """Each change before it is made and after."""
    for name, facts, change in _changes(s):
        yield name, r.ConfirmCare(facts, change)
        yield name, r.CareDone(facts)
    _, facts, _ = next(c for c in _changes(s) if c[0] == "closed")
    again = care.Added(orgnr=ORGNR, name=s.kindergarten().name[:200], municipality=1, owner=1)
    yield "closed-with-undo", r.CareDone(facts, again)
    yield "cancelled", r.CareCancelled()
    yield "not-so-any-more", r.CareCancelled(changed=True)


def deputies(s: Scene) -> Variants:
    """Appointing, the list, ending, and acting."""
    coming, begun = _deputy(s, 9), _deputy(s, -9)
    confirm = r.ConfirmDeputy(
        s.kari.name,
        s.kari.email,
        Role.OWNER,
        coming.scope,
        s.owner.name,
        s.today,
        s.today + timedelta(days=40),
    )
    yield "new", confirm
    yield "instead-of-earlier-days", replace(confirm, earlier=coming)
    for name, deputy in (("coming", coming), ("begun", begun)):
        yield name, r.DeputyAppointed(deputy, s.today)
        yield name, r.ConfirmEnd(deputy, s.today)
        yield name, r.DeputyEnded(deputy, s.today)
    yield "nobody", r.DeputyList((), s.today)
    yield "nobody-and-may-not", r.DeputyList((), s.today, may_appoint=False)
    yield "one", r.DeputyList((begun,), s.today)
    yield "many", r.DeputyList(tuple(replace(coming, person_id=i) for i in range(1, 60)), s.today)
    yield "one", r.StandingIn(((s.owner.name, s.today),))
    yield "several", r.StandingIn(((s.owner.name, s.today), (s.kindergarten().name, s.today)))


def _changes(s: Scene) -> Iterator[tuple[str, r.CareFacts, care.Change]]:
    place, person, email = s.kindergarten().name, s.kari.name, s.kari.email
    new = care.NewPerson(role=Role.HEAD, scope_id=1, name=person[:200], email=email)
    head = r.CareFacts(Care.NEW_HEAD, place=place, person=person, email=email)
    yield "first-head", head, new
    yield "new-head", replace(head, heads=((2, s.per.name),), left=(s.per.name,)), new
    yield "one-of-three-heads", replace(head, heads=((2, s.per.name), (3, s.kari.name))), new
    facts = r.CareFacts(Care.NEW_OWNER, place=s.owner.name, person=person, email=email)
    yield "new-owner", facts, new.model_copy(update={"role": Role.OWNER})
    scope = Scope(kind=ScopeKind.KINDERGARTEN, id=1)
    roles = ((Role.HEAD, place), (Role.OWNER, s.owner.name))
    left = care.Left(person=1, roles=(care.Held(role=Role.HEAD, scope=scope),))
    yield "left", r.CareFacts(Care.LEFT, person=person, email=email, roles=roles), left
    facts = r.CareFacts(Care.CLOSED, place=place)
    yield "closed-empty", facts, care.Closed(kindergarten=1)
    facts = replace(facts, heads=((1, person), (2, s.per.name)), drafts=1, with_owner=3)
    yield "closed", facts, care.Closed(kindergarten=1)
    facts = replace(facts, kind=Care.MOVED, other=s.owner.name, before=s.owner.name)
    yield "moved", facts, care.Moved(kindergarten=1, owner=2, before=1)
    yield (
        "renamed",
        r.CareFacts(Care.RENAMED, place=place, other=s.kindergarten(1).name),
        care.Renamed(kindergarten=1, name=s.kindergarten(1).name[:200], before=place[:200]),
    )
    yield (
        "added",
        r.CareFacts(
            Care.ADDED,
            place=place,
            other=s.owner.name,
            municipality=s.words.municipality,
            orgnr=ORGNR,
        ),
        care.Added(orgnr=ORGNR, name=place[:200], municipality=1, owner=1),
    )


def _deputy(s: Scene, days: int) -> r.DeputyItem:
    starts = s.today + timedelta(days=days)
    scope = Scope(kind=ScopeKind.OWNER, id=1)
    ends = s.today + timedelta(days=30)
    return r.DeputyItem(1, s.kari.name, Role.OWNER, scope, s.owner.name, starts, ends)


def _with(part: Part) -> Care:
    kinds = {
        Part.PLACE: Care.CLOSED,
        Part.OWNER: Care.MOVED,
        Part.PERSON: Care.LEFT,
        Part.NEW_NAME: Care.RENAMED,
        Part.ORGNR: Care.ADDED,
        Part.MUNICIPALITY: Care.ADDED,
    }
    return kinds.get(part, Care.DEPUTY)


def _said(s: Scene) -> dict[Part, str]:
    text = s.words.text
    written = {
        Part.PLACE: s.kindergarten().name,
        Part.OWNER: s.owner.name,
        Part.NAME: s.kari.name,
        Part.EMAIL: s.kari.email,
        Part.PERSON: s.per.name,
        Part.NEW_NAME: s.kindergarten(1).name,
        Part.ORGNR: "123 456 785",
        Part.MUNICIPALITY: s.words.municipality,
        Part.STARTS: "1. desember",
        Part.ENDS: "15. januar",
    }
    return written if text is None else dict.fromkeys(Part, (text * 3)[:200])
