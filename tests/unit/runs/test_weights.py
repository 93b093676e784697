"""Kept weights: named by what they hold, and deleted once they are old and nothing names them."""

import os
import time

import pytest

from playground import recipes
from playground.runs import open_store
from playground.runs.weights import digest_of, forget_unnamed, keep, path
from playground.settings import Settings

SPEC = recipes.recipe("digits-mlp").spec
DAYS = 10


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", keep_uploads_days=DAYS)


@pytest.fixture
def store(settings):
    settings.home.mkdir()
    return open_store(settings)


def kept(tmp_path, settings, words, days=DAYS + 1):
    """The digest of weights that were kept so many days ago."""
    source = tmp_path / "source"
    source.write_bytes(words)
    digest = keep(source, settings)
    aged(path(digest, settings), days)
    return digest


def aged(file, days):
    then = time.time() - days * 86_400
    os.utime(file, (then, then))


def starting_from(digest):
    return SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"weights": digest})})


def test_weights_are_named_by_what_they_hold(tmp_path, settings):
    digest = kept(tmp_path, settings, b"some weights")
    assert digest == digest_of(tmp_path / "source")
    assert path(digest, settings).read_bytes() == b"some weights"
    assert [file.name for file in settings.weights_dir.iterdir()] == [f"{digest}.weights.h5"]


def test_old_weights_that_nothing_names_are_deleted(tmp_path, settings, store):
    named = {what: kept(tmp_path, settings, what.encode()) for what in ("draft", "history", "run")}
    young = kept(tmp_path, settings, b"young", DAYS - 1)
    unnamed = kept(tmp_path, settings, b"unnamed")
    store.drafts.create(starting_from(named["draft"]), "somebody")
    draft = store.drafts.create(starting_from(named["history"]), "somebody")
    store.drafts.save(draft.id, SPEC, draft.revision)
    store.runs.create(starting_from(named["run"]), "somebody")
    left = settings.weights_dir / ".half-written"
    left.write_bytes(b"by a process that was killed")
    aged(left, 2)
    other = settings.weights_dir / "notes.txt"
    other.write_text("somebody else's")
    aged(other, DAYS + 1)
    forget_unnamed(store, settings)
    left_over = {file.name for file in settings.weights_dir.iterdir()}
    assert left_over == {"notes.txt", *(f"{digest}.weights.h5" for digest in (*named.values(), young))}
    assert not path(unnamed, settings).exists()


def test_weights_go_once_the_last_that_names_them_is_gone(tmp_path, settings, store):
    digest = kept(tmp_path, settings, b"of a draft")
    draft = store.drafts.create(starting_from(digest), "somebody")
    forget_unnamed(store, settings)
    assert path(digest, settings).exists()
    store.drafts.delete(draft.id)
    forget_unnamed(store, settings)
    assert not path(digest, settings).exists()


def test_weights_that_are_kept_anew_are_young(tmp_path, settings, store):
    digest = kept(tmp_path, settings, b"again")
    assert keep(tmp_path / "source", settings) == digest
    forget_unnamed(store, settings)
    assert path(digest, settings).exists()


def test_nothing_to_delete_is_no_error(settings, store):
    forget_unnamed(store, settings)
