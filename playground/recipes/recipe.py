"""One worked example, and how to find it by name."""

import difflib
import functools
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from playground.recipes.figures import MEASURED, sentence
from playground.specs import RunSpec
from playground.specs.edit import with_value

_FOLDER = Path(__file__).parent

LEVELS = ("first steps", "next steps", "further")
"""What one should have met before, the easiest first."""


class UnknownRecipeError(LookupError):
    """There is no recipe of that name; the message lists the nearest names."""


class _Words(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Question(_Words):
    """What to answer before the result is shown.

    Attributes:
        text: the question.
        choices: two to four answers.
        answer: the position of the right one, from 0.
        why: the reason, shown with the result.
    """

    text: str
    choices: tuple[str, ...]
    answer: int
    why: str


class Variation(_Words):
    """A change of a recipe with one click.

    Attributes:
        label: a few words for its button or its curve.
        why: what it shows, in one sentence; empty where the label says it all.
        changes: values by path, as :func:`playground.specs.edit.with_value` reads it, in order.
    """

    label: str
    why: str = ""
    changes: dict[str, Any]

    def of(self, spec: RunSpec) -> RunSpec:
        """``spec`` with the changes. Raises ValueError for one that does not fit."""
        for path, value in self.changes.items():
            spec = with_value(spec, path, value)
        return spec


class Recipe(BaseModel):
    """A worked example.

    Attributes:
        name: what the command line calls it, the file's name.
        order: its place in the teaching order.
        title: its name on screen.
        group: that of its data in the catalogue: "2-D points", "Tables", "Images", "Texts", "Series" ...
        level: one of :data:`LEVELS`.
        seconds: about how long it trains on two CPU cores.
        teaches: one or two sentences on what it shows.
        look_at: what to watch while it runs.
        reported: what a text reports of this network, and what is wrong with it; empty where none does.
        measured: a sentence of :mod:`playground.recipes.figures` on what was measured; empty where nothing was.
        offline: whether its data comes with the installation.
        question: what to answer before the result is shown.
        try_next: three changes to try afterwards.
        variants: further runs that stand beside it in one comparison; the first of them all is ``spec`` itself.
        label: what the recipe's own run is called in that comparison.
        all_folds: whether it is trained on every fold of its split, as one comparison.
        beside: scikit-learn's estimators that are fitted on the same split, by their id in the catalogue.
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
    question: Question | None = None
    try_next: tuple[Variation, ...] = ()
    variants: tuple[Variation, ...] = ()
    label: str = ""
    all_folds: bool = False
    beside: tuple[str, ...] = ()
    spec: RunSpec


@functools.cache
def _all() -> dict[str, Recipe]:
    found = [_read(path) for path in _FOLDER.glob("*.json") if path != MEASURED]
    return {each.name: each for each in sorted(found, key=lambda each: (each.order, each.name))}


def _read(path: Path) -> Recipe:
    fields: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return Recipe(
        **{**fields, "name": path.stem, "measured": sentence(path.stem), "spec": RunSpec.from_dict(fields["spec"])}
    )


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
