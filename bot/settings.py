"""Settings from the environment or `.env`, with the prefix REKOMPIS_; what does not fit is refused at the start."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sdk.hosts import LOGIN_URL, METADATA_URL, TEAMS_HOSTS, is_loopback
from delivery.ledger import PER_SECOND
from domain.clock import OSLO

Port = Annotated[int, Field(ge=0, le=65535)]
Host = Annotated[str, Field(min_length=1)]
"""An empty one would be every address of the machine."""

_WAYS = ("app_password", "app_certificate", "app_managed_identity")
"""How the app can show who it is; exactly one of them."""
_NO_TENANTS = frozenset({"common", "organizations", "consumers"})


_DATABASE = re.compile(r"sqlite:///(?!:memory:).|postgresql(\+psycopg)?://")

_SECRETS = Path("/run/secrets")
"""Where containers find secrets as files, named as the variables: rekompis_app_password."""


class BadSettings(Exception):
    """The settings do not fit together; the arguments are one line each."""


class Settings(BaseSettings):
    """Everything that differs between installations. No app id means local mode: loopback only, no Azure."""

    model_config = SettingsConfigDict(
        env_prefix="REKOMPIS_",
        env_file=".env",
        secrets_dir=_SECRETS if _SECRETS.is_dir() else None,
        extra="ignore",
    )

    database_url: Annotated[str, Field(repr=False)] = "sqlite:///var/rekompis.db"
    engine_database_url: Annotated[str | None, Field(repr=False)] = None
    host: Host = "127.0.0.1"
    port: Port = 3978
    metrics_host: Host = "127.0.0.1"
    metrics_port: Port = 3979
    client_port: Port = 56150
    public_url: str | None = None
    app_id: str | None = None
    app_password: SecretStr | None = None
    app_certificate: Path | None = None
    app_certificate_password: SecretStr | None = None
    app_managed_identity: str | None = None
    app_tenant_id: str | None = None
    allowed_tenants: Annotated[tuple[str, ...], NoDecode] = ()
    service_hosts: Annotated[tuple[str, ...], NoDecode] = TEAMS_HOSTS
    openid_metadata_url: str = METADATA_URL
    login_url: str = LOGIN_URL
    executor_id: str = "local"
    now: datetime | None = None
    tick_seconds: Annotated[int, Field(ge=1, le=60)] | None = None
    sends_per_second: Annotated[float, Field(ge=0, le=PER_SECOND)] = PER_SECOND
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["json", "readable"] | None = None
    otlp_endpoint: str | None = None

    @field_validator("allowed_tenants", "service_hosts", mode="before")
    @classmethod
    def _commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator(
        *("app_id", "app_tenant_id", *_WAYS, "app_certificate_password", "public_url", "now"),
        *("log_format", "otlp_endpoint", "engine_database_url"),
        mode="before",
    )
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if isinstance(value, str) and not value.strip() else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, value: object) -> object:
        return (value.strip().upper() or "INFO") if isinstance(value, str) else value

    @field_validator("app_id", "app_tenant_id", "app_managed_identity")
    @classmethod
    def _as_teams_writes_it(cls, value: str | None) -> str | None:
        return value.strip().lower() if value is not None else None

    @field_validator("database_url", "engine_database_url")
    @classmethod
    def _is_a_database(cls, value: str | None) -> str | None:
        if value is not None and not _DATABASE.match(value):
            raise ValueError("must be sqlite:///path or postgresql+psycopg://…")
        return value

    @field_validator("now")
    @classmethod
    def _in_oslo(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=OSLO) if value is not None and value.tzinfo is None else value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        given = [name for name in _WAYS if getattr(self, name) is not None]
        if self.app_id is None:
            for name in (*given, "app_certificate_password", "app_tenant_id"):
                if getattr(self, name) is not None:
                    raise ValueError(f"{_named(name)} is set, but REKOMPIS_APP_ID is not")
            if self.allowed_tenants:
                raise ValueError("REKOMPIS_ALLOWED_TENANTS is set, but REKOMPIS_APP_ID is not")
            if not is_loopback(self.host):
                raise ValueError("without REKOMPIS_APP_ID the bot only listens on 127.0.0.1")
            if not is_loopback(self.metrics_host):
                raise ValueError("without REKOMPIS_APP_ID, REKOMPIS_METRICS_HOST can only be 127.0.0.1")
        else:
            self._is_whole(given)
            if self.now is not None:
                raise ValueError("REKOMPIS_NOW is for local mode, without REKOMPIS_APP_ID")
            if not self.sends_per_second:
                raise ValueError("REKOMPIS_SENDS_PER_SECOND=0 is for local mode, without REKOMPIS_APP_ID")
        return self

    def _is_whole(self, given: list[str]) -> None:
        if not given:
            raise ValueError(
                "REKOMPIS_APP_ID is set, but REKOMPIS_APP_PASSWORD is not, nor REKOMPIS_APP_CERTIFICATE or "
                "REKOMPIS_APP_MANAGED_IDENTITY"
            )
        if len(given) > 1:
            raise ValueError(f"only one can be set: {' or '.join(map(_named, given))}")
        if self.app_certificate_password is not None and self.app_certificate is None:
            raise ValueError("REKOMPIS_APP_CERTIFICATE_PASSWORD is set, but REKOMPIS_APP_CERTIFICATE is not")
        if self.app_tenant_id is None:
            raise ValueError("REKOMPIS_APP_ID is set, but REKOMPIS_APP_TENANT_ID is not")
        for tenant in self.tenants:
            if "." in tenant or tenant in _NO_TENANTS:
                raise ValueError(f"a tenant is named by its id, not as {tenant}")
        if not self.service_hosts:
            raise ValueError("REKOMPIS_SERVICE_HOSTS is empty: the bot could answer nobody")
        for name in ("openid_metadata_url", "login_url", "public_url"):
            url = getattr(self, name)
            if url is not None and not _is_private(url):
                raise ValueError(f"{_named(name)} must begin with https://")

    @property
    def local(self) -> bool:
        """Whether this is local mode."""
        return self.app_id is None

    @property
    def tenants(self) -> frozenset[str]:
        """The tenants whose people are met; empty in local mode, which takes any."""
        own = {self.app_tenant_id} if self.app_tenant_id else set()
        return frozenset(own | set(self.allowed_tenants))

    @property
    def files_url(self) -> str:
        """Where people's browsers find /files."""
        return (self.public_url or f"http://127.0.0.1:{self.port}").rstrip("/")

    @property
    def engine_url(self) -> str:
        """The engine's own database: beside the domain's file, or the same server (its own schema)."""
        if self.engine_database_url:
            return self.engine_database_url
        if self.database_url.startswith("sqlite"):
            folder = Path(self.database_url.removeprefix("sqlite:///")).parent
            return f"sqlite:///{folder / 'engine.db'}"
        return self.database_url

    @property
    def readable_logs(self) -> bool:
        """Whether logs are for a person's eyes and not JSON."""
        return self.local if self.log_format is None else self.log_format == "readable"

    @property
    def ticks(self) -> int:
        """Seconds between two looks at what is due."""
        return self.tick_seconds or (5 if self.local else 60)


def read_settings() -> Settings:
    """The settings; raises BadSettings with one clear line for each fault."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            name = "".join(f"REKOMPIS_{str(part).upper()}: " for part in fault["loc"][:1])
            lines.append(name + fault["msg"].removeprefix("Value error, "))
        raise BadSettings(*lines) from None


def _named(setting: str) -> str:
    return f"REKOMPIS_{setting.upper()}"


def _is_private(url: str) -> bool:
    """Whether nobody on the way can read or change what the address answers."""
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.scheme == "https" or is_loopback(parts.hostname or ""))
    except ValueError:
        return False
