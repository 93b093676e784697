"""Curves over each other, the mean with its band, the moving average."""

import numpy as np
import pytest

from playground.charts import Line
from playground.charts.band import mean_band
from playground.charts.overlay import Overlaid, overlay_chart
from playground.charts.smoothing import smoothed

X = np.arange(1.0, 5.0)


def overlaid(name, y, **more):
    return Overlaid(Line(name, X[: len(y)], np.array(y)), **more)


def test_the_moving_average_is_the_formula():
    assert smoothed(np.array([1.0, 2.0, 4.0]), 0.9).tolist() == pytest.approx([1.0, 1.1, 1.39])
    assert smoothed(np.array([3.0, 1.0]), 0.0).tolist() == [3.0, 1.0]
    assert smoothed(np.empty(0)).shape == (0,)


def test_the_moving_average_stays_where_there_is_no_number():
    found = smoothed(np.array([np.nan, 1.0, np.nan, np.inf, 2.0]), 0.5)
    assert np.isnan(found[0])
    assert found[1:].tolist() == [1.0, 1.0, 1.0, 1.5]


def test_mean_and_band_are_those_of_numpy():
    y = np.random.default_rng(0).normal(size=(4, 6))
    x = np.arange(6.0)
    band = mean_band([(x, each) for each in y], "sd")
    np.testing.assert_allclose(band.mean, y.mean(0))
    np.testing.assert_allclose(band.high - band.mean, y.std(0, ddof=1))
    np.testing.assert_allclose(band.mean - band.low, y.std(0, ddof=1))
    wide = mean_band([(x, each) for each in y], "range")
    np.testing.assert_allclose((wide.low, wide.mean, wide.high), (y.min(0), y.mean(0), y.max(0)))


def test_where_fewer_curves_have_come_these_alone_count():
    curves = [(X, np.array([1.0, 2.0, 3.0, 4.0])), (X[:2], np.array([3.0, np.nan]))]
    band = mean_band(curves, "range")
    assert band.x.tolist() == X.tolist()
    assert band.mean.tolist() == [2.0, 2.0, 3.0, 4.0]
    assert (band.low.tolist(), band.high.tolist()) == ([1.0, 2.0, 3.0, 4.0], [3.0, 2.0, 3.0, 4.0])
    assert np.isnan(mean_band(curves, "sd").low).tolist() == [False, True, True, True], "one curve has no spread"


def test_lines_of_one_name_stand_once_in_the_legend_and_dashes_tell_validation():
    option = overlay_chart(
        [overlaid("A", [1.0, 2.0]), overlaid("B", [1.0, 3.0]), overlaid("A", [2.0, 2.0], is_dashed=True)],
        first=1,
        epochs=2,
        x_name="epoch",
    )
    assert option["legend"]["data"] == ["A", "B"]
    assert [each["name"] for each in option["series"]] == ["A", "B", "A"]
    assert [each["lineStyle"]["type"] for each in option["series"]] == ["solid", "solid", [6, 4]]
    assert (option["xAxis"]["min"], option["xAxis"]["max"]) == (1, 2)


def test_runs_beyond_the_theme_s_colours_differ_by_their_dash():
    option = overlay_chart([overlaid(f"Run {n}", [1.0, 2.0]) for n in range(16)], epochs=2, x_name="epoch")
    looks = {(n % 7, str(each["lineStyle"]["type"])) for n, each in enumerate(option["series"])}
    assert len(looks) == 16


def test_a_band_lies_between_its_ends_and_has_its_line_s_name():
    low, high = np.array([0.5, np.nan, 1.0]), np.array([1.5, 2.0, 4.0])
    option = overlay_chart([overlaid("Mean", [1.0, 2.0, 3.0], low=low, high=high)], epochs=3, x_name="epoch")
    line, lower, upper = option["series"]
    assert {each["name"] for each in option["series"]} == {"Mean"}, "one name is one colour"
    assert (lower["data"], upper["data"]) == ([[1.0, 0.5], [3.0, 1.0]], [[1.0, 1.0], [3.0, 3.0]])
    assert lower["stack"] == upper["stack"]
    assert ("areaStyle" in lower, "areaStyle" in upper, "areaStyle" in line) == (False, True, False)
