"""A quadratic loss over two weights and the ball that a penalty leaves them, as one Plotly figure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import plotly.graph_objects as go

_INK = {"light": "#11151A", "dark": "#E6E8EB"}
_PALE = {"light": "#9AA8B5", "dark": "#5B6875"}
_BALL = {"light": "rgba(0,114,178,0.20)", "dark": "rgba(86,180,233,0.28)"}
_EDGE = {"light": "#0072B2", "dark": "#56B4E9"}
_WAY = {"light": "#D55E00", "dark": "#F5A34A"}
_LEVELS = 9


class Ball(NamedTuple):
    """One penalty.

    Attributes:
        title: what is written over its picture.
        at: places along either weight, (n,).
        losses: over the grid of them, a row a second weight, (n, n).
        reached: the penalty over the same grid.
        level: what the penalty is at the weights that are found.
        weights: these weights, (2,).
        way: the weights of all strengths, (m, 2).
        best: the weights without a penalty.
    """

    title: str
    at: np.ndarray
    losses: np.ndarray
    reached: np.ndarray
    level: float
    weights: np.ndarray
    way: np.ndarray
    best: tuple[float, float]


def balls_figure(balls: Sequence[Ball], words: Mapping[str, str], theme: str, *, is_stacked: bool) -> "go.Figure":
    """The figure: a picture a penalty, with the loss as lines of equal height, the ball, and where both touch.

    Args:
        balls: the penalties.
        words: ``best``, ``found`` and ``way``: what is called so in the legend.
        theme: ``light`` or ``dark``.
        is_stacked: whether they stand below each other.
    """
    from plotly.subplots import make_subplots

    n = len(balls)
    figure = make_subplots(
        rows=n if is_stacked else 1,
        cols=1 if is_stacked else n,
        subplot_titles=[each.title for each in balls],
        horizontal_spacing=0.08,
        vertical_spacing=0.1,
    )
    for number, ball in enumerate(balls):
        row, column = (number + 1, 1) if is_stacked else (1, number + 1)
        for trace in _traces(ball, words, theme, is_first=number == 0):
            figure.add_trace(trace, row=row, col=column)
        ends = [float(ball.at[0]), float(ball.at[-1])]
        line = {"showgrid": False, "zeroline": True, "zerolinecolor": _PALE[theme], "zerolinewidth": 1, "dtick": 1}
        scale = f"x{number + 1}" if number else "x"
        figure.update_xaxes(range=ends, constrain="domain", title="w₁", **line, row=row, col=column)
        figure.update_yaxes(range=ends, scaleanchor=scale, title="w₂", **line, row=row, col=column)
    figure.update_annotations(font={"size": 14})
    figure.update_layout(margin={"l": 8, "r": 8, "t": 70, "b": 8}, legend={"orientation": "h", "y": 1.16, "x": 0})
    return figure


def _traces(ball: Ball, words: Mapping[str, str], theme: str, *, is_first: bool) -> list[Any]:
    import plotly.graph_objects as go

    least, most, through = float(ball.losses.min()), float(ball.losses.max()), _between(ball)
    height = np.sqrt(np.maximum(ball.losses - least, 0))
    top = float(np.sqrt(most - least))
    plain = {"showscale": False, "hoverinfo": "skip", "showlegend": False, "x": ball.at, "y": ball.at}
    loss = go.Contour(
        z=height,
        contours={"coloring": "none", "start": top / _LEVELS / 2, "end": top, "size": top / _LEVELS},
        line={"color": _PALE[theme], "width": 1},
        **plain,
    )
    touched = go.Contour(
        z=height,
        contours={"coloring": "none", "start": through, "end": through, "size": 1},
        line={"color": _WAY[theme], "width": 1.5, "dash": "dot"},
        **plain,
    )
    inside = go.Contour(  # Plotly fills where a constraint does not hold
        z=ball.reached,
        contours={"type": "constraint", "operation": ">", "value": max(ball.level, 1e-6)},
        fillcolor=_BALL[theme],
        line={"color": _EDGE[theme], "width": 2},
        **plain,
    )
    way = go.Scatter(
        x=ball.way[:, 0],
        y=ball.way[:, 1],
        mode="lines",
        line={"color": _WAY[theme], "width": 2},
        name=words["way"],
        legendgroup="way",
        showlegend=is_first,
        hoverinfo="skip",
    )
    marks = (("best", ball.best, "x", 10, _INK[theme]), ("found", ball.weights, "circle", 11, _WAY[theme]))
    points = [
        go.Scatter(
            x=[at[0]],
            y=[at[1]],
            mode="markers",
            marker={"symbol": symbol, "size": size, "color": colour},
            name=words[name],
            legendgroup=name,
            showlegend=is_first,
            hovertemplate="%{x:.3f}, %{y:.3f}<extra></extra>",
        )
        for name, at, symbol, size, colour in marks
    ]
    return [loss, inside, touched, way, *points]


def _between(ball: Ball) -> float:
    """The root of the loss above its least at the weights that are found, between the places of the grid."""
    step = float(ball.at[1] - ball.at[0])
    column, row = (np.clip((ball.weights - ball.at[0]) / step, 0, len(ball.at) - 1.001)).astype(np.float64)
    left, low = int(column), int(row)
    right, high = column - left, row - low
    corner = ball.losses[low : low + 2, left : left + 2].astype(np.float64)
    loss = np.array([1 - high, high]) @ corner @ np.array([1 - right, right])
    return float(np.sqrt(max(loss - float(ball.losses.min()), 1e-9)))
