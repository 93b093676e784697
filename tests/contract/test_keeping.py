"""Housekeeping: the bin, deleting for good, sizes, and copies of the store while others write to it."""

import json
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from playground import recipes
from playground.cli import cli
from playground.engine import keeping
from playground.engine.errors import SpecError
from playground.runs import Label, NotFoundError, Store, StoreError, open_store
from playground.runs.backup import backup
from playground.settings import Settings, settings

SPEC = recipes.recipe("digits-mlp").spec
DAY_S = 24 * 3600
EVENTS = 40


@pytest.fixture
def kept(store: Store, store_settings: Settings) -> tuple[Store, Settings]:
    return store, store_settings


def ended(store: Store, home: Settings, binned_days: float | None = None) -> str:
    """A finished run with a file, in the bin for so many days."""
    run_id = store.runs.create(SPEC, "ada")
    store.runs.append(run_id, "finished", {})
    home.run_dir(run_id).mkdir(parents=True)
    (home.run_dir(run_id) / "model.keras").write_bytes(bytes(1000))
    if binned_days is not None:
        store.labels.save(Label(run_id, binned_at=time.time() - binned_days * DAY_S))
    return run_id


def test_what_is_long_in_the_bin_is_deleted_with_its_files(kept: tuple[Store, Settings]):
    store, home = kept
    stays = [ended(store, home), ended(store, home, 29)]
    goes = ended(store, home, 31)
    assert list(keeping.prune(store, home)) == [goes]
    assert not home.run_dir(goes).exists()
    with pytest.raises(NotFoundError):
        store.runs.run(goes)
    assert all(home.run_dir(run_id).exists() and store.runs.run(run_id) for run_id in stays)
    assert list(keeping.prune(store, home, 0)) == [stays[1]]


def test_a_run_that_goes_on_is_not_deleted(kept: tuple[Store, Settings]):
    store, home = kept
    going, gone = store.runs.create(SPEC, "ada"), ended(store, home)
    with pytest.raises(SpecError, match=rf"Run {going} is queued.*Stop it first"):
        keeping.delete(store, home, [gone, going])
    assert home.run_dir(gone).exists()
    store.labels.save(Label(going, binned_at=1.0))  # put there before it was resumed
    assert keeping.prune(store, home) == []
    assert list(keeping.delete(store, home, [gone, "nobody"])) == [gone]


def test_sizes_count_every_byte_of_the_home(kept: tuple[Store, Settings]):
    store, home = kept
    ended(store, home)
    (home.datasets_dir / "deep").mkdir(parents=True)
    (home.datasets_dir / "deep" / "file").write_bytes(bytes(2500))
    (home.home / "note").write_bytes(bytes(70))
    found = keeping.sizes(store, home)
    assert (found.runs, found.datasets, found.prepared) == (1000, 2500, 0)
    assert found.others >= 70
    assert found.database > 10_000
    if store.engine.dialect.name == "sqlite":
        assert found.database + found.runs + found.datasets + found.others == keeping.size_of(home.home)


def test_a_copy_of_the_store_is_whole_while_others_write(tmp_path: Path):
    """Every run of the copy is there with all its events or not at all, and can be read and written like any other."""
    home = Settings(home=tmp_path / "home")
    store, is_over = open_store(home), threading.Event()

    def write() -> None:
        while not is_over.is_set():
            journal = store.runs.journal(store.runs.create(SPEC, "ada"))
            for step in range(EVENTS):
                journal.append("progress", {"step": step}, {"batch/loss": np.full(100, step, np.float32)})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while store.runs.count() < 2:
            pass
        files = [backup(store, home, tmp_path / "copies" / f"{number}.db") for number in range(3)]
    finally:
        is_over.set()
        writer.join()
    assert sorted(file.name for file in (tmp_path / "copies").iterdir()) == [file.name for file in files]
    for file in files:
        (tmp_path / file.stem).mkdir()
        copy = open_store(Settings(home=tmp_path / file.stem, database_url=f"sqlite:///{file}"))
        found = copy.runs.find()
        assert len(found) >= 2
        for run in found:
            assert [event.seq for event in copy.runs.events(run.id)] == list(range(run.seq + 1))
            assert copy.runs.refold(run.id) == run
        copy.runs.append(copy.runs.create(SPEC, "ada"), "started", {})


def test_a_copy_overwrites_nothing_and_says_so(tmp_path: Path):
    home = Settings(home=tmp_path / "home")
    store = open_store(home)
    (tmp_path / "mine").write_text("my notes")
    with pytest.raises(StoreError, match=r"mine is there already"):
        backup(store, home, tmp_path / "mine")
    with pytest.raises(StoreError, match=r"cannot be written: File exists. Give another folder"):
        backup(store, home, tmp_path / "mine" / "copy.db")
    assert (tmp_path / "mine").read_text() == "my notes"
    assert {file.name for file in tmp_path.iterdir()} == {"home", "mine"}


def test_a_server_is_copied_by_its_own_program(postgres, tmp_path: Path):
    name = postgres.create_database()
    home = Settings(home=tmp_path / "home", database_url=postgres.url(name).replace("@", ":secret@"))
    with pytest.raises(StoreError, match=rf"pg_dump .*{name}") as caught:
        backup(open_store(home), home)
    assert "secret" not in str(caught.value)
    postgres.drop_database(name)


def test_the_command_line_lists_bins_restores_and_deletes(home: Path):
    store = open_store(settings())
    first, second = ended(store, settings()), ended(store, settings())
    store.labels.save(Label(first, name="My first", tags=("talk",)))
    owner = settings().owner

    def listed(*args: str) -> list[str]:
        return [run["id"] for run in said("list", "--everybody", *args)]

    assert owner != "ada"
    assert said("list") == [], "those of others are not listed"
    assert set(listed()) == {first, second}
    assert listed("--search", "my first") == listed("--tag", "talk") == [first]
    assert listed("--state", "failed") == []
    assert listed("--sort", "created_at", "--ascending", "--limit", "1") == [first]
    assert said("list", "--everybody", "--search", "first")[0]["name"] == "My first"
    assert said("delete", first) == {"runs": [first]}
    assert listed() == [second]
    assert listed("--shelf", "bin") == [first]
    assert said("prune") == {"runs": []}
    assert said("restore", first) == {"runs": [first]}
    assert set(listed()) == {first, second}
    assert said("delete", "--now", first) == {"runs": [first]}
    assert listed("--shelf", "bin") == []
    said("delete", second)
    assert said("prune", "--days", "0") == {"runs": [second]}
    assert said("size")["runs"] == 0
    copy = said("backup")
    assert Path(copy["file"]).stat().st_size == copy["bytes"]
    with pytest.raises(NotFoundError, match="'nobody'"):
        CliRunner().invoke(cli, ["runs", "delete", "nobody"], catch_exceptions=False)


def said(*args: str) -> list[dict] | dict:
    """What ``runs ... --json`` prints."""
    result = CliRunner().invoke(cli, ["runs", *args, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)
