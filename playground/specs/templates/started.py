"""Templates made into specs: a new one, or an old one with other layers."""

import math

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
from playground.specs.templates.table import TEMPLATES
from playground.specs.templates.template import Layers, layer

_LOSSES = {
    "regression": "MeanSquaredError",
    "reconstruction": "MeanSquaredError",
    "binary": "BinaryCrossentropy",
    "multiclass": "SparseCategoricalCrossentropy",
}


def started(dataset: DatasetSpec, facts: Facts, template: str | None = None, seed: int = 0) -> RunSpec:
    """A spec for ``dataset`` with the layers of ``template``, and output layer, loss and metrics that fit its task.

    Without template the model is empty, and the training settings fit.

    Raises:
        KeyError: there is no such template.
    """
    chosen = TEMPLATES[template] if template else None
    layers = chosen.layers(facts) if chosen else []
    if chosen and not chosen.ends:
        layers = [*layers, *_answer(facts)]
    training = TrainSpec(
        optimizer=OptimizerSpec(kind="Adam", args=Args({"learning_rate": 0.001})),
        loss=LossSpec(kind=usual_loss(facts)),
        metrics=usual_metrics(facts),
        epochs=_epochs(facts),
        batch_size=_batch_size(facts),
    )
    model = ModelSpec(layers=tuple(LayerSpec.model_validate(each) for each in layers))
    name = chosen.label if chosen else ""
    spec = RunSpec(name=name, seed=seed, dataset=dataset, model=model, training=training)
    return spec if chosen and chosen.ends else with_usual_head(spec, facts) or spec


def _answer(facts: Facts) -> Layers:
    """The output layer of a model that answers once; a sequence is one long row, brought into its shape."""
    if not facts.is_sequence_answered:
        return [layer("Dense", "output", units=1)]
    end = [layer("Activation", "probabilities", activation="softmax")] if facts.task == "multiclass" else []
    shaped = layer("Reshape", "answer", target_shape=list(facts.answer_shape))
    return [layer("Dense", "output", units=math.prod(facts.answer_shape)), shaped, *end]


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
    return _LOSSES[facts.task]


def usual_metrics(facts: Facts) -> tuple[MetricSpec, ...]:
    """The metrics that go with the task."""
    is_number = facts.task in ("regression", "reconstruction")
    return (MetricSpec(kind="MeanAbsoluteError" if is_number else "accuracy"),)


def _epochs(facts: Facts) -> int:
    """Enough for a small set to learn, few enough for a large one to end soon."""
    n = facts.n_train
    return 5 if n is None or n > 20_000 else 20 if n > 1_000 else 100


def _batch_size(facts: Facts) -> int:
    """The usual one, or a small one where the rows are so few that an epoch would be two or three steps."""
    n = facts.n_train
    return min(8, n) if n and n < 100 else 32
