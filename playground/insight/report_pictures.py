"""The drawings of a report as SVG, for light paper: by matplotlib, in jobs only.

Names come from outside: they are written as text, never read as formulas.
"""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TRAINING, _VALIDATION, _QUIET = "#0072B2", "#D55E00", "#5B6573"
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "playground",
    "font.family": ["Inter", "Helvetica Neue", "Arial", "DejaVu Sans", "sans-serif"],
    "font.size": 10,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#C4CAD2",
    "xtick.color": _QUIET,
    "ytick.color": _QUIET,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
_POINTS = 1_000


def curves_svg(training: np.ndarray, validation: np.ndarray | None, names: tuple[str, str, str]) -> str:
    """A metric after each epoch on training rows and, dashed, on validation rows.

    Args:
        training: (epochs,).
        validation: (epochs,), or ``None``.
        names: of the two lines, and of the axis of epochs.
    """
    with _drawing() as (axes, text):
        for values, name, colour, dash in (
            (training, names[0], _TRAINING, "-"),
            (validation, names[1], _VALIDATION, "--"),
        ):
            if values is not None:
                at = np.unique(np.linspace(0, len(values) - 1, min(len(values), _POINTS)).astype(int))
                mark = "o" if len(values) == 1 else None
                axes.plot(at + 1, values[at], dash, color=colour, label=name, linewidth=1.8, marker=mark)
        axes.set_xlabel(names[2])
        axes.locator_params(axis="x", integer=True)
        axes.legend(frameon=False)
    return text.getvalue()


def answers_svg(true: np.ndarray, answered: np.ndarray, names: tuple[str, str]) -> str:
    """What was answered over what is true, with the line on which both are equal.

    Args:
        true, answered: (n,).
        names: of the axes.
    """
    at = np.unique(np.linspace(0, len(true) - 1, min(len(true), _POINTS)).astype(int))
    with _drawing() as (axes, text):
        ends = [float(min(true.min(), answered.min())), float(max(true.max(), answered.max()))]
        axes.plot(ends, ends, color=_QUIET, linewidth=1)
        axes.scatter(true[at], answered[at], s=10, color=_TRAINING, alpha=0.6, linewidths=0)
        axes.set_xlabel(names[0])
        axes.set_ylabel(names[1])
    return text.getvalue()


@contextmanager
def _drawing() -> Iterator[tuple["Axes", io.StringIO]]:
    """Axes to draw into, and what is drawn as SVG once that is over; pyplot, which keeps figures, stays out of it."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    text = io.StringIO()
    fonts = logging.getLogger("matplotlib.font_manager")
    level = fonts.level
    fonts.setLevel(logging.ERROR)  # the fonts are the browser's
    try:
        with warnings.catch_warnings(), mpl.rc_context(_STYLE):
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
            figure = Figure(figsize=(5.2, 3.1))
            axes = figure.subplots()
            axes.tick_params(length=0)
            axes.grid(axis="y", color="#E8EBEF", linewidth=0.8)
            axes.set_axisbelow(True)
            yield axes, text
            figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    finally:
        fonts.setLevel(level)
