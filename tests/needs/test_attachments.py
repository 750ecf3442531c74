"""Files with a need: what is taken, by whom, and who may read it when."""

from __future__ import annotations

import pytest

from domain.needs.errors import UnknownReport, WrongState
from domain.needs.heads import attachments
from domain.needs.heads.attachments import (
    LARGEST,
    MOST,
    AttachmentError,
    EmptyFile,
    MediaType,
    TooLarge,
    TooMany,
    WrongKind,
    media_type,
    safe_name,
)
from domain.needs.models import Status
from domain.ports import UnitOfWork
from tests.needs.sheets import book, packed, with_part
from tests.needs.town import NOW, Town

PDF = b"%PDF-1.7\n%..."
PNG = b"\x89PNG\r\n\x1a\n\0\0"
KARI = "Kari Nordli"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, MediaType.PDF),
        (PNG, MediaType.PNG),
        (b"\xff\xd8\xff\xe0JFIF", MediaType.JPEG),
        (book({}), MediaType.XLSX),
        (packed(word_document__xml=b"<x/>"), MediaType.DOCX),
        (b"", None),
        (b"MZ\x90\0", None),
        (b"<html><script>", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        (b"PK\x03\x04 not a zip", None),
        (packed(ppt_presentation__xml=b"<x/>"), None),
        (with_part(book({}), "xl/vbaProject.bin", b"x"), None),
    ],
)
def test_what_a_file_is_is_told_by_its_content(content: bytes, kind: MediaType | None) -> None:
    """Whatever its name says; macros are not taken."""
    assert media_type(content) is kind


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Referat.pdf", "Referat.pdf"),
        ("Referat.PDF", "Referat.pdf"),
        ("referat", "referat.pdf"),
        ("regning.exe", "regning.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\kari\\møte æøå.pdf", "møte æøå.pdf"),
        ('a<b>"c|.pdf', "abc.pdf"),
        ("linje\nskift\x00.pdf", "linje skift.pdf"),
        ("...", "vedlegg.pdf"),
        ("", "vedlegg.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    """No folders, no tricks, and the ending of what it is."""
    assert safe_name(given, MediaType.PDF) == kept


def test_a_head_lays_a_file_with_the_draft_and_takes_it_away(town: Town, work: UnitOfWork) -> None:
    """Stored whole, listed in order, each change with an audit row."""
    need, kari = town.need(work, Status.DRAFT), town.people[KARI]
    first = attachments.attach(work, kari, need.id, "Referat.pdf", PDF, NOW)
    second = attachments.attach(work, kari, need.id, "bilde", PNG, NOW)
    assert work.attachments.of(need.id) == [first, second]
    assert (second.name, second.media_type, second.size) == ("bilde.png", MediaType.PNG, len(PNG))
    assert work.attachments.content(first.id) == PDF
    assert attachments.remove(work, kari, first.id, NOW) == first
    assert work.attachments.of(need.id) == [second]
    assert [r.after for r in work.audit.of("attachment", first.id)] == ["lagt_ved", "fjernet"]
    with pytest.raises(UnknownReport):
        attachments.remove(work, kari, first.id, NOW)


def test_the_same_file_again_is_the_one_that_is_there(town: Town, work: UnitOfWork) -> None:
    """A message that Teams sends twice adds nothing; another content of the same name does."""
    need, kari = town.need(work, Status.DRAFT), town.people[KARI]
    first = attachments.attach(work, kari, need.id, "a.pdf", PDF, NOW)
    assert attachments.attach(work, kari, need.id, "a.pdf", PDF, NOW) == first
    assert attachments.attach(work, kari, need.id, "a.pdf", PDF + b"x", NOW) != first


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"", EmptyFile), (PDF + b"\0" * LARGEST, TooLarge), (b"<html>", WrongKind)],
)
def test_what_is_not_taken(
    town: Town, work: UnitOfWork, content: bytes, error: type[AttachmentError]
) -> None:
    """Nothing of it is stored."""
    need = town.need(work, Status.DRAFT)
    with pytest.raises(error):
        attachments.attach(work, town.people[KARI], need.id, "a.pdf", content, NOW)
    assert work.attachments.of(need.id) == []


def test_no_more_than_may_be(town: Town, work: UnitOfWork) -> None:
    """Five; after one is taken away there is room again."""
    need, kari = town.need(work, Status.RETURNED), town.people[KARI]
    added = [attachments.attach(work, kari, need.id, f"{n}.pdf", PDF, NOW) for n in range(MOST)]
    with pytest.raises(TooMany):
        attachments.attach(work, kari, need.id, "en til.pdf", PDF, NOW)
    attachments.remove(work, kari, added[0].id, NOW)
    assert attachments.attach(work, kari, need.id, "en til.pdf", PDF, NOW) in work.attachments.of(need.id)


def test_what_is_sent_stays_as_it_was(town: Town, work: UnitOfWork) -> None:
    """Neither added to nor taken from until the owner sends it back."""
    kari, draft = town.people[KARI], town.need(work, Status.DRAFT)
    added = attachments.attach(work, kari, draft.id, "a.pdf", PDF, NOW)
    work.needs.save(draft.model_copy(update={"status": Status.SENT_TO_OWNER, "version": draft.version + 1}))
    with pytest.raises(WrongState):
        attachments.attach(work, kari, draft.id, "b.pdf", PDF, NOW)
    with pytest.raises(WrongState):
        attachments.remove(work, kari, added.id, NOW)


@pytest.mark.parametrize("name", ["Per Aune", "Ingrid Moen", "Helene Vik", "Ola Fossen"])
def test_nobody_else_writes_in_a_heads_draft(town: Town, work: UnitOfWork, name: str) -> None:
    """Nor reads what lies with it."""
    need = town.need(work, Status.DRAFT)
    added = attachments.attach(work, town.people[KARI], need.id, "a.pdf", PDF, NOW)
    with pytest.raises(UnknownReport):
        attachments.attach(work, town.people[name], need.id, "b.pdf", PDF, NOW)
    with pytest.raises(UnknownReport):
        attachments.remove(work, town.people[name], added.id, NOW)
    assert attachments.readable(work, town.people[name], added.id) is None


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        (Status.DRAFT, {KARI}),
        (Status.SENT_TO_OWNER, {KARI, "Per Aune"}),
        (Status.APPROVED, {KARI, "Per Aune"}),
        (Status.REPORTED, {KARI, "Per Aune", "Ingrid Moen", "Tuva Sørgård", "Helene Vik"}),
    ],
)
def test_who_reads_when(town: Town, work: UnitOfWork, status: Status, readers: set[str]) -> None:
    """Head always, owner once it is sent, the network's leadership and its UH once it is reported."""
    draft = town.need(work, Status.DRAFT)
    added = attachments.attach(work, town.people[KARI], draft.id, "a.pdf", PDF, NOW)
    sent = {"submitted_at": NOW} if status is not Status.DRAFT else {}
    work.needs.save(draft.model_copy(update={"status": status, "version": draft.version + 1, **sent}))
    everybody = {n for n, i in town.people.items() if attachments.readable(work, i, added.id) is not None}
    assert readers <= everybody
    assert everybody <= readers | _with_the_same_roles(town, work, readers)


def _with_the_same_roles(town: Town, uow: UnitOfWork, names: set[str]) -> set[str]:
    held = {(r.role, r.scope) for n in names for r in uow.register.roles_of(town.people[n])}
    return {n for n, i in town.people.items() if held & {(r.role, r.scope) for r in uow.register.roles_of(i)}}
