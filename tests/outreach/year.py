"""A year in the two sample networks: a clock that jumps from one eight o'clock and one act to the next.

Everything is real but Teams and the engine: storage, planner, readers, words. What goes out is written down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from delivery import posts
from delivery.destination import destination_of
from domain.address import Address
from domain.clock import local_day
from domain.identity import Account
from domain.outbox import OutboxMessage, OutboxState
from domain.outreach.content import content_of
from domain.outreach.planning.hours import is_reminder_day, opens_at
from domain.outreach.planning.planner import plan_due
from domain.ports import UnitOfWork
from messages import words
from messages.notices import render_content
from tests.transcripts.reading import as_text
from tests.transcripts.stage import TENANT, Stage

Do = Callable[[UnitOfWork, datetime], object]


@dataclass(frozen=True)
class Act:
    """What somebody does at a moment, and how it is told."""

    at: datetime
    told: str
    do: Do


@dataclass(frozen=True)
class _Sent:
    """A message that went out, or did not."""

    kind: str
    to: str
    text: str = ""
    summary: str = ""
    arrived: bool = True


class Year:
    """Runs from one day to another and writes down what is said; people in `silent` have never opened the bot."""

    def __init__(self, folder: Path, starts: datetime, silent: frozenset[str]) -> None:
        self.stage = Stage(folder, starts)
        self.lines: list[str] = []
        self._shown: set[str] = set()
        self._posts = 0
        self._channels: dict[int, str] = {}
        with self.stage.work() as uow:
            for person in self.stage.people.values():
                if person.name not in silent:
                    self._seat(uow, person.name, person.email)
            roles = {p.id: uow.register.roles_of(p.id) for p in self.stage.people.values()}
            self._names = {
                p.id: f"{p.name} ({', '.join(dict.fromkeys(words.ROLE[r.role] for r in roles[p.id]))})"
                for p in self.stage.people.values()
            }

    def close(self) -> None:
        self.stage.close()

    def bind(self, name: str, network: str, uow: UnitOfWork) -> None:
        """A channel is bound to a network."""
        found = uow.register.network_by_name(network)
        assert found is not None
        channel = Address(TENANT, "http://127.0.0.1/", f"19:{network.lower()}", "channel", "bot", None, None)
        bound = uow.identity.bind(found.id, channel, self.stage.people[name].id, self.stage.now)
        self._channels[bound.id] = f"kanalen i {network}"

    def run(self, until: datetime, acts: list[Act]) -> str:
        """Everything that goes out, as text."""
        day = local_day(self.stage.now)
        waiting = sorted(acts, key=lambda a: a.at)
        while opens_at(day) < until:
            if is_reminder_day(day):
                self._at(opens_at(day))
            while waiting and local_day(waiting[0].at) == day:
                act = waiting.pop(0)
                self._at(act.at, act)
            day += timedelta(days=1)
        assert not waiting
        return "\n".join(self.lines).rstrip() + "\n"

    def _at(self, now: datetime, act: Act | None = None) -> None:
        self.stage.now = now
        with self.stage.work() as uow:
            if act is not None:
                act.do(uow, now)
            plan_due(uow, now)
            sent = self._deliver(uow, now)
        if act is None and not sent:
            return
        self.lines += ["", f"{words.whole_day(local_day(now)).capitalize()} kl. {now:%H.%M}"]
        if act is not None:
            self.lines.append(f"  * {act.told}")
        self._write(sent)

    def _write(self, sent: list[_Sent]) -> None:
        groups: dict[tuple[str, str, bool], list[_Sent]] = {}
        for one in sent:
            said = one.summary.split("! ", 1)[-1]
            groups.setdefault((one.kind, said, one.arrived), []).append(one)
        for (kind, said, arrived), ours in groups.items():
            if not arrived:
                self.lines.append(f"  ({kind} når ikke fram: {', '.join(o.to for o in ours)})")
            elif kind in self._shown:
                self.lines.append(f"  {kind} til {', '.join(o.to for o in ours)}: «{said}»")
            else:
                self._shown.add(kind)
                self.lines.append(f"  {kind} til {ours[0].to}")
                self.lines += [f"    | {line}" for line in ours[0].text.splitlines()]
                if len(ours) > 1:
                    self.lines.append(f"    og til {', '.join(o.to for o in ours[1:])}")

    def _deliver(self, uow: UnitOfWork, now: datetime) -> list[_Sent]:
        found = []
        for message in uow.outbox.due(now, 1000):
            content = content_of(uow, message, now)
            place = destination_of(uow, message, local=False) if content is not None else None
            if content is None or place is None:
                state = OutboxState.OBSOLETE if content is None else OutboxState.UNREACHABLE
                uow.outbox.finish(message.key, state, now)
                if content is not None:
                    found.append(_Sent(_kind(message), self._name(message), arrived=False))
                continue
            made = render_content(content, local_day(now))
            earlier = posts.replaces(content)
            self._posts += 1
            posts.noted(uow, message, content, earlier or f"m{self._posts}", now)
            uow.outbox.finish(message.key, OutboxState.SENT, now)
            summary = made.summary or made.text or ""
            found.append(_Sent(_kind(message), self._name(message), as_text(made), summary))
        return found

    def _name(self, message: OutboxMessage) -> str:
        if message.person_id is None:
            return self._channels[message.binding_id or 0]
        return self._names[message.person_id]

    def _seat(self, uow: UnitOfWork, name: str, email: str) -> None:
        chat = self.stage.chat(name)
        uow.identity.save_account(
            Account(tenant_id=TENANT, aad_object_id=email, person_id=self.stage.people[name].id)
        )
        address = Address(TENANT, "http://127.0.0.1/", chat.id, "personal", "bot", f"29:{email}", email)
        uow.identity.save_address(address, self.stage.now)


def _kind(message: OutboxMessage) -> str:
    return " + ".join(f"{kind.value} {params.get('step', '')}".strip() for kind, params in message.parts)
