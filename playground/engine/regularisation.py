"""What the lab of regularisation asks: a small network trained by a job, and the balls of a workbench."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground import data
from playground.data.source import Progress
from playground.engine.errors import RefusedError
from playground.engine.protocol import Message
from playground.labs import balls, regularisation
from playground.runs import Job
from playground.settings import Settings
from playground.specs import RunSpec
from playground.training.build import BuildError
from playground.training.shapes import LimitError


def _regularised(job: Job, settings: Settings, progress: Progress) -> Any:
    spec = RunSpec.from_dict(job.args["spec"])
    prepared = data.prepare(spec.dataset, spec.seed, settings, progress)
    try:
        return regularisation.fitted(spec, prepared, settings, progress)
    except (ValueError, BuildError, LimitError) as error:
        raise data.DataError(str(error)) from error


def touched(args: dict[str, Any], arrays: dict[str, np.ndarray], settings: Settings) -> Message:
    """Two weights under the penalty ``args["kind"]``: the fields of :class:`playground.labs.balls.Balls`."""
    try:
        best = float(args["best"][0]), float(args["best"][1])
        found = balls.balls(args["kind"], best, float(args["tilt"]))
    except (LookupError, ValueError, TypeError) as error:
        raise RefusedError(str(error)) from error
    return {}, found._asdict()


REGULARISATION_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"regularised": _regularised}
REGULARISATION_QUESTIONS: Mapping[str, Callable[..., Message]] = {"touched": touched}
