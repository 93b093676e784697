"""Samples of texts that are the numbers of their words, as the words where these are known."""

import pandas as pd
import streamlit as st

from playground.data.sets.shown_words import text_of, words_of
from playground.locale.text import _
from playground.specs import DatasetSpec
from playground.specs.facts import Facts
from playground.ui import engine, shell
from playground.ui.data_rows import Rows

_ROWS = 200


def panel(rows: Rows, facts: Facts, dataset: DatasetSpec, label: int | None, height: int) -> int:
    """Draw the texts of one class or of all; returns how many there are."""
    at = rows.drawn(_ROWS, label)
    words = words_of(dataset, facts, engine.client().settings)
    target = _("class") if facts.classes else _("target")
    labels = [facts.classes[int(of)] if facts.classes else of for of in rows.y[at]]
    texts = [text_of(row, words) for row in rows.x(at)]
    table = pd.DataFrame({target: labels, _("text"): texts})
    st.dataframe(
        table,
        height=height,
        hide_index=True,
        key="texts",
        column_config={target: st.column_config.TextColumn(width="small")} if facts.classes else None,
    )
    if not words:
        st.caption(_("The list of words is not here: words are shown as numbers."))
    return len(at)


def unknown(facts: Facts) -> str:
    """What share of the words is unknown, in words; empty where there are none."""
    if facts.unknown_words is None:
        return ""
    share = f"{100 * facts.unknown_words:.1f}"
    return shell.plain(_("{share} % of the words of the validation part are unknown").format(share=share))
