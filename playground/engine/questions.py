"""What can be asked of a workbench: small things about a spec, answered by Keras itself.

Each question takes JSON arguments, arrays and the settings, and gives JSON values and arrays back.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pydantic

from playground import data
from playground.engine.augment_question import augmented
from playground.engine.convolution_questions import CONVOLUTION_QUESTIONS
from playground.engine.errors import RefusedError
from playground.engine.explain_questions import EXPLAIN_QUESTIONS
from playground.engine.formula_questions import FORMULA_QUESTIONS
from playground.engine.lab_questions import LAB_QUESTIONS
from playground.engine.model_questions import MODEL_QUESTIONS
from playground.engine.plane_question import PLANE_QUESTIONS
from playground.engine.predict_questions import PREDICT_QUESTIONS
from playground.engine.protocol import Message
from playground.engine.regularisation import REGULARISATION_QUESTIONS
from playground.engine.sequence_questions import SEQUENCE_QUESTIONS
from playground.engine.tensor_questions import TENSOR_QUESTIONS
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError
from playground.training.cost import cost as training_cost
from playground.training.errors import first_sentences
from playground.training.planned_rates import planned_rates
from playground.training.shapes import LimitError, summarise
from playground.training.weights import misfit


def summary(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """Shapes and parameters of the model of ``args["spec"]``, layer by layer, and what is known of its data.

    No data is read and nothing is allocated.
    """
    try:
        spec = RunSpec.from_dict(args["spec"])
        facts = data.outline(spec.dataset)
        found = summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
    except (BuildError, LimitError, data.DataError, pydantic.ValidationError) as error:
        raise RefusedError(str(error), layer=getattr(error, "layer", None)) from error
    start = misfit(spec.model, facts.input_shape, facts.input_dtype, settings)
    return {"summary": found.to_dict(), "facts": facts.model_dump(), "weights_misfit": start}, {}


def shapes(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """As :func:`summary`, of a model that may be unfinished: the layers up to the first that does not fit, and why.

    Its ``error`` is ``None`` or ``{"layer": name or None, "message": text}``.
    """
    spec = RunSpec.from_dict(args["spec"])
    error, start = None, ""
    try:
        facts = data.outline(spec.dataset)
    except data.DataError as found:
        return {"summary": None, "error": {"layer": None, "message": str(found)}}, {}
    if not spec.model.layers:
        return {"summary": {"layers": (), "parameters": 0, "trainable": 0}, "error": None}, {}
    made: Any
    try:
        made = summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        start = misfit(spec.model, facts.input_shape, facts.input_dtype, settings)
    except (BuildError, LimitError) as found:
        made = found.so_far
        error = {"layer": found.layer, "message": str(found)}
    return {"summary": made.to_dict(), "error": error, "weights_misfit": start}, {}


def cost(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """What training ``args["spec"]`` takes, as ``Cost`` has it; ``None`` where its layers do not fit together."""
    spec = RunSpec.from_dict(args["spec"])
    try:
        facts = data.outline(spec.dataset)
        summarise(spec.model, facts.input_shape, facts.input_dtype, settings)
        found = training_cost(spec, facts)
    except (BuildError, LimitError, data.DataError):
        return {"cost": None}, {}
    return {"cost": found.model_dump()}, {}


def planned(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """The arrays ``steps`` and ``rates`` of the schedule ``args["schedule"]`` over ``args["steps"]`` steps."""
    schedule = args["schedule"]
    try:
        steps, rates = planned_rates(schedule["kind"], schedule.get("args") or {}, int(args["steps"]))
    except (ArithmeticError, LookupError, TypeError, ValueError) as error:
        raise RefusedError(f"{schedule.get('kind')}: {first_sentences(error)}") from error
    return {}, {"steps": steps, "rates": rates}


QUESTIONS: dict[str, Callable[..., Message]] = {
    "summary": summary,
    "shapes": shapes,
    "cost": cost,
    "planned": planned,
    "augmented": augmented,
    **MODEL_QUESTIONS,
    **PLANE_QUESTIONS,
    **LAB_QUESTIONS,
    **FORMULA_QUESTIONS,
    **REGULARISATION_QUESTIONS,
    **PREDICT_QUESTIONS,
    **EXPLAIN_QUESTIONS,
    **TENSOR_QUESTIONS,
    **CONVOLUTION_QUESTIONS,
    **SEQUENCE_QUESTIONS,
}
