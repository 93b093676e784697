"""The job that packs a run as a zip."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playground import data
from playground.data.source import Progress
from playground.engine.export_files import FORMS, export_path
from playground.insight.fresh_check import CheckError
from playground.insight.run_archive import TEXTS, Wanted, archive
from playground.insight.trained import FILES, UntrainedError
from playground.runs import Job, NotFoundError, open_store
from playground.settings import Settings

_KEPT = 3
"""Zips of one run that stay; the oldest make room."""


def _export(job: Job, settings: Settings, progress: Progress) -> Any:
    run_id, which = job.args["run"], job.args["which"]
    if which not in FILES or not set(job.args["forms"]) <= set(FORMS) or not set(job.args["texts"]) <= set(TEXTS):
        raise data.DataError("Something is asked for that no zip holds.")
    wanted = Wanted(tuple(job.args["forms"]), which, job.args["texts"])
    to = export_path(settings, run_id, job.key)
    try:
        found = archive(open_store(settings), run_id, wanted, to, settings, progress)
    except NotFoundError as error:
        raise data.DataError("This run has been deleted.") from error
    except (UntrainedError, CheckError) as error:
        raise data.DataError(str(error)) from error
    except OSError as error:
        why = error.strerror or error
        raise data.DataError(f"The zip could not be written: {why}. Free some space and try again.") from error
    _forget_oldest(to.parent)
    return found


def _forget_oldest(folder: Path) -> None:
    zips = sorted(folder.glob("*.zip"), key=lambda path: path.stat().st_mtime, reverse=True)
    for each in zips[_KEPT:]:
        each.unlink(missing_ok=True)


EXPORT_JOBS: Mapping[str, Callable[[Job, Settings, Progress], Any]] = {"export": _export}
"""By what a job is called."""
