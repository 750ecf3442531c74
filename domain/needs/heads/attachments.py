"""Files that lie with a need (vedlegg, S43): what may be added, by whom, and who may read them."""

from __future__ import annotations

import zipfile
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from domain.errors import DomainError
from domain.needs import access
from domain.needs.errors import UnknownReport, WrongState
from domain.needs.models import EDITABLE, WITH_NETWORK, AuditRow, NeedsReport
from domain.needs.networks.network import reading_roles
from domain.norwegian.hygiene import clean
from domain.register.models import Role

if TYPE_CHECKING:
    from domain.ports import UnitOfWork

MOST: Final = 5
"""Attachments of one need."""
LARGEST: Final = 10 * 1024 * 1024
"""Bytes of one attachment."""
_LONGEST_NAME: Final = 120
_WHOLE_TEXT: Final = frozenset({Role.LEADER, Role.COORDINATOR, Role.UH})
"""The roles in a network that read every need whole, and so what lies with it."""


class MediaType(StrEnum):
    """What may be attached; told by the content, never by the name."""

    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PNG = "image/png"
    JPEG = "image/jpeg"


ENDINGS: Final = {
    MediaType.PDF: (".pdf",),
    MediaType.DOCX: (".docx",),
    MediaType.XLSX: (".xlsx",),
    MediaType.PNG: (".png",),
    MediaType.JPEG: (".jpg", ".jpeg"),
}


class Attachment(BaseModel):
    """A file that lies with a need, without its content. `size` is in bytes."""

    model_config = ConfigDict(frozen=True)

    id: int
    report_id: int
    name: str
    media_type: MediaType
    size: int
    added_by: int
    added_at: datetime


class AttachmentError(DomainError):
    """Why a file was not taken.

    AttachmentError
    ├── TooMany        the need has as many as it may
    ├── TooLarge       more than LARGEST
    ├── EmptyFile      nothing in it
    └── WrongKind      not one of MediaType, or one with macros
    """


class TooMany(AttachmentError):
    pass


class TooLarge(AttachmentError):
    pass


class EmptyFile(AttachmentError):
    pass


class WrongKind(AttachmentError):
    pass


def media_type(content: bytes) -> MediaType | None:
    """What the first bytes and, for Office files, the parts inside say that a file is."""
    if content.startswith(b"%PDF-"):
        return MediaType.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaType.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return MediaType.JPEG
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            names = {name.casefold() for name in package.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if "[content_types].xml" not in names or any(name.endswith("vbaproject.bin") for name in names):
        return None
    if "word/document.xml" in names:
        return MediaType.DOCX
    return MediaType.XLSX if "xl/workbook.xml" in names else None


def safe_name(name: str, kind: MediaType) -> str:
    """A file name without folders and tricks, with the ending of what it is."""
    bare = clean(name.replace("\\", "/").rsplit("/", 1)[-1]).replace("\n", " ").strip(". ")
    endings = ENDINGS[kind]
    ending = next((e for e in endings if bare.casefold().endswith(e)), endings[0])
    stem = bare[: -len(ending)] if bare.casefold().endswith(ending) else bare
    stem = "".join(c for c in stem if c not in '<>:"|?*').strip()[:_LONGEST_NAME]
    return (stem or "vedlegg") + ending


def attach(
    uow: UnitOfWork, person_id: int, report_id: int, name: str, content: bytes, now: datetime
) -> Attachment:
    """Lays a file with a need that one may write in; the same file again is the one that is there.

    Raises UnknownReport, WrongState, TooMany, TooLarge, EmptyFile, WrongKind.
    """
    report = access.own_report(uow, person_id, report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    if not content:
        raise EmptyFile
    if len(content) > LARGEST:
        raise TooLarge
    kind = media_type(content)
    if kind is None:
        raise WrongKind
    there = uow.attachments.of(report_id)
    file_name = safe_name(name, kind)
    for one in there:
        if one.name == file_name and one.size == len(content) and uow.attachments.content(one.id) == content:
            return one
    if len(there) >= MOST:
        raise TooMany
    added = uow.attachments.add(
        Attachment(
            id=0,
            report_id=report_id,
            name=file_name,
            media_type=kind,
            size=len(content),
            added_by=person_id,
            added_at=now,
        ),
        content,
    )
    _note(uow, person_id, report, added.id, None, "lagt_ved", now)
    return added


def remove(uow: UnitOfWork, person_id: int, attachment_id: int, now: datetime) -> Attachment:
    """Takes a file away from a need that one may still write in. Raises UnknownReport, WrongState."""
    found = uow.attachments.get(attachment_id)
    if found is None:
        raise UnknownReport
    report = access.own_report(uow, person_id, found.report_id)
    if report.status not in EDITABLE:
        raise WrongState(report.status)
    uow.attachments.remove(attachment_id)
    _note(uow, person_id, report, attachment_id, "lagt_ved", "fjernet", now)
    return found


def readable(uow: UnitOfWork, person_id: int, attachment_id: int) -> Attachment | None:
    """The attachment, when this person may read its need: the head, the owner once it is sent, the network after."""
    found = uow.attachments.get(attachment_id)
    report = uow.needs.get(found.report_id) if found else None
    return found if report is not None and may_read(uow, person_id, report) else None


def may_read(uow: UnitOfWork, person_id: int, report: NeedsReport) -> bool:
    """Whether this person may read what lies with a need."""
    held = access.roles_for(uow, person_id, report)
    if Role.HEAD in held or report.created_by == person_id:
        return bool(held)
    if Role.OWNER in held and report.submitted_at is not None:
        return True
    network = access.network_of(uow, report.kindergarten_id)
    reading = reading_roles(uow, person_id, network.id)
    return report.status in WITH_NETWORK and bool(_WHOLE_TEXT & set(reading))


def _note(
    uow: UnitOfWork,
    person_id: int,
    report: NeedsReport,
    id_: int,
    before: str | None,
    after: str,
    now: datetime,
) -> None:
    held = access.roles_for(uow, person_id, report)
    uow.audit.add(
        AuditRow(
            at=now,
            person_id=person_id,
            role=held[0].value,
            subject="attachment",
            subject_id=id_,
            before=before,
            after=after,
        )
    )
