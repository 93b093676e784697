"""The jobs that follow a small run step by step, and that fit an estimator beside a network."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.runs import Job
from playground.settings import Settings
from playground.specs import DatasetSpec, RunSpec
from playground.training.beside import fitted_beside
from playground.training.build import BuildError
from playground.training.by_hand import ByHandError, by_hand
from playground.training.shapes import LimitError


def _by_hand(job: Job, settings: Settings, progress: Progress) -> Any:
    spec = RunSpec.from_dict(job.args["spec"])
    prepared = data.prepare(spec.dataset, spec.seed, settings, progress)
    try:
        return by_hand(spec, prepared, settings, progress)
    except (ByHandError, BuildError, LimitError) as error:
        raise data.DataError(str(error)) from error


def _beside(job: Job, settings: Settings, progress: Progress) -> Any:
    dataset, seed = DatasetSpec.model_validate(job.args["dataset"]), job.args["seed"]
    prepared = data.prepare(dataset, seed, settings, progress)
    return fitted_beside(prepared, job.args["estimator"], job.args["args"], seed, progress)


HAND_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"by_hand": _by_hand, "beside": _beside}
"""By what a job is called."""
