"""Points that are set by hand: the options are the points."""

from math import cos, pi, sin

from playground.catalog.entry import Entry, Param

_N = 20
_TURNS = [2 * pi * at / _N for at in range(_N)]
_FIRST = [(round(r * cos(turn), 2), round(r * sin(turn), 2)) for r in (0.25, 0.8) for turn in _TURNS]
"""What stands there at first: a ring around another one."""


def _values(name: str, label: str, what: str, low: float, high: float, default: tuple[float, ...]) -> Param:
    return Param(name, "list", default, optional=True, minimum=low, maximum=high, label=label, help=what)


HAND_POINTS = Entry(
    "points",
    "datasets",
    "2-D points",
    "Points by hand",
    "Set every point yourself, by mouse, finger or keyboard.",
    (
        _values("x1", "First coordinates", "Of every point, from -1 to 1.", -1.0, 1.0, tuple(x for x, _ in _FIRST)),
        _values("x2", "Second coordinates", "Of every point, from -1 to 1.", -1.0, 1.0, tuple(y for _, y in _FIRST)),
        _values("label", "Labels", "Of every point: 0 for the first class.", 0, 4, (0,) * _N + (1,) * _N),
    ),
    (1,),
    ("binary", "multiclass"),
    basic=True,
)
