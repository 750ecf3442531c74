"""What heads do on the stage, in few words."""

from __future__ import annotations

from domain.needs.models import NeedsReport
from tests.transcripts.stage import Heard, Stage, shown

KARI = "Kari Nordli"
PER = "Per Aune"
SOLBAKKEN = "Solbakken barnehage"

CORE = {
    "need": "new",
    "themes": "play,language",
    "today": "Noen barn blir ofte stående utenfor leken ute.",
    "better": "Å støtte leken når den stopper opp, hver dag.",
    "children": "Alle har noen å leke med hver dag.",
    "involved": "everyone",
    "how": "Vi snakket om det på to personalmøter.",
    "participants": "everyone",
    "headcount": "14",
    "start": "neste høst",
    "duration": "to år",
    "special": "none",
    "title": "Lek for alle",
}
"""A whole core as the inputs of one card."""

TYPED = (
    "ja",
    "lek og språk",
    CORE["today"],
    CORE["better"],
    CORE["children"],
    "hele personalet, vi snakket om det på to personalmøter",
    "hele personalet, 14",
    "neste høst, to år",
    "nei",
    CORE["title"],
)
"""The same, typed."""


def need(stage: Stage, report_id: int = 1) -> NeedsReport:
    """A stored need."""
    with stage.work() as uow:
        found = uow.needs.get(report_id)
    assert found is not None
    return found


def text(heard: list[Heard]) -> str:
    """Everything that came."""
    return "\n".join(shown(h) for h in heard)


def sent_by_whole_card(stage: Stage, name: str = KARI, **other: str) -> list[Heard]:
    """A need filled in and sent from the card with everything."""
    stage.say(name, "hele skjemaet")
    return stage.press(name, "Send til Melhus kommune", {**CORE, **other})
