"""The guide's table of what is sent when is that of the schedule, with the days of a real year."""

from __future__ import annotations

import re
from datetime import date

from domain.outbox import MessageKind as K
from domain.outreach.planning.plan import occasions
from domain.outreach.planning.steps import STEPS
from domain.rounds.models import DeadlineKind, Round, standard_deadlines
from tests.docs.test_named_things import GUIDE

AUTUMN = 2026
MONTHS = {"jan": 1, "april": 4, "mai": 5, "juni": 6, "aug": 8, "okt": 10, "nov": 11, "des": 12}
_DAY = re.compile(rf"(\d{{1,2}})\.(?: ({'|'.join(MONTHS)})\b)?")

ROWS: dict[tuple[str, str], tuple[set[K], DeadlineKind | None]] = {
    ("styrer som ikke har svart", "påminnelse"): ({K.HEAD_REMINDER}, None),
    ("eier med noe igjen", "oversikt"): ({K.OWNER_DIGEST}, None),
    ("eier med noe igjen", "påminnelse"): ({K.OWNER_REMINDER}, None),
    ("leder", "det som må bekreftes"): ({K.DATES_TO_CONFIRM}, None),
    ("leder", "de som ikke kan nås"): ({K.PEOPLE_NOT_REACHED}, None),
    ("leder, kanal, barnehagemyndighet", "oversikt, sammendrag"): (
        {K.LEADER_DIGEST, K.CHANNEL_SUMMARY, K.AUTHORITY_DIGEST},
        None,
    ),
    ("UH, Statsforvalteren", "oversikt"): ({K.UH_DIGEST, K.COUNTY_DIGEST}, None),
    ("leder og UH", "beslutningsgrunnlag"): ({K.BASIS_REMINDER}, None),
    ("leder", "behov uten utfall"): ({K.OUTCOMES_MISSING}, None),
    ("eier og styrer", "hva det ble av behovene"): ({K.OUTCOME_DIGEST}, None),
    ("eier med tilsagn", "rapportering"): ({K.REPORTING_REMINDER}, DeadlineKind.REPORTING_UNITS),
    ("leder og UH", "rapportering"): ({K.REPORTING_REMINDER}, DeadlineKind.REPORTING_NETWORK),
    ("dem en egen dato er for", "påminnelse"): ({K.DATE_REMINDER}, None),
    ("kanal", "møte"): ({K.CHANNEL_MEETING}, None),
    ("leder, koordinator, medlem, UH og PPT", "møte"): ({K.MEETING_REMINDER}, None),
}
"""Each row's recipients and matter, with the kinds of message it stands for, and the date where a kind has two."""

TOLD_IN_WORDS = {K.SUMMARY_UPDATE}
"""What has no day of its own: figures put right in a post that is there."""


def rows() -> dict[tuple[str, str], set[date]]:
    """The table's rows: to whom and what, with the days of the example."""
    table = GUIDE.split("### Hva som blir sendt når\n")[1].split("\n\nLederen kan se")[0]
    lines = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("| ")][2:]
    return {(cells[0].strip(), cells[1].strip()): days(cells[3]) for cells in lines}


def days(text: str) -> set[date]:
    """«1. okt., 3. og 16. nov.»: a month holds for the days before it."""
    found, month = set[date](), ""
    for number, named in reversed(_DAY.findall(text)):
        month = named or month
        found.add(date(AUTUMN + (MONTHS[month] < 8), MONTHS[month], int(number)))
    return found


def a_year() -> Round:
    """A confirmed round with the dates of the plans."""
    return Round(
        network_id=1,
        label="2026/27",
        starts=date(AUTUMN, 8, 1),
        ends=date(AUTUMN + 1, 7, 31),
        deadlines=tuple(
            d.model_copy(update={"confirmed": True}) for d in standard_deadlines(AUTUMN, "Gauldal")
        ),
        form_version="1",
    )


def test_the_table_has_the_schedules_messages_on_its_days() -> None:
    table = rows()
    assert set(table) == set(ROWS)
    going = list(occasions(a_year()))
    for row, (kinds, about) in ROWS.items():
        for kind in kinds:
            of_kind = [o for o in going if o.step.kind is kind and about in (None, o.step.anchor)]
            assert table[row] == {o.goes for o in of_kind}, (row, kind)


def test_the_table_leaves_nothing_of_the_schedule_out() -> None:
    told = set[K]().union(*(kinds for kinds, _ in ROWS.values()))
    assert told | TOLD_IN_WORDS == {step.kind for step in STEPS}
