"""Where one stands in a form: pure functions from form, answers and circumstances to steps."""

from __future__ import annotations

from dataclasses import dataclass

from domain.needs.form import Answers, Form, Group, Step


@dataclass(frozen=True)
class Circumstances:
    """What decides which steps apply, apart from the answers."""

    several_needs: bool = False
    supplement: bool = False
    support: bool = False
    """Whether a need of the consolidated report asks for PPT or others around the child."""


@dataclass(frozen=True)
class Place:
    """A step and its place in the row: number 4 of 10. A further step stands in the row of its `group`."""

    step: Step
    number: int
    total: int
    group: Group | None = None


def steps_that_apply(form: Form, circumstances: Circumstances) -> list[Step]:
    """The core steps a person meets, in order."""
    return [s for s in form.core if _applies(s, circumstances)]


def _applies(step: Step, circumstances: Circumstances) -> bool:
    if step.skip_in_supplement and circumstances.supplement:
        return False
    return step.only_when is None or bool(getattr(circumstances, step.only_when))


def place_of(
    form: Form, step_id: str, circumstances: Circumstances, answers: Answers | None = None
) -> Place | None:
    """Where a step stands; None when it does not exist or does not apply.

    Given the answers, the row of a further step holds only those that apply with them.
    """
    wanted = form.step(step_id)
    group = _group(form, wanted.group) if wanted else None
    if group is None:
        return _in_row(steps_that_apply(form, circumstances), step_id)
    return _in_row(_of_group(form, group.id, answers, circumstances), step_id, group)


def _in_row(steps: list[Step], step_id: str, group: Group | None = None) -> Place | None:
    for index, step in enumerate(steps):
        if step.id == step_id:
            return Place(step, index + 1, len(steps), group)
    return None


def next_place(form: Form, answers: Answers, circumstances: Circumstances) -> Place:
    """The first step with something left to answer; the closing step when nothing is left."""
    steps = steps_that_apply(form, circumstances)
    for index, step in enumerate(steps):
        if step.closes or step.missing(answers):
            return Place(step, index + 1, len(steps))
    raise AssertionError("a form ends with a closing step")


def previous_place(form: Form, step_id: str, circumstances: Circumstances) -> Place | None:
    """The core step before this one; None at the first."""
    here = place_of(form, step_id, circumstances)
    if here is None or here.group is not None or here.number == 1:
        return None
    before = steps_that_apply(form, circumstances)[here.number - 2]
    return Place(before, here.number - 1, here.total)


def left(form: Form, answers: Answers, circumstances: Circumstances) -> int:
    """How many questions still have something unanswered, the closing one not counted."""
    return sum(1 for s in steps_that_apply(form, circumstances) if not s.closes and s.missing(answers))


NOTHING_SPECIAL = Circumstances()


@dataclass(frozen=True)
class GroupStanding:
    """A group of further questions: how many apply now, and how many of them have an answer."""

    group: Group
    total: int
    answered: int


def more_steps(
    form: Form, answers: Answers, circumstances: Circumstances = NOTHING_SPECIAL, group: str | None = None
) -> list[Step]:
    """The further steps that apply with these answers, in order; of one group when it is named."""
    groups = [g.id for g in form.groups] if group is None else [group]
    return [s for each in groups for s in _of_group(form, each, answers, circumstances)]


def groups(
    form: Form, answers: Answers, circumstances: Circumstances = NOTHING_SPECIAL
) -> list[GroupStanding]:
    """The groups with further questions that apply, in order."""
    found = []
    for group in form.groups:
        steps = more_steps(form, answers, circumstances, group.id)
        answered = sum(1 for s in steps if any(f.id in answers for f in s.shown(answers)))
        if steps:
            found.append(GroupStanding(group, len(steps), answered))
    return found


def next_more(
    form: Form,
    answers: Answers,
    group: str,
    circumstances: Circumstances = NOTHING_SPECIAL,
    *,
    after: str | None = None,
) -> Place | None:
    """The group's step after the one named, or its first that has no answer (its first at all when all have).

    None when the group ends there.
    """
    steps = more_steps(form, answers, circumstances, group)
    every = [s.id for s in form.steps if s.group == group]
    if after in every:
        later = [s for s in steps if every.index(s.id) > every.index(after)]
    else:
        later = [s for s in steps if not any(f.id in answers for f in s.shown(answers))] or steps
    return _in_row(steps, later[0].id, _group(form, group)) if later else None


def _group(form: Form, group_id: str | None) -> Group | None:
    return next((g for g in form.groups if g.id == group_id), None)


def _of_group(form: Form, group_id: str, answers: Answers | None, circumstances: Circumstances) -> list[Step]:
    return [
        s
        for s in form.steps
        if s.group == group_id and _applies(s, circumstances) and (answers is None or s.shown(answers))
    ]
