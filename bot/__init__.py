"""The Teams door and the wiring: the only package that sees all others."""

import sys
from typing import Any

from bot import lean

lean.install()

if "structlog" not in sys.modules and "rich" not in sys.modules:
    # structlog would load it for tracebacks, which we never print: 10 MB and a twentieth of a start.
    modules: dict[str, Any] = sys.modules
    modules["rich"] = None
    import structlog  # noqa: F401

    del modules["rich"]
    del modules
