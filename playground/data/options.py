"""Checks a choice and its arguments against the catalogue."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from playground import catalog
from playground.data.errors import DataError

_WORDS = {"datasets": "dataset", "steps": "preparation step", "splits": "split", "estimators": "estimator"}


def chosen(table: str, kind: str, args: Mapping[str, Any]) -> dict[str, Any]:
    """All arguments of ``kind`` in the catalogue's ``table``: those of ``args``, defaults for the others.

    Raises:
        DataError: there is no such kind or argument, one is missing, or a value is not allowed.
    """
    entry = catalog.entry(table, kind)
    if entry is None:
        ids = [known.id for known in catalog.entries(table)]
        raise DataError(f"There is no {_WORDS[table]} {kind!r}. {suggestion(kind, ids)}")
    params = {param.name: param for param in entry.params}
    for name in args:
        if name not in params:
            allowed = suggestion(name, params) if params else "It takes none."
            raise DataError(f"The {_WORDS[table]} {kind!r} has no option {name!r}. {allowed}")
    values: dict[str, Any] = {}
    for name, param in params.items():
        if name not in args and param.required:
            raise DataError(f"The {_WORDS[table]} {kind!r} needs {name}: expected {param.expected()}.")
        value = param.normalise(args.get(name, param.default))
        if not param.accepts(value):
            raise DataError(f"{kind}: {name} is {value!r}, expected {param.expected()}.")
        values[name] = value
    return values


def suggestion(name: str, known: Iterable[str]) -> str:
    """A sentence with the names in ``known`` that are nearest to ``name``, or all of them."""
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else f"There is: {', '.join(names)}."
