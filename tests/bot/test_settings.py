"""Settings: what fits is taken, what does not refuses to start with one clear line."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bot.settings import BadSettings, read_settings
from domain.clock import OSLO


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_local_mode() -> None:
    """Loopback, SQLite, the engine's database beside it."""
    settings = read_settings()
    assert settings.local
    assert settings.tenants == frozenset()
    assert settings.engine_url == "sqlite:///var/engine.db"
    assert settings.files_url == "http://127.0.0.1:3978"


def test_a_whole_registration(monkeypatch: pytest.MonkeyPatch) -> None:
    """The app's own tenant is allowed, and those that are named."""
    for name, value in {
        "APP_ID": "a",
        "APP_PASSWORD": "hemmelig",
        "APP_TENANT_ID": "t1",
        "ALLOWED_TENANTS": "t2, t3",
        "HOST": "0.0.0.0",
        "PUBLIC_URL": "https://rekompis.example/",
    }.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    settings = read_settings()
    assert not settings.local
    assert settings.tenants == {"t1", "t2", "t3"}
    assert settings.files_url == "https://rekompis.example"
    assert "hemmelig" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"HOST": "0.0.0.0"}, "127.0.0.1"),
        ({"APP_ID": "a"}, "APP_PASSWORD"),
        ({"APP_PASSWORD": "p"}, "APP_ID"),
        ({"APP_ID": "a", "APP_PASSWORD": "p"}, "APP_TENANT_ID"),
        (
            {"APP_ID": "a", "APP_PASSWORD": "p", "APP_TENANT_ID": "t", "NOW": "2026-11-03T08:00"},
            "REKOMPIS_NOW",
        ),
        (
            {"APP_ID": "a", "APP_PASSWORD": "p", "APP_TENANT_ID": "t", "SENDS_PER_SECOND": "0"},
            "REKOMPIS_SENDS_PER_SECOND",
        ),
        ({"SENDS_PER_SECOND": "30"}, "REKOMPIS_SENDS_PER_SECOND"),
        ({"NOW": "i morgen"}, "REKOMPIS_NOW"),
        ({"PORT": "99999"}, "REKOMPIS_PORT"),
    ],
)
def test_what_does_not_fit_is_one_line(
    given: dict[str, str], named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line names the setting and holds no secret."""
    for name, value in given.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    with pytest.raises(BadSettings) as bad:
        read_settings()
    assert len(bad.value.args) == 1
    assert named in bad.value.args[0]


def test_now_without_a_zone_is_in_oslo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since that is where the people are."""
    monkeypatch.setenv("REKOMPIS_NOW", "2026-11-03T07:59")
    assert read_settings().now == datetime(2026, 11, 3, 7, 59, tzinfo=OSLO)
