"""What Keras says of a draft's layers, asked of a workbench and remembered."""

import functools
from typing import Any

from playground.engine.errors import AnswerError, HostError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import DatasetSpec, LayerSpec, ModelSpec, RunSpec
from playground.specs.shapes import Shapes
from playground.ui import engine

_NOW_S = 0.5


class _UnreachableError(Exception):
    """There is no engine yet. Raised, not returned, so that it is not remembered."""


def of(spec: RunSpec) -> Shapes:
    """The shapes and parameters of the layers of ``spec``, up to the first that does not fit.

    Where they cannot be had now, because the engine is still starting or does not answer, ``note`` says why. Never
    waits for an engine to start; an answer takes some 20 ms, and the same question is not asked twice.
    """
    try:
        # The key leaves out what the answer does not depend on: name, seed, training, resting layers.
        return _asked(settings(), spec.model.layers, spec.model.weights, spec.dataset)
    except _UnreachableError:
        return Shapes(note=_("The engine is starting. Shapes appear as soon as it is there."))
    except (HostError, AnswerError, SpecError) as error:
        return Shapes(note=_("The shapes are not known: {why}").format(why=error))


def is_reachable() -> bool:
    """Whether an engine answers now."""
    try:
        return engine.client().ping(_NOW_S) is not None
    except HostError:
        return False


def question(model: ModelSpec, dataset: DatasetSpec) -> dict[str, Any]:
    """A whole spec, as JSON values, for a question that looks at its layers and its data only."""
    return {
        "version": 1,
        "dataset": dataset.model_dump(),
        "model": model.model_dump(),
        "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "MeanSquaredError"}},
    }


@functools.lru_cache(maxsize=512)
def _asked(of: Settings, layers: tuple[LayerSpec, ...], weights: str | None, dataset: DatasetSpec) -> Shapes:
    if not is_reachable():
        raise _UnreachableError
    asked = question(ModelSpec(layers=layers, weights=weights), dataset)
    header, _arrays = engine.client().ask("shapes", {"spec": asked})
    return Shapes.from_answer(header)
