"""The facts that are checked in are those that the installed Keras gives."""

import difflib
import json

import keras
import pytest

from playground import catalog
from playground.catalog import generate
from playground.catalog.left_out import LEFT_OUT
from playground.catalog.tables import facts

IS_SAME = facts()["keras"] == keras.__version__


@pytest.fixture(scope="module")
def found() -> str:
    """The facts of the installed Keras, as text."""
    return generate.text()


def _difference(found: str) -> str:
    written = generate.PATH.read_text("utf-8").splitlines()
    lines = difflib.unified_diff(written, found.splitlines(), "checked in", "installed", lineterm="", n=0)
    return "\n".join(line[:300] for line in lines)


def test_the_text_holds_the_facts(found):
    assert json.loads(found) == json.loads(json.dumps(generate.facts()))


def test_the_installed_keras_has_the_facts_that_are_checked_in(found):
    difference = _difference(found)
    if not IS_SAME:
        print(f"facts.json describes Keras {facts()['keras']}, installed is {keras.__version__}\n{difference}")
        pytest.skip("another Keras than the one described; only the ids are compared")
    assert difference == "", "run make catalog"


@pytest.mark.parametrize("kind", sorted(facts()["tables"]))
def test_the_installed_keras_has_every_id_on_offer(kind, found):
    known = json.loads(found)["tables"][kind]
    own = {"accuracy"} if kind == "metrics" else set()  # compile's word, which is no class
    assert {each.id for each in catalog.entries(kind)} - own <= set(known)


@pytest.mark.parametrize("kind", sorted(LEFT_OUT))
def test_the_installed_keras_has_every_name_that_is_left_out(kind):
    module = keras.optimizers.schedules if kind == "schedules" else getattr(keras, kind)
    assert [name for name in LEFT_OUT[kind] if not hasattr(module, name)] == []


TEXTS = [
    pytest.param(kind, each.id, name, id=f"{kind}-{name}")
    for kind in ("activations", "initializers", "regularizers", "constraints")
    for each in catalog.entries(kind)
    if not each.params  # the export writes the others as calls
    for name in (each.id, *facts()["tables"][kind][each.id]["aliases"])
]


@pytest.mark.parametrize(("kind", "own", "name"), TEXTS)
def test_keras_takes_every_text_that_we_know_for_the_same_object(kind, own, name):
    found = getattr(keras, kind).get(name)
    assert getattr(found, "__name__", type(found).__name__) == own
