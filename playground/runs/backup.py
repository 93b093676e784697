"""A copy of the store while others write to it."""

import contextlib
import os
import sqlite3
import time
from pathlib import Path

import sqlalchemy as sa

from playground.runs.database import StoreError, StoreFullError
from playground.runs.store import Store
from playground.settings import Settings

_BUSY_S = 30
_FULL = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def backup(store: Store, settings: Settings, target: Path | None = None) -> Path:
    """Copy the database of ``store`` as it is at this moment; returns where the copy lies.

    Nobody is held up: SQLite's online backup (https://www.sqlite.org/backup.html) reads one state of the database in a
    single step, and in WAL mode readers and writers do not wait for each other. The copy is checked, and is there at
    once or not at all. Files of runs, such as models, are no part of it.

    Args:
        store: what is copied.
        settings: of its home.
        target: the file to write, which must not exist; by default ``backups/playground-DATE-TIME.db`` of the home.

    Raises:
        StoreError: the store is a server's, the file is there already, or it cannot be written.
        StoreFullError: there is no room for it.
    """
    if store.engine.dialect.name != "sqlite":
        raise StoreError(f"The store is a database of a server. Make the copy there: {pg_dump(settings)}")
    if target is None:
        target = settings.home / "backups" / time.strftime("playground-%Y-%m-%d-%H%M%S.db")
    if target.exists():
        raise StoreError(f"{target} is there already; a backup does not overwrite. Give another name.")
    part = target.with_name(f"part-{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _copy(str(store.engine.url.database), part)
        os.replace(part, target)
    except OSError as error:
        raise StoreError(f"The backup {target} cannot be written: {error.strerror}. Give another folder.") from error
    except sqlite3.Error as error:
        kind = StoreFullError if getattr(error, "sqlite_errorcode", 0) & 0xFF in _FULL else StoreError
        raise kind(f"The backup {target} cannot be written: {error}. Free some disk space.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def pg_dump(settings: Settings) -> str:
    """The command that copies a server's database while others write to it, without a password."""
    url = sa.make_url(settings.store_url).set(drivername="postgresql", password=None)
    return f"pg_dump --format=custom --file=playground.dump '{url.render_as_string()}'"


def _copy(source: str, part: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(source, timeout=_BUSY_S)) as opened,
        contextlib.closing(sqlite3.connect(part)) as copy,
    ):
        opened.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a -wal beside it
        said = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise sqlite3.DatabaseError(f"the copy is damaged ({said})")
