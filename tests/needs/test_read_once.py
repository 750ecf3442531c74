"""How a network stands is read once for what is stored, and never shows anything else than what is."""

from __future__ import annotations

from domain.needs.heads.head import start
from domain.needs.models import Status
from domain.needs.overview import NetworkStanding, network_standing
from domain.needs.whole_round import reported, sent
from domain.ports import UnitOfWork
from domain.readings import MOST, Readings
from tests.needs.owners_world import World, both, world
from tests.storage.conftest import backend, database, databases
from tests.storage.seeds import NOW

__all__ = ["backend", "both", "database", "databases", "world"]


def standing(world: World, uow: UnitOfWork) -> NetworkStanding:
    network = uow.register.network(world.networks["Gauldal"])
    current = uow.rounds.current(network.id, NOW.date())
    assert current is not None
    return network_standing(uow, network, current, NOW)


def reports(whole: NetworkStanding) -> list[Status]:
    return sorted(r.status for o in whole.owners for k in o.kindergartens for r in k.reports)


def test_it_is_read_once_until_something_is_changed(world: World) -> None:
    before = world.do(lambda uow: standing(world, uow))
    assert world.do(lambda uow: standing(world, uow)) is before
    world.approved("Kari Nordli")
    after = world.do(lambda uow: standing(world, uow))
    assert after is not before
    assert reports(after) == [Status.APPROVED]
    assert world.do(lambda uow: standing(world, uow)) is after
    world.send("Per Aune", world.prepared("Per Aune", "Melhus kommune", "Gauldal"))
    assert (after.owners_sent, world.do(lambda uow: standing(world, uow)).owners_sent) == (0, 1)


def test_what_owners_have_sent_is_read_once(world: World) -> None:
    def lying(uow: UnitOfWork) -> tuple[object, object]:
        current = uow.rounds.current(world.networks["Gauldal"], NOW.date())
        assert current is not None
        return reported(uow, current.id), sent(uow, current.id)

    assert world.do(lying) == ((), ())
    world.approved("Kari Nordli")
    world.send("Per Aune", world.prepared("Per Aune", "Melhus kommune", "Gauldal"))
    first, again = world.do(lying), world.do(lying)
    assert [len(part) for part in first] == [1, 1]  # type: ignore[arg-type]
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_a_changed_register_is_seen(world: World) -> None:
    before = world.do(lambda uow: standing(world, uow))
    gone = before.owners[0].kindergartens[0].kindergarten
    world.do(lambda uow: uow.register.rename_kindergarten(gone.id, "Nytt navn barnehage"))
    names = {
        k.kindergarten.name
        for o in world.do(lambda uow: standing(world, uow)).owners
        for k in o.kindergartens
    }
    assert "Nytt navn barnehage" in names


def test_what_is_rolled_back_is_nobody_elses(world: World) -> None:
    """Its version may be that of another change, later on."""
    kari = world.people["Kari Nordli"]
    with world.database.unit_of_work() as uow:
        place = uow.register.roles_of(kari)[0].scope.id
        start(uow, kari, place, NOW)
        assert reports(standing(world, uow)) == [Status.DRAFT]
    world.approved("Kari Nordli")
    assert reports(world.do(lambda uow: standing(world, uow))) == [Status.APPROVED]


def test_only_the_latest_are_kept() -> None:
    readings = Readings()
    for number in range(MOST + 1):
        assert readings.get(number, 1, lambda n=number: [n]) == [number]  # type: ignore[misc]
    assert readings.get(MOST, 1, lambda: [0]) == [MOST]
    assert readings.get(0, 1, lambda: "read anew") == "read anew"
    assert readings.get(MOST, 2, lambda: "another version") == "another version"
