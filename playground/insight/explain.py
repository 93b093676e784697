"""What a network has learned, each way of looking at it under its name."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np

from playground.data import DataError, Prepared
from playground.insight.explain_cam import cam
from playground.insight.explain_columns import TableRows, dependence, importance
from playground.insight.explain_gradients import integrated_gradients
from playground.insight.explain_map import layer_map
from playground.insight.explain_unit import exciting
from playground.insight.number_answers import before_steps
from playground.insight.rows import Progress
from playground.runs.evaluations import Evaluation
from playground.settings import Settings
from playground.specs import RunSpec

PARTS = ("validation", "train")
"""Whose rows can be looked at: the test part is for the end."""

_FEW_ROWS, _ROWS = 300, 1_000
_AVERAGED = 2_000

Found = tuple[dict[str, Any], dict[str, np.ndarray]]


class Explained(NamedTuple):
    """What is looked at.

    Attributes:
        model: with the weights of a run.
        spec: of that run.
        prepared: its data.
        part: whose rows, one of :data:`PARTS`.
        settings: whose folders hold the data.
    """

    model: keras.Model
    spec: RunSpec
    prepared: Prepared
    part: str
    settings: Settings


def explain(of: Explained, what: str, args: Mapping[str, Any], progress: Progress) -> Evaluation:
    """What is found by the way ``what``, one of :data:`WAYS`; ``args`` are the arguments of its function.

    Raises:
        DataError: there is no such way, row, layer, unit, class or column, or it does not fit the network.
    """
    if what not in WAYS or of.part not in PARTS:
        raise DataError(f"Expected one of {', '.join(WAYS)} on {' or '.join(PARTS)}, received {what!r} on {of.part!r}.")
    values, arrays = WAYS[what](of, args, progress)
    return Evaluation({"what": what, "part": of.part, **values}, arrays)


def sample(prepared: Prepared, part: str, at: int) -> np.ndarray:
    """The prepared input at the position ``at`` of ``part``, without the batch axis. Raises DataError."""
    x = prepared.array(f"x_{part}")
    if not 0 <= at < len(x):
        raise DataError(f"The {part} part has rows from 1 to {len(x):,}; received {at + 1:,}.")
    return np.asarray(x[at])


def _cam(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    """``at``, ``label`` and ``layer``, ``None`` for the usual ones; see :func:`explain_cam.cam`."""
    progress(0.2, "Asking the network")
    return cam(of.model, of.prepared.facts, sample(of.prepared, of.part, args["at"]), args["layer"], args["label"])


def _gradients(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    """``at``, ``label``, and ``baseline``: ``average`` or ``lowest``; see :func:`integrated_gradients`."""
    x = sample(of.prepared, of.part, args["at"])
    start = baseline(of.prepared, args["baseline"])
    values, arrays = integrated_gradients(of.model, of.prepared.facts, x, start, args["label"], progress)
    if of.prepared.facts.task == "regression":
        _in_units(of, values, arrays)
    return values, {**arrays, "baseline": start.astype(np.float32)}


def _in_units(of: Explained, values: dict[str, Any], arrays: dict[str, np.ndarray]) -> None:
    """Have the answers be on the scale of the data, and the effects add up to their change there."""
    answers = np.array([values["value"], values["baseline_value"]])
    here, there = before_steps(answers, of.spec, of.prepared).tolist()
    change = answers[0] - answers[1]
    scale = (here - there) / change if change else 0.0
    values |= {"value": here, "baseline_value": there, "gap": values["gap"] * abs(scale)}
    arrays["effects"] = (arrays["effects"] * scale).astype(np.float32)


def baseline(prepared: Prepared, kind: str) -> np.ndarray:
    """What an input is compared with: the ``average`` training row, or everywhere the ``lowest`` value of all."""
    train = prepared.array("x_train")
    rows = np.asarray(train[np.linspace(0, len(train) - 1, min(len(train), _AVERAGED)).astype(int)], np.float64)
    if kind == "average":
        return np.asarray(rows.mean(axis=0))
    if kind == "lowest":
        return np.full(rows.shape[1:], rows.min())
    raise DataError(f"Expected average or lowest to compare with, received {kind!r}.")


def _importance(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    rows = TableRows(of.model, of.spec, of.prepared, of.part, _ROWS, of.settings, progress)
    return importance(rows, progress)


def _dependence(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    """``column``, from 0; see :func:`dependence`."""
    rows = TableRows(of.model, of.spec, of.prepared, of.part, _FEW_ROWS, of.settings, progress)
    return dependence(rows, args["column"], progress)


def _map(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    """``layer`` and ``method``; see :func:`layer_map`."""
    return layer_map(of.model, of.prepared, of.part, args["layer"], args["method"], progress)


def _unit(of: Explained, args: Mapping[str, Any], progress: Progress) -> Found:
    """``layer`` and ``unit``, from 0; see :func:`exciting`."""
    return exciting(of.model, of.prepared, of.part, args["layer"], args["unit"], progress)


WAYS: Mapping[str, Callable[[Explained, Mapping[str, Any], Progress], Found]] = {
    "cam": _cam,
    "gradients": _gradients,
    "importance": _importance,
    "dependence": _dependence,
    "map": _map,
    "unit": _unit,
}
"""By the name that a job is asked for."""
