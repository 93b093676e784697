"""Networks on points of the plane, as the page Playground offers them: its settings as a run's spec, and back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from playground import catalog
from playground.specs.args import Args
from playground.specs.facts import Facts
from playground.specs.run_spec import (
    DatasetSpec,
    LayerSpec,
    LossSpec,
    MetricSpec,
    ModelSpec,
    OptimizerSpec,
    RunSpec,
    SplitSpec,
    StepSpec,
    TrainSpec,
)

GROUP = "2-D points"
"""Of the catalogue's datasets, the group that those of the page are in."""
MAX_LAYERS, MAX_UNITS = 6, 8
EPOCHS = 100_000
"""As good as without end; somebody stops it."""
_STEP = catalog.entry("steps", "plane_features")
assert _STEP is not None
_FLAGS = tuple(param for param in _STEP.params if param.kind == "flag")
FEATURES = tuple(param.name for param in _FLAGS)
"""What the network can be given of a point, by the arguments of the step ``plane_features``."""
FREQUENCY: float = next(param.default for param in _STEP.params if param.name == "frequency")
NONE = "none"
REGULARISATIONS: Mapping[str, str] = {"L1": "l1", "L2": "l2"}
"""Keras's regularizers of one strength, and what they call it."""
_XY = ("x", "y")
_HEADS: Mapping[str, tuple[str, str]] = {
    "binary": ("sigmoid", "BinaryCrossentropy"),
    "multiclass": ("softmax", "SparseCategoricalCrossentropy"),
    "regression": ("linear", "MeanSquaredError"),
}
"""By task, the output's activation and the loss."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden layer: how many neurons, and their activation."""

    units: int
    activation: str


@dataclass(frozen=True, slots=True)
class Plane:
    """What somebody has set on the page.

    Attributes:
        source: a dataset of two numbers a point.
        options: its options, as far as they are not left at what the catalogue says.
        train: the share of points that is trained on; the others validate.
        seed: of points, weights and order.
        features: names out of :data:`FEATURES`, in their order.
        layers: the hidden ones.
        optimizer, learning_rate, batch_size: as in any run.
        regularisation: a key of :data:`REGULARISATIONS`, or ``"none"``.
        rate: its strength.
        dropout: the share of each hidden layer's values that is dropped in training.
    """

    source: str = "circles"
    options: Args = field(default_factory=Args)
    train: float = 0.5
    seed: int = 0
    features: tuple[str, ...] = _XY
    layers: tuple[Hidden, ...] = field(default=(Hidden(4, "tanh"), Hidden(2, "tanh")))
    optimizer: str = "SGD"
    learning_rate: float = 0.03
    batch_size: int = 10
    regularisation: str = NONE
    rate: float = 0.0
    dropout: float = 0.0


def dataset_of(plane: Plane) -> DatasetSpec:
    """The points, their features, and which of them are trained on."""
    chosen = {name: name in plane.features for name in FEATURES}
    steps = () if plane.features == _XY else (StepSpec(kind="plane_features", args=Args(chosen)),)
    aside = Args({"validation": round(1 - plane.train, 6), "test": 0.0, "stratify": True})
    return DatasetSpec(source=plane.source, options=plane.options, steps=steps, split=SplitSpec(args=aside))


def spec_of(plane: Plane, facts: Facts, name: str = "", epochs: int = EPOCHS) -> RunSpec:
    """The run that ``plane`` stands for.

    Args:
        plane: the settings.
        facts: of :func:`dataset_of` it.
        name: what the run is called.
        epochs: how long it trains at most.
    """
    activation, loss = _HEADS[facts.task]
    penalty = _penalty(plane)
    layers: list[LayerSpec] = []
    for number, hidden in enumerate(plane.layers, 1):
        args = {"units": hidden.units, "activation": hidden.activation, **penalty}
        layers.append(LayerSpec(kind="Dense", name=f"hidden_{number}", args=Args(args)))
        if plane.dropout:
            layers.append(LayerSpec(kind="Dropout", name=f"dropout_{number}", args=Args({"rate": plane.dropout})))
    units = len(facts.classes) if facts.task == "multiclass" else 1
    output = Args({"units": units, "activation": activation, **penalty})
    layers.append(LayerSpec(kind="Dense", name="output", args=output))
    return RunSpec(
        name=name,
        seed=plane.seed,
        dataset=dataset_of(plane),
        model=ModelSpec(layers=tuple(layers)),
        training=TrainSpec(
            optimizer=OptimizerSpec(kind=plane.optimizer, args=Args({"learning_rate": plane.learning_rate})),
            loss=LossSpec(kind=loss),
            metrics=() if facts.task == "regression" else (MetricSpec(kind="accuracy"),),
            epochs=epochs,
            batch_size=plane.batch_size,
        ),
    )


def plane_of(spec: RunSpec, facts: Facts) -> Plane | None:
    """The settings that ``spec`` is the run of; ``None`` where the page has no such settings.

    Args:
        spec: any run's.
        facts: of its dataset.
    """
    if facts.task not in _HEADS or not spec.model.layers or not is_plane(spec):
        return None
    found = Plane(
        source=spec.dataset.source,
        options=spec.dataset.options,
        train=round(1 - float(spec.dataset.split.args.get("validation", 0.0)), 6),
        seed=spec.seed,
        features=features_of(spec.dataset),
        layers=tuple(_hidden(spec.model)),
        optimizer=spec.training.optimizer.kind,
        learning_rate=_number(spec.training.optimizer.args.get("learning_rate")),
        batch_size=spec.training.batch_size,
        dropout=next((_number(each.args.get("rate")) for each in spec.model.layers if each.kind == "Dropout"), 0.0),
    )
    regularizer = spec.model.layers[-1].args.get("kernel_regularizer")
    if isinstance(regularizer, Mapping) and regularizer.get("kind") in REGULARISATIONS:
        kind = str(regularizer["kind"])
        rate = _number((regularizer.get("args") or {}).get(REGULARISATIONS[kind]))
        found = replace(found, regularisation=kind, rate=rate)
    made = spec_of(found, facts, spec.name, spec.training.epochs)
    return found if made.digest == spec.digest else None


def is_plane(spec: RunSpec) -> bool:
    """Whether ``spec`` is a stack of dense layers on points of the plane or on features made of them.

    What has nothing but its features can be drawn: any point of the plane can be given to the network.
    """
    entry = catalog.entry("datasets", spec.dataset.source)
    steps = [step.kind for step in spec.dataset.steps]
    layers = spec.model.layers
    return (
        entry is not None
        and entry.group == GROUP
        and steps in ([], ["plane_features"])
        and not spec.dataset.features
        and spec.dataset.target is None
        and {layer.kind for layer in layers} <= {"Dense", "Dropout"}
        and not any(layer.inputs for layer in layers)
    )


def features_of(dataset: DatasetSpec) -> tuple[str, ...]:
    """The names out of :data:`FEATURES` of what the network is given."""
    args = next((step.args for step in dataset.steps if step.kind == "plane_features"), None)
    if args is None:
        return _XY
    return tuple(param.name for param in _FLAGS if args.get(param.name, param.default))


def _hidden(model: ModelSpec) -> Iterator[Hidden]:
    for layer in model.layers[:-1]:
        if layer.kind == "Dense":
            yield Hidden(int(_number(layer.args.get("units"))), str(layer.args.get("activation")))


def _penalty(plane: Plane) -> dict[str, Any]:
    if plane.regularisation == NONE or not plane.rate:
        return {}
    args = {REGULARISATIONS[plane.regularisation]: plane.rate}
    return {"kernel_regularizer": {"kind": plane.regularisation, "args": args}}


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
