"""The Teams app package: the template and icons of `manifest/` with this installation's ids, as a zip."""

import json
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

LOCAL_APP_ID = "00000000-0000-0000-0000-000000000001"
"""Stands in the package when no app is registered; good for looking at it, not for installing it."""

ICONS = ("color.png", "outline.png")
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_EARLIEST_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class ManifestError(Exception):
    """The app package cannot be built.

    ManifestError
    ├── AppIdError
    ├── PublicUrlError
    └── ManifestDataError
    """


class AppIdError(ManifestError):
    """The app id is not a GUID."""

    def __init__(self, app_id: str) -> None:
        super().__init__(app_id)
        self.app_id = app_id


class PublicUrlError(ManifestError):
    """The public address is not https with a host name."""

    def __init__(self, public_url: str) -> None:
        super().__init__(public_url)
        self.public_url = public_url


class ManifestDataError(ManifestError):
    """Neither the checkout nor the installed package has the template."""

    def __init__(self, searched: tuple[Path, ...]) -> None:
        super().__init__(*searched)
        self.searched = searched


def data_folder() -> Path:
    """Where the template and icons lie: beside `bot/` in a checkout, inside it when installed."""
    here = Path(__file__).resolve().parent
    candidates = (here.parent / "manifest", here / "data" / "manifest")
    for folder in candidates:
        if (folder / "manifest.json").is_file():
            return folder
    raise ManifestDataError(candidates)


def manifest(*, app_id: str | None, public_url: str | None) -> dict[str, Any]:
    """The app manifest, filled in; raises AppIdError and PublicUrlError."""
    template = (data_folder() / "manifest.json").read_text(encoding="utf-8")
    filled: dict[str, Any] = json.loads(template.replace("{{APP_ID}}", _checked_app_id(app_id)))
    domain = _public_domain(public_url)
    listed = [domain if entry == "{{PUBLIC_DOMAIN}}" else entry for entry in filled["validDomains"]]
    filled["validDomains"] = [entry for entry in listed if entry]
    return filled


def build(target: Path, *, app_id: str | None, public_url: str | None) -> Path:
    """Writes the app package to the file `target` and returns it; the same input gives the same bytes."""
    content = json.dumps(manifest(app_id=app_id, public_url=public_url), ensure_ascii=False, indent=2) + "\n"
    files = {"manifest.json": content.encode()}
    folder = data_folder()
    for name in ICONS:
        files[name] = (folder / name).read_bytes()
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # otherwise the byte tells which system built it
            entry.external_attr = 0o644 << 16
            package.writestr(entry, data)
    return target


def _checked_app_id(app_id: str | None) -> str:
    if not app_id:
        return LOCAL_APP_ID
    try:
        return str(UUID(app_id))
    except ValueError:
        raise AppIdError(app_id) from None


def _public_domain(public_url: str | None) -> str | None:
    """The domain of the public address, with its port if it has one; None when only this machine sees it."""
    if not public_url:
        return None
    try:
        parts = urlsplit(public_url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise PublicUrlError(public_url) from None
    if host in LOOPBACK_HOSTS:
        return None
    if parts.scheme != "https" or not host:
        raise PublicUrlError(public_url)
    return f"{host}:{port}" if port else host
