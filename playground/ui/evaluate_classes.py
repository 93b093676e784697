"""Answers that are classes: the confusion matrix, curves over a threshold, calibration, and the mistakes themselves."""

from functools import partial

import numpy as np
import pandas as pd
import streamlit as st

from playground.charts.confusion import By, chosen_cell, clickable_confusion, shares_of
from playground.data import Prepared
from playground.locale.text import _, ngettext
from playground.runs.evaluations import Evaluation
from playground.scores.classes import confusion, per_class
from playground.ui import draft, evaluate_mistakes, evaluate_threshold, lab_fields, live_part, shell
from playground.ui.confusion_words import most_confused
from playground.ui.evaluate_choice import Chosen
from playground.ui.live_part import Table

_MATRIX_PX, _PHONE_PX = 420, 340
_GROUND = {"light": (255, 255, 255), "dark": (17, 20, 23)}
_CELL = 12
_TABLE_PX, _HEAD_PX, _ROW_PX = 330, 38, 35
_KEY, _CHOSEN = "evaluate-confusion", "evaluate-cell"


def panel(chosen: Chosen, found: Evaluation, prepared: Prepared) -> None:
    """Draw how classes were taken for one another, what a threshold changes, and the rows that went wrong."""
    names = prepared.facts.classes
    left, right = st.columns(2, gap="medium")
    with right:
        threshold = evaluate_threshold.panel(chosen, found, names)
    answered = found.arrays["shares"].argmax(axis=1)
    if len(names) == 2:  # of two classes the threshold decides all
        answered = (found.arrays["shares"][:, 1] >= threshold).astype(np.int64)
    counts = confusion(found.arrays["true"], answered, len(names))
    with left:
        _confusion(chosen, counts, names)
        cell = _choose_cell(counts, names)
        if cell is not None:
            _samples(chosen, found, prepared, answered, cell)
    left, right = st.columns(2, gap="medium")
    with left:
        _classes(chosen, found, counts, names)
    with right:
        evaluate_threshold.calibration(chosen, found, answered)
    evaluate_mistakes.panel(chosen, found, prepared, answered)


def _confusion(chosen: Chosen, counts: np.ndarray, names: tuple[str, ...]) -> None:
    """Draw the matrix; a click on a cell chooses it below."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="confusion-title"):
        st.markdown(f"### {_('Which class is taken for which')}", width="stretch")
        ways: dict[str, str] = {"counts": _("Count"), "rows": _("Row %"), "columns": _("Column %")}
        by: By = lab_fields.part(_("What the cells say"), ways, "cells")  # type: ignore[assignment]
    cell = _("{true} answered as {answered}: {n}")
    option = clickable_confusion(counts, names, (_("answered"), _("true")), _GROUND[shell.theme()], by, cell)
    said, key = _outcome(counts, names), f"{_KEY}-{by}-{chosen.part}"
    st.echarts_chart(
        option,
        height=_PHONE_PX if shell.is_phone() else _MATRIX_PX,
        key=key,
        on_select=partial(_clicked, key, counts),
        alt=said,
    )
    live_part.below(chosen.view, f"{_KEY}-{chosen.part}", said, lambda: _table(counts, names))


def _clicked(key: str, counts: np.ndarray) -> None:
    cell = chosen_cell(draft.widget(key), counts)
    draft.set_widget(_CHOSEN, f"{cell[0]},{cell[1]}" if cell else None)


def _choose_cell(counts: np.ndarray, names: tuple[str, ...]) -> tuple[int, int] | None:
    """Draw the choice of a cell, mistakes first and frequent ones first; returns its row and column."""
    cells = sorted(np.argwhere(counts > 0).tolist(), key=lambda at: (at[0] == at[1], -counts[at[0], at[1]]))
    words = _("{true} answered as {answered}: {n}")
    labels = {
        f"{row},{column}": words.format(true=names[row], answered=names[column], n=f"{counts[row, column]:,}")
        for row, column in cells
    }
    if draft.widget(_CHOSEN) not in (None, *labels):
        draft.set_widget(_CHOSEN, None)  # another threshold has emptied the cell
    found: str | None = st.selectbox(
        _("Rows of a cell"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=_("Click a cell above, or choose one here"),
        label_visibility="collapsed",
        key=_CHOSEN,
    )
    if found is None:
        return None
    row, column = map(int, found.split(","))
    return row, column


def _samples(
    chosen: Chosen, found: Evaluation, prepared: Prepared, answered: np.ndarray, cell: tuple[int, int]
) -> None:
    """The rows of one cell, those with the largest share for what was answered first."""
    names, (true, said) = prepared.facts.classes, cell
    rows = np.flatnonzero((found.arrays["true"] == true) & (answered == said))
    given = found.arrays["shares"][rows, said]
    rows = rows[np.argsort(-given, kind="stable")]
    words = _("**{true}** answered as **{said}**").format(true=shell.plain(names[true]), said=shell.plain(names[said]))
    st.markdown(f"{words} · {ngettext('{n} row', '{n} rows', len(rows)).format(n=f'{len(rows):,}')}")
    evaluate_mistakes.rows(chosen, found, prepared, rows[:_CELL], answered, "cell-samples")


def _classes(chosen: Chosen, found: Evaluation, counts: np.ndarray, names: tuple[str, ...]) -> None:
    st.markdown(f"### {_('Class by class')}")
    scores = per_class(counts)
    table = {
        _("class"): list(names),
        _("precision"): scores.precision.round(3).tolist(),
        _("recall"): scores.recall.round(3).tolist(),
        _("F1"): scores.f1.round(3).tolist(),
        _("rows"): scores.support.tolist(),
    }
    numbers = {name: st.column_config.NumberColumn(format="%.3f") for name in list(table)[1:4]}
    st.dataframe(
        pd.DataFrame(table), hide_index=True, key="class-scores", column_config=numbers, height=_height(len(names))
    )
    worst = int(np.argmin(np.where(scores.support > 0, scores.recall, np.inf)))
    said = _("Found least often: {name}, {share} of its {n} rows.").format(
        name=names[worst], share=f"{100 * scores.recall[worst]:.0f} %", n=f"{int(scores.support[worst]):,}"
    )
    live_part.below(chosen.view, f"evaluate-classes-{chosen.part}", said, lambda: table)


def _height(rows: int) -> int:
    return min(_TABLE_PX, _HEAD_PX + _ROW_PX * rows)


def _outcome(counts: np.ndarray, names: tuple[str, ...]) -> str:
    right, rows = int(np.trace(counts)), int(counts.sum())
    said = _("{right} of {rows} are right.").format(right=f"{right:,}", rows=f"{rows:,}")
    said += most_confused(counts, names)
    return said


def _table(counts: np.ndarray, names: tuple[str, ...]) -> Table:
    rows, columns = np.indices(counts.shape)
    return {
        "true": [names[at] for at in rows.ravel()],
        "answered": [names[at] for at in columns.ravel()],
        "rows": counts.ravel().tolist(),
        "percent_of_row": shares_of(counts, "rows").ravel().tolist(),
        "percent_of_column": shares_of(counts, "columns").ravel().tolist(),
    }
