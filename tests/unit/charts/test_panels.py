"""Pictures of the labs as values."""

import numpy as np
import pytest

from playground.charts import Line
from playground.charts.depth import depth_chart, heap_chart
from playground.charts.panels import Panel, pairs, panels_chart, panels_height
from playground.charts.triangle import triangle_chart

pytestmark = pytest.mark.unit

X = np.linspace(-2, 2, 5)


def lines(*scales):
    return [Line(name, X, scale * X) for name, scale in zip("ab", scales, strict=False)]


def test_panels_share_one_cursor_and_one_legend():
    option = panels_chart([Panel("f", lines(1, 2)), Panel("g", lines(3, 4))], "x", 300, marks=(0.0,))
    assert option["axisPointer"]["link"] == [{"xAxisIndex": "all"}]
    assert option["tooltip"]["showContent"]
    many = [Line(str(number), X, X) for number in range(7)]
    assert not panels_chart([Panel("f", many), Panel("g", many)], "x", 300)["tooltip"]["showContent"]
    assert option["legend"]["data"] == ["a", "b"]
    assert [(each["name"], each["xAxisIndex"]) for each in option["series"]] == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]
    same = [each["lineStyle"]["type"] for each in option["series"]]
    assert same[:2] == same[2:]
    assert same[0] != same[1]
    assert [each["text"] for each in option["title"]] == ["f", "g"]
    assert "markLine" in option["series"][0]
    assert "color" not in option["series"][0]["lineStyle"]


def test_an_axis_is_as_long_as_its_lines_and_no_longer_than_allowed():
    option = panels_chart([Panel("f", lines(1, 50), -5, 5), Panel("g", lines(0.1))], "x", 300)
    wide, narrow = option["yAxis"]
    assert (wide["min"], wide["max"]) == (-6, 6)
    assert narrow["min"] <= -0.2
    assert 0.2 <= narrow["max"] < 0.3


def test_stacked_panels_lie_below_each_other():
    option = panels_chart([Panel("f", lines(1)), Panel("g", lines(1)), Panel("h", lines(1))], "x", 200, is_stacked=True)
    tops = [grid["top"] for grid in option["grid"]]
    assert np.diff(tops).tolist() == [200, 200]
    assert tops[-1] + option["grid"][-1]["height"] <= panels_height(3, 200, is_stacked=True)
    assert panels_height(3, 200, is_stacked=True) - panels_height(3, 200, is_stacked=False) == 400


def test_what_is_no_number_leaves_a_gap():
    assert pairs(np.array([0, 1]), np.array([np.nan, 2])) == [[0, None], [1, 2]]
    option = panels_chart([Panel("f", [Line("a", X, np.full(5, np.inf))])], "x", 300)
    assert all(point[1] is None for point in option["series"][0]["data"])


def test_depth_is_drawn_by_powers_of_ten():
    option = depth_chart([Line("a", np.arange(3), np.array([1, 1e-3, 1e-6]))], 2, "layer")
    assert [point[1] for point in option["series"][0]["data"]] == [0, -3, -6]
    assert option["xAxis"]["max"] == 2


def test_a_heap_is_as_high_as_its_fullest_place():
    values = np.concatenate([np.linspace(-1, 1, 500), np.linspace(0.4, 0.5, 500)])
    option = heap_chart([("a", np.sort(values)), ("b", np.full(10, np.nan))])
    data = option["series"][0]["data"]
    assert max(y for _x, y in data) == 1
    assert 0.3 < max(data, key=lambda point: point[1])[0] < 0.55
    assert {y for _x, y in option["series"][1]["data"]} == {0}


def test_the_triangle_has_certainty_in_its_corners():
    shares = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3]])
    option = triangle_chart(shares, np.array([0, 1, 1, 0.5]), ("a", "b", "c"))
    at = [point["value"][:2] for point in option["series"][0]["data"]]
    assert at[:3] == [[0, 0], [1, 0], [0.5, pytest.approx(0.866, abs=1e-3)]]
    assert at[3] == pytest.approx([0.5, 0.2887], abs=1e-3)
    assert option["series"][0]["data"][0]["name"].startswith("a 1.000")
    assert option["visualMap"]["min"] == 0
