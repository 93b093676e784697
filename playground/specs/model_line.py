"""A whole model in one line, for lists: :func:`model_line`."""

from collections.abc import Mapping
from typing import Any

from playground.specs.run_spec import RunSpec

LONGEST = 300
_TELLING = ("units", "filters", "rate", "pool_size", "size", "num_heads", "output_dim", "target_shape")
"""The argument that says most of a layer; the first of these that it has."""


def model_line(spec: RunSpec) -> str:
    """The layers of ``spec`` in order, each by its Keras class and its telling argument, of at most 300 characters."""
    line = " · ".join(_layer(layer.kind, layer.args) for layer in spec.model.layers)
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 2]} …"


def _layer(kind: str, args: Mapping[str, Any]) -> str:
    inner = args.get("layer")
    if isinstance(inner, Mapping):  # what a wrapper wraps
        return f"{kind} {_layer(str(inner.get('kind', '')), inner.get('args', {}))}"
    value = next((args[name] for name in _TELLING if name in args), None)
    if isinstance(value, list | tuple):
        value = "×".join(str(each) for each in value)
    return kind if value is None else f"{kind} {value}"
