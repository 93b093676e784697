"""What came of each way: the fit, the curves of training and validation, and the sizes of the weights."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from playground.catalog.regularisations import Problem
from playground.charts import Line
from playground.charts.fit import fit_chart
from playground.charts.live import surface_chart
from playground.charts.panels import Panel, panels_chart, panels_height
from playground.data import outline
from playground.locale.text import _
from playground.ui import lab_csv, shell
from playground.ui.regularisation_answers import Trained

_HEIGHT, _CARD = 270, 250
_GROUND = {"light": (255, 255, 255), "dark": (17, 20, 23)}
LOSSES = {"regression": "mean_squared_error", "binary": "binary_crossentropy"}
"""By task, the metric that is the loss without what a penalty adds."""
_HIGHEST = {"regression": 0.8, "binary": 1.5}
_LEAST_EXPONENT = -5.0
_MARGIN = 0.3


def card(problem: Problem, of: Trained, every: Sequence[Trained]) -> None:
    """Draw what a network has made of the points, and what it came to; a skeleton while it trains."""
    st.markdown(f"#### {shell.plain(of.of.label)}", help=_(of.of.way.summary))
    if of.error:
        st.caption(f":material/info: {shell.plain(of.error)}")
        return
    if of.result is None:
        st.skeleton(height=_CARD + 40)
        return
    said = _outcome(problem, of)
    draw = _fit if problem.task == "regression" else _surface
    draw(of, every, f"{of.of.label}: {said}".replace("*", ""))
    st.caption(said)


def curves(problem: Problem, trained: Sequence[Trained]) -> None:
    """Draw the loss on training and on validation points, a line a way."""
    st.markdown(f"### {_('Training and validation')}")
    name, highest = LOSSES[problem.task], _HIGHEST[problem.task]
    panels = [
        Panel(title, [Line(each.of.label, _epochs(each), each.curve(key)) for each in trained], 0, highest)
        for title, key in ((_("Loss on the training points"), name), (_("Loss on other points"), f"val_{name}"))
    ]
    _panels(panels, _("epoch"), "regularisation-curves", _lowest(problem, trained))
    with st.container(horizontal=True, vertical_alignment="center", wrap=shell.is_phone()):
        said = _(
            "Without what a penalty adds. On the training points Keras measures it while units are dropped and noise "
            "is added; lines that leave the picture go on above it."
        )
        st.caption(said, width="stretch")
        rows = (
            (each.of.label, at + 1, *values)
            for each in trained
            for at, values in enumerate(zip(each.curve(name), each.curve(f"val_{name}"), strict=True))
        )
        lab_csv.offer("regularisation-curves", ("way", "epoch", name, f"val_{name}"), rows)


def weights(trained: Sequence[Trained]) -> None:
    """Draw how the weights are spread and how large they are, a line a way, and say it in numbers."""
    st.markdown(f"### {_('The weights afterwards')}")
    spread, sizes = [], []
    for each in trained:
        found = each.result["weights"]
        edges, shares = np.asarray(found["edges"]), np.asarray(found["shares"])
        spread.append(Line(each.of.label, (edges[1:] + edges[:-1]) / 2, 100 * shares))
        ordered = np.maximum(np.asarray(found["sizes"]), 10.0**_LEAST_EXPONENT)
        sizes.append(Line(each.of.label, np.linspace(0, 100, len(ordered)), np.log10(ordered)))
    columns = [st.container(), st.container()] if shell.is_phone() else st.columns(2, gap="medium")
    with columns[0]:
        title = _("How many weights have which value, %")
        _panels([Panel(title, spread, 0, 30)], _("weight"), "regularisation-spread", title)
    with columns[1]:
        title = _("Their sizes, largest first (decimal exponent)")
        _panels([Panel(title, sizes)], _("share of the weights, %"), "regularisation-sizes", title)
    rows = [
        {
            _("Way"): shell.plain(each.of.label),
            _("Weights"): f"{each.result['weights']['n']:,}",
            _("Sum of squares"): f"{each.result['weights']['squared']:.3g}",
            _("Sum of absolute values"): f"{each.result['weights']['absolute']:.3g}",
            _("As good as 0"): f"{100 * each.result['weights']['zero']:.0f} %",
        }
        for each in trained
    ]
    st.table(rows)
    with st.container(horizontal=True, vertical_alignment="center", wrap=shell.is_phone()):
        st.caption(
            _("As good as 0: smaller than 0.001. Biases are not counted. Values beyond −1 and 1 count at the ends."),
            width="stretch",
        )
        table = (
            (each.of.label, *pair)
            for each in trained
            for pair in zip(each.result["weights"]["edges"], each.result["weights"]["shares"], strict=False)
        )
        lab_csv.offer("regularisation-weights", ("way", "from", "share"), table)


def _panels(panels: Sequence[Panel], x_name: str, key: str, alt: str) -> None:
    is_stacked = shell.is_phone()
    st.echarts_chart(
        panels_chart(panels, x_name, _HEIGHT, is_stacked=is_stacked),
        height=panels_height(len(panels), _HEIGHT, is_stacked=is_stacked),
        key=key,
        alt=alt,
    )


def _outcome(problem: Problem, of: Trained) -> str:
    name = LOSSES[problem.task]
    train, other = of.curve(name), of.curve(f"val_{name}")
    best = int(np.argmin(other))
    parts = [
        _("loss in training {n}").format(n=_number(train[-1])),
        _("on other points **{n}**").format(n=_number(other[-1])),
    ]
    if "val_accuracy" in of.result["history"]:
        share = 100 * of.curve("val_accuracy")[-1]
        parts.append(_("**{n} %** right").format(n=f"{share:.0f}"))
    parts.append(_("best {n} in epoch {epoch}").format(n=_number(other[best]), epoch=best + 1))
    if len(other) < of.of.spec.training.epochs:
        parts.append(_("ended after epoch {n}").format(n=len(other)))
    return " · ".join(parts)


def _lowest(problem: Problem, trained: Sequence[Trained]) -> str:
    name = f"val_{LOSSES[problem.task]}"
    return "; ".join(f"{each.of.label}: {_number(each.curve(name)[-1])}" for each in trained)


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 10 else f"{value:.3g}"


def _epochs(of: Trained) -> np.ndarray:
    return np.arange(1, len(of.result["history"]["loss"]) + 1, dtype=np.float64)


def _fit(of: Trained, every: Sequence[Trained], alt: str) -> None:
    found = of.result
    x = np.linspace(found["low"][0], found["high"][0], len(found["values"]))
    points = np.asarray(found["points"]["x"])[:, 0], np.asarray(found["points"]["y"])
    truth = np.asarray(found["truth"]["x"]), np.asarray(found["truth"]["y"])
    heights = np.concatenate([np.ravel(each.result["points"]["y"]) for each in every if each.result is not None])
    ends = round(float(heights.min()) - _MARGIN, 1), round(float(heights.max()) + _MARGIN, 1)
    names = (_("network"), _("training points"), _("without noise"))
    option = fit_chart((x, np.asarray(found["values"])), points, truth, names, ends)
    st.echarts_chart(option, height=_CARD, key=f"fit-{of.of.way.id}", alt=alt)


def _surface(of: Trained, every: Sequence[Trained], alt: str) -> None:
    found = of.result
    side = round(len(found["values"]) ** 0.5)
    values = np.asarray(found["values"]).reshape(side, side)
    labels = (values >= 0.5).astype(np.int64)
    option = surface_chart(
        np.where(labels == 1, values, 1 - values),
        labels,
        (found["low"], found["high"]),
        np.asarray(found["points"]["x"]),
        np.asarray(found["points"]["y"]),
        outline(of.of.spec.dataset).classes,
        ("x1", "x2"),
        _GROUND[shell.theme()],
    )
    st.echarts_chart(option, height=_CARD + 30, key=f"surface-{of.of.way.id}", alt=alt)
