"""The job that evaluates a run on a part of its data and keeps what it found in the run's folder."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.insight.evaluate import evaluate
from playground.insight.trained import FILES, UntrainedError, trained
from playground.runs import Job, NotFoundError, open_store
from playground.runs.evaluations import keep
from playground.settings import Settings


def _evaluate(job: Job, settings: Settings, progress: Progress) -> Any:
    run_id, which, part = job.args["run"], job.args["which"], job.args["part"]
    if which not in FILES or part not in data.PARTS:
        raise data.DataError(f"There are no weights {which!r} or no part {part!r}.")
    try:
        spec = open_store(settings).runs.spec(run_id)
    except NotFoundError as error:
        raise data.DataError("This run has been deleted.") from error
    prepared = data.prepare(spec.dataset, spec.seed, settings, progress)
    folder = settings.run_dir(run_id)
    try:
        found = evaluate(trained(folder, spec, settings, which), spec, prepared, part, progress, settings)
        keep(folder, job.key, found)
    except (UntrainedError, ValueError) as error:
        raise data.DataError(str(error)) from error
    except OSError as error:
        raise data.DataError(f"What was found could not be kept: {error.strerror or error}.") from error
    return {"key": job.key}


EVALUATE_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"evaluate": _evaluate}
"""By what a job is called."""
