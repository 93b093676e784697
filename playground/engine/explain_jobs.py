"""The job that looks at what a run has learned, and keeps what it found in the run's folder."""

from collections.abc import Callable, Mapping
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.insight.explain import Explained, explain
from playground.insight.trained import FILES, UntrainedError, trained
from playground.runs import Job, NotFoundError, open_store
from playground.runs.explanations import keep
from playground.settings import Settings

_PREPARING = 0.1


def _explain(job: Job, settings: Settings, progress: Progress) -> Any:
    run_id, which, part = job.args["run"], job.args["which"], job.args["part"]
    if which not in FILES:
        raise data.DataError(f"There are no weights {which!r}.")
    try:
        spec = open_store(settings).runs.spec(run_id)
    except NotFoundError as error:
        raise data.DataError("This run has been deleted.") from error
    prepared = data.prepare(spec.dataset, spec.seed, settings, lambda share, words: progress(_PREPARING * share, words))
    folder = settings.run_dir(run_id)

    def told(share: float, words: str) -> None:
        progress(_PREPARING + (1 - _PREPARING) * share, words)

    try:
        model = trained(folder, spec, settings, which)
        found = explain(Explained(model, spec, prepared, part, settings), job.args["what"], job.args["args"], told)
        keep(folder, job.key, found)
    except UntrainedError as error:
        raise data.DataError(str(error)) from error
    except OSError as error:
        raise data.DataError(f"What was found could not be kept: {error.strerror or error}.") from error
    return {"key": job.key}


EXPLAIN_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"explain": _explain}
"""By what a job is called."""
