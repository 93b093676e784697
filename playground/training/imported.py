"""A foreign model as layers of ours, proved by building them, with a list of what cannot come along."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import pydantic

from playground import catalog
from playground.settings import Settings
from playground.specs import Args, LayerSpec, ModelSpec
from playground.training.build import INPUT, BuildError, connect
from playground.training.foreign_args import arguments, differences, refuse_absent
from playground.training.foreign_graph import Found, Graph, graph
from playground.training.keras_file import ForeignFileError, Parts
from playground.training.shapes import LimitError, shapes_only, summarise

_UNKNOWN = 16  # stands for a size that the file leaves open


@dataclass(frozen=True, slots=True)
class Imported:
    """What a foreign file gives.

    Attributes:
        model: its layers, without weights.
        places: where the weights of each layer lie in the file, by the layer's name here.
        input_shape: what it read, without the batch axis; ``None`` where the file does not say.
        misfit: why the layers do not fit the data at hand; empty where they do.
        behind: what does not come along, a sentence each.
    """

    model: ModelSpec
    places: Mapping[str, str]
    input_shape: tuple[int | None, ...] | None
    misfit: str
    behind: tuple[str, ...]


def imported(parts: Parts, input_shape: Sequence[int], input_dtype: str, settings: Settings) -> Imported:
    """The model in ``parts`` as layers that read samples of ``input_shape``.

    Where the file's samples hold as many numbers in another shape, a layer in front brings them into it.

    Raises:
        ForeignFileError: it holds what is not taken in, or builds neither on the data at hand nor on its own input.
    """
    found = graph(parts.config)
    behind: list[str] = []
    own = _own_shape(found, input_shape)
    names = _names(found.layers, behind)
    layers = [_layer(each, number, names) for number, each in enumerate(found.layers, 1)]
    try:
        model = ModelSpec(layers=tuple(layers))
        summarise(model, own, input_dtype, settings)
    except (BuildError, LimitError) as error:
        raise ForeignFileError(f"The model of the file cannot be built: {error}") from error
    model = _without_derived(model, own, input_dtype)
    configurations = _configurations(model, own, input_dtype)
    for name, each in zip(names[1:], found.layers, strict=True):
        found_so = differences(each.config, configurations[name])
        behind.extend(f"Layer {name} ({each.kind}), {words}" for words in found_so)
    fitted = _fitted(model, own, tuple(input_shape), names)
    misfit = ""
    try:
        summarise(fitted, input_shape, input_dtype, settings)
        model = fitted
    except (BuildError, LimitError) as error:
        misfit = str(error)
    places = {name: each.place for name, each in zip(names[1:], found.layers, strict=True)}
    return Imported(model, places, found.input_shape, misfit, (*behind, *_file(parts, found)))


def _layer(found: Found, number: int, names: Sequence[str]) -> LayerSpec:
    where = f"Layer {names[number]}"
    entry = refuse_absent("layers", found.kind, where)
    args = arguments("layers", entry, found.config, f"{where} ({entry.id})")
    args = Args({**args.plain(), **found.called}) if found.called else args
    reads = list(found.reads)
    if entry.reading.roles and len(reads) == 2 and reads[0] == reads[1]:
        reads = reads[:1]
    is_next = reads == [number - 1]
    try:
        return LayerSpec(
            kind=entry.id, name=names[number], args=args, inputs=() if is_next else tuple(names[each] for each in reads)
        )
    except pydantic.ValidationError as error:
        raise ForeignFileError(f"{where} reads {len(reads)} layers, more than any layer can.") from error


def _names(layers: Sequence[Found], behind: list[str]) -> list[str]:
    """A name of ours for every layer, the file's own where it can be; the first is the network's input."""
    names = [INPUT]
    for each in layers:
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", each.name)[:50].strip("_")
        stem = plain if plain[:1].isalpha() else f"layer_{plain}".rstrip("_")
        name = next(free for n in range(len(layers) + 2) if (free := f"{stem}_{n}" if n else stem) not in names)
        if name != each.name:
            behind.append(f"The name {each.name[:60]!r}: that layer is called {name} here")
        names.append(name)
    return names


def _own_shape(found: Graph, at_hand: Sequence[int]) -> tuple[int, ...]:
    """The shape of the file's samples; sizes that it leaves open are those of the data at hand."""
    if found.input_shape is None:
        return tuple(at_hand)
    is_alike = len(found.input_shape) == len(at_hand)
    rest = at_hand if is_alike else [_UNKNOWN] * len(found.input_shape)
    return tuple(size or other for size, other in zip(found.input_shape, rest, strict=True))


def _fitted(model: ModelSpec, own: tuple[int, ...], at_hand: tuple[int, ...], names: Sequence[str]) -> ModelSpec:
    """``model`` behind a layer that brings samples of as many numbers into the shape that it reads."""
    if own == at_hand or math.prod(own) != math.prod(at_hand):
        return model
    kind, args = ("Flatten", Args()) if len(own) == 1 else ("Reshape", Args({"target_shape": own}))
    stem = kind.lower()
    name = next(free for n in range(len(names) + 1) if (free := f"{stem}_{n}" if n else stem) not in names)
    layers = [
        layer.model_copy(update={"inputs": tuple(name if each == INPUT else each for each in layer.inputs)})
        for layer in model.layers
    ]
    return ModelSpec(layers=(LayerSpec(kind=kind, name=name, args=args), *layers))


def _without_derived(model: ModelSpec, input_shape: Sequence[int], input_dtype: str) -> ModelSpec:
    """``model`` without arguments that Keras itself works out to the same value where nobody gives them."""
    lean = []
    for layer in model.layers:
        entry = catalog.entry("layers", layer.kind)
        open_ones = [p.name for p in entry.params if p.default is None and not p.required] if entry else []
        lean.append(layer.model_copy(update={"args": layer.args.without(*open_ones)}))
    if lean == list(model.layers):
        return model
    try:
        before = _configurations(model, input_shape, input_dtype)
        after = _configurations(ModelSpec(layers=tuple(lean)), input_shape, input_dtype)
    except BuildError:
        return model  # one of them decides whether the layers fit: all stay
    layers = []
    for layer, short in zip(model.layers, lean, strict=True):
        old, new = before[layer.name], after[layer.name]
        needed = {name: value for name, value in layer.args.items() if old.get(name) != new.get(name)}
        layers.append(layer.model_copy(update={"args": short.args.replace(**needed)}))
    return ModelSpec(layers=tuple(layers))


def _configurations(model: ModelSpec, input_shape: Sequence[int], input_dtype: str) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}

    def seen(layer: LayerSpec, built: keras.Layer, read: list[Any], output: Any) -> None:
        made[layer.name] = json.loads(json.dumps(keras.saving.serialize_keras_object(built)["config"]))

    with shapes_only():
        connect(model, keras.Input(tuple(input_shape), dtype=input_dtype, name=INPUT), seen)
    return made


def _file(parts: Parts, found: Graph) -> list[str]:
    """What no file brings along."""
    behind = []
    if parts.config.get("compile_config"):
        behind.append("Optimizer, loss and metrics: those of the draft stay. The optimizer's state is not kept")
    if parts.weights is None:
        behind.append("Weights: JSON has none, so training starts from fresh ones")
    if found.is_batch_fixed:
        behind.append("The fixed batch size: here it is a setting of the training")
    if parts.has_assets:
        behind.append("Files beside the weights (assets)")
    return behind
