"""The words that mattered for a mistake, as Markdown that shows them as they are."""

import numpy as np

from playground.ui.evaluate_texts import in_writing, marked, mattered


def test_the_words_that_mattered_are_marked_and_named():
    row = np.array([0, 0, 4, 9, 2, 9])
    named = ["", "", "not", "*good*", "at", "all"]
    effects = np.array([0, 0, 0.31, 0.002, 0.05, -0.2], np.float32)
    assert marked(row, named, effects) == r"**:orange[not]** \*good\* **:orange[at]** all"
    assert mattered(named, effects) == "Less sure without, in percentage points: not −31, at −5"


def test_a_long_text_is_shown_around_what_mattered():
    row = np.arange(1, 101)
    named = [f"w{number}" for number in row]
    effects = np.zeros(100, np.float32)
    effects[70] = 0.4
    said = marked(row, named, effects)
    assert said.startswith("… ")
    assert "**:orange[w71]**" in said
    assert len(said.split()) <= 42


def test_where_no_word_decided_it_is_said():
    assert "No single word decided it" in mattered(["a", "b"], np.array([0.0001, 0.0], np.float32))
    little = mattered(["a", "b"], np.array([0.004, 0.001], np.float32))
    assert "No single word decided it" in little
    assert little.endswith("percentage points: a −0.4, b −0.1")


def test_words_that_a_network_tells_apart_are_found_in_the_text_as_it_was_written():
    effects = {"good": 0.3, "well": 0.1, "made": 0.05, "dont": 0.2, "absent": 0.4}
    text, words = in_writing("Good, well-made; I don't know. GOOD!", effects)
    assert text == (r"**:orange[Good,]** **:orange[well\-made;]** I **:orange[don't]** know. **:orange[GOOD\!]**")
    assert words.startswith("Less sure without, in percentage points: absent −40, good −30")
