"""The part of the live view that shows how weights, biases and activations of a layer are spread."""

import numpy as np
import streamlit as st

from playground.charts import Line
from playground.charts.data import counted_chart
from playground.charts.live import layers_chart
from playground.locale.text import _
from playground.ui import live_part
from playground.ui.live_part import Table
from playground.ui.looks import Look
from playground.ui.reader import View

_PART = "histograms"
_QUANTILES = (5, 25, 50, 75, 95)
_BINS = 32
_NEWEST_PX, _TIME_PX = 130, 190


def panel(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the newest histogram of one layer's values, and their quantiles over time."""
    live_part.title(_("Histograms"))
    if not looks:
        live_part.missing(view, _PART)
        return
    rows = [(str(layer), str(kind)) for layer, kind in looks[-1].data["of"]]
    words = {"weights": _("weights"), "biases": _("biases"), "activations": _("activations")}
    names = {at: f"{layer} · {words[kind]}" for at, (layer, kind) in enumerate(rows)}
    chosen = st.selectbox(
        _("Values"),
        list(names),
        format_func=names.__getitem__,
        label_visibility="collapsed",
        key=f"live-histogram-{view.run.id}",
    )
    at = chosen if chosen in names else 0
    quantiles = np.stack([look.columns["quantile/value"].reshape(len(rows), -1)[at] for look in looks])
    low, _first, middle, _third, high = quantiles[-1].tolist()
    said = _("{when}: median {middle}, nine of ten values from {low} to {high}.").format(
        when=live_part.when(view, looks[-1]), **_numbers(middle=middle, low=low, high=high)
    )
    counts = looks[-1].columns["bin/count"].reshape(len(rows), _BINS)[at]
    ends = looks[-1].columns["end/value"].reshape(len(rows), 2)[at]
    if np.isfinite(ends).all():
        least, greatest = ends if ends[0] < ends[1] else ends + np.array([-0.5, 0.5])
        option = counted_chart(counts, np.linspace(least, greatest, _BINS + 1))
        live_part.chart(option, "live-histogram", f"{names[at]}. {said}", _NEWEST_PX)
    x = np.array([live_part.epochs(view, look) for look in looks])
    lines = [Line(_("{n} %").format(n=n), x, quantiles[:, i]) for i, n in enumerate(_QUANTILES)]
    option = layers_chart(lines, epochs=live_part.end(view, looks), x_name=_("epoch"))
    alt = _("{name} over time: below each line lies the named share of the values. {said}")
    live_part.chart(option, "live-quantiles", alt.format(name=names[at], said=said), _TIME_PX)
    live_part.below(view, _PART, said, lambda: _table(looks))


def _numbers(**values: float) -> dict[str, str]:
    return {name: live_part.number(value) for name, value in values.items()}


def _table(looks: tuple[Look, ...]) -> Table:
    """A row a look and kind of values: quantiles, ends and the counts of the bins between them."""
    names = [*(f"quantile_{n}" for n in _QUANTILES), "low", "high", *(f"bin_{n}" for n in range(1, _BINS + 1))]
    table: Table = {"step": [], "layer": [], "values": [], **{name: [] for name in names}}
    for look in looks:
        rows = look.data["of"]
        parts = [("quantile/value", len(_QUANTILES)), ("end/value", 2), ("bin/count", _BINS)]
        columns = np.concatenate([look.columns[name].reshape(len(rows), n) for name, n in parts], axis=1)
        table["step"] += [look.step] * len(rows)
        table["layer"] += [layer for layer, _kind in rows]
        table["values"] += [kind for _layer, kind in rows]
        for name, column in zip(names, columns.T, strict=True):
            table[name] += column.tolist()
    return table
