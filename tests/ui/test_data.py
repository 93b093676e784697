"""The Data page: cards, samples, preparation, split, and what a change of the dataset does to a draft."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground import catalog, data, recipes
from playground.engine.client import Client
from playground.engine.errors import HostError
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs import Args, DatasetSpec, SplitSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts, is_sequence_shape
from playground.specs.first_dataset import first_dataset
from playground.specs.templates import fitting, started
from playground.ui import data_samples, shell
from playground.ui.data_rows import Rows
from tests.ui import stories
from tests.ui.conftest import Open

PATH = "pages/1_Data.py"
EVERY = [entry.id for entry in catalog.entries("datasets")]
HERE = [name for name in EVERY if data.SOURCES[name].stamp is None]
BY_HAND = ("points",)
"""Whose points are a table too, for the keyboard."""


def prepare_here(self: Client, dataset: DatasetSpec, seed: int) -> str:
    """Does here and now what the engine does in a job."""
    job_id = self.store.jobs.create("prepare", dataset.prepared_key(seed), {}, "local")
    try:
        data.prepare(dataset, seed, self.settings)
    except data.DataError as error:
        self.store.jobs.end(job_id, "failed", error=str(error))
    else:
        self.store.jobs.end(job_id, "finished", result={})
    return job_id


@pytest.fixture(autouse=True)
def engine_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that prepares here and now, since the tests of this folder have none."""

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: {"pid": 1})
    monkeypatch.setattr(Client, "prepare", prepare_here)


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is fetched."""
    from playground.data.downloads import download

    def refuse(*args: object) -> None:
        raise download.DownloadError("no connection to storage.googleapis.com")

    monkeypatch.setattr(download, "download", refuse)


def started_on(store: Store, source: str, template: str | None = None) -> Draft:
    dataset = first_dataset(source)
    return store.drafts.create(started(dataset, data.outline(dataset), template), "local")


def of(app: AppTest, store: Store) -> Draft:
    """The draft that the page's address names."""
    draft_id = stories.address(app, "draft")
    assert draft_id is not None
    return store.drafts.draft(draft_id)


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in [*app.markdown, *app.caption])  # a dialog is not in main


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception, app.exception
    return app


def keyed(widgets, name: str):
    """The widget whose key begins with ``name``; the rest of it is the draft's generation."""
    (found,) = [each for each in widgets if each.key and each.key.startswith(name)]
    return found


def charts(app: AppTest) -> list[str]:
    return [each.proto.alt for each in app.main.get("echarts_chart")] if app.main.get("echarts_chart") else []


def test_without_a_draft_there_are_the_cards_alone(open_page: Open, store: Store):
    app = open_page(PATH)
    assert [button.key for button in app.button] == [f"choose-{name}" for name in EVERY]
    assert {button.label for button in app.button} == {"Choose"}
    assert "Samples" not in words(app)
    assert store.drafts.find("local") == []


def is_drawn(facts: Facts) -> bool:
    """Whether samples are a picture, and no rows of a table."""
    is_sequence = is_sequence_shape(facts.input_shape) or facts.is_sequence_answered
    return not is_sequence and (facts.is_series or facts.input_shape in ((1,), (2,)) or len(facts.input_shape) > 1)


@pytest.mark.parametrize("source", HERE)
def test_every_dataset_can_be_chosen_and_looked_at(open_page: Open, store: Store, source: str):
    app = press(open_page(PATH), f"choose-{source}")
    draft = of(app, store)
    facts = data.outline(draft.spec.dataset)
    assert draft.spec.dataset == first_dataset(source)
    assert draft.spec.model.layers == ()
    assert not [button for button in app.button if button.key.startswith("choose-")], "one line is left of the cards"
    assert [metric.label for metric in app.metric][:2] == ["Samples", "Input"]
    assert "What fits: output layer of" in words(app)
    assert draft.spec.training.loss.kind in words(app)
    assert not app.error
    assert ("Class balance" in words(app)) == bool(facts.classes and not facts.is_sequence_answered)
    columns = data.SOURCES[source].columns
    assert ("Before and after" in words(app)) == (columns is None or any(each.type == "number" for each in columns))
    assert len(app.dataframe) == (source in BY_HAND or not is_drawn(facts))


def test_sequences_are_read_as_they_are_written(open_page: Open, store: Store):
    sums = open_page(PATH, draft=started_on(store, "addition").id).dataframe[0].value
    for asked, answer in zip(sums["input"], sums["answer"], strict=True):
        assert sum(map(int, asked.split("+"))) == int(answer)
    going_on = open_page(PATH, draft=started_on(store, "continuation").id).dataframe[0].value
    first = [*map(int, f"{going_on['sequence'][0]}, {going_on['answer'][0]}".split(", "))]
    assert first == list(going_on["as a line"][0])
    assert len(set(np.diff(first, n=2))) == 1


def test_a_class_can_be_looked_at_alone(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "iris").id)
    app.button_group(key="class-iris").set_value(1).run()
    assert set(app.dataframe[0].value["class"]) == {"versicolor"}
    assert "All 50 samples" in words(app)


def test_columns_have_their_names_and_units(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "iris").id)
    assert list(app.dataframe[0].value.columns) == ["class", *data.SOURCES["iris"].features]
    assert "petal width (cm)" in app.dataframe[0].value.columns


def test_another_dataset_for_an_empty_draft_brings_what_fits_and_can_be_undone(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "iris").id)
    press(app, "change-dataset")
    assert app.button(key="choose-iris").label == "Chosen"
    keyed(app.button_group, "data-kind").set_value("").run()
    press(app, "choose-diabetes")
    assert of(app, store).spec.training.loss.kind == "MeanSquaredError"
    assert "output layer of 1 unit without activation" in words(app)
    press(app, "undo-choice")
    assert of(app, store).spec.dataset.source == "iris"
    assert of(app, store).spec.training.loss.kind == "SparseCategoricalCrossentropy"
    assert "undo-choice" not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("keep", "layers", "units", "loss"),
    [
        ("layers", 3, 3, "SparseCategoricalCrossentropy"),
        ("all", 3, 1, "MeanSquaredError"),
        ("nothing", 0, None, "SparseCategoricalCrossentropy"),
    ],
)
def test_another_dataset_for_a_draft_with_layers_asks(open_page: Open, store: Store, keep, layers, units, loss):
    app = press(open_page(PATH, draft=started_on(store, "diabetes", "mlp").id), "change-dataset")
    press(app, "choose-iris")
    assert of(app, store).spec.dataset.source == "diabetes", "nothing happens before the answer"
    assert "Your draft has 3 layers, made for Diabetes." in words(app)
    press(app, f"keep-{keep}")
    spec = of(app, store).spec
    assert spec.dataset == first_dataset("iris")
    assert len(spec.model.layers) == layers
    assert units is None or spec.model.layers[-1].args["units"] == units
    assert spec.training.loss.kind == loss
    press(app, "undo-choice")
    assert of(app, store).spec.dataset.source == "diabetes"


def test_the_cards_can_be_opened_and_left_without_a_choice(open_page: Open, store: Store):
    draft = started_on(store, "iris")
    app = press(open_page(PATH, draft=draft.id), "change-dataset")
    assert app.button(key="choose-wine")
    press(app, "keep-dataset")
    assert "choose-wine" not in [button.key for button in app.button]
    assert of(app, store).spec == draft.spec


def test_an_empty_model_can_start_from_a_template(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits").id)
    fit = [f"template-{template.name}" for template in fitting(data.outline(first_dataset("digits")))]
    assert [button.key for button in app.button if button.key.startswith("template-")] == fit
    press(app, "template-cnn")
    assert [layer.kind for layer in of(app, store).spec.model.layers].count("Conv2D") == 2
    assert not [button for button in app.button if button.key.startswith("template-")]


def test_the_picture_itself_can_be_predicted(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits", "mlp").id)
    before = of(app, store).spec
    keyed(app.segmented_control, "target").set_value("input").run()
    assert not app.exception
    spec = of(app, store).spec
    assert spec.dataset.target == "input"
    assert (spec.training.loss.kind, spec.training.metrics[0].kind) == ("MeanSquaredError", "MeanAbsoluteError")
    assert [layer.name for layer in spec.model.layers] == [*(layer.name for layer in before.model.layers), "rebuilt"]
    assert {metric.label: metric.value for metric in app.metric}["Target"] == "8 × 8"
    keyed(app.segmented_control, "target").set_value("").run()
    assert of(app, store).spec == before


def test_the_choice_of_the_target_names_what_there_is(open_page: Open, store: Store):
    for source, names in (("diabetes", ["the number", "the features themselves"]), ("xor", ["the class"])):
        app = open_page(PATH, draft=started_on(store, source).id)
        shown = [
            name.removeprefix(":blue[").removesuffix("]") for name in keyed(app.segmented_control, "target").options
        ]
        assert shown[: len(names)] == names


def test_steps_are_added_moved_changed_and_removed(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits").id)
    press(app, "add-standardise")
    assert [step.kind for step in of(app, store).spec.dataset.steps] == ["scale", "standardise"]
    press(app, "step-arrow_upward-1")
    assert [step.kind for step in of(app, store).spec.dataset.steps] == ["standardise", "scale"]
    keyed(app.number_input, "dataset.steps.1.args.maximum").set_value(8.0).run()
    assert of(app, store).spec.dataset.steps[1].args["maximum"] == 8.0
    press(app, "step-remove-0")
    assert [step.kind for step in of(app, store).spec.dataset.steps] == ["scale"]
    press(app, "add-add_channel")
    assert app.button(key="add-add_channel").disabled
    assert "8 × 8 × 1" in [metric.value for metric in app.metric]


def test_before_and_after_are_the_same_rows(home):
    raw = DatasetSpec(source="digits")
    split = SplitSpec(kind="holdout", args=Args({"validation": 0.3, "test": 0.3}))
    scaled = first_dataset("digits").model_copy(update={"split": split})
    before = Rows(data.prepare(raw, 0, settings()))
    after = Rows(data.prepare(scaled, 5, settings()), ("train",))
    drawn = after.drawn(50)
    at = before.places(after.numbers[drawn])
    np.testing.assert_allclose(before.x(at) / 16, after.x(drawn))
    np.testing.assert_array_equal(before.y[at], after.y[drawn])


def test_steps_that_do_not_fit_are_said_and_can_be_removed(open_page: Open, store: Store):
    spec = started_on(store, "iris").spec
    wrong = with_value(spec, "dataset.steps", [{"kind": "add_channel"}])
    app = open_page(PATH, draft=store.drafts.create(wrong, "local").id)
    assert "add\\_channel" in app.error[0].value
    press(app, "step-remove-0")
    assert not app.error


def test_the_split_can_be_dragged_and_typed(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits").id)
    keyed(app.slider, "split-handles").set_value((60, 80)).run()
    assert dict(of(app, store).spec.dataset.split.args) == {"validation": 0.2, "test": 0.2}
    assert keyed(app.number_input, "split-validation").value == 20
    keyed(app.number_input, "split-test").set_value(10).run()
    assert of(app, store).spec.dataset.split.args["test"] == 0.1
    assert keyed(app.slider, "split-handles").value == (70, 90)
    assert "1,258 / 359 / 180" in [metric.value for metric in app.metric]
    keyed(app.number_input, "seed").set_value(3).run()
    assert of(app, store).spec.seed == 3


def test_a_split_that_leaves_too_little_to_train_on_is_said(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits").id)
    keyed(app.slider, "split-handles").set_value((0, 50)).run()
    assert "Too few rows" in app.error[0].value
    keyed(app.slider, "split-handles").set_value((50, 75)).run()
    assert not app.error


def test_another_kind_of_split_shows_what_it_has(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "digits").id)
    assert "As published" not in keyed(app.selectbox, "split-kind").options
    keyed(app.selectbox, "split-kind").set_value("none").run()
    assert of(app, store).spec.dataset.split.kind == "none"
    assert not app.slider
    assert "1,797 / 0 / 1,797" in [metric.value for metric in app.metric]


def test_options_of_a_generated_set_change_its_points(open_page: Open, store: Store):
    app = open_page(PATH, draft=started_on(store, "spirals").id)
    keyed(app.number_input, "dataset.options.n_samples").set_value(100).run()
    assert of(app, store).spec.dataset.options["n_samples"] == 100
    assert "All 100 samples" in words(app)


def test_a_file_that_is_not_there_says_what_to_do(open_page: Open, store: Store):
    app = press(open_page(PATH), "choose-mnist")
    assert "MNIST is not here yet" in words(app)
    assert "no connection to storage.googleapis.com" in words(app)
    press(app, "again-samples")
    assert "MNIST is not here yet" in words(app)
    press(app, "instead")
    assert of(app, store).spec.dataset.source == "digits"
    assert "52 of 1,797" in words(app)


def test_without_an_engine_the_rest_is_drawn(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)
    app = open_page(PATH, draft=started_on(store, "digits").id)
    assert "1,257 / 270 / 270" in [metric.value for metric in app.metric]
    assert len(app.main.get("skeleton")) >= 1
    assert "Preparation" in words(app)


def test_an_engine_that_refuses_is_heard(open_page: Open, store: Store, monkeypatch: pytest.MonkeyPatch):
    def refuse(self, dataset, seed):
        raise HostError("The engine could not be started: no space left.")

    monkeypatch.setattr(Client, "prepare", refuse)
    app = open_page(PATH, draft=started_on(store, "digits").id)
    assert "no space left" in words(app)
    assert app.button(key="again-samples")


def test_a_draft_of_a_dataset_that_is_gone_can_get_another(open_page: Open, store: Store):
    spec = started_on(store, "iris").spec
    gone = spec.model_copy(update={"dataset": DatasetSpec(source="seals")})
    app = open_page(PATH, draft=store.drafts.create(gone, "local").id)
    assert "There is no dataset 'seals'" in app.error[0].value
    press(app, "choose-iris")
    assert of(app, store).spec.dataset.source == "iris"


def test_a_recipe_s_draft_is_shown_as_it_is(open_page: Open, store: Store):
    spec = recipes.recipe("digits-cnn").spec
    app = open_page(PATH, draft=store.drafts.create(spec, "local").id)
    assert not app.error
    assert of(app, store).spec == spec


@pytest.mark.parametrize("shape", [(3, 8, 8), (3, 8, 8, 1), (3, 32, 32, 3), (0, 8, 8), (2, 100, 60)])
def test_images_are_coloured_for_the_screen(monkeypatch: pytest.MonkeyPatch, shape):
    monkeypatch.setattr(shell, "theme", lambda: "dark")
    images = np.linspace(0, 16, int(np.prod(shape)), dtype=np.float32).reshape(shape)
    seen = data_samples.coloured(images)
    assert seen.dtype == np.uint8
    assert seen.shape[0] == shape[0]
    assert seen.shape[-1] == 4
    assert seen.shape[1] >= 88


def test_a_dataset_is_found_by_search(open_page: Open, store: Store):
    app = open_page(PATH)
    search = keyed(app.selectbox, "data-search")
    assert len(search.options) == len(EVERY)
    search.set_value("iris").run()
    assert not app.exception
    (made,) = store.drafts.find("local")
    assert made.spec.dataset.source == "iris"
