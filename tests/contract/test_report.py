"""Reports of runs: one file that needs no other, with the figures of the evaluation, and nothing of a name runs."""

import base64
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import keras
import numpy as np
import pytest

from playground import data, recipes
from playground.engine.asked import beside_of, report_of
from playground.engine.report_jobs import REPORT_JOBS
from playground.insight.evaluate import evaluate
from playground.insight.report import report
from playground.runs import open_store
from playground.runs.artifacts import REPORT
from playground.runs.metric_words import value
from playground.runs.openings import open_test
from playground.settings import settings
from playground.training.build import build

DIGITS = recipes.recipe("digits-mlp").spec
HOSTILE = '<script>alert("1")</script> $x_1$ & {{ 7*7 }} \'"'
VOID = {"meta", "img"}


class Page(HTMLParser):
    """What stands in a page: its tags with their attributes, and its text without the style."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        assert not self._open, self._open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, text):
        if "style" not in self._open:
            self.text += text

    def of(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


def made(store, spec, events=(), *, has_weights=True):
    """A run of ``spec`` with two epochs, and first weights as its best; returns its id."""
    run_id = store.runs.create(spec, "local")
    facts = data.outline(spec.dataset)
    counts = {"n_train": 1257, "n_validation": 270, "n_test": 270, "parameters": 4810, "steps_per_epoch": 40}
    columns = {
        "epoch/epoch": np.array([1, 2]),
        **{f"epoch/{name}": np.array([0.5, 0.25]) for name in ("loss", "val_loss", "accuracy", "val_accuracy")},
    }
    store.runs.append(run_id, "started", {"device": "CPU", "versions": {"keras": "3.0"}})
    store.runs.append(run_id, "progress", {"epoch": 2, "step": 80, "seconds": 1.5, **counts}, columns)
    if has_weights:
        keras.utils.set_random_seed(3)
        folder = settings().run_dir(run_id)
        folder.mkdir(parents=True)
        build(spec.model, facts.input_shape, facts.input_dtype).save_weights(folder / "best.weights.h5")
    for kind, said in events or [("finished", {"test": {"accuracy": 0.125}, "baseline": {"accuracy": 0.1}})]:
        store.runs.append(run_id, kind, said)
    return run_id


def test_it_needs_no_other_file_and_a_name_is_text(home):
    store = open_store(settings())
    spec = DIGITS.model_copy(update={"name": HOSTILE})
    run_id = made(store, spec)
    open_test(store, run_id)
    text = report(store, run_id, settings())
    page = Page(text)
    assert not page.of("script")
    assert not page.of("link")
    assert page.text.count(HOSTILE) >= 2  # the title and the heading, as they are
    assert "49" not in next(each for each in page.text.split("\n") if "alert" in each)
    for name, attributes in page.tags:
        for key, each in attributes.items():
            assert not key.startswith("on"), (name, key)
            if key in ("src", "href"):
                assert each.startswith("data:image/svg+xml;base64,")
    assert "url(" not in text
    assert len(page.of("img")) == 2  # the loss and the accuracy
    for image in page.of("img"):
        svg = base64.b64decode(image["src"].partition(",")[2]).decode()
        ElementTree.fromstring(svg)
        assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"|<!DOCTYPE[^>]*>', "", svg.split("</metadata>")[-1])
        assert image["alt"]
    for said in ("Accuracy: at the end 0.250", "0.125", "looked at once since", "3.0", "max", "scale(", "relu"):
        assert said in page.text, said


def test_its_figures_are_those_of_the_evaluation_and_of_others(home):
    store = open_store(settings())
    run_id = made(store, DIGITS)
    asking = beside_of(DIGITS.dataset, DIGITS.seed, "RandomForest")
    job = store.jobs.create(asking.kind, asking.key, asking.args, "local")
    store.jobs.end(job, "finished", result={"scores": {"validation": {"accuracy": 0.7654}}})
    asked = report_of(run_id, store.runs.run(run_id).seq)
    REPORT_JOBS["report"](
        store.jobs.job(store.jobs.create(asked.kind, asked.key, asked.args, "local")), settings(), lambda *_: None
    )
    page = Page((settings().run_dir(run_id) / REPORT).read_text(encoding="utf-8"))
    prepared = data.opened(DIGITS.dataset, DIGITS.seed, settings())
    keras.utils.set_random_seed(3)
    model = build(DIGITS.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    found = evaluate(model, DIGITS, prepared, "validation", lambda *_: None)
    for score, low, high in found.values["scores"].values():
        assert all(value(float(each)) in page.text for each in (score, low, high))
    assert "Random forest" in page.text
    assert "0.765" in page.text
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (found.arrays["true"], found.arrays["shares"].argmax(axis=1)), 1)
    assert len([each for each in page.of("td") if "style" in each]) == counts.size


@pytest.mark.parametrize("recipe", ["autoencoder-digits", "sequence-next-value"])
def test_numbers_and_inputs_are_reported_too(home, recipe):
    spec = recipes.recipe(recipe).spec
    store = open_store(settings())
    page = Page(report(store, made(store, spec), settings()))
    assert "Evaluation" in page.text
    assert "was not evaluated" not in page.text


def test_a_run_that_failed_says_why_and_has_no_figures(home):
    store = open_store(settings())
    events = [("failed", {"error": "Out of <b>memory</b>.", "phase": "training"})]
    page = Page(report(store, made(store, DIGITS, events, has_weights=False), settings()))
    assert "Out of <b>memory</b>." in page.text
    assert "was not evaluated: This run has kept no weights of its best epoch yet." in page.text
    assert not page.of("b")
    run_id = store.runs.create(DIGITS, "local")
    assert "Learning curves" not in Page(report(store, run_id, settings())).text
