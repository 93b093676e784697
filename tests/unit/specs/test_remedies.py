"""The usual remedies: what each changes, where it applies, and that none breaks a run."""

import pytest

from playground import catalog, data, recipes
from playground.data import DataError
from playground.runs import diagnosis, verdict
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.difference import differences
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset, usual_steps
from playground.specs.problems import problems
from playground.specs.remedies import remedies
from playground.specs.remedies.choose import MOST, PROPOSALS
from playground.specs.remedies.remedy import Case
from playground.specs.templates import fitting, started
from tests.unit.specs.example import EXAMPLE

SPEC = RunSpec.from_dict(EXAMPLE)
DIGITS = data.outline(SPEC.dataset)
SETTINGS = Settings()
PHOTOS = Facts(task="multiclass", input_shape=(32, 32, 3), classes=tuple("abcdefghij"), largest=1.0)


def of(kind: str, spec: RunSpec = SPEC, facts: Facts | None = DIGITS, **more) -> dict[str, RunSpec]:
    return {each.name: each.spec for each in remedies(kind, spec, facts, SETTINGS, **more)}


def changed(spec: RunSpec, since: RunSpec = SPEC) -> list[tuple[str, str, str]]:
    return [(each.path, each.before, each.after) for each in differences(since, spec)]


def with_layers(*layers: dict) -> RunSpec:
    return with_value(SPEC, "model.layers", list(layers))


def layer(kind: str, name: str, *inputs: str, **args: object) -> dict:
    return {"kind": kind, "name": name, "args": args, "inputs": list(inputs)}


OUTPUT = layer("Dense", "output", units=10, activation="softmax")


def all_specs() -> list[object]:
    """Every recipe, and every template once for every task and rank that a dataset brings it."""
    found = [pytest.param(recipes.recipe(name).spec, id=name) for name in recipes.names()]
    cases = {}
    for entry in catalog.entries("datasets"):
        dataset = first_dataset(entry.id)
        if data.SOURCES[entry.id].columns:  # names must become numbers
            dataset = dataset.model_copy(update={"steps": dataset.steps or usual_steps(entry.id)})
        try:
            facts = data.outline(dataset)
        except DataError:  # a text, of which nobody can say how it is to be read
            continue
        for each in fitting(facts):
            case = pytest.param(started(dataset, facts, each.name), id=f"{entry.id}-{each.name}")
            cases.setdefault((each.name, facts.task, len(facts.input_shape), len(facts.target_shape)), case)
    return [*found, *cases.values()]


@pytest.mark.parametrize("spec", all_specs())
def test_no_remedy_brings_a_problem_and_each_says_what_it_changes(spec):
    facts = data.outline(spec.dataset)
    before = {problem.rule for problem in problems(spec, facts, SETTINGS)}
    for kind in {row: kind for kind, row in PROPOSALS.items()}.values():
        found = remedies(kind, spec, facts, SETTINGS, best_epoch=1)
        assert len(found) <= MOST
        assert len({each.name for each in found}) == len({each.label for each in found}) == len(found)
        for each in found:
            assert differences(spec, each.spec), each.name
            found_then = problems(each.spec, data.outline(each.spec.dataset), SETTINGS)
            assert not any(problem.is_blocking for problem in found_then), each.name
            if each.spec.dataset == spec.dataset:  # other parts have other sizes, on which a batch is judged anew
                assert {problem.rule for problem in found_then} <= before, each.name
            assert RunSpec.from_json(each.spec.to_json()) == each.spec
            assert each.why.endswith(".")
            assert each.why.count(". ") == 0


def test_every_kind_of_verdict_and_of_diagnosis_has_its_proposals():
    assert set(PROPOSALS) == {*verdict.KINDS, *diagnosis.KINDS}


@pytest.mark.parametrize(
    "proposal", dict.fromkeys(each for row in PROPOSALS.values() for each in row), ids=lambda each: each.__name__
)
def test_a_remedy_that_was_taken_is_another_change_or_none(proposal):
    case = Case(SPEC, DIGITS, best_epoch=5)
    first = proposal(case)
    if first is None:
        return
    again = proposal(Case(first.spec, DIGITS, best_epoch=5))
    assert again is None or again.spec != first.spec


def test_against_overfitting():
    found = of("overfits")
    assert list(found) == ["early-stopping", "dropout", "penalty", "smaller"]
    callback = found["early-stopping"].training.callbacks[0]
    assert (callback.kind, callback.args["restore_best_weights"], callback.args["patience"]) == (
        "EarlyStopping",
        True,
        2,
    )
    assert [each.kind for each in found["dropout"].model.layers] == ["Flatten", "Dense", "Dropout", "Dense"]
    assert changed(found["penalty"]) == [("model.layers.hidden.kernel_regularizer", "nothing", "L2(l2 0.001)")]
    assert changed(found["smaller"]) == [("model.layers.hidden.units", "64", "32")]


def test_fewer_epochs_are_those_up_to_the_best_one():
    short = with_value(SPEC, "epochs", 4)  # too few for early stopping
    assert of("overfits", short, best_epoch=3)["fewer-epochs"].training.epochs == 3
    assert "fewer-epochs" not in of("overfits", short, best_epoch=4)


def test_images_with_a_channel_axis_are_shifted():
    spec = with_layers(layer("Conv2D", "conv", filters=8, kernel_size=[3, 3]), layer("Flatten", "flat"), OUTPUT)
    assert of("overfits", spec, PHOTOS)["augmentation"].model.layers[0].kind == "RandomTranslation"
    assert "augmentation" not in of("overfits", spec, PHOTOS.model_copy(update={"task": "reconstruction"}))
    again = of("overfits", spec, PHOTOS)["augmentation"]
    assert "augmentation" not in of("overfits", again, PHOTOS)
    assert "augmentation" not in of("overfits")


def test_what_a_network_has_already_is_not_proposed():
    spec = of("overfits")["dropout"]
    assert "dropout" not in of("overfits", spec)
    assert "penalty" not in of("overfits", of("overfits")["penalty"])
    assert "early-stopping" not in of("overfits", of("overfits")["early-stopping"])
    kept = with_value(SPEC, "training.callbacks", [{"kind": "EarlyStopping", "args": {"patience": 3}}])
    assert of("overfits", kept)["early-stopping"].training.callbacks[0].args["restore_best_weights"] is True


def test_dropout_stands_behind_activation_and_normalisation_and_all_readers_read_it():
    spec = with_layers(
        layer("Flatten", "flat"),
        layer("Dense", "one", units=32),
        layer("BatchNormalization", "norm"),
        layer("ReLU", "bend"),
        layer("Dense", "left", "bend", units=8, activation="relu"),
        layer("Dense", "right", "bend", units=8, activation="relu"),
        layer("Concatenate", "both", "left", "right"),
        OUTPUT,
    )
    layers = of("overfits", spec)["dropout"].model.layers
    names = [each.name for each in layers]
    behind = layers[names.index("bend") + 1]
    assert behind.kind == "Dropout"
    assert layers[names.index("left")].inputs == layers[names.index("right")].inputs == (behind.name,)
    assert all(layers[names.index(name) + 1].kind == "Dropout" for name in ("left", "right"))
    assert set(layers[names.index("both")].inputs) == {layers[names.index(name) + 1].name for name in ("left", "right")}


def test_sizes_stay_where_other_layers_count_on_them():
    skip = with_layers(
        layer("Flatten", "flat"),
        layer("Dense", "one", units=32),
        layer("Dense", "two", "one", units=32),
        layer("Add", "sum", "one", "two"),
        OUTPUT,
    )
    folded = with_layers(
        layer("Flatten", "flat"),
        layer("Dense", "one", units=32),
        layer("Reshape", "fold", target_shape=[8, 4]),
        layer("Flatten", "again"),
        OUTPUT,
    )
    for spec in (skip, folded):
        assert "smaller" not in of("overfits", spec)
        assert "bigger" not in of("underfits", spec)


def test_against_underfitting():
    found = of("underfits")
    assert list(found) == ["deeper", "bigger", "faster", "longer"]
    assert found["deeper"].model.layers[-2].args.plain() == {"units": 64, "activation": "relu"}
    assert changed(found["bigger"]) == [("model.layers.hidden.units", "64", "128")]
    assert found["faster"].training.optimizer.args["learning_rate"] == pytest.approx(0.003)
    assert found["longer"].training.epochs == 40


def test_a_network_without_hidden_layer_gets_one():
    spec = with_layers(layer("Flatten", "flat"), OUTPUT)
    found = remedies("underfits", spec, DIGITS, SETTINGS)[0]
    assert (found.name, found.label) == ("deeper", "Add a hidden layer")
    assert [each.kind for each in found.spec.model.layers] == ["Flatten", "Dense", "Dense"]
    assert found.spec.model.layers[1].args["activation"] == "relu"


def test_what_holds_a_network_back_goes_first():
    spec = of("overfits")["dropout"]
    held = of("overfits", spec)["penalty"]
    found = of("underfits", held)["unbound"]
    assert changed(found) == []


def test_a_diverged_run_gets_smaller_steps():
    fast = with_value(SPEC, "learning_rate", 1e38)
    found = of("diverged", fast)
    assert found["slower"].training.optimizer.args["learning_rate"] == pytest.approx(0.001)
    assert found["clipped"].training.optimizer.args["clipnorm"] == 1.0
    little = of("diverged", with_value(SPEC, "learning_rate", 0.0004))
    assert little["slower"].training.optimizer.args["learning_rate"] == pytest.approx(0.00004)
    assert "clipped" not in of("diverged", found["clipped"])


def test_the_rate_of_a_schedule_is_the_one_it_begins_with():
    schedule = {
        "kind": "ExponentialDecay",
        "args": {"initial_learning_rate": 0.05, "decay_steps": 100, "decay_rate": 0.9},
    }
    found = of("diverged", with_value(SPEC, "learning_rate", schedule))["slower"]
    assert found.training.optimizer.args["learning_rate"]["args"]["initial_learning_rate"] == pytest.approx(0.001)


def test_raw_inputs_are_scaled():
    raw = with_value(SPEC, "dataset.steps", [])
    found = of("diverged", raw, data.outline(raw.dataset))["scaled"]
    assert [step.kind for step in found.dataset.steps] == ["scale"]


def test_no_better_than_the_baseline():
    slow = with_value(SPEC, "learning_rate", 1e-5)
    assert list(of("no-better", slow))[:2] == ["usual-rate", "bigger"]
    learned = of("no-better", slow, has_learned=True)
    assert list(learned) == ["usual-rate", "smaller"]


def test_rows_for_validation():
    none = with_value(SPEC, "dataset.split.validation", 0.0)
    assert of("too-little-data", none)["validated"].dataset.split.args["validation"] == 0.15
    undivided = with_value(SPEC, "dataset.split", {"kind": "none"})
    assert of("too-little-data", undivided)["validated"].dataset.split.kind == "holdout"
    assert of("too-little-data")["more-validation"].dataset.split.args["validation"] == 0.3


def test_what_goes_by_the_number_of_epochs_goes_with_it():
    facts = DIGITS.model_copy(update={"n_train": 1257})
    schedule = {"kind": "CosineDecay", "args": {"initial_learning_rate": 0.001, "decay_steps": 700}}
    longer = of("not-finished", with_value(SPEC, "learning_rate", schedule), facts)["longer"]
    assert longer.training.epochs == 40
    assert longer.training.optimizer.args["learning_rate"]["args"]["decay_steps"] == 1600


def test_a_limit_of_the_server_is_no_remedy():
    few = Settings(max_epochs=20)
    assert "longer" not in {each.name for each in remedies("not-finished", SPEC, DIGITS, few)}


def test_layers_that_change_start_from_fresh_weights():
    kept = SPEC.model_copy(update={"model": SPEC.model.model_copy(update={"weights": "0" * 64})})
    assert of("underfits", kept)["bigger"].model.weights is None
    assert of("overfits", kept)["dropout"].model.weights is None
    assert of("underfits", kept)["longer"].model.weights == "0" * 64


def test_what_is_blocked_gets_nothing_that_is_blocked():
    assert remedies("overfits", with_layers(), DIGITS, SETTINGS) == ()
    assert remedies("underfits", with_value(SPEC, "training.loss", "NoSuchLoss"), DIGITS, SETTINGS) == ()


def test_layers_that_pass_nothing_on_get_a_slope_and_a_usual_start():
    spec = with_layers(
        layer("Flatten", "flat"),
        layer("Dense", "one", units=32, activation="sigmoid", bias_initializer={"kind": "Ones"}),
        layer("Dense", "two", units=32),
        layer("Activation", "bend", activation="tanh"),
        layer("Dense", "three", units=32, activation="relu"),
        OUTPUT,
    )
    found = of("vanishing", spec)
    assert list(found) == ["relu", "normalised", "usual-start"]
    assert changed(found["relu"], spec) == [
        ("model.layers.one.activation", "sigmoid", "relu"),
        ("model.layers.bend.activation", "tanh", "relu"),
    ]
    assert [each.kind for each in found["normalised"].model.layers].count("BatchNormalization") == 3
    assert found["usual-start"].model.layers[1].args.get("bias_initializer") is None
    assert "normalised" not in of("vanishing", found["normalised"])
    dead = of("dead-units", spec)
    assert changed(dead["leaky"], spec) == [("model.layers.three.activation", "relu", "leaky_relu")]
    assert spec.model.layers[-1] == dead["leaky"].model.layers[-1], "the output layer answers as before"


def test_recurrent_layers_keep_their_own_activation():
    spec = with_layers(
        layer("Reshape", "rows", target_shape=[8, 8]), layer("LSTM", "read", units=8, activation="tanh"), OUTPUT
    )
    assert "relu" not in of("vanishing", spec)


def test_a_batch_that_does_not_fit_is_halved_at_least():
    assert of("out-of-memory", fitting_batch=8)["smaller-batch"].training.batch_size == 8
    assert of("out-of-memory")["smaller-batch"].training.batch_size == 16
    single = with_value(SPEC, "training.batch_size", 1)
    assert "smaller-batch" not in of("out-of-memory", single)
