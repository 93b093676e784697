"""Charts as values: arrays in, figure out. Nothing here knows of runs or pages."""

from playground.charts.curves import Line, curves_chart
from playground.charts.downsample import downsample

__all__ = ["Line", "curves_chart", "downsample"]
