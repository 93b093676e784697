"""Numbers in the types that the catalogue gives their arguments: 1 becomes 1.0, 64.0 becomes 64."""

from typing import Any

from playground import catalog
from playground.specs.args import Args


def normalised(args: Args, entry: catalog.Entry) -> Args:
    """``args`` with every number in its argument's type, also inside objects such as a schedule."""
    changed: dict[str, Any] = {}
    for name, value in args.items():
        param = entry.param(name)
        if param is not None:
            value = param.normalise(value)
        if isinstance(value, Args):
            value = _inner(value, param)
        changed[name] = value
    return Args(changed)


def _inner(value: Args, param: catalog.Param | None) -> Args:
    chosen = value
    if "layer" in value and isinstance(value["layer"], Args):
        return value.replace(layer=_inner_of(value["layer"], "layers"))
    if param is not None and param.of:
        return _inner_of(chosen, param.of)
    return chosen


def _inner_of(value: Args, table: str) -> Args:
    kind = value.get("kind")
    entry = catalog.entry(table, kind) if isinstance(kind, str) else None
    args = value.get("args")
    if entry is None or not isinstance(args, Args):
        return value
    return value.replace(args=normalised(args, entry))
