"""The weights of the draft's last run, layer by layer, and the way to go on from them."""

import csv
import functools
import io
from typing import Any

import numpy as np
import streamlit as st

from playground.charts.data import counted_chart
from playground.engine.errors import AnswerError, HostError, SpecError
from playground.locale.text import _
from playground.runs.weights import KEPT
from playground.settings import Settings, settings
from playground.ui import engine, going_on, shell, watching
from playground.ui.shapes import is_reachable

_CHART = 220


def panel() -> bool:
    """Draw the weights that the draft's last run kept; returns whether the draft was just made to start from them."""
    run_id, kept = _latest()
    if run_id is None or not kept:
        st.caption(_("Weights appear after the first run."))
        return False
    names = {"best": _("Best epoch"), "last": _("Last epoch")}
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        which = st.segmented_control(
            _("Weights of"),
            kept,
            default=kept[0],
            required=True,
            format_func=names.__getitem__,
            label_visibility="collapsed",
            key="weights-which",
        )
        which = which or kept[0]
        is_taken = going_on.button(_("Start the next run from these weights"), run_id, which, "weights-go-on")
    file = settings().run_dir(run_id) / KEPT[which]
    try:
        rows, counts, edges = _asked(settings(), run_id, which, file.stat().st_mtime_ns)
    except (AnswerError, HostError, SpecError, OSError) as error:
        st.caption(f":material/error: {shell.plain(str(error))}")
        return is_taken
    every, one = st.columns([1.6, 1], gap="medium")
    with every:
        _all(rows)
    with one:
        _one(rows, counts, edges)
    return is_taken


def _latest() -> tuple[str | None, list[str]]:
    """The newest run of the draft that kept weights, and which."""
    for run_id in watching.runs():
        kept = going_on.kept(run_id)
        if kept:
            return run_id, kept
    return None, []


def _one(rows: list[dict[str, Any]], counts: np.ndarray, edges: np.ndarray) -> None:
    """The weight that is chosen: its figures and how its values spread."""
    at = st.selectbox(
        _("Weight"), range(len(rows)), format_func=lambda n: f"{rows[n]['layer']} · {rows[n]['weight']}", key="weight"
    )
    row = rows[at]
    shape = " × ".join(map(str, row["shape"])) or "1"
    said = _("{shape} · mean {mean}, spread {std}, from {least} to {most} · {zeros} of the values are zero")
    figures = {name: f"{row[name]:.3f}" for name in ("mean", "std")}
    ends = {"least": f"{row['min']:.3f}", "most": f"{row['max']:.3f}"}
    st.caption(said.format(shape=shape, zeros=f"{row['zeros']:.1%}", **figures, **ends))
    chart = counted_chart(counts[at], edges[at], _("value"))
    alt = _("Values of {weight}: from {least} to {most}, mean {mean}").format(
        weight=row["weight"], least=f"{row['min']:.3f}", most=f"{row['max']:.3f}", mean=f"{row['mean']:.3f}"
    )
    st.echarts_chart(chart, height=_CHART, key="weight-chart", alt=alt)
    st.download_button(
        _("Download (CSV)"),
        histogram_csv(counts[at], edges[at]),
        f"{row['layer']}-{row['weight'].replace('/', '-')}.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="weight-download",
    )


def _all(rows: list[dict[str, Any]]) -> None:
    table = [{**row, "shape": " × ".join(map(str, row["shape"]))} for row in rows]
    numbers = {
        name: st.column_config.NumberColumn(label, format="%.3f")
        for name, label in (("mean", _("Mean")), ("std", _("Spread")), ("min", _("Least")), ("max", _("Most")))
    }
    st.dataframe(
        table,
        hide_index=True,
        column_order=["layer", "weight", "shape", "mean", "std", "min", "max", "zeros"],
        column_config={
            "layer": _("Layer"),
            "weight": _("Weight"),
            "shape": _("Shape"),
            "zeros": st.column_config.NumberColumn(_("Zeros"), format="percent"),
            **numbers,
        },
        key="weights",
    )


def histogram_csv(counts: np.ndarray, edges: np.ndarray) -> str:
    """A histogram as a table: ``from``, ``to``, ``count``."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["from", "to", "count"])
    for low, high, count in zip(edges[:-1].tolist(), edges[1:].tolist(), counts.tolist(), strict=True):
        writer.writerow([f"{low:.7g}", f"{high:.7g}", count])
    return text.getvalue()


@functools.lru_cache(maxsize=32)
def _asked(of: Settings, run_id: str, which: str, at: int) -> tuple[list[dict[str, Any]], np.ndarray, np.ndarray]:
    """The answer of a workbench; ``at`` is when the file was written."""
    if not is_reachable():
        raise HostError(_("The engine is starting."))
    client = engine.client()
    spec = client.store.runs.spec(run_id)
    header, arrays = client.ask("weights", {"run": run_id, "which": which, "spec": spec.model_dump()})
    return header["weights"], arrays["counts"], arrays["edges"]
