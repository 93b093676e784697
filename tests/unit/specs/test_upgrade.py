"""Specs of every version that was ever released can be read, and later ones say what to do."""

from types import MappingProxyType

import pytest

import playground.specs.upgrade as module
from playground.specs import RunSpec
from playground.specs.upgrade import VERSION, upgrade

# As version 1 wrote it. Never edited: what people have on their disks does not change either.
VERSION_1 = """{"version":1,"name":"Moons","seed":3,
"dataset":{"source":"moons","options":{"noise":0.2},"target":null,"features":[],"steps":[{"kind":"standardize","args":{}}],
"split":{"kind":"holdout","args":{"test":0.2}}},
"model":{"layers":[{"kind":"Dense","name":"output","args":{"units":1,"activation":"sigmoid"},"inputs":["input"]}]},
"training":{"optimizer":{"kind":"SGD","args":{"learning_rate":0.03}},"loss":{"kind":"BinaryCrossentropy","args":{}},
"metrics":[{"kind":"accuracy","args":{}}],"epochs":5,"batch_size":10,"callbacks":[]}}"""


def test_version_1_is_read():
    spec = RunSpec.from_json(VERSION_1)
    assert spec.version == VERSION
    assert (spec.name, spec.seed, spec.dataset.source, spec.dataset.options["noise"]) == ("Moons", 3, "moons", 0.2)
    assert (spec.model.layers[0].inputs, spec.model.layers[0].args["units"]) == (("input",), 1)
    assert (spec.training.optimizer.kind, spec.training.epochs, spec.training.batch_size) == ("SGD", 5, 10)


def test_a_spec_without_version_is_of_the_present_one():
    assert upgrade({"seed": 1}) == {"seed": 1, "version": VERSION}


def test_what_was_handed_in_stays_as_it_is():
    given = {"seed": 1}
    upgrade(given)
    assert given == {"seed": 1}
    assert upgrade(MappingProxyType(given))["version"] == VERSION


def test_a_later_version_says_to_update():
    with pytest.raises(ValueError, match=rf"of version {VERSION + 1}, this app reads up to {VERSION}; update the app"):
        upgrade({"version": VERSION + 1})
    with pytest.raises(ValueError, match="update the app"):
        RunSpec.from_json(VERSION_1.replace('"version":1', f'"version":{VERSION + 1}'))


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True, None, []])
def test_a_version_that_never_was_is_refused(version: object):
    with pytest.raises(ValueError, match=rf"version: expected a whole number from 1 to {VERSION}"):
        upgrade({"version": version})


@pytest.mark.parametrize("value", [None, [], "text", 5])
def test_what_is_no_mapping_is_refused(value: object):
    with pytest.raises(ValueError, match=f"expected a spec.*received {type(value).__name__}"):
        upgrade(value)


def test_each_step_is_taken_once_in_order():
    """With steps of the test's own: as long as there is one version, the table is empty."""
    steps = {1: lambda spec: {**spec, "went": [1]}, 2: lambda spec: {**spec, "went": [*spec["went"], 2]}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "VERSION", 3)
        patch.setattr(module, "_STEPS", steps)
        assert upgrade({"version": 1}) == {"version": 3, "went": [1, 2]}
        assert upgrade({"version": 2, "went": []}) == {"version": 3, "went": [2]}


def test_there_is_a_step_from_every_earlier_version():
    assert sorted(module._STEPS) == list(range(1, VERSION))
