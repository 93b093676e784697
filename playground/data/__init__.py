"""A dataset spec becomes arrays on disk: read or generated, divided, prepared, once. Imports no Keras."""

from playground.data.errors import DataError, OfflineError
from playground.data.outline import outline
from playground.data.prepare import prepare
from playground.data.prepared import ARRAYS, PARTS, Prepared, opened
from playground.data.source import Loaded, Source
from playground.data.sources import SOURCES

__all__ = [
    "ARRAYS",
    "PARTS",
    "SOURCES",
    "DataError",
    "Loaded",
    "OfflineError",
    "Prepared",
    "Source",
    "opened",
    "outline",
    "prepare",
]
