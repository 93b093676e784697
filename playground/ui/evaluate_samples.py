"""Rows of a part as pictures, texts or a table, with words for each."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from playground.data import DataError, Prepared
from playground.data.sets.shown_words import text_of, words_of
from playground.data.word_marks import Marks, marked, marks_of
from playground.locale.text import _
from playground.settings import settings
from playground.specs import DatasetSpec
from playground.specs.facts import Facts, is_sequence_shape
from playground.ui import data_samples, shell
from playground.ui.data_mixed_rows import mixed_rows
from playground.ui.data_sequences import spelled
from playground.ui.pictures_inline import inline

_PX, _LARGE_PX = 76, 110
_SMALL_SIDE = 32
_COLUMNS = 8
_WORDS = 40
_ROW_PX, _HEAD_PX = 36, 40
_TALLEST = 330


def is_image(facts: Facts) -> bool:
    """Whether samples are pictures."""
    return len(facts.input_shape) > 1 and not is_sequence_shape(facts.input_shape)


def panel(prepared: Prepared, dataset: DatasetSpec, part: str, at: np.ndarray, said: Sequence[str], key: str) -> None:
    """Draw the rows at the positions ``at`` of ``part``, with what is ``said`` of each.

    Args:
        prepared: the data.
        dataset: its spec.
        part: whose rows they are.
        at: positions, (m,).
        said: words for each.
        key: of the widget.
    """
    if not len(at):
        st.caption(_("There are none."))
        return
    facts, x = prepared.facts, np.asarray(prepared.array(f"x_{part}")[np.asarray(at)])
    if is_image(facts):
        px = _LARGE_PX if max(facts.input_shape[:2]) > _SMALL_SIDE else _PX
        with st.container(key=key):
            pictures = [inline(each) for each in data_samples.coloured(x, px)]
            st.image(pictures, caption=[shell.plain(each) for each in said], width=px, alt=list(said))
        return
    rows = np.asarray(prepared.array(f"rows_{part}"))[at]
    table = pd.concat([pd.DataFrame({_("what happened"): list(said)}), inputs(dataset, facts, x, rows)], axis=1)
    st.dataframe(table, height=min(_TALLEST, _HEAD_PX + _ROW_PX * len(table)), hide_index=True, key=key)


def marks(dataset: DatasetSpec, facts: Facts) -> list[Marks]:
    """The inputs that mark which words a text has; none where there are no such, or the data is gone."""
    try:
        return marks_of(dataset, facts, settings())
    except DataError:
        return []


def is_text(dataset: DatasetSpec, facts: Facts) -> bool:
    """Whether all inputs mark which words a text has."""
    found = marks(dataset, facts)
    return bool(found) and sum(len(of.words) for of in found) == facts.input_shape[0]


def inputs(dataset: DatasetSpec, facts: Facts, x: np.ndarray, rows: np.ndarray) -> pd.DataFrame:
    """Inputs as one reads them: texts, sequences, the columns of a table.

    Args:
        dataset: the spec.
        facts: of the prepared data.
        x: prepared inputs, (m, *input_shape).
        rows: their numbers in the source, (m,).
    """
    if facts.vocabulary is not None and not facts.symbols:
        words = words_of(dataset, facts, settings())
        return pd.DataFrame({_("text"): [text_of(row, words) for row in x]})
    if is_text(dataset, facts):
        found = marks(dataset, facts)
        return pd.DataFrame({_("words"): [", ".join(marked(row, found)[:_WORDS]) for row in x]})
    if facts.symbols:
        return pd.DataFrame({_("input"): [spelled(row.astype(np.int64).ravel(), facts.symbols) for row in x]})
    mixed = mixed_rows(dataset, rows)
    if mixed is not None:
        return mixed.reset_index(drop=True)
    flat = x.reshape(len(x), -1)
    names = list(facts.features) or [f"x{n}" for n in range(1, flat.shape[1] + 1)]
    return pd.DataFrame({name: flat[:, at] for at, name in enumerate(names[:_COLUMNS])})
