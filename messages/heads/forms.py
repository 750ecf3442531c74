"""Question cards of both forms, and what they become once answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from dialogs.replies import AskStep, PendingAnswer, StepSettled
from domain.needs.form import FieldKind, FormField, needs_form, owners_form
from messages import cards, words
from messages.outgoing import Outgoing
from messages.problems import hints, problem

LONGEST_PREFILL = 6000
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def input_of(field: FormField, answers: dict[str, Any], suggestion: str | None = None) -> Any:
    """The input of a field, filled with what is answered, or with what was written and not taken."""
    given = answers.get(field.id)
    match field.kind:
        case FieldKind.CHOICE | FieldKind.CHOICES:
            value = ",".join(given) if isinstance(given, list) else given
            options = [(o.value, o.label) for o in field.options]
            return cards.choices(
                field.id, field.label, options, many=field.kind is FieldKind.CHOICES, value=value
            )
        case _:
            shown = _shown(field, given) if given is not None else suggestion
            fits = shown is None or len(shown) <= field.max_length
            return cards.text_input(
                field.id,
                field.label,
                value=shown[:LONGEST_PREFILL] if shown else None,
                multiline=field.multiline,
                longest=field.max_length if field.kind is FieldKind.TEXT and fits else None,
            )


def _shown(field: FormField, given: Any) -> str:
    if field.kind is FieldKind.DURATION and isinstance(given, int):
        return f"{given} semestre"
    if field.kind is FieldKind.COUNT:
        return str(given)
    if field.kind is FieldKind.DATE:
        return words.whole_day(date.fromisoformat(given)) if _ISO_DAY.fullmatch(given) else str(given)
    return (
        words.value(field, given) if not isinstance(given, str) or field.kind is FieldKind.SEMESTER else given
    )


def ask_step(reply: AskStep) -> Outgoing:
    """A question as a card with labelled inputs."""
    step = reply.place.step
    status, question = _status(reply), step.question
    if reply.partly and reply.fields:
        question = reply.fields[0].ask or reply.fields[0].label
    body: list[Any] = _before(reply)
    body += [cards.small(f"{status} {words.covering(reply.about, reply.covers)}")]
    body += _noted(reply.verb, reply.stored, reply.answers, reply.form_version)
    body += hints(reply.hints)
    if reply.asked_for is not None:
        body.append(asked_for(*reply.asked_for))
    body.append(cards.heading(question))
    body += [cards.notice(problem(p)) for p in reply.problems[:2]]
    help_ = (reply.fields[0].help if reply.partly and reply.fields else None) or step.help
    if help_:
        body.append(cards.small(help_))
    actions = _choice_buttons(reply)
    if not actions:
        body += [input_of(field, reply.answers, reply.suggestion) for field in reply.fields]
        actions = [
            cards.button(
                "Lagre og gå videre",
                reply.verb,
                main=True,
                report=reply.subject,
                step=step.id,
                v=reply.version,
            )
        ]
    return cards.card(body, actions + _ways_on(reply), summary=f"{status} {question}", tracks=True)


def _status(reply: AskStep) -> str:
    place = reply.place
    if reply.changing:
        return f"{'Lagret. ' if reply.saved else ''}Her kan du endre svaret."
    name = f"{place.group.label}, spørsmål" if place.group else "Spørsmål"
    where = f"{name} {place.number} av {place.total}."
    return f"Lagret. {where}" if reply.saved else where


def _before(reply: AskStep) -> list[Any]:
    """What is said at the very start: of a new need, or of one that began as a copy."""
    if reply.copied is not None:
        again = any(field.kind is FieldKind.SEMESTER for field in reply.fields)
        past = " Starten er passert, så den spør jeg om på nytt." if again else ""
        return [cards.line(copied(reply.copied) + past)]
    if not reply.first:
        return []
    questions = f"{words.number(reply.place.total).capitalize()} korte spørsmål."
    if reply.covers:
        return [
            cards.line(f"{questions} Jeg lagrer underveis. Behovet gjelder {reply.covers + 1} barnehager.")
        ]
    unseen = " Eier ser ingenting før du sender." if reply.by_head else ""
    return [cards.line(f"{questions} Jeg lagrer underveis.{unseen}")]


def copied(title: str) -> str:
    """A need has begun as a copy."""
    name = f"«{title}»" if title else "Meldingen"
    return f"{name} er kopiert til et nytt utkast. Se over, og endre det som er nytt i år."


def asked_for(owner: str, comment: str) -> Any:
    """What the owner wrote when sending it back."""
    return cards.hint(f"{owner} ba om: {comment}")


def _ways_on(reply: AskStep) -> list[Any]:
    """The buttons after the answer's own."""
    data: dict[str, Any] = {"step": reply.place.step.id, "v": reply.version}
    needs, first = reply.verb == "answer", reply.place.number == 1 and reply.place.group is None
    skip = "skip" if needs else "skip_owners"
    actions: list[Any] = []
    if reply.skips:
        actions.append(cards.button("Hopp over", skip, report=reply.subject, **data))
    if needs and not first:
        actions.append(cards.button("Tilbake", "back", report=reply.subject, **data))
    if reply.skips:
        leave = cards.button("Til oppsummeringen", skip, report=reply.subject, leave=True, **data)
        return [*actions, leave]
    if needs and first and not reply.changing:
        actions.append(cards.button("Hele skjemaet", "whole_form", report=reply.subject, **data))
    if reply.can_copy:
        actions.append(cards.button("Kopier fra i fjor", "copy", kindergarten=reply.kindergarten))
    else:
        actions.append(cards.button("Fortsett senere", "later", report=reply.subject, **data))
    return actions


def _choice_buttons(reply: AskStep) -> list[Any]:
    if len(reply.fields) != 1 or not reply.fields[0].buttons:
        return []
    return [
        cards.button(
            option.label,
            reply.verb,
            main=n == 0,
            report=reply.subject,
            step=reply.place.step.id,
            v=reply.version,
            choice=option.value,
        )
        for n, option in enumerate(reply.fields[0].options)
    ]


def _noted(
    verb: str, stored: tuple[str, ...], answers: dict[str, Any], version: str | None = None
) -> list[Any]:
    """What was understood of an answer that is not free text, so that it can be seen and corrected."""
    form = needs_form(version) if verb == "answer" else owners_form(version)
    found = [(f, answers[i]) for i in stored if i in answers and (f := form.field(i)) is not None]
    return noted_values([(f, v) for f, v in found if f.kind is not FieldKind.TEXT])


def noted(stored: tuple[str, ...], answers: dict[str, Any], version: str | None = None) -> list[Any]:
    """The same for the summary of a need."""
    return _noted("answer", stored, answers, version)


def noted_values(values: Sequence[tuple[FormField, Any]]) -> list[Any]:
    """Values as they were understood, in a line."""
    said = [words.value(field, value) for field, value in values if field.kind is not FieldKind.TEXT]
    return [cards.small("Jeg noterte: " + " · ".join(said))] if said else []


def step_settled(reply: StepSettled) -> Outgoing:
    """The question card after its answer: a line to read, nothing to press."""
    form = needs_form(reply.form_version) if reply.form == "needs" else owners_form(reply.form_version)
    step = form.step(reply.step_id)
    if step is None:
        return cards.card([cards.small("Besvart.")], summary="Besvart", settles=True)
    body: list[Any] = [cards.small(step.question)]
    body += [cards.line(text) for _, text in words.answered(step, reply.answers)]
    return cards.card(body, summary=f"Besvart: {step.short or step.question}", settles=True)


def pending(reply: PendingAnswer) -> Outgoing:
    """A single word where sentences are expected: is it the answer?"""
    question = f"Er «{reply.text[:60]}» svaret ditt på «{reply.question}»?"
    return cards.card(
        [
            cards.heading(question),
            cards.small("Jeg har ikke lagret det ennå. Du kan også bare skrive svaret på nytt."),
        ],
        [
            cards.button("Ja, lagre det", "keep_pending", main=True, report=reply.report, step=reply.step),
            cards.button("Nei, vis spørsmålet", "continue", report=reply.report),
        ],
        summary=question,
        tracks=True,
    )
