"""The people, places and needs that the examples are about: plain models, the same every time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.needs.flow import Circumstances, Place, place_of
from domain.needs.form import FieldKind, Form, FormField, needs_form, owners_form
from domain.needs.models import NeedsReport, OwnersReport, OwnersStatus, Status
from domain.needs.overview import Answer, Counts, KindergartenStanding, counts, standing
from domain.register.models import Kindergarten, Network, Owner, Ownership, Person
from domain.rounds.models import Deadline, DeadlineKind, round_start_year, standard_deadlines

ANSWERS: dict[str, Any] = {
    "need": "new",
    "continues": "Arbeidet med lek fra i fjor",
    "themes": ["play", "inclusion", "language"],
    "theme_other": "Uterommet",
    "today": "Noen barn blir ofte stående utenfor leken, og vi voksne kommer for sent inn.",
    "better": "Vi vil bli bedre til å se leken tidlig og støtte den uten å ta den over.",
    "children": "Alle barn har noen å leke med hver dag.",
    "involved": ["head", "teachers", "everyone"],
    "how": "Tema på to personalmøter, gruppearbeid og avstemning.",
    "participants": "everyone",
    "headcount": 14,
    "start": "H27",
    "duration": 4,
    "special": ["support", "uh"],
    "title": "Lek som inkluderer alle",
    "plan": "Planen vår har lek som satsing fram til 2028. Ledergruppa følger den opp hvert halvår.",
    "union": "planned",
    "order": [2, 1, 3],
}
FURTHER = "Vi snakket om det på et personalmøte."
FURTHER_BY_KIND: dict[FieldKind, Any] = {
    FieldKind.COUNT: 4,
    FieldKind.DATE: "2026-10-12",
    FieldKind.MONEY: 150_000,
}
KINDERGARTENS = (
    "Solbakken barnehage",
    "Bekkefaret barnehage",
    "Åkerlappen barnehage",
    "Ørreten barnehage",
    "Tyttebærtua barnehage",
    "Nøtteliten barnehage",
)
TITLES = ("Lek som inkluderer alle", "Språk i alle rom", "Trygge overganger", "Barns stemme ute")


def _answer(field: FormField) -> Any:
    if field.id in ANSWERS:
        return ANSWERS[field.id]
    if field.kind in FURTHER_BY_KIND:
        return FURTHER_BY_KIND[field.kind]
    first = field.options[0].value
    return first if field.kind is FieldKind.CHOICE else [first]


@dataclass(frozen=True)
class Words:
    """How everything that somebody else has written reads in a scene."""

    name: str
    first: str
    surname: str
    kindergarten: str | None
    owner: str
    network: str
    municipality: str
    text: str | None
    role: str


LETTERS = "Blåbærsyltetøy på brødskiva er godt når høsten kommer og alle æøå skal med "
TRICKS = "**Fet** _skrå_ [klikk](https://evil.example) <b onclick=x>feit</b> `kode` ~~bort~~ 😀👩‍👧 https://a.example/b_c_d"
ORDINARY = Words(
    "ordinary", "Kari", "Nordli", None, "Melhus kommune", "Gauldalsregionen", "Melhus", None, "styrer"
)
LONG = Words(
    "long",
    "Aslaug-Kristine-Ragnhild",
    "Ørbekk-Hæstad Åsgård-Nordmannslågen",
    "Blåbærskogen og Tyttebærlyngen økologiske friluftsbarnehage og familiebarnehage avdeling",
    "Fjellregionens samdrevne og andelseide natur- og gårdsbarnehager på Sørøya SA",
    "Kompetansenettverket for Nordøsterdalen, Sørrøros og de øvrige fjellkommunene",
    "Sør-Trøndelags øvre fjellkommune",
    LETTERS,
    "medlem av nettverket",
)
HOSTILE = Words(
    "hostile",
    "*Kari*[x](https://evil.example)",
    "_Nordli_ <b>`",
    "# [Sol](https://evil.example) *bakken*",
    "1. _Melhus_ <script>alert(1)</script> {owner}",
    "> Gauldal ~~gone~~ **fet**",
    "- Melhus | \\ \\[",
    TRICKS,
    "*styrer*",
)


class Scene:
    """One world on one day. Everything is made from ids, so that the same is the same everywhere."""

    def __init__(self, today: date, words: Words = ORDINARY) -> None:
        self.today = today
        self.words = words
        self.now = datetime.combine(today, time(9), UTC)
        self.deadlines = standard_deadlines(round_start_year(today), "Gauldal")
        self.network = Network(id=1, name=words.network, county="Trøndelag", uh=("DMMH",))
        self.other_network = Network(id=2, name="Fosen", county="Trøndelag")
        self.owner = Owner(
            id=1, orgnr="101001016", name=words.owner, ownership=Ownership.MUNICIPAL, municipality_id=1
        )
        self.kari = Person(id=1, name=f"{words.first} {words.surname}", email="kari.nordli@melhus.example")
        self.per = Person(id=2, name="Per Aune", email="per.aune@melhus.example")

    def deadline(self, *, passed: bool = False, confirmed: bool = True) -> Deadline:
        """The owner's date, ahead or behind."""
        day = self.today + timedelta(days=-3 if passed else 9)
        found = next(d for d in self.deadlines if d.kind is DeadlineKind.NEEDS)
        return found.model_copy(update={"day": day, "confirmed": confirmed})

    def kindergarten(self, number: int = 0) -> Kindergarten:
        """The kindergarten with this number, from 0."""
        name = self.words.kindergarten or KINDERGARTENS[number % len(KINDERGARTENS)]
        again = number if self.words.kindergarten else number // len(KINDERGARTENS)
        return Kindergarten(
            id=number + 1,
            orgnr="102001028",
            name=f"{name} {again + 1}" if again else name,
            municipality_id=1,
            owner_id=1,
        )

    def text(self, field: FormField) -> str:
        """Something to have written in a field: as long as the field takes in a scene of extremes."""
        if self.words.text is None:
            return str(ANSWERS.get(field.id, FURTHER))
        return (self.words.text * (field.max_length // len(self.words.text) + 1))[: field.max_length].strip()

    def title(self, number: int = 0) -> str:
        """The name of a need."""
        field = needs_form().field("title")
        if self.words.text is None or field is None:
            return TITLES[number % len(TITLES)]
        return self.text(field)

    def answers(self, form: Form, *, everything: bool = False) -> dict[str, Any]:
        """A whole form answered; with `everything`, also what applies only to some, and every choice made."""
        made: dict[str, Any] = {}
        for field in (f for s in form.steps for f in s.fields):
            if everything and field.kind is FieldKind.CHOICES:
                made[field.id] = [o.value for o in field.options][: field.most]
            else:
                made[field.id] = self.text(field) if field.kind is FieldKind.TEXT else _answer(field)
        if everything:
            return made
        return {k: v for k, v in made.items() if k not in ("continues", "theme_other")}

    def need(
        self, status: Status = Status.SENT_TO_OWNER, number: int = 0, *, answered: bool = True, **other: Any
    ) -> NeedsReport:
        """A need of the kindergarten with this number."""
        answers = {**self.answers(needs_form()), "title": self.title(number)} if answered else {}
        sent = status not in (Status.DRAFT, Status.WITHDRAWN)
        return NeedsReport(
            **{
                "id": number + 101,
                "round_id": 1,
                "kindergarten_id": number + 1,
                "status": status,
                "version": 12,
                "revision": 1 if sent else 0,
                "answers": answers,
                "form_version": needs_form().version,
                "number": f"B-2026-{number + 1:04d}" if sent else None,
                "created_by": self.kari.id,
                "created_at": self.now,
                "updated_at": self.now,
                "submitted_at": self.now if sent else None,
                **other,
            }
        )

    def owners_report(self, needs: int, **other: Any) -> OwnersReport:
        """A consolidated report with so many needs."""
        return OwnersReport(
            **{
                "id": 201,
                "round_id": 1,
                "network_id": 1,
                "owner_id": 1,
                "status": OwnersStatus.DRAFT,
                "version": 4,
                "answers": {**self.answers(owners_form()), "order": list(range(1, needs + 1))},
                "report_ids": tuple(range(101, 101 + needs)),
                "number": "E-2026-0001",
                "created_by": 2,
                "updated_at": self.now,
                **other,
            }
        )

    def standings(self, answers: Iterable[Answer]) -> tuple[KindergartenStanding, ...]:
        """Kindergartens that stand like this, one after the other."""
        return tuple(self.standing(answer, number) for number, answer in enumerate(answers))

    def standing(self, answer: Answer, number: int = 0) -> KindergartenStanding:
        """One kindergarten that stands like this."""
        reports = {
            Answer.NEED: (self.need(Status.SENT_TO_OWNER, number),),
            Answer.NO_NEED: (self.need(Status.NO_NEED, number, answered=False),),
            Answer.BEGUN: (self.need(Status.DRAFT, number),),
            Answer.NONE: (),
        }
        return standing(self.kindergarten(number), reports[answer])

    def counts(self, need: int, no_need: int, unanswered: int) -> Counts:
        """So many kindergartens of each kind."""
        each = [Answer.NEED] * need + [Answer.NO_NEED] * no_need + [Answer.NONE] * unanswered
        return counts(self.standings(each))


def place(form: Form, step_id: str) -> Place:
    """Where a step stands when every step applies."""
    found = place_of(form, step_id, Circumstances(several_needs=True, support=True))
    if found is None:
        raise LookupError(step_id)
    return found
