"""Edits of the layers of a model."""

import pydantic
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import catalog, data
from playground.runs import Store, open_store
from playground.settings import Settings
from playground.specs import RunSpec
from playground.specs.edit import with_value
from playground.specs.problems import problems
from playground.specs.stack import (
    added,
    duplicated,
    free_name,
    moved,
    place,
    removed,
    renamed,
    rereading,
    rows,
    switched,
    with_rows,
)
from tests.unit.specs.example import EXAMPLE

DIGITS = RunSpec.from_dict(EXAMPLE)
KINDS = [entry.id for entry in catalog.entries("layers")]


def names(spec: RunSpec) -> list[str]:
    """All layers in order, those that are off in brackets."""
    return [row.layer.name if row.is_on else f"({row.layer.name})" for row in rows(spec.model)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_layer_can_be_added_edited_and_taken_away_again(kind):
    spec = added(DIGITS, kind)
    name = next(name for name in names(spec) if name not in names(DIGITS))
    assert names(spec) == ["flatten", "hidden", name, "output"]
    assert not [problem for problem in problems(spec) if problem.is_blocking]
    assert removed(spec, name) == DIGITS
    assert moved(moved(spec, name, -1), name, 1) == spec
    assert switched(switched(spec, name), name) == spec
    assert switched(spec, name).digest == DIGITS.digest
    copied = duplicated(spec, name)
    assert removed(copied, next(each for each in names(copied) if each not in names(spec))) == spec
    assert renamed(renamed(spec, name, "other"), "other", name) == spec
    assert RunSpec.from_json(copied.to_json()) == copied


def test_a_layer_goes_before_the_output():
    facts = data.outline(DIGITS.dataset)
    assert place(DIGITS) == place(DIGITS, facts) == 2
    hidden = removed(DIGITS, "output")
    assert (place(hidden), place(hidden, facts)) == (1, 2), "32 units with relu answer no question of digits"
    assert place(removed(removed(hidden, "hidden"), "flatten")) == 0


REGRESSION = data.outline(DIGITS.dataset).model_copy(update={"task": "regression", "classes": (), "target_shape": ()})
BINARY = REGRESSION.model_copy(update={"task": "binary", "classes": ("no", "yes")})


@pytest.mark.parametrize(
    ("facts", "loss", "units", "activation", "is_output"),
    [
        (REGRESSION, "MeanSquaredLogarithmicError", 1, "softplus", True),
        (REGRESSION, "Poisson", 1, "exponential", True),
        (REGRESSION, "MeanSquaredError", 1, None, True),
        (REGRESSION, "MeanSquaredError", 2, None, False),
        (BINARY, "BinaryCrossentropy", 1, None, True),
        (BINARY, "Hinge", 1, "tanh", True),
        (BINARY, "BinaryCrossentropy", 1, "relu", False),
        (BINARY, "BinaryCrossentropy", 2, "sigmoid", False),
        (BINARY, "SparseCategoricalCrossentropy", 2, "softmax", True),
        (data.outline(DIGITS.dataset), "MeanSquaredLogarithmicError", 3, "softmax", True),
        (None, "MeanSquaredError", 7, "relu", True),
    ],
)
def test_what_answers_the_task_is_an_output_also_with_another_than_the_usual_activation(
    facts, loss, units, activation, is_output
):
    spec = with_value(DIGITS, "training.loss", {"kind": loss})
    spec = with_value(spec, "model.layers.output.args", {"units": units, "activation": activation})
    assert place(spec, facts) == (2 if is_output else 3)


REBUILDING = data.outline(DIGITS.dataset).model_copy(
    update={"task": "reconstruction", "target_shape": (8, 8), "target_dtype": "float32", "classes": ()}
)


@pytest.mark.parametrize(
    ("ends", "at"),
    [
        ([("Dense", {"units": 64}), ("Reshape", {"target_shape": [8, 8]})], 1),
        ([("Conv2D", {"filters": 1, "kernel_size": 3}), ("Reshape", {"target_shape": [8, 8]})], 1),
        ([("Dense", {"units": 64, "activation": "sigmoid"})], 1),
        ([("Dense", {"units": 63}), ("Reshape", {"target_shape": [9, 7]})], 3),
        ([("Dense", {"units": 16})], 2),
    ],
)
def test_a_layer_goes_before_the_part_that_rebuilds_the_input(ends, at):
    layers = [{"kind": "Flatten", "name": "flatten"}]
    layers += [{"kind": kind, "name": f"end_{number}", "args": args} for number, (kind, args) in enumerate(ends)]
    assert place(with_value(DIGITS, "model.layers", layers), REBUILDING) == at


def test_a_layer_goes_where_it_is_put():
    assert names(added(DIGITS, "Dropout", 0))[0] == "dropout"
    assert names(added(DIGITS, "Dropout", 99))[-1] == "dropout"
    with pytest.raises(KeyError):
        added(DIGITS, "Dens")


def test_a_layer_moves_no_further_than_to_an_end():
    assert names(moved(DIGITS, "output", -9)) == ["output", "flatten", "hidden"]
    assert names(moved(DIGITS, "flatten", 9)) == ["hidden", "output", "flatten"]
    with pytest.raises(KeyError):
        moved(DIGITS, "nobody", 1)


def test_resting_layers_keep_their_places():
    spec = switched(switched(DIGITS, "flatten"), "output")
    assert names(spec) == ["(flatten)", "hidden", "(output)"]
    assert names(added(spec, "Dropout", 1)) == ["(flatten)", "dropout", "hidden", "(output)"]
    assert names(removed(spec, "hidden")) == ["(flatten)", "(output)"]
    assert names(duplicated(spec, "flatten")) == ["(flatten)", "(flatten_1)", "hidden", "(output)"]
    assert switched(switched(spec, "output"), "flatten") == DIGITS


def test_what_read_a_layer_that_is_removed_reads_what_it_read():
    spec = rereading(added(DIGITS, "Add", 2), "add", ["flatten", "hidden"])
    assert rows(removed(spec, "hidden").model)[1].layer.inputs == ("flatten",)
    assert rows(removed(spec, "flatten").model)[1].layer.inputs == ("input", "hidden")


def test_a_name_follows_to_where_it_is_read():
    spec = renamed(rereading(DIGITS, "output", ["flatten", "hidden"]), "hidden", "deep")
    assert rows(spec.model)[2].layer.inputs == ("flatten", "deep")
    with pytest.raises(ValueError, match="taken"):
        renamed(DIGITS, "hidden", "output")
    with pytest.raises(ValueError, match="taken"):
        renamed(DIGITS, "hidden", "input")
    with pytest.raises(pydantic.ValidationError):
        renamed(DIGITS, "hidden", "two words")
    assert renamed(DIGITS, "hidden", "hidden") == DIGITS


def test_names_are_free_and_in_the_manner_of_keras():
    assert free_name(DIGITS, "MaxPooling2D") == "max_pooling2d"
    assert free_name(added(DIGITS, "Dense"), "Dense") == "dense_1"
    assert free_name(switched(added(DIGITS, "Dense"), "dense"), "Dense") == "dense_1"


def test_rows_are_the_model():
    spec = switched(DIGITS, "hidden")
    assert with_rows(spec, rows(spec.model)) == spec


def edited(spec: RunSpec, what: str, kind: str, number: int) -> RunSpec:
    """One edit of the builder."""
    stack = rows(spec.model)
    if what == "add" or not stack:
        return added(spec, kind, number % (len(stack) + 1))
    row = stack[number % len(stack)]
    name = row.layer.name
    match what:
        case "move":
            return moved(spec, name, number % 5 - 2)
        case "duplicate":
            return duplicated(spec, name)
        case "switch":
            return switched(spec, name)
        case "remove":
            return removed(spec, name)
        case "rename":
            return renamed(spec, name, free_name(spec, "Other"))
        case "read":
            return rereading(spec, name, [each.layer.name for each in stack[: number % 3]])
        case "epochs":
            return with_value(spec, "epochs", number + 1)
    position = spec.model.layers.index(row.layer) if row.is_on else None
    args = catalog.entry("layers", row.layer.kind).params
    if position is None or not args or args[0].kind != "int":
        return spec
    return with_value(spec, f"model.layers.{position}.args.{args[0].name}", number + 1)


EDITS = ("add", "move", "duplicate", "switch", "remove", "rename", "read", "epochs", "value")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store for all examples: each has a draft of its own."""
    return open_store(Settings(home=tmp_path_factory.mktemp("stack")))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.sampled_from(KINDS), st.integers(0, 40)), min_size=10, max_size=14
    )
)
def test_undo_and_redo_restore_every_spec_exactly(store, edits):
    draft = store.drafts.create(DIGITS, "local")
    specs = [DIGITS]
    for edit in edits:
        spec = edited(specs[-1], *edit)
        draft = store.drafts.save(draft.id, spec, draft.revision)
        if spec != specs[-1]:
            specs.append(spec)
        assert draft.spec == spec
        assert draft.can_redo is False
    for spec in specs[-2::-1]:
        draft = store.drafts.undo(draft.id, draft.revision)
        assert draft.spec == spec
    assert not draft.can_undo
    for spec in specs[1:]:
        draft = store.drafts.redo(draft.id, draft.revision)
        assert draft.spec == spec
        assert draft.spec.to_json() == spec.to_json()
    assert not draft.can_redo
