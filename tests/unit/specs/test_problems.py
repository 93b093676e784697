"""Each rule finds its problem, says it in one sentence, mends it where it can, and is silent without its facts."""

from collections.abc import Mapping
from typing import Any

import pytest

from playground import recipes
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.problems import RULES, SHAPE_RULES, Problem, problems
from playground.specs.rule_table import PATH, rule_table

DIGITS = recipes.recipe("digits-mlp").spec
SPIRAL = recipes.recipe("spiral").spec
MULTICLASS = Facts(task="multiclass", input_shape=(8, 8), classes=tuple("0123456789"), n_validation=100)
BINARY = Facts(task="binary", input_shape=(2,), classes=("a", "b"))
REGRESSION = Facts(task="regression", input_shape=(2,))
NUMBER = {
    "model.layers.output.units": 1,
    "model.layers.output.activation": None,
    "training.loss": {"kind": "MeanSquaredError"},
    "training.metrics": [],
}


def changed(spec: RunSpec, changes: Mapping[str, Any]) -> RunSpec:
    for path, value in changes.items():
        spec = with_value(spec, path, value)
    return spec


def of_rule(rule: str, spec: RunSpec, facts: Facts | None = None, settings: Settings | None = None) -> list[Problem]:
    return [problem for problem in problems(spec, facts, settings) if problem.rule == rule]


@pytest.mark.parametrize("name", recipes.names())
def test_nothing_that_needs_no_facts_keeps_a_recipe_from_training(name):
    assert [problem for problem in problems(recipes.recipe(name).spec, None, Settings()) if problem.is_blocking] == []


def test_the_usual_network_of_each_task_has_no_problems():
    assert problems(DIGITS, MULTICLASS, Settings()) == ()
    assert problems(SPIRAL, BINARY, Settings()) == ()
    assert problems(changed(SPIRAL, NUMBER), REGRESSION, Settings()) == ()


WRONG_KINDS = [
    ("dataset.source", "digit", "dataset.source", "digits"),
    ("dataset.split.kind", "holdut", "dataset.split.kind", "holdout"),
    ("dataset.steps.0.kind", "scael", "dataset.steps.0.kind", "scale"),
    ("model.layers.hidden.kind", "Denze", "model.layers.hidden.kind", "Dense"),
    ("model.layers.hidden.activation", "relo", "model.layers.hidden.activation", "relu"),
    ("model.layers.hidden.kernel_initializer", "HeNormla", "model.layers.hidden.kernel_initializer", "HeNormal"),
    (
        "model.layers.hidden.kernel_constraint",
        {"kind": "MaxNom", "args": {}},
        "model.layers.hidden.kernel_constraint.kind",
        "MaxNorm",
    ),
    ("training.optimizer.kind", "Adamm", "training.optimizer.kind", "Adam"),
    ("learning_rate", {"kind": "CosinDecay"}, "training.optimizer.learning_rate.kind", "CosineDecay"),
    ("training.loss.kind", "MeanSqueredError", "training.loss.kind", "MeanSquaredError"),
    ("training.metrics.0.kind", "acuracy", "training.metrics.0.kind", "accuracy"),
    ("training.callbacks", [{"kind": "EarlyStoping"}], "training.callbacks.0.kind", "EarlyStopping"),
]


@pytest.mark.parametrize(("path", "value", "place", "nearest"), WRONG_KINDS)
def test_an_unknown_kind_is_named_with_the_nearest_one(path, value, place, nearest):
    (problem,) = of_rule("unknown-kind", with_value(DIGITS, path, value))
    assert problem.place == place
    assert problem.is_blocking
    assert problem.reason.startswith(f"{place}: there is no ")
    assert f"did you mean {nearest}" in problem.reason
    assert problem.fix is not None
    assert of_rule("unknown-kind", problem.fix) == []


def test_an_unknown_kind_like_no_other_lists_what_there_is():
    (problem,) = problems(with_value(DIGITS, "optimizer", "qqq"))
    assert "expected one of SGD, Adam, RMSprop" in problem.reason
    assert problem.fix is None


def test_a_kind_that_is_left_out_says_why():
    (problem,) = of_rule("unknown-kind", with_value(DIGITS, "model.layers.hidden.kind", "Lambda"))
    assert "is not on offer: runs code from outside" in problem.reason


def test_keras_s_other_names_are_known():
    assert problems(with_value(DIGITS, "model.layers.hidden.kernel_initializer", "he_normal")) == ()


@pytest.mark.parametrize(
    ("path", "args", "place", "fixed"),
    [
        ("model.layers.hidden.args", {"units": 3, "activaton": "relu"}, "model.layers.hidden.activaton", "activation"),
        ("training.loss.args", {"from_logit": False}, "training.loss.from_logit", "from_logits"),
        ("dataset.options", {"noise": 1.0}, "dataset.noise", None),
        (
            "model.layers.hidden.kernel_constraint",
            {"kind": "MaxNorm", "args": {"maxvalue": 2.0}},
            "model.layers.hidden.kernel_constraint.maxvalue",
            "max_value",
        ),
    ],
)
def test_an_unknown_argument_is_renamed_or_dropped(path, args, place, fixed):
    (problem,) = problems(with_value(DIGITS, path, args))
    assert (problem.rule, problem.place, problem.is_blocking) == ("unknown-argument", place, True)
    assert ("did you mean" in problem.reason) == (fixed is not None)
    assert problem.fix is not None
    assert problems(problem.fix) == ()
    assert (f'"{fixed}"' in problem.fix.to_json()) == (fixed is not None)


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("training.metrics", [{"kind": "F1Score"}], "training.metrics.0.average"),
        ("model.layers.hidden.args", {}, "model.layers.hidden.units"),
        ("dataset.steps.0.args", {}, "dataset.steps.0.maximum"),
        ("learning_rate", {"kind": "CosineDecay", "args": {"decay_steps": 1}}, "initial_learning_rate"),
        ("model.layers.0", {"kind": "Bidirectional", "name": "b", "args": {"layer": {"kind": "GRU"}}}, "b.layer.units"),
    ],
)
def test_a_missing_argument_is_named(path, value, place):
    (problem,) = problems(with_value(DIGITS, path, value))
    assert (problem.rule, problem.is_blocking) == ("missing-argument", True)
    assert problem.place.endswith(place)
    assert "received nothing" in problem.reason
    assert problem.fix is not None
    assert [one.rule for one in problems(problem.fix) if one.is_blocking] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("dataset", {"source": "table"}),
        ("model.layers.0", {"kind": "Bidirectional", "name": "b", "args": {"layer": "GRU"}}),
    ],
)
def test_a_missing_argument_has_no_fix_where_nothing_is_usual_or_there_is_no_room_for_it(path, value):
    missing = [each for each in problems(with_value(DIGITS, path, value)) if each.rule == "missing-argument"]
    assert [problem.fix for problem in missing] == [None]


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (
            "model.layers.hidden.units",
            0,
            "model.layers.hidden.units: expected a whole number of at least 1, received 0",
        ),
        ("model.layers.hidden.units", 2.5, "expected a whole number of at least 1, received 2.5"),
        ("model.layers.hidden.units", "many", 'received "many"'),
        ("model.layers.hidden.units", True, "received true"),
        ("model.layers.hidden.units", None, "received nothing"),
        ("model.layers.hidden.units", 10**400, "…"),
        ("model.layers.hidden.use_bias", 1, "expected true or false, received 1"),
        ("model.layers.hidden.kernel_regularizer", {"king": "L2"}, 'received {"king": "L2"}'),
        ("model.layers.hidden.kernel_regularizer", 3, "expected one of the regularizers or nothing, received 3"),
        ("learning_rate", -1, "training.optimizer.learning_rate: expected a number above 0, or one of the schedules"),
        ("learning_rate", 0.0, "received 0.0"),
        ("learning_rate", "fast", 'received "fast"'),
        ("learning_rate", float("nan"), 'received "NaN"'),
        ("learning_rate", float("inf"), 'received "Infinity"'),
        ("learning_rate", 10**400, "…"),
        ("optimizer.beta_1", 1.0, "expected a number between 0 and"),
        ("dataset.split.test", 1.5, "dataset.split.test: expected a number between 0 and 0.9, received 1.5"),
        ("dataset.steps.scale.maximum", 0, "dataset.steps.0.maximum: expected a number above 0, received 0.0"),
    ],
)
def test_a_value_of_the_wrong_type_or_outside_its_bounds_is_named(path, value, reason):
    (problem,) = of_rule("wrong-value", with_value(DIGITS, path, value))
    assert problem.is_blocking
    assert reason in problem.reason
    assert len(problem.reason) < 300
    assert problem.fix is None or of_rule("wrong-value", problem.fix) == []


def test_huge_whole_numbers_are_for_the_limits_of_the_model_not_for_these_rules():
    assert problems(with_value(DIGITS, "model.layers.hidden.units", 10**12), None, Settings()) == ()


def test_a_model_needs_layers():
    (problem,) = problems(with_value(DIGITS, "model.layers", []), MULTICLASS)
    assert (problem.rule, problem.place, problem.is_blocking) == ("no-layers", "model.layers", True)


@pytest.mark.parametrize(("name", "free"), [("output", "output_2"), ("input", "input_2"), ("a" * 60, None)])
def test_names_are_unique_and_input_is_the_network_s(name, free):
    spec = with_value(with_value(DIGITS, "model.layers.0.name", "a" * 60), "model.layers.1.name", name)
    (problem,) = of_rule("double-name", spec)
    assert problem.is_blocking
    assert free is None or f"{free} is free" in problem.reason
    assert problem.fix is not None
    assert of_rule("double-name", problem.fix) == []


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        (["output"], "a later layer"),
        (["hidden"], "itself"),
        (["flattn"], "no layer; did you mean flatten?"),
        (["input", "Flatten"], "no layer; did you mean flatten?"),
    ],
)
def test_layers_read_earlier_layers_only(inputs, words):
    (problem,) = of_rule("wrong-input", with_value(DIGITS, "model.layers.hidden.inputs", inputs))
    assert (problem.place, problem.is_blocking) == ("model.layers.hidden.inputs", True)
    assert words in problem.reason
    assert problem.fix is not None
    assert of_rule("wrong-input", problem.fix) == []


def test_a_layer_that_nobody_reads_is_pointed_out():
    (problem,) = problems(with_value(DIGITS, "model.layers.output.inputs", ["flatten"]))
    assert (problem.rule, problem.place, problem.is_blocking) == ("unread-layer", "model.layers.hidden", False)
    assert problem.fix is not None
    assert [layer.name for layer in problem.fix.model.layers] == ["flatten", "output"]


def test_a_layer_that_nobody_reads_joins_where_there_is_a_join():
    join = {"kind": "Concatenate", "name": "join", "inputs": ["input", "flatten"]}
    layers = [layer.model_dump() for layer in DIGITS.model.layers]
    spec = with_value(DIGITS, "model.layers", [*layers[:2], join, *layers[2:]])
    (problem,) = of_rule("unread-layer", spec)
    assert "have join join it" in problem.reason
    assert problem.fix is not None
    assert problem.fix.model.layers[2].inputs == ("input", "flatten", "hidden")


@pytest.mark.parametrize("name", ["epochs", "batch_size"])
def test_a_limit_is_named_with_the_setting_that_changes_it(name):
    settings = Settings(max_epochs=100, max_batch_size=100)
    spec = with_value(DIGITS, name, 10**30)
    (problem,) = problems(spec, None, settings)
    assert (problem.rule, problem.place, problem.is_blocking) == ("over-limit", f"training.{name}", True)
    assert f"expected at most 100 (PLAYGROUND_MAX_{name.upper()} sets" in problem.reason
    assert problem.fix == with_value(DIGITS, name, 100)
    assert problems(spec) == ()


@pytest.mark.parametrize(
    ("spec", "facts", "changes", "is_blocking", "words"),
    [
        (DIGITS, MULTICLASS, {"model.layers.output.units": 9}, True, "expected 10 units, one for each class"),
        (DIGITS, MULTICLASS, {"model.layers.output.units": 11}, False, "the spare ones are never right"),
        (
            DIGITS,
            MULTICLASS,
            {"model.layers.output.units": 1, "model.layers.output.activation": "sigmoid"},
            True,
            "received 1 unit with sigmoid",
        ),
        (DIGITS, MULTICLASS, {"loss": "CategoricalCrossentropy", "model.layers.output.units": 11}, True, "expected 10"),
        (SPIRAL, BINARY, {"model.layers.output.units": 2}, True, "expected 1 unit, one for the two classes"),
        (SPIRAL, BINARY, {"loss": "SparseCategoricalCrossentropy"}, True, "expected 2 units, one for each class"),
        (SPIRAL, REGRESSION, {**NUMBER, "model.layers.output.units": 2}, True, "expected 1 unit, for the target"),
        (
            SPIRAL,
            REGRESSION.model_copy(update={"target_shape": (3,)}),
            NUMBER,
            True,
            "expected 3 units, for the target",
        ),
    ],
)
def test_output_units_go_with_classes_and_loss(spec, facts, changes, is_blocking, words):
    (problem,) = of_rule("units-against-targets", changed(spec, changes), facts)
    assert problem.place == "model.layers.output.units"
    assert problem.is_blocking == is_blocking
    assert words in problem.reason
    assert problem.fix is not None
    assert problems(problem.fix, facts) == ()


def test_units_are_not_judged_where_nobody_knows_them():
    few = with_value(DIGITS, "model.layers.output.units", 3)
    assert of_rule("units-against-targets", few) == []
    assert of_rule("units-against-targets", few, MULTICLASS.model_copy(update={"classes": ()})) == []
    pooled = with_value(few, "model.layers.output", {"kind": "GlobalAveragePooling1D", "name": "output"})
    assert of_rule("units-against-targets", pooled, MULTICLASS) == []


def test_an_activation_may_be_a_layer_of_its_own():
    layers = [layer.model_dump() for layer in DIGITS.model.layers]
    layers[-1]["args"] = {"units": 3}
    layers.append({"kind": "Activation", "name": "shares", "args": {"activation": "softmax"}})
    (problem,) = problems(with_value(DIGITS, "model.layers", layers), MULTICLASS)
    assert "received 3 units with softmax" in problem.reason
    assert problem.fix is not None
    assert problem.fix.model.layers[-2].args["units"] == 10
    assert problems(problem.fix, MULTICLASS) == ()
    (problem,) = problems(with_value(problem.fix, "model.layers.shares.activation", "sigmoid"), MULTICLASS)
    assert (problem.place, problem.fix.model.layers[-1].args["activation"]) == (
        "model.layers.shares.activation",
        "softmax",
    )


@pytest.mark.parametrize(
    ("spec", "facts", "loss", "is_blocking", "words"),
    [
        (DIGITS, MULTICLASS, "BinaryCrossentropy", False, "asks about each class by itself"),
        (DIGITS, MULTICLASS, "MeanSquaredError", False, "better judged by a cross entropy"),
        (SPIRAL, BINARY, "MeanSquaredError", False, "better judged by a cross entropy"),
        (SPIRAL, BINARY, "CategoricalCrossentropy", True, "meant for several classes"),
        (changed(SPIRAL, NUMBER), REGRESSION, "BinaryCrossentropy", True, "expected a loss for numbers"),
        (changed(SPIRAL, NUMBER), REGRESSION, "SparseCategoricalCrossentropy", True, "expected a loss for numbers"),
        (changed(SPIRAL, NUMBER), REGRESSION, "Dice", True, "meant for two classes or several classes"),
    ],
)
def test_the_loss_goes_with_the_task(spec, facts, loss, is_blocking, words):
    (problem,) = of_rule("loss-against-task", with_value(spec, "loss", loss), facts)
    assert (problem.place, problem.is_blocking) == ("training.loss", is_blocking)
    assert words in problem.reason
    assert problem.fix is not None
    assert problems(problem.fix, facts) == ()


def test_two_classes_may_have_a_unit_each():
    two = {"model.layers.output.units": 2, "model.layers.output.activation": "softmax"}
    spec = changed(SPIRAL, {**two, "loss": "SparseCategoricalCrossentropy"})
    assert problems(spec, BINARY) == ()
    assert problems(with_value(spec, "training.metrics.0.kind", "SparseCategoricalAccuracy"), BINARY) == ()
    (problem,) = problems(with_value(spec, "training.metrics.0.kind", "AUC"), BINARY)
    assert (problem.rule, problem.is_blocking) == ("metric-against-labels", True)


def test_a_softmax_of_one_unit_is_refused():
    (problem,) = problems(with_value(SPIRAL, "model.layers.output.activation", "softmax"), BINARY)
    assert (problem.rule, problem.is_blocking) == ("lone-softmax", True)
    assert problem.fix == SPIRAL


@pytest.mark.parametrize(
    ("spec", "changes", "words"),
    [
        (DIGITS, {"training.loss.from_logits": True}, "expected false after softmax"),
        (SPIRAL, {"training.loss.from_logits": True}, "expected false after sigmoid"),
        (DIGITS, {"model.layers.output.activation": None}, "expected true, or softmax at the end"),
        (DIGITS, {"model.layers.output.activation": "linear"}, "received false after no activation"),
        (SPIRAL, {"model.layers.output.activation": "relu"}, "or sigmoid at the end, received false after relu"),
    ],
)
def test_from_logits_goes_with_the_activation(spec, changes, words):
    (problem,) = problems(changed(spec, changes))
    assert (problem.rule, problem.place) == ("logits-against-activation", "training.loss.from_logits")
    assert not problem.is_blocking
    assert words in problem.reason
    assert problem.fix is not None
    assert problems(problem.fix) == ()


@pytest.mark.parametrize(
    ("spec", "facts", "activation"),
    [
        (DIGITS, MULTICLASS, "sigmoid"),
        (changed(SPIRAL, NUMBER), REGRESSION, "sigmoid"),
        (changed(SPIRAL, NUMBER), REGRESSION, "tanh"),
    ],
)
def test_the_last_activation_goes_with_the_task(spec, facts, activation):
    (problem,) = problems(with_value(spec, "model.layers.output.activation", activation), facts)
    assert (problem.rule, problem.place) == ("activation-against-task", "model.layers.output.activation")
    assert not problem.is_blocking
    assert problem.fix is not None
    assert problems(problem.fix, facts) == ()


@pytest.mark.parametrize(
    ("spec", "facts", "changes", "rule", "is_blocking"),
    [
        (DIGITS, MULTICLASS, {"training.metrics.0.kind": "CategoricalAccuracy"}, "metric-against-labels", True),
        (DIGITS, MULTICLASS, {"training.metrics.0.kind": "AUC"}, "metric-against-labels", True),
        (
            DIGITS,
            MULTICLASS,
            {"loss": "CategoricalCrossentropy", "training.metrics.0.kind": "SparseCategoricalAccuracy"},
            "metric-against-labels",
            True,
        ),
        (SPIRAL, BINARY, {"training.metrics.0.kind": "SparseCategoricalAccuracy"}, "metric-against-labels", True),
        (SPIRAL, BINARY, {"training.metrics.0.kind": "CategoricalAccuracy"}, "metric-against-task", False),
        (
            DIGITS,
            MULTICLASS,
            {"loss": "CategoricalCrossentropy", "training.metrics.0.kind": "BinaryAccuracy"},
            "metric-against-task",
            False,
        ),
        (
            changed(SPIRAL, NUMBER),
            REGRESSION,
            {"training.metrics": [{"kind": "accuracy"}]},
            "metric-against-task",
            False,
        ),
        (
            SPIRAL,
            BINARY,
            {"model.layers.output.activation": None, "training.loss.from_logits": True},
            "accuracy-of-logits",
            False,
        ),
    ],
)
def test_metrics_go_with_task_and_labels(spec, facts, changes, rule, is_blocking):
    spec = changed(spec, changes)
    (problem,) = of_rule(rule, spec, facts)
    assert (problem.place, problem.is_blocking) == ("training.metrics.0", is_blocking)
    assert problem.fix is not None
    assert problems(problem.fix, facts) == ()
    assert of_rule(rule, spec) == []


def test_a_split_leaves_rows_to_train_with():
    spec = changed(DIGITS, {"dataset.split.validation": 0.6, "dataset.split.test": 0.4})
    (problem,) = problems(spec)
    assert (problem.rule, problem.place, problem.is_blocking) == ("no-training-rows", "dataset.split", True)
    assert "validation 0.6 and test 0.4" in problem.reason


def test_what_is_watched_is_measured():
    spec = with_value(DIGITS, "training.callbacks", [{"kind": "EarlyStopping"}])
    nothing = MULTICLASS.model_copy(update={"n_validation": 0})
    (problem,) = problems(spec, nothing)
    assert (problem.rule, problem.place) == ("nothing-to-watch", "training.callbacks.0.monitor")
    assert problem.fix is not None
    assert problem.fix.training.callbacks[0].args["monitor"] == "loss"
    assert problems(problem.fix, nothing) == problems(spec, MULTICLASS) == problems(spec) == ()


def test_no_split_is_warned_of_and_nothing_watches_what_it_lacks():
    spec = changed(DIGITS, {"dataset.split": "none", "training.callbacks": [{"kind": "EarlyStopping"}]})
    for facts in (None, MULTICLASS.model_copy(update={"n_validation": 0})):
        watched, scored = sorted(problems(spec, facts), key=lambda problem: problem.rule)
        assert (watched.rule, scored.rule, scored.place) == (
            "nothing-to-watch",
            "tested-on-training-rows",
            "dataset.split",
        )
        assert not watched.is_blocking
        assert not scored.is_blocking
        assert watched.fix is not None
        assert scored.fix is not None
        assert watched.fix.training.callbacks[0].args["monitor"] == "loss"
        assert scored.fix.dataset.split.kind == "holdout"
        assert problems(scored.fix, MULTICLASS) == ()


def test_a_share_of_nothing_has_nothing_to_watch_either():
    spec = changed(DIGITS, {"dataset.split.validation": 0.0, "training.callbacks": [{"kind": "EarlyStopping"}]})
    assert [problem.rule for problem in problems(spec)] == ["nothing-to-watch"]


def test_what_blocks_comes_first_and_every_reason_is_one_line_that_names_its_place():
    spec = changed(
        DIGITS,
        {
            "model.layers.output.units": 11,
            "model.layers.hidden.inputs": ["nobody"],
            "training.metrics": [{"kind": "AUC"}, {"kind": "nothing"}],
            "epochs": 10**9,
            "learning_rate": -1,
        },
    )
    found = problems(spec, MULTICLASS, Settings())
    assert [problem.is_blocking for problem in found] == [True] * 5 + [False] * 2
    for problem in found:
        assert problem.reason.startswith(f"{problem.place}: ") or problem.reason.startswith(f"{problem.place}.")
        assert "\n" not in problem.reason


def test_rules_are_silent_about_a_spec_that_others_refuse():
    """Unknown kinds everywhere: each is named once, and no rule stumbles over them."""
    spec = changed(
        DIGITS,
        {
            "dataset.source": "x1",
            "dataset.split.kind": "x2",
            "dataset.steps.0.kind": "x3",
            "model.layers.flatten.kind": "x4",
            "model.layers.output.kind": "x5",
            "training.optimizer.kind": "x6",
            "training.loss.kind": "x7",
            "training.metrics.0.kind": "x8",
            "training.callbacks": [{"kind": "x9"}],
        },
    )
    for facts in (None, MULTICLASS, BINARY, REGRESSION):
        assert {problem.rule for problem in problems(spec, facts, Settings())} == {"unknown-kind"}
        assert len(problems(spec, facts, Settings())) == 9


def test_the_table_of_rules_in_the_documentation_is_current():
    assert PATH.read_text("utf-8") == rule_table(), "run make catalog"


def test_every_rule_says_in_one_line_what_it_finds():
    rules = [*RULES, *SHAPE_RULES]
    titles = [rule.__doc__.splitlines()[0] for rule in rules]
    assert all(title.endswith(".") and len(title) < 120 for title in titles), titles
    assert len(set(titles)) == len(rules) >= 30
