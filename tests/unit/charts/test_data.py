"""Pictures of data as ECharts options."""

import json
import re

import numpy as np
import pytest

from playground.charts import balance_chart, histogram_chart, scatter_chart, split_chart

POINTS = np.array([[0.0, 0.0], [1.2, -0.5], [-0.3, 0.9]])
LABELS = np.array([0, 1, 0])
OPTIONS = {
    "balance": balance_chart(["a", "b"], [3, 4]),
    "scatter": scatter_chart(POINTS, LABELS, ("a", "b"), ("x1", "x2")),
    "values": scatter_chart(POINTS, np.array([0.1, -0.4, 2.0]), (), ("x1", "x2")),
    "nothing": scatter_chart(POINTS[:0], LABELS[:0], ("a", "b"), ("x1", "x2")),
    "no values": scatter_chart(POINTS[:0], np.empty(0), (), ("x1", "x2")),
    "histogram": histogram_chart(np.arange(10.0)),
    "empty histogram": histogram_chart(np.array([np.nan, np.inf])),
    "constant": histogram_chart(np.ones(5)),
    "split": split_chart([("Training", 70), ("Validation", 15), ("Test", 15)]),
    "no rows": split_chart([("Training", 0), ("Validation", 0), ("Test", 0)]),
}


@pytest.mark.parametrize("option", OPTIONS.values(), ids=OPTIONS)
def test_an_option_is_json(option):
    assert json.loads(json.dumps(option, allow_nan=False)) == option


@pytest.mark.parametrize("name", ["balance", "scatter", "histogram"])
def test_the_theme_gives_the_colours(name):
    assert re.findall("#[0-9A-Fa-f]{6}", json.dumps(OPTIONS[name])) == []


def test_few_classes_have_their_colours_and_many_have_one():
    assert OPTIONS["balance"]["series"][0]["colorBy"] == "data"
    assert balance_chart([str(n) for n in range(10)], range(10))["series"][0]["colorBy"] == "series"


def test_every_class_is_a_series_with_a_mark_of_its_own():
    first, second = OPTIONS["scatter"]["series"]
    assert first["data"] == [[0.0, 0.0], [-0.3, 0.9]]
    assert second["data"] == [[1.2, -0.5]]
    assert first["symbol"] != second["symbol"]


def test_a_class_without_points_keeps_its_place():
    series = scatter_chart(POINTS[1:2], LABELS[1:2], ("a", "b"), ("x1", "x2"))["series"]
    assert [each["name"] for each in series] == ["a", "b"]
    assert series[0]["data"] == []


def test_values_are_coloured_from_the_lowest_to_the_highest():
    option = OPTIONS["values"]
    assert (option["visualMap"]["min"], option["visualMap"]["max"]) == (-0.4, 2.0)
    assert option["series"][0]["data"][1] == [1.2, -0.5, -0.4]


def test_all_points_are_inside_the_axes():
    axis = OPTIONS["scatter"]["xAxis"]
    assert axis["min"] <= -1.2
    assert axis["max"] >= 1.2


def test_a_histogram_counts_every_finite_value_once():
    option = histogram_chart(np.array([0.0, 1, 1, 2, np.nan]), bins=4)
    assert option["series"][0]["data"] == [1, 0, 2, 1]
    assert (option["xAxis"][1]["min"], option["xAxis"][1]["max"]) == (0.0, 2.0)


def test_the_split_has_its_numbers_written_in_it_where_there_is_room():
    series = split_chart([("Training", 1257), ("Validation", 270), ("Test", 30)])["series"]
    assert [each["data"] for each in series] == [[1257], [270], [30]]
    assert [each["label"]["formatter"] for each in series] == ["Training 1,257", "270", "30"]
    assert [each["label"]["show"] for each in series] == [True, True, False]
