"""Rows as points, by what a layer makes of them."""

from typing import Any

import numpy as np
import streamlit as st

from playground.charts.looks import map_chart
from playground.locale.text import _
from playground.runs.evaluations import Evaluation
from playground.ui import explain_ask, explain_choice, lab_fields, live_part, shell
from playground.ui.explain_choice import Chosen
from playground.ui.live_part import Table

METHOD = "method"
_HEIGHT = 520
_LETTING_THROUGH = ("Dropout", "GaussianNoise", "GaussianDropout", "SpatialDropout1D", "SpatialDropout2D")


def panel(chosen: Chosen) -> None:
    """Draw the choice of a layer and of a way to the plane, and the map."""
    names = [each["name"] for each in chosen.layers if each["shape"] and each["shape"] != [1]]
    if not names:
        st.caption(_("A map needs a layer with at least two numbers."))
        return
    kinds = {each["name"]: each["kind"] for each in chosen.layers}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        hidden = [name for name in names[:-1] if kinds[name] not in _LETTING_THROUGH] or names
        layer = explain_choice.layer(chosen, names, hidden[-1])
        method = lab_fields.part(_("Way to the plane"), {"pca": "PCA", "tsne": "t-SNE"}, METHOD)
    found = explain_ask.explanation(chosen, "map", _HEIGHT, layer=layer, method=method)
    if found is not None:
        _map(chosen, found, layer)


def _map(chosen: Chosen, found: Evaluation, layer: str) -> None:
    values, arrays, facts = found.values, found.arrays, chosen.prepared.facts
    has_labels = "labels" in arrays
    labels = arrays["labels"].tolist() if has_labels else [0.0] * len(arrays["points"])
    if "explained" in values:
        shares = [float(share) for share in values["explained"]]
        axes = [_("component {n}: {share}").format(n=n + 1, share=f"{share:.0%}") for n, share in enumerate(shares)]
        words = _("PCA: the plane keeps {share} of the variance of {n} numbers.").format(
            share=f"{sum(shares):.0%}", n=f"{values['features']:,}"
        )
    else:
        axes = ["", ""]
        words = _("t-SNE: neighbours stay neighbours; distances between groups and their sizes say nothing.")
    classes = facts.classes if has_labels else ()
    option = map_chart(arrays["points"], (arrays["at"] + 1).tolist(), labels, classes, _("row {n}"), axes)
    if not has_labels:
        option.pop("visualMap", None)
    else:
        _tell(option, chosen, arrays)
    said = _("{n} rows by what {layer} makes of them.").format(n=f"{len(labels):,}", layer=layer)
    if values["is_mean"]:
        said += " " + _("Of its places the mean.")
    st.echarts_chart(option, height=_HEIGHT, key="explain-map", alt=f"{said} {words}")
    live_part.below(chosen.view, f"explain-map-{layer}", f"{said} {words}", lambda: _table(chosen, arrays))
    if not shell.is_phone():
        st.caption(_("Point at a row to see its number; type it under “Why this answer” to look at it."))


def _tell(option: dict[str, Any], chosen: Chosen, arrays: Any) -> None:
    """Have each point say what the network answers."""
    classes = chosen.prepared.facts.classes
    answered = {
        _("row {n}").format(n=f"{at + 1:,}"): classes[int(value)] if classes else f"{value:.4g}"
        for at, value in zip(arrays["at"].tolist(), arrays["answered"].tolist(), strict=True)
    }
    for series in option["series"]:
        for point in series["data"]:
            name = answered.get(point["name"].split("\n")[0])
            if name is not None and classes:
                point["name"] += "\n" + _("answered {name}, is").format(name=name)


def _table(chosen: Chosen, arrays: Any) -> Table:
    points = np.asarray(arrays["points"], np.float64)
    table: Table = {"row": (arrays["at"] + 1).tolist(), "x": points[:, 0].tolist(), "y": points[:, 1].tolist()}
    classes = chosen.prepared.facts.classes
    for name in ("labels", "answered"):
        if name in arrays:
            found = arrays[name].tolist()
            column = "true" if name == "labels" else name
            table[column] = [classes[int(each)] for each in found] if classes else found
    return table
