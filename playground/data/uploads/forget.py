"""Deletes files that people brought, what was prepared from them and pictures that were taken of them."""

import shutil
from collections.abc import Collection

from playground.data.prepared import prepared_from
from playground.data.scratch import sweep
from playground.data.statistics.picture import forget_pictures
from playground.data.uploads.upload import SHA256, folder_of
from playground.settings import Settings


def forget(file: str, settings: Settings) -> None:
    """Delete what is kept of the file with that SHA-256, and all that was made of it: prepared arrays and pictures.

    Raises:
        DataError: that is no SHA-256.
    """
    shutil.rmtree(folder_of(file, settings), ignore_errors=True)
    forget_pictures(file, settings)
    for folder in prepared_from(file, settings):
        shutil.rmtree(folder, ignore_errors=True)


def forget_old(held: Collection[str], before: float, settings: Settings) -> None:
    """Delete the files that are not ``held`` and were brought before that time, in seconds since the epoch."""
    sweep(settings.uploads_dir)
    for folder in settings.uploads_dir.glob("*"):
        if SHA256.fullmatch(folder.name) and folder.name not in held and folder.stat().st_mtime < before:
            forget(folder.name, settings)
