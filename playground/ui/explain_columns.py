"""Which columns of a table a network goes by, and how its answer moves with each."""

import numpy as np
import streamlit as st

from playground.charts.effects import dependence_chart, effects_chart, effects_height, importance_chart
from playground.locale.text import _, ngettext
from playground.runs.evaluations import Evaluation
from playground.ui import explain_ask, explain_choice, live_part, shell
from playground.ui.explain_choice import Chosen
from playground.ui.live_part import Table

COLUMN, CLASS = "column", "class"
_HEIGHT = 360
_BARS = 25


def panel(chosen: Chosen) -> None:
    """Draw the importance of the columns, and the answer by the values of one of them."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(f"### {_('Which columns it goes by')}")
        found = explain_ask.explanation(chosen, "importance", _HEIGHT)
        if found is not None:
            _importance(chosen, found)
    with right:
        st.markdown(f"### {_('How the answer moves with one of them')}")
        _dependence(chosen, found)


def _importance(chosen: Chosen, found: Evaluation) -> None:
    worse, names = found.arrays["worse"], list(found.values["columns"])
    mean = worse.mean(axis=1)
    order = np.argsort(-mean, kind="stable")
    top = order[:_BARS]
    score = live_part.number(float(found.values["score"]))
    if found.values["measure"] == "accuracy":
        said = _("Mixing {name} costs most: the accuracy of {score} falls by {n}.")
    else:
        said = _("Mixing {name} costs most: the mean absolute error of {score} grows by {n}.")
    first = int(order[0])
    said = said.format(name=names[first], score=score, n=live_part.number(float(mean[first])))
    option = importance_chart([names[at] for at in top], worse[top], is_phone=shell.is_phone())
    st.echarts_chart(option, height=effects_height(len(top)) + 16, key="explain-importance", alt=said)
    how = ngettext("Each dot is one mixing of {rows} row.", "Each dot is one mixing of {rows} rows.", found.values["n"])
    words = how.format(rows=f"{found.values['n']:,}")
    if len(names) > _BARS:
        words += " " + _("The first {n} of {of} columns.").format(n=_BARS, of=len(names))
    live_part.below(chosen.view, "explain-importance", f"{said} {words}", lambda: _table(names, worse, order))
    st.caption(
        _("Columns that say the same stand in for each other: mixing one of them costs little, though both matter.")
    )


def _table(names: list[str], worse: np.ndarray, order: np.ndarray) -> Table:
    table: Table = {"column": [names[at] for at in order], "mean": worse.mean(axis=1)[order].tolist()}
    return table | {f"mixing_{n + 1}": worse[order, n].tolist() for n in range(worse.shape[1])}


def _dependence(chosen: Chosen, importance: Evaluation | None) -> None:
    columns = [column for column in chosen.inputs["columns"] if column["type"] != "text"]
    if not columns:
        st.caption(_("All columns hold texts: their values cannot be walked through."))
        return
    every = [column["name"] for column in chosen.inputs["columns"]]
    names = {str(every.index(column["name"]) + 1): column["name"] for column in columns}
    default = next(iter(names))
    if importance is not None:
        ranked = [str(at + 1) for at in np.argsort(-importance.arrays["worse"].mean(axis=1), kind="stable").tolist()]
        default = next((each for each in ranked if each in names), default)
    classes, run_id = chosen.prepared.facts.classes, chosen.view.run.id
    with st.container(horizontal=True, gap="small"):
        column = explain_choice.one_of(_("Column"), names, COLUMN, run_id, default)
        label = 0
        if classes:
            options = {str(at): f"{at} · {name}" for at, name in enumerate(classes)}
            label = int(explain_choice.one_of(_("Class"), options, CLASS, run_id, str(len(classes) - 1)))
    found = explain_ask.explanation(chosen, "dependence", _HEIGHT, column=int(column) - 1)
    if found is not None:
        _moved(chosen, found, label)


def _moved(chosen: Chosen, found: Evaluation, label: int) -> None:
    facts = chosen.prepared.facts
    name, names, grid = found.values["column"], list(found.values["names"]), found.arrays["grid"]
    mean, lines = found.arrays["mean"][:, label], found.arrays["answers"][:, :, label]
    target = str(chosen.inputs.get("target") or _("answer"))
    unit = str(chosen.inputs.get("unit") or "")
    answer = (
        _("share of {name}").format(name=facts.classes[label])
        if facts.classes
        else f"{target} ({unit})"
        if unit
        else target
    )
    shown = names or [live_part.number(float(value)) for value in grid]
    low, high = int(mean.argmin()), int(mean.argmax())
    said = _("The mean answer goes from {low} at {name} {where} to {high} at {there}.").format(
        low=live_part.number(float(mean[low])),
        name=name,
        where=shown[low],
        high=live_part.number(float(mean[high])),
        there=shown[high],
    )
    if names:
        option, height = effects_chart(names, mean, is_phone=shell.is_phone()), effects_height(len(names))
    else:
        option = dependence_chart(grid, lines, mean, name, answer, found.arrays["seen"])
        height = _HEIGHT
    st.echarts_chart(option, height=height, key="explain-dependence", alt=f"{answer}. {said}")
    words = _("All {n} rows are given the same value, one after the other.").format(n=found.values["n"])
    if not names:
        words += " " + _("Thin lines are single rows; between two marks below lies a tenth of the rows.")
    table: Table = {name: shown if names else grid.tolist(), "mean": mean.tolist()}
    table |= {f"row_{n + 1}": lines[:, n].tolist() for n in range(lines.shape[1])}
    live_part.below(chosen.view, f"explain-dependence-{label}", f"{said} {words}", lambda: table)
