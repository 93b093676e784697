"""The connection to the store: SQLite in WAL mode by default, PostgreSQL by URL."""

import contextlib
import errno
import fcntl
import functools
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

from playground.settings import Settings, setting

HEAD = "0005"
"""The newest migration; :func:`migrated` runs alembic only when the store stands at another one."""

_BUSY_S = 30
_KEPT: Mapping[str, Any] = {"pool_size": 4, "max_overflow": 28}
"""Many sessions draw at once, few for long."""
_PG_DISK_FULL = "53100"  # https://www.postgresql.org/docs/current/errcodes-appendix.html
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs", "9p", "lustre", "gpfs", "beegfs", "glusterfs", "afs", "ceph"}
)


class StoreError(RuntimeError):
    """The store cannot be used; the message says why and what to do."""


class StoreFullError(StoreError):
    """There is no room left to write."""


def connect(settings: Settings, *, keeps_connections: bool = False) -> Engine:
    """The engine of the store that ``settings`` name, migrated to the present version.

    Connections are opened for one use and closed (NullPool), so that none crosses a fork.

    Args:
        settings: whose store.
        keeps_connections: whether a few connections are used again: opening one takes longer than most queries. Only
            for a process that does not fork from here on.

    Raises:
        StoreError: the home cannot hold a store, or the database does not answer.
    """
    url = sa.make_url(settings.store_url)
    how = _KEPT if keeps_connections else {"poolclass": NullPool}
    if url.get_backend_name() == "sqlite":
        _check_home(Path(url.database or "").resolve().parent)
        engine = sa.create_engine(url, connect_args={"timeout": _BUSY_S}, **how)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    else:
        if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        # A server that was started anew is noticed before a connection is used.
        engine = sa.create_engine(url, pool_pre_ping=keeps_connections, **how)
    try:
        migrated(engine, settings.home)
    except (sa.exc.DBAPIError, OSError) as error:
        kind = StoreFullError if _is_full(error) else StoreError
        raise kind(
            f"The store at {url.render_as_string(hide_password=True)} cannot be opened: {_reason(error)}. "
            f"Check {setting('home')} and {setting('database_url')}."
        ) from error
    return engine


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads: one consistent picture of the store."""
    with engine.begin() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write. It holds SQLite's write lock from the start: a reader that later writes is refused
    with "database is locked" whenever somebody else wrote in between, whatever the timeout.

    Raises:
        StoreFullError: the disk is full.
    """
    try:
        with engine.execution_options(playground_write=True).begin() as connection:
            yield connection
    except sa.exc.OperationalError as error:
        if _is_full(error):
            raise StoreFullError(f"The store cannot be written: {_reason(error)}. Free some disk space.") from error
        raise


def alone(connection: Connection, what: str) -> None:
    """Wait until no other writing transaction does ``what``, and keep others from it until this one ends.

    For what no row stands for yet. In SQLite a writing transaction is alone in any case.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(what, 0))))


def migrated(engine: Engine, home: Path) -> None:
    """Bring the store to :data:`HEAD`; one process at a time.

    Raises:
        StoreError: a later version of the app wrote it.
    """
    found = _revision(engine)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreError(
            f"The store at {engine.url.render_as_string(hide_password=True)} is of a later version of the app "
            f"(migration {found}, expected at most {HEAD}). Update the app, or set {setting('home')} to another folder."
        )
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    home.mkdir(parents=True, exist_ok=True)
    with (home / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _revision(engine) != HEAD:
            config.attributes["engine"] = engine
            command.upgrade(config, "head")


class Watch:
    """Tells cheaply whether anything was written to the store since the last look. For one thread of one process."""

    def __init__(self, engine: Engine) -> None:
        self._connection: sqlite3.Connection | None = None
        self._version: int | None = None
        if engine.dialect.name == "sqlite" and engine.url.database:
            self._connection = sqlite3.connect(engine.url.database, timeout=_BUSY_S, check_same_thread=False)

    def changed(self) -> bool:
        """Whether somebody wrote since the last call; always true where the database cannot tell."""
        if self._connection is None:
            return True
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        changed, self._version = version != self._version, version
        return changed

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()

    def __del__(self) -> None:
        self.close()


def _revision(engine: Engine) -> str | None:
    try:
        with reading(engine) as connection:
            return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        if engine.dialect.name == "sqlite":
            return None
        with engine.connect():  # a server that does not answer is an error, a missing table is not
            return None


def _prepare_sqlite(connection: Any, record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event below begins, not the driver
    try:
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:  # SQLAlchemy does not close what it never got
        connection.close()
        raise


def _begin_sqlite(connection: Connection) -> None:
    is_write = connection.get_execution_options().get("playground_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _reason(error: sa.exc.DBAPIError | OSError) -> str:
    """What the database or the system said, without the statement, in one line."""
    said = str(error.orig if isinstance(error, sa.exc.DBAPIError) else error).strip()
    return said.partition("\n")[0].rstrip(".")


def _is_full(error: sa.exc.DBAPIError | OSError) -> bool:
    """Whether there is no room left, by the code and not by words, which may contain a path."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    if isinstance(error.orig, sqlite3.Error):
        # A full disk is an I/O error where SQLite cannot enlarge its shared memory file.
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)
    return getattr(error.orig, "sqlstate", None) == _PG_DISK_FULL


@functools.cache
def _check_home(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} cannot be made: {error.strerror}. Set {setting('home')}.") from error
    kind = filesystem(folder)
    if kind in _NETWORK:
        raise StoreError(
            f"The folder {folder} lies on a network file system ({kind}), where SQLite loses data. "
            f"Set {setting('home')} to a local folder, or {setting('database_url')} to a PostgreSQL server."
        )


def filesystem(folder: Path) -> str:
    """The type of the file system that holds ``folder``, such as ``ext4`` or ``nfs4``; empty where unknown."""
    path = folder.resolve()
    mounts = {Path(part.mountpoint): part.fstype for part in psutil.disk_partitions(all=True)}
    return next((mounts[parent] for parent in (path, *path.parents) if parent in mounts), "")
