"""The drawing of a network as Graphviz text."""

import re

import pytest

from playground.charts.network import INPUT, PALETTES, Node, network_chart

LIGHT = PALETTES["light"]


def chain(n: int) -> list[Node]:
    names = [INPUT, *(f"dense_{number}" for number in range(n))]
    return [Node(name, "Dense", (names[at - 1],) if at else (), "8 × 8") for at, name in enumerate(names)]


@pytest.mark.parametrize("n", [0, 1, 2, 20, 100])
def test_every_layer_is_a_box_with_an_arrow_to_it(n):
    dot = network_chart(chain(n), LIGHT)
    assert len(re.findall(r"^n\d+ \[label=", dot, re.MULTILINE)) == n + 1
    assert dot.count(" -> ") == n
    assert dot.count("{") == dot.count("}") == 1


def test_a_layer_that_reads_two_has_two_arrows():
    nodes = [Node(INPUT, "Input"), Node("a", "Dense", (INPUT,)), Node("sum", "Add", (INPUT, "a"))]
    dot = network_chart(nodes, LIGHT)
    assert {"n0 -> n1;", "n0 -> n2;", "n1 -> n2;"} <= set(dot.splitlines())


def test_arrows_carry_the_shape_of_where_they_come_from():
    nodes = [Node(INPUT, "Input", (), "8 × 8 × 1"), Node("a", "Conv2D", (INPUT,))]
    assert 'n0 -> n1 [label="  8 × 8 × 1 "];' in network_chart(nodes, LIGHT)
    assert 'end [label="10"' in network_chart(nodes, LIGHT, output="10")


def test_a_name_that_is_no_node_has_no_arrow():
    assert " -> " not in network_chart([Node(INPUT, "Input"), Node("a", "Add", ("gone",))], LIGHT)


@pytest.mark.parametrize("theme", PALETTES)
def test_looks_differ_in_more_than_colour(theme):
    looks = ("plain", "chosen", "wrong", "unknown")
    nodes = [Node(INPUT, "Input"), *(Node(look, look, (), "", look) for look in looks)]
    lines = network_chart(nodes, PALETTES[theme]).splitlines()
    styles = [
        re.sub(r"#\w+|label=\"\w+\"|^n\d", "", next(line for line in lines if f'"{look}"' in line)) for look in looks
    ]
    assert len(set(styles)) == len(looks)


@pytest.mark.parametrize("label", ['a"b', "a\\", "a<b>&c", "a\nb", '"];evil->x['])
def test_no_label_can_end_its_quotes(label):
    line = next(line for line in network_chart([Node("x", label)], LIGHT).splitlines() if line.startswith("n0"))
    quoted = re.match(r'n0 \[label="((?:[^"\\]|\\.)*)"\];$', line)
    assert quoted, line
    assert "<" not in quoted[1]
