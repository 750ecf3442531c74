"""The bot's own identity, from the settings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.sdk.credentials import AppCredentials, Credentials, NoCredentials
from bot.sdk.token_sources import TokenSource, with_certificate, with_managed_identity, with_secret
from bot.settings import BadSettings, Settings

if TYPE_CHECKING:
    from bot.sdk.certificates import Certificate

log = structlog.get_logger()

_SOON = timedelta(days=30)


def credentials_of(settings: Settings) -> Credentials:
    """What the bot shows Teams; nothing in local mode. Raises BadSettings for a certificate that cannot be used."""
    source = _source(settings)
    return NoCredentials() if source is None else AppCredentials(source)


def _source(settings: Settings) -> TokenSource | None:
    app_id, tenant_id, login_url = settings.app_id, settings.app_tenant_id, settings.login_url
    if app_id is None or tenant_id is None:
        return None
    if settings.app_password is not None:
        return with_secret(app_id, tenant_id, settings.app_password.get_secret_value(), login_url)
    if settings.app_managed_identity is not None:
        return with_managed_identity(app_id, tenant_id, settings.app_managed_identity, login_url)
    return with_certificate(app_id, tenant_id, _certificate(settings), login_url)


def _certificate(settings: Settings) -> Certificate:
    from bot.sdk.certificates import BadCertificate, read_certificate  # cryptography, which few need

    path, password = settings.app_certificate, settings.app_certificate_password
    assert path is not None  # the settings have checked that there is one way
    now = datetime.now(UTC)
    try:
        found = read_certificate(path, password.get_secret_value() if password else None, now)
    except BadCertificate as bad:
        raise BadSettings(f"REKOMPIS_APP_CERTIFICATE: the file {bad}") from None
    if found.ends - now < _SOON:
        log.warning("certificate.ends_soon", days=(found.ends - now).days)
    return found
