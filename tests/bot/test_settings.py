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
        "DATABASE_URL": "postgresql+psycopg://rekompis:hemmelig@db/rekompis",
        "ENGINE_DATABASE_URL": "postgresql+psycopg://rekompis:hemmelig@db/engine",
    }.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    settings = read_settings()
    assert not settings.local
    assert settings.tenants == {"t1", "t2", "t3"}
    assert settings.files_url == "https://rekompis.example"
    assert "hemmelig" not in repr(settings)


WHOLE = {"APP_ID": "a", "APP_PASSWORD": "hemmelig-9f3b", "APP_TENANT_ID": "t"}
PATH = "/run/secrets/app.pfx"


@pytest.mark.parametrize(
    "way",
    [
        {"APP_PASSWORD": "hemmelig-9f3b"},
        {"APP_CERTIFICATE": PATH},
        {"APP_CERTIFICATE": PATH, "APP_CERTIFICATE_PASSWORD": "hemmelig-9f3b"},
        {"APP_MANAGED_IDENTITY": "system"},
        {"APP_MANAGED_IDENTITY": "A"},
        {"APP_PASSWORD": "hemmelig-9f3b", "APP_CERTIFICATE": "", "APP_MANAGED_IDENTITY": " "},
    ],
)
def test_one_way_to_prove_who_the_app_is(way: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is empty is not set; ids are written as Teams writes them."""
    for name, value in {"APP_ID": "A", "APP_TENANT_ID": "T", **way}.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    settings = read_settings()
    assert (settings.app_id, settings.tenants) == ("a", {"t"})
    assert settings.app_managed_identity in (None, "system", "a")
    assert "hemmelig" not in repr(settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_local_mode_listens_on_this_machine(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On any of its own addresses."""
    monkeypatch.setenv("REKOMPIS_HOST", host)
    assert read_settings().host == host


@pytest.mark.parametrize("name", ["HOST", "METRICS_HOST"])
@pytest.mark.parametrize(
    "host",
    [
        *("", " ", "0.0.0.0", "0", "::", "[::]", "::0", "0:0:0:0:0:0:0:0", "::ffff:0.0.0.0", "0x7f000001"),
        *("10.0.0.1", "169.254.1.1", "fe80::1", "127.0.0.1 ", "127.0.0.1,0.0.0.0", "localhost.example"),
    ],
)
def test_local_mode_listens_nowhere_else(name: str, host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However it is written."""
    monkeypatch.setenv(f"REKOMPIS_{name}", host)
    with pytest.raises(BadSettings, match=f"REKOMPIS_{name}|127.0.0.1"):
        read_settings()


def test_with_an_app_the_operator_says_where_to_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    """But an empty address is no answer: it would be everywhere."""
    for name, value in {**WHOLE, "HOST": "0.0.0.0", "METRICS_HOST": "::"}.items():
        monkeypatch.setenv(f"REKOMPIS_{name}", value)
    assert (read_settings().host, read_settings().metrics_host) == ("0.0.0.0", "::")
    monkeypatch.setenv("REKOMPIS_HOST", "")
    with pytest.raises(BadSettings, match="REKOMPIS_HOST"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"APP_ID": "a"}, "REKOMPIS_APP_ID is set, but REKOMPIS_APP_PASSWORD is not"),
        ({"APP_PASSWORD": "p"}, "REKOMPIS_APP_PASSWORD is set, but REKOMPIS_APP_ID is not"),
        ({"APP_CERTIFICATE": PATH}, "REKOMPIS_APP_CERTIFICATE is set, but REKOMPIS_APP_ID is not"),
        (
            {"APP_MANAGED_IDENTITY": "system"},
            "REKOMPIS_APP_MANAGED_IDENTITY is set, but REKOMPIS_APP_ID is not",
        ),
        ({"APP_TENANT_ID": "t"}, "REKOMPIS_APP_TENANT_ID is set, but REKOMPIS_APP_ID is not"),
        ({"APP_ID": "a", "APP_PASSWORD": ""}, "REKOMPIS_APP_PASSWORD is not"),
        ({"APP_ID": "a", "APP_PASSWORD": "  "}, "REKOMPIS_APP_PASSWORD is not"),
        ({"APP_ID": "a", "APP_PASSWORD": "p"}, "REKOMPIS_APP_TENANT_ID is not"),
        ({"APP_ID": "a", "APP_CERTIFICATE": PATH}, "REKOMPIS_APP_TENANT_ID is not"),
        ({"APP_ID": "a", "APP_MANAGED_IDENTITY": "a"}, "REKOMPIS_APP_TENANT_ID is not"),
        (WHOLE | {"APP_CERTIFICATE": PATH}, "REKOMPIS_APP_PASSWORD or REKOMPIS_APP_CERTIFICATE"),
        (WHOLE | {"APP_MANAGED_IDENTITY": "a"}, "REKOMPIS_APP_PASSWORD or REKOMPIS_APP_MANAGED_IDENTITY"),
        (WHOLE | {"APP_CERTIFICATE_PASSWORD": "p"}, "REKOMPIS_APP_CERTIFICATE is not"),
        (WHOLE | {"APP_TENANT_ID": "trondheim.example"}, "named by its id, not as trondheim.example"),
        (WHOLE | {"APP_TENANT_ID": "common"}, "named by its id, not as common"),
        (WHOLE | {"ALLOWED_TENANTS": "t2,melhus.example"}, "named by its id, not as melhus.example"),
        (WHOLE | {"SERVICE_HOSTS": " , "}, "REKOMPIS_SERVICE_HOSTS"),
        (WHOLE | {"OPENID_METADATA_URL": "http://keys.example/"}, "REKOMPIS_OPENID_METADATA_URL"),
        (WHOLE | {"LOGIN_URL": "http://login.example/"}, "REKOMPIS_LOGIN_URL"),
        (WHOLE | {"LOGIN_URL": "https://["}, "REKOMPIS_LOGIN_URL"),
        (WHOLE | {"PUBLIC_URL": "http://rekompis.example"}, "REKOMPIS_PUBLIC_URL"),
        (WHOLE | {"PUBLIC_URL": "rekompis.example"}, "REKOMPIS_PUBLIC_URL"),
        ({"ALLOWED_TENANTS": "t2"}, "REKOMPIS_ALLOWED_TENANTS is set, but REKOMPIS_APP_ID is not"),
        ({"DATABASE_URL": "mysql://rekompis:hemmelig-9f3b@db/rekompis"}, "REKOMPIS_DATABASE_URL"),
        ({"DATABASE_URL": ""}, "REKOMPIS_DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:///:memory:"}, "REKOMPIS_DATABASE_URL"),
        ({"ENGINE_DATABASE_URL": "var/engine.db"}, "REKOMPIS_ENGINE_DATABASE_URL"),
        (WHOLE | {"NOW": "2026-11-03T08:00"}, "REKOMPIS_NOW"),
        (WHOLE | {"SENDS_PER_SECOND": "0"}, "REKOMPIS_SENDS_PER_SECOND"),
        ({"SENDS_PER_SECOND": "30"}, "REKOMPIS_SENDS_PER_SECOND"),
        ({"NOW": "i morgen"}, "REKOMPIS_NOW"),
        ({"PORT": "99999"}, "REKOMPIS_PORT"),
        ({"LOG_LEVEL": "INFOO"}, "REKOMPIS_LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
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
    assert "hemmelig" not in f"{bad.value!r} {bad.value.__cause__!r}"


@pytest.mark.parametrize(("given", "meant"), [("warning", "WARNING"), (" Debug ", "DEBUG"), ("", "INFO")])
def test_a_log_level_may_be_written_in_small_letters(
    given: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REKOMPIS_LOG_LEVEL", given)
    assert read_settings().log_level == meant


def test_now_without_a_zone_is_in_oslo(monkeypatch: pytest.MonkeyPatch) -> None:
    """Since that is where the people are."""
    monkeypatch.setenv("REKOMPIS_NOW", "2026-11-03T07:59")
    assert read_settings().now == datetime(2026, 11, 3, 7, 59, tzinfo=OSLO)
