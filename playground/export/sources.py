"""How a script of one's own gets the rows of each dataset. A new source is one entry of :data:`SOURCES`."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from playground.data.plan import Plan
from playground.data.sets import few_points, generated, generated_series, surfaces
from playground.data.sets.hand_points import COLUMNS
from playground.data.sets.random_labels import random_labels
from playground.data.sets.sources_sequences import DRAWINGS
from playground.export import layout
from playground.export.calls import value_of
from playground.export.fetched import FETCHED
from playground.export.images import arrays, images
from playground.export.lines import Lines
from playground.export.published import PUBLISHED, published_series
from playground.export.series import series_lines

Points = Callable[..., np.ndarray]
Surface = Callable[..., tuple[np.ndarray, np.ndarray]]


def _keras(name: str) -> Callable[[Plan], Lines]:
    """A dataset of ``keras.datasets`` in two parts."""
    return lambda planned: Lines(
        (
            f"(x, y), (x_test, y_test) = keras.datasets.{name}.load_data()",
            "n_test = len(x_test)",
            'x = np.concatenate([x, x_test]).astype("float32")',
            "y = np.concatenate([y, y_test])",
        )
    )


def _scikit_learn(name: str) -> Callable[[Plan], Lines]:
    """A dataset that scikit-learn brings along, as images where the app shows it as images."""

    def lines(planned: Plan) -> Lines:
        shape = planned.source.input_shape
        reshaped = f".reshape(-1, {', '.join(map(str, shape))})" if len(shape) > 1 else ""
        code = (f"x, y = load_{name}(return_X_y=True)", f'x = x{reshaped}.astype("float32")')
        return Lines(code, (f"from sklearn.datasets import load_{name}",))

    return lines


_RNG = f"rng = np.random.default_rng([SEED, {generated.STREAM}])"


def _valued(surface: Surface, *calls: Callable[..., Any]) -> Callable[[Plan], Lines]:
    """Inputs and targets drawn with the seed, by the function that the app draws them with and those it calls."""

    def lines(planned: Plan) -> Lines:
        drawn = layout.call(surface.__name__, ("rng",), *_named(planned.options))
        return Lines((_RNG, layout.laid_out(("x, y = ", *drawn))), (), tuple(map(_written, (*calls, surface))))

    return lines


def _fixed(rows: Surface) -> Callable[[Plan], Lines]:
    """A few rows that no seed changes, by the function that the app has them from."""

    def lines(planned: Plan) -> Lines:
        given = layout.call(rows.__name__, *_named(planned.options))
        return Lines((layout.laid_out(("x, y = ", *given)),), (), (_written(rows),))

    return lines


def _classified(points: Points) -> Callable[[Plan], Lines]:
    """Labels, and points drawn for them with the seed, by the functions that the app draws them with."""

    def lines(planned: Plan) -> Lines:
        options, functions = planned.options, [points]
        n, n_classes = options["n_samples"], len(planned.source.classes)
        code = [_RNG, f"y = np.arange({n}) % {n_classes}"]
        if options["balance"] != 1:
            functions.insert(0, generated.labels)
            code[1] = f"y = labels({n}, n_classes={n_classes}, balance={options['balance']!r})"
        rest = {name: value for name, value in options.items() if name not in generated.OF_LABELS}
        code.append(layout.laid_out(("x = ", *layout.call(points.__name__, ("rng",), ("y",), *_named(rest)))))
        if options["flipped"]:
            functions.append(generated.flipped)
            code.append(f"y = flipped(rng, y, n_classes={n_classes}, share={options['flipped']!r})")
        return Lines(tuple(code), (), tuple(map(_written, functions)))

    return lines


def _by_hand(planned: Plan) -> Lines:
    """Points that stand in the script, a line each."""
    rows = zip(*(planned.options[name] for name in COLUMNS), strict=True)
    points = "".join(f"{x1!r} {x2!r} {label:.0f}\n" for x1, x2, label in rows)
    code = (
        f'points = """\n{points}"""',
        "points = np.loadtxt(points.splitlines())",
        'x, y = points[:, :2].astype("float32"), points[:, 2].astype("int64")',
    )
    return Lines(code)


def _seasonal(planned: Plan) -> Lines:
    """A series drawn with the seed, cut into windows."""
    options = {name: value for name, value in planned.options.items() if name not in generated_series.OF_WINDOWS}
    drawn = layout.call("seasonal", ("rng",), *_named(options))
    code = (_RNG, layout.laid_out(("values = ", *drawn)), *_cut(planned))
    return Lines(code, (), (_written(generated_series.seasonal),))


def _stocks(planned: Plan) -> Lines:
    """The prices of one company, cut into windows."""
    company = layout.flat(value_of(planned.options["company"]))
    return Lines(
        (f'values = plotly.data.stocks()[{company}].to_numpy("float64")', *_cut(planned)), ("import plotly.data",)
    )


def _cut(planned: Plan) -> tuple[str, ...]:
    options, ahead = planned.options, planned.options["horizon"]
    width = options["window"] + options["difference"]
    lines = [
        f"n = len(values) - {width + ahead - 1}  # windows, each with the value {ahead} later as its target",
        f"x = np.lib.stride_tricks.sliding_window_view(values, {width})[:n]",
        f"y = values[{width + ahead - 1}:]",
    ]
    if options["difference"]:
        lines.append("x, y = np.diff(x), y - x[:, -1]  # by how much the values change")
    return (*lines, 'x = x.astype("float32")')


def _named(options: Mapping[str, Any]) -> list[layout.Expression]:
    return [(f"{name}=", *value_of(value)) for name, value in options.items()]


def _written(function: Callable[..., object]) -> str:
    return inspect.getsource(function).rstrip()


SOURCES: dict[str, Callable[[Plan], Lines]] = {
    "series": lambda planned: Lines(series_lines(planned), ("import pandas as pd",)),
    **{name: _keras(name) for name in ("mnist", "fashion_mnist")},
    **{name: _scikit_learn(name) for name in ("digits", "iris", "wine", "breast_cancer", "diabetes")},
    **FETCHED,
    **PUBLISHED,
    "circles": _classified(generated.circles),
    "moons": _classified(generated.moons),
    **dict.fromkeys(("spirals", "three_spirals"), _classified(generated.spirals)),
    "xor": _classified(generated.xor),
    "gaussians": _classified(generated.gaussians),
    "blobs": _classified(generated.blobs),
    "checkerboard": _classified(generated.checkerboard),
    "plane": _valued(surfaces.plane),
    "multi_gaussian": _valued(surfaces.multi_gaussian),
    "ripple": _valued(surfaces.ripple),
    "curve": _valued(surfaces.curve),
    "six_points": _fixed(few_points.six_points),
    "two_answers": _fixed(few_points.two_answers),
    "truth_table": _fixed(few_points.truth_table),
    "points": _by_hand,
    "random_labels": _valued(random_labels),
    "seasonal": _seasonal,
    "stocks": _stocks,
    **published_series(_cut),
    **{name: _valued(drawing.draw, *drawing.calls) for name, drawing in DRAWINGS.items()},
    "images": images,
    "arrays": arrays,
}
"""By the id of the dataset in the catalogue, what writes its lines."""
