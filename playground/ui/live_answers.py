"""Parts of the live view that show what the network answers: the confusion matrix, and a surface of the plane."""

import numpy as np

from playground.charts.live import confusion_chart, surface_chart
from playground.data import Prepared, opened
from playground.locale.text import _
from playground.settings import settings
from playground.ui import live_part, shell
from playground.ui.confusion_words import most_confused
from playground.ui.live_part import Table
from playground.ui.looks import Look
from playground.ui.reader import View

_POINTS = 400
_GROUND = {"light": (255, 255, 255), "dark": (17, 20, 23)}
_MATRIX_PX, _PLANE_PX = 380, 380


def confusion(view: View, looks: tuple[Look, ...]) -> None:
    """Draw which class is taken for which."""
    live_part.title(_("Confusion matrix"))
    prepared = data_of(view)
    if not looks or prepared is None:
        live_part.missing(view, "confusion")
        return
    look, names = looks[-1], prepared.facts.classes
    counts = look.columns["cell/count"].reshape(len(names), len(names)).astype(np.int64)
    right, rows = int(np.trace(counts)), int(look.data["rows"])
    said = _("{when}: {right} of {rows} {part} rows are right.").format(
        when=live_part.when(view, look), right=right, rows=rows, part=part_word(look)
    )
    said += most_confused(counts, names)
    option = confusion_chart(counts, names, (_("answered"), _("true")), _GROUND[shell.theme()])
    live_part.chart(option, "live-confusion-chart", said, _MATRIX_PX)
    live_part.below(view, "confusion", said, lambda: _cells(counts, names))


def surface(view: View, looks: tuple[Look, ...]) -> None:
    """Draw the network's answers all over the plane, with samples on it."""
    live_part.title(_("Decision surface"))
    prepared = data_of(view)
    if not looks or prepared is None:
        live_part.missing(view, "surface")
        return
    look, facts = looks[-1], prepared.facts
    side = int(look.data["side"])
    values, labels = look.columns["cell/value"].reshape(side, side), None
    if "cell/label" in look.columns:
        labels = look.columns["cell/label"].reshape(side, side)
        values = np.where(labels == 1, values, 1 - values) if len(facts.classes) == 2 else values
    at = np.arange(min(len(prepared.array("x_train")), _POINTS))
    points, targets = np.asarray(prepared.array("x_train")[at])[:, :2], np.asarray(prepared.array("y_train")[at])
    axes = (facts.features[0], facts.features[1]) if len(facts.features) > 1 else ("x1", "x2")
    corners = (look.data["low"], look.data["high"])
    option = surface_chart(values, labels, corners, points, targets, facts.classes, axes, _GROUND[shell.theme()])
    said = f"{live_part.when(view, look)}: {_divided(values, labels, facts.classes)}"
    live_part.chart(option, "live-surface-chart", said, _PLANE_PX)
    said += " " + _("The stronger the colour, the surer the answer; the points are training rows.")
    live_part.below(view, "surface", said, lambda: _grid(look, side, axes))


def data_of(view: View) -> Prepared | None:
    """The run's prepared data; ``None`` where it is not there any more."""
    return opened(view.spec.dataset, view.spec.seed, settings())


def part_word(look: Look) -> str:
    """Which part of the data a look took its rows from, as an adjective."""
    return _("validation") if look.data["of"] == "validation" else _("training")


def _divided(values: np.ndarray, labels: np.ndarray | None, classes: tuple[str, ...]) -> str:
    if labels is None:
        return _("answers from {low} to {high}.").format(
            low=live_part.number(float(values.min())), high=live_part.number(float(values.max()))
        )
    shares = np.bincount(labels.ravel(), minlength=len(classes)) / labels.size
    return ", ".join(f"{name} {100 * share:.0f} %" for name, share in zip(classes, shares, strict=True)) + "."


def _cells(counts: np.ndarray, names: tuple[str, ...]) -> Table:
    rows, columns = np.indices(counts.shape)
    return {
        "true": [names[at] for at in rows.ravel()],
        "answered": [names[at] for at in columns.ravel()],
        "rows": counts.ravel().tolist(),
    }


def _grid(look: Look, side: int, axes: tuple[str, str]) -> Table:
    low, high = look.data["low"], look.data["high"]
    x, y = np.meshgrid(np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side))
    table: Table = {axes[0]: x.ravel().tolist(), axes[1]: y.ravel().tolist()}
    return {**table, **{name.removeprefix("cell/"): values.tolist() for name, values in look.columns.items()}}
