"""The drawing of a network as SVG."""

import random
import re
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from playground.charts.network import INPUT, PALETTES, Node, network_chart

LIGHT = PALETTES["light"]
SVG = "{http://www.w3.org/2000/svg}"


def drawn(nodes: list[Node], palette=LIGHT, output: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(network_chart(nodes, palette, output))


def boxes(svg: ElementTree.Element) -> list[dict[str, float]]:
    names = ("x", "y", "width", "height")
    rects = [rect for rect in svg.iter(f"{SVG}rect") if "rx" in rect.attrib]  # the others are the ground under words
    return [{name: float(rect.attrib[name]) for name in names} for rect in rects]


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


def resnet(blocks: int) -> list[Node]:
    nodes = [Node(INPUT, "Input", (), "32 × 32 × 3")]
    before = INPUT
    for at in range(blocks):
        for part in ("a", "b"):
            nodes.append(Node(f"conv_{at}{part}", "Conv2D", (nodes[-1].name,), "32 × 32 × 16"))
            nodes.append(Node(f"norm_{at}{part}", "BatchNormalization", (nodes[-1].name,), "32 × 32 × 16"))
        nodes.append(Node(f"sum_{at}", "Add", (before, nodes[-1].name), "32 × 32 × 16"))
        before = nodes[-1].name
    return nodes


def inception() -> list[Node]:
    nodes = [Node(INPUT, "Input", (), "28 × 28 × 192"), Node("pool", "MaxPooling2D", (INPUT,), "28 × 28 × 192")]
    nodes += [Node(f"in_{at}", "Conv2D", ("pool" if at == 3 else INPUT,), "28 × 28 × 16") for at in range(4)]
    nodes += [Node(f"out_{at}", "Conv2D", (f"in_{at}",), "28 × 28 × 32") for at in (1, 2)]
    return [*nodes, Node("all", "Concatenate", ("in_0", "out_1", "out_2", "in_3"), "28 × 28 × 256")]


def attention() -> list[Node]:
    nodes = [Node(INPUT, "Input", (), "20 × 64")]
    before = INPUT
    for at in range(3):
        nodes += [
            Node(f"look_{at}", "MultiHeadAttention", (before, before, before), "20 × 64"),
            Node(f"sum_{at}", "Add", (before, f"look_{at}"), "20 × 64"),
            Node(f"norm_{at}", "LayerNormalization", (f"sum_{at}",), "20 × 64"),
            Node(f"wide_{at}", "Dense", (f"norm_{at}",), "20 × 256"),
            Node(f"narrow_{at}", "Dense", (f"wide_{at}",), "20 × 64"),
            Node(f"both_{at}", "Add", (f"norm_{at}", f"narrow_{at}"), "20 × 64"),
        ]
        before = f"both_{at}"
    return nodes


def tangled(seed: int, n: int) -> list[Node]:
    draws = random.Random(seed)
    nodes = [Node(INPUT, "Input", (), "8")]
    for at in range(n):
        reads = draws.sample(nodes, k=min(len(nodes), draws.choice([1, 1, 1, 2, 4])))
        label = draws.choice(["Add", "Dense", "GlobalAveragePooling2D"])
        nodes.append(Node(f"n{at}", label, tuple(node.name for node in reads), "1,000 × 64"))
    return nodes


def way(path: ElementTree.Element) -> list[tuple[float, float]]:
    """Points along an arrow, one every few pixels."""
    found: list[tuple[float, float]] = []
    for letter, numbers in re.findall(r"([MCV])([^MCV]*)", path.attrib["d"]):
        values = [float(number) for number in numbers.split()]
        if letter == "C":
            ends = [found[-1], *zip(values[::2], values[1::2], strict=True)]
            for step in range(1, 33):
                t = step / 32
                share = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
                found.append(tuple(sum(s * end[axis] for s, end in zip(share, ends, strict=True)) for axis in (0, 1)))
        elif letter == "V":
            x, y = found[-1]
            found += [(x, y + (values[0] - y) * step / 8) for step in range(1, 9)]
        else:
            found.append((values[0], values[1]))
    return found


GRAPHS = [
    pytest.param(nodes, id=name)
    for name, nodes in {
        "chain": chain(100),
        "skip": SKIPPING,
        "resnet": resnet(5),
        "deep resnet": resnet(19),
        "inception": inception(),
        "attention": attention(),
        **{f"tangled {seed}": tangled(seed, 3 + 4 * seed) for seed in range(12)},
    }.items()
]


@pytest.mark.parametrize("nodes", GRAPHS)
def test_no_box_lies_on_another_and_no_arrow_runs_through_one(nodes):
    svg = drawn(nodes, output="10")
    found = boxes(svg)
    for one, other in combinations(found, 2):
        apart = abs(one["y"] - other["y"]) >= one["height"] + 10
        left, right = sorted((one, other), key=lambda box: box["x"])
        assert apart or left["x"] + left["width"] + 10 <= right["x"]
    ways = [way(path) for path in arrows(svg)]
    for x, y in (point for each in ways for point in each):
        for box in found:
            is_beside = not box["x"] + 0.5 < x < box["x"] + box["width"] - 0.5
            assert is_beside or not box["y"] + 0.5 < y < box["y"] + box["height"] - 0.5, (x, y, box)
    width, height = float(svg.attrib["width"]), float(svg.attrib["height"])
    assert all(0 <= x <= width and 0 <= y <= height for each in ways for x, y in each)
    assert len(ways) == sum(len(node.reads) for node in nodes) + 1
    right = [float(text.attrib["x"]) + 6 * len("".join(text.itertext())) for text in svg.iter(f"{SVG}text")]
    assert [at for at in right if at > width + 60] == []


@pytest.mark.parametrize("nodes", GRAPHS)
def test_arrows_arrive_from_the_left_in_the_order_of_reading(nodes):
    svg = drawn(nodes)
    ways = iter([way(path) for path in arrows(svg)])
    places = {node.name: box for node, box in zip(nodes, boxes(svg), strict=True)}
    for node in nodes:
        box, ends = places[node.name], []
        for source in node.reads:
            points = next(ways)
            start, (x, y) = points[0], points[-1]
            above = places[source]
            assert start[1] == pytest.approx(above["y"] + above["height"], abs=0.2)
            assert start[0] == pytest.approx(above["x"] + above["width"] / 2, abs=0.2)
            assert box["x"] < x < box["x"] + box["width"]
            assert y == pytest.approx(box["y"], abs=1.2)
            ends.append(x)
        assert ends == sorted(ends)
        assert len(set(ends)) == len(ends)


def test_branches_that_need_not_cross_do_not():
    for nodes in (resnet(5), attention()):
        svg = drawn(nodes)
        main = [box["x"] + box["width"] / 2 for box in boxes(svg)]
        assert max(main) - min(main) < 120, "the layers stay one under another"


def test_what_skips_layers_goes_round_them():
    svg = drawn(SKIPPING)
    places = {node.name: box for node, box in zip(SKIPPING, boxes(svg), strict=True)}
    skipping = way(arrows(svg)[3])
    passed = [x for x, y in skipping if places["dense_0"]["y"] <= y <= places["dense_2"]["y"] + 20]
    inner = [places[f"dense_{at}"] for at in range(3)]
    assert min(passed) > max(box["x"] + box["width"] for box in inner) or max(passed) < min(b["x"] for b in inner)


def test_no_arrow_runs_through_the_shape_beside_it():
    parts = list(drawn(SKIPPING))
    shapes = [at for at, part in enumerate(parts) if part.text in ("8 × 8", "1,000 × 64")]
    assert shapes
    for at in shapes:
        under, words = parts[at - 1], parts[at]
        assert under.get("fill") == PALETTES["light"]["ground"]
        left, top = float(under.get("x")), float(under.get("y"))
        assert left < float(words.get("x")) < left + float(under.get("width"))
        assert top < float(words.get("y")) < top + float(under.get("height"))
        assert not [part for part in parts[at:] if "marker-end" in part.attrib], "arrows are drawn before"


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
