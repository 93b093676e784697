"""What the lists of runs keep of one run: a row of the table ``listing``."""

import math
from typing import Any

from playground.runs.metric import Metric
from playground.runs.outline import headline
from playground.runs.run import Run
from playground.specs import RunSpec
from playground.specs.model_line import model_line


def listed(run: Run, spec: RunSpec) -> dict[str, Any]:
    """The whole row of ``run``, of which ``spec`` was asked for."""
    return {
        "run_id": run.id,
        "owner": run.owner,
        "created_at": run.created_at,
        "name": run.name,
        "dataset": spec.dataset.source,
        "model": model_line(spec),
        **moving(run),
    }


def moving(run: Run) -> dict[str, Any]:
    """The part of the row that events change.

    ``last`` and ``best`` are of ``metric``, the one that says most; NaN is no value, since databases sort it in
    different places.
    """
    name = headline(run.metrics)
    loss = run.metrics.get("val_loss", run.metrics.get("loss"))
    said = run.metrics[name] if name else None
    return {
        "state": run.state,
        "epochs": run.epochs,
        "epoch": run.epoch,
        "seconds": run.seconds,
        "parameters": run.parameters,
        "device": run.device and run.device[:80],
        "metric": name and name[:80],
        **dict(zip(("last", "best"), _values(said), strict=True)),
        **dict(zip(("loss", "best_loss"), _values(loss), strict=True)),
    }


def _values(metric: Metric | None) -> tuple[float | None, float | None]:
    if metric is None:
        return None, None
    last, best = (None if math.isnan(each) else each for each in (metric.last, metric.best))
    return last, best
