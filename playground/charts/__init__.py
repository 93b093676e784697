"""Charts as values: arrays in, figure out. Nothing here knows of runs or pages."""

from playground.charts.curves import Line, curves_chart
from playground.charts.data import balance_chart, histogram_chart, scatter_chart, split_chart
from playground.charts.downsample import downsample

__all__ = [
    "Line",
    "balance_chart",
    "curves_chart",
    "downsample",
    "histogram_chart",
    "scatter_chart",
    "split_chart",
]
