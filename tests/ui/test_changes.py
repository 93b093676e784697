"""What differs between two specs, in one line on screen."""

from playground import recipes
from playground.specs.edit import with_value
from playground.specs.stack import added, removed
from playground.ui import changes

SPEC = recipes.recipe("digits-mlp").spec


def test_one_change_is_one_phrase():
    assert changes.words(SPEC, with_value(SPEC, "learning_rate", 0.01)) == "learning\\_rate 0.001 → 0.01"


def test_layers_come_and_go_by_name():
    more = added(SPEC, "Dropout")
    assert changes.words(SPEC, more) == "with dropout"
    assert changes.words(more, SPEC) == "without dropout"


def test_many_changes_are_counted():
    other = with_value(removed(SPEC, "hidden"), "learning_rate", 0.01)
    for path, value in (("epochs", 3), ("batch_size", 8), ("seed", 9)):
        other = with_value(other, path, value)
    assert changes.words(SPEC, other) == "without hidden, learning\\_rate 0.001 → 0.01, epochs 20 → 3, 2 more"


def test_nothing_is_said_of_what_is_the_same():
    assert changes.words(SPEC, SPEC) == ""
