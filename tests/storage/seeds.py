"""A register and rounds that other rows can refer to, and rows with everything filled in."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from domain.address import Address
from domain.needs.models import NeedsReport, OwnersReport
from domain.outbox import MessageKind, OutboxMessage
from domain.ports import UnitOfWork
from domain.register.models import Kindergarten, Network, Owner, Person
from domain.rounds.models import Round
from tests.register.registers import SMALL
from tests.rounds.contract import make_round

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
T = TypeVar("T")


@dataclass(frozen=True)
class Seeds:
    """The networks are Fosen and Gauldal, each with a round; the people are in Norwegian order."""

    networks: list[Network]
    rounds: list[Round]
    owners: list[Owner]
    kindergartens: list[Kindergarten]
    people: list[Person]

    def need(self, **changes: Any) -> NeedsReport:
        values = {
            "id": 0,
            "round_id": self.rounds[0].id,
            "kindergarten_id": self.kindergartens[0].id,
            "form_version": "2026.1",
            "created_by": self.people[0].id,
            "created_at": NOW,
            "updated_at": NOW,
        }
        return NeedsReport.model_validate(values | changes)

    def owners_report(self, **changes: Any) -> OwnersReport:
        values = {
            "id": 0,
            "round_id": self.rounds[0].id,
            "network_id": self.networks[0].id,
            "owner_id": self.owners[0].id,
            "created_by": self.people[0].id,
            "updated_at": NOW,
        }
        return OwnersReport.model_validate(values | changes)


def seed(uow: UnitOfWork) -> Seeds:
    uow.register.replace_all(SMALL)
    networks = uow.register.networks()
    return Seeds(
        networks=networks,
        rounds=[uow.rounds.save(make_round(n.id)) for n in networks],
        owners=uow.register.owners(networks[0].id),
        kindergartens=uow.register.kindergartens_in_network(networks[0].id),
        people=uow.register.all_people(),
    )


def message(key: str, **changes: Any) -> OutboxMessage:
    values = {"key": key, "kind": MessageKind.NEED_ARRIVED, "due_at": NOW}
    return OutboxMessage.model_validate(values | changes)


def personal(conversation_id: str, account: str, **changes: Any) -> Address:
    values = {
        "tenant_id": "tenant",
        "service_url": "https://smba.example/no/",
        "conversation_id": conversation_id,
        "kind": "personal",
        "bot_id": "28:bot",
        "user_id": f"29:{account}",
        "aad_object_id": account,
    }
    return Address(**{**values, **changes})


def at_once(*acts: Callable[[], T]) -> list[T | Exception]:
    """What each of these returned or raised when all were started together, each in a thread."""

    def outcome(act: Callable[[], T]) -> T | Exception:
        try:
            return act()
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(outcome, acts))
