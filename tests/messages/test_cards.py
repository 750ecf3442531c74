"""Every example of a card keeps within what Teams and a screen reader can take."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from typing import Any

from bot.preview.scene import LONG
from dialogs.payloads import read_payload
from messages import cards
from messages import elements as package
from messages.render import render_all
from tests.messages.looking import TODAY, actions, all_examples, carded, elements, inputs, sent_by

LARGEST = 80_000
MOST_ACTIONS = 6
LONGEST_TITLE = 40

KNOWN: dict[str, set[str]] = {
    "AdaptiveCard": {"type", "$schema", "version", "lang", "body", "actions", "fallbackText"},
    "TextBlock": {"type", "text", "wrap", "weight", "size", "isSubtle", "spacing", "style"},
    "Container": {"type", "items", "style"},
    "FactSet": {"type", "facts"},
    "ColumnSet": {"type", "columns", "spacing"},
    "Column": {"type", "width", "items", "style", "minHeight"},
    "Chart.HorizontalBar": {"type", "title", "showTitle", "displayMode", "color", "data", "fallback"},
    "Image": {"type", "url", "altText", "size", "msteams", "themedUrls"},
    "Input.Text": {"type", "id", "label", "value", "isMultiline", "maxLength", "placeholder"},
    "Input.ChoiceSet": {"type", "id", "label", "value", "choices", "style", "isMultiSelect", "wrap"},
    "Action.Submit": {"type", "title", "tooltip", "style", "data", "associatedInputs"},
    "Action.OpenUrl": {"type", "title", "url"},
}
OBLIGATORY: dict[str, set[str]] = {
    "AdaptiveCard": {"$schema", "version", "lang", "body", "fallbackText"},
    "TextBlock": {"text", "wrap"},
    "Container": {"items"},
    "FactSet": {"facts"},
    "ColumnSet": {"columns"},
    "Column": {"width", "items"},
    "Chart.HorizontalBar": {"title", "data", "fallback"},
    "Image": {"url", "altText"},
    "Input.Text": {"id", "label"},
    "Input.ChoiceSet": {"id", "label", "choices"},
    "Action.Submit": {"title", "data"},
    "Action.OpenUrl": {"title", "url"},
}
ALLOWED: dict[str, set[Any]] = {
    "version": {"1.5"},
    "lang": {"nb"},
    "weight": {"Bolder", "Default", "Lighter"},
    "size": {"Small", "Default", "Medium", "Large", "ExtraLarge", "Stretch"},
    "spacing": {"None", "Small", "Default", "Medium", "Large", "ExtraLarge", "Padding"},
    "associatedInputs": {"auto", "none"},
    "wrap": {True},
    "isSubtle": {True, False},
    "isMultiSelect": {True},
    "isMultiline": {True},
    "displayMode": {"AbsoluteWithAxis", "AbsoluteNoAxis", "PartToWhole"},
}
STYLES = {
    "TextBlock": {"default", "heading"},
    "Container": {"default", "emphasis", "attention", "good", "warning", "accent"},
    "Column": {"default", "emphasis", "attention", "good", "warning", "accent"},
    "Input.ChoiceSet": {"compact", "expanded"},
    "Action.Submit": {"default", "positive", "destructive"},
}


def test_no_two_examples_have_one_name() -> None:
    """A file for each."""
    twice = Counter((e.scene, e.name) for e in all_examples())
    assert [name for name, number in twice.items() if number > 1] == []


def test_every_element_is_one_that_clients_know() -> None:
    """Known types with known properties, nothing obligatory left out, allowed values only.

    All are of version 1.5 but the charts, which only Teams has: see the next test.
    """
    faults = []
    for name, card in carded():
        for element in elements(card):
            kind = element["type"]
            faults += [(name, kind, key) for key in element.keys() - KNOWN.get(kind, set())]
            faults += [(name, kind, "lacks", key) for key in OBLIGATORY.get(kind, set()) - element.keys()]
            for key, value in element.items():
                allowed = STYLES.get(kind) if key == "style" else ALLOWED.get(key)
                if allowed is not None and value not in allowed:
                    faults.append((name, kind, key, value))
    assert faults == []


def test_what_is_made_without_the_packages_models_is_what_they_would_make() -> None:
    # What a button carries may be anything that JSON has a form for.
    button = package.SubmitAction(
        title="Ja", style="positive", associated_inputs="none", data={"verb": "ask", "question": "2026-11-12"}
    )
    subtle = package.TextBlock(text="1\\. mai", wrap=True, is_subtle=True, size="Small", spacing="Small")
    notice = package.Container(style="attention", items=[package.TextBlock(text="Hei \\*", wrap=True)])
    for made, model in (
        (cards.button("Ja", "ask", main=True, question=date(2026, 11, 12)), button),
        (cards.small(" 1. mai "), subtle),
        (cards.notice("Hei *"), notice),
    ):
        assert made == model.model_dump(by_alias=True, exclude_none=True, mode="json")


def test_every_chart_can_be_read_without_seeing_it() -> None:
    """It has a name, and a client without charts shows every bar with its number, in elements of version 1.5."""
    charts = [(n, e) for n, card in carded() for e in elements(card) if e["type"].startswith("Chart.")]
    assert charts
    for name, chart in charts:
        instead = list(elements(chart["fallback"]))
        assert not [e for e in instead if e["type"].startswith("Chart.")], name
        words = [e["text"] for e in instead if e["type"] == "TextBlock"]
        assert words == [chart["title"], *(f"{bar['x']}: {bar['y']}" for bar in chart["data"])], name
        assert all(type(bar["y"]) is int and bar["y"] > 0 for bar in chart["data"]), name


def test_lengths_are_whole_numbers() -> None:
    """Some clients refuse 1500.0."""
    lengths = [(name, one.get("maxLength", 1)) for name, card in carded() for one in inputs(card)]
    assert [(name, length) for name, length in lengths if type(length) is not int or length < 1] == []


def test_every_input_has_a_label_and_an_id_of_its_own() -> None:
    """A screen reader says the label; an id that comes twice loses an answer."""
    faults = []
    for name, card in carded():
        ids = [one["id"] for one in inputs(card)]
        faults += [(name, ids) for _ in [1] if len(set(ids)) != len(ids)]
        faults += [(name, one["id"]) for one in inputs(card) if not one["label"].strip()]
    assert faults == []


def test_a_choice_is_one_of_its_options() -> None:
    """Options have a value each, and what is chosen beforehand is among them, unless somebody wrote it."""
    faults = []
    for name, card in carded():
        for one in inputs(card):
            values = [choice["value"] for choice in one.get("choices", [])]
            chosen = set(filter(None, str(one.get("value", "")).split(","))) if values else set()
            if len(set(values)) != len(values) or (chosen - set(values) and ".problem-" not in name):
                faults.append((name, one["id"]))
    assert faults == []


def test_every_picture_is_described() -> None:
    """A picture without words is nothing to somebody who cannot see it."""
    pictures = [(name, e) for name, card in carded() for e in elements(card) if e["type"] == "Image"]
    assert [name for name, picture in pictures if not picture.get("altText")] == []


def test_no_card_has_more_buttons_than_teams_shows() -> None:
    """Six, whatever somebody is and has."""
    numbers = {name: len(actions(card)) for name, card in carded()}
    assert {name: number for name, number in numbers.items() if number > MOST_ACTIONS} == {}
    assert max(numbers.values()) == MOST_ACTIONS


def test_a_button_says_in_few_words_what_it_does() -> None:
    """At most 40 characters, the first one a capital; what was cut is whole in the tooltip."""
    faults = []
    for name, card in carded():
        for action in actions(card):
            title = action["title"]
            capital = title[:1].isupper() or name.startswith("hostile/")
            if not capital or len(title) > LONGEST_TITLE or title != title.strip():
                faults.append((name, title))
            if title.endswith("…") != ("tooltip" in action):
                faults.append((name, title, "tooltip"))
    assert faults == []


def test_a_card_has_no_two_buttons_with_one_name() -> None:
    """Nobody could tell them apart."""
    faults = []
    for name, card in carded():
        titles = Counter(a["title"] for a in actions(card))
        if max(titles.values(), default=0) > 1 and not name.endswith(MADE_ALIKE):
            faults.append((name, titles))
    assert faults == []


MADE_ALIKE = (
    ".channel-to-bind",
    ".which-wheel",
    ".which-calendar",
    ".eight-networks",
    ".people",
    ".people-acting",
    ".people-unknown",
)
"""Examples in which several things have the same name on purpose."""


def test_one_button_at_most_is_the_main_one() -> None:
    """What stands out is one thing."""
    mains = {name: sum(a.get("style") == "positive" for a in actions(card)) for name, card in carded()}
    assert {name: number for name, number in mains.items() if number > 1} == {}


def test_every_message_is_small_enough() -> None:
    """Teams refuses more than about 100 KB; the longest texts and lists stay below 80 KB, escaped or not."""
    sizes = {name: len(json.dumps(card).encode()) for name, card in carded()}
    assert {name: size for name, size in sizes.items() if size >= LARGEST} == {}


def test_every_press_is_understood() -> None:
    """What a button sends, with what is filled in, is what the conversation takes."""
    verbs = set()
    for name, card in carded():
        for action in actions(card):
            if action["type"] == "Action.Submit":
                payload = read_payload(sent_by(action, card))
                assert payload.verb == action["data"]["verb"], name  # type: ignore[attr-defined]
                verbs.add(action["data"]["verb"])
    assert verbs == VERBS_ON_CARDS


VERBS_ON_CARDS = {
    *("menu", "deadlines", "ask", "switch_role", "start_report", "no_need", "no_need_yes", "undo_no_need"),
    *("continue", "answer", "answer_owners", "back", "change", "change_owners", "keep_pending", "submit"),
    *("later", "discard", "my_reports", "to_handle", "approve_chosen", "approve_all", "read_chosen", "read"),
    *("approve", "return", "not_forward", "send_in", "submit_owners", "nudge", "bind", "summary", "missing"),
    *("excel", "demo_as", "demo_off", "way_in", "request_access", "answer_access"),
    *("ask_leader", "inquiries", "show_inquiry", "answer_inquiry", "decline_inquiry", "share_inquiry"),
    *("whole_form", "answer_whole", "more", "skip", "take_back", "ask_rank", "rank", "copy"),
    *("unanswered", "write_answer", "publish", "shared_answers", "withdraw_answer"),
    *("show_handling", "report_again", "withdraw_need", "reply_by", "set_reply_by"),
    *("network_needs", "network_need", "choose_act", "prepare_act", "do_act", "change_act"),
    *("register_care", "care_form", "care_read", "care_do", "care_cancel"),
    *("deputies", "deputy_do", "deputy_show", "deputy_end"),
    *("coming", "coming_names", "stop_step"),
    *(
        "common_need",
        "begin_common",
        "merge_needs",
        "merge_chosen",
        "merge_named",
        "split_need",
        "skip_owners",
    ),
    *("joint_report", "invite_owners", "take_out_owners", "answer_joint"),
    *("staff_sheet", "remove_attachment", "register_import", "drop_import", "empty_sheet", "progress"),
    *("end_round_yes", "switch_form", "register_for", "begin_registering"),
    *("not_reached", "reach_email"),
    "open_requests",
    *("reminders", "set_reminders", "pause_reminders", "stop", "snooze", "reminded", "task_done"),
    *("answer_staff", "staff_answers", "take_in_staff", "close_staff"),
    "weekly",
    *("round_dates", "confirm_dates", "confirm_chosen", "edit_dates", "read_dates", "store_dates"),
    *("own_dates", "own_date_form", "read_own_date", "store_own_date", "remove_own_date"),
    *("annual_wheel", "calendar", "cancel_meeting", "edit_meeting", "meetings", "new_meeting"),
    *("read_meeting", "shown_meeting"),
}
"""Every verb but `help`, which is only typed."""


def test_what_is_filled_in_goes_only_where_it_is_taken() -> None:
    """«Tilbake» takes along what is filled in, so that it is kept; «Send» has no use for it."""
    along = {"back": "auto", "later": "auto", "submit": "none", "read": "none", "answer": "auto"}
    along |= {"approve_chosen": "auto", "return": "auto", "change": "auto", "request_access": "auto"}
    for name, card in carded():
        for action in actions(card):
            verb = action.get("data", {}).get("verb")
            assert action.get("associatedInputs") == along.get(verb, action.get("associatedInputs")), name


def test_the_fallback_and_the_notification_say_something_short() -> None:
    """A client that cannot show the card shows the fallback; the notification is a few lines."""
    for example in all_examples():
        if example.outgoing.card is not None:
            summary = example.outgoing.summary or ""
            assert 3 <= len(summary) <= 250, example.name
            assert "\n" not in summary
            assert example.outgoing.card["fallbackText"] == summary


def test_the_same_reply_gives_the_same_message() -> None:
    """Rendering depends on nothing but the reply and the day; one scene has every kind of them."""
    said = [(e.reply, e.outgoing) for e in all_examples() if e.reply is not None and e.scene == LONG.name]
    assert len(said) > 500
    again = render_all([r for r, _ in said], TODAY, lambda token: f"https://rekompis.example/files/{token}")
    assert again == [outgoing for _, outgoing in said]


def test_no_message_both_settles_and_is_tracked() -> None:
    """A card that replaces another has nothing left to press; the one in the staff's chat waits for the others."""
    for example in all_examples():
        assert not (example.outgoing.settles and example.outgoing.tracks), example.name
        stays = example.name.startswith("StaffCardUpdated.")
        if example.outgoing.settles and example.outgoing.card is not None and not stays:
            assert actions(example.outgoing.card) == [], example.name
