"""No sequence of acts by anybody reaches a state that C4 forbids, loses a version or skips an audit row."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.databases import Databases
from tests.needs.machine import C4, LifeCycle


@pytest.fixture(scope="module")
def machine() -> Iterator[type[LifeCycle]]:
    databases = Databases()

    class Here(LifeCycle):
        pass

    Here.databases = databases
    yield Here
    databases.close()


def run(machine: type[LifeCycle], examples: int, steps: int) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=examples < 100,
            phases=[Phase.generate] if examples < 100 else list(Phase),
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_life_cycle_holds(machine: type[LifeCycle]) -> None:
    """The same few sequences each time, so that the suite is quick and says the same twice."""
    run(machine, examples=10, steps=20)


@pytest.mark.torture
def test_the_life_cycle_holds_for_long(machine: type[LifeCycle]) -> None:
    """New sequences each time."""
    run(machine, examples=300, steps=50)


def test_every_state_can_be_reached() -> None:
    """The drawing itself has no island."""
    reached, before = {"utkast"}, set()
    while reached != before:
        before = set(reached)
        reached |= {d.after.value for (_, start), d in C4.items() if start.value in reached}
    assert reached == {s.value for s in type(next(iter(C4))[1])}
