"""Branches, skip connections and joins, and how other edits keep them right."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground import catalog
from playground.specs import RunSpec
from playground.specs.branches import branched, joined
from playground.specs.lanes import lanes
from playground.specs.problems import problems
from playground.specs.rows import stood_in
from playground.specs.stack import (
    added,
    duplicated,
    free_name,
    moved,
    removed,
    renamed,
    rereading,
    rows,
    switched,
)
from tests.unit.specs.rule_cases import OUTPUT, dense, stack

CHAIN = stack("Flatten", dense(), dense(), OUTPUT)
KNOWN = {"input": (8, 8), "a": (64,), "b": (32,), "c": (32,), "d": (10,)}
JOINS = [entry.id for entry in catalog.entries("layers") if entry.reading.least > 1]


def graph(spec: RunSpec) -> dict[str, tuple[str, ...]]:
    """What every layer that is on reads."""
    last, found = "input", {}
    for layer in spec.model.layers:
        found[layer.name] = layer.inputs or (last,)
        last = layer.name
    return found


def is_whole(spec: RunSpec) -> bool:
    """Whether every layer reads earlier ones, and all but the last are read."""
    reads = graph(spec)
    earlier = {"input"}
    for name, inputs in reads.items():
        if not set(inputs) <= earlier:
            return False
        earlier.add(name)
    read = {each for inputs in reads.values() for each in inputs}
    return set(list(reads)[:-1]) <= read


def test_a_skip_connection_goes_around_all_between():
    spec = joined(CHAIN, "c", "a")
    assert graph(spec) == {"a": ("input",), "b": ("a",), "c": ("b",), "add": ("a", "c"), "d": ("add",)}
    assert removed(spec, "add") == CHAIN
    with pytest.raises(KeyError):
        joined(CHAIN, "a", "c")


def test_what_read_a_layer_by_its_name_reads_the_join():
    spec = joined(rereading(CHAIN, "d", ["b"]), "b", "a")
    assert graph(spec)["d"] == ("add",)


def test_a_branch_is_a_twin_of_what_follows_and_both_are_joined():
    spec = branched(CHAIN, "a")
    assert graph(spec) == {
        "a": ("input",),
        "b": ("a",),
        "dense": ("a",),
        "concatenate": ("b", "dense"),
        "c": ("concatenate",),
        "d": ("c",),
    }
    assert spec.model.layers[2].args == spec.model.layers[1].args
    again = branched(spec, "a")
    assert graph(again)["concatenate"] == ("b", "dense", "dense_1")
    assert lanes(again) == {"a": 0, "b": 1, "dense": 1, "dense_1": 1, "concatenate": 0, "c": 0, "d": 0}


def test_before_the_output_both_branches_are_new():
    spec = branched(CHAIN, "c")
    assert graph(spec) == {
        "a": ("input",),
        "b": ("a",),
        "c": ("b",),
        "dense": ("c",),
        "dense_1": ("c",),
        "concatenate": ("dense", "dense_1"),
        "d": ("concatenate",),
    }


def test_a_branch_beside_a_skip_connection_gets_a_join_of_its_own():
    spec = branched(joined(CHAIN, "b", "a"), "a")
    assert graph(spec)["add"] == ("a", "add_1")
    assert graph(spec)["add_1"] == ("b", "dense"), "of the same shape, as the skip connection needs"


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_a_branch_from_anywhere_leaves_a_whole_network(name):
    spec = branched(branched(CHAIN, name), name)
    assert is_whole(spec)
    assert not [problem for problem in problems(spec) if problem.is_blocking]


def test_a_layer_that_joins_reads_two_of_one_shape():
    assert added(CHAIN, "Add", 3, KNOWN).model.layers[3].inputs == ("b", "c")
    assert added(CHAIN, "Add", 1, KNOWN).model.layers[1].inputs == ()
    assert added(CHAIN, "Add", 3).model.layers[3].inputs == ()


@pytest.mark.parametrize("name", ["b", "c"])
def test_switching_a_layer_of_a_graph_off_and_on_changes_nothing(name):
    spec = joined(joined(CHAIN, "c", "b"), "b", "a")
    off = switched(spec, name)
    assert is_whole(off)
    assert switched(off, name) == spec
    assert RunSpec.from_json(off.to_json()) == off


def test_a_branch_that_begins_with_a_resting_layer_still_reads_its_fork():
    spec = stack("Flatten", dense(), dense(), dense(), "Concatenate", OUTPUT, c=["a"], e=["b", "d"])
    off = switched(spec, "c")
    assert graph(off)["d"] == ("a",), "not b, which stands above it"
    assert switched(off, "c") == spec
    assert graph(removed(spec, "c"))["d"] == ("a",)


def test_what_was_changed_meanwhile_stays_changed():
    spec = joined(CHAIN, "c", "b")
    off = rereading(switched(spec, "c"), "add", ["input", "a"])
    assert graph(switched(off, "c"))["add"] == ("input", "a")


def test_a_copy_stands_between_a_layer_and_all_that_read_it():
    spec = duplicated(joined(CHAIN, "c", "a"), "c")
    assert graph(spec)["dense"] == ("c",)
    assert graph(spec)["add"] == ("a", "dense")
    assert removed(spec, "dense") == joined(CHAIN, "c", "a")


def test_the_name_of_a_reader_follows_into_what_rests():
    spec = renamed(switched(joined(CHAIN, "c", "a"), "c"), "add", "sum")
    assert graph(switched(spec, "c"))["sum"] == ("a", "c")


def test_layers_that_are_off_are_read_through():
    off = switched(switched(CHAIN, "c"), "b")
    assert stood_in(rows(off.model), ["c", "a", "input"]) == ("a", "input")


def test_a_skip_alone_is_no_branch_and_branches_in_branches_are_deeper():
    assert set(lanes(joined(CHAIN, "c", "a")).values()) == {0}
    spec = branched(branched(stack("Flatten", dense(), dense(), dense(), OUTPUT), "a"), "b")
    assert max(lanes(spec).values()) == 2


EDITS = ("add", "join", "branch", "skip", "duplicate", "switch", "remove", "rename", "move")


def edited(spec: RunSpec, what: str, kind: str, number: int) -> RunSpec:
    """One edit of a graph."""
    all_rows = rows(spec.model)
    on = [row.layer.name for row in all_rows if row.is_on]
    if what == "add" or len(on) < 2:
        return added(spec, kind, number % max(1, len(all_rows)), {"input": (8, 8), **dict.fromkeys(on, (8,))})
    name = all_rows[number % len(all_rows)].layer.name
    inner = on[number % (len(on) - 1)]  # never the output
    earlier = ["input", *on[: on.index(inner)]]
    actions: dict[str, Any] = {
        "join": lambda: joined(spec, inner, earlier[number % len(earlier)], "Concatenate"),
        "skip": lambda: joined(spec, inner, earlier[-1]),
        "branch": lambda: branched(spec, inner),
        "duplicate": lambda: duplicated(spec, name),
        "switch": lambda: switched(spec, name),
        "remove": lambda: removed(spec, name),
        "rename": lambda: renamed(spec, name, free_name(spec, "Other")),
        "move": lambda: moved(spec, name, number % 5 - 2),
    }
    return actions[what]()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    edits=st.lists(
        st.tuples(
            st.sampled_from(EDITS), st.sampled_from(["Dense", "Dropout", "Add", "Concatenate"]), st.integers(0, 60)
        ),
        max_size=8,
    )
)
def test_whatever_is_done_to_a_graph_it_can_be_written_and_a_problem_says_what_is_wrong(edits):
    spec = CHAIN
    for what, kind, number in edits:
        spec = edited(spec, what, kind, number)
        names = [row.layer.name for row in rows(spec.model)]
        assert len(set(names)) == len(names)
        assert RunSpec.from_json(spec.to_json()) == spec
        earlier = {"input"}
        said = {problem.place for problem in problems(spec) if problem.rule in ("wrong-input", "reads-resting")}
        for layer in spec.model.layers:
            assert set(layer.inputs) <= earlier or f"model.layers.{layer.name}.inputs" in said
            earlier.add(layer.name)
        assert set(lanes(spec)) == {layer.name for layer in spec.model.layers}
        for row in rows(spec.model):
            if row.is_on:
                assert switched(switched(spec, row.layer.name), row.layer.name) == spec
