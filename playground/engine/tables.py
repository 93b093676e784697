"""A file from outside, taken in by a job: a copy lies in the home only while that reads it."""

import hashlib
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from playground.data.scratch import PREFIX
from playground.data.uploads.array_profile import ArrayProfile
from playground.data.uploads.profile import Profile
from playground.data.uploads.upload import brought
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.runs import Job, NotFoundError
from playground.settings import setting

_LOOK_S = 0.05
_PIECE = 1 << 20
_NAME = 140
COLLECTIONS = ("openml", "seaborn")
"""Where a table can be asked for by its name; each is a kind of job."""

_TAKING = ("take_in", *COLLECTIONS)


def submit_table(client: Client, path: Path, name: str) -> str:
    """Ask for the file at ``path``, called ``name``, to be taken in; returns the id of the job.

    Raises:
        SpecError: the file cannot be read, or is too large.
        HostError: there is no engine.
    """
    if path.exists() and not path.is_file():
        raise SpecError(f"{name}: expected a file with a table")
    try:
        with path.open("rb") as file:
            return submit_upload(client, file, name, path.stat().st_size)
    except OSError as error:
        raise SpecError(f"{name}: {error.strerror}") from error


def submit_upload(client: Client, file: BinaryIO, name: str, size: int) -> str:
    """Ask for what ``file`` holds, ``size`` bytes called ``name``, to be taken in; returns the id of the job.

    Raises: as :func:`submit_table`.
    """
    settings = client.settings
    if size > settings.max_table_mb * 10**6:
        limit = f"{settings.max_table_mb:,} MB ({setting('max_table_mb')})"
        raise SpecError(f"{name} has {size:,} bytes; this server takes {limit} at most")
    client.ensure_host()
    copy = settings.uploads_dir / f"{PREFIX}{secrets.token_hex(16)}"
    try:
        settings.uploads_dir.mkdir(parents=True, exist_ok=True)
        with copy.open("xb") as to:
            shutil.copyfileobj(file, to, _PIECE)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise SpecError(f"{name} cannot be copied: {error.strerror}") from error
    args = {"upload": copy.name, "name": name}
    job_id = client.store.jobs.create("take_in", copy.name, args, settings.owner)
    client.wake()
    return job_id


def submit_public(client: Client, collection: str, asked: str) -> str:
    """Ask for a table of a collection, by its name, to be taken in like a file; returns the id of the job.

    Args:
        collection: one of :data:`COLLECTIONS`.
        asked: the name; of OpenML's also the number.

    Raises:
        SpecError: that can be no name.
        HostError: there is no engine.
    """
    asked = asked.strip()
    if not 0 < len(asked) <= _NAME:
        raise SpecError(f"Expected the name of a table, received {asked[:_NAME]!r}")
    client.ensure_host()
    job_id = client.store.jobs.create(collection, asked, {"asked": asked}, client.settings.owner)
    client.wake()
    return job_id


def taking(client: Client, job_id: str) -> Job | None:
    """The job that takes in what somebody brings; ``None`` where there is no such job."""
    try:
        job = client.store.jobs.job(job_id)
    except NotFoundError:
        return None
    return job if job.kind in _TAKING else None


def brought_as(job: Job) -> str:
    """What a job takes in, as the one who brought it calls it."""
    name: str = job.args["name"] if "name" in job.args else job.args["asked"]
    return name


def cancel(client: Client, job_id: str) -> None:
    """End the job that takes a file in, and leave nothing of it behind."""
    client.store.jobs.cancel(job_id)
    _remove_copy(client, job_id)


def taken_in(client: Client, job_id: str, told: Callable[[Job], None] = lambda job: None) -> Profile | ArrayProfile:
    """The profile of the table, images or arrays that the job takes in, once it has.

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
        _remove_copy(client, job_id)
    if job.state != "finished":
        raise SpecError(job.error or "The file was not taken in: somebody cancelled it.")
    return brought(job.result["file"], client.settings)


def submit_retarget(client: Client, file: str, target: str) -> str:
    """Ask what another target means for a table that was taken in; returns the id of the job.

    Raises:
        HostError: there is no engine.
    """
    client.ensure_host()
    args = {"file": file, "target": target}
    job_id = client.store.jobs.create("retarget", _key(file, target), args, client.settings.owner)
    client.wake()
    return job_id


def retargeting(client: Client, file: str, target: str) -> Job | None:
    """The newest job that looks at the table with this target; ``None`` where nobody has asked."""
    return client.store.jobs.latest("retarget", _key(file, target))


def aimed(client: Client, profile: Profile, target: str) -> Profile | None:
    """``profile`` with another target and all that goes with it; ``None`` where no job has found that out.

    Raises:
        DataError: there is no such column.
    """
    goal = profile.column(target)
    if goal.name == profile.target:
        return profile
    job = retargeting(client, profile.file, goal.name)
    if job is None or job.state != "finished":
        return None
    aside = job.result["aside"]
    changes = {
        "target": goal.name,
        "target_reason": "it was chosen",
        "task": job.result["task"],
        "task_reason": job.result["task_reason"],
        "columns": tuple(each.model_copy(update={"aside": aside.get(each.name, "")}) for each in profile.columns),
    }
    return profile.model_copy(update=changes)


def _key(file: str, target: str) -> str:
    return f"{file[:64]}-{hashlib.sha256(target.encode()).hexdigest()[:32]}"


def _remove_copy(client: Client, job_id: str) -> None:
    copy = client.store.jobs.job(job_id).args.get("upload")  # tables of a collection come without
    if copy is not None:
        (client.settings.uploads_dir / copy).unlink(missing_ok=True)
