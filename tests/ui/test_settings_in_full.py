"""Schedules with their curve, what optimizers can do part by part, weights of classes and rows, callbacks."""

import json

import numpy as np
import pandas as pd
import pytest

from playground import catalog, data
from playground.catalog.formulas import offered
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.problems import problems
from playground.ui import obstacles, planned_rate
from tests.ui.test_settings import SPEC, made, stored, widget
from tests.ui.test_train import TRAIN, press, text

STEPS = 40 * 20  # batches of an epoch, and epochs


@pytest.fixture
def computed(monkeypatch):
    """The workbench's answers to which schedule over how many steps, in place of an engine."""
    asked = []

    def answer(of, kind, args, steps):
        asked.append((kind, steps))
        return np.array([0, steps // 2, steps - 1]), np.array([0.01, 0.02, 1e-9])

    monkeypatch.setattr(planned_rate, "_asked", answer)
    return asked


@pytest.fixture
def table(home, tmp_path) -> RunSpec:
    """A table of one's own with a column that could be weights."""
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"size": rng.normal(size=80), "width": rng.normal(size=80), "times": rng.integers(1, 6, 80) / 4}
    )
    frame["kind"] = np.where(np.arange(80) % 3 == 0, "rare", "usual")
    path = tmp_path / "own.csv"
    frame.to_csv(path, index=False)
    profile = take_in(path, path.name, settings(), lambda fraction, message: None)
    of_kind = profile.model_copy(update={"target": "kind", "task": "binary"})
    return with_value(proposed(of_kind, settings(), seed=1), "dataset.features", ["size", "width"])


@pytest.mark.parametrize("kind", [entry.id for entry in catalog.entries("schedules")])
def test_a_schedule_begins_so_that_it_fits_and_its_curve_is_drawn(kind, store, open_page, computed):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    press(page, "Use a schedule")
    widget(page, "selectbox", "Learning rate").set_value(kind).run()
    spec = stored(store, draft)
    assert spec.training.optimizer.args["learning_rate"]["kind"] == kind
    facts = data.outline(spec.dataset)
    assert not [each for each in problems(spec, facts) if each.place.startswith("training.optimizer")]
    assert computed[-1] == (kind, STEPS)
    assert "From 0.01 up to 0.02 and down to 0 over 800 steps" in text(page)
    options = [json.loads(chart.proto.spec) for chart in page.get("echarts_chart")]
    (curve,) = [option for option in options if len(option["series"]) == 1 and len(option["series"][0]["data"]) == 3]
    assert curve["series"][0]["data"] == [[0.0, 0.01], [10.0, 0.02], [pytest.approx(19.975), 1e-9]]


@pytest.mark.parametrize("name", offered("schedules"))
def test_a_warm_up_is_chosen_from_the_list_and_its_share_is_a_field(name, store, open_page, computed):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    press(page, "Use a schedule")
    menu = widget(page, "selectbox", "Learning rate")
    assert menu.options[-len(offered("schedules")) :] == list(offered("schedules"))
    menu.set_value(f"Formula:{name}").run()
    schedule = stored(store, draft).training.optimizer.args["learning_rate"]
    args = schedule["args"]
    assert (schedule["kind"], args["decay_steps"], args["initial_learning_rate"]) == ("Formula", STEPS, 0.001)
    assert args["formula"] == offered("schedules")[name]
    assert computed[-1] == ("Formula", STEPS)
    assert widget(page, "selectbox", "Learning rate").value == f"Formula:{name}"
    widget(page, "number_input", "`warmup`").set_value(0.25).run()
    after = stored(store, draft).training.optimizer.args["learning_rate"]["args"]["formula"]
    assert after == offered("schedules")[name].replace("warmup = 0.1", "warmup = 0.25")
    assert widget(page, "selectbox", "Learning rate").value == f"Formula:{name}"
    page.selectbox(key=widget(page, "selectbox", "Learning rate").key).set_value("Formula").run()
    own = stored(store, draft).training.optimizer.args["learning_rate"]["args"]["formula"]
    assert own not in offered("schedules").values()
    assert widget(page, "selectbox", "Learning rate").value == "Formula"


def test_the_curve_waits_for_an_engine_and_a_number_has_none(store, open_page):
    page = open_page(TRAIN, draft=made(store).id)
    assert "curve of the learning rate" not in text(page)
    press(page, "Use a schedule")
    assert "The curve of the learning rate appears as soon as it is there" in text(page)


def test_warm_up_is_mended_by_one_press_and_a_number_comes_back(store, open_page, computed):
    schedule = {"kind": "CosineDecay", "args": {"initial_learning_rate": 0.02, "decay_steps": 700, "warmup_steps": 100}}
    draft = made(store, with_value(SPEC, "learning_rate", schedule))
    page = open_page(TRAIN, draft=draft.id)
    assert "without it there is no warm-up" in text(page)
    press(page, "Fix it")
    args = stored(store, draft).training.optimizer.args["learning_rate"]["args"]
    assert (args["initial_learning_rate"], args["warmup_target"]) == (0.0, 0.02)
    widget(page, "selectbox", "Learning rate").set_value("").run()
    assert stored(store, draft).training.optimizer.args["learning_rate"] == 0.02


@pytest.mark.parametrize("kind", [entry.id for entry in catalog.entries("optimizers")])
def test_every_argument_of_an_optimizer_has_one_field(kind, store, open_page):
    args = {"use_ema": True, "clipnorm": 1.0, "gradient_accumulation_steps": 2, "weight_decay": 0.01, "epsilon": 1e-4}
    entry = catalog.entry("optimizers", kind)
    given = {name: value for name, value in args.items() if entry.param(name)}
    draft = made(store, with_value(SPEC, "training.optimizer", {"kind": kind, "args": given}))
    page = open_page(TRAIN, draft=draft.id)
    kinds = ("number_input", "selectbox", "toggle", "text_input")
    keys = [str(each.key).partition("~")[0] for of in kinds for each in page.get(of)]
    for param in entry.params:
        assert keys.count(f"training.optimizer.args.{param.name}") == 1, param.name
    assert "Clipping: `clipnorm` 1" in [each.label for each in page.expander]


def test_validation_with_the_average_is_offered_where_an_average_is_kept(store, open_page):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    assert "SwapEMAWeights" not in [each.label for each in page.toggle]
    widget(page, "toggle", "`use_ema`").set_value(True).run()
    widget(page, "toggle", "SwapEMAWeights").set_value(True).run()
    assert [each.kind for each in stored(store, draft).training.callbacks] == ["SwapEMAWeights"]
    widget(page, "toggle", "`use_ema`").set_value(False).run()
    assert widget(page, "button", "Start").disabled
    widget(page, "toggle", "SwapEMAWeights").set_value(False).run()
    assert not widget(page, "button", "Start").disabled


def test_a_callback_watches_what_is_measured(store, open_page):
    spec = with_value(SPEC, "training.callbacks", [{"kind": "EarlyStopping", "args": {"monitor": "val_nothing"}}])
    draft = made(store, spec)
    page = open_page(TRAIN, draft=draft.id)
    (monitor,) = [each for each in page.selectbox if "monitor" in str(each.key)]
    assert monitor.options == ["val_loss", "val_accuracy", "loss", "accuracy", "val_nothing"]
    monitor.set_value("val_accuracy").run()
    assert stored(store, draft).training.callbacks[0].args["monitor"] == "val_accuracy"
    (monitor,) = [each for each in page.selectbox if "monitor" in str(each.key)]
    assert "val_nothing" not in monitor.options


def test_classes_are_balanced_or_have_numbers_of_their_own(store, open_page, table):
    draft = made(store, table)
    y = data.prepare(table.dataset, table.seed, settings(), None).array("y_train")
    rare, usual = (float(f"{len(y) / 2 / (y == label).sum():.3g}") for label in (0, 1))
    page = open_page(TRAIN, draft=draft.id)
    widget(page, "selectbox", "Class weights").set_value("balanced").run()
    assert stored(store, draft).training.class_weight == "balanced"
    assert f"rare: {rare} · usual: {usual}" in text(page)
    widget(page, "toggle", "Metrics heed the weights").set_value(True).run()
    assert stored(store, draft).training.weighted_metrics
    widget(page, "selectbox", "Class weights").set_value("own").run()
    assert stored(store, draft).training.class_weight == (rare, usual)
    widget(page, "number_input", "rare").set_value(4.0).run()
    assert stored(store, draft).training.class_weight == (4.0, usual)
    widget(page, "selectbox", "Class weights").set_value("same").run()
    assert stored(store, draft).training.class_weight is None


def test_a_column_of_the_table_weighs_the_rows(store, open_page, table):
    draft = made(store, table)
    page = open_page(TRAIN, draft=draft.id)
    rows = widget(page, "selectbox", "Sample weights")
    assert rows.options == ["None", "times"]
    rows.set_value("times").run()
    assert stored(store, draft).training.sample_weight == "times"
    assert not widget(page, "button", "Start").disabled


def test_a_column_that_is_no_weight_is_refused_and_mended(store, open_page, table):
    alone = with_value(table, "dataset.features", ["width"])
    draft = made(store, with_value(alone, "training.sample_weight", "size"))
    page = open_page(TRAIN, draft=draft.id)
    assert "has values below 0" in text(page)
    assert widget(page, "button", "Start").disabled
    (problem,) = [each for each in obstacles.found(stored(store, draft)) if each.rule == "weight-column"]
    press(page, "Fix it")
    assert stored(store, draft) == problem.fix


def test_what_has_no_classes_has_no_class_weights(store, open_page):
    from playground.specs.first_dataset import first_dataset
    from playground.specs.templates import started

    dataset = first_dataset("diabetes")
    page = open_page(TRAIN, draft=made(store, started(dataset, data.outline(dataset), "mlp")).id)
    labels = [each.label for each in page.selectbox]
    assert "Loss" in labels
    assert "Class weights" not in labels
    assert "Sample weights" not in labels
