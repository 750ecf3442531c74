"""The rows of people: what a role may be held for, and one name per address."""

from __future__ import annotations

from typing import Final

from domain.register.checking import RowCheck
from domain.register.faults import FaultReason
from domain.register.models import ROLE_SCOPES, Role, ScopeKind
from domain.register.names import compact_orgnr, is_orgnr, municipality_key, network_slug
from domain.register.rows import ALL, PersonRow

NETWORK_SUFFIX: Final = " (nettverk)"
"""Tells a network from a municipality of the same name, where a role can be held for both."""


class PeopleCheck:
    """Judges the rows one after the other, remembering whose address has been seen with which name."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def person_row(self, row: RowCheck, seen: set[object]) -> PersonRow | None:
        name, email = row.text("navn"), row.email("epost")
        role = row.choice("rolle", Role, FaultReason.UNKNOWN_ROLE)
        first = self._names.setdefault(email, name) if email and name else name
        if first.casefold() != name.casefold():
            row.fault("navn", FaultReason.TWO_NAMES)
        text = row.text("gjelder")
        if role is None or not text:
            return None
        scope = _scope(row, role, text)
        if scope is None:
            return None
        row.only("gjelder", email and (email, role, scope), seen)
        if not row.ok:
            return None
        return PersonRow(name=first, email=email, role=role, scope_kind=scope[0], scope=scope[1])


def _scope(row: RowCheck, role: Role, text: str) -> tuple[ScopeKind, str] | None:
    number = compact_orgnr(text)
    if number.isdecimal() and not is_orgnr(number):
        row.fault("gjelder", FaultReason.INVALID_ORGNR)
        return None
    meant = _meanings(row, text, number)
    for kind in ROLE_SCOPES[role]:
        if kind in meant:
            return kind, meant[kind]
    if meant:
        row.fault("gjelder", FaultReason.WRONG_SCOPE)
    elif _could_be_known(row, number):
        row.fault("gjelder", FaultReason.UNKNOWN_REFERENCE)
    return None


def _meanings(row: RowCheck, text: str, number: str) -> dict[ScopeKind, str]:
    known = row.known
    meant: dict[ScopeKind, str] = {}
    if text == ALL:
        meant[ScopeKind.ALL] = ALL
    if number in known.kindergartens:
        meant[ScopeKind.KINDERGARTEN] = number
    if number in known.owners:
        meant[ScopeKind.OWNER] = number
    municipality = known.municipalities.get(municipality_key(text))
    if municipality:
        meant[ScopeKind.MUNICIPALITY] = municipality
    network = known.networks.get(network_slug(text.removesuffix(NETWORK_SUFFIX)))
    if network:
        meant[ScopeKind.NETWORK] = network
    return meant


def _could_be_known(row: RowCheck, number: str) -> bool:
    sheets = {"eiere", "barnehager"} if number.isdecimal() else {"nettverk", "kommuner"}
    return sheets <= row.known.complete
