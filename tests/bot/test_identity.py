"""The bot's identity from its settings."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.identity import credentials_of
from bot.sdk.credentials import NoCredentials
from bot.settings import BadSettings, Settings, read_settings
from tests.bot.sdk.login import DAY, certificate, key_pem, pem_of
from tests.protocol.town import environment

APP = {"APP_ID": "a", "APP_TENANT_ID": "t"}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def _settings(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    return read_settings()


def _write(ends: timedelta) -> None:
    Path("app.pem").write_bytes(key_pem("app") + pem_of(certificate("app", ends=ends)))


@pytest.mark.parametrize(
    ("way", "known_as"),
    [
        ({"APP_PASSWORD": "hemmelig"}, "AppCredentials(EntraApp(a))"),
        ({"APP_CERTIFICATE": "app.pem"}, "AppCredentials(EntraApp(a))"),
        ({"APP_MANAGED_IDENTITY": "a"}, "AppCredentials(ManagedIdentity(a))"),
        ({"APP_MANAGED_IDENTITY": "system"}, "AppCredentials(EntraApp(a))"),
    ],
)
def test_each_way_has_its_credentials(
    way: dict[str, str], known_as: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(90 * DAY)
    with structlog.testing.capture_logs() as logged:
        assert repr(credentials_of(_settings(monkeypatch, **APP, **way))) == known_as
    assert logged == []


def test_local_mode_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(credentials_of(_settings(monkeypatch)), NoCredentials)


def test_a_certificate_that_ends_soon_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _write(20 * DAY)
    with structlog.testing.capture_logs() as logged:
        credentials_of(_settings(monkeypatch, **APP, APP_CERTIFICATE="app.pem"))
    assert logged == [{"event": "certificate.ends_soon", "days": 19, "log_level": "warning"}]


@pytest.mark.parametrize("content", [None, b"", b"hemmelig", b"-----BEGIN CERTIFICATE-----\nhemmelig"])
def test_a_certificate_that_cannot_be_used_is_one_line(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        Path("app.pem").write_bytes(content)
    settings = _settings(monkeypatch, **APP, APP_CERTIFICATE="app.pem", APP_CERTIFICATE_PASSWORD="hemmelig")
    with pytest.raises(BadSettings) as bad:
        credentials_of(settings)
    (line,) = bad.value.args
    assert line.startswith("REKOMPIS_APP_CERTIFICATE: the file ")
    assert "\n" not in line
    assert "hemmelig" not in line


def test_with_such_a_certificate_the_bot_does_not_start(tmp_path: Path) -> None:
    """And leaves no database behind."""
    (tmp_path / "app.pem").write_bytes(key_pem("app") + pem_of(certificate("another")))
    settings = {"app_id": "a", "app_tenant_id": "t", "app_certificate": "app.pem"}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "serve"],
        cwd=tmp_path,
        env=environment(**settings),
        capture_output=True,
        timeout=120,
        check=False,
    )
    said = ended.stderr.decode()
    assert said == "rekompis: REKOMPIS_APP_CERTIFICATE: the file holds no certificate for its key\n"
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert [path.name for path in tmp_path.iterdir()] == ["app.pem"]
