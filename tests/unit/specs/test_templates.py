"""Whole models to start from."""

import math

import pytest

from playground import catalog, data
from playground.specs import DatasetSpec
from playground.specs.edit import with_value
from playground.specs.facts import Facts
from playground.specs.first_dataset import first_dataset, usual_steps
from playground.specs.problems import problems
from playground.specs.rules.head import output_at
from playground.specs.templates import TEMPLATES, Misfit, applied, fitting, started, unfitting

DATASETS = [entry.id for entry in catalog.entries("datasets")]
PAIRS = [(each, None) for each in DATASETS]
# Numbers of words cannot be reconstructed.
PAIRS += [(each, "input") for each in DATASETS if data.outline(first_dataset(each)).vocabulary is None]
ON_IMAGES = [
    "logistic",
    "mlp",
    "cnn",
    "lenet",
    "vgg",
    "resnet",
    "inception",
    "pretrained",
    "conv1d",
    "lstm",
    "bidirectional_lstm",
    "gru",
    "transformer",
]
IMAGES = ["cnn", "lenet", "vgg", "resnet", "inception", "pretrained"]
SERIES = Facts(task="regression", input_shape=(50, 3))
TEXTS = Facts(task="binary", input_shape=(20,), classes=("blame", "praise"), vocabulary=500)
COLOURS = Facts(task="multiclass", input_shape=(32, 40, 3), classes=tuple("abcd"))


def facts_of(source: str, target: str | None = None):
    steps = usual_steps(source) if data.SOURCES[source].columns else ()  # names must become numbers
    dataset = DatasetSpec(source=source, target=target, steps=steps)
    return dataset, data.outline(dataset)


def names(facts: Facts) -> list[str]:
    return [template.name for template in fitting(facts)]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_all_that_fit_a_dataset_are_right_for_its_task(source, target):
    dataset, facts = facts_of(source, target)
    assert fitting(facts)
    for template in fitting(facts):
        spec = started(dataset, facts, template.name)
        assert [problem.reason for problem in problems(spec, facts) if problem.is_blocking] == [], template.name
        assert template.ends or output_at(spec, facts) is not None


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_without_template_only_the_layers_are_missing(source, target):
    dataset, facts = facts_of(source, target)
    blocking = [problem.rule for problem in problems(started(dataset, facts), facts) if problem.is_blocking]
    assert blocking == ["no-layers"]


def test_which_fit():
    assert names(facts_of("digits")[1]) == ON_IMAGES
    assert names(facts_of("moons")[1]) == ["logistic", "mlp"]
    assert names(facts_of("plane")[1]) == ["linear", "mlp"]
    assert names(facts_of("plane", "input")[1]) == ["autoencoder"]
    assert names(facts_of("digits", "input")[1]) == ["autoencoder"]
    assert names(SERIES) == ["linear", "mlp", "conv1d", "lstm", "bidirectional_lstm", "gru", "transformer"]
    assert names(TEXTS) == ["conv1d", "lstm", "bidirectional_lstm", "gru", "transformer", "text_cnn"]
    assert names(COLOURS) == ON_IMAGES


@pytest.mark.parametrize(
    "facts", [SERIES, TEXTS, COLOURS, facts_of("iris")[1], facts_of("iris", "input")[1]], ids=lambda facts: facts.task
)
def test_a_template_either_fits_or_says_why_not(facts):
    others = unfitting(facts)
    assert sorted([*names(facts), *(each.name for listed in others.values() for each in listed)]) == sorted(TEMPLATES)
    assert all(isinstance(reason, Misfit) for reason in others)


def test_the_reason_names_what_is_missing():
    _, iris = facts_of("iris")
    assert [each.name for each in unfitting(iris)[Misfit.NO_IMAGE]] == IMAGES
    assert [each.name for each in unfitting(iris)[Misfit.NO_CLASS]] == ["linear"]
    assert [each.name for each in unfitting(iris)[Misfit.ONLY_RECONSTRUCTION]] == ["autoencoder"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_each_says_what_it_is_and_when_to_take_it(name):
    template = TEMPLATES[name]
    for words in (template.summary, template.use_when):
        assert words.endswith(".")
        assert len(words) < 120


@pytest.mark.parametrize("facts", [SERIES, TEXTS, COLOURS], ids=["series", "texts", "colours"])
def test_layers_have_names_of_their_own_and_read_earlier_ones(facts):
    for template in fitting(facts):
        seen = {"input"}
        for each in template.layers(facts):
            assert each["name"] not in seen
            assert set(each["inputs"]) <= seen, (template.name, each["name"])
            seen.add(each["name"])


def test_words_are_looked_up_before_they_are_read():
    for template in fitting(TEXTS):
        assert template.layers(TEXTS)[0]["args"] == {"input_dim": 500, "output_dim": 32}


def test_a_shortcut_goes_around_two_convolutions():
    layers = {each["name"]: each for each in TEMPLATES["resnet"].layers(COLOURS)}
    assert layers["block_1_add"]["inputs"] == ["block_1_norm_2", "stem_relu"]
    assert layers["block_2_add"]["inputs"] == ["block_2_norm_2", "block_2_shortcut_norm"]
    assert layers["block_2_shortcut_conv"]["inputs"] == ["block_1_relu_2"]
    assert layers["block_2_shortcut_conv"]["args"]["kernel_size"] == 1


def test_the_code_of_an_autoencoder_is_narrower_than_its_input():
    for source in ("digits", "iris", "moons", "breast_cancer"):
        dataset, facts = facts_of(source, "input")
        layers = {each.name: each for each in started(dataset, facts, "autoencoder").model.layers}
        assert layers["code"].args["units"] <= math.prod(facts.input_shape) / 2


@pytest.mark.parametrize("name", [each for each in TEMPLATES if each != "text_cnn"])
def test_the_rest_of_a_draft_stays(name):
    target = "input" if name == "autoencoder" else None
    dataset, facts = facts_of("plane" if name == "linear" else "digits", target)
    before = with_value(with_value(started(dataset, facts, seed=5), "epochs", 3), "optimizer", "SGD")
    after = applied(before, facts, name)
    assert (after.seed, after.training.epochs, after.training.optimizer.kind) == (5, 3, "SGD")
    assert after.dataset == dataset
    assert after.name == TEMPLATES[name].label
    assert applied(with_value(before, "name", "Mine"), facts, name).name == "Mine"


def test_there_is_no_other():
    dataset, facts = facts_of("iris")
    with pytest.raises(KeyError):
        started(dataset, facts, "alexnet")
