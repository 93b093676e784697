"""What training a draft takes, asked of a workbench beside the page and remembered."""

from concurrent.futures import Future, ThreadPoolExecutor

from playground.engine.device import device
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import DatasetSpec, ModelSpec, OptimizerSpec, RunSpec
from playground.specs.cost import Cost
from playground.specs.shapes import Shapes
from playground.ui import engine

_Question = tuple[Settings, ModelSpec, DatasetSpec, OptimizerSpec]

_KEPT = 256
_asked: "dict[_Question, Future[Cost | None]]" = {}
_askers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="playground-cost")


def begin(spec: RunSpec) -> None:
    """Ask what ``spec`` takes, unless it has been asked."""
    question = _question(spec)
    if question in _asked:
        return
    while len(_asked) >= _KEPT:
        del _asked[next(iter(_asked))]
    asked = {
        "version": 1,
        "dataset": spec.dataset.model_dump(),
        "model": spec.model.model_dump(),
        "training": {"optimizer": spec.training.optimizer.model_dump(), "loss": {"kind": "MeanSquaredError"}},
    }
    client = engine.client()  # here, not in the thread: settings belong to who asks
    _asked[question] = _askers.submit(lambda: Cost.from_answer(client.ask("cost", {"spec": asked})[0]))


def joined(spec: RunSpec, shapes: Shapes) -> Shapes:
    """``shapes`` with the device and with the cost of ``spec``, where it has been asked and answered."""
    if not can_count(shapes):
        return shapes
    where, cost = device(settings()), _answer(spec)
    return shapes.model_copy(update={"cost": cost and cost.on(where), "device": where})


def can_count(shapes: Shapes) -> bool:
    """Whether the layers fit together, so that there is something to count."""
    return shapes.is_known and not shapes.error and bool(shapes.layers)


def is_counted(spec: RunSpec) -> bool:
    """Whether it has been asked and there is nothing more to wait for."""
    answer = _asked.get(_question(spec))
    return answer is not None and answer.done()


def why_not(spec: RunSpec) -> str:
    """Why the count that was begun gave nothing, as soon as it has ended; empty where it did give something."""
    try:
        found = _asked[_question(spec)].result()
    except (EngineError, SpecError) as error:
        return str(error)
    return "" if found is not None else _("Keras could not put these layers together on this data.")


def again(spec: RunSpec) -> None:
    """Ask anew what ``spec`` takes; a callback, for a count that has failed."""
    _asked.pop(_question(spec), None)
    begin(spec)


def _question(spec: RunSpec) -> _Question:
    # What the answer does not depend on is left out: name, seed, batch size, loss.
    return settings(), spec.model, spec.dataset, spec.training.optimizer


def _answer(spec: RunSpec) -> Cost | None:
    answer = _asked.get(_question(spec))
    return None if answer is None or not answer.done() or answer.exception() else answer.result()
