"""A table file from outside, taken in by a job: a copy lies in the home only while that reads it."""

import contextlib
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from playground.data.profile import Profile
from playground.data.scratch import PREFIX
from playground.data.upload import profile_of
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.runs import Job
from playground.settings import setting

_LOOK_S = 0.05


def submit_table(client: Client, path: Path, name: str) -> str:
    """Ask for the table in the file at ``path``, called ``name``, to be taken in; returns the id of the job.

    Raises:
        SpecError: the file cannot be read, or is too large.
        HostError: there is no engine.
    """
    settings = client.settings
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SpecError(f"{name}: {error.strerror}") from error
    if not path.is_file():
        raise SpecError(f"{name}: expected a file with a table")
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise SpecError(f"{name} has {size:,} bytes; this server takes {limit} at most")
    client.ensure_host()
    settings.uploads_dir.mkdir(parents=True, exist_ok=True)
    copy = settings.uploads_dir / f"{PREFIX}{secrets.token_hex(16)}"
    try:
        shutil.copyfile(path, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise SpecError(f"{name} cannot be read: {error.strerror}") from error
    args = {"upload": copy.name, "name": name}
    job_id = client.store.jobs.create("take_in", copy.name, args, settings.owner)
    client.wake()
    return job_id


def taken_in(client: Client, job_id: str, told: Callable[[Job], None] = lambda job: None) -> Profile:
    """The profile of the table that the job takes in, once it has.

    Args:
        client: the engine.
        job_id: from :func:`submit_table`.
        told: called with the job while it goes on.

    Raises:
        SpecError: it could not be taken in; the message says why.
    """
    try:
        while not (job := client.store.jobs.job(job_id)).is_ended:
            told(job)
            client.tend()
            time.sleep(_LOOK_S)
    except KeyboardInterrupt:
        client.store.jobs.cancel(job_id)
        raise
    finally:
        with contextlib.suppress(FileNotFoundError):
            (client.settings.uploads_dir / client.store.jobs.job(job_id).args["upload"]).unlink()
    if job.state != "finished":
        raise SpecError(job.error or "The table was not taken in: somebody cancelled it.")
    return profile_of(job.result["file"], client.settings)
