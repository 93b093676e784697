"""Rules about layers: each finds its problem, spares what barely has it not, and its fix mends it."""

import pytest

from playground.specs.edit import with_value
from tests.unit.specs.rule_cases import DIGITS, MULTICLASS, OUTPUT, REGRESSION, Case, dense, names, of_rule, stack

NUMBER = ("Dense", {"units": 1})
WORDS_MARKED = ("Embedding", {"input_dim": 100, "output_dim": 8, "mask_zero": True})
SEQUENCE = {"units": 8, "return_sequences": True}
UNSCALED = MULTICLASS.model_copy(update={"largest": 16.0})
BARE = with_value(DIGITS, "dataset.steps", [])


def conv(**args: object) -> tuple[str, dict[str, object]]:
    return "Conv2D", {"filters": 8, "kernel_size": 3} | args


def regression(*layers):
    spec = with_value(stack("Flatten", *layers), "training.loss", {"kind": "MeanSquaredError"})
    return with_value(spec, "training.metrics", [])


def without_steps(spec):
    return with_value(spec, "dataset.steps", [])


CASES = [
    Case(
        "no-nonlinearity",
        stack("Flatten", dense(activation=None), OUTPUT),
        stack("Flatten", dense(9, activation=None), OUTPUT),
        "model.layers.b.activation",
        "b and c together are one weighted sum",
    ),
    Case(
        "no-nonlinearity",
        stack("Flatten", dense(activation="linear"), ("Dropout", {"rate": 0.5}), OUTPUT),
        stack("Flatten", dense(activation="linear"), ("Activation", {"activation": "relu"}), OUTPUT),
        "model.layers.b.activation",
        "received none",
    ),
    Case(
        "double-activation",
        stack("Flatten", dense(), "ReLU", OUTPUT),
        stack("Flatten", dense(activation=None), "ReLU", OUTPUT),
        "model.layers.c",
        "received those of relu in b",
    ),
    Case(
        "double-activation",
        stack("Flatten", dense(10), ("Activation", {"activation": "softmax"})),
        stack("Flatten", dense(10, None), ("Activation", {"activation": "softmax"})),
        "model.layers.c",
        "bent twice",
    ),
    Case(
        "hidden-softmax",
        stack("Flatten", dense(activation="softmax"), OUTPUT),
        stack("Flatten", dense(activation="sigmoid"), OUTPUT),
        "model.layers.b.activation",
        "received softmax",
    ),
    Case(
        "saturating-stack",
        stack("Flatten", *[dense(activation="sigmoid")] * 4, OUTPUT),
        stack("Flatten", *[dense(activation="sigmoid")] * 3, OUTPUT),
        "model.layers.b.activation",
        "expected at most 3 layers of sigmoid in a row, received 4",
    ),
    Case(
        "identical-units",
        stack("Flatten", dense(kernel_initializer="Zeros"), OUTPUT),
        stack("Flatten", dense(1, kernel_initializer="Zeros"), OUTPUT),
        "model.layers.b.kernel_initializer",
        "received Zeros",
    ),
    Case(
        "identical-units",
        stack("Flatten", dense(kernel_initializer={"kind": "Constant", "args": {"value": 0.1}}), OUTPUT),
        stack("Flatten", dense(), ("Dense", {**OUTPUT[1], "kernel_initializer": "Zeros"})),
        "model.layers.b.kernel_initializer",
        "received Constant",
    ),
    Case(
        "identity-kernel",
        stack(conv(kernel_initializer="Identity"), "Flatten", OUTPUT),
        stack(conv(), "Flatten", dense(kernel_initializer="Identity"), OUTPUT),
        "model.layers.a.kernel_initializer",
        "square matrices only",
        is_blocking=True,
    ),
    Case(
        "selu-start",
        stack("Flatten", dense(activation="selu"), OUTPUT),
        stack("Flatten", dense(activation="selu", kernel_initializer="lecun_normal"), OUTPUT),
        "model.layers.b.kernel_initializer",
        "expected LecunNormal with selu, received GlorotUniform",
    ),
    Case(
        "strong-penalty",
        stack("Flatten", dense(kernel_regularizer={"kind": "L2", "args": {"l2": 1.0}}), OUTPUT),
        stack("Flatten", dense(kernel_regularizer={"kind": "L2", "args": {"l2": 0.1}}), OUTPUT),
        "model.layers.b.kernel_regularizer.l2",
        "expected at most 0.1, received 1",
    ),
    Case(
        "high-rate",
        stack("Flatten", dense(), ("Dropout", {"rate": 0.9}), OUTPUT),
        stack("Flatten", dense(), ("Dropout", {"rate": 0.79}), OUTPUT),
        "model.layers.c.rate",
        "90% of the values are silenced",
    ),
    Case(
        "high-rate",
        stack(("LSTM", {"units": 8, "dropout": 0.8}), OUTPUT),
        stack(("LSTM", {"units": 8, "dropout": 0.5}), OUTPUT),
        "model.layers.a.dropout",
        "received 0.8",
    ),
    Case(
        "silenced-answer",
        stack("Flatten", OUTPUT, ("Dropout", {"rate": 0.5})),
        stack("Flatten", ("Dropout", {"rate": 0.5}), OUTPUT),
        "model.layers.c",
        "changes the answer at random",
    ),
    Case(
        "normalised-answer",
        stack("Flatten", OUTPUT, "BatchNormalization"),
        stack("Flatten", "BatchNormalization", OUTPUT),
        "model.layers.c",
        "depends on the other rows of its batch",
    ),
    Case(
        "normalised-answer",
        stack("Flatten", dense(10, None), "BatchNormalization", ("Activation", {"activation": "softmax"})),
        stack("Flatten", dense(), "BatchNormalization", dense(10, None), ("Activation", {"activation": "softmax"})),
        "model.layers.c",
        "before the output layer, received it after",
    ),
    Case(
        "normalised-answer",
        regression(dense(), "BatchNormalization", NUMBER),
        regression("BatchNormalization", dense(), NUMBER),
        "model.layers.c",
        "right before the output of a regression",
        facts=REGRESSION,
    ),
    Case(
        "repeated-layer",
        stack("Flatten", dense(), "BatchNormalization", "BatchNormalization", OUTPUT),
        stack("Flatten", dense(), "BatchNormalization", dense(), "BatchNormalization", OUTPUT),
        "model.layers.d",
        "what c has done",
    ),
    Case(
        "repeated-layer",
        stack("Flatten", "Flatten", OUTPUT),
        stack("Flatten", OUTPUT),
        "model.layers.b",
        "received it twice",
    ),
    Case(
        "strides-with-dilation",
        stack(conv(strides=2, dilation_rate=2), "Flatten", OUTPUT),
        stack(("SeparableConv2D", conv()[1] | {"strides": 2, "dilation_rate": 2}), "Flatten", OUTPUT),
        "model.layers.a.dilation_rate",
        "expected 1 with strides 2, received 2",
        is_blocking=True,
    ),
    Case(
        "groups-against-filters",
        stack(conv(groups=3), "Flatten", OUTPUT),
        stack(conv(groups=4), "Flatten", OUTPUT),
        "model.layers.a.groups",
        "expected a divisor of 8 filters, received 3",
        is_blocking=True,
    ),
    Case(
        "output-padding-against-strides",
        stack(("Conv2DTranspose", conv()[1] | {"strides": 2, "output_padding": 2}), "Flatten", OUTPUT),
        stack(("Conv2DTranspose", conv()[1] | {"strides": 2, "output_padding": 1}), "Flatten", OUTPUT),
        "model.layers.a.output_padding",
        "expected less than the strides 2, received 2",
        is_blocking=True,
    ),
    Case(
        "dropped-sequence",
        stack(("LSTM", {"units": 8}), ("Dropout", {"rate": 0.2}), ("GRU", {"units": 8}), OUTPUT),
        stack(("LSTM", SEQUENCE), ("Dropout", {"rate": 0.2}), ("GRU", {"units": 8}), OUTPUT),
        "model.layers.c",
        "received the last state of a",
        is_blocking=True,
    ),
    Case(
        "dropped-sequence",
        stack(("Bidirectional", {"layer": {"kind": "LSTM", "args": {"units": 8}}}), ("GRU", {"units": 8}), OUTPUT),
        stack(("Bidirectional", {"layer": {"kind": "LSTM", "args": SEQUENCE}}), ("GRU", {"units": 8}), OUTPUT),
        "model.layers.b",
        "turn its return_sequences on",
        is_blocking=True,
    ),
    Case(
        "kept-sequence",
        stack(("LSTM", SEQUENCE), OUTPUT),
        stack(("LSTM", SEQUENCE), "GlobalAveragePooling1D", OUTPUT),
        "model.layers.b",
        "one for each step of a",
        is_blocking=True,
    ),
    Case(
        "wrong-wrapped",
        stack(("Bidirectional", {"layer": {"kind": "Dense", "args": {"units": 8}}}), OUTPUT),
        stack(("Bidirectional", {"layer": {"kind": "GRU", "args": {"units": 8}}}), OUTPUT),
        "model.layers.a.layer",
        "expected a layer that Bidirectional can be put around, such as LSTM, received Dense",
        is_blocking=True,
    ),
    Case(
        "wrong-wrapped",
        stack(("TimeDistributed", {"layer": {"kind": "Add", "args": {}}}), "Flatten", OUTPUT),
        stack(("TimeDistributed", {"layer": {"kind": "Dense", "args": {"units": 8}}}), "Flatten", OUTPUT),
        "model.layers.a.layer",
        "such as Dense, received Add",
        is_blocking=True,
    ),
    Case(
        "unscaled-inputs",
        without_steps(DIGITS),
        without_steps(stack(("Rescaling", {"scale": 0.0625}), "Flatten", dense(), OUTPUT)),
        "dataset.steps",
        "received values of up to 16",
        facts=None,
    ),
    Case(
        "embedding-of-fractions",
        stack("Flatten", ("Embedding", {"input_dim": 32, "output_dim": 4}), dense(), "Flatten", OUTPUT),
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 32, "output_dim": 4}), dense(), "Flatten", OUTPUT)),
        "model.layers.b",
        "expects whole numbers from 0, such as those of words, received scaled inputs",
    ),
    Case(
        "embedding-of-fractions",
        without_steps(stack("Flatten", dense(), ("Embedding", {"input_dim": 32, "output_dim": 4}), "Flatten", OUTPUT)),
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 32, "output_dim": 4}), "Flatten", OUTPUT)),
        "model.layers.c",
        "received the output of b",
    ),
    Case(
        "embedding-too-small",
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 16, "output_dim": 4}), "Flatten", OUTPUT)),
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 17, "output_dim": 4}), "Flatten", OUTPUT)),
        "model.layers.b.input_dim",
        "expected at least 17, as numbers go up to 16, received 16",
        is_blocking=True,
        facts=UNSCALED,
    ),
    Case(
        "embedding-too-small",
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 99, "output_dim": 4}), "Flatten", OUTPUT)),
        without_steps(stack("Flatten", ("Embedding", {"input_dim": 100, "output_dim": 4}), "Flatten", OUTPUT)),
        "model.layers.b.input_dim",
        "expected at least 100",
        is_blocking=True,
        facts=MULTICLASS.model_copy(update={"largest": None, "vocabulary": 100}),
    ),
    Case(
        "narrow-heads",
        stack(("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}), "Flatten", OUTPUT),
        stack(("MultiHeadAttention", {"num_heads": 2, "key_dim": 4}), "Flatten", OUTPUT),
        "model.layers.a.key_dim",
        "expected at least 4, received 3",
    ),
    Case(
        "lost-mask",
        stack("Masking", "Flatten", OUTPUT),
        stack("Masking", ("LSTM", {"units": 4}), OUTPUT),
        "model.layers.a",
        "received Flatten, behind which they are as any other; leave it out",
    ),
    Case(
        "lost-mask",
        stack(WORDS_MARKED, "BatchNormalization", "GlobalMaxPooling1D", OUTPUT),
        stack(WORDS_MARKED, "BatchNormalization", "GlobalAveragePooling1D", OUTPUT),
        "model.layers.a",
        "received GlobalMaxPooling1D, behind which they are as any other; mark none",
        facts=MULTICLASS.model_copy(update={"input_shape": (20,), "largest": None, "vocabulary": 100}),
    ),
    Case(
        "late-augmentation",
        stack("Flatten", ("RandomRotation", {"factor": 0.1}), OUTPUT),
        stack(("RandomRotation", {"factor": 0.1}), "Flatten", OUTPUT),
        "model.layers.b",
        "received the output of a; put it first, or leave it out",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=names(CASES))
def test_a_rule_finds_its_problem_and_its_fix_mends_it(case):
    case.check()


def test_inputs_are_scaled_by_the_steps_that_are_usual_for_the_data():
    (problem,) = of_rule("unscaled-inputs", BARE, UNSCALED)
    assert problem.fix == DIGITS


def test_a_bottleneck_may_be_linear():
    code = stack("Flatten", dense(64), dense(2, None), dense(64), OUTPUT)
    assert of_rule("no-nonlinearity", code, MULTICLASS) == []
