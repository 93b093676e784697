"""How messages spell values and suggest names."""

import difflib
import json
from collections.abc import Iterable
from typing import Any

from playground.frame import plain

_LENGTH = 60


def spelled(value: Any) -> str:
    """``value`` as JSON on one line, cut off after 60 characters; "nothing" for None."""
    if value is None:
        return "nothing"
    try:
        text = json.dumps(plain(value), ensure_ascii=False)
    except (TypeError, ValueError):
        text = type(value).__name__
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…"


def near(name: str, names: Iterable[str]) -> list[str]:
    """Up to three of ``names`` that look like ``name``, the nearest first; upper and lower case are the same."""
    by_lower = {each.lower(): each for each in names}
    return [by_lower[each] for each in difflib.get_close_matches(name.lower(), by_lower, n=3, cutoff=0.6)]


def suggestion(name: str, names: Iterable[str]) -> str:
    """ "did you mean x or y?" for what looks like ``name``, otherwise "expected one of ..." with the first ten."""
    names = tuple(names)
    if found := near(name, names):
        return f"did you mean {' or '.join(found)}?"
    if not names:
        return "nothing can be set here"
    return f"expected one of {', '.join(names[:10])}{' …' if len(names) > 10 else ''}"
