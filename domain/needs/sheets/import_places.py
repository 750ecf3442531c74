"""Which kindergarten a row of a sheet is about: by its organisation number, or by its name as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from domain.register import rights
from domain.register.names import clean, compact_orgnr, is_orgnr, municipality_key

if TYPE_CHECKING:
    from domain.ports import UnitOfWork
    from domain.register.models import Kindergarten

_ALIKE = 60.0
_MOST_NEAR = 3
_SEVERAL = re.compile(r"[;\n]|,|\s/\s")
_NOISE = re.compile(r"\b(barnehagene|barnehagen|barnehage|bhg|as|sa)\b")


@dataclass(frozen=True)
class Found:
    """The kindergartens that are meant, or why none is; `near` are names that may have been meant."""

    kindergartens: tuple[Kindergarten, ...] = ()
    fault: str | None = None
    near: tuple[str, ...] = ()
    by_orgnr: bool = False


class Places:
    """The kindergartens that a person may register needs for: those of a led network, or of the owner acted for."""

    def __init__(self, uow: UnitOfWork, person_id: int, network_id: int | None = None) -> None:
        self._uow = uow
        held = uow.register.roles_of(person_id)
        led = [i for i in rights.led_networks(held) if network_id in (None, i)]
        found = {k.id: k for i in led for k in uow.register.kindergartens_in_network(i)}
        for i in rights.owners(held):
            for k in uow.register.kindergartens_of_owner(i, network_id):
                found.setdefault(k.id, k)
        self._own = list(found.values())
        self._towns = {
            k.id: municipality_key(uow.register.municipality(k.municipality_id).name) for k in self._own
        }
        self._keys = {k.id: _key(k.name) for k in self._own}
        self._owners = {uow.register.owner(k.owner_id).orgnr for k in self._own}

    def find(self, name: str, orgnr: str, municipality: str) -> Found:
        """The kindergartens of a row; several names in one cell are one need for several of one owner's."""
        if orgnr:
            return self._by_numbers(orgnr, name)
        if not name:
            return Found(fault="no_place")
        whole = self._by_name(name, municipality)
        parts = [part for part in _SEVERAL.split(name) if part.strip()]
        if whole.fault != "unknown_place" or len(parts) < 2:
            return whole
        return self._together([self._by_name(part, municipality) for part in parts])

    def _by_numbers(self, text: str, name: str) -> Found:
        numbers = [compact_orgnr(part) for part in re.split(r"[;,\n]", text) if part.strip()]
        found = self._together([self._by_number(number) for number in numbers])
        if found.fault is None and len(found.kindergartens) == 1 and name:
            written, known = _key(name), _key(found.kindergartens[0].name)
            if fuzz.partial_ratio(written, known) < _ALIKE:
                return Found(fault="two_names", near=(found.kindergartens[0].name,), by_orgnr=True)
        return found

    def _by_number(self, number: str) -> Found:
        if not is_orgnr(number):
            return Found(fault="bad_orgnr", by_orgnr=True)
        match = [k for k in self._own if k.orgnr == number]
        if match:
            return Found((match[0],), by_orgnr=True)
        fault = "owner_not_place" if number in self._owners else "not_allowed"
        return Found(fault=fault, by_orgnr=True)

    def _by_name(self, name: str, municipality: str) -> Found:
        asked, town = _key(name), municipality_key(municipality)
        written = clean(name).casefold()
        match = [k for k in self._own if k.name.casefold() == written]
        match = match or [k for k in self._own if self._keys[k.id] == asked]
        if len(match) > 1 and town:
            match = [k for k in match if self._towns[k.id] == town] or match
        if len(match) == 1:
            return Found((match[0],))
        if match:
            return Found(fault="several_places", near=tuple(k.orgnr for k in match[:_MOST_NEAR]))
        near = process.extract(asked, self._keys, scorer=fuzz.ratio, limit=_MOST_NEAR, score_cutoff=_ALIKE)
        by_id = {k.id: k.name for k in self._own}
        return Found(fault="unknown_place", near=tuple(by_id[key] for _, _, key in near))

    def _together(self, found: list[Found]) -> Found:
        faulty = next((f for f in found if f.fault is not None), None)
        if faulty is not None:
            return faulty
        together = {k.id: k for f in found for k in f.kindergartens}
        owners = {k.owner_id for k in together.values()}
        networks = {self._uow.register.network_of_kindergarten(i).id for i in together}
        if len(owners) > 1 or len(networks) > 1:
            return Found(fault="different_owners")
        return Found(tuple(together.values()), by_orgnr=found[0].by_orgnr)


def _key(name: str) -> str:
    """A name by which two spellings are compared: without «barnehage» and company forms."""
    folded = clean(name).casefold()
    return " ".join(re.findall(r"\w+", _NOISE.sub(" ", folded))) or folded
