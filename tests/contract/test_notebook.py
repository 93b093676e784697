"""The exported notebook is valid, and its cells, run in order, give the numbers of the app."""

import nbformat
import pytest

from playground import recipes
from playground.export import notebook, script
from playground.specs.edit import with_value
from tests.contract.alone import gives_the_numbers_of_the_app


@pytest.mark.parametrize("name", recipes.names())
def test_the_notebook_of_every_recipe_is_valid_and_has_the_lines_of_the_script(name):
    spec = recipes.recipe(name).spec
    read = nbformat.reads(notebook(spec), as_version=4)
    nbformat.validate(read)
    code = [cell.source for cell in read.cells if cell.cell_type == "code"]
    lines = {line for source in code[:-1] for line in source.splitlines()}
    theirs = {line for line in script(spec).splitlines() if not line.startswith(("#", '"""'))}
    assert theirs - {""} == {line for line in lines if not line.startswith("#")} - {""}


def test_a_notebook_explains_the_eight_steps_and_ends_with_a_plot():
    read = nbformat.reads(notebook(recipes.recipe("digits-mlp").spec), as_version=4)
    words = [cell.source for cell in read.cells if cell.cell_type == "markdown"]
    titles = [text.splitlines()[0] for text in words]
    steps = ["Load", "Prepare", "Define", "Compile", "Fit", "Evaluate", "Predict", "Save"]
    assert titles[1:-1] == [f"## {number}. {step}" for number, step in enumerate(steps, start=1)]
    assert all(text.splitlines()[-1].endswith(".") for text in words)
    assert "plt.plot(" in read.cells[-1].source


def test_the_same_spec_gives_the_same_file():
    spec = recipes.recipe("spiral").spec
    assert notebook(spec) == notebook(spec)


@pytest.mark.parametrize("name", ["iris-mlp"])  # the lines are those of the script, which is run for all
def test_the_cells_give_the_numbers_of_the_app(name, tmp_path):
    spec = with_value(recipes.recipe(name).spec, "training.epochs", 2)
    read = nbformat.reads(notebook(spec), as_version=4)
    cells = [cell.source for cell in read.cells if cell.cell_type == "code"]
    gives_the_numbers_of_the_app(name, spec, cells, tmp_path)
