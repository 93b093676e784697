"""What every entry of every table must have: words, unique names, and facts of Keras behind it."""

from collections import Counter

import pytest

from playground import catalog
from playground.catalog.tables import facts
from playground.specs import Args
from playground.specs.normalise import normalised
from playground.specs.rules.kinds import accepts
from playground.specs.usual import usual_args

KERAS_KINDS = tuple(sorted(facts()["tables"]))
OUR_KINDS = tuple(kind for kind in catalog.KINDS if kind not in KERAS_KINDS)
ENTRIES = [pytest.param(each, id=f"{kind}-{each.id}") for kind in catalog.KINDS for each in catalog.entries(kind)]
TASKS = {"binary", "multiclass", "regression", "reconstruction"}


def test_every_table_of_facts_has_a_table_of_entries():
    assert set(KERAS_KINDS) < set(catalog.KINDS)
    assert set(OUR_KINDS) == {"datasets", "steps", "splits", "estimators"}
    assert len(catalog.KINDS) == len(set(catalog.KINDS))


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_every_table_has_entries_with_names_of_their_own(kind):
    found = catalog.entries(kind)
    assert found
    assert {each.kind for each in found} == {kind}
    for field in ("id", "label"):
        counted = Counter(getattr(each, field).lower() for each in found)
        assert [name for name, n in counted.items() if n > 1] == []


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_beginners_see_something_of_every_table(kind):
    assert any(each.basic for each in catalog.entries(kind))


@pytest.mark.parametrize("kind", KERAS_KINDS)
def test_every_offered_object_of_keras_has_facts(kind):
    described = facts()["tables"][kind]
    ours = {"accuracy"} if kind == "metrics" else set()  # compile's own word, which is no class
    assert {each.id for each in catalog.entries(kind)} - ours <= set(described)


@pytest.mark.parametrize("each", ENTRIES)
def test_every_entry_has_words(each):
    assert each.label.strip() == each.label != ""
    assert each.group[:1].isupper() or each.group == "2-D points"
    assert each.summary[:1].isupper() or each.summary[:1].isdigit() or each.id == "exponential"  # "e to the power"
    assert each.summary.endswith(".")
    assert "\n" not in each.summary
    assert not each.url or each.url.startswith("https://")


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_entries_fit_tasks_and_ranks_that_there_are(kind):
    for each in catalog.entries(kind):
        assert len(TASKS & set(each.tasks)) == len(each.tasks), each.id
        assert list(each.ranks) == sorted(set(each.ranks) & {1, 2, 3, 4, 5}), each.id


@pytest.mark.parametrize("kind", ["losses", "metrics", "datasets"])
def test_what_is_about_targets_says_for_which_tasks_and_every_task_has_some(kind):
    tasks = [each.tasks for each in catalog.entries(kind)]
    assert all(tasks)
    rebuilt = {"reconstruction"} if kind == "datasets" else set()  # of any data, not a dataset's own
    assert {task for some in tasks for task in some} == TASKS - rebuilt


@pytest.mark.parametrize("kind", KERAS_KINDS)
def test_entries_of_keras_have_its_documentation(kind):
    assert all(each.url.startswith("https://keras.io/api/") for each in catalog.entries(kind))


@pytest.mark.parametrize("each", ENTRIES)
def test_every_entry_is_found_by_its_name(each):
    assert catalog.entry(each.kind, each.id) is each
    assert catalog.nearest(each.kind, each.id)[0] == each.id


@pytest.mark.parametrize("each", [case for case in ENTRIES if case.values[0].params])
def test_arguments_have_names_of_their_own_and_the_first_come_first(each):
    names = [param.name for param in each.params]
    assert len(names) == len(set(names))
    assert all(each.param(name) is param for name, param in zip(names, each.params, strict=True))
    assert each.param("no_such_argument") is None
    shown = [param.basic for param in each.params]
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("kind", catalog.KINDS)
def test_a_form_shows_every_argument_that_must_be_given(kind):
    hidden = {each.id: [p.name for p in each.params if p.required and not p.basic] for each in catalog.entries(kind)}
    assert hidden == {name: [] for name in hidden}


NOTHING_WITHOUT = {
    ("Normalization", "mean"),
    ("Normalization", "variance"),
    ("Discretization", "bin_boundaries"),
    ("CategoryEncoding", "num_tokens"),
    ("F1Score", "average"),
    ("FBetaScore", "average"),
}
"""Arguments that Keras does without, at the price of adapt(), an error, or several numbers where one is wanted."""


@pytest.mark.parametrize("each", ENTRIES)
def test_what_a_new_one_starts_with_is_allowed_and_lacks_nothing(each):
    args = Args(usual_args(each.kind, each.id))
    assert {param.name for param in each.params if param.required} <= set(args)
    assert [name for name, value in args.items() if not accepts(each.param(name), value)] == []
    assert normalised(args, each) == args


@pytest.mark.parametrize("kind", KERAS_KINDS)
def test_arguments_and_defaults_are_those_of_keras(kind):
    for each in catalog.entries(kind):
        described = facts()["tables"][kind].get(each.id, {"arguments": []})
        offered = {argument["name"]: argument for argument in described["arguments"]}
        for param in each.params:
            if param.of_call:
                continue
            is_required = offered[param.name].get("required", False)
            assert param.required == (is_required or (each.id, param.name) in NOTHING_WITHOUT), (each.id, param.name)
            default = offered[param.name].get("default")
            if param.kind != "object":
                assert param.default == param.normalise(Args(x=default)["x"]), (each.id, param)
