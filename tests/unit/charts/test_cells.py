"""Tensors as grids of cells, samples on a line, and curves in squares, as values."""

import numpy as np
import pytest

from playground.charts.answers import Curve, Square, answers_chart, squares_chart, squares_height
from playground.charts.cells import Shades, cells_chart, room_for, written
from playground.charts.residuals import residuals_chart

pytestmark = pytest.mark.unit

SHADES = Shades(["#000000", "#777777", "#FFFFFF"], "#EEEEEE")


def cells_of(option):
    return [cell for series in option["series"] for cell in series["data"]]


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 4), (2, 2, 2, 2), (1, 400), (400, 1)])
def test_every_cell_is_drawn_once_and_fits(shape):
    values = np.arange(np.prod(shape, dtype=int)).reshape(shape)
    room = room_for(shape, 300)
    assert room.width <= 300 or shape[-1] > 90
    found = cells_of(cells_chart(values, room, SHADES, (0, values.size)))
    assert sorted(cell["value"][2] for cell in found) == list(range(values.size))
    for cell in found:
        place, _equal, number = cell["name"].rpartition(" = ")
        index = tuple(map(int, place.strip("[]").split(", "))) if place else ()
        assert values[index] == int(number)


def test_marked_cells_come_last_so_that_nothing_covers_their_border():
    option = cells_chart(np.arange(4).reshape(2, 2), room_for((2, 2), 300), SHADES, (0, 3), {1})
    cells = cells_of(option)
    assert cells[-1]["name"] == "[0, 1] = 1"
    assert cells[-1]["itemStyle"]["borderWidth"] > cells[0]["itemStyle"]["borderWidth"]


def test_numbers_can_be_read_on_their_colour():
    cells = cells_of(cells_chart(np.array([0.0, 1.0]), room_for((2,), 300), SHADES, (0, 1)))
    dark, light = (cell["label"]["color"] for cell in cells)
    assert dark > light


def test_negative_and_undefined_numbers_keep_their_cell():
    cells = cells_of(cells_chart(np.array([-1.5, np.nan, np.inf]), room_for((3,), 300), SHADES, (-1.5, 0)))
    assert [cell["value"][2] for cell in cells] == [-1.5, 0.0, 0.0]
    assert [cell["label"]["formatter"] for cell in cells] == ["−1.5", "nan", "inf"]


def test_how_numbers_are_written():
    assert [written(each) for each in (True, 3, 2.0, -0.12345, 1e9)] == ["True", "3", "2", "−0.123", "1e+09"]


def test_samples_are_sorted_by_the_threshold():
    answers, targets = np.array([0.9, 0.2, 0.8, 0.1, 0.5]), np.array([1, 1, 0, 0, 1])
    option = answers_chart(answers, targets, 0.5, ("hit", "missed", "alarm", "left"), "p", moved=1)
    assert [series["name"] for series in option["series"]] == ["hit 1", "missed 2", "alarm 1", "left 1"]
    large = [point for series in option["series"] for point in series["data"] if point.get("symbolSize")]
    assert [point["name"] for point in large] == ["1: 0.200"]
    assert option["series"][0]["markLine"]["data"] == [{"xAxis": 0.5}]


def test_squares_stand_below_each_other_on_a_phone():
    curve = Curve("c", np.array([0, 1]), np.array([0, 1]))
    squares = [Square("one", "x", "y", curve, (0, 1), ("here", 0.25, 0.5)), Square("two", "x", "y", curve, (0, 1))]
    wide, tall = (squares_chart(squares, 300, is_stacked=is_stacked) for is_stacked in (False, True))
    assert len({grid["top"] for grid in wide["grid"]}) == 1
    assert len({grid["top"] for grid in tall["grid"]}) == 2
    assert squares_height(2, 300, is_stacked=True) == 600
    assert [series["data"] for series in wide["series"] if series["type"] == "scatter"] == [[[0.25, 0.5]]]


def test_errors_stand_between_points_and_line():
    x, y, answers = np.array([0.0, 2.0, 1.0]), np.array([1.0, 3.0, 9.0]), np.array([0.5, 2.5, 1.5])
    line = residuals_chart(x, y, answers, ("line", "points", "moved"), (0, 10))["series"][0]
    ends = [(start["coord"], end["coord"]) for start, end in line["markLine"]["data"]]
    assert ends == [([0.0, 1.0], [0.0, 0.5]), ([2.0, 3.0], [2.0, 2.5]), ([1.0, 9.0], [1.0, 1.5])]
    assert [point[0] for point in line["data"]] == [0, 1, 2]
