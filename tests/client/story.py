"""Short words for what people do again and again in the client, in several modules' stories."""

from __future__ import annotations

from tests.client.driver import Message, TeamsClient

DAILY_LIFE = "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn."
BETTER = "Vi vil bli bedre til å lede og støtte leken."
CHILDREN = "Alle har noen å leke med hver dag."
INVOLVED = "hele personalet, vi snakket om det på to personalmøter"
TITLE = "Lek som inkluderer alle"


def become(teams: TeamsClient, name: str) -> None:
    """Goes on as somebody else of the sample register."""
    assert f"Nå er du {name}" in teams.send(f"demo {name}")[0].text


def press(teams: TeamsClient, title: str, then: str, *, card: int | None = None) -> Message:
    """Presses a button, by default the newest of this title, and waits for a newer message of these words."""
    before = teams.messages()[-1]
    assert teams.click(title, card=card)
    return teams.wait_for_text(then, after=before)


def inert(teams: TeamsClient, text: str) -> bool:
    """Whether there is a card of exactly these words, and nothing in it to press or fill in."""
    found = [i for i in range(teams.card_count) if teams.card_text(i) == text]
    return bool(found) and not teams.card_actions(found[-1]) and not teams.card_inputs(found[-1])


def card_with(teams: TeamsClient, text: str) -> int:
    """The newest card that contains the text."""
    return max(i for i in range(teams.card_count) if text in teams.card_text(i))


def type_a_report(teams: TeamsClient) -> Message:
    """Answers everything in writing, up to the summary."""
    answers = ("ja, noe nytt", "lek og språk", DAILY_LIFE, BETTER, CHILDREN, INVOLVED)
    for said in ("meld behov", *answers, "hele personalet, 14", "høsten 2027, to år", "nei"):
        teams.send(said)
    (summary,) = teams.send(TITLE)
    return summary
