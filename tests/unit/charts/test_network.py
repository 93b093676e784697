"""The drawing of a network as SVG."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from playground.charts.network import INPUT, PALETTES, Node, network_chart

LIGHT = PALETTES["light"]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(nodes: list[Node], palette=LIGHT, output: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(network_chart(nodes, palette, output))


def boxes(svg: ElementTree.Element) -> list[dict[str, float]]:
    names = ("x", "y", "width", "height")
    return [{name: float(rect.attrib[name]) for name in names} for rect in svg.iter(f"{SVG}rect")]


def arrows(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [path for path in svg.iter(f"{SVG}path") if "marker-end" in path.attrib]


def words(svg: ElementTree.Element) -> list[str]:
    return ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]


def chain(n: int) -> list[Node]:
    names = [INPUT, *(f"dense_{number}" for number in range(n))]
    return [Node(name, "Dense", (names[at - 1],) if at else (), "8 × 8") for at, name in enumerate(names)]


@pytest.mark.parametrize("n", [0, 1, 2, 20, 100])
def test_every_layer_is_a_box_with_an_arrow_to_it(n):
    svg = drawn(chain(n))
    found = boxes(svg)
    assert len(found) == n + 1
    assert len(arrows(svg)) == n
    assert words(svg).count("8 × 8") == n
    for above, below in pairwise(found):
        assert below["y"] >= above["y"] + above["height"] + 10, "there is room for the arrow"


SKIPPING = [*chain(3), Node("sum", "Add", (INPUT, "dense_2"), "1,000 × 64")]


@pytest.mark.parametrize("nodes", [chain(3), chain(100), SKIPPING], ids=len)
def test_everything_lies_inside_the_picture(nodes):
    svg = drawn(nodes, output="10 × 10")
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    assert svg.attrib["viewBox"] == f"0 0 {width:.0f} {height:.0f}"
    for box in boxes(svg):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    assert all(float(text.attrib["y"]) <= height for text in svg.iter(f"{SVG}text"))


def test_branches_stand_side_by_side_and_do_not_touch():
    nodes = [Node(INPUT, "Input"), Node("a", "Dense", (INPUT,)), Node("b", "SeparableConv2D", (INPUT,))]
    svg = drawn([*nodes, Node("sum", "Concatenate", ("a", "b"))])
    _, left, right, _ = boxes(svg)
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] < right["x"]
    assert len(arrows(svg)) == 4


def test_what_skips_layers_goes_round_them():
    svg = drawn(SKIPPING)
    right = max(box["x"] + box["width"] for box in boxes(svg))
    skipping = [path for path in arrows(svg) if "q" in path.attrib["d"]]
    assert len(skipping) == 1
    (out,) = [float(part.split("q")[0]) for part in skipping[0].attrib["d"].split("H")[1:2]]
    assert out + 8 > right
    assert float(svg.attrib["width"]) > out


def test_the_answer_stands_under_the_last_layer():
    assert "10" in words(drawn(chain(2), output="10"))
    assert "10" not in words(drawn(chain(2)))


def test_a_name_that_is_no_node_has_no_arrow():
    assert arrows(drawn([Node(INPUT, "Input"), Node("a", "Add", ("gone",))])) == []


@pytest.mark.parametrize("theme", PALETTES)
def test_looks_differ_in_more_than_colour(theme):
    looks = ("plain", "chosen", "wrong", "unknown")
    svg = drawn([Node(INPUT, "Input"), *(Node(look, look, (), "", look) for look in looks)], PALETTES[theme])
    rects = list(svg.iter(f"{SVG}rect"))[1:]
    styles = {(rect.get("stroke-width"), rect.get("stroke-dasharray")) for rect in rects}
    assert len(styles) == len(looks)


@pytest.mark.parametrize("label", ['a"b', "a\\", "a<b>&c", "a\nb", "</text><script>x</script>", "&#x27;"])
def test_no_label_is_anything_but_words(label):
    svg = drawn([Node("x", label, (), label)], output=label)
    assert words(svg) == [" ".join(label.split())] * 2
    assert list(svg.iter(f"{SVG}script")) == []
