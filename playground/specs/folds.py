"""The runs that belong together because of their split: every fold, or several repeats."""

from playground import catalog
from playground.specs.edit import with_value
from playground.specs.run_spec import RunSpec

REPEATS = 5
"""How many repeats stand side by side: as many as the usual folds."""

_NUMBERED = {"kfold": ("fold", "folds"), "repeated": ("repeat", "")}
"""By split, the argument that says which of the runs one is, and the one that says how many there are, if any does."""


def called(spec: RunSpec) -> str:
    """What one of the runs is, ``"fold"`` or ``"repeat"``; empty where the split makes no others."""
    return _NUMBERED.get(spec.dataset.split.kind, ("", ""))[0]


def number(spec: RunSpec) -> int:
    """Which fold or repeat a run of ``spec`` is, from 1; 1 where its split makes no others."""
    return _argument(spec, called(spec), 1)


def members(spec: RunSpec) -> tuple[tuple[str, RunSpec], ...]:
    """Every fold of ``spec``, 1 to k, or its first repeats: what each is called, and its spec.

    All else is equal, the seed too, so that the folds divide the same rows.

    Raises:
        ValueError: its split makes no others.
    """
    split = spec.dataset.split
    if split.kind not in _NUMBERED:
        raise ValueError(
            f"The split {split.kind!r} has no folds: expected {' or '.join(_NUMBERED)}. "
            'Set it with --set dataset.split=\'{"kind": "kfold", "args": {"folds": 5}}\', or on the Data page.'
        )
    name, of = _NUMBERED[split.kind]
    path = f"dataset.split.{name}"
    numbers = range(1, _argument(spec, of, REPEATS) + 1)
    return tuple((f"{name.capitalize()} {n}", with_value(spec, path, n)) for n in numbers)


def _argument(spec: RunSpec, name: str, otherwise: int) -> int:
    """A whole number among the split's arguments, by its default where it is left out."""
    split = spec.dataset.split
    entry = catalog.entry("splits", split.kind)
    param = entry.param(name) if entry else None
    return int(split.args.get(name, param.default)) if param is not None else otherwise
