"""The live view of the Train page, from a store filled by hand, and what is shown of the curves."""

import numpy as np
import pytest

from playground import data
from playground.recipes import recipe
from playground.settings import settings
from playground.ui import live_watch, reader
from playground.ui.live_layers import over_time
from playground.ui.looks import Looks
from playground.ui.shown import Shown
from tests.ui import stories
from tests.ui.test_train import TRAIN, text

PARTS = ["gradients", "histograms", "units", "samples", "confusion"]
USED = {"used": 0.021, "share": 0.03}


def seen(journal, step, spread=1.0):
    """One look at everything after ``step``."""
    where = {"epoch": step // stories.STEPS, "step": step, "seconds": step / 200, **USED}
    layers = {"layers": ["hidden", "output"], "rows": 32}
    norms = {"layer/gradient": [0.5 * spread, 0.02], "layer/weights": [4.0, 2.0], "layer/update": [0.004, 0.004]}
    journal.append("probe", {**where, **layers, "part": "gradients"}, {k: np.array(v) for k, v in norms.items()})
    units = {"layer/units": [8.0, 10.0], "layer/dead": [2.0, 0.0], "layer/saturated": [np.nan, np.nan]}
    journal.append("probe", {**where, **layers, "part": "units"}, {k: np.array(v) for k, v in units.items()})
    counts = {"bin/count": np.arange(64, dtype=np.uint32), "end/value": np.array([-1.0, 1.0, 0.5, 0.5])}
    counts["quantile/value"] = np.tile(np.array([-0.9, -0.4, 0.1, 0.4, 0.9]) * spread, 2)
    of = [["hidden", "weights"], ["hidden", "biases"]]
    journal.append("probe", {**where, "of": of, "rows": 32, "part": "histograms"}, counts)
    cells = np.diag(np.full(10, 25, np.uint32))
    cells[4, 9] = 6
    matrix = {**where, "of": "validation", "classes": 10, "rows": 256, "part": "confusion"}
    journal.append("probe", matrix, {"cell/count": cells.ravel()})
    answers = np.eye(10, dtype=np.float32)[:4]
    sheet = {**where, "of": "validation", "shape": [4, 10], "part": "samples"}
    journal.append("probe", sheet, {"row/at": np.arange(4), "answer/value": answers.ravel()})


@pytest.fixture
def looked(store):
    """A run that has been looked at twice while it trained, with its data."""
    spec = recipe("digits-mlp").spec
    data.prepare(spec.dataset, spec.seed, settings(), None)
    journal = stories.started(store)
    journal.append("progress", {"phase": "training", "epoch": 0, "step": 0, "seconds": 0.0, "parts": PARTS})
    stories.trained(journal, 1, 3)
    for epoch in (1, 3):
        seen(journal, epoch * stories.STEPS, spread=float(epoch))
    return journal


def switch(page, *parts):
    """Switch exactly these parts on."""
    pills = next(group for group in page.button_group if group.label == "Parts of the live view")
    pills.set_value(list(parts)).run()
    assert not page.exception, page.exception


def alts(page):
    return {chart.key: chart.proto.alt for chart in page.get("echarts_chart")}


def test_nothing_is_on_at_first_and_a_run_without_parts_has_no_live_view(store, open_page, looked):
    page = open_page(TRAIN, run=looked.run_id)
    assert "### Live view" in text(page)
    assert not [key for key in alts(page) if key.startswith("live-")]
    assert not [asked for asked in store.runs.requests(looked.run_id) if asked.kind == "watch"]
    assert "Live view" not in text(open_page(TRAIN, run=stories.finished(store)))


def test_each_part_says_what_it_shows(open_page, looked):
    page = open_page(TRAIN, run=looked.run_id)
    switch(page, "learning_rate", *PARTS)
    said = alts(page)
    assert said["live-rate"] == "Learning rate: 0.001 after epoch 3; it began with 0.001."
    assert said["live-gradients-chart"] == "After epoch 3: largest in hidden, 1.500; smallest in output, 0.020."
    assert "0.900" not in said["live-quantiles"]
    assert "from -2.700 to 2.700" in said["live-quantiles"]
    assert said["live-units-chart"].startswith("After epoch 3: largest in hidden, 0.250")
    assert said["live-confusion-chart"].startswith("After epoch 3: 250 of 256 validation rows are right.")
    assert said["live-confusion-chart"].endswith("Most often 4 is taken for 9: 6 times.")
    assert "Looking took 2.1 % of the training time; 3 % is allowed." in text(page)
    assert "of these 4 validation rows are right" in text(page)
    assert len(page.get("download_button")) >= 6, "the numbers of every picture"


def test_the_run_is_told_what_is_watched_once_for_all_viewers(store, open_page, looked, monkeypatch):
    live_watch._told.clear()
    monkeypatch.setattr(live_watch, "_AGAIN_S", 1_000.0)  # on a slow machine a page may take longer than ten seconds
    for _ in range(2):
        page = open_page(TRAIN, run=looked.run_id)
        switch(page, "learning_rate", "gradients")
        page.run()
    asked = [request for request in store.runs.requests(looked.run_id) if request.kind == "watch"]
    assert [dict(request.args) for request in asked] == [{"parts": ["gradients"]}]
    assert reader.read(looked.run_id).asked == (), "nothing answers it, so no button waits for it"


def test_an_ended_run_is_not_told(store, open_page, looked):
    looked.append("stopped", {"reason": "Stopped by you.", "epoch": 3, "step": 120, "seconds": 1.0})
    page = open_page(TRAIN, run=looked.run_id)
    switch(page, "gradients", "confusion")
    assert "live-gradients-chart" in alts(page), "what was seen stays"
    assert not [asked for asked in store.runs.requests(looked.run_id) if asked.kind == "watch"]


def test_what_cannot_be_looked_at_says_so(open_page, looked):
    looked.append("probe", {"part": "units", "error": "InvalidArgumentError", "epoch": 3, "step": 120})
    page = open_page(TRAIN, run=looked.run_id)
    switch(page, "units")
    assert "This network cannot be looked at in this way." in text(page)


def test_looks_over_time_stay_few_and_steps_taken_back_are_forgotten(looked):
    looks = Looks()
    for step in range(1000):
        seen_at = looked.append("probe", {"part": "units", "step": step}, {"layer/dead": np.array([1.0])})
        looks.add(seen_at)
    found = looks.found()["units"]
    assert 100 < len(found) <= 301
    assert found[-1].step == 999
    looks.add(looked.append("probe", {"part": "units", "step": 500}, {"layer/dead": np.array([2.0])}))
    assert [look.step for look in looks.found()["units"]][-1] == 500
    values = over_time(reader.read(looked.run_id).looks["gradients"], lambda look: look.columns["layer/gradient"])
    np.testing.assert_allclose(values["hidden"], [0.5, 1.5])


def test_a_long_run_sends_few_points_and_a_shorter_stretch_shows_every_one(store):
    journal = stories.started(store)
    steps, y = 100_000, np.random.default_rng(0).normal(size=100_000).astype(np.float32)
    y[[31_337, 70_001]] = 9.0, -9.0
    epochs = np.arange(1, steps // stories.STEPS + 1)
    val = 1 / epochs + (epochs == 1_234) * -1.0
    for first in range(0, steps, 20_000):
        at = slice(first // stories.STEPS, (first + 20_000) // stories.STEPS)
        columns = {"batch/step": np.arange(first + 1, first + 20_001), "batch/loss": y[first : first + 20_000]}
        columns |= {"epoch/epoch": epochs[at], "epoch/val_loss": val[at]}
        journal.append("progress", {"phase": "training", "epoch": int(epochs[at][-1]), "step": first + 20_000}, columns)
    view = reader.read(journal.run_id)
    batches, validation = view.batches["loss"], view.epochs["val_loss"]
    line = batches.line("by batch")
    assert len(line.y) <= 1_000
    assert {9.0, -9.0} <= set(line.y), "the true extremes"
    assert 1_234 in validation.line("validation", 1_234).x, "the best epoch"
    near = batches.line("by batch", None, Shown(0.0, 780, 790))
    assert len(near.x) == 10 * stories.STEPS + 1, "every point of ten epochs"
    assert (near.x[0], near.x[-1]) == (780, 790)
    quiet = batches.line("by batch", None, Shown(0.9))
    assert len(quiet.y) <= 1_000
    assert np.ptp(quiet.y) < np.ptp(line.y) / 4


def test_curves_can_be_smoothed_zoomed_and_logarithmic(open_page, looked):
    page = open_page(TRAIN, run=looked.run_id)
    chart = {each.key: each for each in page.get("echarts_chart")}["chart-metric"].proto.spec
    page.toggle(key=f"metric-log-{looked.run_id}").set_value(True)
    page.slider(key=f"zoom-{looked.run_id}-20").set_value((1, 2)).run()
    assert not page.exception
    assert "Batch line: all 41 points." in text(page)
    now = {each.key: each for each in page.get("echarts_chart")}["chart-metric"].proto.spec
    assert "1e{value}" in now
    assert "1e{value}" not in chart


def test_the_chosen_parts_stand_in_the_address_which_restores_them(looked, open_page):
    page = open_page(TRAIN, run=looked.run_id)
    switch(page, "gradients", "units")
    assert page.query_params["live"] == "gradients,units"
    again = open_page(TRAIN, run=looked.run_id, live="units,../x,units")
    pills = next(group for group in again.button_group if group.label == "Parts of the live view")
    assert pills.value == ["units"]
    assert again.query_params["live"] == "units"
    pills.set_value([]).run()
    assert "live" not in again.query_params
