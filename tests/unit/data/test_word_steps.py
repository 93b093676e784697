"""Numbers of the words of a column of text: made of the training part alone, and what it does not know is counted."""

import numpy as np
import pandas as pd
import pytest

from playground.data import DataError, outline, prepare
from playground.data.transforms.word_steps import STANDARDIZE
from playground.data.uploads.proposal import proposed_dataset
from playground.data.uploads.upload import take_in
from playground.specs import SplitSpec, StepSpec

WORDS = ["Good", "bad!", "film", "the", "a", "it's", "don't-know", "plot,", "actor", "scene"]


@pytest.fixture
def texts(server_settings, tmp_path):
    """120 sentences of seven to twelve words, taken in, and how their set is proposed."""
    rng = np.random.default_rng(0)
    rows = [" ".join(rng.choice(WORDS, rng.integers(7, 13))) + f" row{at} end{at}" for at in range(120)]
    path = tmp_path / "texts.csv"
    pd.DataFrame({"text": rows, "number": rng.normal(size=120), "label": np.arange(120) % 2}).to_csv(path, index=False)
    profile = take_in(path, "texts.csv", server_settings, lambda fraction, message: None)
    assert profile.column("text").type == "text"
    return rows, proposed_dataset(profile)


def with_steps(dataset, *steps: StepSpec, features=("text",)):
    return dataset.model_copy(update={"features": features, "steps": steps})


def counted(rows: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        for word in row.lower().translate(str.maketrans("", "", "!,'-")).split():
            counts[word] = counts.get(word, 0) + 1
    return counts


def test_sequences_number_the_words_of_the_training_part(texts, server_settings):
    rows, dataset = texts
    spec = with_steps(dataset, StepSpec(kind="sequences", args={"max_words": 12, "length": 9}))
    prepared = prepare(spec, 1, server_settings)
    facts = prepared.facts
    assert (facts.input_shape, facts.input_dtype, facts.vocabulary) == ((9,), "int32", 14)
    before = outline(spec, server_settings)
    assert (before.input_shape, before.input_dtype, before.vocabulary) == ((9,), "int32", 14)
    x = prepared.array("x_train")
    assert x.dtype == np.int32
    train = prepared.array("rows_train")
    counts = counted([rows[at] for at in train])
    known = sorted(counts, key=lambda word: (-counts[word], word))[:12]
    assert facts.fitted[0]["texts"] == [known]
    for part in ("train", "validation", "test"):
        for at, row in zip(prepared.array(f"rows_{part}"), prepared.array(f"x_{part}"), strict=True):
            words = rows[at].lower().translate(str.maketrans("", "", "!,'-")).split()
            numbers = [known.index(word) + 2 if word in known else 1 for word in words][-9:]
            assert row.tolist() == [0] * (9 - len(numbers)) + numbers


def test_the_share_of_unknown_words_is_that_of_the_validation_part(texts, server_settings):
    rows, dataset = texts
    for kind in ("sequences", "multi_hot"):
        prepared = prepare(with_steps(dataset, StepSpec(kind=kind, args={"max_words": 5_000})), 1, server_settings)
        counts = counted([rows[at] for at in prepared.array("rows_validation")])
        known = set(counted([rows[at] for at in prepared.array("rows_train")]))
        expected = sum(n for word, n in counts.items() if word not in known) / sum(counts.values())
        assert expected > 0.1
        assert prepared.facts.unknown_words == pytest.approx(expected)


def test_without_a_validation_part_nothing_is_measured(texts, server_settings):
    _, dataset = texts
    spec = with_steps(dataset, StepSpec(kind="sequences")).model_copy(update={"split": SplitSpec(kind="none")})
    assert prepare(spec, 1, server_settings).facts.unknown_words is None


def test_tfidf_measures_it_too(texts, server_settings):
    _, dataset = texts
    rate = prepare(with_steps(dataset, StepSpec(kind="tfidf")), 1, server_settings).facts.unknown_words
    assert 0.1 < rate < 0.5


def test_multi_hot_stands_beside_other_columns(texts, server_settings):
    rows, dataset = texts
    steps = (StepSpec(kind="multi_hot", args={"max_words": 10}), StepSpec(kind="standardise"))
    prepared = prepare(with_steps(dataset, *steps, features=("text", "number")), 1, server_settings)
    assert prepared.facts.input_shape == (11,)
    assert prepared.facts.vocabulary is None
    (known,) = prepared.facts.fitted[0]["texts"]
    for at, row in zip(prepared.array("rows_test"), prepared.array("x_test"), strict=True):
        words = set(rows[at].lower().translate(str.maketrans("", "", "!,'-")).split())
        assert row[:10].tolist() == [float(word in words) for word in known]


def test_sequences_beside_another_column_are_refused(texts, server_settings):
    _, dataset = texts
    spec = with_steps(dataset, StepSpec(kind="sequences"), features=("text", "number"))
    with pytest.raises(DataError, match=r"expected no column beside it, received 'number'\. .* multi_hot or tfidf"):
        outline(spec, server_settings)


def test_what_is_done_to_a_text_has_keras_s_names(texts, server_settings):
    assert {name: change("Don't STOP, me.") for name, change in STANDARDIZE.items()} == {
        "lower_and_strip_punctuation": "dont stop me",
        "lower": "don't stop, me.",
        "strip_punctuation": "Dont STOP me",
        "none": "Don't STOP, me.",
    }
    _, dataset = texts
    step = StepSpec(kind="sequences", args={"standardize": "none"})
    prepared = prepare(with_steps(dataset, step), 1, server_settings)
    assert "bad!" in prepared.facts.fitted[0]["texts"][0]
