"""Every kind of sequence that is drawn at random, in the catalogue's order."""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from playground.data.errors import DataError
from playground.data.sets import generated_sequences as drawn
from playground.data.sets.generated_sequences import BLANK, LETTERS, Drawing
from playground.data.source import Source
from playground.specs.facts import Task

_TRENDS = ("increasing", "decreasing", "constant", "up and down")
_SUMS = (BLANK, *"0123456789", "+")

_Shapes = Callable[[Mapping[str, Any]], dict[str, Any]]


def _progressions(options: Mapping[str, Any]) -> int:
    return math.prod((options["first"] + 1, options["step"], options["growth"] + 1, options.get("apart", 1)))


DRAWINGS: Mapping[str, Drawing] = {
    "next_value": Drawing(drawn.next_value, _progressions, (drawn.numbers_of, drawn.growing)),
    "trend": Drawing(
        drawn.trend_of, lambda options: len(_TRENDS) * (options["first"] + 1), (drawn.numbers_of,)
    ),  # of constant ones there is one a first value
    "aligned": Drawing(drawn.aligned, _progressions, (drawn.numbers_of, drawn.growing)),
    "continuation": Drawing(drawn.continuation, _progressions, (drawn.numbers_of, drawn.growing)),
    "unfolded": Drawing(drawn.unfolded, _progressions, (drawn.numbers_of, drawn.growing)),
    "reversed": Drawing(
        drawn.reversed_text, lambda options: int(options["letters"] ** options["length"]), (drawn.numbers_of,)
    ),
    "addition": Drawing(drawn.addition, lambda options: int(10 ** (2 * options["digits"])), (drawn.numbers_of,)),
}
"""The functions that draw sequences, by their source's name."""


def _source(name: str, task: Task, input_shape: tuple[int, ...], shapes: _Shapes, **more: Any) -> Source:
    """A source of sequences.

    Args:
        name: of its drawing.
        task: what is to be learned.
        input_shape: one input with the catalogue's own options.
        shapes: what other options make of the source.
        more: what else is known of it.
    """
    drawing = DRAWINGS[name]

    def chosen(source: Source, options: Mapping[str, Any]) -> Source:
        most, wanted = drawing.distinct(options), options["n_samples"]
        if wanted > most:
            raise DataError(
                f"There are only {most:,} different sequences with these options, and {wanted:,} are to be drawn: "
                "choose fewer, or wider ranges."
            )
        return replace(source, **shapes(options))

    return Source(drawing.load, task, input_shape, chosen=chosen, **more)


def _of_letters(options: Mapping[str, Any]) -> dict[str, Any]:
    shape, letters = (options["length"],), tuple(LETTERS[: options["letters"]])
    symbols = {"classes": letters, "symbols": letters, "vocabulary": len(letters)}
    return {"input_shape": shape, "target_shape": shape, **symbols}


SEQUENCES: dict[str, Source] = {
    "next_value": _source("next_value", "regression", (4, 1), lambda options: {"input_shape": (options["length"], 1)}),
    "trend": _source(
        "trend", "multiclass", (6, 1), lambda options: {"input_shape": (options["length"], 1)}, classes=_TRENDS
    ),
    "aligned": _source(
        "aligned",
        "regression",
        (4, 2),
        lambda options: {"input_shape": (options["length"], 2), "target_shape": (options["length"], 1)},
    ),
    "continuation": _source(
        "continuation",
        "regression",
        (5, 1),
        lambda options: {"input_shape": (options["length"], 1), "target_shape": (options["ahead"], 1)},
    ),
    "unfolded": _source(
        "unfolded",
        "regression",
        (3,),
        lambda options: {"target_shape": (options["length"], 1)},
        features=("first value", "first difference", "growth"),
    ),
    "reversed": _source("reversed", "multiclass", (5,), _of_letters, input_dtype="int32"),
    "addition": _source(
        "addition",
        "multiclass",
        (5,),
        lambda options: {"input_shape": (2 * options["digits"] + 1,), "target_shape": (options["digits"] + 1,)},
        classes=_SUMS[:-1],  # there is no plus in a sum
        symbols=_SUMS,
        vocabulary=len(_SUMS),
        input_dtype="int32",
    ),
}
