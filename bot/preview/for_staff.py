"""Examples of a question to the staff: in their chat, and what comes back to the head."""

from __future__ import annotations

from collections.abc import Iterator

from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.heads.staff import LONGEST_LINE, Results, StaffQuestion, themes_field

Variants = Iterator[tuple[str, r.Reply]]

LINES = ("Vi trenger å bli tryggere på lek ute.", "Flere voksne må være med i leken.")


def staff(s: Scene) -> Variants:
    """Every card, with none, a few and many answers."""
    place = s.kindergarten().name
    yield "first", r.StaffCard(7, place, 0)
    yield "some", r.StaffCard(7, place, 3)
    yield "updated", r.StaffCardUpdated(7, place, 1)
    yield "left-out", r.StaffCardUpdated(7, place, 14, line_left_out=True)
    yield "closed", r.StaffCardClosed()
    yield "how-to", r.HowToAskStaff()
    yield "network", r.NetworksChannel()
    yield "few", r.StaffResults(_results(s, 2), 1)
    yield "many", r.StaffResults(_results(s, 40), 1)
    yield "over", r.StaffResults(_results(s, 4, over=True), 1)


def _results(s: Scene, answered: int, *, over: bool = False) -> Results:
    question = StaffQuestion(
        id=7,
        kindergarten_id=1,
        round_id=1,
        asked_by=1,
        asked_at=s.now,
        conversation_id="19:chat",
        salt="",
        closed_at=s.now if over else None,
    )
    if answered < 3:
        return Results(question, s.kindergarten().name, answered)
    options = themes_field().options
    themes = tuple((option.value, answered - n) for n, option in enumerate(options[:answered]))
    lines = tuple((s.words.text or LINES[n % 2])[:LONGEST_LINE] for n in range(answered))
    return Results(question, s.kindergarten().name, answered, themes, lines)
