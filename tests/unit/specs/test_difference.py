"""What differs between two specs, in the words of one line."""

import pytest

from playground import recipes
from playground.specs.difference import Difference, differences
from playground.specs.edit import with_value
from playground.specs.stack import added, moved, removed, switched

SPEC = recipes.recipe("digits-mlp").spec
HIDDEN = SPEC.model.layers[1].name


def changes(path, value):
    return differences(SPEC, with_value(SPEC, path, value))


def test_specs_that_mean_the_same_do_not_differ():
    assert differences(SPEC, SPEC.model_copy(update={"name": "Another name"})) == ()


@pytest.mark.parametrize(
    ("path", "value", "before", "after"),
    [
        ("training.optimizer.args.learning_rate", 0.01, "0.001", "0.01"),
        ("training.epochs", 7, "20", "7"),
        ("training.batch_size", 64, "32", "64"),
        ("seed", 8, "7", "8"),
        (f"model.layers.{HIDDEN}.units", 16, "64", "16"),
        (f"model.layers.{HIDDEN}.activation", "tanh", "relu", "tanh"),
        (f"model.layers.{HIDDEN}.use_bias", False, "on", "off"),
        ("training.optimizer.args.amsgrad", True, "off", "on"),
        ("training.loss.args.from_logits", True, "off", "on"),
        ("dataset.split.args.validation", 0.2, "0.15", "0.2"),
    ],
)
def test_one_value_is_named_with_both_of_its_values(path, value, before, after):
    (found,) = changes(path, value)
    assert (found.before, found.after) == (before, after)
    assert found.path.endswith(path.split(".")[-1])


def test_a_default_that_is_spelled_out_is_no_difference():
    assert changes("training.optimizer.args.beta_1", 0.9) == ()


def test_another_optimizer_is_named_with_what_both_know():
    sgd = with_value(with_value(SPEC, "training.optimizer", "SGD"), "training.optimizer.args.learning_rate", 0.1)
    assert differences(SPEC, sgd) == (
        Difference("training.optimizer", "Adam", "SGD"),
        Difference("training.optimizer.learning_rate", "0.001", "0.1"),
    )


def test_a_schedule_is_named_with_its_arguments():
    schedule = {"kind": "ExponentialDecay", "args": {"decay_rate": 0.9, "decay_steps": 100}}
    (found,) = changes("training.optimizer.args.learning_rate", schedule)
    assert found.after == "ExponentialDecay(decay_rate 0.9, decay_steps 100)"


def test_layers_that_came_or_went_are_named_by_name():
    more = added(SPEC, "Dropout", 2)
    assert differences(SPEC, more) == (Difference("model.layers.dropout", "", "Dropout"),)
    assert differences(more, SPEC) == (Difference("model.layers.dropout", "Dropout", ""),)
    assert differences(SPEC, more)[0].name == "dropout"


def test_a_layer_that_rests_is_one_that_is_not_there():
    (found,) = differences(SPEC, switched(SPEC, HIDDEN))
    assert (found.name, found.before, found.after) == (HIDDEN, "Dense", "")


def test_another_order_is_one_difference():
    (found,) = differences(SPEC, moved(SPEC, HIDDEN, -1))
    assert found.path == "model.layers"
    assert found.before != found.after


def test_a_layer_that_others_read_by_name():
    spec = with_value(SPEC, f"model.layers.{SPEC.model.layers[-1].name}.inputs", [HIDDEN])
    (found,) = differences(SPEC, spec)
    assert (found.before, found.after) == ("nothing", HIDDEN)


def test_metrics_and_callbacks_are_there_or_not():
    more = with_value(SPEC, "training.callbacks", [{"kind": "EarlyStopping", "args": {"patience": 3}}])
    (found,) = differences(SPEC, more)
    assert (found.before, found.after) == ("", "EarlyStopping")
    patient = with_value(more, "training.callbacks.EarlyStopping.args.patience", 9)
    assert differences(more, patient) == (Difference("training.callbacks.EarlyStopping.patience", "3", "9"),)
    metrics = with_value(SPEC, "training.metrics", [{"kind": "SparseCategoricalAccuracy", "args": {}}])
    assert {(found.before, found.after) for found in differences(SPEC, metrics)} == {
        ("Accuracy", ""),
        ("", "SparseCategoricalAccuracy"),
    }


def test_another_dataset_says_nothing_of_options_that_only_one_has():
    other = recipes.recipe("spiral").spec.dataset
    found = differences(SPEC, SPEC.model_copy(update={"dataset": other}))
    assert found[0] == Difference("dataset", "digits", "spirals")
    assert not any(each.path.startswith("dataset.options") for each in found)


def test_a_removed_layer_is_the_only_difference_where_nothing_read_it():
    assert [each.name for each in differences(SPEC, removed(SPEC, HIDDEN))] == [HIDDEN]
