"""What training a draft takes, asked of a workbench beside the page and remembered."""

import functools
from concurrent.futures import Future, ThreadPoolExecutor

from playground.engine.device import device
from playground.engine.errors import EngineError, SpecError
from playground.locale.text import _
from playground.settings import Settings, settings
from playground.specs import DatasetSpec, ModelSpec, OptimizerSpec, RunSpec
from playground.specs.cost import Cost
from playground.specs.shapes import Shapes
from playground.ui import engine

_WAIT_S = 0.1  # most answers take less; a page that has been drawn is worth more than one that is complete
_askers = ThreadPoolExecutor(max_workers=4, thread_name_prefix="playground-cost")


def begin(spec: RunSpec) -> None:
    """Ask what ``spec`` takes, unless it has been asked; the answer comes while the page is drawn."""
    _of(spec)


def joined(spec: RunSpec, shapes: Shapes, within_s: float = _WAIT_S) -> Shapes:
    """``shapes`` with the device and with the cost of ``spec``, where that is known within ``within_s`` seconds."""
    if not can_count(shapes):
        return shapes
    return shapes.model_copy(update={"cost": _within(_of(spec), within_s), "device": device(settings())})


def can_count(shapes: Shapes) -> bool:
    """Whether the layers fit together, so that there is something to count."""
    return shapes.is_known and not shapes.error and bool(shapes.layers)


def is_counted(spec: RunSpec) -> bool:
    """Whether there is nothing more to wait for."""
    return _of(spec).done()


def why_not(spec: RunSpec) -> str:
    """Why the count that has ended gave nothing; empty where it did."""
    try:
        return "" if _of(spec).result() is not None else _("Keras could not put these layers together on this data.")
    except (EngineError, SpecError) as error:
        return str(error)


def again(spec: RunSpec) -> None:
    """Ask anew what ``spec`` takes; a callback, for a count that has failed."""
    _asked.cache_clear()
    begin(spec)


def _of(spec: RunSpec) -> "Future[Cost | None]":
    # The key leaves out what the answer does not depend on: name, seed, batch size, loss.
    return _asked(settings(), spec.model, spec.dataset, spec.training.optimizer)


@functools.lru_cache(maxsize=256)
def _asked(of: Settings, model: ModelSpec, dataset: DatasetSpec, optimizer: OptimizerSpec) -> "Future[Cost | None]":
    question = {
        "version": 1,
        "dataset": dataset.model_dump(),
        "model": model.model_dump(),
        "training": {"optimizer": optimizer.model_dump(), "loss": {"kind": "MeanSquaredError"}},
    }
    client = engine.client()  # here, not in the thread: settings belong to who asks
    return _askers.submit(lambda: Cost.from_answer(client.ask("cost", {"spec": question})[0]))


def _within(answer: "Future[Cost | None]", seconds: float) -> Cost | None:
    try:
        return answer.result(seconds)
    except (TimeoutError, EngineError, SpecError):
        return None
