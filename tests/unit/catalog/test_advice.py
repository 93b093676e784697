"""Our words about arguments and entries: there for all that matter, within bounds, about what exists."""

import re

import pytest

from playground import catalog
from playground.catalog.about import ABOUT
from playground.catalog.advice import BY_CLASS, BY_NAME, ONLY_WHEN, ONLY_WHEN_IN
from playground.catalog.tables import facts

ALL_OF = ("activations", "losses", "optimizers", "schedules")
COUNTED = ("layers", *ALL_OF)
NUMBERS = ("int", "float", "shape")
PLACES = ("axis", "axes", "dims", "target_shape", "ignore_class", "mask_value", "output_shape")
"""Arguments that are numbers and name a place or a value: there is no more or less of them."""
EVERY_PARAM = [(entry, param) for kind in catalog.KINDS for entry in catalog.entries(kind) for param in entry.params]


def _main_numbers():
    for entry in catalog.entries("layers"):
        if catalog.about("layers", entry.id):
            yield from ((entry, param) for param in entry.params if param.basic)
    for table in ("losses", "optimizers", "schedules"):
        for entry in catalog.entries(table):
            yield from ((entry, param) for param in entry.params)


@pytest.mark.parametrize("table", ALL_OF)
def test_every_entry_says_when_it_helps(table):
    assert [entry.id for entry in catalog.entries(table) if not catalog.about(table, entry.id)] == []


def test_at_least_sixty_layers_say_when_they_help():
    assert sum(bool(catalog.about("layers", entry.id)) for entry in catalog.entries("layers")) >= 60


@pytest.mark.parametrize("table", COUNTED)
def test_judgement_is_about_what_exists_and_is_not_the_summary(table):
    for name, words in ABOUT[table].items():
        entry = catalog.entry(table, name)
        assert entry is not None, name
        assert entry.id == name
        assert words != entry.summary
        assert words[0].isupper(), name
        assert words.endswith("."), name


def test_what_nobody_judged_has_no_words():
    assert catalog.about("layers", "NoSuchLayer") == catalog.about("nothing", "Dense") == ""


def test_every_main_number_has_its_range_and_what_raising_and_lowering_does():
    bare = [
        f"{entry.id}.{param.name}"
        for entry, param in _main_numbers()
        if param.kind in NUMBERS
        and param.name not in PLACES
        and not (param.typical and param.raising and param.lowering)
    ]
    assert bare == []


def test_typical_values_lie_within_the_bounds():
    seen = 0
    for entry, param in EVERY_PARAM:
        for number in re.findall(r"-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?", param.typical):
            seen += 1
            value = float(number.replace(",", ""))
            given = param.normalise((value,) if param.kind in ("shape", "list") else value)
            assert param.accepts(given), f"{entry.id}.{param.name}: {number} is not {param.expected()}"
    assert seen > 500


def test_ranges_go_upwards():
    for entry, param in EVERY_PARAM:
        if " to " in param.typical:
            low, high = (float(part.replace(",", "")) for part in param.typical.split(" to "))
            assert low < high, f"{entry.id}.{param.name}"


def test_what_an_argument_depends_on_exists():
    seen = set()
    for entry, param in EVERY_PARAM:
        if param.only_when is None:
            continue
        other, values = param.only_when
        found = entry.param(other)
        assert found is not None, f"{entry.id}.{param.name}: there is no {other}"
        assert values, f"{entry.id}.{param.name}"
        assert all(found.accepts(value) for value in values), f"{entry.id}.{param.name}: {values}"
        assert other != param.name
        seen.add(param.name)
    assert {"bias_initializer", "gamma_initializer", "ema_momentum", "alpha"} <= seen


def test_an_argument_that_always_counts_depends_on_nothing():
    focal = catalog.entry("losses", "CategoricalFocalCrossentropy")
    assert focal is not None
    alpha = focal.param("alpha")
    assert alpha is not None
    assert alpha.only_when is None, "only the binary one has a switch for it"


def test_words_that_no_argument_uses_are_gone():
    names = {
        argument["name"]
        for each in facts()["tables"].values()
        for one in each.values()
        for argument in one["arguments"]
    }
    assert set(BY_NAME) | set(ONLY_WHEN) <= names
    offered = {(entry.id, param.name) for entry, param in EVERY_PARAM}
    assert set(BY_CLASS) | set(ONLY_WHEN_IN) <= offered


def test_words_for_numbers_are_not_on_what_is_none():
    for entry, param in EVERY_PARAM:
        if param.kind not in (*NUMBERS, "list"):
            assert (param.typical, param.raising, param.lowering) == ("", "", ""), f"{entry.id}.{param.name}"
