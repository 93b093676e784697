"""Who can race: all of the catalogue, each a change of one thing."""

import pytest

from playground import catalog, recipes
from playground.data import outline
from playground.specs.difference import differences
from playground.specs.edit import with_value
from playground.specs.race import AS_IT_IS, ASPECTS, members, offered

SPEC = recipes.recipe("spiral").spec
FACTS = outline(SPEC.dataset)
TABLES = {
    "optimizers": "optimizers",
    "schedules": "schedules",
    "activations": "activations",
    "initializers": "initializers",
}


@pytest.mark.parametrize(("aspect", "table"), TABLES.items())
def test_everything_of_the_catalogue_can_race(aspect, table):
    assert {entry.id for entry in catalog.entries(table)} <= set(offered(aspect, SPEC, FACTS))


@pytest.mark.parametrize("aspect", ASPECTS)
def test_contestants_differ_in_their_aspect_only(aspect):
    where = "training.optimizer" if aspect in ("optimizers", "rates", "schedules") else "model.layers.hidden"
    found = offered(aspect, SPEC, FACTS)
    for label, spec in found.items():
        changed = [each.path for each in differences(SPEC, spec)]
        assert all(path.startswith(where) for path in changed), label
    assert len({spec.digest for spec in found.values()}) == len(found)


def test_the_run_as_it_is_takes_part_once():
    assert next(iter(offered("optimizers", SPEC).values())) == SPEC, "Adam with a rate of its own"
    assert AS_IT_IS not in offered("activations", SPEC), "tanh is among them"
    assert AS_IT_IS not in offered("initializers", SPEC), "Keras's default is glorot_uniform"
    assert AS_IT_IS not in offered("rates", with_value(SPEC, "learning_rate", 0.01))


def test_schedules_begin_with_the_rate_and_end_with_training():
    decay = offered("schedules", SPEC, FACTS)["CosineDecay"].training.optimizer.args["learning_rate"]["args"]
    steps = SPEC.training.epochs * -(-FACTS.n_train // SPEC.training.batch_size)
    assert (decay["initial_learning_rate"], decay["decay_steps"]) == (0.02, steps)
    again = offered("schedules", offered("schedules", SPEC, FACTS)["CosineDecay"], FACTS)
    assert again["Constant"].training.optimizer.args["learning_rate"] == 0.02


def test_those_of_one_seed_stand_together():
    racing = {"a": SPEC, "b": with_value(SPEC, "learning_rate", 0.1)}
    assert [(label, spec.seed) for label, spec in members(racing, [7, 8])] == [("a", 7), ("b", 7), ("a", 8), ("b", 8)]
