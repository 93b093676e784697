"""The end of a network: its units and activation, and the usual end for a task."""

import math
from dataclasses import dataclass

from playground import catalog
from playground.specs.args import Args
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.labels import LABEL_LOSSES
from playground.specs.rules.chosen import is_object, layer_place
from playground.specs.run_spec import LayerSpec, RunSpec

PROBABILITIES = frozenset({"hard_sigmoid", "sigmoid", "softmax", "sparse_sigmoid", "sparsemax"})
"""Activations whose values are probabilities."""

SHARES = frozenset({"softmax", "sparsemax"})
"""Activations whose values add up to one."""

_ANSWERS = {"binary": PROBABILITIES | {"linear", "tanh"}, "multiclass": PROBABILITIES | {"linear"}}
"""Activations whose values can stand for classes, as probabilities, logits or, for a hinge, -1 and 1, by task."""

TASK_WORDS = {
    "binary": "two classes",
    "multiclass": "several classes",
    "regression": "numbers",
    "reconstruction": "the input itself",
}
"""What is to be told apart or predicted, by task."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a network ends in.

    Attributes:
        units: size of the last axis of its output.
        activation: Keras's name of the activation; ``linear`` for none.
        units_place, activation_place: where they are set, as users know it.
        units_path, activation_path: the same for :func:`playground.specs.edit.with_value`, layers by position.
    """

    units: int
    activation: str
    units_place: str
    activation_place: str
    units_path: str
    activation_path: str

    @property
    def in_words(self) -> str:
        """ "10 units with softmax"."""
        with_what = "without activation" if self.activation == "linear" else f"with {self.activation}"
        return f"{self.units:,} {'unit' if self.units == 1 else 'units'} {with_what}"


def head(spec: RunSpec) -> Head | None:
    """What the model of ``spec`` ends in, or ``None`` where its layers do not say.

    That is a layer with units, or one with units and no activation and then an activation as a layer of its own; a
    layer that is applied to every step counts as the layer itself.
    """
    layers = spec.model.layers
    if not layers:
        return None
    last, number = layers[-1], len(layers) - 1
    own = applied(last)
    place, path = _where(last, number)
    activation, activation_place, activation_path = activation_of(own), f"{place}.activation", f"{path}.activation"
    if "units" not in own.args and activation is not None and number and _reads_the_one_before(spec):
        if last.kind != "Activation":
            return None
        last, number = layers[-2], number - 1
        own = applied(last)
        place, path = _where(last, number)
        if activation_of(own) != "linear":
            return None
    units = own.args.get("units")
    if activation is None or not isinstance(units, int) or units < 1 or own.args.get("return_sequences"):
        return None
    return Head(units, activation, f"{place}.units", activation_place, f"{path}.units", activation_path)


def applied(layer: LayerSpec) -> LayerSpec:
    """The layer that ``layer`` applies to every step of a sequence, under the same name; any other is itself."""
    inner = layer.args.get("layer")
    outside = catalog.entry("layers", layer.kind)
    if outside is None or outside.param("merge_mode") is not None or not is_object(inner):
        return layer
    inside = catalog.entry("layers", inner["kind"])
    if inside is None or inside.param("return_sequences") is not None:
        return layer
    return LayerSpec(kind=inside.id, name=layer.name, args=inner.get("args", Args()), inputs=layer.inputs)


def _where(layer: LayerSpec, number: int) -> tuple[str, str]:
    """Place and path of the arguments of a layer, or of the one that it applies to every step."""
    inside = applied(layer) is not layer
    place, path = layer_place(layer), f"model.layers.{number}.args"
    return (f"{place}.layer", f"{path}.layer.args") if inside else (place, path)


def activation_of(layer: LayerSpec) -> str | None:
    """Keras's name of a layer's activation, ``linear`` for none; ``None`` if it cannot have one or none is known."""
    entry = catalog.entry("layers", layer.kind)
    param = entry.param("activation") if entry else None
    if param is None:
        return None
    name = layer.args.get("activation", param.default)
    if name is None:
        return "linear"
    if is_object(name):
        name = name["kind"]
    found = catalog.entry("activations", name) if isinstance(name, str) else None
    return found.id if found else None


def loss_entry(spec: RunSpec) -> catalog.Entry | None:
    """The loss as the catalogue knows it."""
    return catalog.entry("losses", spec.training.loss.kind)


def n_classes(facts: Facts) -> int:
    """How many classes there are: 2 for a binary task, 0 for others or where it is not known."""
    return 2 if facts.task == "binary" else len(facts.classes)


def output_at(spec: RunSpec, facts: Facts | None = None) -> int | None:
    """The number of the first of the layers that make the output; ``None`` where the model does not end in such.

    That is what :func:`head` finds; for an input that is to be rebuilt also a convolution, or either of them brought
    into the input's shape, as for a sequence of numbers. With ``facts`` it must answer their task.
    """
    if facts is not None and facts.task == "reconstruction":
        return _rebuilding_at(spec, facts)
    end = head(spec)
    if end is None and facts is not None and facts.task == "regression" and facts.is_sequence_answered:
        return _rebuilding_at(spec, facts)
    if end is None or (facts is not None and not _answers(end, spec, facts)):
        return None
    return int(end.units_path.split(".")[2])


def wanted_units(spec: RunSpec, facts: Facts) -> int:
    """How many output units the loss can compare with the targets, of a sequence at every step; 0 where unknown."""
    by_class = facts.task == "multiclass" or (facts.task == "binary" and spec.training.loss.kind in LABEL_LOSSES)
    if by_class:
        return n_classes(facts)
    return math.prod(facts.target_shape) if facts.task == "reconstruction" else facts.answer_shape[-1]


def _answers(end: Head, spec: RunSpec, facts: Facts) -> bool:
    """Whether ``end`` can answer the task, or is meant to; a number may have any activation, as some losses ask for."""
    wanted = wanted_units(spec, facts)
    fitting = _ANSWERS.get(facts.task, {end.activation})
    return not wanted or end.activation in SHARES or (end.units == wanted and end.activation in fitting)


def _rebuilding_at(spec: RunSpec, facts: Facts) -> int | None:
    layers, number = spec.model.layers, len(spec.model.layers) - 1
    wanted = facts.target_shape
    channels = {wanted[-1]} if wanted else {1}
    if number > 0 and layers[number].args.get("target_shape") == wanted and _reads_the_one_before(spec):
        number, channels = number - 1, channels | {1}
    if number < 0:
        return None
    args = layers[number].args
    is_whole = args.get("units") == math.prod(wanted) or args.get("filters") in channels
    return number if is_whole else None


def with_usual_head(spec: RunSpec, facts: Facts) -> RunSpec | None:
    """``spec`` with the units, the activation and the loss that are usual for the task; ``None`` if nobody can say.

    A sigmoid of one unit and binary cross entropy for two classes; a softmax with a unit a class and cross entropy
    (Goodfellow, Bengio and Courville 2016, section 6.2.2) for more; a plain unit a number and squared error otherwise.
    """
    end = head(spec)
    usual = _usual_end(facts)
    if end is None or usual is None:
        return None
    units, activation, loss = usual
    fixed = with_value(with_value(spec, end.units_path, units), end.activation_path, activation)
    return with_value(fixed, "training.loss", {"kind": loss})


def _usual_end(facts: Facts) -> tuple[int, str, str] | None:
    """Units, activation and loss; ``None`` where nobody can say how many classes there are."""
    match facts.task:
        case "reconstruction":
            return math.prod(facts.target_shape), "linear", "MeanSquaredError"
        case "regression":
            return facts.answer_shape[-1], "linear", "MeanSquaredError"
        case "binary":
            return 1, "sigmoid", "BinaryCrossentropy"
        case "multiclass":
            return (len(facts.classes), "softmax", "SparseCategoricalCrossentropy") if facts.classes else None


def _reads_the_one_before(spec: RunSpec) -> bool:
    return spec.model.layers[-1].inputs in ((), (spec.model.layers[-2].name,))
