"""The people of the small register by their first names, and questions between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.inquiries import answering, asking
from domain.inquiries.models import Inquiry
from domain.ports import UnitOfWork
from domain.register.models import Role, Scope, ScopeKind
from tests.storage.seeds import NOW, Seeds

QUESTION = "Kan vi få dekket vikar når alle er på samling?"
ANSWER = "Ja, for to dager i året."


@dataclass(frozen=True)
class World:
    """Kari is a head and Ingrid leads, both in Gauldal; Tuva comes as its coordinator. Ola leads Fosen."""

    uow: UnitOfWork
    seeds: Seeds

    @property
    def fosen(self) -> int:
        return self.seeds.networks[0].id

    @property
    def gauldal(self) -> int:
        return self.seeds.networks[1].id

    def id(self, first_name: str) -> int:
        return next(p.id for p in self.uow.register.all_people() if p.first_name == first_name)

    def join(self, name: str, role: Role, network_id: int) -> int:
        """Somebody new in a network."""
        scope = Scope(kind=ScopeKind.NETWORK, id=network_id)
        email = f"{name.split()[0].lower()}@ny.example"
        return self.uow.register.add_person_role(name, email, role, scope).id

    def leave(self, first_name: str) -> None:
        """Somebody is out of the register."""
        person_id = self.id(first_name)
        for held in self.uow.register.roles_of(person_id):
            self.uow.register.remove_person_role(person_id, held.role, held.scope)

    def ask(self, question: str = QUESTION, who: str = "Kari", now: datetime = NOW) -> asking.Asked:
        """Somebody in Gauldal asks."""
        person_id = self.id(who)
        role = self.uow.register.roles_of(person_id)[0].role
        return asking.ask(self.uow, person_id, role, self.gauldal, question, now)

    def answered(self, question: str = QUESTION, answer: str = ANSWER) -> Inquiry:
        """A question that Ingrid has answered."""
        asked = self.ask(question).inquiry
        return answering.answer(self.uow, self.id("Ingrid"), asked.id, answer, NOW)

    def outbox(self) -> list[tuple[str, int | None]]:
        """What waits to be sent: kind and person."""
        return [(m.kind.value, m.person_id) for m in self.uow.outbox.due(NOW, 100)]

    def audit(self, subject: str, subject_id: int) -> list[tuple[int | None, str, str | None, str]]:
        """Who, in which role, from what, to what."""
        rows = self.uow.audit.of(subject, subject_id)
        return [(r.person_id, r.role, r.before, r.after) for r in rows]
