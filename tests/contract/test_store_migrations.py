"""The migrations lead to the tables that the code uses, and back."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import playground.runs
from playground import recipes
from playground.runs import Store, StoreError, open_store
from playground.runs.database import HEAD, migrated
from playground.runs.schema import metadata
from playground.settings import Settings

SPEC = recipes.recipe("digits-mlp").spec


@pytest.fixture
def config(store: Store) -> Config:
    """Alembic as the app runs it, on a store at the newest migration."""
    config = Config()
    config.set_main_option("script_location", str(Path(playground.runs.__file__).parent / "migrations"))
    config.attributes["engine"] = store.engine
    return config


def test_the_named_head_is_alembics_only_head(config: Config):
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_migrations_sort_like_their_age(config: Config):
    """A later store is recognised by comparing names."""
    newest_first = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert newest_first == sorted(newest_first, reverse=True)


def test_the_migrated_store_is_what_the_code_expects(store: Store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert context.get_current_revision() == HEAD
        assert compare_metadata(context, metadata) == []


def test_down_to_nothing_and_up_again(store: Store, store_settings: Settings, config: Config):
    store.runs.create(SPEC, "ada")
    command.downgrade(config, "base")
    assert set(sa.inspect(store.engine).get_table_names()) == {"alembic_version"}
    migrated(store.engine, store_settings.home)
    assert set(sa.inspect(store.engine).get_table_names()) == {"alembic_version", *metadata.tables}
    assert store.runs.find() == []
    assert store.runs.run(store.runs.create(SPEC, "ada")).state == "queued"


def test_opening_again_keeps_what_is_there(store: Store, store_settings: Settings):
    run_id = store.runs.create(SPEC, "ada")
    open_store.cache_clear()
    again = open_store(store_settings)
    assert again is not store
    assert again.runs.spec(run_id) == SPEC


def test_equal_settings_are_one_store(store: Store, store_settings: Settings):
    assert open_store(store_settings.model_copy()) is store


def test_a_store_of_a_later_app_is_left_alone(store: Store, store_settings: Settings):
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    open_store.cache_clear()
    with pytest.raises(StoreError, match=rf"migration 9999, expected at most {HEAD}.*Update the app"):
        open_store(store_settings)
    assert "runs" in sa.inspect(store.engine).get_table_names()
