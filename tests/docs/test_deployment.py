"""The container, the compose file and the proxy fit the program, each other, and what the guide says of them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import metrics
from bot.sdk.http import MAX_BYTES, PATH
from bot.settings import Settings
from tests.docs.test_links import ROOT
from tests.docs.test_named_things import SETTINGS

COMPOSE_TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
ALERTS = (ROOT / "deploy" / "prometheus-alerts.yaml").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "drift" / "docker.md").read_text(encoding="utf-8")
WATCHING = (ROOT / "docs" / "drift" / "varsler.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BOTS = {name: service for name, service in COMPOSE["services"].items() if name.startswith("bot")}
GIVEN = {
    "REKOMPIS_APP_ID": "00000000-aaaa-bbbb-cccc-000000000001",
    "REKOMPIS_APP_TENANT_ID": "11111111-1111-1111-1111-111111111111",
    "REKOMPIS_PUBLIC_URL": "https://rekompis.example.no",
}
"""What an operator has to set."""


def set_in_image() -> dict[str, str]:
    return dict(re.findall(r"\b(REKOMPIS_\w+)=(\S+)", DOCKERFILE))


def resolved(environment: dict[str, str]) -> dict[str, str]:
    """A service's environment, with what compose takes from the operator's own."""

    def filled(match: re.Match[str]) -> str:
        assert match["name"] in GIVEN or match["kind"] == ":-", match["name"]
        return GIVEN.get(match["name"], match["rest"])

    variable = re.compile(r"\$\{(?P<name>\w+)(?P<kind>:[-?])(?P<rest>[^}]*)\}")
    return {name: variable.sub(filled, str(value)) for name, value in environment.items()}


def test_every_setting_named_there_exists() -> None:
    for text in (COMPOSE_TEXT, DOCKERFILE, GUIDE, WATCHING):
        assert set(re.findall(r"REKOMPIS_[A-Z_]+", text)) <= SETTINGS
    secrets = {f"rekompis_{name}" for name in Settings.model_fields}
    assert {name for name in COMPOSE["secrets"] if name.startswith("rekompis_")} <= secrets


@pytest.mark.parametrize("name", BOTS)
def test_a_replica_starts_with_what_it_is_given(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, value in {**set_in_image(), **resolved(BOTS[name]["environment"])}.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.chdir(tmp_path)
    secrets = {
        "rekompis_app_password": "hemmelig",
        "rekompis_database_url": "postgresql+psycopg://r:x@database/r",
    }
    assert set(secrets) == set(BOTS[name]["secrets"])
    for secret, value in secrets.items():
        (tmp_path / secret).write_text(f"{value}\n")
    found = Settings(_secrets_dir=tmp_path)  # type: ignore[call-arg]
    assert (found.local, found.readable_logs, found.otlp_endpoint) == (False, False, None)
    assert found.app_password is not None
    assert found.app_password.get_secret_value() == "hemmelig"
    assert found.database_url == found.engine_url == secrets["rekompis_database_url"]
    assert (found.host, found.metrics_host) == ("0.0.0.0", "0.0.0.0")
    assert found.tenants == {GIVEN["REKOMPIS_APP_TENANT_ID"]}


def test_each_replica_has_a_name_that_stays() -> None:
    names = [bot["environment"]["REKOMPIS_EXECUTOR_ID"] for bot in BOTS.values()]
    assert len(names) == len(set(names)) == 2
    assert not any("$" in name for name in names)
    assert not any({"deploy", "scale"} & set(bot) for bot in BOTS.values())


def test_only_the_proxy_is_open_to_the_outside() -> None:
    services = COMPOSE["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert services["database"]["networks"] == ["back"]
    assert services["proxy"]["networks"] == ["front"]
    for bot in BOTS.values():
        assert (bot["read_only"], bot["cap_drop"], bot["stop_grace_period"]) == (True, ["ALL"], "25s")


def test_every_secret_is_a_file_that_the_guide_names() -> None:
    used = {secret for service in COMPOSE["services"].values() for secret in service.get("secrets", ())}
    assert used == set(COMPOSE["secrets"])
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"deploy/secrets/{name}"}
        assert f"`{name}`" in GUIDE
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert "deploy/secrets/" in ignored


def test_the_proxy_passes_to_the_replicas_what_the_bot_has() -> None:
    port = set_in_image()["REKOMPIS_PORT"]
    assert set(re.findall(r"server (\w+):(\d+) resolve", NGINX)) == {(name, port) for name in BOTS}
    places = re.findall(r"location (?:= )?(\S+) \{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}", NGINX)
    passed = {path: block for path, block in places if "proxy_pass" in block}
    assert set(passed) == {PATH, "/files/", "/healthz"}
    assert dict(places)["/"].strip() == "return 404;"
    (size,) = re.findall(r"client_max_body_size (\d+)k;", passed[PATH])
    assert int(size) * 1024 == MAX_BYTES
    for line in re.findall(r"log_format [^;]*;", NGINX):
        assert not re.search(r"\$(remote_addr|request|request_uri|uri|http_\w+)\b", line)


def test_the_image_holds_the_program_and_no_more() -> None:
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = set(re.findall(r"^COPY (\w+) \w+$", DOCKERFILE, re.MULTILINE))
    assert copied == {*packages, "manifest", "sample"}
    files = {f for line in re.findall(r"^COPY (.+) \./$", DOCKERFILE, re.MULTILINE) for f in line.split()}
    allowed = set(re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert allowed == copied | files
    assert all((ROOT / path).exists() for path in allowed)
    versions = set(re.findall(r"^FROM python:(\d\.\d+)-", DOCKERFILE, re.MULTILINE))
    assert versions == {PROJECT["tool"]["mypy"]["python_version"]}


def test_what_runs_is_what_was_tested() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / name).read_text(encoding="utf-8")
        return set(re.findall(r"^([a-z0-9_.-]+==[^\s;]+)", text, re.MULTILINE))

    run = pins("requirements-run.lock")
    assert run <= pins("requirements.lock"), "run `make lock`"
    names = {pin.split("==")[0] for pin in run}
    assert {"aiohttp", "dbos", "opentelemetry-sdk"} <= names
    assert not {"pytest", "mypy", "ruff", "playwright", "uv", "hatchling"} & names


def test_the_alerts_are_about_what_is_counted_and_are_explained() -> None:
    made = {metric.name for metric in metrics.REGISTRY.collect()}
    asked = {
        re.sub(r"_(total|bucket)$", "", n) for n in re.findall(r"\b((?:rekompis|process)_[a-z_]+)", ALERTS)
    }
    assert asked <= made
    rules = [rule for group in yaml.safe_load(ALERTS)["groups"] for rule in group["rules"]]
    rows = [line for line in WATCHING.splitlines() if line.startswith("| ") and " | " in line]
    tables = [line for line in rows if not line.startswith(("| varsel", "| ---", "| `"))]
    assert len(rules) == len(tables)


def test_what_a_replica_that_stops_does_not_take_goes_to_the_other() -> None:
    messages = NGINX.partition("location = /api/messages {")[2].partition("location")[0]
    assert "proxy_next_upstream error http_503 non_idempotent;" in messages
