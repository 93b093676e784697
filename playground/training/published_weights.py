"""The published weights of pretrained layers, loaded from files that have been downloaded or put there by hand."""

import itertools
from pathlib import Path
from typing import Any

import h5py
import keras
import numpy as np

from playground.data.downloads.backbone_weights import pretrained, remedy
from playground.settings import Settings
from playground.specs import ModelSpec
from playground.training.errors import TrainingError
from playground.training.foreign_weights import refuse_links, values_of
from playground.training.weights import MisfitError

_SPARE_BYTES = 2_000_000


def load_published(model: keras.Model, spec: ModelSpec, settings: Settings) -> None:
    """Give the pretrained layers of ``model``, which was built from ``spec``, their published weights.

    Raises:
        TrainingError: a file is not there or holds something else; the message says what to do.
    """
    for layer, file in pretrained(spec):
        path = file.path(settings)
        try:
            _load(model.get_layer(layer.name).layers[-1], path)
        except FileNotFoundError as error:
            raise TrainingError(f"{file.title} are not on this server. {remedy(file, settings)}") from error
        except (OSError, LookupError, RuntimeError, ValueError) as error:
            why = "it is no HDF5 file, or a damaged one" if isinstance(error, OSError) else str(error).rstrip(".")
            raise TrainingError(
                f"{path.name} does not hold {file.title.lower()}: {why}. Remove it. {remedy(file, settings)}"
            ) from error


def _load(base: keras.Model, path: Path) -> None:
    """Give ``base`` the weights of a file in the form of Keras 2, each looked at before it is read.

    Its layers come in the order of the network; an attribute of each lists the names of its weights.
    """
    layers = [layer for layer in base.layers if layer.weights]
    most = 4 * base.count_params() + _SPARE_BYTES
    if path.stat().st_size > most:
        raise MisfitError(f"it has {path.stat().st_size:,} bytes, {most:,} at most are needed")
    with h5py.File(path, "r") as source:
        refuse_links(source)
        group = source.get("model_weights", source)
        stored = [(name, _names(group.get(name), "weight_names")) for name in _names(group, "layer_names")]
        stored = [(name, weights) for name, weights in stored if weights]
        if len(stored) != len(layers):
            raise MisfitError(f"it has {len(stored)} layers with weights, {len(layers)} are needed")
        found: list[list[np.ndarray]] = []
        for layer, (name, weights) in zip(layers, stored, strict=True):
            if len(weights) != len(layer.weights):
                raise MisfitError(f"{name[:80]} has {len(weights)} weights, {layer.name} needs {len(layer.weights)}")
            places = [f"{group.name.rstrip('/')}/{name}/{weight}" for weight in weights]
            wanted = zip(places, layer.weights, strict=True)
            found.append([values_of(source, at, weight, layer.name) for at, weight in wanted])
    for layer, values in zip(layers, found, strict=True):
        layer.set_weights(values)


def _names(group: Any, attribute: str) -> list[str]:
    """A list of names in the attributes of ``group``, which Keras cuts into pieces where it is long."""
    if not isinstance(group, h5py.Group):
        raise MisfitError("a layer of it is no group of weights")
    cut = itertools.takewhile(group.attrs.__contains__, (f"{attribute}{number}" for number in itertools.count()))
    pieces = [attribute] if attribute in group.attrs else list(cut)
    names = [name for piece in pieces for name in np.ravel(group.attrs[piece])]
    return [name.decode() if isinstance(name, bytes) else str(name) for name in names]
