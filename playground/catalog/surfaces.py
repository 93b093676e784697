"""The surfaces on which optimizers are watched: two numbers in, one to be made small.

Formulas of the named test functions are those of https://en.wikipedia.org/wiki/Test_functions_for_optimization.
"""

from typing import NamedTuple


class Surface(NamedTuple):
    """A function of two numbers, as its lab shows it.

    Attributes:
        id: what it is called in an address.
        label: its name.
        summary: what is hard about it, in one line.
        formula: as LaTeX, of x and y.
        x: the lowest and highest x shown.
        y: the lowest and highest y shown.
        minima: where it is smallest.
        start: where paths begin at first.
        rate: a learning rate with which plain gradient descent stays on it.
        noise: standard deviation of what is added to each part of the gradient.
        axes: what the two numbers are.
    """

    id: str
    label: str
    summary: str
    formula: str
    x: tuple[float, float]
    y: tuple[float, float]
    minima: tuple[tuple[float, float], ...]
    start: tuple[float, float]
    rate: float
    noise: float = 0.0
    axes: tuple[str, str] = ("x", "y")


LINE_POINTS: tuple[tuple[float, float], ...] = (
    (-1.0, -0.62),
    (-0.8, -0.21),
    (-0.6, -0.33),
    (-0.4, 0.12),
    (-0.2, 0.08),
    (0.0, 0.31),
    (0.2, 0.29),
    (0.4, 0.74),
    (0.6, 0.66),
    (0.8, 1.04),
    (1.0, 1.05),
)
"""The points of "a line through points": x and y of each."""

SURFACES: tuple[Surface, ...] = (
    Surface(
        "bowl",
        "Bowl",
        "Equally steep on all sides: every optimizer arrives.",
        "x^2 + y^2",
        (-2.2, 2.2),
        (-2.2, 2.2),
        ((0.0, 0.0),),
        (-1.8, 1.4),
        0.1,
    ),
    Surface(
        "ravine",
        "Ravine",
        "Steep across, flat along: plain descent swings from wall to wall, momentum runs along the floor.",
        "0.02\\,x^2 + 2\\,y^2",
        (-5.5, 2.5),
        (-2.2, 2.2),
        ((0.0, 0.0),),
        (-5.0, 1.6),
        0.4,
    ),
    Surface(
        "rosenbrock",
        "Rosenbrock",
        "A bent valley: reaching its floor is easy, following it to the end is not.",
        "(1 - x)^2 + 100\\,(y - x^2)^2",
        (-2.0, 2.0),
        (-1.0, 3.0),
        ((1.0, 1.0),),
        (-1.4, 2.0),
        0.001,
    ),
    Surface(
        "himmelblau",
        "Himmelblau",
        "Four equal lowest points: the start and the step decide which one is found.",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        (-5.0, 5.0),
        (-5.0, 5.0),
        ((3.0, 2.0), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)),
        (-0.3, -0.9),
        0.01,
    ),
    Surface(
        "beale",
        "Beale",
        "Flat in the middle, with steep corners that throw a large step far away.",
        "(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
        (-4.5, 4.5),
        (-4.5, 4.5),
        ((3.0, 0.5),),
        (1.0, 1.5),
        0.01,
    ),
    Surface(
        "saddle",
        "Saddle",
        "Flat at the middle without being lowest there: plain descent waits, and what adapts its step leaves sooner.",
        "x^2 - y^2 + 0.1\\,y^4",
        (-2.5, 2.5),
        (-3.0, 3.0),
        ((0.0, 2.2360680), (0.0, -2.2360680)),
        (-2.0, 0.01),
        0.05,
    ),
    Surface(
        "plateau",
        "Plateau",
        "Almost no slope far from the middle: a step that follows the slope's size hardly moves.",
        "1 - e^{-(x^2 + y^2) / 2}",
        (-4.0, 4.0),
        (-4.0, 4.0),
        ((0.0, 0.0),),
        (-2.8, 2.2),
        0.5,
    ),
    Surface(
        "rastrigin",
        "Rastrigin",
        "A bowl full of dents: most paths end in the nearest one.",
        "20 + x^2 - 10\\cos 2\\pi x + y^2 - 10\\cos 2\\pi y",
        (-3.2, 3.2),
        (-3.2, 3.2),
        ((0.0, 0.0),),
        (-2.4, 1.7),
        0.005,
    ),
    Surface(
        "noisy",
        "Noisy bowl",
        "Each gradient is off by chance, as it is with small batches: the last part of the way is a random walk.",
        "x^2 + y^2",
        (-2.2, 2.2),
        (-2.2, 2.2),
        ((0.0, 0.0),),
        (-1.8, 1.4),
        0.1,
        noise=2.0,
    ),
    Surface(
        "line",
        "A line through points",
        "The mean squared error of y = wx + b over eleven points: what a network of one unit sees.",
        "\\frac{1}{n} \\sum_i (w x_i + b - y_i)^2",
        (-1.5, 3.0),
        (-1.8, 2.2),
        ((0.8077273, 0.2845455),),
        (-1.0, -1.4),
        0.1,
        axes=("w", "b"),
    ),
)


def surface(name: str) -> Surface:
    """The surface called ``name``.

    Raises:
        LookupError: there is none.
    """
    for each in SURFACES:
        if each.id == name:
            return each
    raise LookupError(f"{name!r} is no surface; there are {', '.join(each.id for each in SURFACES)}.")
