"""Lookups by other names, near names, and what of Keras is on offer, left out or still missing."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import catalog
from playground.catalog import help, kinds, tables
from playground.catalog.left_out import LEFT_OUT
from playground.catalog.tables import facts

KERAS_KINDS = tuple(sorted(facts()["tables"]))
OTHER_NAMES = [
    (kind, other, name)
    for kind in KERAS_KINDS
    for name, described in facts()["tables"][kind].items()
    for other in described["aliases"]
    if catalog.entry(kind, name) is not None
]


def test_every_other_name_of_keras_finds_the_entry():
    for kind, other, name in OTHER_NAMES:
        assert catalog.entry(kind, other) is catalog.entry(kind, name), other


@pytest.mark.parametrize(
    ("kind", "other", "name"),
    [
        ("initializers", "glorot_uniform", "GlorotUniform"),
        ("initializers", "uniform", "RandomUniform"),
        ("regularizers", "l1_l2", "L1L2"),
        ("layers", "GlobalAvgPool2D", "GlobalAveragePooling2D"),
        ("activations", "hard_swish", "hard_silu"),
    ],
)
def test_other_names_are_those_that_scripts_use(kind, other, name):
    assert catalog.entry(kind, other) is catalog.entry(kind, name) is not None


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_what_is_unknown_has_no_entry(kind):
    assert catalog.entry(kind, "no such name") is None
    assert catalog.entry(kind, "") is None


@pytest.mark.parametrize("kind", ["", "layer", "Layers"])
def test_unknown_tables_are_refused(kind):
    with pytest.raises(KeyError):
        catalog.entries(kind)


@pytest.mark.parametrize(
    ("kind", "wrong", "right"),
    [
        ("layers", "Denze", "Dense"),
        ("layers", "conv2d", "Conv2D"),
        ("layers", "MaxPool2", "MaxPooling2D"),
        ("layers", "BatchNorm", "BatchNormalization"),
        ("activations", "RELU", "relu"),
        ("activations", "softmx", "softmax"),
        ("losses", "binary_crossentropy", "BinaryCrossentropy"),
        ("losses", "MeanSquareError", "MeanSquaredError"),
        ("optimizers", "adm", "Adam"),
        ("optimizers", "rmsprob", "RMSprop"),
        ("schedules", "CosinDecay", "CosineDecay"),
        ("metrics", "acuracy", "accuracy"),
        ("initializers", "HeNorm", "HeNormal"),
        ("regularizers", "l2", "L2"),
        ("constraints", "max_norm", "MaxNorm"),
        ("callbacks", "EarlyStop", "EarlyStopping"),
        ("datasets", "spiral", "spirals"),
        ("steps", "standardize", "standardise"),
        ("splits", "hold_out", "holdout"),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(kind, wrong, right):
    assert catalog.nearest(kind, wrong)[0] == right


@pytest.mark.parametrize(
    ("kind", "name"),
    [(kind, each.id) for kind in catalog.KINDS for each in catalog.entries(kind)],
)
def test_names_in_small_letters_and_with_underscores_lead_to_theirs(kind, name):
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    for spelled in (name.lower(), snake):
        assert catalog.nearest(kind, spelled)[0] == name


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_nothing_is_near_to_nonsense(kind):
    assert catalog.nearest(kind, "§§§") == []


@settings(deadline=None)
@given(st.sampled_from(catalog.KINDS), st.text(max_size=30))
def test_near_names_are_at_most_three_and_on_offer(kind: str, name: str):
    found = catalog.nearest(kind, name)
    assert len(found) == len(set(found)) <= 3
    assert all(catalog.entry(kind, each) is not None for each in found)


@pytest.mark.parametrize("kind", KERAS_KINDS)
def test_what_is_left_out_has_a_reason_and_is_not_on_offer(kind):
    reasons = LEFT_OUT.get(kind, {})
    assert all(reason.strip() for reason in reasons.values())
    assert [name for name in reasons if catalog.entry(kind, name) is not None] == []


def test_exceptions_by_class_are_about_arguments_that_keras_has():
    owned = {
        (name, argument["name"])
        for table in facts()["tables"].values()
        for name, described in table.items()
        for argument in described["arguments"]
    }
    assert set(kinds.BY_CLASS) - owned == set()


def test_our_own_help_stands_only_where_keras_has_none():
    assert help.help_of("axis", "Keras's words.") == "Keras's words."
    assert help.help_of("axis", "").startswith("The axes that are summed over")
    assert help.help_of("no_such_argument", "") == ""
    silent = {
        argument["name"]
        for table in facts()["tables"].values()
        for described in table.values()
        for argument in described["arguments"]
        if not argument["help"]
    }
    assert set(help.BY_NAME) - silent == set()


def test_an_argument_about_which_nothing_is_said_is_refused():
    with pytest.raises(LookupError, match="nothing is said about the argument 'spin' of Dense; add it to kinds"):
        kinds.kind_of("layers", "Dense", "spin")


@pytest.mark.parametrize("name", ["name", "dtype", "seed", "weights", "data_format"])
def test_arguments_that_are_the_runs_own_are_never_offered(name):
    assert kinds.kind_of("layers", "Dense", name) is None
    for kind in KERAS_KINDS:
        assert [each.id for each in catalog.entries(kind) if each.param(name) is not None] == []


def test_a_choice_without_facts_is_refused(monkeypatch):
    monkeypatch.setitem(tables._CHOICES, "constraints", (tables.Choice("NoSuch", "Norms", "Nothing."),))
    tables.forget()
    try:
        with pytest.raises(KeyError, match="constraints: NoSuch is on offer but"):
            catalog.entries("constraints")
    finally:
        tables.forget()
