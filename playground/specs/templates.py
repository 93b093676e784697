"""Whole models to start from, and what fits a task: functions from the facts of a dataset to a spec."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from playground.specs.args import Args
from playground.specs.facts import Facts
from playground.specs.rules.head import with_usual_head
from playground.specs.run_spec import (
    DatasetSpec,
    LayerSpec,
    LossSpec,
    MetricSpec,
    ModelSpec,
    OptimizerSpec,
    RunSpec,
    TrainSpec,
)

_IMAGE_RANKS = (2, 3)


@dataclass(frozen=True, slots=True)
class Template:
    """A model to start from.

    Attributes:
        name: its id.
        label: its name on screen.
        summary: one sentence.
        layers: the layers before the output, from the facts.
        fits: whether it goes with a dataset.
    """

    name: str
    label: str
    summary: str
    layers: Callable[[Facts], list[dict[str, Any]]]
    fits: Callable[[Facts], bool] = lambda facts: True


def _flat(facts: Facts) -> list[dict[str, Any]]:
    return [_layer("Flatten", "flatten")] if len(facts.input_shape) > 1 else []


def _layer(kind: str, name: str, **args: Any) -> dict[str, Any]:
    return {"kind": kind, "name": name, "args": args}


def _mlp(facts: Facts) -> list[dict[str, Any]]:
    units = 64 if math.prod(facts.input_shape) >= 30 else 16
    hidden = [_layer("Dense", f"hidden_{number}", units=units, activation="relu") for number in (1, 2)]
    return [*_flat(facts), *hidden]


def _cnn(facts: Facts) -> list[dict[str, Any]]:
    channel = [] if len(facts.input_shape) == 3 else [_layer("Reshape", "image", target_shape=[*facts.input_shape, 1])]
    return [
        *channel,
        _layer("Conv2D", "conv_1", filters=32, kernel_size=3, padding="same", activation="relu"),
        _layer("MaxPooling2D", "pool_1", pool_size=2),
        _layer("Conv2D", "conv_2", filters=64, kernel_size=3, padding="same", activation="relu"),
        _layer("MaxPooling2D", "pool_2", pool_size=2),
        _layer("Dropout", "dropout_1", rate=0.25),
        _layer("Flatten", "flatten"),
        _layer("Dense", "hidden", units=64, activation="relu"),
        _layer("Dropout", "dropout_2", rate=0.5),
    ]


def _is_image(facts: Facts) -> bool:
    return len(facts.input_shape) in _IMAGE_RANKS and min(facts.input_shape[:2]) >= 4


TEMPLATES: Mapping[str, Template] = {
    each.name: each
    for each in (
        Template(
            "linear",
            "Linear regression",
            "One unit, no activation: a weighted sum.",
            _flat,
            lambda facts: facts.task == "regression",
        ),
        Template(
            "logistic",
            "Logistic regression",
            "One layer that gives probabilities: straight borders between classes.",
            _flat,
            lambda facts: facts.task != "regression",
        ),
        Template("mlp", "MLP", "Two hidden dense layers: the first network to try on any table.", _mlp),
        Template("cnn", "CNN", "Two convolutions with pooling: the first network to try on images.", _cnn, _is_image),
    )
}
"""Templates by name, in teaching order."""


def started(dataset: DatasetSpec, facts: Facts, template: str | None = None, seed: int = 0) -> RunSpec:
    """A spec for ``dataset`` with the layers of ``template``, and output layer, loss and metrics that fit its task.

    Without template the model is empty, and the training settings fit.

    Raises:
        KeyError: there is no such template.
    """
    before = TEMPLATES[template].layers(facts) if template else []
    output = [_layer("Dense", "output", units=1)] if template else []
    model = ModelSpec(layers=tuple(LayerSpec.model_validate(layer) for layer in [*before, *output]))
    training = TrainSpec(
        optimizer=OptimizerSpec(kind="Adam", args=Args({"learning_rate": 0.001})),
        loss=LossSpec(kind=usual_loss(facts)),
        metrics=usual_metrics(facts),
        epochs=_epochs(facts),
    )
    name = TEMPLATES[template].label if template else ""
    spec = RunSpec(name=name, seed=seed, dataset=dataset, model=model, training=training)
    return with_usual_head(spec, facts) or spec


def fitting(facts: Facts) -> list[Template]:
    """The templates that go with a dataset, in teaching order."""
    return [template for template in TEMPLATES.values() if template.fits(facts)]


def applied(spec: RunSpec, facts: Facts, template: str) -> RunSpec:
    """``spec`` with the layers of ``template`` in place of its own, and loss and metrics that fit.

    The data, the rest of the training and a name that somebody gave stay.

    Raises:
        KeyError: there is no such template.
    """
    fresh = started(spec.dataset, facts, template, spec.seed)
    training = spec.training.model_copy(update={"loss": fresh.training.loss, "metrics": fresh.training.metrics})
    name = spec.name or fresh.name
    return spec.model_copy(update={"name": name, "model": fresh.model, "training": training})


def usual_loss(facts: Facts) -> str:
    """The loss that goes with the task."""
    return {
        "regression": "MeanSquaredError",
        "binary": "BinaryCrossentropy",
        "multiclass": "SparseCategoricalCrossentropy",
    }[facts.task]


def usual_metrics(facts: Facts) -> tuple[MetricSpec, ...]:
    """The metrics that go with the task."""
    return (MetricSpec(kind="MeanAbsoluteError" if facts.task == "regression" else "accuracy"),)


def _epochs(facts: Facts) -> int:
    """Enough for a small set to learn, few enough for a large one to end soon."""
    n = facts.n_train
    return 5 if n is None or n > 20_000 else 20 if n > 1_000 else 100
