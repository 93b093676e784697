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
from playground.runs.weights import keep, path
from playground.settings import Settings, settings
from playground.specs import RunSpec
from playground.specs.rules.start import with_fresh_weights
from playground.ui import draft, engine, shell
from playground.ui.shapes import is_reachable

_FILES = {"best": "best.weights.h5", "last": "last.weights.h5"}
_CHART = 220


def panel(spec: RunSpec) -> None:
    """Draw what training starts from, and the weights that the draft's last run kept."""
    _start(spec)
    run_id, kept = _latest()
    if run_id is None or not kept:
        st.caption(_("Weights appear after the first run."))
        return
    names = {"best": _("Best epoch"), "last": _("Last epoch")}
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
    file = settings().run_dir(run_id) / _FILES[which]
    try:
        rows, counts, edges = _asked(settings(), run_id, which, file.stat().st_mtime_ns)
    except (AnswerError, HostError, SpecError, OSError) as error:
        st.caption(f":material/error: {shell.plain(str(error))}")
        return
    st.button(
        _("Start the next run from these weights"),
        icon=":material/resume:",
        key="weights-go-on",
        help=_("Training goes on where this run left off, with a fresh optimizer. Undo takes it back."),
        on_click=_go_on,
        args=(run_id, which),
    )
    _one(rows, counts, edges)
    _all(rows)


def _start(spec: RunSpec) -> None:
    if spec.model.weights is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="weights-start"):
        st.markdown(f":material/resume: {_('Training starts from kept weights.')}", width="content")
        st.button(
            _("Start from fresh weights"),
            type="tertiary",
            key="weights-fresh",
            on_click=_start_fresh,
            args=(spec,),
        )
        file = path(spec.model.weights, settings())
        if file.exists():
            st.download_button(
                _("Download"),
                file.read_bytes,
                file.name,
                "application/x-hdf5",
                type="tertiary",
                icon=":material/download:",
                help=_("The file that the Keras code of this draft loads."),
                on_click="ignore",
                key="weights-file",
            )


def _start_fresh(spec: RunSpec) -> None:
    draft.edit(with_fresh_weights(spec))


def _latest() -> tuple[str | None, list[str]]:
    """The newest run of the draft that kept weights, and which."""
    for run_id in draft.runs():
        folder = settings().run_dir(run_id)
        kept = [which for which, name in _FILES.items() if (folder / name).exists()]
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


def _go_on(run_id: str, which: str) -> None:
    now = draft.current()
    if now is None:
        return
    try:
        digest = keep(settings().run_dir(run_id) / _FILES[which], settings())
    except OSError as error:
        draft.tell(_("These weights could not be kept: {why}").format(why=error.strerror or error))
        return
    draft.edit(now.spec.model_copy(update={"model": now.spec.model.model_copy(update={"weights": digest})}))


@functools.lru_cache(maxsize=32)
def _asked(of: Settings, run_id: str, which: str, at: int) -> tuple[list[dict[str, Any]], np.ndarray, np.ndarray]:
    """The answer of a workbench; ``at`` is when the file was written."""
    if not is_reachable():
        raise HostError(_("The engine is starting."))
    client = engine.client()
    spec = client.store.runs.spec(run_id)
    header, arrays = client.ask("weights", {"run": run_id, "which": which, "spec": spec.model_dump()})
    return header["weights"], arrays["counts"], arrays["edges"]
