"""The job that asks the weights of some epochs of a run about its training rows."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.insight.row_history import row_history
from playground.insight.trained import UntrainedError, trained
from playground.runs import Job, NotFoundError, open_store
from playground.runs.evaluations import keep
from playground.settings import Settings


def _history(job: Job, settings: Settings, progress: Progress) -> Any:
    try:
        spec = open_store(settings).runs.spec(job.args["run"])
    except NotFoundError as error:
        raise data.DataError("This run has been deleted.") from error
    folder = settings.run_dir(job.args["run"])
    prepared = data.prepare(spec.dataset, spec.seed, settings, progress)
    try:
        model = trained(folder, spec, settings, "last")
        keep(folder, job.key, row_history(model, job.args["epoch"], folder, spec, prepared, progress))
    except UntrainedError as error:
        raise data.DataError(str(error)) from error
    except OSError as error:
        raise data.DataError(f"What was found could not be kept: {error.strerror or error}.") from error
    return {"key": job.key}


HISTORY_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"history": _history}
"""By what a job is called."""
