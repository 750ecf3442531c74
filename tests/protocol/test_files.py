"""Files through the protocol: the sheet for the meeting, attachments, and needs from an Excel sheet."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from domain.needs.models import Source, Status
from tests.needs.sheets import book
from tests.protocol.need import report
from tests.protocol.people import Person
from tests.protocol.town import Town

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 400
TEAMS_FILE = "application/vnd.microsoft.teams.file.download.info"


class Drive:
    """A place where files lie, on this machine; each is served under its number."""

    def __init__(self) -> None:
        self.files: list[bytes] = []
        drive = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                content = drive.files[int(self.path.strip("/"))]
                self.send_response(200)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def put(self, content: bytes) -> str:
        """Lays a file there; its address."""
        self.files.append(content)
        return f"http://127.0.0.1:{self.server.server_port}/{len(self.files) - 1}"


@pytest.fixture(scope="module")
def drive() -> Iterator[Drive]:
    made = Drive()
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join(60)


def sending(who: Person, *files: tuple[str, str], text: str = "") -> dict[str, Any]:
    """The activity of files sent in the chat."""
    attachments = [
        {"contentType": TEAMS_FILE, "name": name, "content": {"downloadUrl": url, "fileType": "x"}}
        for name, url in files
    ]
    return who.activity("message", text=text, attachments=attachments)


def linked(who: Person, title: str) -> str:
    """Where the newest button with this title leads."""
    for message in reversed(who.chat.messages):
        for action in (message.outgoing.card or {}).get("actions", []):
            if action["title"] == title:
                return str(action["url"])
    raise LookupError(title)


def fetched(url: str) -> tuple[bytes, dict[str, str]]:
    """What a browser gets."""
    with urllib.request.urlopen(url, timeout=60) as response:
        return response.read(), dict(response.headers)


def test_the_sheet_for_the_meeting_is_fetched_with_a_link(town: Town) -> None:
    head = town.person("Silje Gravråk")
    assert "Ark til personalmøtet i Bekkefaret barnehage" in head.say("ark til personalmøtet")
    content, headers = fetched(linked(head, "Last ned arket (Word)"))
    made = Document(BytesIO(content))
    assert made.core_properties.title == "Ark til personalmøtet – Bekkefaret barnehage"
    assert headers["Content-Type"].endswith("wordprocessingml.document")
    assert headers["Content-Disposition"].startswith("attachment;")
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetched(linked(head, "Last ned arket (Word)") + "x")
    refused.value.close()
    assert refused.value.code == 404


def test_the_sheet_is_for_heads(town: Town) -> None:
    assert "Bare styrere" in town.person("Per Aune").say("ark til personalmøtet")


def test_a_file_lies_with_the_draft_and_reaches_the_owner(town: Town, drive: Drive) -> None:
    head, owner = town.person("Kari Nordli"), town.person("Per Aune")
    head.say("meld behov")
    head.say("ja, noe nytt")
    came = head.does(sending(head, ("Referat.pdf", drive.put(PDF))))
    assert "«Referat.pdf» er lagt ved" in came
    assert "Ikke legg ved noe om enkeltbarn." in came
    assert "Hva handler behovet om?" in came
    assert fetched(linked(head, "Åpne Referat.pdf"))[0] == PDF
    assert "Den typen fil kan jeg ikke ta imot" in head.does(sending(head, ("a.exe", drive.put(b"MZ..."))))
    assert "«b.pdf» er lagt ved" in head.does(sending(head, ("b.pdf", drive.put(PDF + b"x")), text="lek"))
    assert town.need_of("Kari Nordli").answers["themes"] == ["play"]
    head.press("Ta bort", {"Ta bort et vedlegg": "b.pdf"})
    assert head.say("vedlegg").count("Åpne") == 1
    for answer in _REST:
        head.say(answer)
    assert "Referat.pdf" in head.chat.heard[-2]
    head.say("send")
    owner.say("til behandling")
    assert "Referat.pdf" in owner.press("Les")
    link = linked(owner, "Åpne Referat.pdf")
    assert fetched(link)[0] == PDF
    assert fetched(link)[1]["Content-Security-Policy"] == "default-src 'none'; sandbox"


_REST = (
    "Noen barn blir ofte stående utenfor leken.",
    "Vi vil bli bedre til å støtte leken.",
    "Alle har noen å leke med.",
    "hele personalet, vi snakket om det på to møter",
    "hele personalet, 14",
    "høsten 2027, to år",
    "nei",
    "Lek for alle",
)


def test_a_message_with_a_file_that_comes_twice_acts_once(town: Town, drive: Drive) -> None:
    head = town.person("Marit Eidsmo")
    head.say("meld behov")
    activity = sending(head, ("Plan.pdf", drive.put(PDF)))
    head.does(activity)
    before = len(drive.files)
    assert "lagt ved" not in head.does(activity)
    assert len(drive.files) == before
    assert head.say("vedlegg").count("Åpne") == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Per Aune", "Fila lar seg ikke lese"),
        ("Helene Vik", "Den fila har jeg ikke bruk for"),
    ],
)
def test_what_cannot_be_used_is_said_kindly(town: Town, drive: Drive, who: str, words: str) -> None:
    person = town.person(who)
    broken = book({})[:-3000] + b"\0" * 3000
    came = person.does(sending(person, ("Behov.xlsx", drive.put(broken))))
    assert words in came or "Dette er ikke en Excel-fil" in came


def test_a_file_from_elsewhere_is_not_fetched(town: Town) -> None:
    head = town.person("Silje Gravråk")
    head.say("meld behov")
    came = head.does(sending(head, ("x.pdf", "http://169.254.169.254/latest")))
    assert "Jeg henter bare filer som er lastet opp her i Teams." in came


def test_a_stranger_gets_the_way_in_and_nothing_is_fetched(town: Town, drive: Drive) -> None:
    stranger = town.person("Frida Fremmed")
    url = drive.put(PDF)
    drive.files[-1] = b""
    assert "Jeg finner deg ikke i lista" in stranger.does(sending(stranger, ("x.pdf", url)))


def test_a_leader_registers_needs_from_a_sheet(town: Town, drive: Drive) -> None:
    leader = town.person("Ingrid Moen")
    content = book(
        {"Barnehage": "Furukollen barnehage"},
        {"Barnehage": "Bjørkelunden"},
        {"Barnehage": "Grankongla", "Antall": "mange"},
    )
    came = leader.does(sending(leader, ("Behov Gauldal.xlsx", drive.put(content))))
    assert "3 rader lest, 2 behov klare og 1 rad må rettes. Ingenting er registrert ennå." in came
    assert "Rad 4, Antall: Skriv et tall, for eksempel 12." in came
    assert not [n for n in town.needs() if n.source is Source.EXCEL]
    returned, _ = fetched(linked(leader, "Last ned rader som må rettes"))
    sheet = load_workbook(BytesIO(returned)).worksheets[0]
    assert sheet["A2"].value == "Antall: Skriv et tall, for eksempel 12."
    assert sheet.max_row == 2

    assert "2 behov er registrert og sendt til eieren." in leader.press("Registrer 2 behov")
    needs = [n for n in town.needs() if n.source is Source.EXCEL]
    assert [n.status for n in needs] == [Status.SENT_TO_OWNER] * 2
    # The same card again, and the same file again.
    again = leader.does({**sending(leader, ("Behov Gauldal.xlsx", drive.put(content)))})
    assert "2 behov er registrert fra før og hoppes over." in again
    assert "Registrer" not in leader.newest.text
    assert len([n for n in town.needs() if n.source is Source.EXCEL]) == 2


def test_an_old_sheet_registers_nothing(town: Town, drive: Drive) -> None:
    owner = town.person("Randi Bones")
    one, two = (
        book({"Barnehage": "Furukollen", "Behov": "Det ene"}),
        book({"Barnehage": "Furukollen", "Behov": "To"}),
    )
    owner.does(sending(owner, ("en.xlsx", drive.put(one))))
    old = owner.pressing("Registrer 1 behov")
    owner.does(sending(owner, ("to.xlsx", drive.put(two))))
    assert "gammelt" in owner.does(old)
    press = owner.pressing("Registrer 1 behov")
    assert "1 behov er registrert" in owner.does(press)
    assert "Det er alt gjort" in owner.does({**press, "id": "et-nytt-trykk"})
    titles = [n.title for n in town.needs() if n.title in ("Det ene", "To")]
    assert titles == ["To"]


def test_excel_out_gives_each_what_they_may_see(town: Town) -> None:
    report(town.person("Heidi Kregnes"), "Språk i alle rom")
    report(town.person("Stine Kosberg"), "Trygge overganger")
    heads, needs = _sheet(town.person("Per Aune"))
    assert {"Anslag i kroner", "Melding til eier", "Eiers vurdering", "Kilde"} <= heads
    assert any("Språk i alle rom" in row for row in needs)
    heads, needs = _sheet(town.person("Heidi Kregnes"))
    assert "Eiers vurdering" not in heads
    assert len(needs) == 1
    heads, needs = _sheet(town.person("Ingrid Moen"))
    assert "Anslag i kroner" in heads
    assert "Melding til eier" not in heads
    assert needs == []
    authority = town.person("Håvard Rognes")
    authority.say("hei")
    heads, rows = _sheet(authority)
    assert heads == {"Nettverk", "Eier", "Eierform", "Kommune", "Barnehage", "Org.nr.", "Svar"}
    assert {row[5]: row[6] for row in rows}["102001133"] == "har behov"
    assert not any("Trygge overganger" in row for row in rows)


def _sheet(who: Person) -> tuple[set[object], list[tuple[object, ...]]]:
    """The headings and rows of somebody's sheet."""
    who.say("excel")
    content, _ = fetched(linked(who, "Last ned Excel"))
    first, *rows = load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    return set(first), rows
