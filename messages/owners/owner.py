"""The owner's cards for one need: reading, what was decided, and the comment that it takes."""

from __future__ import annotations

from typing import Any

from dialogs.replies import Approved, AskComment, ReadReport, ReportedAgain, Returned
from domain.needs.form import Form, FormField, needs_form
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners.changes import Change
from domain.needs.owners.merging import LONGEST_ASSESSMENT
from messages import cards, words
from messages.outgoing import Outgoing

MOST_APPROVED = 30
LONGEST_BEFORE = 300
CAME = {
    Source.BOT: "Skrevet av {name}",
    Source.ORAL: "Kom muntlig, registrert av {name}",
    Source.EMAIL: "Kom på e-post, registrert av {name}",
    Source.EXCEL: "Kom i Excel, registrert av {name}",
    Source.OWNER: "Skrevet av {name} hos eier",
}
_ACTS = {
    Act.APPROVE: ("Godkjenn", "approve"),
    Act.REPORT: ("Send på nytt", "report_again"),
    Act.RETURN: ("Send tilbake", "return"),
    Act.NOT_FORWARD: ("Ikke meld videre", "not_forward"),
    Act.WITHDRAW: ("Trekk behovet", "withdraw_need"),
}
_PROGRESS = {
    Act.BEGIN: "Meld at det er i gang",
    Act.REPORT_BACK: "Meld at det er rapportert",
    Act.CLOSE: "Meld at det er avsluttet",
}
_WITH_ASSESSMENT = (Status.SENT_TO_OWNER, Status.RETURNED_TO_OWNER)


# --- reading --------------------------------------------------------------------------------------------------


def read(reply: ReadReport) -> Outgoing:
    """A whole need: what is new first, the owner's choices under it."""
    report, form = reply.report, needs_form(reply.report.form_version)
    body: list[Any] = [cards.heading(report.title or "Uten navn"), cards.small(_about(reply))]
    if reply.as_owner:
        body.append(cards.small(f"Du handler som eier for {reply.owner}."))
    if reply.covers:
        body.append(cards.small(f"Gjelder også {words.listed(list(reply.covers))}."))
    if report.status is not Status.SENT_TO_OWNER:
        body.append(cards.line(f"Status: {words.STATUS[report.status]}.", strong=True))
    if report.status is Status.RETURNED_TO_OWNER and report.comment:
        body.append(cards.hint(f"Nettverket skrev: {report.comment}"))
    if report.rank is not None and reply.number_of_needs > 1:
        body.append(cards.line(f"Barnehagens prioritet: {report.rank} av {reply.number_of_needs}."))
    if reply.around_the_child:
        body.append(cards.hint("Behovet kan høre til laget rundt barnet. Da må kommunen og PPT være med."))
    body += _changed(reply)
    changed = {c.field.id for c in reply.changes or ()}
    body += content(form, report.answers, changed | {"title"})
    if report.assessment and report.status not in _WITH_ASSESSMENT:
        body += cards.named("Eiers vurdering", report.assessment)
    if report.status in _WITH_ASSESSMENT and reply.acts:
        body += _assessment(reply)
    return cards.card(body, _choices(reply), summary=f"Behov fra {reply.kindergarten}", tracks=True)


def _about(reply: ReadReport) -> str:
    report = reply.report
    parts = [reply.kindergarten, CAME[report.source].format(name=reply.head)]
    if report.number:
        parts.append(f"Nummer {report.number}")
    if report.revision > 1:
        parts.append(f"Versjon {report.revision}")
    if report.late:
        parts.append("Kom etter fristen")
    return ". ".join(parts) + "."


def _changed(reply: ReadReport) -> list[Any]:
    if reply.changes is None:
        return []
    body: list[Any] = []
    if reply.asked_for:
        body.append(cards.hint(f"Dere ba om: {reply.asked_for}"))
    if not reply.changes:
        return [*body, cards.line("Ingen svar er endret siden sist.", strong=True)]
    body.append(cards.line("Endret siden sist", strong=True))
    for change in reply.changes:
        body += cards.named(words.name_of(change.field), _value(change.field, change.after) or "Tatt bort")
        body.append(cards.small(_before(change)))
    return [*body, cards.line("Resten er som før", strong=True)]


def _before(change: Change) -> str:
    before = _value(change.field, change.before)
    return f"Før: {cards.cut(before, LONGEST_BEFORE)}" if before else "Før: ikke besvart"


def _value(field: FormField, given: Any) -> str:
    return "" if given is None else words.value(field, given)


def content(form: Form, answers: dict[str, Any], leave_out: set[str]) -> list[Any]:
    """Everything answered, question by question; the further questions under the names of their groups."""
    groups = {g.id: g.label for g in form.groups}
    body: list[Any] = []
    under: str | None = None
    for step in form.steps:
        for field, text in words.answered(step, answers):
            if field.id in leave_out:
                continue
            if step.group is not None and step.group != under:
                under = step.group
                body.append(cards.line(groups[step.group], strong=True))
            body += cards.named(words.name_of(field), text)
    return body


def _assessment(reply: ReadReport) -> list[Any]:
    written = reply.written if reply.written is not None else reply.report.assessment
    body: list[Any] = []
    if reply.remark == "too_long":
        body.append(cards.notice(_too_long("Vurderingen", len(written or ""), LONGEST_ASSESSMENT)))
    elif reply.remark == "personal":
        body.append(cards.notice(PERSONAL))
    return [
        *body,
        cards.text_input(
            "assessment",
            "Vurderingen deres (valgfritt, følger med til nettverket)",
            value=written or None,
            multiline=True,
            longest=None if reply.remark == "too_long" else LONGEST_ASSESSMENT,
        ),
    ]


PERSONAL = "Det kan stå personopplysninger i teksten. Ta dem bort, eller trykk en gang til hvis jeg tar feil."


def _too_long(what: str, given: int, most: int) -> str:
    return f"{what} er for lang ({given} tegn). Skriv høyst {most} tegn."


def _choices(reply: ReadReport) -> list[Any]:
    report = reply.report
    data: dict[str, Any] = {"report": report.id, "v": report.version}
    if reply.place is not None:
        data["place"] = reply.place
    actions = []
    for act, (title, verb) in _ACTS.items():
        if act not in reply.acts or (act is Act.REPORT and report.status is Status.APPROVED):
            continue
        if act is Act.RETURN and report.source is Source.OWNER:
            continue
        sure = {"sure": True} if reply.remark == "personal" and act in (Act.APPROVE, Act.REPORT) else {}
        actions.append(cards.button(title, verb, main=act in (Act.APPROVE, Act.REPORT), **(data | sure)))
    actions += [
        cards.button(title, "progress", main=True, act=act.value, report=report.id, v=report.version)
        for act, title in _PROGRESS.items()
        if act in reply.acts
    ]
    return actions


# --- what was decided -----------------------------------------------------------------------------------------


def approved(reply: Approved) -> Outgoing:
    """What was approved, and what is next."""
    n = len(reply.titles)
    heading = f"«{reply.titles[0]}» er godkjent." if n == 1 else f"{n} behov er godkjent."
    body: list[Any] = [cards.heading(heading)]
    if n > 1:
        body += [cards.item(f"· {title}") for title in reply.titles[:MOST_APPROVED]]
        body += cards.more(n - MOST_APPROVED)
    if not reply.alone:
        body.append(cards.line("Styrer får beskjed." if n == 1 else "Styrerne får beskjed."))
    if reply.already:
        by = f" av {words.listed(list(reply.others))}" if reply.others else ""
        body.append(cards.small(f"{reply.already} var allerede behandlet{by}."))
    if reply.waiting:
        body.append(cards.line(f"{words.count(reply.waiting, 'behov', 'behov')} venter fortsatt."))
    actions: list[Any] = []
    if reply.approved:
        actions.append(
            cards.button("Send til nettverket", "send_in", main=not reply.waiting, owner=reply.owner_id)
        )
    actions += _next("Les og godkjenn flere", reply)
    return cards.card(body, actions, summary=heading)


def _next(title: str, reply: Approved | Returned) -> list[Any]:
    if not reply.waiting:
        return []
    place = {} if reply.place is None else {"place": reply.place}
    return [cards.button(title, "to_handle", main=True, owner=reply.owner_id, **place)]


def reported_again(reply: ReportedAgain) -> Outgoing:
    """What the network sent back is with it again."""
    said = f"«{reply.report.title or 'Behovet'}» er sendt til nettverket {reply.network} på nytt."
    body: list[Any] = [cards.heading(said), cards.line("Lederen får beskjed.")]
    actions = (
        [cards.button("Neste behov", "to_handle", main=True, owner=reply.owner_id)] if reply.left else []
    )
    return cards.card(body, actions, summary=said)


def returned(reply: Returned) -> Outgoing:
    """The need went back, goes no further, or is taken back."""
    title, place = f"«{reply.title}»", reply.kindergarten
    body: list[Any] = []
    match reply.act:
        case Act.RETURN:
            said = f"{title} er sendt tilbake til {place} med kommentaren din."
            if reply.steps:
                body = [cards.small(f"Styrer kan endre: {words.listed(list(reply.steps))}.")]
        case Act.NOT_FORWARD:
            said = f"{title} blir ikke meldt videre. {place} får begrunnelsen din."
        case _:
            said = f"{title} er trukket. {place} får beskjed."
    return cards.card([cards.line(said), *body], _next("Neste behov", reply), summary=said)


_QUESTION = {
    Act.RETURN: ("Hva vil du si til styrer?", "Send tilbake", "Kommentar til styrer"),
    Act.NOT_FORWARD: ("Hvorfor meldes ikke behovet videre?", "Ikke meld videre", "Begrunnelse til styrer"),
    Act.WITHDRAW: ("Hvorfor trekkes behovet?", "Trekk behovet", "Begrunnelse"),
}


def ask_comment(reply: AskComment) -> Outgoing:
    """A comment is needed before a need can go back, and the questions can be pointed at."""
    report = reply.report
    question, title, label = _QUESTION[reply.act]
    optional = reply.act is Act.WITHDRAW and report.status is Status.APPROVED
    body: list[Any] = [
        cards.heading(question),
        cards.small(f"Gjelder «{report.title or ''}» fra {reply.kindergarten}."),
    ]
    match reply.remark:
        case "too_long":
            body.append(cards.notice(_too_long("Kommentaren", len(reply.written), reply.limit)))
        case "personal":
            body.append(cards.notice(PERSONAL))
        case "short":
            body.append(cards.notice("Det er kort. Skriv gjerne litt mer, eller trykk en gang til."))
    body.append(
        cards.text_input(
            "comment",
            f"{label} (valgfritt)" if optional else label,
            value=reply.written or None,
            multiline=True,
            longest=None if reply.remark == "too_long" else reply.limit,
            placeholder="Skriv vennlig og konkret. Styreren ser dette.",
        )
    )
    if reply.act is Act.RETURN:
        body += _questions(report, reply.steps)
    data: dict[str, Any] = {"report": report.id, "v": report.version}
    if reply.place is not None:
        data["place"] = reply.place
    if optional or reply.remark in ("personal", "short"):
        data["sure"] = True
    actions = [cards.button(title, _ACTS[reply.act][1], main=True, **data)]
    return cards.card(body, actions, summary=question, tracks=True)


def _questions(report: NeedsReport, chosen: tuple[str, ...]) -> list[Any]:
    """The core questions one by one, the further ones group by group."""
    form = needs_form(report.form_version)
    options = [(s.id, s.short or s.question) for s in form.core if not s.closes]
    options += [(g.id, g.label) for g in form.groups]
    ticked = {s.group or s.id for s in form.steps if s.id in chosen}
    return [
        cards.choices(
            "return_steps",
            "Hva vil du ha mer om? Bare det du krysser av, kan endres. Uten kryss kan alt endres.",
            options,
            many=True,
            value=",".join(o for o, _ in options if o in ticked) or None,
        )
    ]
