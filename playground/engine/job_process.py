"""One job, in a process of its own."""

import os
import resource
import time
import traceback
from collections.abc import Callable
from typing import Any

from playground import data
from playground.data.downloads import backbone_weights
from playground.data.downloads.openml import fetch_openml
from playground.data.downloads.seaborn import fetch_seaborn
from playground.data.source import Progress
from playground.data.statistics import Asked
from playground.data.uploads.look import retargeted
from playground.data.uploads.profile import Profile
from playground.data.uploads.upload import profile_of, take_in
from playground.engine import process
from playground.engine.evaluate_jobs import EVALUATE_JOBS
from playground.engine.explain_jobs import EXPLAIN_JOBS
from playground.engine.export_jobs import EXPORT_JOBS
from playground.engine.hand_jobs import HAND_JOBS
from playground.engine.history_jobs import HISTORY_JOBS
from playground.engine.predict_jobs import PREDICT_JOBS
from playground.engine.regularisation import REGULARISATION_JOBS
from playground.engine.report_jobs import REPORT_JOBS
from playground.engine.statistics import take_picture
from playground.engine.uploads import forget_expired
from playground.runs import Job, Store, open_store
from playground.settings import Settings, setting
from playground.specs import DatasetSpec, ModelSpec

_EVERY_S = 0.2


class CancelledError(Exception):
    """Somebody cancelled the job."""


def main(settings: Settings, job_id: str) -> int:
    """Do the job and record how it ended; returns the exit status."""
    limit = settings.max_job_memory_mb * 10**6
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    store = open_store(settings)
    pid = os.getpid()
    store.jobs.start(job_id, process.machine(), pid, process.started_at(pid) or time.time())
    job = store.jobs.job(job_id)
    try:
        result = JOBS[job.kind](job, settings, _progress(store, job_id))
    except CancelledError:
        store.jobs.end(job_id, "cancelled")
    except data.DataError as error:
        store.jobs.end(job_id, "failed", error=str(error))
    except MemoryError:
        traceback.print_exc()
        limit_words = f"{settings.max_job_memory_mb:,} MB ({setting('max_job_memory_mb')})"
        store.jobs.end(job_id, "failed", error=f"It needs more memory than a job may use, {limit_words}.")
    except Exception as error:
        traceback.print_exc()
        words = " ".join(str(error).split())[:300]
        store.jobs.end(job_id, "failed", error=f"It failed with {type(error).__name__}: {words}")
        return 1
    else:
        store.jobs.end(job_id, "finished", result=result)
    return 0


def _progress(store: Store, job_id: str) -> Progress:
    last = 0.0

    def report(progress: float, message: str) -> None:
        nonlocal last
        if time.monotonic() - last < _EVERY_S:
            return
        last = time.monotonic()
        if not store.jobs.progress(job_id, progress, message):
            raise CancelledError

    return report


def _prepare(job: Job, settings: Settings, progress: Progress) -> Any:
    spec = DatasetSpec.model_validate(job.args["dataset"])
    prepared = data.prepare(spec, job.args["seed"], settings, progress)
    return {"folder": prepared.folder.name}


def _weights(job: Job, settings: Settings, progress: Progress) -> Any:
    model = ModelSpec.model_validate(job.args["model"])
    backbone_weights.fetch(model, settings, progress)
    return {"files": [file.name for _layer, file in backbone_weights.pretrained(model)]}


def _take_in(job: Job, settings: Settings, progress: Progress) -> Any:
    forget_expired(open_store(settings), settings)
    path = settings.uploads_dir / job.args["upload"]
    try:
        profile = take_in(path, job.args["name"], settings, progress)
    finally:
        path.unlink(missing_ok=True)
    return {"file": profile.file}


def _public(fetch: Callable[[str, Settings, Progress], Profile]) -> Callable[[Job, Settings, Progress], Any]:
    def take(job: Job, settings: Settings, progress: Progress) -> Any:
        forget_expired(open_store(settings), settings)
        return {"file": fetch(job.args["asked"], settings, progress).file}

    return take


def _retarget(job: Job, settings: Settings, progress: Progress) -> Any:
    progress(0.0, "Looking at the columns")
    profile = retargeted(profile_of(job.args["file"], settings), job.args["target"], settings)
    aside = {column.name: column.aside for column in profile.columns if column.aside}
    return {"task": profile.task, "task_reason": profile.task_reason, "aside": aside}


def _statistics(job: Job, settings: Settings, progress: Progress) -> Any:
    asked = Asked.model_validate(job.args["asked"])
    take_picture(asked, settings, progress)
    return {"key": asked.key}


JOBS: dict[str, Callable[[Job, Settings, Progress], Any]] = {
    "prepare": _prepare,
    "weights": _weights,
    "take_in": _take_in,
    "openml": _public(fetch_openml),
    "seaborn": _public(fetch_seaborn),
    "statistics": _statistics,
    "retarget": _retarget,
    **HAND_JOBS,
    **REGULARISATION_JOBS,
    **PREDICT_JOBS,
    **EVALUATE_JOBS,
    **EXPORT_JOBS,
    **EXPLAIN_JOBS,
    **HISTORY_JOBS,
    **REPORT_JOBS,
}
