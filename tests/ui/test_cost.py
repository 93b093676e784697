"""What a model costs, on the Model page and where a run is started, with an engine that answers by hand."""

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from playground import recipes
from playground.engine.client import Client
from playground.engine.errors import AnswerError, HostError
from playground.runs import Draft, Store
from playground.settings import settings
from playground.specs import RunSpec
from playground.specs.cost import Cost, LayerCost
from playground.specs.shapes import LayerShape, Shapes
from playground.ui import costs, model_cost, obstacles, shapes, shell
from tests.ui.conftest import Open
from tests.ui.test_train import buttons, press, text

SPEC = recipes.recipe("digits-mlp").spec
BATCH_SIZE = SPEC.training.batch_size


class Engine:
    """What the engine says of a model's cost: a cost, ``None``, or an error that it raises."""

    def __init__(self) -> None:
        self.cost: Cost | Exception | None = cost()
        self.n_asked = 0

    def ask(self, question: str, args):
        layers = RunSpec.from_dict(args["spec"]).model.layers
        if question == "cost":
            self.n_asked += 1
            if isinstance(self.cost, Exception):
                raise self.cost
            return {"cost": self.cost and self.cost.model_dump()}, {}
        listed = [
            {"name": each.name, "kind": each.kind, "output_shape": [10], "parameters": 1, "trainable": 1}
            for each in layers
        ]
        summary = {"layers": listed, "parameters": len(layers), "trainable": len(layers)}
        return {"summary": summary, "error": None, "weights_misfit": "", "cost": None}, {}


def cost(kept_bytes: int = 1_000) -> Cost:
    """A cost of the layers of ``SPEC``, each of which keeps so many bytes a sample."""
    return Cost(
        layers=tuple(
            LayerCost(name=each.name, multiply_adds=7, kept_bytes=kept_bytes, output_bytes=40)
            for each in SPEC.model.layers
        ),
        weights_bytes=100,
        gradients_bytes=100,
        optimizer_bytes=200,
        update_bytes=0,
        data_bytes=0,
        batch_bytes=0,
        passing_bytes=0,
    )


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """The engine that answers; a count is over by the time that the page goes on."""
    found = Engine()
    shapes._asked.cache_clear()
    costs._asked.clear()
    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1: {"pid": 1})
    monkeypatch.setattr(Client, "ask", lambda self, question, args, arrays=None: found.ask(question, args))
    return found


def made(store: Store, spec: RunSpec = SPEC) -> Draft:
    return store.drafts.create(spec, settings().owner)


def opened(open_page: Open, draft: Draft, page: str = shell.MODEL) -> AppTest:
    """The page once the cost is counted."""
    costs.begin(draft.spec)
    costs.why_not(draft.spec)  # waits for the count
    app = open_page(page, draft=draft.id)
    app.session_state["side"] = "Cost"
    return app.run()


def test_totals_and_the_table_stand_under_cost(open_page: Open, store: Store, answering: Engine):
    app = opened(open_page, made(store))
    said = {each.label: each.value for each in app.metric}
    peak = cost().peak_bytes(BATCH_SIZE)
    assert said["Multiply-adds"] == str(7 * len(SPEC.model.layers))
    assert said["A training step"] == f"{peak / 1000:.1f} kB"
    (table,) = app.dataframe
    assert list(table.value["Layer"]) == [layer.name for layer in SPEC.model.layers]
    assert set(table.value["Kept"]) == {1_000 * BATCH_SIZE}
    assert answering.n_asked == 1


@pytest.mark.parametrize("error", [AnswerError("It took more than 20 s."), HostError("There is no engine."), None])
def test_a_failed_count_says_why_and_is_counted_again_when_asked(open_page, store, answering, error):
    answering.cost = error
    app = opened(open_page, made(store))
    assert (str(error) if error else "could not put these layers together") in text(app)
    assert "Training is not affected" in text(app)
    app.run()
    assert answering.n_asked == 1, "a failed count is not asked again by itself"
    answering.cost = cost()
    press(app, "Count again")
    costs.why_not(SPEC)
    app.run()
    assert answering.n_asked == 2
    assert app.dataframe
    assert "Count again" not in buttons(app)


def test_layers_that_do_not_fit_are_not_counted(answering: Engine):
    known = Shapes(layers=(), error="no")
    assert costs.joined(SPEC, known) is known
    assert answering.n_asked == 0


def test_the_table_as_csv_has_a_row_a_layer():
    layers = tuple(
        LayerShape(name=each.name, kind=each.kind, output_shape=(10,), parameters=3, trainable=3)
        for each in SPEC.model.layers
    )
    table = model_cost.frame(cost(), Shapes(layers=layers), 32)
    rows = list(csv.DictReader(io.StringIO(table.to_csv(index=False))))
    assert [row["Layer"] for row in rows] == [layer.name for layer in layers]
    assert rows[0] | {"Layer": ""} == {
        "Layer": "",
        "Multiply-adds": "7",
        "Kept": "32000",
        "Output": "1280",
        "Parameters": "3",
    }


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (999, "999"), (2_400, "2.4 k"), (147_456, "147 k"), (3 * 10**9, "3.0 G")]
)
def test_a_count_in_short(number, words):
    assert model_cost.in_short(number) == words


def test_a_step_over_the_memory_is_said_where_start_stands_and_mended_there(open_page, store, answering):
    there = costs.device(settings()).memory_bytes
    answering.cost = cost(kept_bytes=there // 10 // len(SPEC.model.layers))
    draft = made(store)
    page = opened(open_page, draft, shell.TRAIN)
    assert f"a step with {BATCH_SIZE} samples takes about" in text(page)
    assert not next(each for each in page.button if each.label == "Start").disabled, "it is advice"
    press(page, "Fix it")
    mended = store.drafts.draft(draft.id).spec
    assert cost(there // 10 // len(SPEC.model.layers)).peak_bytes(mended.training.batch_size) <= there
    assert "a step with" not in text(page)


def test_the_train_page_does_not_wait_for_the_count(answering: Engine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(costs._askers, "submit", lambda job: costs.Future())
    assert obstacles.over_memory(SPEC) == ()
    assert not obstacles.is_settled(SPEC)


def test_only_a_cost_that_is_looked_at_is_counted_once_the_draft_is_left_alone(
    open_page, store, answering, monkeypatch
):
    draft = made(store)
    monkeypatch.setattr(model_cost, "_PAUSE_S", 0)
    app = open_page(shell.MODEL, draft=draft.id)
    assert answering.n_asked == 0, "nobody looks at it"
    monkeypatch.setattr(model_cost, "_PAUSE_S", 60)
    app.session_state["side"] = "Cost"
    app.run()
    assert answering.n_asked == 0, "the next edit may come at once"
    monkeypatch.setattr(model_cost, "_PAUSE_S", 0)
    app.run()
    assert costs.why_not(draft.spec) == ""
    assert answering.n_asked == 1


def test_a_model_that_may_take_much_memory_is_counted_before_anybody_looks(open_page, store, answering, monkeypatch):
    monkeypatch.setattr(model_cost, "_PAUSE_S", 0)
    monkeypatch.setattr(model_cost, "_LITTLE", 0)
    draft = made(store)
    open_page(shell.MODEL, draft=draft.id)
    assert costs.why_not(draft.spec) == ""
    assert answering.n_asked == 1
