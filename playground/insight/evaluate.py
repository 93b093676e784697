"""How good the answers of a trained network are, on a part of its data."""

from typing import Any

import keras
import numpy as np

from playground.data import DataError, Prepared
from playground.data.plan import plan
from playground.insight.class_answers import class_answers
from playground.insight.horizons import by_horizon
from playground.insight.mistaken_texts import mistaken_texts
from playground.insight.number_answers import number_answers
from playground.insight.rebuilt import rebuilt
from playground.insight.rows import Progress
from playground.insight.series import last_seen, values_of
from playground.runs.evaluations import Evaluation
from playground.settings import Settings
from playground.settings import settings as own_settings
from playground.specs import RunSpec

_ANSWERS = {
    "binary": class_answers,
    "multiclass": class_answers,
    "regression": number_answers,
    "reconstruction": rebuilt,
}


Found = tuple[dict[str, Any], dict[str, np.ndarray]]


def evaluate(
    model: keras.Model,
    spec: RunSpec,
    prepared: Prepared,
    part: str,
    progress: Progress,
    settings: Settings | None = None,
) -> Evaluation:
    """The answers of ``model`` on a part of its data, their scores with 95 % intervals, and those of simple answers.

    Its ``values`` have ``n``, the rows that were answered, ``of`` all; ``scores`` and ``naive``, whose entries are
    described where the task is: :func:`class_answers`, :func:`number_answers` and :func:`rebuilt`, which also say what
    ``arrays`` there are. ``at`` are the rows' positions in the part, int64 (n,). Of a series there are also ``place``,
    where in it each target lies, int64 (n,), ``before``, float32 (n,), the value that a target is the difference from,
    where targets are differences, and what :func:`by_horizon` gives; of texts what :func:`mistaken_texts` does.

    Args:
        model: with the weights of a run.
        spec: of that run.
        prepared: its data.
        part: ``train``, ``validation`` or ``test``.
        progress: told how far it is; may raise to cancel.
        settings: whose limits hold; this process's without.

    Raises:
        ValueError: the part has no rows.
    """
    of = len(prepared.array(f"x_{part}"))
    if not of:
        raise ValueError(f"The {part} part of this data has no rows.")
    task, limits = prepared.facts.task, settings or own_settings()
    values, arrays = _ANSWERS[task](model, spec, prepared, part, progress)
    more: Found = ({}, {})
    if prepared.facts.is_series and task == "regression":
        more = _of_series(model, spec, prepared, part, (values, arrays), limits, progress)
    elif task in ("binary", "multiclass") and values["per_row"] == 1:
        more = mistaken_texts(model, spec, prepared, part, arrays, limits, progress)
    found: dict[str, Any] = {"task": task, "part": part, "n": len(arrays["at"]), "of": of, **values, **more[0]}
    return Evaluation(found, {**arrays, **more[1]})


def _of_series(
    model: keras.Model,
    spec: RunSpec,
    prepared: Prepared,
    part: str,
    answered: Found,
    settings: Settings,
    progress: Progress,
) -> Found:
    """Where the answers lie in the series, and forecasts several steps ahead."""
    made = plan(spec.dataset, settings)
    try:
        series = values_of(made, spec, settings)
    except DataError:  # its file is not here any more; all else is
        return {}, {}
    seen = last_seen(made, np.asarray(prepared.array(f"rows_{part}"))[answered[1]["at"]])
    where = {"place": seen + int(made.options["horizon"])}
    if made.options["difference"]:
        where["before"] = series[seen].astype(np.float32)
    period = next((each["period"] for each in answered[0]["naive"] if "period" in each), None)
    period = None if period is None else period * int(made.options.get("stride", 1))
    values, arrays = by_horizon(model, made, series, prepared, part, period, progress)
    return values, {**where, **arrays}
