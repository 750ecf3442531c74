"""Cards about files: the sheet for the staff meeting, attachments, and needs from an Excel sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dialogs.replies import (
    AttachmentList,
    AttachmentRemoved,
    EmptySheetLink,
    FileNotTaken,
    FileRefusal,
    ImportDone,
    ImportRead,
    StaffSheetLink,
)
from domain.needs.heads.attachments import LARGEST, MOST
from domain.needs.sheets.import_file import LARGEST as LARGEST_SHEET
from domain.needs.sheets.import_file import MOST_COLUMNS, MOST_ROWS
from messages import cards, words
from messages.outgoing import Outgoing
from messages.sheets.import_faults import field_name, sentence

FileUrl = Callable[[str], str]

_MEGA = 1024 * 1024
KINDS = "PDF, Word (.docx), Excel (.xlsx) eller bilde (.png, .jpg)"
NO_CHILDREN = "Ikke legg ved noe om enkeltbarn."

REFUSALS = {
    FileRefusal.TOO_LARGE: f"Fila er for stor. Vedlegg kan være på {LARGEST // _MEGA} MB, Excel-ark med behov på "
    f"{LARGEST_SHEET // _MEGA} MB.",
    FileRefusal.UNREACHABLE: "Jeg fikk ikke hentet fila. Prøv å sende den en gang til.",
    FileRefusal.NOT_ALLOWED: "Jeg henter bare filer som er lastet opp her i Teams. Last opp fila i chatten.",
    FileRefusal.TOO_MANY: f"Et behov kan ha {words.number(MOST)} vedlegg. Ta bort ett først, med «vedlegg».",
    FileRefusal.EMPTY_FILE: "Fila er tom. Se på den, og send den en gang til.",
    FileRefusal.WRONG_KIND: f"Den typen fil kan jeg ikke ta imot. Send {KINDS}.",
    FileRefusal.MACROS: "Fila har makroer. Lagre den som vanlig .xlsx, og send den på nytt.",
    FileRefusal.OLD_EXCEL: "Fila er i et gammelt format eller har passord. Lagre den som .xlsx uten passord.",
    FileRefusal.NOT_EXCEL: "Dette er ikke en Excel-fil. Lagre arket som .xlsx, og send det på nytt.",
    FileRefusal.BROKEN: "Fila lar seg ikke lese. Åpne den i Excel, lagre den på nytt som .xlsx, og send den igjen.",
    FileRefusal.TOO_MANY_ROWS: f"Arket har for mange rader. Del det opp: høyst {MOST_ROWS} behov i hver fil.",
    FileRefusal.TOO_MANY_COLUMNS: f"Arket har for mange kolonner. Jeg leser høyst {MOST_COLUMNS}.",
    FileRefusal.NO_ROWS: "Arket har ingen rader med behov. Skriv ett behov på hver rad under overskriftene.",
    FileRefusal.NO_HEADINGS: "Jeg finner ikke overskriftene. Den øverste raden må ha «Barnehage» eller «Org.nr.», "
    "og kolonner som «Tema», «Behov» og «Mål».",
    FileRefusal.NO_DRAFT: "Du har ikke noe behov åpent å legge filer ved. Skriv «meld behov» først.",
    FileRefusal.SEVERAL_DRAFTS: "Du har flere behov åpne. Åpne det du mener («mine meldinger»), og send fila der.",
    FileRefusal.NOT_A_REPORTER: "Den fila har jeg ikke bruk for. Styrere kan legge ved filer til et behov. "
    "Eiere og ledere kan sende et Excel-ark med ett behov på hver rad.",
}


NOT_A_SHEET = frozenset(
    {
        FileRefusal.MACROS,
        FileRefusal.OLD_EXCEL,
        FileRefusal.NOT_EXCEL,
        FileRefusal.BROKEN,
        FileRefusal.TOO_MANY_COLUMNS,
        FileRefusal.NO_ROWS,
        FileRefusal.NO_HEADINGS,
    }
)
"""The refusals of a sheet of needs that the empty one helps with."""


def staff_sheet(reply: StaffSheetLink, file_url: FileUrl) -> Outgoing:
    """A short-lived link to the page."""
    heading = f"Ark til personalmøtet i {reply.kindergarten}"
    what = "Én side med spørsmålene og plass til å skrive."
    if reply.filled:
        what += " Det du har svart til nå, står der."
    return cards.card(
        [
            cards.heading(heading),
            cards.line(f"{what} Svar eier innen {words.day(reply.reply_by)}."),
            cards.small("Lenken er din og virker i 15 minutter. Etter møtet skriver du svarene her."),
        ],
        [
            cards.link("Last ned arket (Word)", file_url(reply.token)),
            cards.button("Fortsett", "continue")
            if reply.draft
            else cards.button("Meld behov", "start_report"),
        ],
        summary=heading,
    )


def not_taken(reply: FileNotTaken) -> Outgoing:
    """One file, and what to do."""
    name = f"«{cards.cut(reply.name, 80)}»: " if reply.name else ""
    said = f"{name}{REFUSALS[reply.why]}"
    if reply.why not in NOT_A_SHEET:
        return cards.text(said)
    return cards.card([cards.line(said)], [cards.button("Tomt ark", "empty_sheet")], summary=said)


def empty_sheet(reply: EmptySheetLink, file_url: FileUrl) -> Outgoing:
    """A short-lived link to the empty sheet, and what to do with it."""
    heading = "Tomt ark: ett behov på hver rad."
    return cards.card(
        [
            cards.heading(heading),
            cards.line(
                "Fyll det ut, lagre det, og send det hit. Du får se hva jeg har lest før noe registreres."
            ),
            cards.small("Det andre arket i fila forklarer kolonnene. Lenken er din og virker i 15 minutter."),
        ],
        [cards.link("Last ned tomt ark", file_url(reply.token))],
        summary=heading,
    )


def attachment_list(reply: AttachmentList, file_url: FileUrl) -> Outgoing:
    """What lies with a need, to open and, for the one who writes it, to take away."""
    about = f"«{reply.title}»" if reply.title else f"behovet fra {reply.kindergarten}"
    heading = _heading(reply, about)
    body: list[Any] = [cards.heading(heading)]
    body += [
        cards.item(f"{number}: {one.name} ({_size(one.size)})")
        for number, (one, _) in enumerate(reply.items, 1)
    ]
    actions: list[Any] = [
        cards.link(_open(reply, number), file_url(token)) for number, (_, token) in enumerate(reply.items)
    ]
    if reply.may_change:
        body.append(cards.small(f"{NO_CHILDREN} Eier ser vedleggene når du har sendt."))
        if any(one.media_type.value == "image/jpeg" for one, _ in reply.items):
            body.append(cards.small("Et bilde kan ha sted og tid i seg. Det følger med."))
        if reply.items:
            options = [(str(one.id), one.name) for one, _ in reply.items]
            body.append(cards.choices("attachment", "Ta bort et vedlegg", options, compact=True))
            actions.append(cards.button("Ta bort", "remove_attachment", report=reply.report))
    if reply.items:
        body.append(cards.small("Lenkene er dine og virker i 15 minutter."))
    if reply.go_on and len(actions) < cards.MOST_ACTIONS:
        actions.append(cards.button("Fortsett", "continue", main=True, report=reply.report))
    return cards.card(body, actions, summary=heading)


def _open(reply: AttachmentList, number: int) -> str:
    """A button's title: two files may have one name, or names that begin alike."""
    name = reply.items[number][0].name
    title = f"Åpne {name}" if len(reply.items) == 1 else f"Åpne {number + 1}: {name}"
    return cards.cut(title, cards.LONGEST_TITLE).removesuffix("…")


def _heading(reply: AttachmentList, about: str) -> str:
    if len(reply.added) == 1:
        return f"«{cards.cut(reply.added[0], 80)}» er lagt ved {about}."
    if reply.added:
        return f"{words.number(len(reply.added)).capitalize()} filer er lagt ved {about}."
    if not reply.items:
        return f"Ingen vedlegg til {about}. Send en fil her, så legger jeg den ved."
    return f"{words.count(len(reply.items), 'vedlegg', 'vedlegg')} til {about}"


def _size(size: int) -> str:
    if size < 1024 * 100:
        return f"{max(1, size // 1024)} kB"
    return f"{size / _MEGA:.1f} MB".replace(".", ",")


def removed(reply: AttachmentRemoved) -> Outgoing:
    """What was taken away."""
    left = f" {words.count(reply.left, 'vedlegg', 'vedlegg')} igjen." if reply.left else ""
    return cards.text(f"«{reply.name}» er tatt bort.{left}")


def import_read(reply: ImportRead, file_url: FileUrl) -> Outgoing:
    """«18 rader lest, 15 behov klare, 3 rader må rettes.»"""
    heading = _read_heading(reply)
    body: list[Any] = [cards.small(cards.cut(reply.name, 80)), cards.heading(heading)]
    if reply.already:
        body.append(
            cards.line(
                f"{words.count(reply.already, 'behov', 'behov')} er registrert fra før og hoppes over."
            )
        )
    if reply.missing:
        named = words.listed([f"«{field_name(one)}»" for one in reply.missing])
        body.append(
            cards.notice(f"Arket mangler {'kolonnen' if len(reply.missing) == 1 else 'kolonnene'} {named}.")
        )
    if reply.faults:
        body.append(cards.line("Dette må rettes:", strong=True))
        body += [cards.item(f"· {sentence(fault)}") for fault in reply.faults]
        if reply.faulty and reply.token:
            body.append(cards.small("Alle står i arket under. Rett dem der, og send det hit."))
    if reply.unknown:
        named = words.listed([f"«{cards.cut(one, 40)}»" for one in reply.unknown[:6]])
        body.append(cards.small(f"Disse kolonnene leser jeg ikke: {named}."))
    if reply.personal:
        rows = words.listed([str(n) for n in reply.personal[:10]])
        body.append(cards.notice(f"Se over rad {rows}: Teksten ser ut til å ha personopplysninger."))
    actions: list[Any] = []
    if reply.ready:
        body.append(
            cards.small(
                "Behovene sendes til eierne. Når du registrerer, bekrefter du at barnehagene har meldt dem, "
                "og at tekstene ikke handler om enkeltpersoner."
            )
        )
        actions.append(
            cards.button(f"Registrer {reply.ready} behov", "register_import", main=True, v=reply.version)
        )
    if reply.token:
        actions.append(cards.link("Last ned rader som må rettes", file_url(reply.token)))
    if reply.ready:
        actions.append(cards.button("Ikke registrer", "drop_import", v=reply.version))
    if reply.missing or not reply.ready:
        actions.append(cards.button("Tomt ark", "empty_sheet"))
    return cards.card(body, actions, summary=heading, tracks=True)


def _read_heading(reply: ImportRead) -> str:
    parts = [f"{words.count(reply.rows, 'rad', 'rader')} lest"]
    parts.append(f"{reply.ready} behov {'klart' if reply.ready == 1 else 'klare'}")
    if reply.faulty:
        parts.append(f"{words.count(reply.faulty, 'rad', 'rader')} må rettes")
    return f"{words.listed(parts)}. Ingenting er registrert ennå."


def import_done(reply: ImportDone, file_url: FileUrl) -> Outgoing:
    """What was registered, and what is left."""
    count = words.count(reply.registered, "behov", "behov")
    if reply.again:
        return cards.text(f"Det er alt gjort: {count} ble registrert. Ingenting er endret.")
    to = "eieren" if reply.owners == 1 else f"{words.number(reply.owners)} eiere"
    heading = f"{count} er registrert og sendt til {to}."
    body: list[Any] = [cards.heading(heading)]
    actions: list[Any] = []
    if reply.token:
        body.append(
            cards.line(f"{words.count(reply.faulty, 'rad', 'rader')} gjenstår. Rett arket, og send det hit.")
        )
        actions.append(cards.link("Last ned rader som må rettes", file_url(reply.token)))
    return cards.card(body, actions, summary=heading)
