"""Paths of optimizers on a surface beside what they came to, as one Plotly figure that plays by itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from playground.charts.ground import Ground, ground_map, ground_surface, mark, stand
from playground.charts.player import player, slider

if TYPE_CHECKING:
    import plotly.graph_objects as go

_FRAMES = 60
_DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
_LEAST = 1e-8
_SMALL = 11


class Walk(NamedTuple):
    """A contestant's name and its path: points (n, 2), and their heights above the lowest point (n,)."""

    name: str
    points: np.ndarray
    heights: np.ndarray


def paths_figure(
    ground: Ground,
    walks: Sequence[Walk],
    colours: Sequence[str],
    theme: str,
    words: dict[str, str],
    at: int,
    *,
    is_3d: bool,
) -> "go.Figure":
    """The figure: the surface with all paths; height, distance to the nearest minimum and length against the step.

    Args:
        ground: the surface.
        walks: the contestants, in the order of their colours.
        colours: of lines that differ.
        theme: ``light`` or ``dark``.
        words: what is written: ``height``, ``distance``, ``length``, ``step``, ``start``, ``minimum``, ``play``,
            ``pause``.
        at: the step at which each walk has its dot.
        is_3d: whether the surface stands up instead of lying as a map.
    """
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    shown = {"type": "scene"} if is_3d else {"type": "xy"}
    figure = make_subplots(
        rows=3,
        cols=2,
        column_widths=[0.62, 0.38],
        specs=[[{**shown, "rowspan": 3}, {"type": "xy"}], [None, {"type": "xy"}], [None, {"type": "xy"}]],
        subplot_titles=("", words["height"], words["distance"], words["length"]),
        horizontal_spacing=0.08,
        vertical_spacing=0.12,
    )
    figure.add_trace(ground_surface(ground, theme) if is_3d else ground_map(ground, theme), row=1, col=1)
    if not is_3d:
        mark(figure, ground, words, theme)
    for number, walk in enumerate(walks):
        line = {"color": colours[number % len(colours)], "dash": _DASHES[number % len(_DASHES)], "width": 2}
        for trace, column, row in _traces(walk, ground, line, is_3d=is_3d):
            figure.add_trace(trace, row=row, col=column)
    steps = max((len(walk.points) for walk in walks), default=1) - 1
    stops = sorted({round(at) for at in np.linspace(0, steps, min(steps, _FRAMES) + 1)})
    first = len(figure.data)
    for trace, column, row in _dots(walks, ground, at, colours, is_3d=is_3d):
        figure.add_trace(trace, row=row, col=column)
    moved = list(range(first, len(figure.data)))
    figure.frames = [
        go.Frame(
            data=[each[0] for each in _dots(walks, ground, stop, colours, is_3d=is_3d)], traces=moved, name=str(stop)
        )
        for stop in stops
    ]
    for row in (1, 2, 3):
        log = {"type": "log", "exponentformat": "power", "showgrid": False, "nticks": 4, "tickfont": {"size": _SMALL}}
        figure.update_yaxes(**log, row=row, col=2)
    figure.update_annotations(font={"size": 13})
    for row in (1, 2, 3):
        title = words["step"] if row == 3 else None
        figure.update_xaxes(range=[0, max(1, steps)], showgrid=False, title=title, row=row, col=2)
    if not is_3d:
        figure.update_xaxes(range=_reach(ground.x), title=ground.axes[0], showgrid=False, zeroline=False, row=1, col=1)
        figure.update_yaxes(range=_reach(ground.y), title=ground.axes[1], showgrid=False, zeroline=False, row=1, col=1)
    if is_3d:
        stand(figure, ground)
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 40, "b": 8},
        legend={"orientation": "h", "y": 1.12, "x": 0},
        updatemenus=[player(words, is_3d=is_3d)],
        sliders=[slider(stops, at, words, is_3d=is_3d)],
    )
    return figure


def _traces(walk: Walk, ground: Ground, line: dict[str, Any], *, is_3d: bool) -> list[tuple[Any, int, int]]:
    """Its path, its height, how far the nearest minimum is and how long its steps are; each with its column and row."""
    import plotly.graph_objects as go

    shared = {"mode": "lines", "line": line, "legendgroup": walk.name, "name": walk.name}
    steps = np.arange(len(walk.points))
    lengths = np.linalg.norm(np.diff(walk.points, axis=0), axis=1)
    hover = "%{x:.4g}, %{y:.4g}"
    if is_3d:
        path: Any = go.Scatter3d(
            x=walk.points[:, 0],
            y=walk.points[:, 1],
            z=np.log10(1 + walk.heights),
            mode="lines",
            line={"color": line["color"], "width": 6},
            legendgroup=walk.name,
            name=walk.name,
        )
    else:
        path = go.Scatter(x=walk.points[:, 0], y=walk.points[:, 1], hovertemplate=hover, **shared)
    return [
        (path, 1, 1),
        (go.Scatter(x=steps, y=np.maximum(walk.heights, _LEAST), showlegend=False, **shared), 2, 1),
        (go.Scatter(x=steps, y=_distances(walk.points, ground), showlegend=False, **shared), 2, 2),
        (go.Scatter(x=steps[1:], y=np.maximum(lengths, _LEAST), showlegend=False, **shared), 2, 3),
    ]


def _dots(
    walks: Sequence[Walk], ground: Ground, stop: int, colours: Sequence[str], *, is_3d: bool
) -> list[tuple[Any, int, int]]:
    """Where each walk is at the step ``stop``, in all pictures, each with its column and row."""
    import plotly.graph_objects as go

    at = [min(stop, len(walk.points) - 1) for walk in walks]
    places = np.array([walk.points[each] for walk, each in zip(walks, at, strict=True)]).reshape(-1, 2)
    heights = np.array([walk.heights[each] for walk, each in zip(walks, at, strict=True)])
    lengths = [
        float(np.linalg.norm(walk.points[each] - walk.points[each - 1])) if each else np.nan
        for walk, each in zip(walks, at, strict=True)
    ]
    shared: dict[str, Any] = {
        "mode": "markers",
        "marker": {"size": 9, "color": [colours[n % len(colours)] for n in range(len(walks))]},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    place: Any = go.Scatter(x=places[:, 0], y=places[:, 1], **shared)
    if is_3d:
        marker = {**shared["marker"], "size": 5}
        place = go.Scatter3d(x=places[:, 0], y=places[:, 1], z=np.log10(1 + heights), **{**shared, "marker": marker})
    return [
        (place, 1, 1),
        (go.Scatter(x=at, y=np.maximum(heights, _LEAST), **shared), 2, 1),
        (go.Scatter(x=at, y=_distances(places, ground), **shared), 2, 2),
        (go.Scatter(x=at, y=np.maximum(lengths, _LEAST), **shared), 2, 3),
    ]


def _distances(points: np.ndarray, ground: Ground) -> np.ndarray:
    """How far each of ``points`` (n, 2) is from the nearest minimum, (n,)."""
    away = points[:, None, :] - np.asarray(ground.minima, np.float64)[None]
    return np.asarray(np.maximum(np.linalg.norm(away, axis=-1).min(axis=1), _LEAST))


def _reach(values: np.ndarray) -> list[float]:
    return [float(values[0]), float(values[-1])]
