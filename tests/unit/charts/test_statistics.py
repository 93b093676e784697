"""Seaborn's pictures: well-formed, nothing in them runs, in the theme's colours; and charts of what was counted."""

import tomllib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from playground.charts.looks import lags_chart, map_chart, ranked_chart, series_chart, spread_chart
from playground.charts.statistics import INKS, correlation_svg, legible, pairs_svg

ROOT = Path(__file__).resolve().parents[3]
HOSTILE = [
    "<script>alert(1)</script>",
    '"/><img src=x onerror=alert(1)>',
    "_hidden",
    r"$\frac{$ %d {name}",
    "line\nbreak\x00\x08]]>",
    "年齢 &amp; ]]>",
]


def frame(n: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    return pd.DataFrame({name: rng.normal(size=n) for name in HOSTILE})


def texts(svg: str) -> str:
    """All words in a picture that is well-formed and holds nothing but drawing."""
    root = ElementTree.fromstring(svg)
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not kinds & {"script", "foreignObject", "image", "a", "iframe", "animate", "set"}
    for element in root.iter():
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on")
            assert not name.endswith("href") or value.startswith("#")
    return "\n".join(element.text or "" for element in root.iter() if element.tag.endswith("text"))


@pytest.mark.parametrize("theme", list(INKS))
def test_names_from_outside_are_written_as_text(theme):
    said = texts(pairs_svg(frame(), np.arange(40) % 3, HOSTILE[:3], theme))
    assert said.count("<script>alert(1)</s…") == 2  # below its column and as a class
    assert "_hidden" in said
    assert "年齢 &amp; ]]>" in said
    said = texts(correlation_svg(frame().corr(), theme))
    assert said.count(legible(HOSTILE[1])) == 2
    assert r"$\frac{$ %d {name}" in said


def test_a_picture_holds_a_mark_for_every_row_in_the_colour_of_its_class():
    two = frame(30).iloc[:, :2].set_axis(["a", "b"], axis=1)
    svg = pairs_svg(two, [0] * 10 + [1] * 20, ["first", "second"], "light")
    root = ElementTree.fromstring(svg)
    styles = [each.get("style", "").lower() for each in root.iter()]
    first, second = (sum(f"fill: {ink.lower()}" in style for style in styles) for ink in INKS["light"].series[:2])
    assert first >= 10
    assert second - first == 10


def test_more_classes_than_colours_and_gaps_do_no_harm():
    gaps = frame(50).iloc[:, :3].set_axis(["a", "b", "c"], axis=1)
    gaps.iloc[:49, 0] = np.nan
    gaps.iloc[3, 1] = np.inf
    texts(pairs_svg(gaps, np.arange(50) % 9, [f"class {number}" for number in range(9)], "light"))
    texts(pairs_svg(gaps, [], [], "dark"))
    texts(pairs_svg(gaps, np.full(50, 1), ["a", "b"], "dark"))


def test_the_colours_are_those_of_the_theme():
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for name, ink in INKS.items():
        assert list(ink.series) == theme[name]["chartCategoricalColors"]
        assert (ink.ground, ink.text, ink.quiet, ink.line) == tuple(
            theme[name][each] for each in ("backgroundColor", "textColor", "grayColor", "borderColor")
        )


def test_no_two_classes_of_a_map_look_alike():
    labels = np.arange(98) % 49
    names = [f"class {number}" for number in range(49)]
    option = map_chart(np.zeros((98, 2)), range(98), labels, names, "row {n}", ("", ""))
    looks = {(at % 7, series["symbol"]) for at, series in enumerate(option["series"])}
    assert len(looks) == 49
    assert [point["name"] for point in option["series"][48]["data"]] == ["row 48", "row 97"]
    assert option["tooltip"]["renderMode"] == "richText"  # names come from outside and must not be read as HTML
    values = map_chart(np.eye(2), [3, 4], [0.5, None], (), "row {n}", ("one", "two"))
    assert [point["value"][2] for point in values["series"][0]["data"]] == [0.5, 0.0]


def test_charts_hold_what_was_counted():
    option = spread_chart([[1, 2], [3, 4]], [0.0, 1.0, 2.0], ["a", "b"])
    assert [(series["name"], series["data"], series["stack"]) for series in option["series"]] == [
        ("a", [1, 2], "all"),
        ("b", [3, 4], "all"),
    ]
    dates = spread_chart([[1, 2]], [0.0, 86_400.0, 172_800.0], is_date=True)
    assert (dates["xAxis"][1]["type"], dates["xAxis"][1]["max"]) == ("time", 172_800_000)
    assert ranked_chart(["x", "y"], [[2, 1]])["yAxis"]["data"] == ["x", "y"]
    line = series_chart([0, 5], [1.0, None])
    assert line["series"][0]["data"] == [[0, 1.0], [5, None]]
    lags = lags_chart([1.0, 0.5, 0.2], 0.1, 2)["series"][0]
    assert lags["data"] == [[1, 0.5], [2, 0.2]]
    assert lags["markLine"]["data"] == [{"xAxis": 2}]
