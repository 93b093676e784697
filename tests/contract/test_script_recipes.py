"""The exported script of a recipe gives the numbers of the app, by a Python of its own or in this process."""

import pytest

from playground import recipes
from playground.data import SOURCES
from playground.export import script
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_here, gives_the_numbers_of_the_app
from tests.contract.stand_ins import STAND_INS, stand_in
from tests.sweeps import some

ALONE = ("digits-cnn", "sequence-to-sequence")
ROWS = 300


def _shortened(name: str) -> RunSpec:
    """The recipe with one epoch, where a difference shows already, and few rows where they are made."""
    spec = with_value(recipes.recipe(name).spec, "training.epochs", 1)
    if spec.dataset.options.get("n_samples", 0) > ROWS:
        spec = with_value(spec, "dataset.options.n_samples", ROWS)
    return spec


def _trained_here() -> list[str]:
    """All recipes that run offline, and the first of each set that is downloaded and has a stand-in."""
    found = {}
    for name in recipes.names():
        source = recipes.recipe(name).spec.dataset.source
        if SOURCES[source].stamp is None or source in STAND_INS:
            found.setdefault(name if SOURCES[source].stamp is None else source, name)
    return [name for name in found.values() if name not in ALONE]


@pytest.mark.parametrize("name", ALONE)
def test_the_script_of_a_recipe_gives_the_numbers_of_the_app(name, tmp_path):
    spec = _shortened(name)
    gives_the_numbers_of_the_app(name, spec, [script(spec)], tmp_path)


@pytest.mark.parametrize("name", some(_trained_here(), 4))
def test_the_script_of_a_recipe_gives_the_same_numbers_here(name, tmp_path, monkeypatch):
    spec = _shortened(name)
    stand_in(spec.dataset.source, Settings(home=tmp_path / "home"), monkeypatch)
    gives_the_numbers_here(name, spec, script(spec), tmp_path, monkeypatch)


@pytest.mark.parametrize("name", recipes.names())
def test_every_recipe_has_a_script(name):
    compile(script(recipes.recipe(name).spec), name, "exec")
