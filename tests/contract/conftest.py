"""Every store that the app knows: SQLite, and a PostgreSQL server of the test session's own."""

import functools
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from playground.runs import Store, open_store
from playground.settings import Settings

_SUPERUSER = "playground"


class Postgres:
    """A running server that listens on a Unix socket in ``folder`` only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create_database(self) -> str:
        """The name of a new, empty database."""
        name = f"test_{secrets.token_hex(6)}"
        self._execute(f"CREATE DATABASE {name}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, and whoever is still connected to it."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """The URL of a database as an administrator would write it into the settings."""
        return f"postgresql://{_SUPERUSER}@/{name}?host={self._folder}"

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server with a cluster of its own in a temporary folder; both are gone after the session."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: initdb and pg_ctl are neither in PLAYGROUND_POSTGRES, PATH nor /usr/lib/postgresql")
    # Not in tmp_path: the path of a socket has at most 107 bytes, and the server's user could not enter it.
    folder = Path(tempfile.mkdtemp(prefix="playground-pg-"))
    run = functools.partial(subprocess.run, check=True, cwd=folder, stdout=subprocess.DEVNULL, **_user(folder))
    cluster = folder / "cluster"
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    try:
        run([programs / "initdb", "-D", cluster, "-U", _SUPERUSER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N"])
        run([programs / "pg_ctl", "-D", cluster, "-l", folder / "log", "-o", options, "-w", "start"])
        try:
            yield Postgres(folder)
        finally:
            run([programs / "pg_ctl", "-D", cluster, "-m", "immediate", "-w", "stop"])
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The settings of a home whose store nobody has opened yet, once for each kind of store."""
    home = tmp_path / "home"
    if request.param == "sqlite":
        yield Settings(home=home)
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create_database()
    yield Settings(home=home, database_url=server.url(name))
    server.drop_database(name)


@pytest.fixture
def store(store_settings: Settings) -> Store:
    """An empty store, once for each kind."""
    return open_store(store_settings)


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs; Debian keeps those of a server out of PATH."""
    named = os.environ.get("PLAYGROUND_POSTGRES")
    if named:
        return Path(named)  # a folder without them is a mistake to hear of, not one to skip over
    found = shutil.which("pg_ctl")
    if found is not None:
        return Path(found).resolve().parent
    versions = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "pg_ctl").exists()]
    return max(versions, key=lambda path: float(path.parent.name), default=None)


def _user(folder: Path) -> dict[str, object]:
    """Who runs the server, as arguments of a subprocess: initdb refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
