"""What was measured of the recipes: the file, its means, and one sentence of them for the screen."""

import functools
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

MEASURED = Path(__file__).with_name("measured.json")
"""By recipe and by what its run is called, one entry a seed; :mod:`playground.recipes.measure` writes it."""
OWN = ""
"""What the recipe's own run is called in there."""

Entry = Mapping[str, Any]


class Spread(NamedTuple):
    """One figure over several runs: mean, least and most."""

    mean: float
    low: float
    high: float

    def words(self) -> str:
        """The mean, and the range where there is one: ``0.984 (0.978 to 0.989)``."""
        if self.low == self.high:
            return number(self.mean)
        return f"{number(self.mean)} ({number(self.low)} to {number(self.high)})"


@functools.cache
def figures() -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The content of :data:`MEASURED`; empty where there is none yet."""
    return json.loads(MEASURED.read_text("utf-8")) if MEASURED.exists() else {}


def spread(values: Sequence[float]) -> Spread:
    """Mean, least and most of at least one value."""
    return Spread(sum(values) / len(values), min(values), max(values))


def number(value: float) -> str:
    """``value`` with three digits that say something, and no more than three after the point."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    return (
        f"{value:.1f}"
        if size >= 10
        else f"{value:.2f}"
        if size >= 1
        else f"{value:.3f}"
        if size >= 0.1
        else f"{value:.2g}"
    )


def headline(entries: Sequence[Entry], *, is_folds: bool = False) -> tuple[str, Spread, Spread | None] | None:
    """The figure that says most of runs: its words, its spread, and that of the simplest answer where it is known.

    It is the last of the metrics on the test part, on the validation part where there is no test part, else of the
    training part: the one that is not the loss, if there is one. Of folds it is that on the rows that validate, whose
    mean is the score of the method. ``None`` for no runs.
    """
    if not entries:
        return None
    for part, found in (
        ("test", [{} if is_folds else dict(entry["test"]) for entry in entries]),
        ("validation", [_of_part(entry, "val_") for entry in entries]),
        ("training", [_of_part(entry, "") for entry in entries]),
    ):
        names = [name for name in found[0] if all(name in each for each in found)]
        if names:
            name = next((each for each in reversed(names) if each != "loss"), "loss")
            simple = [entry["baseline"][name] for entry in entries if part == "test" and name in entry["baseline"]]
            words = f"{part} {name.replace('_', ' ')}"
            return words, spread([each[name] for each in found]), spread(simple) if simple else None
    return None


def _of_part(entry: Entry, prefix: str) -> dict[str, float]:
    """The last value of each metric of the validation part, ``"val_"``, or of the training part, ``""``."""
    metrics = {name: each["last"] for name, each in entry["metrics"].items() if each["last"] is not None}
    if prefix:
        return {name.removeprefix(prefix): value for name, value in metrics.items() if name.startswith(prefix)}
    return {name: value for name, value in metrics.items() if not name.startswith("val_")}


def sentence(name: str) -> str:
    """What was measured of the recipe ``name``, in a sentence or two; empty where nothing was."""
    runs = figures().get(name, {})
    entries = runs.get(OWN) or [entry for each in runs.values() for entry in each]
    found = headline(entries, is_folds=OWN not in runs)
    if found is None:
        return ""
    what, figure, simple = found
    of = f"as the mean of {_many(runs, entries)}" if len(entries) > 1 else f"with seed {entries[0]['seed']}"
    words = f"{what.capitalize()} {figure.words()} {of}"
    if simple is not None:
        words += f", the simplest answer {number(simple.mean)}"
    words += f"; {number(spread([entry['seconds'] for entry in entries]).mean)} s on {entries[0]['machine']}."
    more = [
        f"{label}: {best[1].words()}"
        for label, each in runs.items()
        if label and OWN in runs and (best := headline(each))
    ]
    words += f" Beside it, {', '.join(more)}." if more else ""
    if not all(entry["is_whole"] for entry in entries):
        words += f" Measured with changes: {', '.join(entries[0]['changes'])}."
    return words + (f" {entries[0]['note']}" if entries[0]["note"] else "")


def _many(runs: Mapping[str, Sequence[Entry]], entries: Sequence[Entry]) -> str:
    seeds = sorted({entry["seed"] for entry in entries})
    if OWN not in runs:
        return f"{len(runs)} folds"
    if seeds == list(range(seeds[0], seeds[-1] + 1)) and len(seeds) > 2:
        return f"seeds {seeds[0]} to {seeds[-1]}"
    return f"seeds {', '.join(map(str, seeds))}"
