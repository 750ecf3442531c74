"""What people read: Norwegian, whole, and never somebody's text taken for formatting."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.preview.scene import HOSTILE
from domain.needs.form import needs_form
from domain.norwegian.wordlists import words as wordlist
from messages import cards, words
from tests.messages.looking import all_examples, carded, elements, formatted, ours, texts, visible

ENGLISH = wordlist(
    "the and you your not please error invalid unknown submit cancel owner head draft report need needs approve"
    " approved returned reported none true false null missing late early with from this that there what when who"
    " why how yes hello welcome try again save saved next previous page link kindergarten network deadline round"
)
"""Words that only English has."""

LEFTOVER = re.compile(
    r"\bNone\b|\bTrue\b|\bFalse\b|[{}]|<bound|object at 0x|\b[a-zæøå]+_[a-zæøå_]+\b|\[\]|\(\)"
)
SPECIAL = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]]|(?<!\\)~~|<[A-Za-z/!?]|(?m:^(?:[#>+=-]|\d+[.)](?:\s|$)))")
MARKDOWN = MarkdownIt("commonmark").enable(["strikethrough", "table"])
PLAIN_TOKENS = {"paragraph_open", "paragraph_close", "inline", "text", "text_special", "softbreak"}

anything = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]))
tricky = st.lists(
    st.sampled_from(
        [
            *"\\`*_[]()<>#+-=~!|&:/.\"' \n\t1",
            "a",
            "Ø",
            "**",
            "~~",
            "```",
            "1. ",
            "<b>",
            "&lt;",
            "https://x.y ",
        ]
    )
).map("".join)


def kinds(text: str) -> set[str]:
    """What a markdown reader makes of a text."""
    tokens = MARKDOWN.parse(text)
    return {t.type for t in tokens} | {child.type for t in tokens for child in t.children or ()}


def read(text: str) -> str:
    """What a markdown reader shows of a text."""
    children = [child for t in MARKDOWN.parse(text) for child in t.children or ()]
    return "".join("\n" if child.type == "softbreak" else child.content for child in children)


def squeezed(text: str) -> str:
    """A text without spaces, which formatting may change."""
    return "".join(text.split())


@given(st.one_of(anything, tricky))
def test_no_text_is_read_as_formatting(text: str) -> None:
    """A markdown reader finds paragraphs and characters, nothing else."""
    assert kinds(cards.plain(text)) <= PLAIN_TOKENS
    assert SPECIAL.search(cards.plain(text)) is None


@given(st.one_of(anything, tricky).filter(lambda text: "&" not in text))
def test_a_text_reads_as_it_was_written(text: str) -> None:
    """Nothing is lost or added but spaces."""
    assert squeezed(read(cards.plain(text))) == squeezed(text)


@given(st.one_of(anything, tricky))
def test_a_choice_is_the_same_with_and_without_formatting(text: str) -> None:
    """Clients differ in whether they read an option as markdown; there is nothing in it to read."""
    made = cards.choices("x", "Velg", [("1", text)]).choices[0].title
    assert made
    assert kinds(made) <= PLAIN_TOKENS
    if "&" not in made:
        assert squeezed(read(made)) == squeezed(made)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Lek_og_lær", r"Lek\_og\_lær"),
        ("3. mars er dagen", r"3\. mars er dagen"),
        ("- først\n- så", "\\- først\n\n\\- så"),
        ("Vi er 3.", "Vi er 3."),
        ("<3 for leken", "<3 for leken"),
        ("<script>", "< script>"),
        ("[her](https://evil.example)", r"\[her\](https://evil.example)"),
        ("    innrykket", "innrykket"),
        ("", ""),
    ],
)
def test_plain(written: str, shown: str) -> None:
    """Escaped where it matters, left alone where it does not."""
    assert cards.plain(written) == shown


@pytest.mark.parametrize(
    ("written", "longest", "shown"),
    [
        ("Kort", 10, "Kort"),
        ("Akkurat ti", 10, "Akkurat ti"),
        ("Hvem har ansvar for budsjett og regnskap?", 30, "Hvem har ansvar for budsjett…"),
        ("Kari Nordli (barnehagemyndighet)", 14, "Kari Nordli…"),
        ("Barnehagekompetanseutviklingsnettverk", 12, "Barnehageko…"),
    ],
)
def test_cut(written: str, longest: int, shown: str) -> None:
    """Whole words where there are any."""
    assert cards.cut(written, longest) == shown
    assert len(shown) <= longest


def test_no_example_holds_formatting() -> None:
    """Whoever wrote it, no text of any message is read as anything but text."""
    faults = [
        (name, text)
        for text, name in texts().items()
        if not kinds(text) <= PLAIN_TOKENS or SPECIAL.search(text)
    ]
    assert faults == []


def test_the_hostile_scene_is_seen() -> None:
    """The examples do carry what they are to be safe from."""
    shown = [text for e in all_examples() if e.scene == HOSTILE.name for text in formatted(e.outgoing)]
    assert sum("evil.example" in text for text in shown) > 100


def test_no_text_is_empty() -> None:
    """An empty line is a mistake, and a screen reader stops at it."""
    faults = [
        (name, element)
        for name, card in carded()
        for element in elements(card)
        if element["type"] == "TextBlock" and not element["text"].strip()
    ]
    faults += [(e.name, {}) for e in all_examples() if e.outgoing.card is None and not e.outgoing.text]
    assert faults == []


def test_nothing_is_left_of_the_making() -> None:
    """No None, no braces, no names of the code."""
    assert [(name, text) for text, name in ours().items() if LEFTOVER.search(text)] == []


def test_nothing_is_english() -> None:
    """No word that only English has."""
    faults = [
        (name, word)
        for text, name in ours().items()
        for word in re.findall(r"[a-zæøå]+", re.sub(r"\S+@\S+|https?://\S+", "", text.lower()))
        if word in ENGLISH
    ]
    assert faults == []


def test_sentences_are_whole() -> None:
    """A line of ours that has several words ends as a sentence, a question or a list does."""
    for example in (e for e in all_examples() if e.outgoing.text and e.scene == "ordinary"):
        assert (example.outgoing.text or "").rstrip()[-1:] in ".!?»", example


@pytest.mark.parametrize(
    ("code", "shown"),
    [("H27", "høsten 2027"), ("V28", "våren 2028"), ("12", "12"), ("", ""), ("tull", "tull"), ("h27", "h27")],
)
def test_semester(code: str, shown: str) -> None:
    """A code reads as a season; what somebody wrote that is no code reads as it stands."""
    assert words.semester(code) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1, "1 semester (et halvt år)"),
        (2, "2 semestre (ett år)"),
        (3, "3 semestre (1,5 år)"),
        (4, "4 semestre (to år)"),
        (10, "10 semestre (5 år)"),
    ],
)
def test_duration(number: int, shown: str) -> None:
    """Semesters with the years they make."""
    assert words.duration(number) == shown


@pytest.mark.parametrize(
    ("day", "shown"),
    [(22, "i dag"), (23, "i morgen"), (21, "i går"), (30, "om 8 dager"), (15, "for 7 dager siden")],
)
def test_distance(day: int, shown: str) -> None:
    """Days as people say them."""
    assert words.distance(date(2026, 11, day), date(2026, 11, 22)) == shown


@pytest.mark.parametrize(
    ("field_id", "given", "shown"),
    [
        ("discussed", "2026-10-12", "mandag 12. oktober 2026"),
        ("discussed", "2025-02-01", "lørdag 1. februar 2025"),
        ("amount", 0, "0 kroner"),
        ("amount", 1000, "1\u00a0000 kroner"),
        ("amount", 1_500_000, "1\u00a0500\u00a0000 kroner"),
        ("group_assistants", 3, "3 assistenter"),
        ("headcount", 14, "14"),
        ("framework_plan", ["participation", "transitions"], "Barns medvirkning, Overganger"),
        ("sami", "advice", "Vet ikke, vi ønsker råd"),
        ("start", "H27", "høsten 2027"),
    ],
)
def test_an_answer_is_shown_as_it_was_understood(field_id: str, given: object, shown: str) -> None:
    """With its weekday, its unit and its thousands."""
    field = needs_form().field(field_id)
    assert field is not None
    assert words.value(field, given) == shown


def test_sources_are_named_once() -> None:
    """The documents' codes become names, each place once."""
    assert words.source("LP, Saksgang / GA, Årshjul / LP, Saksgang") == (
        "fylkets plan for Rekom, Saksgang; Gauldals kompetanseplan, Årshjul"
    )


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("Missing.kindergartens-hundred", "Og 40 til."),
        ("AuthorityGreeting.hundred", "Og 60 til."),
        ("ReviewOwners.seventy", "Og 10 til."),
        ("Approved.sixty", "Og 30 til."),
        ("LeaderDigest.everything", "Og 40 til."),
    ],
)
def test_a_long_list_says_how_much_is_left_out(name: str, ending: str) -> None:
    """Nobody believes that what is shown is everything."""
    example = next(e for e in all_examples() if e.name == name)
    assert any(text.endswith(ending) for text in visible(example.outgoing))
