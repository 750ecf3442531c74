from __future__ import annotations

from domain.needs.heads.attachments import Attachment, MediaType
from domain.ports import UnitOfWork
from storage.database import Database
from tests.storage.seeds import NOW, Seeds


def test_a_file_is_kept_byte_by_byte(uow: UnitOfWork, seeds: Seeds) -> None:
    need = uow.needs.add(seeds.need())
    content = bytes(range(256)) * 4096
    file = Attachment(
        id=0,
        report_id=need.id,
        name="Møte «æøå» 🌱.pdf",
        media_type=MediaType.PDF,
        size=len(content),
        added_by=seeds.people[0].id,
        added_at=NOW,
    )
    first, second = uow.attachments.add(file, content), uow.attachments.add(file, b"")
    assert first == file.model_copy(update={"id": first.id})
    assert uow.attachments.of(need.id) == [first, second]
    assert uow.attachments.get(first.id) == first
    assert (uow.attachments.content(first.id), uow.attachments.content(second.id)) == (content, b"")
    assert uow.attachments.remove(first.id)
    assert not uow.attachments.remove(first.id)
    assert uow.attachments.get(first.id) is None
    assert uow.attachments.content(first.id) is None
    assert uow.attachments.of(need.id) == [second]


def test_a_file_goes_with_its_transaction(database: Database, seeds: Seeds) -> None:
    with database.unit_of_work() as uow:
        need = uow.needs.add(seeds.need())
        uow.commit()
    file = Attachment(
        id=0,
        report_id=need.id,
        name="a.png",
        media_type=MediaType.PNG,
        size=1,
        added_by=seeds.people[0].id,
        added_at=NOW,
    )
    with database.unit_of_work() as uow:
        uow.attachments.add(file, b"x")
    with database.unit_of_work() as uow:
        assert uow.attachments.of(need.id) == []
