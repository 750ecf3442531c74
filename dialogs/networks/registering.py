"""Registering for a kindergarten what came by telephone, on paper or by e-mail: by its owner or the network's leader."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from dialogs.payloads import BeginRegistering, RegisterFor, StartReport
from dialogs.replies import CardSettled, NoNeedRegistered, RegisterHow, RegisterWhere, Reply, Say, What
from dialogs.report.asking import ask, own_kindergartens
from dialogs.report.beginning import start
from dialogs.turn import Turn
from domain.needs import overview, registering
from domain.needs.errors import UnknownReport
from domain.needs.models import Source
from domain.register import rights
from domain.register.models import Kindergarten, Role

HOW = (Source.ORAL, Source.EMAIL, Source.EXCEL)
NEAR, SURE = 60, 90
MOST_NEAR = 5


def register_words(turn: Turn, argument: str | None) -> list[Reply]:
    """`registrer behov for Solbakken`; without a name, the question which. For a head's own it is «meld behov»."""
    if not turn.event.personal:
        return [Say(What.PERSONAL_PLEASE)]
    own = [k for k in own_kindergartens(turn) if argument and find([k], argument)[0]]
    if own:
        return start(turn, StartReport(kindergarten=own[0].id))
    places = registering.places(turn.uow, turn.me.id)
    if not places:
        return [Say(What.NOT_A_REGISTRAR)]
    return _where(turn, places, argument or "")


def register_for(turn: Turn, payload: RegisterFor) -> list[Reply]:
    """The kindergarten of the button, or the one that was chosen or written on the card."""
    places = registering.places(turn.uow, turn.me.id)
    if not places:
        return [Say(What.NOT_A_REGISTRAR)]
    if payload.kindergarten is not None:
        chosen = next((k for k in places if k.id == payload.kindergarten), None)
        if chosen is None:
            raise UnknownReport
        return [_how(turn, chosen)]
    return [CardSettled("moved"), *_where(turn, places, payload.inputs.get("register_place", ""))]


def begin(turn: Turn, payload: BeginRegistering) -> list[Reply]:
    """Begins the form for the kindergarten, or answers for it that it has no need."""
    places = registering.places(turn.uow, turn.me.id)
    place = next((k for k in places if k.id == payload.kindergarten), None)
    if place is None:
        raise UnknownReport
    source = next((s for s in HOW if s.value == payload.inputs.get("register_source")), None)
    if source is None:
        return [CardSettled("moved"), _how(turn, place, no_source=True)]
    if payload.no_need:
        report = registering.declare_no_need(turn.uow, turn.me.id, place.id, source, turn.now)
        owner = turn.uow.register.owner(place.owner_id).name
        return [
            CardSettled("no_need", place.name),
            NoNeedRegistered(place.name, owner, report.late, _role(turn, place)),
        ]
    bare = (
        r
        for r in registering.begun(turn.uow, turn.me.id, turn.now)
        if r.kindergarten_id == place.id and r.source is source and not r.answers
    )
    report = next(bare, None) or registering.begin(turn.uow, turn.me.id, [place.id], source, turn.now)
    return [CardSettled("moved"), *ask(turn, report, first=True)]


def _where(turn: Turn, places: list[Kindergarten], wanted: str) -> list[Reply]:
    wanted = " ".join(wanted.split())[:120]
    found, near = find(places, wanted)
    if found is not None:
        return [_how(turn, found)]
    begun = (
        ()
        if wanted
        else tuple(
            (r.id, turn.uow.register.kindergarten(r.kindergarten_id).name)
            for r in registering.begun(turn.uow, turn.me.id, turn.now)
        )
    )
    listed = tuple((k.id, k.name) for k in (near or sorted(places, key=lambda k: k.name)))
    return [RegisterWhere(listed, wanted or None, begun)]


def find(places: list[Kindergarten], wanted: str) -> tuple[Kindergarten | None, list[Kindergarten]]:
    """The kindergarten that a number or a name means; else those whose names are near."""
    digits = "".join(wanted.split())
    exact = [k for k in places if digits in (str(k.id), k.orgnr) or k.name.lower() == wanted.lower()]
    if not wanted or len(exact) == 1:
        return (exact[0] if wanted else None), []
    names = {k.id: k.name for k in places}
    hits = process.extract(wanted, names, scorer=fuzz.WRatio, limit=MOST_NEAR, score_cutoff=NEAR)
    by_id = {k.id: k for k in places}
    sure = [by_id[i] for _, score, i in hits if score >= SURE]
    if len(sure) == 1:
        return sure[0], []
    return None, [by_id[i] for _, _, i in hits]


def _how(turn: Turn, place: Kindergarten, *, no_source: bool = False) -> Reply:
    return RegisterHow(
        kindergarten_id=place.id,
        kindergarten=place.name,
        owner=turn.uow.register.owner(place.owner_id).name,
        role=_role(turn, place),
        answer=overview.standings(turn.uow, [place], turn.now)[0].answer,
        no_source=no_source,
    )


def _role(turn: Turn, place: Kindergarten) -> Role:
    """The role that one registers in: the owner's, else that of who leads the network."""
    return Role.OWNER if place.owner_id in rights.owners(turn.roles) else Role.LEADER
