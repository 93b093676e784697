"""What training a draft takes, asked of a workbench beside the page and remembered."""

import functools
from concurrent.futures import Future, ThreadPoolExecutor

from playground.engine.device import device
from playground.engine.errors import AnswerError, HostError
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


def joined(spec: RunSpec, shapes: Shapes) -> Shapes:
    """``shapes`` with the device and with the cost of ``spec``, where that is known within a tenth of a second."""
    if not shapes.is_known or shapes.error or not shapes.layers:
        return shapes
    return shapes.model_copy(update={"cost": _within(_of(spec), _WAIT_S), "device": device(settings())})


def is_counted(spec: RunSpec) -> bool:
    """Whether there is nothing more to wait for."""
    return _of(spec).done()


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
    except TimeoutError:
        return None
    except (HostError, AnswerError):
        _asked.cache_clear()  # the next drawing of the page asks again
        return None
