"""Files that people brought: who holds them, how much there is room for, how long they stay."""

import os
import time
from pathlib import Path

import pytest

from playground import recipes
from playground.data import prepare
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import is_here, size_of, take_in
from playground.engine import uploads
from playground.engine.errors import SpecError
from playground.runs import Store, open_store
from playground.settings import Settings
from playground.specs import RunSpec

pytestmark = pytest.mark.unit

SPEC = recipes.recipe("digits-mlp").spec
DAY_S = 24 * 3600


@pytest.fixture
def limits(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", max_uploads_mb=1, keep_uploads_days=30)


@pytest.fixture
def store(limits: Settings) -> Store:
    limits.home.mkdir()
    return open_store(limits)


def bring(limits: Settings, name: str = "own.csv", shift: int = 0):
    path = limits.home / name
    path.write_text("\n".join(["size,y", *(f"{(row + shift) / 8},{row % 2}" for row in range(60))]))
    return take_in(path, name, limits, lambda fraction, message: None)


def on(file: str, limits: Settings) -> RunSpec:
    from playground.data.uploads.upload import profile_of

    return SPEC.model_copy(update={"dataset": proposed_dataset(profile_of(file, limits))})


def test_a_file_goes_with_the_last_draft_that_holds_it(store, limits):
    file = bring(limits).file
    first, second = store.drafts.create(SPEC, "local"), store.drafts.create(SPEC, "local")
    for draft in (first, second):
        uploads.claim(store, limits, draft.id, file, "own.csv")
    assert [each.name for each in store.uploads.of_draft(first.id)] == ["own.csv"]
    assert uploads.release(store, limits, first.id, file) is False
    assert store.uploads.of_draft(first.id) == []
    assert is_here(file, limits)
    assert uploads.release(store, limits, second.id, file) is True
    assert not is_here(file, limits)


def test_a_copy_of_a_draft_keeps_the_file_that_its_spec_names(store, limits):
    file = bring(limits).file
    first = store.drafts.create(on(file, limits), "local")
    copy = store.drafts.create(on(file, limits), "local")
    uploads.claim(store, limits, first.id, file, "own.csv")
    assert uploads.release(store, limits, first.id, file) is False
    assert is_here(file, limits)
    assert uploads.release(store, limits, copy.id, file) is False, "the first one's spec still names it"


def test_what_was_prepared_from_a_file_is_deleted_with_it(store, limits):
    file, other = bring(limits).file, bring(limits, "other.csv", shift=3).file
    kept = [prepare(on(each, limits).dataset, 0, limits).folder for each in (file, other)]
    draft = store.drafts.create(SPEC, "local")
    uploads.claim(store, limits, draft.id, file, "own.csv")
    uploads.release_all(store, limits, draft.id)
    assert [folder.exists() for folder in kept] == [False, True]
    assert is_here(other, limits)


def test_what_does_not_fit_is_refused_with_figure_and_setting(store, limits):
    file = bring(limits).file
    draft = store.drafts.create(SPEC, "local")
    uploads.claim(store, limits, draft.id, file, "own.csv")
    used = size_of(file, limits)
    assert store.uploads.used("local") == used
    assert store.uploads.used("ada") == 0
    uploads.check_room(store, limits, "small.csv", 10**6 - used)
    with pytest.raises(SpecError, match=r"large\.csv takes 1\.0 MB.*1 MB \(PLAYGROUND_MAX_UPLOADS_MB\)"):
        uploads.check_room(store, limits, "large.csv", 10**6 - used + 1)
    uploads.check_room(store, limits, "own.csv", 10**6, file)  # in place of itself


def test_a_file_that_finds_no_room_is_not_kept(store, limits):
    first, second = bring(limits), bring(limits, "other.csv", shift=3)
    draft = store.drafts.create(SPEC, "local")
    uploads.claim(store, limits, draft.id, first.file, "own.csv")
    store.uploads.claim(draft.id, first.file, "local", "own.csv", 10**6)
    with pytest.raises(SpecError, match="PLAYGROUND_MAX_UPLOADS_MB"):
        uploads.claim(store, limits, draft.id, second.file, "other.csv")
    assert (is_here(first.file, limits), is_here(second.file, limits)) == (True, False)


def test_files_are_kept_for_the_stated_time_and_then_forgotten(store, limits):
    held, expired, nobodys, young = (bring(limits, f"{n}.csv", shift=n) for n in range(4))
    draft = store.drafts.create(SPEC, "local")
    for each in (held, expired):
        uploads.claim(store, limits, draft.id, each.file, each.name)
    long_ago = time.time() - 31 * DAY_S
    for each in (held, expired, nobodys):
        os.utime(limits.uploads_dir / each.file, (long_ago, long_ago))
    with store.engine.begin() as connection:
        from playground.runs.schema import uploads as table

        connection.execute(table.update().where(table.c.file == expired.file).values(at=long_ago))
    uploads.forget_expired(store, limits)
    assert [is_here(each.file, limits) for each in (held, expired, nobodys, young)] == [True, False, False, True]
    assert [each.file for each in store.uploads.of_draft(draft.id)] == [held.file]


def test_bringing_a_file_again_counts_from_now(store, limits):
    file = bring(limits).file
    long_ago = time.time() - 31 * DAY_S
    os.utime(limits.uploads_dir / file, (long_ago, long_ago))
    assert bring(limits).file == file
    uploads.forget_expired(store, limits)
    assert is_here(file, limits)


def test_a_deleted_draft_holds_nothing(store, limits):
    file = bring(limits).file
    draft = store.drafts.create(SPEC, "local")
    uploads.claim(store, limits, draft.id, file, "own.csv")
    store.drafts.delete(draft.id)
    assert store.uploads.used("local") == 0
