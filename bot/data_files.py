"""Where the data beside the code lies: in a checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def sample_register() -> Path:
    """The folder of the sample register."""
    checkout = _HERE.parent / "sample" / "register"
    return checkout if checkout.is_dir() else _HERE / "data" / "sample" / "register"
