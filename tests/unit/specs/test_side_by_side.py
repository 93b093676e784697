"""What differs between several specs, as a table."""

from playground import recipes
from playground.specs.edit import with_value
from playground.specs.side_by_side import side_by_side

SPEC = recipes.recipe("digits-mlp").spec


def rows(*specs) -> dict[str, tuple[str, ...]]:
    return {each.name: each.values for each in side_by_side(specs)}


def test_a_setting_that_one_has_otherwise_is_told_for_all():
    wide = with_value(SPEC, "model.layers.hidden.units", 1024)
    fast = with_value(with_value(SPEC, "training.optimizer.learning_rate", 0.1), "seed", 3)
    units, rate, seed = side_by_side((SPEC, wide, fast))
    assert (units.path, units.values) == ("model.layers.hidden.units", ("64", "1,024", "64"))
    assert units.numbers == (64.0, 1024.0, 64.0)
    assert (rate.name, rate.numbers) == ("learning_rate", (0.001, 0.001, 0.1))
    assert seed.values == (str(SPEC.seed), str(SPEC.seed), "3")


def test_nothing_differs_between_equal_specs_or_of_one():
    assert side_by_side((SPEC, SPEC)) == ()
    assert side_by_side((SPEC,)) == ()


def test_another_kind_has_none_of_the_arguments_that_were_not_compared_with_it():
    calm = with_value(SPEC, "training.optimizer.beta_1", 0.5)
    sgd = with_value(SPEC, "training.optimizer", {"kind": "SGD", "args": {"learning_rate": 0.1}})
    found = rows(SPEC, calm, sgd)
    assert found["optimizer"] == ("Adam", "Adam", "SGD")
    assert found["beta_1"] == ("0.9", "0.5", "")
    assert found["learning_rate"] == ("0.001", "0.001", "0.1")


def test_a_layer_that_is_not_there_has_no_numbers():
    without = with_value(
        SPEC, "model.layers", [each.model_dump() for each in SPEC.model.layers if each.name != "hidden"]
    )
    narrow = with_value(SPEC, "model.layers.hidden.units", 4)
    found = rows(SPEC, narrow, without)
    assert found["hidden"] == ("Dense", "Dense", "")
    assert found["hidden.units"] == ("64", "4", "")
    assert next(each for each in side_by_side((SPEC, narrow, without)) if each.name == "hidden.units").numbers is None
