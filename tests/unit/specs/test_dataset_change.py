"""Another dataset for a draft: what stays, what follows the task."""

import pytest

from playground import catalog, data
from playground.specs import DatasetSpec, StepSpec
from playground.specs.dataset_change import changed, is_finished
from playground.specs.edit import with_value
from playground.specs.first_dataset import first_dataset
from playground.specs.problems import problems
from playground.specs.templates import started

IRIS = DatasetSpec(source="iris", steps=(StepSpec(kind="standardise"),))
XOR = DatasetSpec(source="xor")
DIABETES = DatasetSpec(source="diabetes")


def started_with(dataset: DatasetSpec, template: str):
    return started(dataset, data.outline(dataset), template)


@pytest.mark.parametrize("source", [entry.id for entry in catalog.entries("datasets")])
def test_layers_are_kept_and_the_end_fits_every_other_dataset(source):
    spec = started_with(IRIS, "mlp")
    dataset = first_dataset(source)
    facts = data.outline(dataset)
    proposal = changed(spec, dataset, facts)
    assert proposal.spec.dataset == dataset
    assert [layer.name for layer in proposal.spec.model.layers] == [layer.name for layer in spec.model.layers]
    assert [problem.reason for problem in problems(proposal.spec, facts) if problem.is_blocking] == []
    assert proposal.loss == proposal.spec.training.loss.kind
    several = facts.target_shape[-1] if facts.target_shape else 1
    assert proposal.units == (len(facts.classes) if facts.task == "multiclass" else several)


def test_words_of_a_proposal():
    proposal = changed(started_with(IRIS, "mlp"), DIABETES, data.outline(DIABETES))
    assert (proposal.task, proposal.units, proposal.activation) == ("numbers", 1, "linear")
    assert (proposal.loss, proposal.metrics) == ("MeanSquaredError", ("MeanAbsoluteError",))


def test_everything_may_be_kept_although_it_does_not_fit():
    spec = started_with(IRIS, "mlp")
    facts = data.outline(DIABETES)
    kept = changed(spec, DIABETES, facts, "all").spec
    assert kept == spec.model_copy(update={"dataset": DIABETES})
    assert any(problem.is_blocking for problem in problems(kept, facts)), "three units with softmax for a number"


def test_nothing_may_be_kept_but_name_and_seed():
    spec = with_value(with_value(started_with(IRIS, "mlp"), "name", "Mine"), "seed", 5)
    fresh = changed(spec, XOR, data.outline(XOR), "nothing").spec
    assert (fresh.name, fresh.seed, fresh.model.layers) == ("Mine", 5, ())
    assert fresh.training.loss.kind == "BinaryCrossentropy"


def test_a_draft_with_layers_is_finished_enough_to_ask():
    facts = data.outline(IRIS)
    assert not is_finished(started(IRIS, facts))
    assert is_finished(started(IRIS, facts, "logistic"))


def test_a_model_without_output_layer_keeps_its_layers_and_gets_a_loss():
    layers = [{"kind": "Dropout", "name": "d", "args": {"rate": 0.5}}]
    spec = with_value(started_with(IRIS, "mlp"), "model.layers", layers)
    found = changed(spec, DIABETES, data.outline(DIABETES)).spec
    assert found.model == spec.model
    assert found.training.loss.kind == "MeanSquaredError"
