"""What conversations, outreach and the import ask of the register; `storage` and `memory` answer."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from domain.register.models import (
    Kindergarten,
    Municipality,
    Network,
    Owner,
    Person,
    Role,
    RoleAssignment,
    Scope,
)
from domain.register.rows import RegisterFile


class SheetCounts(BaseModel):
    """How many rows an import added, changed, left as they were, and retired."""

    model_config = ConfigDict(frozen=True)

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0


class ImportCounts(BaseModel):
    """What an import did; a person is counted once, however many roles (`roles`) the person has."""

    model_config = ConfigDict(frozen=True)

    networks: SheetCounts
    municipalities: SheetCounts
    owners: SheetCounts
    kindergartens: SheetCounts
    people: SheetCounts
    roles: SheetCounts


class RegisterRepository(Protocol):
    """The register of one installation, as it is today: a role outside its days is not there.

    What is asked for by id is found also when it is retired, and raises NotInRegister when there has
    never been such a thing. Lists hold what is active, by name in Norwegian order, then by id.
    """

    def networks(self) -> list[Network]: ...

    def network(self, id: int) -> Network: ...

    def network_by_name(self, text: str) -> Network | None:
        """The active network that the text means: «gauldal», «Gauldalsregionen», «Gauldalen»; else None."""
        ...

    def municipality(self, id: int) -> Municipality: ...

    def municipalities(self, network_id: int) -> list[Municipality]: ...

    def owner(self, id: int) -> Owner: ...

    def owners(self, network_id: int) -> list[Owner]:
        """Owners with an active kindergarten in the network, wherever the owner has its seat."""
        ...

    def all_owners(self) -> list[Owner]:
        """Every active owner, also one without kindergartens."""
        ...

    def kindergarten(self, id: int) -> Kindergarten: ...

    def kindergartens_of_owner(self, owner_id: int, network_id: int | None = None) -> list[Kindergarten]:
        """The owner's active kindergartens, in all networks or in one."""
        ...

    def kindergartens_in_network(self, network_id: int) -> list[Kindergarten]: ...

    def kindergartens_in_municipality(self, id: int) -> list[Kindergarten]: ...

    def retired_kindergartens(self, network_id: int) -> list[Kindergarten]:
        """Those of the network that are not active any more."""
        ...

    def network_of_kindergarten(self, id: int) -> Network:
        """The network of the municipality that the kindergarten lies in."""
        ...

    def person(self, id: int) -> Person:
        """A person, also one who has no role any more (reports bear their names)."""
        ...

    def person_by_email(self, email: str) -> Person | None:
        """Who has this address, in any case of letters, and at least one role; else None."""
        ...

    def anybody(self, email: str) -> Person | None:
        """The person with this address, also one who has no role any more."""
        ...

    def people_with(self, role: Role, scope: Scope) -> list[Person]:
        """Who holds the role for exactly this scope, or for everything."""
        ...

    def roles_of(self, person_id: int) -> list[RoleAssignment]:
        """The person's roles in the order of Role, then scope; empty for somebody who has left."""
        ...

    def all_people(self) -> list[Person]:
        """Everybody with at least one role."""
        ...

    def deputies(self) -> list[RoleAssignment]:
        """Roles that are held for a time which is not over, also those that have not begun, by first day."""
        ...

    def replace_all(self, register: RegisterFile) -> ImportCounts:
        """Make the register what the file says (as `read_register` gave it).

        Rows are matched by orgnr, municipality, network (its slug) or e-mail, and keep their ids. What is
        no longer in the file is retired: networks, municipalities, owners and kindergartens become
        inactive, roles are removed. What returns becomes active again with its old id. What was given by
        hand and is not named by the file stays: roles that are not over, and kindergartens.
        """
        ...

    def export(self) -> RegisterFile:
        """What is active, `in_order`, without deputies; importing it changes nothing."""
        ...

    def add_person_role(
        self,
        name: str,
        email: str,
        role: Role,
        scope: Scope,
        starts: date | None = None,
        ends: date | None = None,
    ) -> Person:
        """Give a person a role, for good or between two days; the same role twice is one, with the last days.

        A known address keeps its registered name. Raises InvalidPerson, WrongScope, or NotInRegister for
        a scope that is unknown or retired.
        """
        ...

    def remove_person_role(self, person_id: int, role: Role, scope: Scope) -> None:
        """Take the role away; nothing happens if the person does not have it."""
        ...

    def add_kindergarten(self, orgnr: str, name: str, municipality_id: int, owner_id: int) -> Kindergarten:
        """Take in a kindergarten; one that was retired comes back with its old id.

        Raises InvalidKindergarten, OrgnrTaken, or NotInRegister for a place or owner that is not active.
        """
        ...

    def retire_kindergarten(self, id: int) -> None:
        """Make it inactive; roles for it give nothing as long. Raises NotInRegister if it is not active."""
        ...

    def move_kindergarten(self, id: int, owner_id: int) -> None:
        """Give it another owner. Raises NotInRegister unless both are active."""
        ...

    def forget_person(self, person_id: int) -> None:
        """End every role of a person, and put nobody's name and address in the place of theirs.

        The row stays, for what the person has done is said of somebody. Raises NotInRegister.
        """
        ...

    def rename_kindergarten(self, id: int, name: str) -> None:
        """Give it another name. Raises InvalidKindergarten, or NotInRegister if it is not active."""
        ...
