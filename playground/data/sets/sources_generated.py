"""Every source of points that are drawn at random, in the catalogue's order."""

from collections.abc import Callable

import numpy as np

from playground.data.sets import generated, hand_points, surfaces
from playground.data.source import Source
from playground.specs.facts import Task

_XY = ("x1", "x2")


def _classes(points: Callable[..., np.ndarray], *names: str) -> Source:
    task: Task = "binary" if len(names) == 2 else "multiclass"
    return Source(generated.classified(points, len(names)), task, (2,), None, names, _XY)


def _values(surface: Callable[..., tuple[np.ndarray, np.ndarray]], features: tuple[str, ...] = _XY) -> Source:
    return Source(surfaces.valued(surface), "regression", (len(features),), None, (), features)


GENERATED: dict[str, Source] = {
    "circles": _classes(generated.circles, "outer", "inner"),
    "moons": _classes(generated.moons, "upper", "lower"),
    "spirals": _classes(generated.spirals, "first", "second"),
    "three_spirals": _classes(generated.spirals, "first", "second", "third"),
    "xor": _classes(generated.xor, "different signs", "same sign"),
    "gaussians": _classes(generated.gaussians, "lower", "upper"),
    "blobs": _classes(generated.blobs, "1", "2", "3"),
    "checkerboard": _classes(generated.checkerboard, "light", "dark"),
    "plane": _values(surfaces.plane),
    "multi_gaussian": _values(surfaces.multi_gaussian),
    "ripple": _values(surfaces.ripple),
    "curve": _values(surfaces.curve, ("x",)),
    "points": Source(
        hand_points.load,
        "binary",
        (2,),
        None,
        ("1", "2"),
        _XY,
        origin="set by hand",
        chosen=hand_points.given,
        largest=1.0,
    ),
}
