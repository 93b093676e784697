"""Housekeeping: runs that are deleted for good, and how much room runs and their home take."""

import os
import shutil
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from playground.engine.errors import SpecError
from playground.runs import NotFoundError, Store
from playground.runs.database import reading
from playground.settings import Settings

_DAY_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes that a home takes.

    Attributes:
        database: the store.
        runs: models, weights and logs of all runs.
        prepared: arrays that were made of datasets; they are made again when they are needed.
        datasets: files that were downloaded, or put there by hand.
        others: all else: files that people brought, kept weights, pictures, logs, backups.
        free: what the disk has left.
    """

    database: int
    runs: int
    prepared: int
    datasets: int
    others: int
    free: int


def delete(store: Store, settings: Settings, run_ids: Collection[str]) -> Sequence[str]:
    """Delete runs for good, with their files; returns which there were.

    Raises:
        SpecError: one of them has not ended; nothing is deleted then.
    """
    found = []
    for run_id in run_ids:
        try:
            found.append(store.runs.run(run_id))
        except NotFoundError:
            continue
    going = next((run for run in found if not run.is_ended), None)
    if going is not None:
        raise SpecError(f"Run {going.id} is {going.state}, expected one that has ended. Stop it first.")
    for run in found:
        store.runs.delete(run.id)
        shutil.rmtree(settings.run_dir(run.id), ignore_errors=True)
    return [run.id for run in found]


def prune(store: Store, settings: Settings, days: float | None = None) -> Sequence[str]:
    """Delete for good what has been in the bin for more than ``days``; returns the runs that were.

    A run that has been resumed since is left alone.

    Args:
        store: their store.
        settings: of its home.
        days: the server's ``keep_bin_days`` by default.
    """
    kept = settings.keep_bin_days if days is None else days
    old = store.labels.binned(time.time() - kept * _DAY_S)
    return delete(store, settings, [run_id for run_id in old if store.runs.run(run_id).is_ended])


def size_of(folder: Path) -> int:
    """Bytes that the files in ``folder`` and below take; 0 where there is none."""
    total, folders = 0, [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(Path(entry.path))
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except OSError:
            continue  # deleted since
    return total


def sizes(store: Store, settings: Settings) -> Sizes:
    """How much room the home and its store take now."""
    home = settings.home
    database = _database(store)
    parts = [size_of(folder) for folder in (home / "runs", settings.prepared_dir, settings.datasets_dir)]
    files = database if store.engine.dialect.name == "sqlite" else 0
    others = max(0, size_of(home) - sum(parts) - files)
    return Sizes(database, parts[0], parts[1], parts[2], others, shutil.disk_usage(home).free)


def _database(store: Store) -> int:
    if store.engine.dialect.name == "sqlite":
        file = Path(str(store.engine.url.database))
        beside = (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm"))
        return sum(each.stat().st_size for each in beside if each.exists())
    with reading(store.engine) as connection:
        return int(connection.execute(sa.select(sa.func.pg_database_size(sa.func.current_database()))).scalar_one())
