"""Two charts over the same axis as one picture: one legend, and one cursor through both."""

from typing import Any

_GAP = 3  # per cent of the width


def pair_chart(left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    """The ECharts option of ``left`` and ``right`` side by side; names that both have are one entry of the legend.

    Args:
        left, right: options with one grid and one pair of axes each, as
            :func:`playground.charts.overlay.overlay_chart` gives them.
    """
    names = dict.fromkeys([*left["legend"].get("data", ()), *right["legend"].get("data", ())])
    half = 50 + _GAP / 2
    moved = [{**each, "xAxisIndex": 1, "yAxisIndex": 1, **_stack(each)} for each in right["series"]]
    return {
        "animation": False,
        "legend": {**left["legend"], "data": list(names)},
        "tooltip": {**left["tooltip"], "confine": True, "textStyle": {"fontSize": 12}},
        "axisPointer": {"link": [{"xAxisIndex": "all"}]},
        "grid": [{**left["grid"], "right": f"{half}%"}, {**right["grid"], "left": f"{half}%"}],
        "xAxis": [left["xAxis"], {**right["xAxis"], "gridIndex": 1}],
        "yAxis": [left["yAxis"], {**right["yAxis"], "gridIndex": 1}],
        "series": [*left["series"], *moved],
    }


def _stack(series: dict[str, Any]) -> dict[str, Any]:
    """The stack of a band under a name of its own: those of the left chart have the same numbers."""
    return {"stack": f"{series['stack']}-right"} if "stack" in series else {}
