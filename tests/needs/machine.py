"""The life cycle as the specification draws it (C4), written down once more by hand, and a machine that tries it.

Nothing here is read from `domain.needs.lifecycle`: what the product allows is compared with this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
)

from domain.errors import DomainError
from domain.needs import registering
from domain.needs.acting import perform
from domain.needs.heads import head
from domain.needs.lifecycle import Act
from domain.needs.models import NeedsReport, Source, Status
from domain.needs.owners import merging, sending
from domain.ports import UnitOfWork
from storage.database import Database
from tests.databases import Databases
from tests.protocol.need import ANSWERS
from tests.storage.seeds import seed

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY, TOMORROW = date(2026, 11, 20), date(2026, 11, 23)
COMPLETE = {**ANSWERS, "title": "Natur som rom"}
ONLY_HEAD = {**COMPLETE, "involved": ["head"]}

HEADS = {"Solbakken": {"Kari Nordli"}, "Åkerlappen": set(), "Vipa": set(), "Ørreten": {"Anne Haugen"}}
OWNERS = {
    "Solbakken": {"Per Aune"},
    "Åkerlappen": {"Åse Berg"},
    "Vipa": {"Åse Berg"},
    "Ørreten": {"Anne Haugen"},
}
LEADERS = {
    "Solbakken": {"Ingrid Moen"},
    "Åkerlappen": {"Ingrid Moen"},
    "Vipa": {"Ola Fossen"},
    "Ørreten": {"Ola Fossen"},
}
CAST = ("Kari Nordli", "Per Aune", "Åse Berg", "Anne Haugen", "Ingrid Moen", "Ola Fossen", "Bodil Strøm")

S, A = Status, Act
AT_NETWORK = (S.REPORTED, S.UNDER_CONSIDERATION, S.PRIORITISED, S.ON_HOLD, S.RETURNED_TO_OWNER)
WRITERS = {"styrer", "på vegne av"}


@dataclass(frozen=True)
class Drawn:
    """An arrow of C4: where it leads, who may take it, and what it asks for."""

    after: Status
    who: frozenset[str]
    complete: bool = False
    note: bool = False
    day: bool = False
    alone: bool = True


def _drawn() -> dict[tuple[Act, Status], Drawn]:
    writers, owner, leader = frozenset(WRITERS), frozenset({"eier"}), frozenset({"leder"})
    both = owner | leader
    table = {
        (A.SUBMIT, S.DRAFT): Drawn(S.SENT_TO_OWNER, writers, complete=True),
        (A.SUBMIT, S.RETURNED): Drawn(S.SENT_TO_OWNER, writers, complete=True),
        (A.NO_NEED, S.DRAFT): Drawn(S.NO_NEED, writers),
        (A.REOPEN, S.NO_NEED): Drawn(S.DRAFT, writers),
        (A.WITHDRAW, S.DRAFT): Drawn(S.WITHDRAWN, writers),
        (A.WITHDRAW, S.RETURNED): Drawn(S.WITHDRAWN, writers),
        (A.WITHDRAW, S.SENT_TO_OWNER): Drawn(S.WITHDRAWN, frozenset({"styrer"})),
        (A.WITHDRAW, S.APPROVED): Drawn(S.WITHDRAWN, owner),
        (A.RETURN, S.SENT_TO_OWNER): Drawn(S.RETURNED, owner, note=True),
        (A.RETURN, S.APPROVED): Drawn(S.RETURNED, owner, note=True),
        (A.RETURN, S.RETURNED_TO_OWNER): Drawn(S.RETURNED, owner, note=True),
        (A.APPROVE, S.SENT_TO_OWNER): Drawn(S.APPROVED, owner),
        (A.NOT_FORWARD, S.SENT_TO_OWNER): Drawn(S.NOT_FORWARDED, owner, note=True),
        (A.REPORT, S.APPROVED): Drawn(S.REPORTED, owner, alone=False),
        (A.REPORT, S.RETURNED_TO_OWNER): Drawn(S.REPORTED, owner),
        (A.CONSIDER, S.REPORTED): Drawn(S.UNDER_CONSIDERATION, leader),
        (A.RETURN_TO_OWNER, S.REPORTED): Drawn(S.RETURNED_TO_OWNER, leader, note=True),
        (A.RETURN_TO_OWNER, S.UNDER_CONSIDERATION): Drawn(S.RETURNED_TO_OWNER, leader, note=True),
        (A.PRIORITISE, S.UNDER_CONSIDERATION): Drawn(S.PRIORITISED, leader, note=True, day=True),
        (A.PUT_ON_HOLD, S.UNDER_CONSIDERATION): Drawn(S.ON_HOLD, leader, note=True, day=True),
        (A.NOT_PRIORITISE, S.UNDER_CONSIDERATION): Drawn(S.NOT_PRIORITISED, leader, note=True, day=True),
        (A.PUT_IN_BASIS, S.PRIORITISED): Drawn(S.IN_BASIS, leader, note=True),
        (A.TAKE_OUT_OF_BASIS, S.IN_BASIS): Drawn(S.PRIORITISED, leader, note=True),
        (A.SEND_TO_FORUM, S.IN_BASIS): Drawn(S.SENT_TO_FORUM, leader, day=True),
        (A.RECOMMEND, S.SENT_TO_FORUM): Drawn(S.RECOMMENDED, leader, day=True),
        (A.GRANT, S.RECOMMENDED): Drawn(S.GRANTED, leader, day=True),
        (A.REFUSE, S.RECOMMENDED): Drawn(S.REFUSED, leader, day=True),
        (A.BEGIN, S.GRANTED): Drawn(S.ONGOING, both),
        (A.REPORT_BACK, S.ONGOING): Drawn(S.REPORTED_BACK, both),
        (A.CLOSE, S.REPORTED_BACK): Drawn(S.CLOSED, both),
    }
    for status in AT_NETWORK:
        table[A.WITHDRAW, status] = Drawn(S.WITHDRAWN, owner, note=True)
    for status in (S.DRAFT, S.RETURNED, S.SENT_TO_OWNER, S.APPROVED, *AT_NETWORK):
        table[A.EXPIRE, status] = Drawn(S.EXPIRED, leader)
    return table


C4 = _drawn()


@dataclass(frozen=True)
class Known:
    """A need as the machine believes it to be; `sent` are the answers of each revision."""

    id: int
    place: str
    source: Source
    status: Status = S.DRAFT
    version: int = 1
    answers: dict[str, Any] = field(default_factory=dict)
    sent: tuple[dict[str, Any], ...] = ()
    trace: tuple[tuple[str, str], ...] = ()
    merged_into: int | None = None

    def parts_of(self, person: str) -> set[str]:
        """What a person is towards the need, in the words of C4."""
        on_behalf = self.source is not Source.BOT
        owns, leads = person in OWNERS[self.place], person in LEADERS[self.place]
        found = set()
        if person in HEADS[self.place] and self.source is not Source.OWNER:
            found.add("styrer")
        if owns and (self.sent or on_behalf):
            found.add("eier")
        if leads:
            found.add("leder")
        if on_behalf and (owns or leads):
            found.add("på vegne av")
        return found

    @property
    def ready(self) -> bool:
        """Whether everything obligatory is answered."""
        return self.answers == COMPLETE or self.source is Source.OWNER


class LifeCycle(RuleBasedStateMachine):
    """Anybody does anything to any need; what C4 allows happens, and nothing else does."""

    databases: Databases
    needs: Bundle[int] = Bundle("needs")

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[int, Known] = {}

    @initialize(target=needs)
    def open(self) -> MultipleResults[int]:
        """A database with two networks, their rounds, and a need that is begun in each of two kindergartens."""
        self.database = Database(self.databases.fresh("sqlite"))
        with self.work() as uow:
            seed(uow)
            self.people = {p.name: p.id for p in uow.register.all_people()}
            self.places = {
                k.name: k
                for n in uow.register.networks()
                for k in uow.register.kindergartens_in_network(n.id)
            }
        return multiple(
            *(n for place in ("Solbakken", "Ørreten") for n in self._begins(place, min(HEADS[place])))
        )

    def teardown(self) -> None:
        """Gives the file's handle back."""
        if hasattr(self, "database"):
            self.database.close()

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """A unit of work, committed unless something is raised."""
        with self.database.unit_of_work() as uow:
            yield uow
            uow.commit()

    # --- what people do ---------------------------------------------------------------------------------------

    @rule(target=needs, place=st.sampled_from(sorted(HEADS)), who=st.sampled_from(CAST))
    def begin(self, place: str, who: str) -> MultipleResults[int]:
        """A head begins; nobody else can."""
        return multiple(*self._begins(place, who))

    @rule(
        target=needs,
        place=st.sampled_from(sorted(HEADS)),
        who=st.sampled_from(CAST),
        source=st.sampled_from([Source.EMAIL, Source.ORAL]),
    )
    def register(self, place: str, who: str, source: Source) -> MultipleResults[int]:
        """The owner or the leader writes down what came in another way."""
        allowed = who in OWNERS[place] | LEADERS[place]
        ids = [self.places[place].id]
        return multiple(
            *self._begun(
                place,
                source,
                allowed,
                lambda uow: registering.begin(uow, self.people[who], ids, source, NOW).id,
            )
        )

    @rule(
        need=needs,
        who=st.sampled_from(CAST),
        values=st.sampled_from([COMPLETE, ONLY_HEAD, {"title": "Noe"}]),
        behind=st.sampled_from([0, 0, 1]),
    )
    def write(self, need: int, who: str, values: dict[str, Any], behind: int) -> None:
        """Somebody answers, perhaps on a card that shows an older version."""
        self._write(need, who, values, behind)

    @rule(
        need=needs,
        who=st.sampled_from(CAST),
        act=st.sampled_from(list(Act)),
        behind=st.sampled_from([None, 0, 0, 1]),
        note=st.sampled_from(["Skriv mer om målet.", "", None]),
        day=st.sampled_from([DAY, TOMORROW, None]),
    )
    def act(
        self, need: int, who: str, act: Act, behind: int | None, note: str | None, day: date | None
    ) -> None:
        """Somebody does something to a need, rightly or not."""
        self._act(need, who, act, behind, note, day)

    @rule(
        need=needs,
        data=st.data(),
        behind=st.sampled_from([None, 0, 0, 1]),
        note=st.sampled_from(["Skriv mer om målet.", "", None]),
        day=st.sampled_from([DAY, TOMORROW, None]),
    )
    def act_carelessly(
        self, need: int, data: st.DataObject, behind: int | None, note: str | None, day: date | None
    ) -> None:
        """The right person does the right thing, but perhaps without a reason or a day, or on an old card."""
        if possible := self._called_for(self.known[need], ways_out=True):
            act, who = data.draw(st.sampled_from(possible))
            self._act(need, who, act, behind, note, day)

    @rule(need=needs, times=st.integers(1, 8), data=st.data())
    def move_on(self, need: int, times: int, data: st.DataObject) -> None:
        """Those whose turn it is do what the need calls for: by chance alone few needs would come far."""
        for _ in range(times):
            known = self.known[need]
            if known.status in (S.DRAFT, S.RETURNED) and not known.ready:
                writer = next((who for who in CAST if known.parts_of(who) & WRITERS), None)
                if writer is not None:
                    self._write(need, writer, COMPLETE, 0)
            elif known.status is S.APPROVED and data.draw(st.booleans()):
                self._send_in(need)
            elif possible := self._called_for(known):
                act, who = data.draw(st.sampled_from(possible))
                self._act(need, who, act, 0, "Godt begrunnet.", DAY)

    def _called_for(self, known: Known, ways_out: bool = False) -> list[tuple[Act, str]]:
        if known.merged_into is not None:
            return []
        ends = () if ways_out else (A.WITHDRAW, A.EXPIRE, A.NO_NEED, A.NOT_FORWARD)
        return [
            (act, who)
            for (act, before), drawn in C4.items()
            if before is known.status and (ways_out or drawn.alone) and act not in ends
            for who in CAST
            if known.parts_of(who) & drawn.who
        ]

    @rule(target=needs, one=needs, other=needs, who=st.sampled_from(CAST), rightly=st.booleans())
    def merge(self, one: int, other: int, who: str, rightly: bool) -> MultipleResults[int]:
        """Two needs become one, when they lie with the same owner and neither is merged."""
        place = self.known[one].place
        return multiple(*self._merged([one, other], min(OWNERS[place]) if rightly else who))

    @rule(target=needs, place=st.sampled_from(["Solbakken", "Ørreten"]), times=st.integers(0, 5))
    def merge_two(self, place: str, times: int) -> MultipleResults[int]:
        """A head sends two needs and the owner merges them, perhaps on to the network: by chance it is rare."""
        writer, owner = min(HEADS[place]), min(OWNERS[place])
        both = [n for _ in range(2) for n in self._begins(place, writer)]
        for need in both:
            self._write(need, writer, COMPLETE, 0)
            self._act(need, writer, A.SUBMIT, 0, None, None)
        common = self._merged(both, owner)
        for act in (A.CONSIDER, A.PRIORITISE, A.PUT_IN_BASIS, A.TAKE_OUT_OF_BASIS)[: max(0, times - 1)]:
            if times and self.known[common[0]].status is S.APPROVED:
                self._send_in(common[0])
            self._act(common[0], min(LEADERS[place]), act, 0, "Godt begrunnet.", DAY)
        return multiple(*both, *common)

    @rule(need=needs, who=st.sampled_from(CAST), behind=st.sampled_from([0, 0, 1]))
    def split(self, need: int, who: str, behind: int) -> None:
        """A common need is taken apart, as long as it is not sent."""
        known, parts = self.known[need], self._parts(need)
        allowed = bool(parts) and known.status is S.APPROVED and not behind and "eier" in known.parts_of(who)
        version = known.version - behind
        if self._tried(allowed, lambda uow: merging.split(uow, self.people[who], need, version, NOW)):
            for part in parts:
                self._follows(part, None)
            self._moved(known, S.WITHDRAWN, with_parts=False)

    @rule(need=needs)
    def send_in(self, need: int) -> None:
        """The need's owner sends everything that is approved in the network."""
        self._send_in(need)

    def _send_in(self, need: int) -> None:
        known = self.known[need]
        place = self.places[known.place]
        who = self.people[min(OWNERS[known.place])]
        with self.database.unit_of_work() as uow:
            network = uow.register.network_of_kindergarten(place.id).id
            mates = {k.name for k in uow.register.kindergartens_of_owner(place.owner_id, network)}
        approved = [k for k in self.known.values() if k.place in mates and k.status is S.APPROVED]
        ready = [k for k in approved if k.merged_into is None]
        if not ready:
            return

        def send(uow: UnitOfWork) -> None:
            report = sending.prepare(uow, who, place.owner_id, network, NOW)
            values: dict[str, Any] = {"plan": "Planen vår gjelder til 2028.", "union": "yes"}
            if len(report.report_ids) > 1:
                values["order"] = list(range(len(report.report_ids), 0, -1))
            report = sending.answer(uow, who, report.id, report.version, values, NOW)
            sending.send_in(uow, who, report.id, report.version, NOW)

        assert self._tried(True, send)
        for each in ready:
            self._moved(each, S.REPORTED)

    # --- what must hold ---------------------------------------------------------------------------------------

    @invariant()
    def everything_is_as_believed(self) -> None:
        """State, version, answers, every sent revision and every audit row of every need."""
        if not self.known:
            return
        with self.database.unit_of_work() as uow:
            for known in self.known.values():
                stored = uow.needs.get(known.id)
                assert stored is not None
                assert (stored.status, stored.version) == (known.status, known.version)
                assert stored.merged_into == known.merged_into
                assert stored.answers == known.answers
                assert stored.revision == len(known.sent)
                for number, answers in enumerate(known.sent, 1):
                    frozen = uow.needs.revision(known.id, number)
                    assert frozen is not None
                    assert frozen.answers == answers
                rows = uow.audit.of("needs_report", known.id)
                moves = tuple((r.before or "", r.after) for r in rows if r.before is not None)
                assert moves == known.trace

    # --- inside -----------------------------------------------------------------------------------------------

    def _begins(self, place: str, who: str) -> list[int]:
        return self._begun(
            place,
            Source.BOT,
            who in HEADS[place],
            lambda uow: head.start(uow, self.people[who], self.places[place].id, NOW).id,
        )

    def _begun(
        self, place: str, source: Source, allowed: bool, begin: Callable[[UnitOfWork], int]
    ) -> list[int]:
        made: list[int] = []
        if self._tried(allowed, lambda uow: made.append(begin(uow))):
            self.known[made[0]] = Known(made[0], place, source)
        return made

    def _write(self, need: int, who: str, values: dict[str, Any], behind: int) -> None:
        known = self.known[need]
        open_ = known.status in (S.DRAFT, S.RETURNED) and not behind
        allowed = open_ and bool(known.parts_of(who) & WRITERS)
        version = known.version - behind
        done = self._tried(
            allowed, lambda uow: head.answer(uow, self.people[who], need, version, values, NOW)
        )
        if done:
            answers = {**known.answers, **values}
            self.known[need] = replace(known, version=known.version + 1, answers=answers)

    def _act(
        self, need: int, who: str, act: Act, behind: int | None, note: str | None, day: date | None
    ) -> None:
        known = self.known[need]
        drawn = C4.get((act, known.status))
        allowed = (
            drawn is not None
            and bool(known.parts_of(who) & drawn.who)
            and (known.ready or not drawn.complete)
            and (bool(note) or not drawn.note)
            and (day == DAY or not drawn.day)
            and drawn.alone
            and not behind
            and known.merged_into is None
            and not (act is A.RETURN and self._parts(need))
        )
        version = None if behind is None else known.version - behind
        done = self._tried(
            allowed,
            lambda uow: perform(uow, self.people[who], need, act, NOW, version=version, note=note, day=day),
        )
        if done and drawn is not None:
            self._moved(known, drawn.after)

    def _merged(self, needs: list[int], who: str) -> list[int]:
        parts = [self.known[n] for n in needs]
        allowed = (
            len(set(needs)) == 2
            and parts[0].place == parts[1].place
            and all(p.status in (S.SENT_TO_OWNER, S.APPROVED) and self._free(p) for p in parts)
            and all("eier" in p.parts_of(who) for p in parts)
        )
        made: list[NeedsReport] = []
        if not self._tried(
            allowed,
            lambda uow: made.append(merging.merge(uow, self.people[who], needs, "Felles lek", NOW)),
        ):
            return []
        for part in parts:
            if part.status is S.SENT_TO_OWNER:
                self._moved(part, S.APPROVED)
            self._follows(self.known[part.id], made[0].id)
        way = ((S.DRAFT.value, S.SENT_TO_OWNER.value), (S.SENT_TO_OWNER.value, S.APPROVED.value))
        answers = dict(made[0].answers)
        self.known[made[0].id] = Known(
            made[0].id, parts[0].place, Source.OWNER, S.APPROVED, 4, answers, (answers,), way
        )
        return [made[0].id]

    def _free(self, known: Known) -> bool:
        return known.merged_into is None and not self._parts(known.id)

    def _parts(self, need: int) -> list[Known]:
        return [k for k in self.known.values() if k.merged_into == need]

    def _follows(self, part: Known, common: int | None) -> None:
        noted = (part.status.value, part.status.value)
        self.known[part.id] = replace(
            part, version=part.version + 1, trace=(*part.trace, noted), merged_into=common
        )

    def _moved(self, known: Known, after: Status, *, with_parts: bool = True) -> None:
        """The need is in a new state, and what was merged into it with it."""
        if with_parts:
            for part in self._parts(known.id):
                if part.status is known.status:
                    self._moved(part, after)
        handed_over = after in (S.SENT_TO_OWNER, S.NO_NEED)
        self.known[known.id] = replace(
            known,
            status=after,
            version=known.version + 1,
            sent=(*known.sent, known.answers) if handed_over else known.sent,
            trace=(*known.trace, (known.status.value, after.value)),
        )

    def _tried(self, allowed: bool, do: Callable[[UnitOfWork], object]) -> bool:
        """Does it; it must succeed when it is allowed, and else be refused with an error of the domain."""
        try:
            with self.work() as uow:
                do(uow)
        except DomainError:
            assert not allowed, "refused although C4 allows it"
            return False
        assert allowed, "done although C4 does not allow it"
        return True
