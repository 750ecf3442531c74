"""Question cards of both forms, and what they become once answered."""

from __future__ import annotations

from typing import Any

from dialogs.replies import AskStep, PendingAnswer, StepSettled
from domain.needs.form import FieldKind, FormField, needs_form, owners_form
from domain.needs.reading import Hint, HintKind, Problem, ProblemKind
from messages import cards, words
from messages.outgoing import Outgoing

LONGEST_PREFILL = 6000

HINTS = {
    HintKind.SHORT: "{field} var kort. Skriv gjerne litt mer, men du kan gå videre. «tilbake» viser svaret.",
    HintKind.PERSONAL: (
        "Det ser ut til å stå personopplysninger i svaret. Ta bort navn på enkeltpersoner, telefon, "
        "e-post og fødselsnummer før du sender. Skriv «tilbake» for å endre."
    ),
    HintKind.ONLY_HEAD: (
        "Minst én gruppe til må ha vært med før du kan sende. Du kan lagre nå og spørre personalet først."
    ),
    HintKind.ONE_PERSON: (
        "Midlene går først og fremst til utvikling dere gjør sammen. "
        "Utdanning for enkeltansatte har egne regler. Spør eier."
    ),
}


def hints(found: tuple[Hint, ...]) -> list[Any]:
    """The remarks on what was just stored, each kind once."""
    first = {h.kind: h.field for h in reversed(found)}
    return [
        cards.hint(HINTS[kind].format(field=f"«{words.name_of(field)}»")) for kind, field in first.items()
    ]


def problem(found: Problem) -> str:
    """One clear sentence about what to do."""
    name = f"«{found.field.label}»"
    match found.kind:
        case ProblemKind.EMPTY:
            return f"{name} mangler. Skriv eller velg et svar."
        case ProblemKind.TOO_LONG:
            return f"Svaret er for langt ({found.given} tegn). Skriv høyst {found.limit} tegn. Det er ikke lagret."
        case ProblemKind.NO_WORDS:
            return "Jeg trenger noen ord her. Skriv svaret med bokstaver. Det er ikke lagret."
        case ProblemKind.ONLY_NUMBER:
            return "Jeg trenger noen ord her, ikke bare et tall. Det er ikke lagret."
        case ProblemKind.UNKNOWN_CHOICE:
            return "Jeg kjente ikke igjen svaret. Velg i lista, eller skriv ett av valgene."
        case ProblemKind.TOO_MANY:
            return f"Du har valgt {found.given}. Velg høyst {found.limit}."
        case ProblemKind.EXCLUSIVE:
            return "«Nei» og «Vet ikke» kan ikke velges sammen med noe annet. Velg på nytt."
        case ProblemKind.NOT_A_COUNT:
            return "Skriv et tall, for eksempel 12."
        case ProblemKind.OUT_OF_RANGE:
            return f"Skriv et tall mellom {found.field.least} og {found.limit}."
        case ProblemKind.NOT_A_TIME:
            return "Jeg forsto ikke når. Skriv for eksempel «høsten 2027» eller «januar»."
        case ProblemKind.NOT_A_DURATION:
            return "Jeg forsto ikke hvor lenge. Skriv for eksempel «ett år» eller «3 semestre»."
        case ProblemKind.NOT_A_RANKING:
            return f"Skriv tallene fra 1 til {found.limit} i rekkefølge, for eksempel «2, 1, 3»."


def _input(field: FormField, answers: dict[str, Any], suggestion: str | None) -> Any:
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
    return (
        words.value(field, given) if not isinstance(given, str) or field.kind is FieldKind.SEMESTER else given
    )


def ask_step(reply: AskStep) -> Outgoing:
    """A question as a card with labelled inputs."""
    step, place = reply.place.step, reply.place
    where = f"Spørsmål {place.number} av {place.total}."
    if reply.changing:
        status = "Her kan du endre svaret."
    else:
        status = f"Lagret. {where}" if reply.saved else where
    question = step.question
    if reply.partly and reply.fields:
        question = reply.fields[0].ask or reply.fields[0].label
    body: list[Any] = []
    if reply.first:
        body.append(
            cards.line(
                f"{words.number(place.total).capitalize()} korte spørsmål. Jeg lagrer underveis. "
                "Eier ser ingenting før du sender."
            )
        )
    body += [cards.small(f"{status} {reply.about}")]
    body += _noted(reply.verb, reply.stored, reply.answers)
    body += hints(reply.hints)
    body.append(cards.heading(question))
    body += [cards.notice(problem(p)) for p in reply.problems[:2]]
    help_ = (reply.fields[0].help if reply.partly and reply.fields else None) or step.help
    if help_:
        body.append(cards.small(help_))
    if any(field.kind is FieldKind.RANKING for field in reply.fields):
        body += [cards.item(f"{n}. {title}") for n, title in enumerate(reply.ranked, 1)]
    data: dict[str, Any] = {"step": step.id, "v": reply.version}
    actions = _choice_buttons(reply)
    if not actions:
        for field in reply.fields:
            suggestion = reply.suggestion
            if field.kind is FieldKind.RANKING:
                suggestion = ", ".join(str(n) for n in range(1, len(reply.ranked) + 1))
            body.append(_input(field, reply.answers, suggestion))
        actions = [cards.button("Lagre og gå videre", reply.verb, main=True, report=reply.subject, **data)]
    if reply.verb == "answer" and place.number > 1:
        actions.append(cards.button("Tilbake", "back", report=reply.subject, **data))
    actions.append(cards.button("Fortsett senere", "later", report=reply.subject, **data))
    return cards.card(body, actions, summary=f"{status} {question}", tracks=True)


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


def _noted(verb: str, stored: tuple[str, ...], answers: dict[str, Any]) -> list[Any]:
    """What was understood of an answer that is not free text, so that it can be seen and corrected."""
    form = needs_form() if verb == "answer" else owners_form()
    noted = []
    for field_id in stored:
        field = form.field(field_id)
        if field is not None and field.kind is not FieldKind.TEXT and field_id in answers:
            noted.append(words.value(field, answers[field_id]))
    return [cards.small("Jeg noterte: " + " · ".join(noted))] if noted else []


def noted(stored: tuple[str, ...], answers: dict[str, Any]) -> list[Any]:
    """The same for the summary of a need."""
    return _noted("answer", stored, answers)


def step_settled(reply: StepSettled) -> Outgoing:
    """The question card after its answer: a line to read, nothing to press."""
    form = needs_form() if reply.form == "needs" else owners_form()
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
