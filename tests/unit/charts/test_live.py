import json

import numpy as np
import pytest

from playground.charts import Line
from playground.charts.live import confusion_chart, layers_chart, surface_chart

GROUND = (255, 255, 255)
CORNERS = ((-1.0, -2.0), (1.0, 2.0))


def surface(values, labels, targets, classes, ground=GROUND):
    points = np.array([[0.0, 0.0], [0.5, 1.0]])
    return surface_chart(values, labels, CORNERS, points, targets, classes, ("x1", "x2"), ground)


def test_every_layer_has_its_line_and_can_be_told_apart():
    x = np.arange(3.0)
    option = layers_chart([Line(f"layer {n}", x, x + n) for n in range(9)], epochs=3, x_name="epoch")
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    styles = [json.dumps(series["lineStyle"]) for series in option["series"]]
    assert len(set(styles[:7])) == 1, "the theme's colours tell them apart"
    assert styles[7] != styles[0], "which begin again here"


def test_a_logarithmic_axis_has_gaps_where_there_is_no_logarithm():
    line = Line("layer", np.arange(3.0), np.array([1.0, 0.0, np.inf]))
    drawn = layers_chart([line], epochs=3, x_name="epoch", is_log=True)["series"][0]["data"]
    assert [point[1] for point in drawn] == [0.0, None, None]


def test_a_cell_is_darker_the_larger_its_share_and_right_ones_are_blue():
    counts = np.array([[8, 2], [0, 5]])
    option = confusion_chart(counts, ["a", "b"], ("answered", "true"), GROUND)
    cells = {tuple(cell["value"]): cell["itemStyle"]["color"] for cell in option["series"][0]["data"]}
    assert set(cells) == {(0, 0, 8), (1, 0, 2), (1, 1, 5)}, "column, row, rows; empty cells stay empty"
    parts = {key: [int(part) for part in colour[4:-1].split(", ")] for key, colour in cells.items()}
    assert parts[(0, 0, 8)][2] > parts[(0, 0, 8)][0], "blue"
    assert parts[(1, 0, 2)][0] > parts[(1, 0, 2)][2], "orange"
    assert sum(parts[(1, 1, 5)]) < sum(parts[(0, 0, 8)]) < sum(parts[(1, 0, 2)]), "on white"
    figures = {tuple(cell["value"]): cell["label"]["color"] for cell in option["series"][0]["data"]}
    assert (figures[(1, 1, 5)], figures[(1, 0, 2)]) == ("#FFFFFF", "#11151A")
    assert option["yAxis"]["inverse"], "the first class is on top"


@pytest.mark.parametrize(("classes", "is_labelled"), [(12, True), (13, False)])
def test_numbers_are_written_where_there_is_room(classes, is_labelled):
    option = confusion_chart(np.eye(classes, dtype=int), [str(n) for n in range(classes)], ("answered", "true"), GROUND)
    assert option["series"][0]["label"]["show"] is is_labelled


def test_a_surface_of_classes_has_each_cell_in_its_class_and_the_points_on_it():
    values, labels = np.array([[0.9, 0.6], [0.7, 1.0]]), np.array([[0, 1], [1, 1]])
    option = surface(values, labels, np.array([0, 1]), ("first", "second"))
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    first, second, *points = option["series"]
    assert first["data"] == [[0, 0, 0.9]]
    assert second["data"] == [[1, 0, 0.6], [0, 1, 0.7], [1, 1, 1.0]]
    assert [series["data"] for series in points] == [[[0.0, 0.0]], [[0.5, 1.0]]]
    assert option["legend"]["data"] == ["first", "second"]
    assert (option["xAxis"][1]["min"], option["yAxis"][1]["max"]) == (-1, 2)


def test_what_is_unsure_is_near_the_ground():
    values, labels = np.full((2, 2), 0.5), np.zeros((2, 2), int)
    for ground, is_near in (((255, 255, 255), min), ((17, 20, 23), max)):
        scale = surface(values, labels, np.array([0, 1]), ("a", "b"), ground)["visualMap"][0]["inRange"]["color"]
        unsure, sure = ([int(part) for part in each[4:-1].split(", ")] for each in scale)
        distance = [sum(abs(a - b) for a, b in zip(colour, ground, strict=True)) for colour in (unsure, sure)]
        assert distance[0] < distance[1] / 3
        assert is_near(unsure) in unsure


def test_a_surface_of_numbers_has_one_scale_for_cells_and_points():
    option = surface(np.array([[1.0, 2.0], [3.0, 4.0]]), None, np.array([0.5, 3.5]), ())
    assert (option["visualMap"]["min"], option["visualMap"]["max"]) == (0.5, 4.0)
    assert [len(series["data"]) for series in option["series"]] == [4, 2]
