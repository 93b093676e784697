"""How good the answers of a trained network are, on a part of its data."""

from typing import Any

import keras

from playground.data import Prepared
from playground.insight.class_answers import class_answers
from playground.insight.number_answers import number_answers
from playground.insight.rebuilt import rebuilt
from playground.insight.rows import Progress
from playground.runs.evaluations import Evaluation
from playground.specs import RunSpec

_ANSWERS = {
    "binary": class_answers,
    "multiclass": class_answers,
    "regression": number_answers,
    "reconstruction": rebuilt,
}


def evaluate(model: keras.Model, spec: RunSpec, prepared: Prepared, part: str, progress: Progress) -> Evaluation:
    """The answers of ``model`` on a part of its data, their scores with 95 % intervals, and those of simple answers.

    Its ``values`` have ``n``, the rows that were answered, ``of`` all; ``scores`` and ``naive``, whose entries are
    described where the task is: :func:`class_answers`, :func:`number_answers` and :func:`rebuilt`, which also say what
    ``arrays`` there are. ``at`` are the rows' positions in the part, int64 (n,).

    Args:
        model: with the weights of a run.
        spec: of that run.
        prepared: its data.
        part: ``train``, ``validation`` or ``test``.
        progress: told how far it is; may raise to cancel.

    Raises:
        ValueError: the part has no rows.
    """
    of = len(prepared.array(f"x_{part}"))
    if not of:
        raise ValueError(f"The {part} part of this data has no rows.")
    values, arrays = _ANSWERS[prepared.facts.task](model, spec, prepared, part, progress)
    found: dict[str, Any] = {"task": prepared.facts.task, "part": part, "n": len(arrays["at"]), "of": of, **values}
    return Evaluation(found, arrays)
