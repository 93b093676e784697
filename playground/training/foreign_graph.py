"""The layers of a foreign configuration as one flat list, each with what it reads and where its weights lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from playground.specs.rules.words import spelled
from playground.training.foreign_args import refuse_foreign
from playground.training.foreign_nodes import called, end, is_operation, mapping, name_of, reads
from playground.training.keras_file import ForeignFileError
from playground.training.weight_places import weight_places

_MODELS = ("Sequential", "Functional", "Model")
_DEPTH = 12
_MOST = 500
SOURCE = 0
"""The number by which layers read the network's input."""


@dataclass(frozen=True, slots=True)
class Found:
    """One layer of a foreign model.

    Attributes:
        kind: its class name.
        name: its name in the file.
        config: its stored configuration.
        reads: numbers of what it reads: 0 is the network's input, n the n-th layer found.
        place: the path of its weights in the weights file.
        called: what its call says beside what it reads, where a layer here can be given that.
    """

    kind: str
    name: str
    config: Mapping[str, Any]
    reads: tuple[int, ...]
    place: str
    called: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Graph:
    """What was found: the layers in an order in which each comes after those it reads, and the network's input."""

    layers: list[Found]
    input_shape: tuple[int | None, ...] | None = None
    input_dtype: str = "float32"
    is_batch_fixed: bool = False


def graph(config: Mapping[str, Any]) -> Graph:
    """The layers of a stored model, nested ones written out.

    Raises:
        ForeignFileError: it is no chain or graph of layers with one input and one output.
    """
    if refuse_foreign(config, "The model") not in _MODELS:
        raise ForeignFileError(
            f"The model is a {spelled(config.get('class_name'))}; expected a Sequential or Functional model."
        )
    found = Graph([])
    last = _model(config, SOURCE, "", found, 0)
    if last != len(found.layers):
        raise ForeignFileError("Expected a model whose output is its last layer.")
    return found


def _model(stored: Mapping[str, Any], source: int, place: str, found: Graph, depth: int) -> int:
    """Add the layers of a model that reads ``source``; returns the number of its output."""
    if depth > _DEPTH:
        raise ForeignFileError(f"Models are nested more than {_DEPTH} deep.")
    config = mapping(stored.get("config"), "the model")
    listed = config.get("layers")
    if not isinstance(listed, list) or not listed:
        raise ForeignFileError("The model has no layers.")
    if len(listed) > _MOST + 1:
        raise ForeignFileError(f"The model has more than {_MOST} layers.")
    layers = [mapping(each, "a layer") for each in listed]
    is_chain = stored.get("class_name") == "Sequential"
    places = weight_places([_kind(each, is_chain) for each in layers], place)
    if is_chain:
        if depth == 0 and found.input_shape is None:
            _shape(config.get("build_input_shape"), found)
        last = source
        for at, layer in enumerate(layers):
            last = _layer(layer, (last,), places[at], found, depth)
        return last
    return _functional(config, layers, places, source, found, depth)


def _functional(
    config: Mapping[str, Any],
    layers: Sequence[Mapping[str, Any]],
    places: Sequence[str],
    source: int,
    found: Graph,
    depth: int,
) -> int:
    inputs, outputs = end(config.get("input_layers"), "input"), end(config.get("output_layers"), "output")
    numbers: dict[str, int] = {}
    masks = _only_masks(layers, outputs)
    waiting = {at: layer for at, layer in enumerate(layers) if at not in masks}
    while waiting:
        ready = [at for at in waiting if all(name in numbers for name in reads(waiting[at]))]
        if not ready:
            raise ForeignFileError("The layers of the model read each other in a circle, or one that does not exist.")
        for at in ready:
            layer = waiting.pop(at)
            name = name_of(layer)
            if name in numbers:
                raise ForeignFileError(f"Two layers of the model are called {spelled(name)}.")
            read = tuple(numbers[each] for each in reads(layer))
            if layer.get("class_name") == "InputLayer":
                if name != inputs:
                    raise ForeignFileError("The model has several inputs; here a model has one.")
                read = (source,)
            numbers[name] = _layer(layer, read, places[at], found, depth)
    if outputs not in numbers:
        raise ForeignFileError(f"The model answers with {spelled(outputs)}, which is no layer of it.")
    return numbers[outputs]


def _only_masks(layers: Sequence[Mapping[str, Any]], output: str) -> set[int]:
    """Places of the operations with which Keras hands masks on, which layers that make masks bring along by themselves.

    Empty for a graph without such a layer: there, masks have been worked out by somebody.
    """
    if not any(_makes_mask(layer) for layer in layers):
        return set()
    by_name = {name_of(layer): layer for layer in layers}
    read, waiting = set(), [output]
    while waiting:
        name = waiting.pop()
        if name in by_name and name not in read:
            read.add(name)
            waiting.extend(reads(by_name[name]))
    return {at for at, layer in enumerate(layers) if name_of(layer) not in read and is_operation(layer)}


def _makes_mask(stored: Mapping[str, Any]) -> bool:
    config = stored.get("config")
    is_told = isinstance(config, Mapping) and config.get("mask_zero") is True
    return is_told or stored.get("class_name") == "Masking"


def _layer(stored: Mapping[str, Any], read: tuple[int, ...], place: str, found: Graph, depth: int) -> int:
    """Add one layer; returns its number."""
    name = name_of(stored)
    kind = refuse_foreign(stored, f"Layer {spelled(name)}")
    config = mapping(stored.get("config"), f"layer {name[:60]}")
    if kind == "InputLayer":
        if depth == 0:
            _shape(config.get("batch_shape"), found)
            if config.get("sparse") or config.get("ragged"):
                raise ForeignFileError("The model reads sparse or ragged input; here it reads plain arrays.")
            found.input_dtype = str(config.get("dtype", "float32"))[:20]
        return read[0]
    if kind in _MODELS:
        if len(read) != 1:
            raise ForeignFileError(f"The model {spelled(name)} inside the model reads {len(read)} layers, not one.")
        return _model(stored, read[0], place, found, depth + 1)
    if len(found.layers) >= _MOST:
        raise ForeignFileError(f"The model has more than {_MOST} layers.")
    found.layers.append(Found(kind, name, config, read, place, called(stored)))
    return len(found.layers)


def _shape(stored: Any, found: Graph) -> None:
    if stored is None:
        return
    is_shape = isinstance(stored, list) and 1 <= len(stored) <= 8
    if not is_shape or not all(size is None or (type(size) is int and 0 < size < 2**31) for size in stored):
        raise ForeignFileError(
            f"The model's input: expected a shape such as [null, 28, 28], received {spelled(stored)}."
        )
    found.input_shape = tuple(stored[1:])
    found.is_batch_fixed = stored[0] is not None


def _kind(stored: Mapping[str, Any], is_chain: bool) -> str:
    """The class name by which the weights file counts a layer; empty for the input of a chain, which it leaves out."""
    kind = stored.get("class_name")
    return kind[:200] if isinstance(kind, str) and not (is_chain and kind == "InputLayer") else ""
