"""Text that a spreadsheet takes for text."""

from typing import Any

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: Any) -> Any:
    """``value``; a text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value
