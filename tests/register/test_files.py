from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain.register.files import read_register, write_register
from domain.register.models import Role, ScopeKind
from tests.register.editing import edit, good_sheets, workbook
from tests.register.registers import DAL_OWNER, SMALL, SOL, person

FORMS = ["register", "register.xlsx"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_register(tmp_path / "register", SMALL)
    return tmp_path / "register"


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read(tmp_path: Path, form: str) -> None:
    write_register(tmp_path / form, SMALL)
    assert read_register(tmp_path / form) == SMALL


@pytest.mark.parametrize("form", FORMS)
def test_a_network_is_told_from_a_municipality_of_its_name(tmp_path: Path, form: str) -> None:
    clash = SMALL.model_copy(
        update={
            "networks": (SMALL.networks[0].model_copy(update={"name": "Melhus"}), SMALL.networks[1]),
            "municipalities": (
                SMALL.municipalities[0].model_copy(update={"network": "Melhus"}),
                *SMALL.municipalities[1:],
            ),
            "people": (
                person("Ada Lie", "ada@ppt.example", Role.PPT, ScopeKind.NETWORK, "Melhus"),
                person("Ada Lie", "ada@ppt.example", Role.PPT, ScopeKind.MUNICIPALITY, "Melhus"),
                person("Ada Lie", "ada@ppt.example", Role.LEADER, ScopeKind.NETWORK, "Melhus"),
            ),
        }
    )
    write_register(tmp_path / form, clash)
    assert read_register(tmp_path / form) == clash


def test_excel_takes_the_csv_for_utf8(folder: Path) -> None:
    assert (folder / "kommuner.csv").read_bytes().startswith(b"\xef\xbb\xbfkommune;nettverk\n")


def test_commas_no_byte_order_mark_and_crlf_are_fine(folder: Path) -> None:
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8-sig").replace("DMMH, Nord universitet", "DMMH;Nord universitet")
        swapped = text.translate(str.maketrans(";,", ",;"))
        file.write_bytes(swapped.replace("\n", "\r\n").encode())
    edit(folder, "nettverk", "DMMH,Nord", "DMMH;Nord")
    assert read_register(folder) == SMALL


def test_blank_rows_extra_columns_and_loose_spelling_are_fine(folder: Path) -> None:
    (folder / "kommuner.csv").write_text(
        "\n NETTVERK ;Merknad;Kommune\n;;\nGauldalsregionen;fra 2020;Melhus kommune\n"
        "fosen;;Åfjord\n\nFOSEN;;Ørland\n",
        encoding="utf-8",
    )
    edit(folder, "eiere", "101001016", "101 001 016")
    edit(folder, "barnehager", SOL, "102\u00a0001\u00a0028")
    edit(folder, "personer", "kari@melhus.example;styrer", "Kari@Melhus.example; Styrer")
    read = read_register(folder)
    assert [(m.name, m.network) for m in read.municipalities] == [
        ("Melhus kommune", "Gauldal"),
        ("Åfjord", "Fosen"),
        ("Ørland", "Fosen"),
    ]
    assert {o.municipality for o in read.owners} == {"Melhus kommune", "Ørland"}
    assert read.owners[0].orgnr == DAL_OWNER
    assert read.kindergartens[0].orgnr == SOL
    assert read.people[0] == SMALL.people[0]


def test_file_names_in_capitals_are_found(folder: Path) -> None:
    (folder / "personer.csv").rename(folder / "Personer.CSV")
    assert read_register(folder) == SMALL


def test_excel_numbers_are_organisation_numbers(tmp_path: Path) -> None:
    read = read_register(workbook(tmp_path / "r.xlsx", good_sheets()))
    assert read.owners[0].orgnr == DAL_OWNER
    assert read.kindergartens[0].owner_orgnr == DAL_OWNER
    assert read.people[0].scope == SOL
    assert read.networks[0].uh == ()


def test_excel_extras_are_left_alone(tmp_path: Path) -> None:
    sheets = good_sheets()
    sheets["Notater"] = [["hva som helst"]]
    sheets["kommuner"] = [["Kommune", "nettverk", None], ["Melhus", "Gauldal", "husk denne"]]
    assert len(read_register(workbook(tmp_path / "r.xlsx", sheets)).municipalities) == 1


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "'=", "''-", "'", "＝"])
def test_a_cell_cannot_act_as_a_formula(tmp_path: Path, start: str) -> None:
    name = f'{start}HYPERLINK("https://evil.example";"Klikk")'
    nasty = SMALL.model_copy(
        update={
            "kindergartens": (
                SMALL.kindergartens[0].model_copy(update={"name": name}),
                *SMALL.kindergartens[1:],
            )
        }
    )
    for form in FORMS:
        write_register(tmp_path / form, nasty)
        assert read_register(tmp_path / form) == nasty
    cell = load_workbook(tmp_path / "register.xlsx")["barnehager"]["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    stored = (tmp_path / "register" / "barnehager.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert stored.split(";", 1)[1].lstrip('"').startswith("'")


@pytest.mark.parametrize(
    ("role", "scope", "kind"),
    [
        ("ppt", "Melhus", ScopeKind.MUNICIPALITY),
        ("ppt", "Fosenregionen", ScopeKind.NETWORK),
        ("admin", "*", ScopeKind.ALL),
        ("admin", "Gauldal", ScopeKind.NETWORK),
        ("koordinator", "gauldal", ScopeKind.NETWORK),
        ("barnehagemyndighet", "Melhus kommune", ScopeKind.MUNICIPALITY),
    ],
)
def test_scopes_are_understood(folder: Path, role: str, scope: str, kind: ScopeKind) -> None:
    edit(folder, "personer", f"styrer;{SOL}", f"{role};{scope}")
    assert read_register(folder).people[0].scope_kind is kind
