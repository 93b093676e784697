"""The words that mattered to a network that reads marks for words: the text written without them, asked anew."""

import re
from types import SimpleNamespace

import numpy as np
import pytest

from playground import data
from playground.data.new_rows import inputs_of
from playground.data.plan import plan
from playground.data.table import Table
from playground.data.uploads.proposal import proposed
from playground.data.uploads.upload import take_in
from playground.data.word_marks import marked, marks_of
from playground.insight.evaluate import evaluate
from playground.insight.predict import predictions, shares
from playground.settings import settings
from playground.specs.edit import with_value
from playground.training.build import build
from playground.ui import evaluate_samples, explain_words

WORDS = ("good", "great", "fine", "bad", "poor", "awful", "dull", "long", "short", "film", "plot", "scene", "actor")
STEPS = [
    {"kind": "tfidf", "args": {"max_words": 40}},
    {"kind": "multi_hot", "args": {"max_words": 40}},
]


@pytest.fixture
def table(home):
    """The profile of a table of texts that are no plain praise or blame, with a number beside them."""
    random = np.random.default_rng(2)
    rows = ["review,stars,liked"]
    for number in range(80):
        words = " ".join(random.choice(WORDS, 12)).capitalize()
        rows.append(f'"{words}, the {number}th!",{random.integers(1, 9)},{"yes" if number % 2 else "no"}')
    path = home / "texts.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(rows))
    return take_in(path, "texts.csv", settings(), lambda *_: None)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["kind"])
def test_an_effect_is_that_of_the_text_written_without_the_word(table, step):
    import keras

    spec = proposed(table, settings(), seed=0)
    steps = [{"kind": "standardise", "args": {}}, step]
    spec = with_value(spec, "dataset.steps", steps)
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    keras.utils.set_random_seed(1)
    model = build(spec.model, prepared.facts.input_shape, prepared.facts.input_dtype)
    found = evaluate(model, spec, prepared, "validation", lambda *_: None)
    texts, given = found.arrays["texts"], found.arrays["shares"]
    assert len(texts)
    made = plan(spec.dataset, settings())
    names = [column.name for column in made.source.columns]
    raw = made.source.load(made.options, spec.seed, settings(), lambda *_: None).x
    for text, written, mattered in zip(texts, found.values["written"], found.values["mattered"], strict=True):
        number = int(prepared.array("rows_validation")[found.arrays["at"][text]])
        row = raw[np.array([number])]
        at = names.index("review")
        assert row.arrays[at][0] == written
        said = given[text].argmax()
        assert said != found.arrays["true"][text]
        assert [effect for _word, effect in mattered] == sorted((effect for _word, effect in mattered), reverse=True)
        for word, effect in (mattered[0], mattered[-1]):
            without = re.sub(rf"\b{word}\b", " ", written, flags=re.IGNORECASE)
            assert without != written
            arrays = [array if n != at else np.array([without], object) for n, array in enumerate(row.arrays)]
            x = inputs_of(made, prepared.facts, Table(row.columns, tuple(arrays)))
            left = shares(predictions(model, x), spec.training, prepared.facts).values[0, said]
            assert effect == pytest.approx(float(given[text, said] - left), abs=1e-4)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["kind"])
def test_the_inputs_are_called_after_the_words_that_they_mark(table, step):
    spec = with_value(proposed(table, settings(), seed=0), "dataset.steps", [{"kind": "standardise", "args": {}}, step])
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    facts = prepared.facts
    chosen = SimpleNamespace(view=SimpleNamespace(spec=spec), prepared=prepared)
    names = explain_words.names(chosen, facts.input_shape[0])
    assert names.count("stars") == 1, "a column that is no text keeps its name"
    made = plan(spec.dataset, settings())
    raw = made.source.load(made.options, spec.seed, settings(), lambda *_: None).x
    number = int(prepared.array("rows_train")[0])
    row = prepared.array("x_train")[0]
    written = set(re.findall(r"\w+", str(raw.arrays[0][number]).lower()))
    called = {name for name, value in zip(names, row, strict=True) if value and name != "stars"}
    assert called == set(marked(row, marks_of(spec.dataset, facts, settings())))
    assert called <= written
    assert called >= written & set(WORDS)
    assert not evaluate_samples.is_text(spec.dataset, facts)
    values = [float(row[names.index(word)]) for word in marked(row, marks_of(spec.dataset, facts, settings()))]
    assert values == sorted(values, reverse=True)


def test_a_table_without_texts_has_no_such_words(home):
    spec = with_value(proposed_of_numbers(home), "name", "numbers")
    prepared = data.prepare(spec.dataset, spec.seed, settings())
    assert marks_of(spec.dataset, prepared.facts, settings()) == []


def proposed_of_numbers(home):
    path = home / "numbers.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    rows = [f"{a:.3f},{b:.3f},{'x' if a > b else 'y'}" for a, b in random.random((60, 2))]
    path.write_text("\n".join(["a,b,kind", *rows]))
    return proposed(take_in(path, "numbers.csv", settings(), lambda *_: None), settings(), seed=0)
