"""Tables of seaborn's collection by name: fetched once, put there by hand, missing, and names that are none."""

import pytest

from playground.data import DataError, OfflineError
from playground.data.downloads.seaborn import fetch_seaborn, path_of
from playground.settings import Settings
from tests.unit.data.file_server import Files, serving

pytestmark = pytest.mark.unit

ROWS = "\n".join(["size,colour"] + [f"{row}.5,{('red', 'blue', 'green')[row % 3]}" for row in range(60)]).encode()


def quiet(fraction: float, message: str) -> None:
    assert 0 <= fraction <= 1


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving() as files:
        files.bodies["/fish.csv"] = ROWS
        yield files


def with_address(server_settings: Settings, address: str) -> Settings:
    return server_settings.model_copy(update={"seaborn_url": address})


def test_a_table_is_fetched_once_and_taken_in(server: Files, server_settings):
    limits = with_address(server_settings, server.url + "/")
    profile = fetch_seaborn(" fish ", limits, quiet)
    assert (profile.name, profile.n_rows, profile.target, profile.task) == ("fish.csv", 60, "colour", "multiclass")
    assert fetch_seaborn("fish.csv", limits, quiet) == profile
    assert [asked.path for asked in server.asked] == ["/fish.csv"]


def test_a_file_put_there_by_hand_is_used_and_not_touched(server_settings):
    limits = with_address(server_settings, "http://127.0.0.1:9")
    path = path_of("fish", limits)
    path.parent.mkdir(parents=True)
    path.write_bytes(ROWS)
    before = path.stat()
    assert fetch_seaborn("fish", limits, quiet).n_rows == 60
    after = path.stat()
    assert (path.read_bytes(), after.st_ino, after.st_mtime_ns) == (ROWS, before.st_ino, before.st_mtime_ns)


def test_a_name_that_the_collection_does_not_have_is_said(server: Files, server_settings):
    limits = with_address(server_settings, server.url)
    with pytest.raises(DataError, match=r"has no table called 'bird'\. https://"):
        fetch_seaborn("bird", limits, quiet)
    assert list(path_of("bird", limits).parent.iterdir()) == []


def test_without_a_connection_the_message_says_what_to_put_where(server_settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    limits = with_address(server_settings, "http://127.0.0.1:9")
    with pytest.raises(OfflineError, match=r"fish\.csv .*no connection to 127\.0\.0\.1.*Put it into .*seaborn"):
        fetch_seaborn("fish", limits, quiet)


@pytest.mark.parametrize("asked", ["", "../fish", "/etc/passwd", "a b", "A" * 61, "x.csv/..", "%2e%2e"])
def test_what_is_no_name_is_refused_before_anything_is_asked(server: Files, server_settings, asked):
    with pytest.raises(DataError, match="Expected the name of a table of seaborn's collection, such as tips"):
        fetch_seaborn(asked, with_address(server_settings, server.url), quiet)
    assert server.asked == []
