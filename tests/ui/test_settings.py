"""The settings of compile and fit on the Train page, and the start of a draft."""

import hashlib
import json

import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, recipes
from playground.data import outline
from playground.engine.client import Client
from playground.engine.errors import SpecError
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.problems import problems
from playground.specs.templates import started
from playground.specs.usual import usual_args
from playground.ui import obstacles, run_words
from tests.ui import stories
from tests.ui.test_train import TRAIN, buttons, press, text

SPEC = recipes.recipe("digits-mlp").spec


def made(store: Store, spec: RunSpec = SPEC) -> Draft:
    return store.drafts.create(spec, "local")


def widget(page: AppTest, kind: str, label: str):
    """The only widget of ``kind`` with this label."""
    (found,) = [each for each in page.get(kind) if each.label == label]
    return found


def stored(store: Store, draft: Draft) -> RunSpec:
    return store.drafts.draft(draft.id).spec


@pytest.fixture
def takes_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that takes every run and trains none."""

    def submit(self: Client, spec, owner=None, draft_id=None, follows=None):
        return self.store.runs.create(spec, owner or self.settings.owner, draft_id)

    monkeypatch.setattr(Client, "submit", submit)


def test_a_draft_without_a_run_is_ready(store, open_page):
    page = open_page(TRAIN, draft=made(store).id)
    assert page.title[0].value == "Digits MLP"
    assert "**20 epochs** of 40 batches" in text(page)
    assert run_words.badge("ready") in text(page)
    assert "Start" in buttons(page)
    assert len(page.get("echarts_chart")) == 2, "the axes stand before the first point"


def test_five_settings_are_shown_at_once(store, open_page):
    page = open_page(TRAIN, draft=made(store).id)
    for kind, label, value in (
        ("selectbox", "Loss", "SparseCategoricalCrossentropy"),
        ("selectbox", "Optimizer", "Adam"),
        ("number_input", "Learning rate", 0.001),
        ("number_input", "Epochs", 20),
        ("number_input", "Batch size", 32),
    ):
        assert widget(page, kind, label).value == value


@pytest.mark.parametrize(
    ("kind", "label", "value", "read"),
    [
        ("number_input", "Learning rate", 0.01, lambda spec: spec.training.optimizer.args["learning_rate"]),
        ("number_input", "Epochs", 7, lambda spec: spec.training.epochs),
        ("number_input", "Batch size", 64, lambda spec: spec.training.batch_size),
        ("number_input", "Seed", 8, lambda spec: spec.seed),
        ("selectbox", "Optimizer", "SGD", lambda spec: spec.training.optimizer.kind),
        ("selectbox", "Loss", "CategoricalCrossentropy", lambda spec: spec.training.loss.kind),
    ],
)
def test_a_setting_is_the_drafts_at_once_and_after_a_reload(store, open_page, kind, label, value, read):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    widget(page, kind, label).set_value(value).run()
    assert not page.exception
    assert read(stored(store, draft)) == value
    assert widget(open_page(TRAIN, draft=draft.id), kind, label).value == value


def test_another_optimizer_keeps_the_rate_and_has_arguments_of_its_own(store, open_page):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    widget(page, "selectbox", "Optimizer").set_value("SGD").run()
    widget(page, "number_input", "Momentum").set_value(0.9).run()
    optimizer = stored(store, draft).training.optimizer
    assert (optimizer.kind, optimizer.args.plain()) == ("SGD", {"learning_rate": 0.001, "momentum": 0.9})


def test_metrics_are_those_of_the_task_and_keep_their_arguments(store, open_page):
    top = {"kind": "SparseTopKCategoricalAccuracy", "args": {"k": 3}}
    draft = made(store, with_value(SPEC, "training.metrics", [top]))
    page = open_page(TRAIN, draft=draft.id)
    metrics = widget(page, "multiselect", "Metrics")
    assert "R2Score" not in metrics.options
    assert "AUC" not in metrics.options
    metrics.set_value(["SparseTopKCategoricalAccuracy", "accuracy"]).run()
    assert [each.model_dump() for each in stored(store, draft).training.metrics] == [
        top,
        {"kind": "accuracy", "args": {}},
    ]


def test_early_stopping_is_a_switch_with_its_patience(store, open_page):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    widget(page, "toggle", "EarlyStopping").set_value(True).run()
    (callback,) = stored(store, draft).training.callbacks
    assert (callback.kind, callback.args["patience"]) == ("EarlyStopping", 5)
    patience = next(each for each in page.number_input if "patience" in str(each.key))
    patience.set_value(9).run()
    assert stored(store, draft).training.callbacks[0].args["patience"] == 9
    widget(page, "toggle", "EarlyStopping").set_value(False).run()
    assert stored(store, draft).training.callbacks == ()


def test_start_runs_the_draft_and_watches_the_run(store, open_page, takes_runs):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    press(page, "Start")
    (run,) = store.runs.find(draft_id=draft.id)
    assert run.digest == draft.spec.digest
    assert stories.address(page, "run") == run.id
    assert "Cancel" in buttons(page)
    assert "Start" not in buttons(page)


def test_what_the_engine_refuses_is_said_and_leaves_no_run(store, open_page, monkeypatch):
    def refuse(self, spec, owner=None, draft_id=None, follows=None):
        raise SpecError("The layer *hidden* is too large.")

    monkeypatch.setattr(Client, "submit", refuse)
    page = open_page(TRAIN, draft=made(store).id)
    press(page, "Start")
    assert "The layer *hidden* is too large." in text(page)
    assert store.runs.find() == []
    assert not widget(page, "button", "Start").disabled


def test_a_blocking_problem_disables_start_says_why_and_offers_its_remedy(store, open_page, takes_runs):
    draft = made(store, with_value(SPEC, "model.layers.output.units", 3))
    page = open_page(TRAIN, draft=draft.id)
    assert widget(page, "button", "Start").disabled
    assert "output" in text(page)
    assert "10 units" in text(page)
    press(page, "Fix it")
    assert stored(store, draft).model.layers[-1].args["units"] == 10
    assert not widget(page, "button", "Start").disabled


def test_an_empty_draft_says_what_is_missing(store, open_page):
    spec = started(SPEC.dataset, outline(SPEC.dataset))
    page = open_page(TRAIN, draft=made(store, spec).id)
    assert page.title[0].value == "Train"
    assert widget(page, "button", "Start").disabled
    assert "at least one layer" in text(page)
    assert "Add layers" in [link.proto.label for link in page.get("page_link")]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("model.layers", [{"kind": "Nope", "name": "nope", "args": {}}], "Nope"),
        ("model.layers", [{"kind": "Dense", "name": "dense", "args": {}}], "units"),
        ("model.layers.output.inputs", ["nowhere"], "nowhere"),
        ("training.loss", {"kind": "Nope", "args": {}}, "Nope"),
        ("training.optimizer", {"kind": "Nope", "args": {}}, "Nope"),
        ("training.metrics", [{"kind": "Nope", "args": {}}], "Nope"),
        ("training.callbacks", [{"kind": "Nope", "args": {}}], "Nope"),
        ("training.optimizer.args.learning_rate", "fast", "Learning rate: expected"),
        ("dataset.source", "nowhere", "nowhere"),
    ],
)
def test_a_draft_from_elsewhere_that_makes_no_sense_is_shown_and_cannot_start(store, open_page, path, value, said):
    page = open_page(TRAIN, draft=made(store, with_value(SPEC, path, value)).id)
    assert widget(page, "button", "Start").disabled
    assert said in text(page)


def test_a_warning_stands_under_the_settings_with_its_remedy(store, open_page):
    spec = with_value(SPEC, "dataset.split.args.validation", 0.0)
    spec = with_value(spec, "training.callbacks", [{"kind": "EarlyStopping", "args": {"monitor": "val_loss"}}])
    (problem,) = [each for each in problems(spec, outline(spec.dataset)) if each.place.startswith("training")]
    page = open_page(TRAIN, draft=made(store, spec).id)
    assert obstacles.words(problem) in text(page)
    assert not widget(page, "button", "Start").disabled
    assert ("Fix it" in buttons(page)) == (problem.fix is not None)


def run_of(store: Store, draft: Draft, epochs: int = stories.EPOCHS) -> str:
    """A finished run of the draft as it is."""
    journal = store.runs.journal(store.runs.create(stored(store, draft), "local", draft.id))
    journal.append("started", {"machine": "here", "device": "CPU", "versions": stories.VERSIONS})
    journal.append("progress", {"phase": "building", "epoch": 0, "step": 0, "parameters": 4810, **stories.SIZES})
    stories.trained(journal, 1, epochs)
    journal.append("finished", {"epoch": epochs, "step": epochs * stories.STEPS, "seconds": 3.9, "test": {"loss": 0.1}})
    store.drafts.ran(draft.id, journal.run_id)
    return journal.run_id


def charts(page: AppTest) -> list[str]:
    """The names of the loss chart's lines."""
    option = json.loads(page.get("echarts_chart")[0].proto.spec)
    return [series["name"] for series in option["series"]]


def test_the_drafts_last_run_is_shown_and_it_can_start_again(store, open_page, takes_runs):
    draft = made(store)
    run_id = run_of(store, draft)
    page = open_page(TRAIN, draft=draft.id)
    assert stories.address(page, "run") == run_id
    assert "Start again" in buttons(page)
    assert "Run again" not in buttons(page)
    assert run_words.badge("finished") in text(page)


def test_a_change_after_a_run_is_named_before_it_is_run(store, open_page, takes_runs):
    draft = made(store)
    run_of(store, draft)
    page = open_page(TRAIN, draft=draft.id)
    widget(page, "number_input", "Learning rate").set_value(0.01).run()
    assert "**Changed since this run:** learning_rate 0.001 → 0.01" in text(page)


def test_earlier_runs_lie_behind_and_one_line_says_what_differs(store, open_page):
    draft = made(store)
    for rate in (0.001, 0.01, 0.1):
        now = store.drafts.draft(draft.id)
        store.drafts.save(draft.id, with_value(now.spec, "learning_rate", rate), now.revision)
        last = run_of(store, draft)
    page = open_page(TRAIN, draft=draft.id, run=last)
    assert "Run 3 against Run 2: learning_rate 0.01 → 0.1" in text(page)
    assert charts(page) == ["training", "validation", "by batch", "Run 2", "Run 1"]


def test_at_most_four_runs_lie_behind_and_failed_ones_do_not(store, open_page):
    draft = made(store)
    for _ in range(6):
        last = run_of(store, draft, epochs=2)
    store.runs.append(store.runs.create(SPEC, "local", draft.id), "failed", {"error": "no", "epoch": 0, "step": 0})
    page = open_page(TRAIN, draft=draft.id, run=last)
    assert charts(page)[3:] == ["Run 5", "Run 4", "Run 3", "Run 2"]
    assert "Run 6 has the same settings and seed as Run 5." in text(page)


def test_while_a_run_goes_on_the_settings_are_folded_and_count_for_the_next(store, open_page, takes_runs):
    draft = made(store)
    journal = store.runs.journal(store.runs.create(SPEC, "local", draft.id))
    journal.append("started", {"machine": "here", "device": "CPU", "versions": stories.VERSIONS})
    stories.trained(journal, 1, 2)
    store.drafts.ran(draft.id, journal.run_id)
    page = open_page(TRAIN, draft=draft.id)
    assert "Settings" in [each.label for each in page.expander]
    assert "Changes count for the next run" in text(page)
    assert "Start with the changes" not in buttons(page)
    widget(page, "number_input", "Epochs").set_value(5).run()
    press(page, "Start with the changes")
    assert sorted(run.epochs for run in store.runs.find(draft_id=draft.id)) == [5, 20]


def test_a_run_of_another_draft_stands_alone(store, open_page):
    draft, other = made(store), made(store)
    page = open_page(TRAIN, draft=draft.id, run=run_of(store, other))
    assert "Run again" in buttons(page)
    assert not [each for each in page.get("selectbox") if each.label == "Loss"]
    press(page, "Change a copy")
    assert len(store.drafts.find("local")) == 3
    assert "Start" in buttons(page)
    assert stories.address(page, "run") is None


def test_a_link_to_another_draft_forgets_the_run_of_the_one_before(store, open_page):
    draft, other = made(store), made(store, SPEC.model_copy(update={"name": "The other"}))
    page = open_page(TRAIN, draft=draft.id, run=run_of(store, draft))
    del page.query_params["run"]
    page.query_params["draft"] = other.id
    page.run()
    assert page.title[0].value == "The other"
    assert "Start" in buttons(page)


def test_a_draft_that_is_not_there_is_said(store, open_page):
    page = open_page(TRAIN, draft="nosuchdraft")
    assert page.title[0].value == "There is no such draft"


def test_a_value_that_another_tab_has_changed_is_not_overwritten(store, open_page):
    draft = made(store)
    page = open_page(TRAIN, draft=draft.id)
    store.drafts.save(draft.id, with_value(draft.spec, "training.epochs", 3), 1)
    widget(page, "number_input", "Batch size").set_value(64).run()
    assert stored(store, draft).training.batch_size == 32
    assert "another tab" in "\n".join(box.value for box in page.warning)
    assert widget(page, "number_input", "Epochs").value == 3


def test_a_metric_opens_its_form_and_can_be_added_changed_and_removed(store, open_page):
    draft = made(store, with_value(SPEC, "training.metrics", [{"kind": "accuracy", "args": {}}]))
    page = open_page(TRAIN, draft=draft.id)
    widget(page, "multiselect", "Metrics").set_value(["accuracy", "SparseTopKCategoricalAccuracy"]).run()
    (k,) = [each for each in page.number_input if "SparseTopKCategoricalAccuracy.args.k" in str(each.key)]
    k.set_value(2).run()
    assert [(each.kind, each.args.plain()) for each in stored(store, draft).training.metrics] == [
        ("accuracy", {}),
        ("SparseTopKCategoricalAccuracy", {"k": 2}),
    ]
    widget(page, "multiselect", "Metrics").set_value(["SparseTopKCategoricalAccuracy"]).run()
    (k,) = [each for each in page.number_input if "SparseTopKCategoricalAccuracy.args.k" in str(each.key)]
    assert k.value == 2
    widget(page, "multiselect", "Metrics").set_value(["accuracy"]).run()
    assert [each.kind for each in stored(store, draft).training.metrics] == ["accuracy"]
    assert not [each for each in page.number_input if "TopK" in str(each.key)]


@pytest.mark.parametrize("kind", [entry.id for entry in catalog.entries("metrics") if entry.params])
def test_every_metric_with_arguments_has_their_form(store, open_page, kind):
    metric = {"kind": kind, "args": usual_args("metrics", kind)}
    page = open_page(TRAIN, draft=made(store, with_value(SPEC, "training.metrics", [metric])).id)
    keys = [str(each.key) for of in ("number_input", "selectbox", "toggle", "text_input") for each in page.get(of)]
    for param in catalog.entry("metrics", kind).params:
        assert [key for key in keys if key.startswith(f"training.metrics.{kind}.args.{param.name}~")], param.name


def test_two_metrics_of_a_kind_are_changed_one_by_one_and_both_stay(store, open_page):
    both = [{"kind": "SparseTopKCategoricalAccuracy", "args": {"k": k}} for k in (2, 3)]
    draft = made(store, with_value(SPEC, "training.metrics", both))
    page = open_page(TRAIN, draft=draft.id)
    (second,) = [each for each in page.number_input if "training.metrics.1.args.k" in str(each.key)]
    second.set_value(5).run()
    assert [each.args["k"] for each in stored(store, draft).training.metrics] == [2, 5]
    widget(page, "multiselect", "Metrics").set_value(["SparseTopKCategoricalAccuracy", "accuracy"]).run()
    assert [each.args.get("k") for each in stored(store, draft).training.metrics] == [2, 5, None]


def kept_weights(run_id: str) -> bytes:
    """Gives the run a file of weights; returns what is in it."""
    folder = settings().run_dir(run_id)
    folder.mkdir(parents=True)
    (folder / "best.weights.h5").write_bytes(b"weights of a run")
    return b"weights of a run"


def test_the_next_run_goes_on_from_a_runs_weights_and_can_turn_back(store, open_page):
    draft = made(store)
    content = kept_weights(run_of(store, draft))
    page = open_page(TRAIN, draft=draft.id)
    press(page, "Go on from these weights")
    assert stored(store, draft).model.weights == hashlib.sha256(content).hexdigest()
    assert "Training starts from kept weights." in text(page)
    assert "weights fresh → kept" in text(page)
    assert "Go on from these weights" not in buttons(page)
    press(page, "Start from fresh weights")
    assert stored(store, draft) == SPEC


def test_weights_of_other_layers_are_not_offered(store, open_page):
    draft = made(store)
    kept_weights(run_of(store, draft))
    store.drafts.save(draft.id, with_value(SPEC, "model.layers.0.name", "other"), 1)
    assert "Go on from these weights" not in buttons(open_page(TRAIN, draft=draft.id))
