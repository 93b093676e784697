"""The page Explain, on what jobs have kept and a workbench would answer; without an engine."""

from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from playground import data, recipes
from playground.engine.client import Client
from playground.engine.explain_asked import explanation_of
from playground.engine.predict_files import inputs_of
from playground.runs.evaluations import Evaluation
from playground.runs.explanations import keep
from playground.settings import settings
from playground.ui import explain_ask, explain_why
from playground.ui.lab_answers import Answer
from tests.ui import stories

EXPLAIN = "pages/18_Explain.py"
STEP = stories.EPOCHS * stories.STEPS
CNN = [
    {"name": "conv", "kind": "Conv2D", "shape": [6, 6, 40]},
    {"name": "flatten", "kind": "Flatten", "shape": [1440]},
    {"name": "output", "kind": "Dense", "shape": [10]},
]


def words(page):
    return "\n".join(each.value for each in [*page.markdown, *page.caption, *page.title]).replace("\\", "")


def labelled(page, label):
    return next(each for each in page.main if getattr(each, "label", "") == label)


def chosen(page, label):
    """The widget with this label."""
    found = [*page.selectbox, *page.number_input, *page.button]
    return next(each for each in found if each.label == label)


@pytest.fixture
def asked(monkeypatch):
    """What the page asks a workbench, and answers as one would give them."""
    questions = []

    def ask(view, which, step, question, **args):
        questions.append((question, args))
        if question == "explain_layers":
            return Answer({"layers": CNN, "see": ["conv"], "reads_words": False})
        if question == "predict_sample":
            return Answer({"is_exact": True}, {"answer": np.eye(10, dtype=np.float32)[3], "input": np.zeros((8, 8))})
        if question == "explain_layer":
            values = {"shape": [6, 6, 40], "first": args["first"], "low": -1.0, "high": 2.0, "zero": 0.25}
            return Answer(values, {"output": np.ones((6, 6, 32 if args["first"] == 0 else 8), np.float32)})
        values = {"shape": [3, 3, 1, 40], "first": 0, "channel": 0, "image": None}
        return Answer(values, {"kernel": np.ones((3, 3, 32), np.float32)})

    monkeypatch.setattr(Client, "ping", lambda self, timeout_s=1.0: None)
    monkeypatch.setattr(explain_ask, "ask", ask)
    return questions


@pytest.fixture
def run_id(store, asked):
    """A finished run on the digits whose inputs a job has described."""
    run_id = stories.finished(store)
    spec = recipes.recipe("digits-mlp").spec
    data.prepare(spec.dataset, spec.seed, settings())
    asking = inputs_of(spec)
    job = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    inputs = {
        "kind": "image",
        "shape": [8, 8],
        "part": "validation",
        "at": [0],
        "truths": [1.0],
        "target": "",
        "unit": "",
    }
    store.jobs.end(job, "finished", result=inputs)
    return run_id


def tell(run_id, what, values, arrays, **args):
    """Keeps what a job would have found."""
    asking = explanation_of(run_id, "best", STEP, "validation", what, **args)
    keep(settings().run_dir(run_id), asking.key, Evaluation({"what": what, "part": "validation", **values}, arrays))


def test_a_run_that_is_not_ready_says_so(store, open_page, asked):
    assert "Nothing to explain yet" in words(open_page(EXPLAIN))
    assert "still training" in words(open_page(EXPLAIN, run=stories.running(store)))


def test_where_it_looked_and_what_each_pixel_moved(open_page, run_id):
    heat = np.zeros((6, 6), np.float32)
    heat[0, 5] = 2
    at = {"at": 4, "label": None}
    tell(run_id, "cam", {"label": 3, "layer": "conv", "layers": ["conv"]}, {"map": heat}, **at, layer="conv")
    values = {"label": 3, "value": 0.9, "baseline_value": 0.1, "gap": 0.001, "points": 32}
    tell(run_id, "gradients", values, {"effects": np.ones((8, 8), np.float32)}, **at, baseline="lowest")
    page = open_page(EXPLAIN, run=run_id, sample="5")
    assert chosen(page, "Row").value == 5
    assert "What speaks most for 3 lies in the top right." in words(page)
    assert "Together the effects raise 3 from 0.100 to 0.900." in words(page)
    assert not page.get("skeleton")
    chosen(page, "Row").set_value(6).run()
    assert page.query_params["sample"] in ("6", ["6"])
    assert len(page.get("skeleton")) == 2, "another row is asked for"
    chosen(page, "Any other").click().run()
    assert 1 <= chosen(page, "Row").value <= 270
    assert not page.exception


@pytest.mark.parametrize("sample", ["0", "271", "x", "9" * 40, "-1", "٣"])
def test_a_row_that_there_is_not_is_the_first_one(open_page, run_id, sample):
    assert chosen(open_page(EXPLAIN, run=run_id, sample=sample, layer="<b>", look="all"), "Row").value == 1


def test_maps_and_filters_page_by_page(open_page, run_id, asked):
    page = open_page(EXPLAIN, run=run_id, look="layer")
    pictures = [len(each.proto.imgs) for each in page.get("image")]
    assert sorted(pictures) == [1, 32]
    assert "conv gives -1.000 to 2.000; 25 % of it is 0." in words(page).replace("−", "-")
    chosen(page, "Units, page").set_value(2).run()
    assert asked[-1][1]["first"] == 32
    assert page.query_params["from"] in ("2", ["2"])
    again = open_page(EXPLAIN, run=run_id, look="layer", of="filters")
    assert "Weights of conv" in words(again)


def test_the_map_tells_true_and_answered_and_a_failed_job_why(open_page, run_id, store):
    n = 12
    arrays = {"points": np.random.default_rng(0).normal(size=(n, 2)).astype(np.float32), "at": np.arange(n)}
    arrays |= {"rows": np.arange(n), "labels": np.arange(n, dtype=np.int32) % 10, "answered": np.zeros(n, np.int32)}
    values = {"of": n, "features": 1440, "is_mean": False, "explained": [0.5, 0.2]}
    tell(run_id, "map", values, arrays, layer="flatten", method="pca")
    page = open_page(EXPLAIN, run=run_id, look="map")
    assert "12 rows by what flatten makes of them. PCA: the plane keeps 70% of the variance of 1,440" in words(page)
    asking = explanation_of(run_id, "best", STEP, "validation", "map", layer="flatten", method="tsne")
    store.jobs.end(store.jobs.create(asking.kind, asking.key, asking.args, "local"), "failed", error="Too few rows.")
    failed = open_page(EXPLAIN, run=run_id, look="map", method="tsne")
    assert "Too few rows." in words(failed)
    assert chosen(failed, "Try again")


def test_what_excites_a_unit(open_page, run_id):
    arrays = {"made": np.ones((8, 8), np.float32), "climb": np.linspace(0, 5, 20).astype(np.float32)}
    arrays |= {"best": np.array([7, 9]), "best_values": np.array([4.0, 3.0]), "mean": np.array([0.5])}
    tell(run_id, "unit", {"units": 10, "is_made": True, "first": 0.0, "value": 5.0}, arrays, layer="output", unit=0)
    page = open_page(EXPLAIN, run=run_id, look="unit")
    assert "The unit gives 5.000 for it, 0.000 for the average input, and 4.000 for the best row." in words(page)
    assert "its class is 0" in words(page)
    captions = [each.caption for image in page.get("image") for each in image.proto.imgs]
    assert "row 8: 4.000" in [each.replace("\\", "") for each in captions]


def test_words_are_coloured_by_what_they_moved():
    def draw():
        from types import SimpleNamespace

        import numpy as np

        from playground.specs import DatasetSpec
        from playground.specs.facts import Facts
        from playground.ui import explain_words

        facts = Facts(task="binary", input_shape=(4,), classes=("no", "yes"), symbols=("good", "bad", "*so*", "on"))
        spec = SimpleNamespace(dataset=DatasetSpec(source="digits"), name="x")
        view = SimpleNamespace(spec=spec, run=SimpleNamespace(id="r"))
        chosen = SimpleNamespace(view=view, prepared=SimpleNamespace(facts=facts))
        explain_words.panel(chosen, np.arange(4), np.array([0.8, -0.3, 0.0, 0.1]), "Said.")

    page = AppTest.from_function(draw, default_timeout=30).run()
    assert not page.exception
    text = page.markdown[0].value
    assert text == r":blue-background[**good**] :orange[bad] \*so\* :blue[on]"
    said = page.caption[0].value.replace("\\", "")
    assert "For it: good +0.8, on +0.1. Against it: bad −0.3." in said


@pytest.mark.parametrize(
    ("label", "loss", "values", "said"),
    [
        (0, {}, (-0.25, -0.5), "raise no from 0.500 to 0.750"),
        (1, {}, (0.25, 0.5), "lower yes from 0.500 to 0.250"),
        (0, {"from_logits": True}, (-0.25, -0.5), "raise no from -0.500 to -0.250"),
    ],
)
def test_of_two_classes_with_one_unit_the_other_has_what_is_left(label, loss, values, said):
    training = SimpleNamespace(loss=SimpleNamespace(kind="BinaryCrossentropy", args=loss))
    facts = SimpleNamespace(classes=("no", "yes"), task="binary")
    spec = SimpleNamespace(training=training)
    chosen = SimpleNamespace(view=SimpleNamespace(spec=spec), prepared=SimpleNamespace(facts=facts), inputs={})
    here, there = values
    found = SimpleNamespace(values={"label": label, "value": here, "baseline_value": there, "gap": 0.0})
    assert said in explain_why.change(chosen, found).replace("\u2212", "-")
