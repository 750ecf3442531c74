"""The Teams app package: valid for Microsoft's schema, drawn to Microsoft's rules, same bytes each time."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker
from PIL import Image

from bot import manifest
from domain.norwegian.commands import understand_command

ROOT = Path(__file__).parents[2]
APP_ID = "6b0c1f0e-3a52-4b8e-9d6f-2f1e5c7a9b10"
LONGEST_COMMAND_TITLE = 32  # the longest that Teams shows in its command menu


def microsofts_schema(version: str) -> dict[str, Any]:
    """Microsoft's JSON schema of one manifest version, from the npm package; skips where that is missing."""
    package = ROOT / "node_modules/@microsoft/app-manifest"
    if not package.is_dir():
        pytest.skip("the schema comes with the npm packages: run npm ci")
    path = package / f"build/json-schemas/teams/v{version}/MicrosoftTeams.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@pytest.fixture
def package(tmp_path: Path) -> zipfile.ZipFile:
    target = tmp_path / "out" / "rekompis.zip"
    built = manifest.build(target, app_id=APP_ID, public_url="https://rekompis.example.org/")
    assert built == target
    return zipfile.ZipFile(built)


@pytest.fixture
def content(package: zipfile.ZipFile) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(package.read("manifest.json"))
    return found


def test_the_package_holds_three_files_at_its_root(package: zipfile.ZipFile) -> None:
    assert package.namelist() == ["manifest.json", "color.png", "outline.png"]
    assert package.testzip() is None


def test_microsofts_schema_accepts_the_manifest(content: dict[str, Any]) -> None:
    schema = microsofts_schema(content["manifestVersion"])
    assert schema["$schema"].startswith("http://json-schema.org/draft-04/")
    errors = Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(content)
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_microsofts_schema_would_notice_a_fault(content: dict[str, Any]) -> None:
    schema = microsofts_schema(content["manifestVersion"])
    content["bots"][0]["botId"] = "rekompis"
    content["description"]["short"] *= 3
    paths = {error.json_path for error in Draft4Validator(schema).iter_errors(content)}
    assert paths == {"$.bots[0].botId", "$.description.short"}


def test_every_placeholder_is_filled(package: zipfile.ZipFile, content: dict[str, Any]) -> None:
    assert "{{" not in package.read("manifest.json").decode()
    assert content["id"] == content["bots"][0]["botId"] == APP_ID
    assert content["validDomains"] == ["rekompis.example.org"]
    assert content["$schema"].endswith(f"/v{content['manifestVersion']}/MicrosoftTeams.schema.json")


def test_the_bot_is_a_conversation_everywhere(content: dict[str, Any]) -> None:
    (bot,) = content["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["supportsFiles"] is True
    assert bot["isNotificationOnly"] is False
    assert content["localizationInfo"]["defaultLanguageTag"] == "nb-no"


def test_commands_fit_into_teams_menu(content: dict[str, Any]) -> None:
    lists = content["bots"][0]["commandLists"]
    assert [scope for commands in lists for scope in commands["scopes"]] == ["personal", "team", "groupChat"]
    for commands in lists:
        titles = [command["title"] for command in commands["commands"]]
        assert len(titles) <= 10
        assert len({title.casefold() for title in titles}) == len(titles)
        assert [title for title in titles if len(title) > LONGEST_COMMAND_TITLE] == []
        assert titles[-1] == "Hjelp"


def test_the_bot_understands_every_command_of_the_menu(content: dict[str, Any]) -> None:
    lists = content["bots"][0]["commandLists"]
    titles = [command["title"] for commands in lists for command in commands["commands"]]
    assert [title for title in titles if understand_command(title) is None] == []


def test_the_colour_icon_is_a_full_square(package: zipfile.ZipFile) -> None:
    with package.open("color.png") as file, Image.open(file) as icon:
        assert icon.size == (192, 192)
        pixels = icon.convert("RGBA")
    assert pixels.getchannel("A").getextrema() == (255, 255)
    colours = pixels.getcolors(maxcolors=192 * 192)
    assert colours is not None
    assert len(colours) > 3, "a mark on a background, with smooth edges"


def test_the_outline_icon_is_white_on_transparent(package: zipfile.ZipFile) -> None:
    with package.open("outline.png") as file, Image.open(file) as icon:
        assert icon.size == (32, 32)
        assert icon.mode == "RGBA"
        red, green, blue, alpha = icon.split()
        corners = [alpha.getpixel(place) for place in ((0, 0), (31, 0), (0, 31), (31, 31))]
    assert [channel.getextrema() for channel in (red, green, blue)] == [(255, 255)] * 3
    assert corners == [0, 0, 0, 0]
    assert alpha.getextrema() == (0, 255)


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (
        manifest.build(tmp_path / name, app_id=APP_ID, public_url="https://rekompis.example.org")
        for name in ("first.zip", "second.zip")
    )
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("public_url", [None, "", "http://127.0.0.1:3978", "http://localhost:3978/"])
def test_a_local_package_names_no_domain(public_url: str | None) -> None:
    content = manifest.manifest(app_id=None, public_url=public_url)
    assert content["id"] == manifest.LOCAL_APP_ID
    assert content["validDomains"] == []


def test_a_port_belongs_to_the_domain() -> None:
    content = manifest.manifest(app_id=APP_ID, public_url="https://rekompis.example.org:8443/teams")
    assert content["validDomains"] == ["rekompis.example.org:8443"]


def test_an_app_id_is_written_in_its_usual_form() -> None:
    content = manifest.manifest(app_id="{" + APP_ID.upper() + "}", public_url=None)
    assert content["id"] == APP_ID


@pytest.mark.parametrize("app_id", ["rekompis", APP_ID[:-1], "{{APP_ID}}"])
def test_an_app_id_must_be_a_guid(app_id: str, tmp_path: Path) -> None:
    target = tmp_path / "rekompis.zip"
    with pytest.raises(manifest.AppIdError) as caught:
        manifest.build(target, app_id=app_id, public_url=None)
    assert caught.value.app_id == app_id
    assert not target.exists()


@pytest.mark.parametrize("public_url", ["http://example.org", "example.org", "https://", "https://a:b/"])
def test_a_public_address_must_be_https(public_url: str) -> None:
    with pytest.raises(manifest.PublicUrlError) as caught:
        manifest.manifest(app_id=APP_ID, public_url=public_url)
    assert caught.value.public_url == public_url


def test_an_installed_package_finds_its_own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages" / "bot"
    shutil.copytree(ROOT / "manifest", installed / "data" / "manifest")
    monkeypatch.setattr(manifest, "__file__", str(installed / "manifest.py"))
    assert manifest.data_folder() == (installed / "data" / "manifest").resolve()


def test_missing_data_names_the_places_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "__file__", str(tmp_path / "bot" / "manifest.py"))
    with pytest.raises(manifest.ManifestDataError) as caught:
        manifest.data_folder()
    assert caught.value.searched == (tmp_path / "manifest", tmp_path / "bot" / "data" / "manifest")
