"""Every recipe: complete, sound against the facts of its data, the same after JSON, and with its pictures."""

import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image
from pydantic import ValidationError

from playground import catalog, recipes
from playground.data import SOURCES, outline
from playground.recipes import Recipe
from playground.recipes.figures import MEASURED
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.problems import problems

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "playground" / "recipes"
PICTURES = ROOT / "static" / "recipes"
EXPECTED = {
    "linear-regression-by-hand": {"tested-on-training-rows"},
    "pima-diabetes": {"tested-on-training-rows", "unscaled-inputs"},
    "a-number-that-lies": {"loss-against-task", "metric-against-task"},
    "sp500-lstm": {"loss-domain"},
}
"""Rules that recipes break on purpose: what is wrong there is what they show."""
OF_THIS_MACHINE = {"weights-elsewhere"}
"""Rules that ask what has been downloaded here."""


@pytest.fixture(params=recipes.names())
def recipe(request: pytest.FixtureRequest) -> Recipe:
    """Each recipe in turn."""
    return recipes.recipe(request.param)


def test_every_file_is_a_recipe():
    assert sorted(recipes.names()) == sorted(path.stem for path in FOLDER.glob("*.json") if path != MEASURED)
    assert len(recipes.names()) >= 38


def test_recipes_come_in_teaching_order_and_no_title_stands_twice():
    listed = [recipes.recipe(name) for name in recipes.names()]
    assert [each.order for each in listed] == sorted(each.order for each in listed)
    for field in ("name", "title", "order"):
        counted = Counter(getattr(each, field) for each in listed)
        assert [value for value, n in counted.items() if n > 1] == [], field
    assert len({each.spec.digest for each in listed}) == len(listed), "two recipes that are the same run"


def test_a_recipe_says_what_one_should_have_met_before(recipe):
    assert recipe.level in recipes.LEVELS


def test_a_recipe_has_no_problems_but_those_it_shows(recipe):
    found = problems(recipe.spec, outline(recipe.spec.dataset), Settings())
    assert {problem.rule for problem in found} - OF_THIS_MACHINE == EXPECTED.get(recipe.name, set())
    assert not [problem.reason for problem in found if problem.is_blocking]


def test_every_variation_of_a_recipe_can_be_run_and_is_another_run(recipe):
    for variation in (*recipe.variants, *recipe.try_next):
        spec = variation.of(recipe.spec)
        found = problems(spec, outline(spec.dataset), Settings())
        assert [problem.reason for problem in found if problem.is_blocking] == [], variation.label
    runs = [recipe.spec, *(each.of(recipe.spec) for each in (*recipe.variants, *recipe.try_next))]
    assert len({spec.digest for spec in runs}) == len(runs), "two of them are the same run"


def test_a_recipe_asks_a_question_and_proposes_three_things(recipe):
    assert recipe.question is not None
    assert 2 <= len(recipe.question.choices) <= 4
    assert len(set(recipe.question.choices)) == len(recipe.question.choices)
    assert 0 <= recipe.question.answer < len(recipe.question.choices)
    assert recipe.question.text.endswith("?")
    assert recipe.question.why.endswith(".")
    assert len(recipe.try_next) == 3
    for variation in recipe.try_next:
        assert variation.why[-1:] in (".", "?"), variation.label
    labels = [recipe.label, *(variation.label for variation in recipe.variants)]
    assert len(set(labels)) == len(labels)
    assert bool(recipe.label) == bool(recipe.variants), "runs side by side need a name each"


def test_what_stands_beside_a_recipe_is_in_the_catalogue(recipe):
    for name in recipe.beside:
        assert catalog.entry("estimators", name) is not None
    assert not recipe.all_folds or recipe.spec.dataset.split.kind == "kfold"


def test_a_recipe_is_the_same_after_json(recipe):
    again = RunSpec.from_json(recipe.spec.to_json())
    assert again == recipe.spec
    assert again.digest == recipe.spec.digest
    assert Recipe.model_validate_json(recipe.model_dump_json()) == recipe


def test_the_file_of_a_recipe_says_all_and_only_what_the_recipe_says(recipe):
    written = json.loads((FOLDER / f"{recipe.name}.json").read_text("utf-8"))
    said = recipe.model_dump(mode="json", exclude_defaults=True, exclude={"name", "measured"})
    assert written == said


def test_a_recipe_has_words(recipe):
    for words in (recipe.teaches, recipe.look_at):
        assert words[:1].isupper() or words[:1].isdigit()
        assert words[-1] in ".?"
    for words in (recipe.title, recipe.level, recipe.teaches, recipe.look_at, recipe.reported, recipe.measured):
        assert words == words.strip()
    assert recipe.title
    assert recipe.level
    assert recipe.spec.name


def test_a_recipe_stands_in_the_group_of_its_data(recipe):
    source = catalog.entry("datasets", recipe.spec.dataset.source)
    assert recipe.group == source.group
    assert recipe.offline == (SOURCES[source.id].stamp is None)


def test_a_recipe_estimates_how_long_it_trains(recipe):
    assert 1 <= recipe.seconds <= 600


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_recipe_has_a_picture_in_each_theme(recipe, theme):
    with Image.open(PICTURES / f"{recipe.name}-{theme}.png") as picture:
        picture.load()
        assert picture.format == "PNG"
        assert min(picture.size) >= 64
        assert picture.convert("RGB").getcolors(maxcolors=1) is None, "a picture of one colour shows nothing"


def test_both_pictures_of_a_recipe_have_one_size(recipe):
    sizes = set()
    for theme in ("light", "dark"):
        with Image.open(PICTURES / f"{recipe.name}-{theme}.png") as picture:
            sizes.add(picture.size)
    assert len(sizes) == 1


def test_no_picture_is_left_of_a_recipe_that_is_gone():
    wanted = {f"{name}-{theme}.png" for name in recipes.names() for theme in ("light", "dark")}
    assert {path.name for path in PICTURES.iterdir()} == wanted


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("digit-mlp", "digits-mlp"), ("DIGITS-CNN", "digits-cnn"), ("spirals", "spiral"), ("iris", "iris-mlp")],
)
def test_an_unknown_name_is_answered_with_the_nearest(wrong, right):
    assert recipes.nearest(wrong)[0] == right
    with pytest.raises(recipes.UnknownRecipeError, match=f"^Unknown recipe '{wrong}'. Did you mean {right}"):
        recipes.recipe(wrong)


def test_where_no_name_is_near_all_are_listed():
    assert recipes.nearest("§§§") == list(recipes.names())
    with pytest.raises(recipes.UnknownRecipeError) as refused:
        recipes.recipe("§§§")
    assert all(name in str(refused.value) for name in recipes.names())


@pytest.mark.parametrize("name", recipes.names())
def test_a_recipe_is_found_by_its_name_and_cannot_be_changed(name):
    found = recipes.recipe(name)
    assert found.name == name
    with pytest.raises(ValidationError):
        found.title = "Another"


def test_a_field_that_no_recipe_has_is_refused():
    fields = recipes.recipe("spiral").model_dump()
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Recipe(**fields, author="nobody")
