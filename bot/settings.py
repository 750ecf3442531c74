"""Settings from the environment or `.env`, with the prefix REKOMPIS_; what does not fit is refused at the start."""

from __future__ import annotations

from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.sdk.credentials import LOGIN_URL
from bot.sdk.hosts import TEAMS_HOSTS
from bot.sdk.signing_keys import METADATA_URL
from delivery.ledger import PER_SECOND
from domain.clock import OSLO

Port = Annotated[int, Field(ge=0, le=65535)]


class BadSettings(Exception):
    """The settings do not fit together; the arguments are one line each."""


class Settings(BaseSettings):
    """Everything that differs between installations. No app id means local mode: loopback only, no Azure."""

    model_config = SettingsConfigDict(env_prefix="REKOMPIS_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///var/rekompis.db"
    engine_database_url: str | None = None
    host: str = "127.0.0.1"
    port: Port = 3978
    metrics_host: str = "127.0.0.1"
    metrics_port: Port = 3979
    client_port: Port = 56150
    public_url: str | None = None
    app_id: str | None = None
    app_password: SecretStr | None = None
    app_tenant_id: str | None = None
    allowed_tenants: Annotated[tuple[str, ...], NoDecode] = ()
    service_hosts: Annotated[tuple[str, ...], NoDecode] = TEAMS_HOSTS
    openid_metadata_url: str = METADATA_URL
    login_url: str = LOGIN_URL
    executor_id: str = "local"
    now: datetime | None = None
    tick_seconds: Annotated[int, Field(ge=1, le=60)] | None = None
    sends_per_second: Annotated[float, Field(ge=0, le=PER_SECOND)] = PER_SECOND
    log_level: str = "INFO"

    @field_validator("allowed_tenants", "service_hosts", mode="before")
    @classmethod
    def _commas(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("app_id", "app_password", "app_tenant_id", "public_url", "now", mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("now")
    @classmethod
    def _in_oslo(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=OSLO) if value is not None and value.tzinfo is None else value

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.app_id is None:
            if self.app_password is not None:
                raise ValueError("REKOMPIS_APP_PASSWORD is set, but REKOMPIS_APP_ID is not")
            if not _is_loopback(self.host):
                raise ValueError("without REKOMPIS_APP_ID the bot only listens on 127.0.0.1")
        else:
            if self.app_password is None:
                raise ValueError("REKOMPIS_APP_ID is set, but REKOMPIS_APP_PASSWORD is not")
            if self.app_tenant_id is None:
                raise ValueError("REKOMPIS_APP_ID is set, but REKOMPIS_APP_TENANT_ID is not")
            if self.now is not None:
                raise ValueError("REKOMPIS_NOW is for local mode, without REKOMPIS_APP_ID")
            if not self.sends_per_second:
                raise ValueError("REKOMPIS_SENDS_PER_SECOND=0 is for local mode, without REKOMPIS_APP_ID")
        return self

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


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
