"""The frame of every page, and what a session remembers."""

from pathlib import Path

import pytest

from playground.runs import Store
from playground.settings import settings
from playground.ui import engine, shell
from tests.ui import stories
from tests.ui.conftest import ROOT, Open

PAGES = ["app.py", *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "pages").glob("*.py"))]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_from_a_deep_link_and_has_the_whole_menu(open_page: Open, path: str):
    app = open_page(path)
    assert len(app.title) == 1
    menu = [link.proto.label for link in app.sidebar.get("page_link")]
    assert menu[0] == "Home"
    assert sorted(menu[1:]) == sorted(Path(page).stem.partition("_")[2].replace("_", " ") for page in PAGES[1:])


def test_the_menu_carries_the_watched_run(open_page: Open, store: Store):
    run_id = stories.queued(store)
    app = open_page("app.py", run=run_id)
    said = {link.proto.label: link.proto.query_string for link in app.sidebar.get("page_link")}
    assert said.pop("Runs") == f"run={run_id}&list=all", "the list, not the watched run alone"
    assert set(said.values()) == {f"run={run_id}"}


def test_a_link_without_the_run_leads_to_the_watched_one(open_page: Open, store: Store):
    run_id = stories.running(store)
    app = open_page("pages/3_Train.py", run=run_id)
    del app.query_params["run"]
    app.run()
    assert stories.address(app, "run") == run_id


def test_a_phone_gets_a_menu_button_in_place_of_the_sidebar(open_page: Open, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shell, "is_phone", lambda: True)
    app = open_page()
    assert app.sidebar.get("page_link") == []
    assert [menu.proto.label for menu in app.main.get("menu_button")] == ["Menu"]


def test_a_store_that_cannot_be_opened_is_said_in_words(open_page: Open):
    (settings().home / "playground.db").write_bytes(b"no database at all, but long enough to be looked at" * 100)
    app = open_page()
    assert len(app.error) == 1
    assert "playground.db" in app.error[0].value
    assert app.button == []


def test_one_client_serves_all_sessions(home):
    assert engine.client() is engine.client()
    assert engine.client().settings.home == home


@pytest.mark.parametrize("text", ["plain words", "*a* _b_ `c` $d$ [e](f) :red[g] #h <i> | ~~j~~ 10^12", ""])
def test_plain_escapes_what_markdown_would_read(text: str):
    escaped = shell.plain(text)
    assert escaped.replace("\\", "") == text
    for mark in "*_`$[]<>|~":
        assert escaped.count(f"\\{mark}") == text.count(mark)
