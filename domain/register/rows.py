"""The register as its file holds it: rows with names and numbers instead of ids."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from domain.register.models import Ownership, Role, ScopeKind
from domain.register.names import clean, clean_email, is_email, is_orgnr, sort_key

MAX_LENGTH = 200
ALL = "*"


def _orgnr(value: str) -> str:
    if not is_orgnr(value):
        raise ValueError("not an organisation number")
    return value


def _email(value: str) -> str:
    if not is_email(value):
        raise ValueError("not an e-mail address")
    return value


def _one_uh(value: str) -> str:
    if "," in value or ";" in value:
        raise ValueError("a comma or semicolon separates two names")
    return value


Text = Annotated[str, BeforeValidator(clean), Field(min_length=1, max_length=MAX_LENGTH)]
Orgnr = Annotated[str, AfterValidator(_orgnr)]
Email = Annotated[str, BeforeValidator(clean_email), AfterValidator(_email), Field(max_length=MAX_LENGTH)]
Uh = Annotated[Text, AfterValidator(_one_uh)]


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NetworkRow(_Row):
    name: Text
    county: Text
    uh: tuple[Uh, ...] = ()

    @field_validator("uh")
    @classmethod
    def _fits_one_cell(cls, uh: tuple[str, ...]) -> tuple[str, ...]:
        if len(", ".join(uh)) > MAX_LENGTH:
            raise ValueError("too long for one cell")
        return uh


class MunicipalityRow(_Row):
    name: Text
    network: Text


class OwnerRow(_Row):
    orgnr: Orgnr
    name: Text
    ownership: Ownership
    municipality: Text


class KindergartenRow(_Row):
    orgnr: Orgnr
    name: Text
    municipality: Text
    owner_orgnr: Orgnr


class PersonRow(_Row):
    """One role of one person; `scope` is an orgnr, the name of a municipality or network, or «*» for ALL."""

    name: Text
    email: Email
    role: Role
    scope_kind: ScopeKind
    scope: Text


class RegisterFile(_Row):
    """A whole register; references are spelled exactly as the row they point at."""

    networks: tuple[NetworkRow, ...] = ()
    municipalities: tuple[MunicipalityRow, ...] = ()
    owners: tuple[OwnerRow, ...] = ()
    kindergartens: tuple[KindergartenRow, ...] = ()
    people: tuple[PersonRow, ...] = ()

    def in_order(self) -> Self:
        """The same register with its rows in a fixed order, so that two can be compared."""
        roles = list(Role)
        return self.model_copy(
            update={
                "networks": tuple(sorted(self.networks, key=lambda r: sort_key(r.name))),
                "municipalities": tuple(sorted(self.municipalities, key=lambda r: sort_key(r.name))),
                "owners": tuple(sorted(self.owners, key=lambda r: r.orgnr)),
                "kindergartens": tuple(sorted(self.kindergartens, key=lambda r: r.orgnr)),
                "people": tuple(
                    sorted(self.people, key=lambda r: (r.email, roles.index(r.role), r.scope_kind, r.scope))
                ),
            }
        )
