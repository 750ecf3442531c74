"""The command line: each command does its work, and says in one line what stands in its way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from bot.cli import app
from bot.data_files import sample_register
from bot.preview import writing
from bot.preview.scene import ORDINARY
from domain.outbox import MessageKind, OutboxMessage, OutboxState
from storage.database import Database
from tests.needs.sheets import book
from tests.protocol.town import environment

COMMANDS = (
    "serve",
    "local",
    "db upgrade",
    "register import",
    "register export",
    "register forget",
    "ask",
    "needs import",
    "needs template",
    "scheme check",
    "scheme prepare",
    "scheme show",
    "outreach plan",
    "outreach status",
    "cards preview",
    "manifest build",
)


@pytest.fixture(autouse=True)
def _a_place_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REKOMPIS_DATABASE_URL", f"sqlite:///{tmp_path}/rekompis.db")
    monkeypatch.setenv("REKOMPIS_NOW", "2026-11-02T12:00")


def run(*arguments: str) -> Result:
    """Runs a command here, for what it does; it may fail."""
    result = CliRunner().invoke(app, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def done(*arguments: str) -> str:
    """Runs a command that must succeed; what it wrote."""
    result = run(*arguments)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    return result.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    text = done(*command.split(), "--help")
    assert f"{command} [OPTIONS]" in text
    assert command.split()[-1] in done(*command.split()[:-1], "--help")


def test_a_register_goes_out_and_in_again_unchanged() -> None:
    assert "up to date" in done("db", "upgrade")
    assert "kindergartens: 53 added, 0 changed, 0 unchanged, 0 retired" in done(
        "register", "import", str(sample_register())
    )
    for name in ("folder", "book.xlsx"):
        done("register", "export", name)
        again = done("register", "import", name).splitlines()
        assert len(again) == 6
        assert all(": 0 added, 0 changed, " in line and line.endswith(" 0 retired") for line in again)


def test_a_faulty_register_is_named_in_every_place_and_nothing_is_taken(tmp_path: Path) -> None:
    faulty = shutil.copytree(sample_register(), tmp_path / "faulty")
    people = (faulty / "personer.csv").read_text("utf-8").splitlines()
    people[1] = "Per Aune;per.aune(a)melhus.example;eier;101001016"
    people[4] = "Eli Dørrem;eli.dorrem@oppdal.example;konge;101001040"
    (faulty / "personer.csv").write_text("\n".join(people), "utf-8")
    result = run("register", "import", str(faulty))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "personer, rad 2, kolonne epost: ikke en gyldig e-postadresse («per.aune(a)melhus.example»)",
        "personer, rad 5, kolonne rolle: ukjent rolle («konge»)",
        "rekompis: 2 feil i registeret. Ingenting er lest inn.",
    ]
    database = Database(f"sqlite:///{tmp_path}/rekompis.db")
    with database.unit_of_work() as uow:
        assert uow.register.networks() == []
    database.close()


def test_somebody_is_forgotten_when_that_is_meant(tmp_path: Path) -> None:
    done("register", "import", str(sample_register()))
    address = "per.aune@melhus.example"
    assert "2 roles would end" in done("register", "forget", address)
    assert "2 roles ended" in done("register", "forget", address, "--yes")
    result = run("register", "forget", address, "--yes")
    assert (result.exit_code, result.stderr) == (1, "rekompis: ingen i registeret har den adressen\n")
    done("register", "export", "after")
    assert address not in (tmp_path / "after" / "personer.csv").read_text("utf-8")


def test_a_register_that_is_not_there() -> None:
    result = run("register", "import", "nowhere")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "fila finnes ikke («nowhere»)"


def test_a_question_is_answered_as_in_the_chat() -> None:
    asked = ("ask", "når er fristen for behovsmelding?", "--as", "eier", "--network", "Gauldal")
    text = done(*asked)
    assert "1. desember 2026, om 29 dager" in text
    assert "Kilde: " in text
    answer = json.loads(done(*asked, "--json"))
    assert answer["found"] is True
    assert answer["facts"] == ["deadline-needs"]
    assert answer["source"] in text
    unknown = json.loads(done("ask", "hva heter hunden til statsministeren?", "--json"))
    assert (unknown["found"], unknown["facts"], unknown["source"]) == (False, [], None)
    refused = run("ask", "hva?", "--as", "konge")
    assert refused.exit_code == 2
    assert "no such role: konge. The roles are styrer, eier," in refused.stderr


def test_what_will_go_out_is_told_beforehand() -> None:
    assert "Nothing goes out in the next 14 days." in done("outreach", "plan")
    done("register", "import", str(sample_register()))
    rows = json.loads(done("outreach", "plan", "--days", "1", "--json"))
    kari = next(row for row in rows if row["person"] == "Kari Nordli")
    assert kari["at"] == "2026-11-03T08:00:00+01:00"
    assert (kari["kind"], kari["step"], kari["reason"]) == ("head_reminder", "start", "unanswered")
    assert len(rows) == len({row["key"] for row in rows}) == len({row["person_id"] for row in rows})
    assert "2026-11-03 08:00  Gauldal     head_reminder" in done("outreach", "plan", "--days", "1")


def test_what_did_not_arrive_is_listed(tmp_path: Path) -> None:
    assert "Everything of the last 30 days" in done("outreach", "status")
    done("register", "import", str(sample_register()))
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    database = Database(f"sqlite:///{tmp_path}/rekompis.db")
    with database.unit_of_work() as uow:
        kari = uow.register.person_by_email("kari.nordli@melhus.example")
        assert kari is not None
        for key, state, days in (("a", "unreachable", 0), ("b", "sent", 0), ("c", "failed", 40)):
            uow.outbox.add(
                OutboxMessage(key=key, kind=MessageKind.HEAD_REMINDER, person_id=kari.id, due_at=at)
            )
            uow.outbox.finish(key, OutboxState(state), at - timedelta(days=days))
        uow.commit()
    database.close()
    found = json.loads(done("outreach", "status", "--json"))
    assert found["counts"] == {s: {"head_reminder": 1} for s in ("failed", "sent", "unreachable")}
    [row] = found["not_arrived"]
    assert (row["key"], row["person"], row["state"]) == ("a", "Kari Nordli", "unreachable")
    assert row["at"] == "2026-11-01T10:00:00+01:00"
    assert len(json.loads(done("outreach", "status", "--days", "60", "--json"))["not_arrived"]) == 2
    shown = done("outreach", "status")
    assert "unreachable       1" in shown
    assert "2026-11-01 10:00  unreachable  head_reminder       0 attempts  Kari Nordli  a" in shown


def test_the_app_package_is_built() -> None:
    assert "Written to build/rekompis.zip." in done("manifest", "build")
    with ZipFile("build/rekompis.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]


def test_every_card_is_previewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one scene: tests/messages has all of them."""
    monkeypatch.setattr(writing, "SCENES", (ORDINARY,))
    written = done("cards", "preview", str(tmp_path / "cards"))
    files = sorted((tmp_path / "cards").rglob("*.json"))
    assert len(files) > 30
    assert f"{len(files)} cards in" in written
    assert all(json.loads(file.read_text("utf-8"))["version"] == "1.5" for file in files)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"APP_ID": "x"}, "REKOMPIS_APP_ID is set, but REKOMPIS_APP_PASSWORD is not"),
        ({"HOST": "0.0.0.0"}, "without REKOMPIS_APP_ID the bot only listens on 127.0.0.1"),
        ({"NOW": "i går"}, "REKOMPIS_NOW: "),
    ],
)
def test_settings_that_do_not_fit_are_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], words: str
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    result = run("serve")
    (line,) = result.stderr.splitlines()
    assert line.startswith("rekompis: ")
    assert words in line
    assert result.exit_code == 2


def test_a_database_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=tmp_path,
        env=environment(database_url="postgresql+psycopg://nobody@127.0.0.1:9/nothing"),
        capture_output=True,
        timeout=120,
        check=False,
    )
    (line,) = ended.stderr.decode().splitlines()
    assert line.startswith("rekompis: cannot reach the database")
    assert (ended.returncode, ended.stdout) == (1, b"")


def test_needs_are_registered_from_a_sheet(tmp_path: Path) -> None:
    done("register", "import", str(sample_register()))
    sheet = tmp_path / "behov.xlsx"
    sheet.write_bytes(book({}, {"Barnehage": "Bekkefaret", "Antall": "mange"}))
    tried = run("needs", "import", str(sheet), "--network", "Gauldal", "--dry-run")
    assert (tried.exit_code, tried.stderr) == (1, "Rad 3, Antall: Skriv et tall, for eksempel 12.\n")
    assert tried.stdout == "2 rows read, 1 needs ready, 0 there before, 1 rows to be mended\n"
    faulty = tmp_path / "feil.xlsx"
    first = run("needs", "import", str(sheet), "--network", "gauldalsregionen", "--faulty", str(faulty))
    assert "1 needs registered" in first.stdout
    assert load_workbook(faulty).worksheets[0].max_row == 2
    again = run("needs", "import", str(sheet), "--network", "Gauldal")
    assert "0 needs registered, 1 there before" in again.stdout


def test_what_stands_in_the_way_of_an_import_is_one_line(tmp_path: Path) -> None:
    done("register", "import", str(sample_register()))
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"Barnehage;Tema")
    for arguments, words in (
        (("nowhere.xlsx", "--network", "Gauldal"), "no such file"),
        ((str(bad), "--network", "Sørlandet"), "no such network"),
        ((str(bad), "--network", "Gauldal"), "Dette er ikke en Excel-fil."),
    ):
        refused = run("needs", "import", *arguments)
        assert refused.exit_code != 0
        assert words in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    assert "Written to" in done("needs", "template", str(tmp_path / "mal.xlsx"))
    assert load_workbook(tmp_path / "mal.xlsx").sheetnames == ["Behov", "Veiledning"]
