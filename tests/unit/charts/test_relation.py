"""Settings against results, and two charts as one."""

import math

import numpy as np

from playground.charts import Line
from playground.charts.overlay import Overlaid, overlay_chart
from playground.charts.pair import pair_chart
from playground.charts.relation import Axis, parallel_chart, scatter_chart

UNITS = Axis("units", ("64", "4"), (64.0, 4.0))
SCORES = Axis("validation accuracy", ("0.9", "NaN"), (0.9, math.nan))
KINDS = Axis("optimizer", ("Adam", "SGD"))


def line(name: str, *y: float) -> Overlaid:
    return Overlaid(Line(name, np.arange(1.0, len(y) + 1), np.array(y)))


def test_a_point_a_run_in_the_colour_that_it_has():
    option = scatter_chart(UNITS, UNITS, ["A", "B"], ["B", "", "A"])
    assert [(each["name"].strip("\u200b"), each["data"]) for each in option["series"]] == [
        ("B", [[4.0, 4.0]]),
        ("1", []),
        ("A", [[64.0, 64.0]]),
    ]
    assert option["xAxis"]["type"] == "value"


def test_what_has_no_number_is_no_point():
    assert scatter_chart(UNITS, SCORES, ["A", "B"], ["A", "B"])["series"][1]["data"] == []


def test_words_stand_on_an_axis_of_their_own_and_rates_on_a_logarithmic_one():
    assert KINDS.option == {"type": "category", "data": ["Adam", "SGD"]}
    assert Axis("rate", ("0.1", "0.001"), (0.1, 0.001)).option["type"] == "log"
    assert Axis("seed", ("0", "100"), (0.0, 100.0)).option["type"] == "value"


def test_parallel_axes_have_a_line_a_run():
    option = parallel_chart([UNITS, KINDS, SCORES], ["A", "B"], ["A", "B"], "dark")
    assert [axis["name"] for axis in option["parallelAxis"]] == ["units", "optimizer", "validation\naccuracy"]
    assert [each["data"] for each in option["series"]] == [[[64.0, "Adam", 0.9]], [[4.0, "SGD", "-"]]]


def test_a_run_keeps_its_colour_when_another_has_no_curve():
    option = overlay_chart([line("B", 1, 2)], epochs=2, x_name="epoch", order=["A", "B"])
    held, drawn = option["series"][:2], option["series"][2:]
    assert [(each["name"], each["data"]) for each in held] == [("A", []), ("B", [])]
    assert [each["name"] for each in drawn] == ["B"]
    assert option["legend"]["data"] == ["B"]


def test_two_charts_have_one_legend_and_one_cursor():
    bands = Overlaid(line("A", 1, 2).line, low=np.array([0.0, 1.0]), high=np.array([2.0, 3.0]))
    left = overlay_chart([bands], epochs=2, x_name="epoch")
    right = overlay_chart([bands, line("B", 3)], epochs=2, x_name="epoch")
    option = pair_chart(left, right)
    assert option["legend"]["data"] == ["A", "B"]
    assert option["axisPointer"] == {"link": [{"xAxisIndex": "all"}]}
    places = [each.get("xAxisIndex", 0) for each in option["series"]]
    assert places == [0] * len(left["series"]) + [1] * len(right["series"])
    stacks = [{each["stack"] for each in chart if "stack" in each} for chart in (left["series"], option["series"])]
    assert len(stacks[0]) == 1
    assert len(stacks[1]) == 2, "or the bands of the two charts would stand on each other"
