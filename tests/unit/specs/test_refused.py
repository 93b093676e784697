"""Specs that are wrong: refused, each by its place."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from playground.specs import RunSpec
from tests.unit.specs.example import EXAMPLE, changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("extra", 1),
        ("dataset.extra", 1),
        ("model.layers.1.extra", 1),
        ("model.extra", 1),
        ("training.extra", 1),
        ("training.optimizer.extra", 1),
        ("dataset.split.extra", 1),
    ],
)
def test_unknown_fields_are_refused_by_their_place(path: str, value: object):
    assert places(changed(path, value)) == {path}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", 5),
        ("name", "x" * 201),
        ("name", "\ud800"),
        ("name", "a\0b"),
        ("seed", "7"),
        ("seed", 7.0),
        ("seed", True),
        ("seed", -1),
        ("seed", 2**31),
        ("dataset", None),
        ("dataset.source", ""),
        ("dataset.source", "../digits"),
        ("dataset.source", "digits\n"),
        ("dataset.options", [1]),
        ("dataset.options", {"noise": "\ud800"}),
        ("model.layers", {"kind": "Dense"}),
        ("model.layers.1.kind", "Dense()"),
        ("model.layers.1.kind", 5),
        ("model.layers.1.name", "a name"),
        ("model.layers.1.name", "1st"),
        ("model.layers.1.inputs", "flatten"),
        ("model.layers.1.args", "units"),
        ("training.epochs", 0),
        ("training.epochs", "20"),
        ("training.epochs", 20.5),
        ("training.batch_size", None),
        ("training.optimizer", "Adam"),
        ("training.metrics", "accuracy"),
    ],
)
def test_wrong_values_are_refused_by_their_place(path: str, value: object):
    assert places(changed(path, value)) == {path}


@pytest.mark.parametrize(
    "path", ["dataset", "model", "training", "dataset.source", "training.loss", "model.layers.1.name"]
)
def test_what_has_no_default_must_be_there(path: str):
    spec = copy.deepcopy(EXAMPLE)
    *parents, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place: Any = spec
    for part in parents:
        place = place[part]
    del place[last]
    assert places(spec) == {path}


def test_columns_are_named_by_text_or_position():
    dataset = {**EXAMPLE["dataset"], "target": 4, "features": ["sepal length", 1]}
    assert RunSpec.from_dict(changed("dataset", dataset)).dataset.features == ("sepal length", 1)
    assert places(changed("dataset.target", 1.5)) >= {"dataset.target.constrained-str", "dataset.target.int"}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '"text"', "[" * 100_000, '{"seed": NaN}', '{"seed": -Infinity}', "1" * 5_000]
)
def test_text_that_is_no_spec_is_a_value_error(text: str):
    with pytest.raises(ValueError, match=r"\w"):
        RunSpec.from_json(text)


def test_a_file_is_read_up_to_a_limit(tmp_path):
    path = tmp_path / "spec.json"
    path.write_text(RunSpec.from_dict(EXAMPLE).to_json(), encoding="utf-8")
    size = path.stat().st_size
    assert RunSpec.from_file(path, size) == RunSpec.from_dict(EXAMPLE)
    with pytest.raises(ValueError, match=rf"spec.json is larger than {size - 1:,} bytes"):
        RunSpec.from_file(path, size - 1)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ValueError, match="utf-8"):
        RunSpec.from_file(path, size)


def places(value: dict[str, Any]) -> set[str]:
    """The dotted places that are refused in a spec."""
    with pytest.raises(ValidationError) as caught:
        RunSpec.from_dict(value)
    return {".".join(map(str, error["loc"])) for error in caught.value.errors()}
