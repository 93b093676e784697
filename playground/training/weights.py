"""Weights that training starts from: checked against a model, and loaded into it."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import h5py
import keras

from playground.runs.weights import digest_of, path
from playground.settings import Settings
from playground.specs import ModelSpec
from playground.training.build import connect
from playground.training.errors import TrainingError
from playground.training.shapes import shapes_only
from playground.training.weight_places import weight_places

Layout = dict[str, tuple[str, tuple[tuple[int, ...], ...]]]
"""By the place of a layer in a weights file: its name, and the sorted shapes of its weights."""


class MisfitError(ValueError):
    """Weights that do not belong to these layers; the message names the layer, what it needs and what there is."""


def misfit(model: ModelSpec, input_shape: Sequence[int], input_dtype: str, settings: Settings) -> str:
    """Why the weights that ``model`` names do not belong to its layers; empty where they do or it names none.

    Nothing is allocated. ``model`` must fit its input.
    """
    if model.weights is None:
        return ""
    layers: list[keras.Layer] = []
    with shapes_only():
        source = keras.Input(tuple(input_shape), dtype=input_dtype, name="input")
        output = connect(model, source)
        layers = keras.Model(source, output).layers
        wanted = _wanted(layers)
    try:
        _compare(wanted, _found(path(model.weights, settings)))
    except (MisfitError, OSError) as error:
        return str(error) if isinstance(error, MisfitError) else "the file with these weights is not on this server"
    return ""


def load(model: keras.Model, digest: str, settings: Settings) -> None:
    """Give ``model`` the kept weights named ``digest``.

    Raises:
        TrainingError: the file is not there, has been changed, or does not fit; the message says what to do.
    """
    remedy = "Start from fresh weights on the Model page, or import them again."
    try:
        file = path(digest, settings)
        if digest_of(file) != digest:
            raise TrainingError(f"The file with the weights to start from has been changed. {remedy}")
        _compare(_wanted(model.layers), _found(file))
        model.load_weights(file)
    except OSError as error:
        raise TrainingError(f"The weights to start from are not on this server any more. {remedy}") from error
    except (MisfitError, ValueError) as error:
        raise TrainingError(f"The weights to start from do not fit the layers: {error}. {remedy}") from error


def arrays(file: h5py.Group) -> Iterator[h5py.Dataset]:
    """All arrays of a weights file of ours."""
    for item in file.values():
        if isinstance(item, h5py.Dataset):
            yield item
        else:
            yield from arrays(item)


def places_of(layers: Sequence[keras.Layer]) -> dict[str, str]:
    """Where Keras writes the weights of each layer, by its name."""
    found = weight_places([type(layer).__name__ for layer in layers])
    return {layer.name: place for layer, place in zip(layers, found, strict=True)}


def _wanted(layers: Sequence[keras.Layer]) -> Layout:
    places = places_of(layers)
    return {places[layer.name]: (layer.name, _shapes(layer.weights)) for layer in layers if layer.variables}


def _shapes(weights: Iterable[Any]) -> tuple[tuple[int, ...], ...]:
    """Of those that are learned: seeds and counters are whole numbers."""
    return tuple(sorted(tuple(weight.shape) for weight in weights if "float" in str(weight.dtype)))


def _found(file: Path) -> Layout:
    layout: Layout = {}
    with h5py.File(file, "r") as opened:
        for key, group in opened["layers"].items():
            name = str(group["vars"].attrs.get("name", key))
            layout[f"layers/{key}/"] = (name, _shapes(arrays(group)))
    return layout


def _compare(wanted: Layout, found: Layout) -> None:
    """Raises MisfitError where a layer does not find weights of its name and shapes at its place."""
    for place, (name, shapes) in wanted.items():
        there = found.get(place)
        if there is None:
            raise MisfitError(f"they have none for the layer {name}")
        if there[0] != name:
            raise MisfitError(f"at the place of the layer {name} they have those of {there[0]}")
        if there[1] != shapes:
            raise MisfitError(f"the layer {name} has other shapes than they have")
