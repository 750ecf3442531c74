"""How a head reports a need, question by question, by typing and by cards."""

from __future__ import annotations

from tests.protocol.people import Person

TODAY = "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn."
BETTER = "Vi vil bli bedre til å lede og støtte leken ute og inne."
CHILDREN = "Alle har noen å leke med hver dag."
HOW = "hele personalet, vi snakket om det på to personalmøter"

TYPED = (
    "ja, noe nytt",
    "lek og språk",
    TODAY,
    BETTER,
    CHILDREN,
    HOW,
    "hele personalet, 14",
    "høsten 2027, to år",
    "nei",
)
"""Everything up to the name, as people write it."""

ANSWERS = {
    "need": "new",
    "themes": ["play", "language"],
    "today": TODAY,
    "better": BETTER,
    "children": CHILDREN,
    "involved": ["everyone"],
    "how": HOW,
    "participants": "everyone",
    "headcount": 14,
    "start": "H27",
    "duration": 4,
    "special": ["none"],
}
"""What is stored of that."""

SAVE = "Lagre og gå videre"
CARDS: tuple[tuple[str, dict[str, str]], ...] = (
    ("Ja, noe nytt", {}),
    (SAVE, {"Tema (inntil tre)": "Lek og vennskap,Språk og kommunikasjon"}),
    (SAVE, {"Hverdagen i dag": TODAY}),
    (SAVE, {"Dette vil vi bli bedre til": BETTER, "Dette skal barna merke": CHILDREN}),
    (SAVE, {"Hvem var med?": "Hele personalet", "Hvordan var de med?": HOW}),
    (SAVE, {"Hvem skal delta?": "Hele personalet", "Omtrent hvor mange ansatte?": "14"}),
    (SAVE, {"Start (for eksempel høsten 2027)": "høsten 2027", "Varighet (for eksempel to år)": "to år"}),
    (SAVE, {"Aktuelt for dette behovet": "Nei"}),
)
"""The same by buttons and inputs."""


def report(head: Person, title: str) -> str:
    """Reports a whole need by typing, and sends it to the owner; the receipt."""
    head.say("meld behov")
    for answer in (*TYPED, title):
        head.say(answer)
    return head.say("send")
