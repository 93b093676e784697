"""Formulas as Keras computes, trains, saves and loads them, against NumPy and against Keras's own objects."""

import math

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from keras.src.saving.object_registration import GLOBAL_CUSTOM_OBJECTS

from playground.catalog.formulas import FUNCTIONS, ROLES
from playground.engine.errors import RefusedError
from playground.engine.formula_questions import FORMULA_QUESTIONS
from playground.export.formulas import definition
from playground.labs.formulas import curve
from playground.settings import settings as app_settings
from playground.specs import Args, LayerSpec, ModelSpec
from playground.specs.formulas import FormulaError, parsed
from playground.specs.formulas.written import text_of
from playground.training import formulas
from playground.training.build import BuildError, build
from playground.training.imported import imported
from playground.training.keras_file import ForeignFileError, parts
from playground.training.objects import made
from tests.contract.training.specs import chosen, layer, spec

pytestmark = pytest.mark.contract

SWISH, SQUARED = "x * sigmoid(b * x) with b = 1", "(y_true - y_pred)**2"
COSINE = ROLES["schedules"].examples["Cosine"]
X = np.linspace(-3.3, 3.3, 34)

NUMPY = {
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "softplus": lambda a: np.log1p(np.exp(-np.abs(a))) + np.maximum(a, 0),
    "softsign": lambda a: a / (1 + np.abs(a)),
    "relu": lambda a: a * (a > 0),
    "erf": np.vectorize(math.erf),
    "sum": lambda a: a.sum(axis=-1, keepdims=True),
    "mean": lambda a: a.mean(axis=-1, keepdims=True),
}
"""Functions as their textbooks have them; the others are NumPy's of the same name."""


def in_numpy(text: str, **variables: np.ndarray) -> np.ndarray:
    """What Python and NumPy make of the text, which is Python as well but for its parameters."""
    body, _with, given_values = text.partition(" with ")
    known = {name: NUMPY.get(name) or getattr(np, name) for name in FUNCTIONS}
    values = dict(each.split(" = ") for each in given_values.split(", ")) if given_values else {}
    known |= {"pi": np.pi, "e": np.e, **variables, **{name: np.float64(value) for name, value in values.items()}}
    with np.errstate(all="ignore"):
        return np.asarray(eval(body, {"__builtins__": {}}, known), np.float64)  # of texts that stand in this file


def by_keras(text: str, table: str = "activations", **variables: np.ndarray) -> np.ndarray:
    given_tensors = {name: keras.ops.convert_to_tensor(at, "float64") for name, at in variables.items()}
    return np.asarray(keras.ops.convert_to_numpy(formulas.value(parsed(text, table), given_tensors, "float64")))


ONE = [name for name, each in FUNCTIONS.items() if each.takes == ("a",)]
TWO = [name for name, each in FUNCTIONS.items() if each.takes == ("a", "b")]
ATOMS = st.sampled_from(["x", "b", "pi", "2", "0.5", "1.25"])
TEXTS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " - ", " * ", " / ", " ** "]), inner).map(
            lambda of: f"({''.join(of)})"
        ),
        st.tuples(st.sampled_from(ONE[:-2]), inner).map(lambda of: f"{of[0]}({of[1]})"),
        st.tuples(st.sampled_from(TWO), inner, inner).map(lambda of: f"{of[0]}({of[1]}, {of[2]})"),
        st.tuples(inner, inner, inner).map(lambda of: f"where({of[0]} > {of[1]}, {of[1]}, {of[2]})"),
        inner.map(lambda text: f"(-{text})"),
    ),
    max_leaves=6,
)


@given(TEXTS)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_keras_and_numpy_agree_on_random_formulas(body):
    text = f"x * 0 + {body} + 0 * b with b = 0.75"
    assume(len(text) <= 200)
    try:
        parsed(text, "activations")
    except FormulaError as error:
        refused = str(error)
    else:
        refused = ""
    assert not refused or "is no number" in refused
    assume(not refused)
    ours, theirs = by_keras(text, x=X), in_numpy(text, x=X)
    known = np.isfinite(theirs) & (np.abs(theirs) < 1e12)
    assert np.array_equal(np.isfinite(ours)[known], np.isfinite(theirs)[known])
    assert ours[known] == pytest.approx(theirs[known], rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_that_of_keras_and_of_numpy(name):
    given_args = {"test": "x > 0.2", "a": "x", "b": "x / 2", "low": "-1", "high": "0.5"}
    text = f"{name}({', '.join(given_args[each] for each in FUNCTIONS[name].takes)}) + 0 * x"
    at = np.abs(X) + 0.1 if name in ("log", "log1p", "sqrt") else X
    rows = at.reshape(2, -1)
    assert by_keras(text, x=rows) == pytest.approx(in_numpy(text, x=rows), rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("table", "name"), [(table, name) for table in ROLES for name in ROLES[table].examples])
def test_the_slope_of_every_example_is_its_difference_quotient(table, name):
    low, high = {"activations": (-5, 5), "losses": (0.02, 0.98), "schedules": (0.0, 97.0)}[table]
    fixed = {"losses": {"y_true": 0.4}, "schedules": {"total": 100.0, "rate": 0.1}}.get(table, {})
    found = curve(ROLES[table].examples[name], table, np.linspace(low, high, 160), fixed)
    assert found.apart()[0] < 1e-6
    assert np.ptp(found.y) > 0


def test_the_slopes_are_found_out_apart_from_each_other():
    """Where Keras's rule has one slope and the function none, they differ: at the corner of a ReLU."""
    found = curve("relu(x)", "activations", np.array([-1.0, 0.0, 1.0]), {})
    assert found.slope.tolist() == [0.0, 0.0, 1.0]
    assert found.quotient.tolist() == pytest.approx([0.0, 0.5, 1.0])
    assert found.apart() == (pytest.approx(0.5), 1)


def test_a_slope_is_that_of_the_textbook():
    s = 1 / (1 + np.exp(-2 * X))
    found = curve("x * sigmoid(b * x) with b = 2", "activations", X, {})
    assert found.slope == pytest.approx(s + 2 * X * s * (1 - s))


def test_the_workbench_answers_and_refuses_in_words():
    ask = FORMULA_QUESTIONS["formula"]
    asked = {"table": "losses", "formula": SQUARED, "fixed": {"y_true": 1.0}}
    values, arrays = ask(asked, {"x": X}, app_settings())
    assert arrays["y"] == pytest.approx((X - 1) ** 2)
    assert arrays["slope"] == pytest.approx(2 * (X - 1))
    assert values["apart"] < 1e-8
    for wrong in ({"formula": "__import__('os')"}, {"fixed": {}}, {"table": "layers"}, {"fixed": {"y_true": "a"}}):
        with pytest.raises(RefusedError):
            ask(asked | wrong, {"x": X}, app_settings())


def _losses(trained, made):
    run = trained(made).train()
    assert run.run.state == "finished", run.run.error
    return run.column("epoch/loss")


def _net(activation, **more):
    return spec([layer("Dense", "h", units=6, activation=activation), layer("Dense", "out", units=1)], "plane", **more)


def test_formulas_train_as_what_they_spell_out(trained):
    rate = {"initial_learning_rate": 0.1, "decay_steps": 30}
    ours = _net(
        chosen("Formula", formula=SWISH),
        loss=chosen("Formula", formula=SQUARED),
        optimizer=chosen("SGD", learning_rate=chosen("Formula", formula=COSINE, **rate)),
    )
    theirs = _net(
        "silu",
        loss=chosen("MeanSquaredError"),
        optimizer=chosen("SGD", learning_rate=chosen("CosineDecay", **rate)),
    )
    found = _losses(trained, ours)
    assert found == pytest.approx(_losses(trained, theirs), rel=1e-5)
    assert found[-1] < found[0]


def _whole():
    rate = chosen("Formula", formula=COSINE, initial_learning_rate=0.1, decay_steps=30)
    return _net(
        chosen("Formula", formula="where(x > 0, x, a * x) with a = 0.2"),
        optimizer=chosen("Adam", learning_rate=rate),
        loss=chosen("Formula", formula=SQUARED),
    )


def test_a_saved_file_loads_and_is_taken_in_again_also_where_only_the_script_is_known(trained):
    run = trained(_whole()).train()
    x = np.random.default_rng(0).normal(size=(5, 2)).astype(np.float32)
    file = run.folder / "model.keras"
    back = imported(parts(file.read_bytes(), app_settings()), (2,), "float32", app_settings())
    text = run.spec.model.layers[0].args["activation"]["args"]["formula"]
    assert back.model.layers[0].args["activation"] == Args({"kind": "Formula", "args": {"formula": text}})
    assert not any("activation" in each for each in back.behind)

    answers = np.asarray(keras.models.load_model(file)(x))
    names = [name for name in GLOBAL_CUSTOM_OBJECTS if name.startswith(f"{formulas.PACKAGE}>")]
    registered = {name: GLOBAL_CUSTOM_OBJECTS.pop(name) for name in names}
    try:
        with pytest.raises((TypeError, ValueError)):
            keras.models.load_model(file)
        chosen_texts = {
            "activations": text,
            "losses": SQUARED,
            "schedules": COSINE,
        }
        source = "import keras\nimport numpy as np\n\n\n" + "\n\n\n".join(
            definition(parsed(text, table)) for table, text in chosen_texts.items()
        )
        exec(compile(source, "the script", "exec"), {"__name__": "script"})
        loaded = keras.models.load_model(file)
        assert np.asarray(loaded(x)) == pytest.approx(answers)
        assert float(loaded.optimizer.learning_rate) == pytest.approx(
            float(
                made("schedules", "Formula", {"formula": COSINE, "initial_learning_rate": 0.1, "decay_steps": 30})(
                    loaded.optimizer.iterations
                )
            )
        )
    finally:
        for name in [name for name in GLOBAL_CUSTOM_OBJECTS if name.startswith(f"{formulas.PACKAGE}>")]:
            del GLOBAL_CUSTOM_OBJECTS[name]
        GLOBAL_CUSTOM_OBJECTS.update(registered)


@pytest.mark.parametrize("name", ["formula>__import__('os')", "formula>x", "other>x * x", "eval"])
def test_a_function_that_is_no_formula_is_still_refused(name):
    net = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation=formulas.activation(SWISH))])
    text = net.to_json().replace(f"{formulas.PACKAGE}>{SWISH}", name)
    assert name in text
    held = parts(text.encode(), app_settings())
    if name == "formula>x":
        assert imported(held, (2,), "float32", app_settings()).model.layers[0].args["activation"]["kind"] == "Formula"
        return
    with pytest.raises(ForeignFileError):
        imported(held, (2,), "float32", app_settings())


def test_a_formula_goes_wherever_an_activation_goes():
    bent = chosen("Formula", formula="tanh(a * x) with a = 0.5")
    layers = [
        layer("Conv1D", "conv", filters=3, kernel_size=2, activation=bent),
        layer("LSTM", "lstm", units=3, activation=bent, recurrent_activation=bent, return_sequences=True),
        layer("TimeDistributed", "each", layer={"kind": "Dense", "args": {"units": 2, "activation": bent}}),
        layer("Activation", "bend", activation=bent),
    ]
    model = ModelSpec(layers=tuple(LayerSpec.model_validate(each) for each in layers))
    for precision in ("float32", "mixed_bfloat16"):
        assert build(model, (5, 4), precision=precision).output_shape == (None, 4, 2)


def test_what_is_no_formula_is_refused_by_the_builder_in_words():
    for wrong in ("__import__('os')", "x.shape", "y_pred", ""):
        bent = {"kind": "Formula", "args": {"formula": wrong}}
        model = ModelSpec(layers=(LayerSpec.model_validate(layer("Dense", "h", units=2, activation=bent)),))
        with pytest.raises(BuildError, match="h"):
            build(model, (2,))


def test_a_formula_is_known_by_its_text():
    assert keras.saving.get_registered_name(formulas.activation(" x*sigmoid(b*x)  with b=1")) == (
        f"{formulas.PACKAGE}>{text_of(parsed(SWISH, 'activations'))}"
    )
