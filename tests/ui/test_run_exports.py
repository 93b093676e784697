"""What can be taken away from a run, and the links to it, as a page shows them."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from playground.engine.client import Client
from playground.engine.export_files import export_of, export_path
from playground.export.link import packed
from playground.export.texts import texts
from playground.runs import Store
from playground.settings import settings
from playground.ui import run_events
from tests.ui import stories
from tests.ui.test_home import words

PAGE = """
from playground.ui import ids, reader, run_exports, run_share
view = reader.read(ids.parts()["run"])
run_share.panel(view)
run_exports.panel(view)
"""
ALL = "keras,h5,saved_model,weights,tflite"


@pytest.fixture(autouse=True)
def no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for stays in the queue."""
    monkeypatch.setattr(Client, "ensure_host", lambda self: 0.0)


def opened(run_id: str, **query: str) -> AppTest:
    app = AppTest.from_string(PAGE, default_timeout=90)
    for name, value in {"run": run_id, **query}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception, app.exception
    return app


def asked(store: Store, run_id: str, forms: tuple[str, ...] = ("keras",), which: str = "best"):
    run = store.runs.run(run_id)
    return export_of(run_id, run.seq, forms, which, texts(store.runs.spec(run_id)))


def done(store: Store, run_id: str, forms: list[dict], asking) -> Path:
    """The zip as a job would have left it."""
    job_id = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    store.jobs.end(job_id, "finished", result={"size": 1_500_000, "rows": 32, "forms": forms})
    path = export_path(settings(), run_id, asking.key)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"zip")
    return path


def form(name: str, **more: object) -> dict:
    known = {"form": name, "files": [f"model.{name}"], "tolerance": 1e-5, "versions": {"keras": "3.15.1"}, "note": ""}
    return {**known, "difference": 2e-7, "error": "", **more}


def test_the_forms_stand_in_the_address_and_are_what_is_asked_for(store: Store):
    run_id = stories.finished(store)
    app = opened(run_id, forms=ALL)
    assert [box.value for box in app.checkbox] == [True] * 5
    app.checkbox(key="export-h5").uncheck().run()
    assert stories.address(app, "forms") == "keras,saved_model,weights,tflite"
    app.button(key="export-make").click().run()
    chosen = ("keras", "saved_model", "weights", "tflite")
    job = store.jobs.latest("export", asked(store, run_id, chosen).key)
    assert job is not None
    assert json.loads(json.dumps(job.args["forms"])) == list(chosen)
    assert set(job.args["texts"]) == {"script.py", "notebook.ipynb"}


def test_no_model_at_all_can_be_wanted(store: Store):
    run_id = stories.finished(store)
    app = opened(run_id)
    assert [box.value for box in app.checkbox] == [True, False, False, False, False]
    app.checkbox(key="export-keras").uncheck().run()
    assert stories.address(app, "forms") == "none"
    app = opened(run_id, forms="none")
    assert not any(box.value for box in app.checkbox)


def test_the_zip_that_was_made_says_how_it_was_checked(store: Store):
    run_id = stories.finished(store)
    off = form("keras", error="Its answers differ by 0.5, more than the 1e-05 that are allowed.", difference=None)
    done(store, run_id, [off], asked(store, run_id))
    app = opened(run_id)
    said = words(app)
    assert "Its answers differ by 0" in said
    assert "Read again and asked about" not in said
    (checks,) = app.dataframe
    assert checks.value.iloc[0].tolist() == ["Keras (.keras)", "left out", "", "1.0e-05", "keras 3.15.1"]
    assert not [each for each in app.button if each.key == "export-make"]


def test_all_well_is_said_too(store: Store):
    run_id = stories.finished(store)
    path = done(store, run_id, [form("keras")], asked(store, run_id))
    app = opened(run_id)
    assert "Read again and asked about 32 rows." in words(app)
    path.unlink()
    assert [each for each in opened(run_id).button if each.key == "export-make"], "a zip that is gone is made anew"


def test_a_job_that_failed_says_why(store: Store):
    run_id = stories.finished(store)
    asking = asked(store, run_id)
    job_id = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    store.jobs.end(job_id, "failed", error="The zip could not be written: No space left on device.")
    app = opened(run_id)
    assert "No space left on device" in app.warning[0].value
    assert [each for each in app.button if each.key == "export-make"]


def test_a_run_that_trains_has_no_zip_yet_and_one_without_weights_no_model(store: Store):
    app = opened(stories.running(store))
    assert not app.checkbox
    assert "as soon as the run has ended" in words(app)
    journal = stories.started(store)
    journal.append("failed", {"error": "It broke.", "phase": "building"})
    app = opened(journal.run_id)
    assert not app.checkbox
    assert "kept no weights" in words(app)
    assert [each for each in app.button if each.key == "export-make"]


def test_links_to_the_run_and_to_its_settings(store: Store):
    run_id = stories.finished(store)
    links = [each.value for each in opened(run_id).code]
    assert any(link.endswith(f"Runs?run={run_id}") for link in links)
    assert any(link.endswith(f"?spec={packed(store.runs.spec(run_id))}") for link in links)


@pytest.mark.parametrize("is_installed", [True, False])
def test_tensorboard_is_offered_where_there_are_event_files(store: Store, is_installed, monkeypatch):
    run_id = stories.finished(store)
    assert "tensorboard" not in " ".join(each.value for each in opened(run_id).code)
    folder = settings().run_dir(run_id) / "tensorboard" / "train"
    folder.mkdir(parents=True)
    (folder / "events.out.tfevents.1").write_bytes(b"")
    monkeypatch.setattr(run_events.board, "is_installed", lambda: is_installed)
    monkeypatch.setattr(run_events, "_is_here", lambda: True)
    app = opened(run_id)
    assert f"tensorboard --logdir {folder.parent}" in [each.value for each in app.code]
    assert bool([each for each in app.button if each.key == "board-start"]) == is_installed
    assert ("is not installed" in words(app)) != is_installed
