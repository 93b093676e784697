"""The job that writes the report of a run into its folder."""

import os
from collections.abc import Callable, Mapping
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.engine.asked import beside_of
from playground.insight.report import report
from playground.locale.text import _
from playground.runs import Job, NotFoundError, Store, open_store
from playground.runs.artifacts import REPORT
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.beside import besides


def _report(job: Job, settings: Settings, progress: Progress) -> Any:
    store = open_store(settings)
    run_id = job.args["run"]
    try:
        text = report(store, run_id, settings, _beside(store, store.runs.spec(run_id), settings), progress)
    except NotFoundError as error:
        raise data.DataError("This run has been deleted.") from error
    path = settings.run_dir(run_id) / REPORT
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"part-{REPORT}")
        temporary.write_text(text, encoding="utf-8")
        os.replace(temporary, path)
    except OSError as error:
        raise data.DataError(f"The report could not be kept: {error.strerror or error}.") from error
    return {"bytes": path.stat().st_size}


def _beside(store: Store, spec: RunSpec, settings: Settings) -> dict[str, Mapping[str, Any]]:
    """The scores that other models have reached, as far as somebody has asked for them."""
    found: dict[str, Mapping[str, Any]] = {}
    try:
        entries = besides(data.outline(spec.dataset, settings))
    except data.DataError:
        return found
    for entry in entries:
        asking = beside_of(spec.dataset, spec.seed, entry.id)
        job = store.jobs.latest(asking.kind, asking.key)
        if job is not None and job.result and entry.id != "Dummy":
            found[_(entry.label)] = job.result["scores"]
    return found


REPORT_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"report": _report}
"""By what a job is called."""
