"""Where one stands in a form: pure functions from form, answers and circumstances to steps."""

from __future__ import annotations

from dataclasses import dataclass

from domain.needs.form import Answers, Form, Step


@dataclass(frozen=True)
class Circumstances:
    """What decides which steps apply, apart from the answers."""

    several_needs: bool = False
    supplement: bool = False


@dataclass(frozen=True)
class Place:
    """A step and its place in the row: number 4 of 10."""

    step: Step
    number: int
    total: int


def steps_that_apply(form: Form, circumstances: Circumstances) -> list[Step]:
    """The steps a person meets, in order."""
    return [s for s in form.steps if _applies(s, circumstances)]


def _applies(step: Step, circumstances: Circumstances) -> bool:
    if step.skip_in_supplement and circumstances.supplement:
        return False
    return step.only_when is None or bool(getattr(circumstances, step.only_when))


def place_of(form: Form, step_id: str, circumstances: Circumstances) -> Place | None:
    """Where a step stands; None when it does not exist or does not apply."""
    steps = steps_that_apply(form, circumstances)
    for index, step in enumerate(steps):
        if step.id == step_id:
            return Place(step, index + 1, len(steps))
    return None


def next_place(form: Form, answers: Answers, circumstances: Circumstances) -> Place:
    """The first step with something left to answer; the closing step when nothing is left."""
    steps = steps_that_apply(form, circumstances)
    for index, step in enumerate(steps):
        if step.closes or step.missing(answers):
            return Place(step, index + 1, len(steps))
    raise AssertionError("a form ends with a closing step")


def previous_place(form: Form, step_id: str, circumstances: Circumstances) -> Place | None:
    """The step before this one; None at the first."""
    here = place_of(form, step_id, circumstances)
    if here is None or here.number == 1:
        return None
    before = steps_that_apply(form, circumstances)[here.number - 2]
    return Place(before, here.number - 1, here.total)


def left(form: Form, answers: Answers, circumstances: Circumstances) -> int:
    """How many questions still have something unanswered, the closing one not counted."""
    return sum(1 for s in steps_that_apply(form, circumstances) if not s.closes and s.missing(answers))
