"""What can be asked of a workbench about somebody's own input: what the network of a run answers to it."""

import functools
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground import data
from playground.data.new_columns import new_columns, new_rows
from playground.data.new_rows import in_source_units, inputs_of
from playground.data.new_texts import symbols_row, words_row
from playground.data.part import Part
from playground.data.table import Table
from playground.data.transforms.vocabulary import unknown_words
from playground.engine.predict_asked import Asked, asked_of, refusing
from playground.engine.protocol import Message
from playground.insight import drawing, forecast, pictures
from playground.insight.predict import compiled, predictions, shares
from playground.settings import Settings

_STEPS = 10_000


def predict_drawing(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to the drawing ``args["strokes"]`` of a pen ``args["pen"]`` wide; see :func:`drawing.inked`.

    With it comes ``seen``, the image as the dataset would have it, from 0 to 1.
    """
    with refusing():
        asked = asked_of(args, settings)
        ink = drawing.inked(args["strokes"], args["pen"])
        height, width, *channels = asked.made.source.input_shape
        seen = drawing.framed(ink, height, width, drawing.Frame(**args["frame"]))
        return _of_image(asked, np.repeat(seen[..., np.newaxis], channels[0], axis=2) if channels else seen, args)


def predict_picture(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to the image file ``arrays["file"]``, uint8 (n,); ``args["as_ink"]`` as :func:`pictures.picture`."""
    with refusing():
        asked = asked_of(args, settings)
        file = np.asarray(arrays["file"], np.uint8).tobytes()
        frame = drawing.Frame(**args["frame"])
        seen, size = pictures.picture(file, asked.made.source.input_shape, frame, as_ink=bool(args["as_ink"]))
        header, found = _of_image(asked, seen, args)
        return {**header, "size": list(size)}, found


def predict_sample(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to the row ``args["at"]`` of the prepared ``args["part"]``: its inputs are ``input``."""
    with refusing():
        asked = asked_of(args, settings)
        x = asked.prepared.array(f"x_{args['part']}")
        at = int(args["at"])
        if not 0 <= at < len(x):
            raise data.DataError(f"There is no row {at} in the {args['part']} part.")
        return _answered(asked, np.asarray(x[at : at + 1]))


def predict_row(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to one row of a table, ``args["cells"]`` by column; ``unknown`` is the share of words not known."""
    import pandas as pd

    with refusing():
        asked = asked_of(args, settings)
        columns = new_columns(asked.made, asked.spec.dataset, settings)
        frame = pd.DataFrame({name: pd.Series([value], dtype=object) for name, value in args["cells"].items()})
        rows = new_rows(asked.made, columns, frame)
        if rows.faults[0]:
            raise data.DataError(rows.faults[0])
        unknown = _unknown(asked, rows.x)
        header, found = _answered(asked, inputs_of(asked.made, asked.facts, rows.x))
        return {**header, "unknown": unknown}, found


def predict_text(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to ``args["text"]``, of words or of symbols; ``unknown`` are the words that are not known."""
    with refusing():
        asked = asked_of(args, settings)
        unknown: list[str] = []
        n = 0
        if asked.made.source.symbols:
            row = symbols_row(asked.made, args["text"])
        else:
            row, unknown, n = words_row(asked.made, asked.spec.dataset.source, args["text"], settings)
        header, found = _answered(asked, inputs_of(asked.made, asked.facts, row))
        return {**header, "unknown_words": unknown[:50], "n_unknown": len(unknown), "n_words": n}, found


def predict_steps(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The answer to a sequence of numbers, ``args["steps"]``: a list of numbers for each step."""
    with refusing():
        asked = asked_of(args, settings)
        shape = asked.made.source.input_shape
        try:
            x = np.asarray(args["steps"], np.float64)
        except (TypeError, ValueError) as error:
            raise data.DataError("A value of the sequence is missing or no number. Correct it.") from error
        if x.shape != shape or not np.isfinite(x).all():
            raise data.DataError(f"Expected {' × '.join(map(str, shape))} numbers, received a sequence with gaps.")
        return _answered(asked, inputs_of(asked.made, asked.facts, x[np.newaxis]))


def predict_series(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """How the series ``arrays["values"]`` goes on: ``forecast``, float64 (``args["steps"]``,), in its own units."""
    with refusing():
        asked = asked_of(args, settings)
        values = np.asarray(arrays["values"], np.float64).ravel()[-_STEPS:]
        of_network = _compiled(asked.model)

        def answer(x: np.ndarray) -> np.ndarray:
            return np.asarray(of_network(x), np.float32)

        found = forecast.forecast(answer, asked.made, asked.facts, values, int(args["steps"]))
        return {}, {"forecast": found}


def _of_image(asked: Asked, seen: np.ndarray, args: Mapping[str, Any]) -> Message:
    """The answer to an image from 0 to 1, brought to ``args["range"]``, that of the dataset's images, first."""
    low, high = (float(value) for value in args["range"])
    raw = (low + seen * np.float32(high - low))[np.newaxis]
    header, found = _answered(asked, inputs_of(asked.made, asked.facts, raw))
    return header, {**found, "seen": seen}


def _answered(asked: Asked, x: np.ndarray) -> Message:
    """``answer``: shares of classes, numbers in the units of the source, or what was rebuilt of ``input``."""
    answers = predictions(asked.model, x)
    if asked.facts.classes:
        found = shares(answers, asked.spec.training, asked.facts)
        return {"is_exact": found.is_exact}, {"answer": found.values[0], "input": x[0]}
    return {"is_exact": True}, {"answer": in_source_units(asked.made, asked.facts, answers[0]), "input": x[0]}


def _unknown(asked: Asked, x: np.ndarray | Table) -> float | None:
    """What share of the words of one row is not known. Raises DataError where that is all of them."""
    if not isinstance(x, Table) or not x.of("text"):
        return None
    steps = [step for step, _ in asked.made.steps]
    share = unknown_words(asked.made.source, Part(x, np.zeros(len(x))), steps, asked.facts.fitted)
    if share is None:
        raise data.DataError("There is no word in this text. Type some.")
    if share == 1:
        raise data.DataError(
            "The network knows none of the words of this text: it has never seen them in training. Type others."
        )
    return share


_compiled = functools.lru_cache(maxsize=2)(compiled)
"""The network as a graph: a forecast asks it hundreds of times, and a slider asks for many forecasts."""

PREDICT_QUESTIONS: dict[str, Callable[..., Message]] = {
    each.__name__: each
    for each in (
        predict_drawing,
        predict_picture,
        predict_sample,
        predict_row,
        predict_text,
        predict_steps,
        predict_series,
    )
}
