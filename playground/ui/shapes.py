"""What Keras says of a draft's layers, asked of a workbench and remembered."""

import functools

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
        return _asked(settings(), spec.model.layers, spec.dataset)
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


@functools.lru_cache(maxsize=512)
def _asked(of: Settings, layers: tuple[LayerSpec, ...], dataset: DatasetSpec) -> Shapes:
    if not is_reachable():
        raise _UnreachableError
    question = {
        "version": 1,
        "dataset": dataset.model_dump(),
        "model": ModelSpec(layers=layers).model_dump(),
        "training": {"optimizer": {"kind": "Adam"}, "loss": {"kind": "MeanSquaredError"}},
    }
    header, _arrays = engine.client().ask("shapes", {"spec": question})
    return Shapes.from_answer(header)
