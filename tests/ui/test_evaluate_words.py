"""The words that mattered for a mistake, as Markdown that shows them as they are."""

import numpy as np

from playground.ui.evaluate_mistakes import _marked, _mattered


def test_the_words_that_mattered_are_marked_and_named():
    row = np.array([0, 0, 4, 9, 2, 9])
    named = ["", "", "not", "*good*", "at", "all"]
    effects = np.array([0, 0, 0.31, 0.002, 0.05, -0.2], np.float32)
    assert _marked(row, named, effects) == r"**:orange[not]** \*good\* **:orange[at]** all"
    assert _mattered(named, effects) == "Less sure without, in percentage points: not −31, at −5"


def test_a_long_text_is_shown_around_what_mattered():
    row = np.arange(1, 101)
    named = [f"w{number}" for number in row]
    effects = np.zeros(100, np.float32)
    effects[70] = 0.4
    said = _marked(row, named, effects)
    assert said.startswith("… ")
    assert "**:orange[w71]**" in said
    assert len(said.split()) <= 42


def test_where_no_word_decided_it_is_said():
    assert "No single word decided it" in _mattered(["a", "b"], np.array([0.001, 0.0], np.float32))
