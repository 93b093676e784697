import json
import re

import numpy as np
import pytest

from playground.charts import Line, curves_chart

EPOCHS = np.arange(1.0, 13.0)
TRAINING = Line("training", EPOCHS, np.exp(-EPOCHS / 4))
VALIDATION = Line("validation", EPOCHS, np.exp(-EPOCHS / 5))


def chart(*lines, **options):
    return curves_chart(lines, **{"epochs": 20, "x_name": "epoch", **options})


def points(option, i=0):
    return option["series"][i]["data"]


def test_an_option_is_json_with_the_values_in_it():
    option = chart(TRAINING, VALIDATION)
    assert json.loads(json.dumps(option, allow_nan=False)) == option
    assert [series["name"] for series in option["series"]] == ["training", "validation"]
    assert points(option, 1)[2] == [3.0, pytest.approx(np.exp(-3 / 5), rel=1e-5)]
    assert option["xAxis"]["max"] == 20


def test_validation_is_dashed_and_training_is_not():
    option = chart(TRAINING, VALIDATION)
    assert option["series"][0]["lineStyle"]["type"] == "solid"
    assert option["series"][1]["lineStyle"]["type"] != "solid"


def test_the_theme_gives_every_colour_but_the_batch_line_s():
    best = (3, 0.5, "best 0.500, epoch 3")
    option = chart(TRAINING, VALIDATION, batches=Line("by batch", EPOCHS / 3, EPOCHS), best=best)
    colours = re.findall(r"#[0-9A-Fa-f]{6}", json.dumps({**option, "series": option["series"][:2]}))
    assert colours == []
    behind = option["series"][2]
    assert behind["itemStyle"]["color"] == behind["lineStyle"]["color"]
    assert behind["z"] < option["series"][0]["z"]


@pytest.mark.parametrize("is_log", [False, True])
def test_nan_and_infinity_leave_a_gap(is_log):
    line = Line("training", np.arange(1.0, 5), np.array([1.0, np.nan, np.inf, 0.1]))
    option = chart(line, is_log=is_log)
    json.dumps(option, allow_nan=False)
    assert [point[1] is None for point in points(option)] == [False, True, True, False]


def test_a_logarithmic_axis_has_powers_of_ten_and_tooltips_the_value():
    line = Line("training", np.arange(1.0, 5), np.array([250.0, 1.0, 0.0, 0.004]))
    option = chart(line, is_log=True)
    assert (option["yAxis"]["min"], option["yAxis"]["max"]) == (-3, 3)
    assert points(option)[0] == [1.0, pytest.approx(2.39794), 250.0]
    assert points(option)[2][1] is None
    assert option["series"][0]["encode"]["tooltip"] == [2]


@pytest.mark.parametrize("is_log", [False, True])
def test_before_the_first_point_there_are_axes_over_the_plan(is_log):
    option = chart(is_log=is_log)
    assert option["series"] == []
    assert option["xAxis"]["max"] == 20
    assert option["yAxis"]["min"] < option["yAxis"]["max"]


def test_a_single_point_can_be_seen():
    assert chart(Line("training", EPOCHS[:1], EPOCHS[:1]))["series"][0]["showSymbol"]
    assert not chart(TRAINING)["series"][0]["showSymbol"]


@pytest.mark.parametrize(("epoch", "align"), [(1, "left"), (10, "center"), (20, "right")])
def test_the_best_epoch_is_marked_and_its_words_stay_inside(epoch, align):
    option = chart(TRAINING, VALIDATION, best=(epoch, 0.25, "best {b}"))
    mark = option["series"][1]["markPoint"]
    assert mark["data"] == [{"coord": [epoch, 0.25]}]
    assert mark["label"]["align"] == align
    assert "{" not in mark["label"]["formatter"]


def test_beside_the_newest_epoch_there_is_room_for_words():
    label = chart(TRAINING, VALIDATION, best=(12, 0.1, "best"), epochs=40)["series"][1]["markPoint"]["label"]
    assert label["position"] == "right"
    label = chart(TRAINING, VALIDATION, best=(11, 0.1, "best"), epochs=40)["series"][1]["markPoint"]["label"]
    assert label["position"] != "right"
    label = chart(TRAINING, VALIDATION, best=(12, 0.1, "best"), epochs=12)["series"][1]["markPoint"]["label"]
    assert label["position"] != "right"


def test_a_best_value_that_no_axis_can_show_is_not_marked():
    assert chart(TRAINING, best=(1, 0.0, "best"), is_log=True)["series"][0]["markPoint"]["data"] == []


def test_shares_are_read_against_one_and_losses_from_zero():
    shares = Line("training", EPOCHS, np.linspace(0.6, 0.99, len(EPOCHS)))
    assert chart(shares)["yAxis"]["max"] == 1
    assert "min" not in chart(shares)["yAxis"]
    assert "max" not in chart(Line("training", EPOCHS, EPOCHS))["yAxis"]
    assert chart(TRAINING, is_best_high=False)["yAxis"]["min"] == 0
    assert "min" not in chart(Line("training", EPOCHS, -EPOCHS), is_best_high=False)["yAxis"]


def test_other_runs_lie_behind_all_lines_in_grey_and_the_older_the_fainter():
    others = [Line(f"Run {n}", EPOCHS, EPOCHS / n) for n in (3, 2, 1)]
    option = curves_chart([TRAINING, VALIDATION], epochs=5, x_name="epoch", behind=others)
    shown, behind = option["series"][:2], option["series"][2:]
    assert [series["name"] for series in behind] == ["Run 3", "Run 2", "Run 1"]
    assert max(series["z"] for series in behind) < min(series["z"] for series in shown)
    assert len({str(series["lineStyle"]["type"]) for series in behind}) == 3
    opacities = [series["lineStyle"]["opacity"] for series in behind]
    assert opacities == sorted(opacities, reverse=True)
    assert all("color" not in series["lineStyle"] for series in shown), "these have the theme's colours"
    assert all(series["lineStyle"]["width"] < shown[0]["lineStyle"]["width"] for series in behind)


def test_a_logarithmic_axis_reaches_over_other_runs():
    far = Line("Run 1", EPOCHS, np.full(len(EPOCHS), 1e-4))
    option = curves_chart([TRAINING], epochs=5, x_name="epoch", is_log=True, behind=[far])
    assert option["yAxis"]["min"] <= -4
