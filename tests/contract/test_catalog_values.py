"""What the catalogue allows, Keras takes: every choice, every bound, nothing; and the exported call makes the same."""

from typing import Any

import keras
import pytest

from playground import catalog
from playground.catalog import Entry, Param
from playground.export.calls import call
from playground.specs import Args
from playground.training.objects import made
from tests.contract.tiny import required

TABLES = ("layers", "losses", "optimizers", "schedules", "metrics", "initializers", "regularizers", "constraints")
CASES = [
    pytest.param(each, id=f"{table}-{each.id}") for table in TABLES for each in catalog.entries(table) if each.params
]
TOGETHER: dict[tuple[str, str], dict[str, Any]] = {
    **{(f"Conv{n}DTranspose", "output_padding"): {"strides": 3} for n in (1, 2, 3)},
    ("Normalization", "mean"): {"variance": (1.0, 2.0)},
    ("Normalization", "variance"): {"mean": (0.0, 0.5)},
    ("GroupQueryAttention", "num_query_heads"): {"num_key_value_heads": 1},
    ("PiecewiseConstantDecay", "boundaries"): {"values": (0.1, 0.01, 0.001)},
    ("PiecewiseConstantDecay", "values"): {"boundaries": (1,)},
}
"""Values that have to go with one at the edge."""

TEXTS = [
    pytest.param(name, each, id=f"{name}-{each.id}")
    for name, table in (
        ("activation", "activations"),
        ("kernel_initializer", "initializers"),
        ("kernel_regularizer", "regularizers"),
        ("kernel_constraint", "constraints"),
    )
    for each in catalog.entries(table)
    if not any(param.required for param in each.params)
]


def edges(param: Param) -> list[Any]:
    """Values at the edges of what ``param`` allows, as a spec has them."""
    found: list[Any] = [None] if param.optional else []
    match param.kind:
        case "flag":
            found += [True, False]
        case "choice":
            found += param.choices
        case "int" | "float" if not param.exclusive:
            number = int if param.kind == "int" else float
            found += [number(bound) for bound in (param.minimum, param.maximum) if bound is not None]
        case "shape":
            found += [2 if not param.listed else (2, 1) if param.maximum is None else (1, 0)]
        case "list":
            found += [(0.25, 0.75)]
    if param.of is not None and param.of != "layers":
        first = catalog.entries(param.of)[0]
        found.append(Args(kind=first.id, args=required(first)))
    return found


def configuration(table: str, kind: str, args: Args, *, is_exported: bool) -> dict[str, Any]:
    """What Keras says of the object that the app, or the exported call, makes."""
    keras.utils.clear_session(free_memory=False)  # names are numbered
    one = eval(call(table, kind, args), {"keras": keras}) if is_exported else made(table, kind, args)
    return keras.saving.serialize_keras_object(one)


@pytest.mark.parametrize("each", CASES)
def test_keras_takes_every_value_at_the_edge_and_the_export_makes_the_same(each: Entry):
    for param in each.params:
        for value in edges(param):
            given = required(each) | TOGETHER.get((each.id, param.name), {}) | {param.name: value}
            args = Args(given)
            assert param.accepts(args[param.name]), (param.name, value)
            try:
                ours = configuration(each.kind, each.id, args, is_exported=False)
            except Exception as error:
                raise AssertionError(f"{each.id}({param.name}={value!r}): {error}") from error
            assert configuration(each.kind, each.id, args, is_exported=True) == ours, (param.name, value)


@pytest.mark.parametrize(("name", "each"), TEXTS)
def test_an_object_can_be_given_by_its_name_alone(name: str, each: Entry):
    by_name = Args({"units": 2, name: each.id})
    in_full = Args({"units": 2, name: {"kind": each.id, "args": {}}})
    ours = configuration("layers", "Dense", in_full, is_exported=False)
    for args in (by_name, in_full):
        assert configuration("layers", "Dense", args, is_exported=False) == ours
        assert configuration("layers", "Dense", args, is_exported=True) == ours


def test_what_is_not_on_offer_is_refused_by_name():
    with pytest.raises(LookupError, match="'Lambda' is not among the layers on offer"):
        made("layers", "Lambda", {})
    with pytest.raises(LookupError, match="Dense has no argument 'dtype' on offer"):
        made("layers", "Dense", {"units": 1, "dtype": "float16"})
    with pytest.raises(LookupError, match="'NoSuch' is not among the initializers on offer"):
        made("layers", "Dense", Args(units=1, kernel_initializer={"kind": "NoSuch"}))
