"""The jobs behind trying a network: what its inputs are like, and its answers to a whole table."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.engine.predict_files import answers_path
from playground.insight.inputs import described
from playground.insight.many_rows import answered_rows
from playground.insight.trained import UntrainedError
from playground.runs import Job
from playground.settings import Settings
from playground.specs import RunSpec


def _inputs(job: Job, settings: Settings, progress: Progress) -> Any:
    return described(RunSpec.from_dict(job.args["spec"]), settings, progress)


def _predict_rows(job: Job, settings: Settings, progress: Progress) -> Any:
    run_id, which = Path(job.args["run"]).name, job.args["which"]
    path = settings.uploads_dir / Path(job.args["upload"]).name
    spec = RunSpec.from_dict(job.args["spec"])
    to = answers_path(settings, run_id, job.key)
    try:
        return answered_rows(spec, settings.run_dir(run_id), which, path, job.args["name"], to, settings, progress)
    except UntrainedError as error:
        raise data.DataError(str(error)) from error
    finally:
        path.unlink(missing_ok=True)


PREDICT_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {
    "inputs": _inputs,
    "predict_rows": _predict_rows,
}
"""By what a job is called."""
