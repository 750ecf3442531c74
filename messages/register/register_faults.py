"""A sentence for each fault of the register's files: where it is and what to do."""

from __future__ import annotations

from domain.register.files import Fault, FaultReason

REASONS = {
    FaultReason.NO_FILE: "fila finnes ikke",
    FaultReason.UNKNOWN_FILE_TYPE: "bruk en mappe med CSV-filer eller en .xlsx",
    FaultReason.UNREADABLE: "fila kan ikke leses",
    FaultReason.NOT_UTF8: "fila er ikke i UTF-8; lagre den som «CSV UTF-8»",
    FaultReason.MISSING_SHEET: "arket mangler",
    FaultReason.EMPTY_SHEET: "arket har ingen rader",
    FaultReason.MISSING_COLUMN: "kolonnen mangler",
    FaultReason.DUPLICATE_COLUMN: "kolonnen finnes to ganger",
    FaultReason.EXTRA_CELL: "raden har flere celler enn overskrifter",
    FaultReason.NOT_TEXT: "cellen er ikke tekst",
    FaultReason.EMPTY: "cellen er tom",
    FaultReason.TOO_LONG: "teksten er for lang",
    FaultReason.INVALID_ORGNR: "ikke et gyldig organisasjonsnummer",
    FaultReason.INVALID_EMAIL: "ikke en gyldig e-postadresse",
    FaultReason.UNKNOWN_OWNERSHIP: "skriv «kommunal» eller «privat»",
    FaultReason.UNKNOWN_ROLE: "ukjent rolle",
    FaultReason.UNKNOWN_REFERENCE: "finnes ikke i registeret",
    FaultReason.WRONG_SCOPE: "rollen kan ikke gjelde dette",
    FaultReason.DUPLICATE: "finnes fra før i arket",
    FaultReason.ORGNR_OF_OWNER: "dette er eieren, ikke barnehagen",
    FaultReason.TWO_NAMES: "samme e-post med to navn",
}


def sentence(fault: Fault) -> str:
    """«personer, rad 7, kolonne epost: ikke en gyldig e-postadresse («x»)»"""
    parts = [str(fault.sheet)] if fault.sheet else []
    if fault.row:
        parts.append(f"rad {fault.row}")
    if fault.column:
        parts.append(f"kolonne {fault.column}")
    where = ", ".join(parts)
    value = f" («{fault.value}»)" if fault.value else ""
    return f"{where}: {REASONS[fault.reason]}{value}" if where else f"{REASONS[fault.reason]}{value}"
