"""How a script of one's own gets the rows of each dataset. A new source is one entry of :data:`SOURCES`."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.data import generated
from playground.data.plan import Plan
from playground.export import layout
from playground.export.calls import value_of

Points = Callable[..., tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a script that end with ``x``, float32 of shape (n, *input_shape), and ``y`` of shape (n,).

    Where the source has a test part of its own it comes last, and ``n_test`` says how many rows it has.

    Attributes:
        code: the statements.
        imports: what they import besides Keras and NumPy.
        functions: functions that they call.
    """

    code: tuple[str, ...]
    imports: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()


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


def _drawn(points: Points) -> Callable[[Plan], Lines]:
    """Points that are drawn with the seed, by the function that the app draws them with."""

    def lines(planned: Plan) -> Lines:
        options = [(f"{name}=", *value_of(value)) for name, value in planned.options.items()]
        drawn = layout.call(points.__name__, ("rng",), *options)
        code = (f"rng = np.random.default_rng([SEED, {generated.STREAM}])", layout.laid_out(("x, y = ", *drawn)))
        return Lines(code, (), (inspect.getsource(points).rstrip(),))

    return lines


SOURCES: dict[str, Callable[[Plan], Lines]] = {
    **{name: _keras(name) for name in ("mnist", "fashion_mnist")},
    **{name: _scikit_learn(name) for name in ("digits", "iris", "wine", "breast_cancer", "diabetes")},
    "circles": _drawn(generated.circles),
    "moons": _drawn(generated.moons),
    "spirals": _drawn(generated.spirals),
    "xor": _drawn(generated.xor),
    "gaussians": _drawn(generated.gaussians),
    "plane": _drawn(generated.plane),
}
"""By the id of the dataset in the catalogue, what writes its lines."""
