"""What can be chosen: Keras's own objects and our datasets, described as data. Imports neither Keras nor TensorFlow."""

from playground.catalog.about import about
from playground.catalog.backbones import BACKBONES, PRETRAINED, Backbone, WeightsFile
from playground.catalog.entry import Entry, Param, ParamKind
from playground.catalog.reading import Reading
from playground.catalog.tables import KINDS, entries, entry, nearest, offered, other_names, signature

__all__ = [
    "BACKBONES",
    "KINDS",
    "PRETRAINED",
    "Backbone",
    "Entry",
    "Param",
    "ParamKind",
    "Reading",
    "WeightsFile",
    "about",
    "entries",
    "entry",
    "nearest",
    "offered",
    "other_names",
    "signature",
]
