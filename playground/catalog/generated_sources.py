"""Points that are drawn at random: classes in the plane, surfaces over it, and curves."""

from playground.catalog.entry import Entry, Param
from playground.catalog.hand_points import HAND_POINTS

_SAMPLES = Param(
    "n_samples", "int", 500, minimum=10, maximum=100_000, label="Points", help="How many points are drawn.", basic=True
)
_BALANCE = Param(
    "balance",
    "float",
    1.0,
    minimum=0.01,
    maximum=1.0,
    label="Class balance",
    help="How large each class is, compared with the one before it: 1 for classes of one size, 0.1 for a tenth.",
)
_FLIPPED = Param(
    "flipped",
    "float",
    0.0,
    minimum=0.0,
    maximum=0.5,
    label="Label noise",
    help="The share of points that get a wrong label: nobody can learn these, but a network can try to.",
)
_TURNS = Param(
    "turns",
    "float",
    1.0,
    minimum=0.25,
    maximum=4.0,
    label="Turns",
    help="How often each arm winds around the centre.",
    basic=True,
)


def _noise(default: float, what: str) -> Param:
    return Param("noise", "float", default, minimum=0.0, maximum=2.0, label="Noise", help=what, basic=True)


def _classes(
    name: str, label: str, summary: str, noise: float, *more: Param, tasks: tuple[str, ...] = ("binary",)
) -> Entry:
    shift = _noise(noise, "The standard deviation of the random shift of every point.")
    params = (_SAMPLES, shift, *more, _BALANCE, _FLIPPED)
    return Entry(name, "datasets", "2-D points", label, summary, params, (1,), tasks, basic=True)


def _values(name: str, label: str, summary: str, noise: float, *more: Param) -> Entry:
    params = (_SAMPLES, _noise(noise, "The standard deviation of the random error in every value."), *more)
    return Entry(name, "datasets", "2-D points", label, summary, params, (1,), ("regression",), basic=True)


GENERATED: tuple[Entry, ...] = (
    _classes("circles", "Circles", "A ring of one class around a disc of the other.", 0.05),
    _classes("moons", "Moons", "Two half moons that reach into each other.", 0.1),
    _classes("spirals", "Spirals", "Two spirals that wind around each other.", 0.02, _TURNS),
    _classes(
        "three_spirals",
        "Three spirals",
        "Three spirals that wind around each other: a class for each arm.",
        0.02,
        _TURNS,
        tasks=("multiclass",),
    ),
    _classes("xor", "XOR", "Four squares; those that lie across from each other share a class.", 0.05),
    _classes("gaussians", "Gaussians", "Two clouds of points.", 0.3),
    _classes(
        "blobs",
        "Blobs",
        "Clouds of points around a circle, as many as you choose, each a class of its own.",
        0.15,
        Param(
            "n_classes",
            "int",
            3,
            minimum=2,
            maximum=10,
            label="Classes",
            help="How many clouds there are.",
            basic=True,
        ),
        tasks=("binary", "multiclass"),
    ),
    _classes(
        "checkerboard",
        "Checkerboard",
        "Squares of two classes in turn: the more there are, the more points and neurons it takes.",
        0.0,
        Param(
            "cells",
            "int",
            3,
            minimum=2,
            maximum=8,
            label="Squares a side",
            help="How many squares the board has along each side.",
            basic=True,
        ),
    ),
    _values(
        "plane",
        "Noisy plane",
        "A tilted plane: the target is the mean of two features, or of as many as you choose.",
        0.1,
        Param(
            "n_features",
            "int",
            2,
            minimum=2,
            maximum=1_000,
            label="Features",
            help="How many numbers a sample has; with two, the points can be drawn.",
            basic=True,
        ),
    ),
    _values("multi_gaussian", "Hills and hollows", "Six Gaussians, up and down in turn: a surface to learn.", 0.05),
    _values(
        "ripple",
        "Ripple",
        "Waves around the middle that become lower further out.",
        0.05,
        Param(
            "waves",
            "float",
            1.0,
            minimum=0.25,
            maximum=4.0,
            label="Waves",
            help="How many waves there are up to the distance 1.",
            basic=True,
        ),
    ),
    _values(
        "curve",
        "Curve y = f(x)",
        "A function of one number: what a network makes of it can be drawn as a line.",
        0.1,
        Param(
            "function",
            "choice",
            "sine",
            choices=("line", "parabola", "cubic", "sine", "step", "absolute", "bump"),
            label="Function",
            help="What y is of x, between -1 and 1.",
            basic=True,
        ),
    ),
    HAND_POINTS,
)
"""In teaching order."""
