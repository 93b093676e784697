"""The ways against learning by heart: each changes what it says, in the lab's networks and in the examples."""

import pytest

from playground import recipes
from playground.catalog.regularisations import PROBLEMS, WAYS, amount, problem, way
from playground.data import outline
from playground.specs.problems import problems
from playground.specs.regularised import TRAIN, overfitting, regularised

pytestmark = pytest.mark.unit

BASE = overfitting(problem("moons"))
FACTS = outline(BASE.dataset)


def changed(name, value):
    return regularised(BASE, name, value, FACTS)


def kinds(spec):
    return [layer.kind for layer in spec.model.layers]


@pytest.mark.parametrize("of", [pytest.param(each, id=each.id) for each in PROBLEMS])
@pytest.mark.parametrize("by", [pytest.param(each, id=each.id) for each in WAYS])
def test_every_way_changes_every_problem_into_a_run_without_errors(of, by):
    base = overfitting(of)
    found = regularised(base, by.id, amount(by, by.default), outline(base.dataset))
    assert (found == base) is (by.id == "nothing")
    assert not [each for each in problems(found, outline(found.dataset)) if each.is_blocking]


@pytest.mark.parametrize(("name", "argument"), [("l1", "l1"), ("l2", "l2")])
def test_a_penalty_is_on_the_hidden_layers_alone_and_a_second_one_replaces_it(name, argument):
    first, second, output = changed(name, 0.01).model.layers
    for layer in (first, second):
        assert layer.args.plain()["kernel_regularizer"] == {"kind": name.upper(), "args": {argument: 0.01}}
    assert "kernel_regularizer" not in output.args
    again = regularised(changed(name, 0.01), name, 0.1, FACTS)
    assert again.model.layers[0].args["kernel_regularizer"]["args"][argument] == 0.1


def test_layers_come_behind_hidden_layers_and_only_once():
    assert kinds(changed("dropout", 0.4)) == ["Dense", "Dropout", "Dense", "Dropout", "Dense"]
    again = regularised(changed("dropout", 0.4), "dropout", 0.2, FACTS)
    assert [layer.args["rate"] for layer in again.model.layers if layer.kind == "Dropout"] == [0.2, 0.2]
    normal = changed("batchnorm", 0.0)
    assert kinds(normal) == ["Dense", "BatchNormalization", "Dense", "BatchNormalization", "Dense"]
    assert regularised(normal, "batchnorm", 0.0, FACTS) == normal
    noisy = changed("noise", 0.1)
    assert kinds(noisy) == ["GaussianNoise", "Dense", "Dense", "Dense"]
    assert kinds(regularised(noisy, "noise", 0.2, FACTS)) == kinds(noisy)


def test_early_stopping_takes_the_place_of_another():
    found = regularised(changed("early", 10), "early", 20, FACTS)
    (callback,) = found.training.callbacks
    assert callback.kind == "EarlyStopping"
    assert (callback.args["patience"], callback.args["restore_best_weights"]) == (20, True)


def test_a_smaller_network_and_more_points():
    small = changed("smaller", 8)
    assert [layer.args["units"] for layer in small.model.layers] == [8, 8, 1]
    assert changed("smaller", 1000) == BASE
    assert outline(BASE.dataset).n_train in (None, TRAIN)
    more = changed("more", 200)
    assert more.dataset.split.args["validation"] == pytest.approx(0.5)
    assert more.dataset.options == BASE.dataset.options


@pytest.mark.parametrize("name", ["digits-cnn", "imdb-capacity", "boston-housing-kfold", "sp500-lstm"])
@pytest.mark.parametrize("by", [pytest.param(each, id=each.id) for each in WAYS if each.fits_draft])
def test_a_way_breaks_no_example(name, by):
    spec = recipes.recipe(name).spec
    facts = outline(spec.dataset)
    before = {each.rule for each in problems(spec, facts) if each.is_blocking}
    found = regularised(spec, by.id, amount(by, by.default), facts)
    assert {each.rule for each in problems(found, facts) if each.is_blocking} <= before
    assert found.model.layers[-1] == spec.model.layers[-1]


def test_what_is_not_there_is_named():
    with pytest.raises(LookupError, match="expected one of nothing, l1"):
        regularised(BASE, "magic", 1.0)
    with pytest.raises(LookupError, match="no way 'magic'"):
        way("magic")
    with pytest.raises(LookupError, match="no problem 'magic'"):
        problem("magic")
