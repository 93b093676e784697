"""Buttons and slider of a Plotly figure that plays its frames; menus and sliders of a layout."""

from collections.abc import Sequence
from typing import Any

import numpy as np


def player(words: dict[str, str], *, is_3d: bool = False) -> dict[str, Any]:
    """The buttons ``play`` and ``pause`` of ``words``; what stands up moves only where all is drawn anew."""
    play = {"frame": {"duration": 60, "redraw": is_3d}, "transition": {"duration": 0}, "fromcurrent": True}
    halt = {"frame": {"duration": 0, "redraw": False}, "mode": "immediate"}
    return {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "x": 0,
        "y": -0.09,
        "xanchor": "left",
        "yanchor": "top",
        "pad": {"t": 0, "r": 0},
        "buttons": [
            {"label": words["play"], "method": "animate", "args": [None, play]},
            {"label": words["pause"], "method": "animate", "args": [[None], halt]},
        ],
    }


def slider(stops: Sequence[int], at: int, words: dict[str, str], *, is_3d: bool = False) -> dict[str, Any]:
    """A slider over the frames ``stops``, at first near ``at``; ``words`` has what it is called: ``step``."""
    still = {"mode": "immediate", "frame": {"duration": 0, "redraw": is_3d}, "transition": {"duration": 0}}
    return {
        "active": int(np.argmin(np.abs(np.asarray(stops) - at))),
        "x": 0.16,
        "y": -0.07,
        "len": 0.84,
        "pad": {"t": 0, "b": 0},
        "currentvalue": {"prefix": f"{words['step']} ", "xanchor": "right", "font": {"size": 13}},
        "ticklen": 0,
        "minorticklen": 0,
        "font": {"color": "rgba(0,0,0,0)"},
        "steps": [{"label": str(stop), "method": "animate", "args": [[str(stop)], still]} for stop in stops],
    }
