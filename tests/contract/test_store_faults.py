"""Places that cannot hold a store, and disks that are full: what is said, and what is still there afterwards."""

import contextlib
import os
import pwd
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import alembic.command  # noqa: F401  (who has no powers may not be able to read the interpreter's own files)
import numpy as np
import psutil
import pytest
import sqlalchemy as sa

from playground import recipes
from playground.frame import dumps
from playground.runs import Store, StoreError, StoreFullError, open_store
from playground.runs.database import reading
from playground.settings import Settings
from tests import disks

SPEC = recipes.recipe("digits-mlp").spec
BLOCK = {"probe/values": np.zeros(8_000)}  # 64 kB


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_home_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str):
    mounted(monkeypatch, {"/": "ext4", str(tmp_path): kind})
    with pytest.raises(StoreError, match=rf"{tmp_path}.*\({kind}\).*PLAYGROUND_HOME.*PLAYGROUND_DATABASE_URL"):
        open_store(Settings(home=tmp_path / "home"))
    assert not (tmp_path / "home" / "playground.db").exists()


def test_a_local_folder_below_a_network_mount_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    mounted(monkeypatch, {"/": "nfs4", str(tmp_path): "ext4"})
    open_store(Settings(home=tmp_path / "home")).runs.create(SPEC, "ada")


def test_a_home_on_a_network_file_system_can_have_its_store_in_a_server(postgres, tmp_path: Path, monkeypatch):
    mounted(monkeypatch, {"/": "ext4", str(tmp_path): "nfs4"})
    name = postgres.create_database()
    open_store(Settings(home=tmp_path / "home", database_url=postgres.url(name))).runs.create(SPEC, "ada")
    postgres.drop_database(name)


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/home cannot be made: Not a directory. Set PLAYGROUND_HOME"):
        open_store(Settings(home=tmp_path / "file" / "home"))


@pytest.mark.parametrize("has_store", [False, True])
def test_a_home_that_cannot_be_written_is_told(has_store: bool):
    # Not in tmp_path, which only its owner can enter.
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        if has_store:  # of somebody who began, and then took the right to write away
            sa.create_engine(f"sqlite:///{home}/playground.db").connect().close()
        home.chmod(0o555)
        with powerless(), pytest.raises(StoreError, match=rf"{home}.*Check PLAYGROUND_HOME"):
            open_store(Settings(home=home))
        home.chmod(0o755)


def test_a_file_that_is_no_database_is_told_and_kept(tmp_path: Path):
    path = tmp_path / "playground.db"
    path.write_bytes(b"my notes" * 1000)
    with pytest.raises(StoreError, match=r"playground\.db cannot be opened: file is not a database"):
        open_store(Settings(home=tmp_path))
    assert path.read_bytes() == b"my notes" * 1000


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path):
    url = f"postgresql://ada:secret@/app?host={tmp_path}/full"  # the folder's name is no reason
    with pytest.raises(StoreError, match=r"cannot be opened.*PLAYGROUND_DATABASE_URL") as caught:
        open_store(Settings(home=tmp_path / "home", database_url=url))
    assert "secret" not in str(caught.value)
    assert not isinstance(caught.value, StoreFullError)


def test_a_database_at_its_largest_says_so_and_keeps_what_it_has(tmp_path: Path):
    store = open_store(Settings(home=tmp_path))
    with largest(store, 200):  # pages of 4 KiB
        run_id = fill(store)
        with pytest.raises(StoreFullError, match=r"database or disk is full\. Free some disk space"):
            store.runs.append(run_id, "progress", {}, BLOCK)
        assert_intact(store, run_id)
    store.runs.append(run_id, "finished", {})
    assert_intact(store, run_id)


def test_a_full_disk_says_so_and_the_run_can_go_on_when_there_is_room(small_disk: Path):
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(2_000_000))
    store = open_store(Settings(home=small_disk / "home"))
    run_id = fill(store)
    with pytest.raises(StoreFullError, match="Free some disk space"):
        store.runs.append(run_id, "progress", {}, {"probe/values": np.zeros(100_000)})
    ballast.unlink()
    assert_intact(store, run_id)
    store.runs.append(run_id, "progress", {}, BLOCK)
    assert_intact(store, run_id)


def test_a_disk_without_room_for_a_new_store_is_told(small_disk: Path):
    disks.fill(small_disk / "ballast")
    with pytest.raises(StoreFullError, match=r"PLAYGROUND_HOME|disk space"):
        open_store(Settings(home=small_disk))


def test_connections_that_are_kept_are_used_again_and_outlive_a_server_that_drops_them(postgres, tmp_path: Path):
    name = postgres.create_database()
    home = Settings(home=tmp_path / "home", database_url=postgres.url(name))
    kept, fresh = open_store(home, keeps_connections=True), open_store(home)

    def backend(store: Store) -> int:
        with reading(store.engine) as connection:
            return int(connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one())

    run_id = kept.runs.create(SPEC, "ada")
    mine = backend(kept)
    assert backend(kept) == mine
    assert backend(fresh) != backend(fresh)
    with reading(fresh.engine) as connection:
        connection.exec_driver_sql(f"SELECT pg_terminate_backend({mine})")
    kept.runs.append(run_id, "started", {})
    assert [event.kind for event in fresh.runs.events(run_id)] == ["queued", "started"]
    assert backend(kept) != mine
    kept.engine.dispose()
    postgres.drop_database(name)


def test_connections_to_a_file_are_used_again_and_see_what_others_wrote(tmp_path: Path):
    home = Settings(home=tmp_path / "home")
    kept, fresh = open_store(home, keeps_connections=True), open_store(home)
    opened: list[Store] = []
    for store in (kept, fresh):
        sa.event.listen(store.engine, "connect", lambda _connection, _record, store=store: opened.append(store))
    run_id = fresh.runs.create(SPEC, "ada")
    kinds = ["queued"]
    for kind in ("started", "progress", "progress", "stopped"):
        writer, reader = (kept, fresh) if len(kinds) % 2 else (fresh, kept)
        writer.runs.append(run_id, kind, {})
        kinds.append(kind)
        assert [event.kind for event in reader.runs.events(run_id)] == kinds
    assert opened.count(kept) <= 1, "one thread needs one connection"
    assert opened.count(fresh) == 5, "one for each of its two appends and two looks, and for making the run"
    kept.engine.dispose()


def test_a_server_without_room_says_so(postgres, tmp_path: Path):
    """The server reports the condition as it would for a full disk of its own; what is written is undone."""
    name = postgres.create_database()
    store = open_store(Settings(home=tmp_path / "home", database_url=postgres.url(name)))
    run_id = store.runs.create(SPEC, "ada")
    refuse = "BEGIN RAISE disk_full USING MESSAGE = 'could not extend file: No space left on device'; END"
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$")
        connection.exec_driver_sql("CREATE TRIGGER refuse BEFORE UPDATE ON states EXECUTE FUNCTION refuse()")
    with pytest.raises(StoreFullError, match=r"could not extend file.*Free some disk space"):
        store.runs.append(run_id, "started", {})
    assert [event.kind for event in store.runs.events(run_id)] == ["queued"]
    postgres.drop_database(name)


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of 4 MB."""
    with disks.small_disk(4) as folder:
        yield folder


def mounted(monkeypatch: pytest.MonkeyPatch, mounts: dict[str, str]) -> None:
    """Let the system say that these file systems are mounted: mount point to type."""
    parts = [SimpleNamespace(mountpoint=point, fstype=kind) for point, kind in mounts.items()]
    monkeypatch.setattr(psutil, "disk_partitions", lambda all=False: parts)


@contextlib.contextmanager
def powerless() -> Iterator[None]:
    """Without root's right to write everywhere; nothing to do for others."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


@contextlib.contextmanager
def largest(store: Store, pages: int) -> Iterator[None]:
    """Let the database grow to so many pages and no further."""

    def limit(connection, record) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}").close()

    sa.event.listen(store.engine, "connect", limit)
    yield
    sa.event.remove(store.engine, "connect", limit)


def fill(store: Store) -> str:
    """A run with as many events as there is room for."""
    run_id = store.runs.create(SPEC, "ada")
    for _ in range(200):
        try:
            store.runs.append(run_id, "progress", {}, BLOCK)
        except StoreFullError:
            return run_id
    pytest.fail("there was room for everything")


def assert_intact(store: Store, run_id: str) -> None:
    events = store.runs.events(run_id)
    assert [event.seq for event in events] == list(range(len(events)))
    assert len(events) > 5
    assert dumps(store.runs.run(run_id).to_dict()) == dumps(store.runs.refold(run_id).to_dict())
    with store.engine.connect() as connection:
        assert connection.execute(sa.text("PRAGMA integrity_check")).scalar() == "ok"
