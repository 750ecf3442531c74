"""All examples of messages: every reply and content in its variants, rendered for one scene."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from bot.preview import (
    by_itself,
    for_calendars,
    for_coming,
    for_dates,
    for_documents,
    for_handling,
    for_heads,
    for_inquiries,
    for_leaders,
    for_meetings,
    for_network_needs,
    for_own_needs,
    for_owners,
    for_reach,
    for_register_care,
    for_reminders,
    for_sending,
    for_staff,
    for_summaries,
)
from bot.preview.scene import HOSTILE, LONG, ORDINARY, Scene, Words
from dialogs.replies import ContentReply, Reply
from messages import short
from messages.notices import mark, render_content
from messages.outgoing import Outgoing
from messages.render import render

SCENES = (ORDINARY, LONG, HOSTILE)

GROUPS: tuple[Callable[[Scene], Iterator[tuple[str, Reply]]], ...] = (
    for_heads.greetings,
    for_heads.form,
    for_heads.settled,
    for_heads.summary,
    for_heads.receipts,
    for_own_needs.whole,
    for_own_needs.more,
    for_own_needs.own,
    for_own_needs.ranking,
    for_own_needs.copying,
    for_own_needs.mine,
    for_owners.greetings,
    for_handling.waiting,
    for_handling.other_lists,
    for_handling.reading,
    for_handling.deciding,
    for_handling.reply_by,
    for_owners.nudging,
    for_sending.ordering,
    for_sending.further,
    for_sending.sending,
    for_sending.common,
    for_sending.merging,
    for_sending.joint,
    for_leaders.greetings,
    for_leaders.strangers,
    for_leaders.overview,
    for_summaries.replies,
    for_coming.coming,
    for_leaders.questions,
    for_leaders.helping,
    for_reminders.settings,
    for_reminders.snoozing,
    for_reminders.tasks,
    for_inquiries.asking,
    for_inquiries.refusing,
    for_inquiries.answering,
    for_inquiries.sharing,
    for_staff.staff,
    for_calendars.year,
    for_documents.sheets,
    for_documents.attachments,
    for_documents.importing,
    for_dates.listed,
    for_dates.confirming,
    for_dates.changing,
    for_dates.own,
    for_meetings.lists,
    for_meetings.planning,
    for_meetings.storing,
    for_network_needs.lists,
    for_network_needs.one,
    for_network_needs.acting,
    for_network_needs.rounds,
    for_network_needs.registering,
    for_register_care.forms,
    for_register_care.changes,
    for_register_care.deputies,
    for_reach.listed,
    for_reach.emails,
    by_itself.short_ones,
)


@dataclass(frozen=True)
class Example:
    """One message with a name that is unique in its scene; `reply` is None for what is no reply."""

    name: str
    scene: str
    outgoing: Outgoing
    reply: Reply | None = None


def examples(today: date, words: Words = ORDINARY) -> list[Example]:
    """Every example of a scene, in a fixed order."""
    scene = Scene(today, words)
    found = [
        Example(f"{type(reply).__name__}.{variant}", words.name, _rendered(reply, today), reply)
        for group in GROUPS
        for variant, reply in group(scene)
    ]
    for variant, content in by_itself.contents(scene):
        reply = ContentReply(content)
        found.append(
            Example(f"{type(content).__name__}.{variant}", words.name, _rendered(reply, today), reply)
        )
        marked = render_content(content, today, mark(scene.kari.name))
        found.append(Example(f"{type(content).__name__}.{variant}-marked", words.name, marked))
    for stored in (True, False):
        name = "stored" if stored else "not-stored"
        found.append(Example(f"Failure.{name}", words.name, short.failure("a1b2c3", stored=stored)))
    found.append(Example("Failure.away", words.name, short.away()))
    found.append(Example("Failure.perhaps_stored", words.name, short.perhaps_stored()))
    found.append(Example("Failure.not_listed", words.name, short.not_listed()))
    found.append(Example("Failure.takes_time", words.name, short.takes_time()))
    found.append(Example("Failure.too_fast", words.name, short.too_fast()))
    return found


def _rendered(reply: Reply, today: date) -> Outgoing:
    return render(reply, today, lambda token: f"https://rekompis.example/files/{token}")
