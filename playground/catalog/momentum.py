"""Which momentum an optimizer means: texts use three, and the same number means something else in each."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Momentum(NamedTuple):
    """How an optimizer of Keras remembers past gradients.

    Attributes:
        name: what the convention is called.
        rule: its formula as LaTeX; g is the gradient, β what is kept of the past, η the learning rate.
        beta: its β.
    """

    name: str
    rule: str
    beta: float


_CLASSIC = ("classic", r"v \leftarrow \beta v - \eta g,\quad w \leftarrow w + v")
_NESTEROV = ("Nesterov", r"v \leftarrow \beta v - \eta g,\quad w \leftarrow w + \beta v - \eta g")
_SUMMED = ("classic, without the rate", r"m \leftarrow \beta m + g")
_SCALED = ("classic, of the scaled step", r"v \leftarrow \beta v + \eta g / \sqrt{s},\quad w \leftarrow w - v")
_WEIGHTED = ("(1 − β)-weighted", r"m \leftarrow \beta m + (1 - \beta) g")
_ARGUMENTS: Mapping[str, tuple[str, float, tuple[str, str]]] = {
    "SGD": ("momentum", 0.0, _CLASSIC),
    "RMSprop": ("momentum", 0.0, _SCALED),
    "Muon": ("momentum", 0.95, _SUMMED),
    **dict.fromkeys(("Adam", "AdamW", "Nadam", "Adamax", "Lamb"), ("beta_1", 0.9, _WEIGHTED)),
    "Lion": ("beta_2", 0.99, _WEIGHTED),
}
"""By optimizer, the argument that is its β, that argument's default, and the convention."""


def momentum_of(kind: str, args: Mapping[str, Any]) -> Momentum | None:
    """The convention of the optimizer ``kind`` with ``args``; ``None`` where it remembers no gradients.

    As Keras 3's optimizers compute it, https://keras.io/api/optimizers/.
    """
    if kind not in _ARGUMENTS:
        return None
    name, default, convention = _ARGUMENTS[kind]
    beta = float(args.get(name, default))
    if not beta:
        return None
    if kind == "SGD" and args.get("nesterov"):
        convention = _NESTEROV
    return Momentum(*convention, beta)
