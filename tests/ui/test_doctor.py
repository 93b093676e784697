"""The doctor's card, the device's and the queue's, and what is said before the start."""

import json

import numpy as np
import pytest

from playground import recipes
from playground.engine import process
from playground.engine.load import LOAD, NAMES
from playground.runs import Store
from playground.settings import settings
from playground.specs.cost import Cost, LayerCost
from playground.specs.shapes import LayerShape, Shapes
from playground.ui import costs, device, shapes
from tests.ui import stories

pytestmark = pytest.mark.ui

FLAT = {
    "kind": "flat",
    "epoch": 4,
    "loss": 2.30,
    "first_loss": 2.31,
    "known_loss": 2.303,
    "learning_rate": 0.001,
    "layers": [
        {"name": "hidden", "gradient": 0.0, "weight": 9.0, "dead": 1.0},
        {"name": "output", "gradient": 0.05, "weight": 0.3},
    ],
}


@pytest.fixture(autouse=True)
def fresh_line(monkeypatch):
    """The stories are told of this machine, and each test has a line of its own."""
    monkeypatch.setattr(process, "machine", lambda: "here")
    device._line.clear()
    yield
    device._line.clear()


def flat(store: Store, *, draft_id: str | None = None) -> str:
    """A run in its fifth epoch whose loss does not fall, and that has been looked into."""
    spec = recipes.recipe("digits-mlp").spec
    run_id = store.runs.create(spec, "local", draft_id)
    journal = store.runs.journal(run_id)
    journal.append("started", {"device": "CPU", "slot": "cpu-0", "versions": stories.VERSIONS})
    epochs = np.arange(1, 6)
    journal.append(
        "progress",
        {"phase": "training", "epoch": 5, "step": 200, "seconds": 1.0, "signs": FLAT, "parameters": 4810},
        {"epoch/epoch": epochs, "epoch/loss": np.full(5, 2.30), "epoch/val_loss": np.full(5, 2.31)},
    )
    return run_id


def words(page) -> str:
    return " ".join(str(each.value) for each in [*page.markdown, *page.caption])


def test_why_a_run_goes_wrong_is_said_while_it_goes_on_with_a_way_out(open_page, store):
    draft = store.drafts.create(recipes.recipe("digits-mlp").spec, "local")
    run_id = flat(store, draft_id=draft.id)
    page = open_page("pages/3_Train.py", run=run_id, draft=draft.id)
    said = words(page)
    assert "Units of hidden are dead" in said
    assert "100% of the units of hidden give the same for every row" in said
    page.button(key="change-leaky").click().run()
    assert not page.exception
    now = store.drafts.draft(draft.id).spec
    assert now.model.layers[1].args["activation"] == "leaky_relu"


def test_the_way_out_of_a_run_without_its_draft_is_a_new_draft(open_page, store):
    run_id = flat(store)
    page = open_page("pages/3_Train.py", run=run_id)
    assert "Units of hidden are dead" in words(page)
    page.button(key="change-leaky").click().run()
    assert not page.exception
    (made,) = store.drafts.find("local")
    assert made.spec.model.layers[1].args["activation"] == "leaky_relu"
    assert store.drafts.undo(made.id, made.revision).spec == store.runs.spec(run_id)
    assert stories.address(page, "draft") == made.id
    assert not stories.address(page, "run")


def test_a_run_that_does_well_has_no_card(open_page, store):
    page = open_page("pages/3_Train.py", run=stories.running(store))
    assert "dead" not in words(page)


def test_the_device_card_says_how_busy_the_machine_is(open_page, store):
    run_id = stories.running(store)
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    columns = {name: [None, None, None] for name in NAMES} | {"seconds": [0, 1, 2], "gpu": [0.1, 0.3, 0.34]}
    columns["gpu_memory"] = [8e9, 8e9, 8.2e9]
    now = {"gpu": 0.34, "gpu_memory": 8.2e9, "temperature": 48, "power": 210.4}
    (folder / LOAD).write_text(json.dumps({"now": now, "total": {"gpu_memory": 139e9}, "columns": columns}))
    said = words(open_page("pages/3_Train.py", run=run_id))
    assert "Use 34%" in said
    assert "Memory 8.2 GB of 139 GB" in said
    assert "48 °C · 210 W" in said


def test_a_damaged_file_of_the_load_is_no_error(open_page, store):
    run_id = stories.running(store)
    settings().run_dir(run_id).mkdir(parents=True)
    (settings().run_dir(run_id) / LOAD).write_text("{")
    assert "Device" in words(open_page("pages/3_Train.py", run=run_id))


def test_who_waits_sees_who_holds_the_places_and_how_long(open_page, store):
    paused, running = stories.paused(store), stories.running(store)
    first, last = stories.queued(store), stories.queued(store)
    page = open_page("pages/3_Train.py", run=last)
    said = words(page)
    assert "In line" in said
    assert "at the earliest: nobody knows yet how long all before it take." in said
    assert "1 run waits before it." in said
    store.runs.append(running, "finished", {"epoch": 20, "step": 800, "seconds": 3.0, "test": {}})
    device._line.clear()
    assert "It starts in less than 1 s." in words(open_page("pages/3_Train.py", run=first))
    assert store.runs.run(paused).state == "paused"


def test_who_trains_sees_who_is_next(open_page, store):
    first = stories.running(store)
    stories.running(store, epochs=6)
    stories.queued(store)
    said = words(open_page("pages/3_Train.py", run=first))
    assert "2 of 2 places taken · 1 run waits" in said
    assert "Next in line: *Digits MLP*, " in said


def test_before_the_start_time_memory_and_wait_are_said(open_page, store, monkeypatch):
    spec = recipes.recipe("digits-mlp").spec
    known = Shapes(
        layers=tuple(
            LayerShape(name=each.name, kind=each.kind, output_shape=(10,), parameters=0, trainable=0)
            for each in spec.model.layers
        ),
        parameters=4810,
    )
    layers = tuple(
        LayerCost(name=each.name, multiply_adds=1000, output_bytes=40, kept_bytes=40) for each in known.layers
    )
    sizes = dict.fromkeys(
        ("weights_bytes", "gradients_bytes", "optimizer_bytes", "update_bytes", "batch_bytes", "passing_bytes"), 10_000
    )
    cost = Cost(layers=layers, data_bytes=0, **sizes)
    monkeypatch.setattr(shapes, "of", lambda _: known)
    monkeypatch.setattr(costs, "_answer", lambda _: cost)
    monkeypatch.setattr(costs, "is_counted", lambda _: True)
    monkeypatch.setattr(costs, "begin", lambda _: None)
    draft = store.drafts.create(spec, "local")
    said = words(open_page("pages/3_Train.py", draft=draft.id))
    assert "Before you start" in said
    assert "guessed from its multiply-adds" in said
    assert "of memory for a training step" in said
    assert "A place is free" in said
    assert "**20 epochs** of 40 batches, about" in said
