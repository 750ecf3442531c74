"""Rounds in a YAML file, as the sample register brings them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from domain.data import read_yaml
from domain.rounds.models import NEW, Deadline, Round, round_label, round_period


class RoundFile(BaseModel):
    """A network's round without ids; it runs from August to July, and its deadlines fall within it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    network: str
    start_year: Annotated[int, Field(ge=2000, le=2100)]
    form_version: str
    deadlines: tuple[Deadline, ...]

    @property
    def label(self) -> str:
        return round_label(self.start_year)

    @property
    def period(self) -> tuple[date, date]:
        return round_period(self.start_year)

    def as_round(self, network_id: int) -> Round:
        """The round of that network, not yet saved."""
        starts, ends = self.period
        return Round(
            id=NEW,
            network_id=network_id,
            label=self.label,
            starts=starts,
            ends=ends,
            deadlines=self.deadlines,
            form_version=self.form_version,
        )

    @model_validator(mode="after")
    def _makes_a_round(self) -> Self:
        starts, ends = self.period
        if not all(starts <= deadline.day <= ends for deadline in self.deadlines):
            raise ValueError("a deadline falls outside the round")
        self.as_round(network_id=NEW)
        return self


def read_rounds(path: Path) -> list[RoundFile]:
    """The rounds in the file; raises pydantic's ValidationError or yaml's YAMLError."""
    content = read_yaml(path.read_text(encoding="utf-8"))
    return TypeAdapter(list[RoundFile]).validate_python(content)
