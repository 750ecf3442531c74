"""Examples of what leaders, authorities, others, strangers and channels see, and answers to questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.preview.for_inquiries import shared_answer
from bot.preview.scene import Scene
from dialogs import replies as r
from domain.needs.overview import Answer as Stands
from domain.needs.sheets.excel_scopes import ScopeOfRows
from domain.register.models import Role
from domain.scheme.answers import Answer, Choice

Variants = Iterator[tuple[str, r.Reply]]

QUESTIONS = (
    "Når er fristen for behovsmelding?",
    "Hva er forskjellen på kompetansenettverket og samarbeidsforum?",
    "Er 30 prosent til individuelle tiltak fortsatt lov?",
    "Hvor mye får et nettverk til koordinering?",
    "Hvem leder nettverket?",
)


def greetings(s: Scene) -> Variants:
    """How the others are met."""
    leader = r.LeaderGreeting(s.kari, s.network, s.deadline(), s.today, 9, 12, bound=True)
    yield "usual", leader
    yield "coordinator", replace(leader, coordinates=True)
    yield "waiting", replace(leader, questions=2, requests=1)
    yield "waiting-with-roles", replace(leader, questions=1, requests=2, other_roles=tuple(Role))
    yield "unbound-with-roles", replace(leader, bound=False, other_roles=tuple(Role))
    yield "passed", replace(leader, deadline=s.deadline(passed=True))
    yield "unconfirmed", replace(leader, deadline=s.deadline(confirmed=False), owners_sent=0)
    yield "dates-to-confirm", replace(leader, unconfirmed=3, other_roles=(Role.MEMBER,))
    few = s.standings([*Stands, Stands.NEED])
    authority = r.AuthorityGreeting(s.per, s.words.municipality, s.counts(2, 1, 2), few)
    yield "few", replace(authority, other_roles=(Role.OWNER,))
    hundred = s.standings([list(Stands)[n % 4] for n in range(100)])
    yield "hundred", replace(authority, counts=s.counts(25, 25, 50), standings=hundred)
    for role in (Role.UH, Role.PPT, Role.MEMBER, Role.COUNTY, Role.ADMIN, None):
        yield (role.name.lower() if role else "no-role"), r.PlainGreeting(s.kari, role)
    yield "many-roles", r.PlainGreeting(s.kari, Role.UH, tuple(Role))


def strangers(s: Scene) -> Variants:
    """The way in."""
    yield "teams", r.Stranger(local=False)
    yield "local", r.Stranger(local=True)
    yield "form", r.AccessForm()
    near = tuple(s.kindergarten(n).name for n in range(3))
    yield "unknown-place", r.AccessForm(s.kindergarten().name, near)
    yield "nothing-near", r.AccessForm("–")
    yield "asked", r.AccessAsked(s.kari.name)
    yield "asked-nobody", r.AccessAsked(None)
    yield "granted", r.AccessAnswered(s.kari.name, granted=True)
    yield "refused", r.AccessAnswered(s.kari.name, granted=False)
    yield "already", r.AccessAnswered(s.kari.name, granted=True, already=True)


def overview(s: Scene) -> Variants:
    """Bindings, who is missing, Excel."""
    yield "bound", r.Bound(s.network.name)
    yield "bound-already", r.Bound(s.network.name, already=True)
    leader = r.Missing(s.network.name, 9, 12, network_id=1)
    yield "owners", replace(leader, owners=tuple((s.owner.name, s.counts(3, 1, n)) for n in range(3)))
    yield "owners-none", replace(leader, sent=12)
    begun = tuple((s.kindergarten(n).name, "begun" if n % 3 else "none") for n in range(100))
    owner = r.Missing(s.owner.name, 3, 103, owner_id=1)
    yield "kindergartens", replace(owner, kindergartens=begun[:4])
    yield "kindergartens-hundred", replace(owner, kindergartens=begun)
    yield "authority", r.Missing(s.words.municipality, 12, 12)
    yield "link", r.ExcelLink(12, "token", s.owner.name)
    yield "link-several", r.ExcelLink(12, "token", "", several=(ScopeOfRows.HEAD, 3))
    yield "link-one", r.ExcelLink(1, "token" * 60, s.network.name)


def questions(s: Scene) -> Variants:
    """Answers about the scheme, and honest ones that there is none."""
    found = Answer(
        found=True,
        lines=("Tirsdag 1. desember 2026, om 9 dager.", "Eier samler behovene og sender dem til nettverket."),
        source="fylkets plan for Rekom, Saksgang",
        validity_note="Datoen er ikke bekreftet av nettverket.",
        suggestions=QUESTIONS[1:4],
    )
    said = r.Said(QUESTIONS[0], found, s.kari.name, False, s.today)
    yield "found", said
    yield "bare", replace(said, answer=Answer(found=True, lines=("Ja.",), source="fylkets plan for Rekom"))
    yield "keep", replace(said, keep=(101, "today"))
    which = Answer(
        found=True,
        lines=("Det er flere frister.", "Behovsmelding: tirsdag 1. desember 2026, om 9 dager."),
        source="fylkets plan for Rekom",
        alternatives=tuple(
            Choice(label=f"Behovsmelding {n}: 1. desember", question=q) for n, q in enumerate(QUESTIONS, 1)
        ),
    )
    yield "which", replace(said, answer=which, keep=(101, "today"))
    yield "longest", replace(said, answer=found.model_copy(update={"lines": ("Ø" * 599 + ".",)}))
    unknown = Answer(found=False, declined_reason="unknown", suggestions=QUESTIONS[:3])
    yield "unknown", replace(said, answer=unknown)
    yield "unknown-no-leader", replace(said, answer=unknown, network_leader=None, keep=(101, "today"))
    yield "unknown-in-channel", replace(said, answer=unknown, in_channel=True)
    yield "shared", replace(said, answer=unknown, shared=shared_answer(s))
    yield "outside", replace(said, answer=Answer(found=False, declined_reason="outside"))


def helping(s: Scene) -> Variants:
    """Help, and local mode's list of people."""
    for role in (*Role, None):
        yield (role.name.lower() if role else "no-role"), r.HelpText(role, local=role is Role.HEAD)
    yield "channel", r.HelpText(Role.LEADER, in_channel=True, network=s.network.name)
    yield "channel-unbound", r.HelpText(Role.HEAD, in_channel=True)
    yield "channel-to-bind", r.HelpText(Role.LEADER, True, None, (s.network, s.other_network) * 3)
    people = tuple(
        (n, f"{s.kari.name} {n}", f"{s.words.role}, {s.kindergarten(n).name}") for n in range(1, 121)
    )
    examples = tuple((n, f"{s.kari.name} ({role.value})") for n, role in enumerate(tuple(Role)[:4], 1))
    everybody = r.DemoPeople(people, None, None, examples)
    yield "people", everybody
    yield "people-acting", replace(everybody, acting_as=s.kari.name)
    yield "people-unknown", replace(everybody, unknown=s.kindergarten().name[:40])
