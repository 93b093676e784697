"""One worked example, and how to find it by name."""

import difflib
import functools
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from playground.specs import RunSpec

_FOLDER = Path(__file__).parent


class UnknownRecipeError(LookupError):
    """There is no recipe of that name; the message lists the nearest names."""


class Recipe(BaseModel):
    """A worked example.

    Attributes:
        name: what the command line calls it, the file's name.
        order: its place in the teaching order.
        title: its name on screen.
        group: "Images", "Tables" or "2-D points".
        level: what one should have met before.
        seconds: about how long it trains on two CPU cores.
        teaches: one or two sentences on what it shows.
        look_at: what to watch while it runs.
        reported: figures that a text reports for this network, with the text; empty where none does.
        measured: what this project measured, and how; empty where not yet measured.
        offline: whether its data comes with the installation.
        spec: the whole run.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    order: int
    title: str
    group: str
    level: str
    seconds: int
    teaches: str
    look_at: str
    reported: str
    measured: str
    offline: bool
    spec: RunSpec


@functools.cache
def _all() -> dict[str, Recipe]:
    found = [_read(path) for path in _FOLDER.glob("*.json")]
    return {each.name: each for each in sorted(found, key=lambda each: (each.order, each.name))}


def _read(path: Path) -> Recipe:
    fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Recipe(**{**fields, "name": path.stem, "spec": RunSpec.from_dict(fields["spec"])})


def names() -> tuple[str, ...]:
    """Names of all recipes in teaching order."""
    return tuple(_all())


def nearest(name: str) -> list[str]:
    """Up to three recipe names that look like ``name``, the nearest first; all names where none does."""
    return difflib.get_close_matches(name.lower(), names(), n=3, cutoff=0.4) or list(names())


def recipe(name: str) -> Recipe:
    """The recipe called ``name``.

    Raises:
        UnknownRecipeError: there is none; the message lists the nearest names.
    """
    try:
        return _all()[name]
    except KeyError:
        raise UnknownRecipeError(f"Unknown recipe {name!r}. Did you mean {', '.join(nearest(name))}?") from None
