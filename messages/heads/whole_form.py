"""The card with everything, and the groups of further questions."""

from __future__ import annotations

from typing import Any

from dialogs.payloads.reports import Part, Then
from dialogs.replies import MoreGroups, WholeCard
from domain.needs.form import FormField, Step, needs_form
from domain.needs.models import Source
from domain.needs.reading import HintKind
from messages import cards, words
from messages.heads import forms
from messages.heads.report import sends
from messages.outgoing import Outgoing
from messages.problems import HINTS, hints, problem

AT_THE_FIELD = {
    HintKind.SHORT: "Dette var kort. Skriv gjerne litt mer, men du kan gå videre.",
    HintKind.PERSONAL: (
        "Det ser ut til å stå personopplysninger her. Ta bort navn på enkeltpersoner, telefon, "
        "e-post og fødselsnummer før du sender."
    ),
}
"""Remarks as they read beside the input that they are about."""

ROOM_FOR_REJECTED = 12_000
"""Characters of texts that were not taken, over the whole card: Teams takes about 100 KB."""


def whole(reply: WholeCard) -> Outgoing:
    """Everything on one card, each question with its inputs."""
    more = reply.part is Part.MORE
    heading = "Utdyp det som betyr noe" if more else "Hele skjemaet"
    if reply.report.reopened:
        heading = "Svarene eier vil ha mer om"
    status = "Lagret. " if reply.saved else ""
    version = reply.report.form_version
    about = words.covering(reply.about, len(reply.report.covers))
    body: list[Any] = [cards.small(f"{status}{about}"), cards.heading(heading)]
    body += forms.noted(reply.stored, reply.report.answers, version)
    body += _first(reply)
    texts = _that_fit(reply)
    for step, fields in reply.steps:
        body += _step(reply, step, fields, texts)
    if not more:
        closing = needs_form(version).core[-1]
        body.append(cards.small(closing.help or ""))
    return cards.card(body, _actions(reply), summary=f"{status}{heading}. {about}")


def _first(reply: WholeCard) -> list[Any]:
    """What to know before one begins to fill it in."""
    if reply.unsaved:
        return [
            cards.notice(
                "Noe er endret siden du åpnet kortet. Det du skrev, står her, men er ikke lagret ennå. "
                "Se over og lagre på nytt."
            )
        ]
    if reply.problems:
        count = words.count(len(reply.problems), "svar", "svar")
        return [cards.notice(f"{count} må ses på. Det står ved spørsmålet. Resten er lagret.")]
    if reply.asked_for:
        return [forms.asked_for(reply.owner, reply.asked_for)]
    if reply.part is Part.MORE:
        return [cards.small("Alt her er frivillig. La det stå tomt som ikke passer.")]
    order = "Svar i den rekkefølgen du vil."
    own = reply.report.source is Source.BOT
    return [cards.small(f"{order} Eier ser ingenting før du sender." if own else order)]


def _that_fit(reply: WholeCard) -> dict[str, Any]:
    """The answers to fill in; of very long ones that were not taken as much as there is room for."""
    room, texts = ROOM_FOR_REJECTED, dict(reply.answers)
    fields = [f for _, of_step in reply.steps for f in of_step]
    for field in fields:
        given = texts.get(field.id)
        if isinstance(given, str) and len(given) > field.max_length:
            texts[field.id] = given[: min(room, forms.LONGEST_PREFILL)]
            room -= len(texts[field.id])
    return texts


def _step(reply: WholeCard, step: Step, fields: tuple[FormField, ...], texts: dict[str, Any]) -> list[Any]:
    body: list[Any] = [cards.line(step.question, strong=True)]
    if step.help:
        body.append(cards.small(step.help))
    for field in fields:
        body += [cards.notice(problem(p)) for p in reply.problems if p.field.id == field.id]
        kinds = dict.fromkeys(h.kind for h in reply.hints if h.field.id == field.id)
        body += [cards.hint(_hint(kind, field)) for kind in kinds]
        suggestion = reply.suggestion if field.suggested else None
        body.append(forms.input_of(_said_when(reply, field), texts, suggestion))
    return body


def _hint(kind: HintKind, field: FormField) -> str:
    return AT_THE_FIELD.get(kind) or HINTS[kind].format(field=f"«{words.name_of(field)}»")


def _said_when(reply: WholeCard, field: FormField) -> FormField:
    """The field; one that only applies to some answers says to which, since it stands there for everybody."""
    if not field.show_if or reply.part is Part.MORE:
        return field
    form = needs_form(reply.report.form_version)
    wanted = [
        f"«{other.label_of(value)}»"
        for other_id, values in field.show_if.items()
        if (other := form.field(other_id)) is not None
        for value in values
    ]
    return field.model_copy(update={"label": f"{field.label} (bare ved {' eller '.join(wanted)})"})


def _actions(reply: WholeCard) -> list[Any]:
    data: dict[str, Any] = {"report": reply.report.id, "v": reply.report.version, "part": reply.part.value}
    review = cards.button("Lagre og se over", "answer_whole", main=True, then=Then.REVIEW.value, **data)
    save = cards.button("Lagre", "answer_whole", then=Then.STAY.value, **data)
    later = cards.button("Fortsett senere", "answer_whole", then=Then.LATER.value, **data)
    if reply.part is Part.MORE:
        return [review, save, later]
    send = cards.button(sends(reply.owner, reply.report), "answer_whole", then=Then.SEND.value, **data)
    one = cards.button("Ett spørsmål om gangen", "answer_whole", then=Then.ONE.value, **data)
    return [review, send, save, one, later]


def more_groups(reply: MoreGroups) -> Outgoing:
    """«Utdyp»: which group?"""
    question = "Hva vil du utdype?"
    status = "Lagret. " if reply.saved else ""
    body: list[Any] = [cards.small(f"{status}{reply.about}"), *forms.noted_values(reply.stored)]
    body += hints(reply.hints)
    body += [
        cards.heading(question),
        cards.small("Alt her er frivillig. Du kan sende uten."),
        cards.choices(
            "group",
            "Tema å utdype",
            [(g.group.id, f"{g.group.label} ({g.answered} av {g.total} besvart)") for g in reply.groups],
            value=next((g.group.id for g in reply.groups if not g.answered), reply.groups[0].group.id),
        ),
    ]
    actions = [
        cards.button("Utdyp det valgte", "more", main=True, report=reply.report),
        cards.button("Alt på ett kort", "whole_form", report=reply.report, part=Part.MORE.value),
        cards.button("Til oppsummeringen", "skip", report=reply.report, step="more", leave=True),
        cards.button("Fortsett senere", "later"),
    ]
    return cards.card(body, actions, summary=f"{status}{question}", tracks=True)
