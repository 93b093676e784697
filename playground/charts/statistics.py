"""Pair plot and correlation as SVG, drawn by seaborn: for jobs only, the page's process never imports it.

Names of columns and classes come from outside: they are written as text, never read as formulas, and what XML does not
allow is left out.
"""

import io
import logging
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

Theme = Literal["light", "dark"]


class Ink(NamedTuple):
    """The colours of one theme, those of .streamlit/config.toml."""

    ground: str
    text: str
    quiet: str
    line: str
    series: tuple[str, ...]
    diverging: tuple[str, ...]


INKS: Mapping[Theme, Ink] = {
    "light": Ink(
        "#FFFFFF",
        "#11151A",
        "#5B6573",
        "#DDE2E8",
        ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#B98A00", "#3D9BD9", "#5B6573"),
        ("#D47A0E", "#F59322", "#F9BE7C", "#F6E2CB", "#EEF0F2", "#D3E4F0", "#8DC0E2", "#4399CF", "#0877BD"),
    ),
    "dark": Ink(
        "#111417",
        "#E6E8EB",
        "#A5ADB8",
        "#31383F",
        ("#56B4E9", "#F5A34A", "#2FC79A", "#E59AC4", "#E8D44D", "#FF8A4C", "#A5ADB8"),
        ("#FFA53D", "#E08212", "#A05F12", "#4A3A26", "#1E2328", "#20384A", "#145A8A", "#1E83C8", "#4AA8E8"),
    ),
}
MARKERS = ("o", "s", "^", "D", "P", "v", "X")
_FONTS = ("Inter", "system-ui", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "sans-serif")
_SIGNS = 20
_BINS = 18
_SIDE, _WIDEST = 1.75, 10.0
"""Inches of one small picture, and of all beside each other."""


def pairs_svg(frame: "pd.DataFrame", labels: Sequence[int] | np.ndarray, classes: Sequence[str], theme: Theme) -> str:
    """Every column against every other, and the spread of each, as one SVG.

    Args:
        frame: 2 to 6 columns of numbers; rows with a gap are left out of the pictures they would be in.
        labels: the class of each row, (n,); of any value without ``classes``.
        classes: names in label order; with more than there are colours, or with none, all rows have one colour.
        theme: whose colours.
    """
    import seaborn as sns

    ink = INKS[theme]
    names = [legible(str(name)) for name in frame.columns]
    plain = frame.set_axis([f"c{at}" for at in range(len(names))], axis=1).reset_index(drop=True)
    plain = plain.replace([np.inf, -np.inf], np.nan)
    present = sorted({int(label) for label in labels}) if 0 < len(classes) <= len(ink.series) else []
    hue: dict[str, Any] = {}
    if present:
        plain = plain.assign(of=np.asarray(labels, np.int64))
        hue = {"hue": "of", "hue_order": present, "palette": [ink.series[label] for label in present]}
    columns = [f"c{at}" for at in range(len(names))]
    side = min(_SIDE, _WIDEST / len(columns))
    with _styled(ink):
        grid = sns.PairGrid(plain, vars=columns, corner=True, height=side, **hue)
        points = {"style": plain["of"], "markers": {label: MARKERS[label] for label in present}} if present else {}
        colour = {} if present else {"color": ink.series[0]}
        grid.map_lower(sns.scatterplot, s=14, linewidth=0, alpha=0.75, legend=False, **points, **colour)
        spread = {"element": "step", "bins": _BINS, "linewidth": 1, "alpha": 0.28, "legend": False, **colour}
        grid.map_diag(sns.histplot, **spread)
        for at, name in enumerate(names):
            grid.axes[-1][at].set_xlabel(name)
            grid.axes[at][0].set_ylabel(name if at else "")
        for axes in grid.axes.flat:
            if axes is not None:
                axes.tick_params(length=0)
                axes.locator_params(nbins=4)
        if present:
            from matplotlib.lines import Line2D

            marks = [
                Line2D([], [], linestyle="", marker=MARKERS[label], color=ink.series[label], markersize=6)
                for label in present
            ]
            said = [legible(classes[label]) for label in present]
            grid.figure.legend(marks, said, loc="upper right", frameon=False, handletextpad=0.2)
        return _svg(grid.figure)


def correlation_svg(matrix: "pd.DataFrame", theme: Theme) -> str:
    """A square for each pair of columns, orange for -1 over the ground's grey to blue for 1, with its number.

    Args:
        matrix: the correlations, the same names across and down.
        theme: whose colours.
    """
    import seaborn as sns
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.figure import Figure

    ink = INKS[theme]
    names = [legible(str(name)) for name in matrix.columns]
    n = len(names)
    with _styled(ink):
        figure = Figure(figsize=(2.2 + 0.62 * n, 1.5 + 0.46 * n))
        axes = figure.subplots()
        sns.heatmap(
            matrix.to_numpy(),
            vmin=-1,
            vmax=1,
            cmap=LinearSegmentedColormap.from_list("theme", ink.diverging),
            annot=True,
            fmt=".2f",
            annot_kws={"size": 9},
            xticklabels=names,
            yticklabels=names,
            linewidths=2,
            linecolor=ink.ground,
            cbar=False,
            ax=axes,
        )
        axes.tick_params(length=0)
        for cell in axes.texts:
            cell.set_text(cell.get_text().replace("-", "−"))
        axes.set_yticks(axes.get_yticks(), names, rotation=0)
        axes.set_xticks(axes.get_xticks(), names, rotation=35, ha="right", rotation_mode="anchor")
        return _svg(figure)


def legible(name: str) -> str:
    """``name`` in one line of at most 20 signs, without what XML does not allow or a legend would hide."""
    one = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    short = one if len(one) <= _SIGNS else one[: _SIGNS - 1] + "…"
    return f"\u200b{short}" if short.startswith("_") else short


@contextmanager
def _styled(ink: Ink) -> Iterator[None]:
    """The theme's colours, text as text, and no word about fonts that only the browser has."""
    import matplotlib as mpl

    style: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": "playground",
        "font.family": list(_FONTS),
        "font.size": 10,
        "text.parse_math": False,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
        "axes.edgecolor": ink.line,
        "axes.labelcolor": ink.text,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "text.color": ink.text,
        "xtick.color": ink.line,
        "ytick.color": ink.line,
        "xtick.labelcolor": ink.quiet,
        "ytick.labelcolor": ink.quiet,
        "legend.labelcolor": ink.text,
    }
    fonts = logging.getLogger("matplotlib.font_manager")
    level = fonts.level
    fonts.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), mpl.rc_context(style):
            warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
            warnings.filterwarnings("ignore", "This figure includes Axes that are not compatible", UserWarning)
            yield
    finally:
        fonts.setLevel(level)


def _svg(figure: "Figure") -> str:
    """The figure, and nothing else of it kept: pyplot would hold every figure until the process ends."""
    import matplotlib.pyplot as plt

    text = io.StringIO()
    figure.savefig(text, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    plt.close(figure)
    return text.getvalue()
