"""Files that lie with needs."""

from __future__ import annotations

from sqlalchemy import select

from domain.needs.heads.attachments import Attachment
from storage.session import Session
from storage.tables import attachment

_SHOWN = [column for column in attachment.c if column.name != "content"]


class SqlAttachments:
    """An AttachmentRepository."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, added: Attachment, content: bytes) -> Attachment:
        values = {
            **added.model_dump(exclude={"id"}),
            "media_type": added.media_type.value,
            "content": content,
        }
        return added.model_copy(update={"id": self._session.insert(attachment, values)})

    def get(self, attachment_id: int) -> Attachment | None:
        row = self._session.first(select(*_SHOWN).where(attachment.c.id == attachment_id))
        return Attachment.model_validate(row._mapping) if row else None

    def content(self, attachment_id: int) -> bytes | None:
        row = self._session.first(select(attachment.c.content).where(attachment.c.id == attachment_id))
        return bytes(row[0]) if row else None

    def of(self, report_id: int) -> list[Attachment]:
        found = select(*_SHOWN).where(attachment.c.report_id == report_id).order_by(attachment.c.id)
        return [Attachment.model_validate(row._mapping) for row in self._session.rows(found)]

    def remove(self, attachment_id: int) -> bool:
        gone = attachment.delete().where(attachment.c.id == attachment_id)
        return bool(self._session.returning(gone.returning(attachment.c.id)))
