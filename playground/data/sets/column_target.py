"""A table of numbers of which another column than its own target is to be predicted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from playground.data.errors import DataError
from playground.data.options import suggestion
from playground.data.source import Loaded, Progress, Source
from playground.settings import Settings
from playground.specs.run_spec import RECONSTRUCTED


def of_column(name: str, source: Source, target: str | int | None) -> Source:
    """The source called ``name`` with the column ``target`` as the number to predict, and all others to learn from.

    It is the source itself where no column is named.

    Raises:
        DataError: there is no such column, or the source is no table of numbers.
    """
    if target is None or target == RECONSTRUCTED:
        return source
    if source.columns is not None or source.is_series or source.vocabulary or len(source.features) < 2:
        expected = f"expected none, or {RECONSTRUCTED!r} for the inputs themselves"
        raise DataError(f"The target of {name} is fixed: {expected}, received {target!r}.")
    at = _place(name, source, target)

    def load(options: Mapping[str, Any], seed: int, settings: Settings, progress: Progress) -> Loaded:
        found = source.load(options, seed, settings, progress)
        x = np.asarray(found.x)
        return replace(found, x=np.delete(x, at, axis=1), y=x[:, at])

    features = tuple(feature for number, feature in enumerate(source.features) if number != at)
    return replace(
        source,
        load=load,
        task="regression",
        input_shape=(len(features),),
        classes=(),
        features=features,
        unit="",
        target=source.features[at],
    )


def _place(name: str, source: Source, target: str | int) -> int:
    """The position of the column ``target``. Raises DataError where there is none."""
    if isinstance(target, int):
        if not 0 <= target < len(source.features):
            last = len(source.features) - 1
            raise DataError(f"{name} has no column {target}: expected a position from 0 to {last}.")
        return target
    if target not in source.features:
        raise DataError(f"{name} has no column {target!r}. {suggestion(target, source.features)}")
    return source.features.index(target)
