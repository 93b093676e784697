"""Specs of earlier versions, brought to the present one."""

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1

_STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""From version n to n + 1."""


def upgrade(value: Any) -> dict[str, Any]:
    """``value``, a spec of any released version, as a dict of the present version.

    Raises:
        ValueError: it is no mapping, has no valid version, or is newer than this app.
    """
    if not isinstance(value, Mapping):
        raise ValueError(f"expected a spec with dataset, model and training, received {type(value).__name__}")
    spec = dict(value)
    version = spec.setdefault("version", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ValueError(f"version: expected a whole number from 1 to {VERSION}, received {version!r}")
    if version > VERSION:
        raise ValueError(f"version: this spec is of version {version}, this app reads up to {VERSION}; update the app")
    while version < VERSION:
        spec = _STEPS[version](spec)
        version += 1
    return {**spec, "version": VERSION}
