"""The exported script of every recipe, run in full by a Python of its own, gives the numbers of the app."""

import pytest

from playground import recipes
from playground.export import script
from tests.contract.alone import gives_the_numbers_of_the_app


@pytest.mark.parametrize("name", recipes.names())
def test_the_script_of_a_recipe_gives_the_numbers_of_the_app(name, tmp_path):
    """MNIST and Fashion-MNIST are stood in for by a few random pictures."""
    spec = recipes.recipe(name).spec
    gives_the_numbers_of_the_app(name, spec, [script(spec)], tmp_path)
