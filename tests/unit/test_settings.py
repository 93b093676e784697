"""Settings: read from the environment, safe by default, and named in messages."""

import tomllib
from pathlib import Path

import pydantic
import pytest

from playground.settings import Settings, setting

pytestmark = pytest.mark.unit


def test_variables_with_our_prefix_are_read_and_others_ignored(monkeypatch, tmp_path):
    monkeypatch.setenv("PLAYGROUND_HOME", str(tmp_path))
    monkeypatch.setenv("PLAYGROUND_CPU_SLOTS", "5")
    monkeypatch.setenv("PLAYGROUND_SOMETHING_ELSE", "whatever")
    found = Settings()
    assert (found.home, found.cpu_slots) == (tmp_path, 5)


def test_the_store_is_sqlite_in_the_home_unless_a_url_is_given(tmp_path):
    assert Settings(home=tmp_path).store_url == f"sqlite:///{tmp_path}/playground.db"
    assert Settings(database_url="postgresql://db/x").store_url == "postgresql://db/x"


def test_a_value_out_of_bounds_is_refused_with_its_name():
    with pytest.raises(pydantic.ValidationError, match="cpu_slots"):
        Settings(cpu_slots=0)


def test_settings_are_equal_by_value_and_hashable():
    first, second = Settings(home=Path("/somewhere")), Settings(home=Path("/somewhere"))
    assert first == second
    assert hash(first) == hash(second)


def test_every_setting_can_be_named_and_is_described():
    for name, field in Settings.model_fields.items():
        assert setting(name) == f"PLAYGROUND_{name.upper()}"
        assert field.description
    with pytest.raises(KeyError):
        setting("no_such_thing")


def test_streamlit_lets_through_what_the_app_takes():
    root = Path(__file__).resolve().parents[2]
    most = tomllib.loads((root / ".streamlit/config.toml").read_text())["server"]["maxUploadSize"]
    fields = Settings.model_fields
    assert most >= max(fields["max_table_mb"].default, fields["max_model_upload_mb"].default)
