"""The ground that paths of optimizers lie on: as a map or standing up, with its marks; for Plotly figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import plotly.graph_objects as go

_PALE = {"light": ("#EAF2FA", "#FFFFFF"), "dark": ("#1D3346", "#111417")}
_LINES = {"light": "#C9D3DE", "dark": "#33404C"}
_INK = {"light": "#11151A", "dark": "#E6E8EB"}
_STANDING = {"light": ("#7FB4DE", "#EAF2FA"), "dark": ("#0F4268", "#6FA8D3")}
_LEVELS = 22


class Ground(NamedTuple):
    """What the paths lie on.

    Attributes:
        x: (n,).
        y: (m,).
        heights: (m, n).
        axes: the two numbers' names.
        start: where all begin.
        minima: the lowest points.
    """

    x: np.ndarray
    y: np.ndarray
    heights: np.ndarray
    axes: tuple[str, str]
    start: tuple[float, float]
    minima: Sequence[tuple[float, float]]


def ground_map(ground: Ground, theme: str) -> Any:
    """The surface as a map: lines of equal height, by a logarithm."""
    import plotly.graph_objects as go

    low, high = _PALE[theme]
    return go.Contour(
        x=ground.x,
        y=ground.y,
        z=np.log10(1 + ground.heights - ground.heights.min()),
        colorscale=[[0, low], [1, high]],
        ncontours=_LEVELS,
        line={"color": _LINES[theme], "width": 0.8},
        showscale=False,
        hoverinfo="skip",
    )


def ground_surface(ground: Ground, theme: str) -> Any:
    """The surface as it stands up, by a logarithm of its height."""
    import plotly.graph_objects as go

    low, high = _STANDING[theme]
    height = np.log10(1 + ground.heights - ground.heights.min())
    return go.Surface(
        x=ground.x,
        y=ground.y,
        z=height,
        colorscale=[[0, low], [1, high]],
        lighting={"ambient": 0.9, "diffuse": 0.25, "specular": 0.02},
        showscale=False,
        opacity=0.8,
        hoverinfo="skip",
    )


def stand(figure: "go.Figure", ground: Ground) -> None:
    """Name the axes of a surface that stands up, and look at it from above and aside."""
    titles = (*ground.axes, "log₁₀(1 + h)")
    axes = {
        f"{name}axis": {"title": {"text": title, "font": {"size": 12}}, "nticks": 5, "showbackground": False}
        for name, title in zip("xyz", titles, strict=True)
    }
    figure.update_scenes(camera={"eye": {"x": -0.9, "y": -1.7, "z": 1.1}}, **axes)


def mark(figure: "go.Figure", ground: Ground, words: dict[str, str], theme: str) -> None:
    """Where all begin, the lowest points, and places that can be clicked for another start."""
    import plotly.graph_objects as go

    ink = _INK[theme]
    x, y = np.meshgrid(ground.x[::2], ground.y[::2])
    clickable = {"size": 14, "opacity": 0, "color": ink}
    figure.add_trace(
        go.Scatter(x=x.ravel(), y=y.ravel(), mode="markers", marker=clickable, hoverinfo="none", showlegend=False), 1, 1
    )
    marks = (
        (words["start"], [ground.start], "circle-open", 12),
        (words["minimum"], ground.minima, "star", 12),
    )
    for name, places, symbol, size in marks:
        at_x, at_y = zip(*places, strict=True)
        figure.add_trace(
            go.Scatter(
                x=at_x,
                y=at_y,
                text=[name, *[""] * (len(places) - 1)],
                mode="markers+text",
                textposition="top center",
                marker={"symbol": symbol, "size": size, "color": ink, "line": {"width": 2}},
                hoverinfo="skip",
                showlegend=False,
            ),
            1,
            1,
        )
