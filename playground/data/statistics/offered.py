"""Which pictures a dataset has, known before it is loaded."""

import math

from playground.data.errors import DataError
from playground.data.sets.word_sets import WORD_FILES
from playground.data.statistics.sampled import source_of
from playground.settings import Settings
from playground.specs import DatasetSpec
from playground.specs.facts import is_sequence_shape

_FEW = 3


def offered(dataset: DatasetSpec, settings: Settings) -> tuple[str, ...]:
    """Names of the pictures that say something about ``dataset``, as it comes, in order; empty if it cannot be had."""
    try:
        source, _ = source_of(dataset, settings)
    except DataError:
        return ()
    if dataset.source in WORD_FILES:
        return "words", "map"
    if source.is_series:
        return "summary", "histograms", "seasons"
    if source.symbols:
        return ()
    if len(source.input_shape) > 1 and not is_sequence_shape(source.input_shape):
        return "class_means", "pixels", "map"
    types = [column.type for column in source.columns or ()]
    n_inputs = len(dataset.features) or math.prod(source.input_shape)
    n_numbers = types.count("number") if types else n_inputs
    is_regression = not source.classes
    names = []
    if "text" in types:
        names.append("words")
    if set(types) != {"text"}:
        names += ["summary", "histograms"]
    if n_numbers + is_regression >= 2:
        names += ["pairs", "correlation"]
    if n_inputs >= _FEW or "text" in types:
        names.append("map")
    return tuple(names)
